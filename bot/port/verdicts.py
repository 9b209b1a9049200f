"""What is found out about a quotation: whether it was said, by whom, and where the words differ.

Values that `QuoteCheck` is made of; it stands with the other answers in `messages`, which hands these on.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from knowledge.model import Episode


class Verdict(StrEnum):
    """Whether some words were said, and by the person asked about."""

    EXACT = "exact"
    """Word for word, by the person asked about; by anybody where nobody is, or where the source names nobody."""
    CLOSE = "close"
    """The same but for a few words, likewise."""
    BY_OTHERS = "by_others"
    """Not by the person asked about, but by others."""
    OPPOSITE = "opposite"
    """With a negation more or less, which is another statement."""
    OTHER_NUMBER = "other_number"
    """With another number, likewise."""
    NOT_FOUND = "not_found"
    """By nobody; the evidence is only what is nearest."""

    @property
    def said(self) -> bool:
        """Whether somebody said the words, or nearly."""
        return self in {Verdict.EXACT, Verdict.CLOSE, Verdict.BY_OTHERS}


@dataclass(frozen=True, slots=True)
class Difference:
    """One place where the words asked about and the real ones part; either side may be empty."""

    asked: str
    real: str


@dataclass(frozen=True, slots=True)
class Voice:
    """Somebody who said some words, and how often.

    Attributes:
        speaker: None stands for all whom the source does not name.
        times: places in the library.
        exact: whether word for word; not quite otherwise.
        aloud: whether they read somebody else's words aloud.
        quoting: whether the words stand in quotation marks in what they say.
        first: the episode of the first time; None where nothing tells the order. `last` likewise.
    """

    speaker: str | None
    times: int
    exact: bool = True
    aloud: bool = False
    quoting: bool = False
    first: Episode | None = None
    last: Episode | None = None
