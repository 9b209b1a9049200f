"""What the host learns from answers in Slack, and the votes on them.

A button carries the question's words, so that a vote has them at any process and after a restart. What is kept, and
how, is the logbook's business.
"""

from __future__ import annotations

import json
from dataclasses import dataclass

from bot.port.errors import StateAwayError
from bot.port.logbook import LONGEST_WORDS, AnswerId, Logbook, Place
from bot.port.messages import Answer
from bot.port.wording import NOT_KEPT, THANKS

from . import blocks as b
from .incoming import Source


@dataclass(frozen=True, slots=True)
class Rated:
    """An answer that can be rated, and the question that it answers."""

    answer: AnswerId
    words: str


@dataclass(frozen=True, slots=True)
class Rating:
    """What a button says about an answer."""

    rated: Rated
    useful: bool


class Feedback:
    """Notes answers, and takes the votes on them."""

    def __init__(self, logbook: Logbook, *, asks: bool) -> None:
        """Keep it in a logbook; `asks` is whether answers get the buttons to rate them by."""
        self._logbook = logbook
        self._asks = asks

    def note(self, words: str, source: Source, answer: Answer) -> Rated | None:
        """Note an answer; what it can be rated by, None where it gets no buttons."""
        noted = self._logbook.note(words, _place(source), answer)
        return Rated(noted, words) if noted and self._asks else None

    async def rate(self, rating: Rating, source: Source) -> str | None:
        """Keep a vote, and return what to say about it; nothing about a vote that is only changed."""
        rated, place = rating.rated, _place(source)
        try:
            first = await self._logbook.rate(
                rated.answer, source.person, place, useful=rating.useful, words=rated.words or None
            )
        except StateAwayError:
            return NOT_KEPT
        return THANKS if first else None


def encode(rating: Rating) -> str:
    """Write it down for a button, with as many of the words as it carries."""
    words = rating.rated.words[:LONGEST_WORDS]
    while not b.fits(written := _written(rating, words), b.VALUE):
        words = words[: len(words) // 2]
    return written


def decode(value: str) -> Rating | None:
    """Read what `encode` wrote; None for anything else."""
    try:
        fields = json.loads(value)
    except (ValueError, RecursionError):
        return None
    match fields:
        case {"rate": str(answer), "useful": bool(useful), "words": str(words)} if answer:
            return Rating(Rated(AnswerId(answer), words), useful)
        case _:
            return None


def _written(rating: Rating, words: str) -> str:
    # In ASCII, and `<` as JSON's escape for it: no value looks like a mention, or holds half a surrogate pair.
    fields = {"rate": rating.rated.answer, "useful": rating.useful, "words": words}
    return json.dumps(fields, separators=(",", ":")).replace("<", "\\u003c")


def _place(source: Source) -> Place:
    return Place("slack", source.team, source.channel)
