"""The result of checking a quotation: whether it was said, by whom, and how the words differ.

The values in a `QuoteCheck`; `messages` defines that with the other answers, and re-exports these.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from knowledge.model import Episode


class Verdict(StrEnum):
    """Whether some words were said, and by the person asked about."""

    EXACT = "exact"
    """Word for word, by the person asked about; by anybody if there is none, or if the source names no speakers."""
    CLOSE = "close"
    """Except for a few words, by the same people as for `EXACT`."""
    BY_OTHERS = "by_others"
    """Not by the person asked about, but by others."""
    OPPOSITE = "opposite"
    """With a negation added or missing, which makes it another statement."""
    OTHER_NUMBER = "other_number"
    """With another number, which makes it another statement."""
    NOT_FOUND = "not_found"
    """By nobody; the evidence is only similar."""

    @property
    def said(self) -> bool:
        """Whether somebody said the words, or nearly."""
        return self in {Verdict.EXACT, Verdict.CLOSE, Verdict.BY_OTHERS}


@dataclass(frozen=True, slots=True)
class Difference:
    """One place where the words asked about differ from the real ones; either side may be empty."""

    asked: str
    real: str


@dataclass(frozen=True, slots=True)
class Voice:
    """Somebody who said some words, and how often.

    Attributes:
        speaker: None for all unnamed speakers together.
        times: number of places in the library.
        exact: whether word for word, not just nearly.
        aloud: whether they read somebody else's words aloud.
        quoting: whether they quote somebody else, by quotation marks in the transcript or by what they say beside it.
        source: whom they credit, if they give a full name; otherwise empty.
        first: the episode of the first time; None if the order is unknown. `last` likewise.
    """

    speaker: str | None
    times: int
    exact: bool = True
    aloud: bool = False
    quoting: bool = False
    first: Episode | None = None
    last: Episode | None = None
    source: str = ""
