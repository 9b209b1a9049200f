"""The feature "Tell me when": open questions, and who to notify once a newer library answers them.

`bot/state` stores them, adapters draw and send. This module decides when a question counts as answered.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from enum import Enum, auto
from functools import partial
from hashlib import sha256
from typing import Final, Protocol, assert_never

from bot.port.errands import TURN, Errands
from bot.port.errors import OverheardError
from bot.port.messages import (
    Answer,
    Assistant,
    EpisodeId,
    Fact,
    Found,
    Help,
    NotFound,
    Question,
    QuoteCheck,
    Scope,
    Several,
    Unsure,
    Verdict,
)
from bot.port.seen import Once

_log = logging.getLogger(__name__)

MOST_WISHES: Final = 20
"""Maximum number of questions that one person can wait on."""
WISHES_LAST: Final = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Wish:
    """A question whose asker wants to be notified once it is answered.

    Attributes:
        member: the platform, a slash, and the person's id there.
        place: where they asked, in the platform's own format; "" for in private.
        episode: the episode that the question is about; None for any.
        show: the show searched because the question named none; None for all.
        begun: whether a process started to notify them and hasn't recorded the outcome: it is still at it, or ended.
    """

    member: str
    place: str
    question: str
    episode: EpisodeId | None = None
    begun: bool = field(default=False, compare=False)
    show: str | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "question", _kept(self.question))

    @property
    def name(self) -> str:
        """An id that is unique for a question of a person."""
        told_apart = (self.member, self.episode or "", self.question, *filter(None, (self.show,)))
        return sha256("\n".join(told_apart).encode()).hexdigest()[:24]


class Noted(Enum):
    """The outcome of storing a wish."""

    NOTED = auto()
    ALREADY = auto()
    TOO_MANY = auto()


class Wishes(Protocol):
    """Everybody's wishes. Every method raises StateAwayError if the state can't be reached."""

    async def note(self, wish: Wish) -> Noted:
        """Store a wish, unless it is stored already or its member has the maximum number."""

    async def of(self, member: str) -> Sequence[Wish]:
        """List a member's wishes, oldest first."""

    async def cancel(self, member: str, name: str) -> bool:
        """Delete a wish of a member; return whether there was one."""

    async def waiting(self, platform: str) -> Sequence[Wish]:
        """List the wishes of a platform's people, oldest first."""

    async def claim(self, name: str) -> bool:
        """Claim a wish for one `TURN`; return whether this process has to notify. False if the wish is gone."""


def unanswered(asked: str, answer: Answer) -> str | None:
    """Return the question that an answer leaves open, understandable without context; None if there is none."""
    match answer:
        case (
            NotFound(understood=understood)
            | Unsure(understood=understood)
            | QuoteCheck(verdict=Verdict.NOT_FOUND, understood=understood)
        ):
            return _kept(understood or asked).strip() or None
        case Several(parts):
            left = (question for part in parts if (question := unanswered(part.asked, part.answer)))
            return next(left, None)
        case Found() | Fact() | QuoteCheck() | Help():
            return None
        case _:
            assert_never(answer)


def _kept(words: str) -> str:
    """Remove what can't be stored: lone surrogates in any database, and NUL in PostgreSQL."""
    return words.encode(errors="replace").decode().replace("\0", "")


def said_by_anybody(words: str) -> str:
    """Return a question about whether some words were said, understandable without context."""
    return f"Did anybody say “{words}”?"


def is_answered(answer: Answer) -> bool:
    """Whether an answer settles the question of somebody who waits for it."""
    match answer:
        case Found() | Fact():
            return True
        case QuoteCheck(verdict=verdict):
            return verdict.said
        case Several(parts):
            return all(is_answered(part.answer) for part in parts)
        case NotFound() | Unsure() | Help():
            return False
        case _:
            assert_never(answer)


Tell = Callable[[Wish, Answer], Awaitable[None]]


async def tell_when_answered(platform: str, assistant: Assistant, wishes: Wishes, tell: Tell) -> None:
    """Notify a platform's people once of what a newer library answers, until cancelled.

    Checks immediately at first: the library may be newer than the previous process knew.
    """
    teller = _Teller(assistant, wishes, tell)
    edition, all_told = -1, True
    while True:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(None if all_told else TURN.total_seconds()):
                edition = await assistant.renewed(edition)
        all_told = await teller.look(platform)


@dataclass(frozen=True, slots=True)
class _Teller:
    _assistant: Assistant
    _wishes: Wishes
    _tell: Tell
    _errands: Errands = field(default_factory=Errands)
    _complaints: Once = field(default_factory=partial(Once, 1000))

    async def look(self, platform: str) -> bool:
        """Notify everybody who can be reached now; return false if somebody is left."""
        try:
            waiting = await self._wishes.waiting(platform)
        except OverheardError:
            return False
        return all([await self._settled(wish) for wish in waiting])

    async def _settled(self, wish: Wish) -> bool:
        """Notify of a wish if it is answered; return false if another process claimed it, or a retry is needed."""
        try:
            answer = await self._assistant.ask(Question(wish.question, Scope(wish.episode, show=wish.show)))
        except Exception as error:  # noqa: BLE001 - a failure of one question must not stop the others
            if self._complaints.first(wish.name):
                _log.error("a question that somebody waits for an answer to could not be asked", exc_info=error)
            return True
        return not is_answered(answer) or await self._errands.settled(
            wish.name,
            claim=partial(self._wishes.claim, wish.name),
            act=partial(self._tell, wish, answer),
            finish=partial(self._wishes.cancel, wish.member, wish.name),
        )
