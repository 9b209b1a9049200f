"""Encodes the values of the thumbs under an answer, with the question's words for any process after a restart.

The port stores the votes.
"""

from __future__ import annotations

from dataclasses import dataclass

from bot.port.logbook import LONGEST_WORDS, AnswerId

from . import blocks as b


@dataclass(frozen=True, slots=True)
class Rated:
    """An answer that can be rated, and its question."""

    answer: AnswerId
    words: str


def encode(rated: Rated, *, useful: bool) -> str:
    """Encode a vote for a button, with as many of the words as fit."""
    words = rated.words[:LONGEST_WORDS]
    while not b.fits(written := b.carrying({"rate": rated.answer, "useful": useful, "words": words}), b.VALUE):
        words = words[: len(words) // 2]
    return written


def decode(value: str) -> tuple[Rated, bool] | None:
    """Decode a vote, and whether the answer was useful; None for any other value."""
    match b.carried(value):
        case {"rate": str(answer), "useful": bool(useful), "words": str(words)} if answer:
            return Rated(AnswerId(answer), words), useful
        case _:
            return None
