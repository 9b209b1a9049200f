"""What the thumbs under an answer carry: the question's words, too, so that any process has them, after a restart.

What becomes of a vote is the port's business.
"""

from __future__ import annotations

from dataclasses import dataclass

from bot.port.logbook import LONGEST_WORDS, AnswerId

from . import blocks as b


@dataclass(frozen=True, slots=True)
class Rated:
    """An answer that can be rated, and the question that it answers."""

    answer: AnswerId
    words: str


def encode(rated: Rated, *, useful: bool) -> str:
    """Write a vote down for a button, with as many of the words as it carries."""
    words = rated.words[:LONGEST_WORDS]
    while not b.fits(written := b.carrying({"rate": rated.answer, "useful": useful, "words": words}), b.VALUE):
        words = words[: len(words) // 2]
    return written


def decode(value: str) -> tuple[Rated, bool] | None:
    """Read what `encode` wrote, and whether the answer was useful; None for anything else."""
    match b.carried(value):
        case {"rate": str(answer), "useful": bool(useful), "words": str(words)} if answer:
            return Rated(AnswerId(answer), words), useful
        case _:
            return None
