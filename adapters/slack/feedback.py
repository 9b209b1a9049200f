"""What the thumbs under an answer carry: the question's words, too, so that any process has them, after a restart.

What becomes of a vote is the port's business.
"""

from __future__ import annotations

import json
from dataclasses import dataclass

from bot.port.logbook import LONGEST_WORDS, AnswerId

from . import blocks as b


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
