"""Tell me when: questions without an answer, and who is to be told once a newer library has one.

Kept by `bot/state`, drawn and sent by adapters. When a question counts as answered, and who tells, is decided here.
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
    Several,
    Unsure,
    Verdict,
)
from bot.port.seen import Once

_log = logging.getLogger(__name__)

MOST_WISHES: Final = 20
"""Questions that one person can be waiting for."""
WISHES_LAST: Final = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Wish:
    """A question that somebody wants to hear of once it is answered.

    Attributes:
        member: the platform, a slash, and whatever tells its people apart.
        place: where they asked, in their platform's own words; "" for in private.
        episode: the one that the question is about; None for any.
        show: the one that was asked where the question named none; None for all.
        begun: whether a process has begun to tell and hasn't said how that ended: it is at it, or is no more.
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
        """The same for the same question of the same person, and for nothing else."""
        told_apart = (self.member, self.episode or "", self.question, *filter(None, (self.show,)))
        return sha256("\n".join(told_apart).encode()).hexdigest()[:24]


class Noted(Enum):
    """What became of a wish."""

    NOTED = auto()
    ALREADY = auto()
    TOO_MANY = auto()


class Wishes(Protocol):
    """The wishes of all. Every method raises StateAwayError where the state cannot be reached."""

    async def note(self, wish: Wish) -> Noted:
        """Keep a wish, unless the same is kept or its member has as many as anybody may."""

    async def of(self, member: str) -> Sequence[Wish]:
        """List a member's wishes, oldest first."""

    async def cancel(self, member: str, name: str) -> bool:
        """Forget a wish of a member; whether there was one."""

    async def waiting(self, platform: str) -> Sequence[Wish]:
        """List the wishes of a platform's people, oldest first."""

    async def claim(self, name: str) -> bool:
        """Whether this process is to tell, for as long as its `TURN` lasts; nobody is where the wish is gone."""


def unanswered(asked: str, answer: Answer) -> str | None:
    """Say which question an answer leaves open, so that it stands alone; None where it leaves none."""
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
    """Leave out what can't be kept: no database has room for half a character, and PostgreSQL none for a NUL."""
    return words.encode(errors="replace").decode().replace("\0", "")


def said_by_anybody(words: str) -> str:
    """Ask whether some words were said, as a question that stands alone."""
    return f"Did anybody say “{words}”?"


def is_answered(answer: Answer) -> bool:
    """Whether an answer is one that somebody waits for."""
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
    """Tell a platform's people what a newer library answers, once each, until cancelled.

    The first look is at once: the library may be newer than the process before this one knew.
    """
    teller = _Teller(assistant, wishes, tell)
    edition, all_told = -1, True
    while True:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(None if all_told else TURN.total_seconds()):
                edition = await assistant.renewed(edition)
        all_told = await teller.look(platform)


class _Teller:
    """One process's part in the telling."""

    def __init__(self, assistant: Assistant, wishes: Wishes, tell: Tell) -> None:
        self._assistant = assistant
        self._wishes = wishes
        self._tell = tell
        self._errands = Errands()
        self._complaints = Once(remembered=1000)

    async def look(self, platform: str) -> bool:
        """Tell everybody who can be reached now; false where somebody is left."""
        try:
            waiting = await self._wishes.waiting(platform)
        except OverheardError:
            return False
        return all([await self._settled(wish) for wish in waiting])

    async def _settled(self, wish: Wish) -> bool:
        """Tell of a wish if it is answered; false where another process is about to, or it has to be tried again."""
        try:
            answer = await self._assistant.ask(Question(wish.question, wish.episode, show=wish.show))
        except Exception as error:  # noqa: BLE001 - whatever is wrong with one question, the others are asked
            if self._complaints.first(wish.name):
                _log.error("a question that somebody waits for an answer to could not be asked", exc_info=error)
            return True
        return not is_answered(answer) or await self._errands.settled(
            wish.name,
            claim=partial(self._wishes.claim, wish.name),
            act=partial(self._tell, wish, answer),
            finish=partial(self._wishes.cancel, wish.member, wish.name),
        )
