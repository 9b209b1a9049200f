"""Turns evidence into a probability: two logistic regressions over a few readable numbers.

Numbers only. What is said in a transcript and what is written in an episode's notes are different evidence: the first
is long and says everything in many words, the second is short and chosen, so a word that it lacks counts for more.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, sqrt
from typing import Final


@dataclass(frozen=True, slots=True)
class Said:
    """How a stretch of talk bears on a question.

    Attributes:
        weight: of the question's words that are said here and around, added up; more for words said again.
        rarest: the weight of the question's weightiest word; the higher, the more has to be found.
        found: the same for the weightiest of its words that are said here or around, 0 where none is.
        covered: 0 to 1, the share of the question's weight that is said here or around at least once.
        paired: 0 to 1, the share of the question's neighbouring words that are near each other here too.
        personal: whether the question is about the person who asks.
    """

    weight: float
    rarest: float
    found: float
    covered: float
    paired: float
    personal: bool


@dataclass(frozen=True, slots=True)
class Noted:
    """How a topic or a quote bears on a question.

    Attributes:
        covered: 0 to 1, the share of the question's weight that is in it.
        named: 0 to 1, the same for the best of its names, times the share of that name that is in the question.
        weight: of the words found, added up.
        personal: whether the question is about the person who asks.
        uncounted: whether the question asks how many or how much and there is no digit in it.
        unnamed: whether it lacks what the question asks the number of.
        incomplete: whether the question asks how something came about and any of its words is not in it.
        strange: whether the question has a word that is nowhere in the library.
    """

    covered: float
    named: float
    weight: float
    personal: bool
    uncounted: bool
    unnamed: bool
    incomplete: bool
    strange: bool


# Fitted by benchmarks/fit.py, which says on what; in the order of the terms below.
_SAID: Final = (-0.743, 2.313, -0.482, -0.181, 3.949, 1.944, -6.111)
_LIGHT: Final = 5.0
"""A question without a word of this weight ("what is the time") says too little to be answered from anywhere."""
_RARE: Final = 6.0
"""A weightier word is rarely said by chance: once is enough, where all else that was asked for is there too."""
_ALL: Final = 4
"""A share to this power is about nothing unless it was nearly all."""
# Set by hand, on questions about the shipped episode: there is no collection of questions about notes to fit.
_NOTED: Final = (-7.1, 11.0, 2.0, 1.5, -1.2, -0.7, -6.0, -5.0, -0.9)
_ENOUGH: Final = 5.0
"""Weight that the words found need before a short note counts as an answer."""


def of_said(evidence: Said) -> float:
    """Return how likely it is, 0 to 1, that what is said here answers the question."""
    return _logistic(sum(weight * term for weight, term in zip(_SAID, terms(evidence), strict=True)))


def terms(evidence: Said) -> tuple[float, ...]:
    """Return what the regression adds up: a constant 1, then each figure in the form that serves it best."""
    light = max(_LIGHT - evidence.rarest, 0)
    rare = max(evidence.found - _RARE, 0) * evidence.covered**_ALL
    return (1, sqrt(evidence.weight), evidence.rarest, light, rare, evidence.paired, evidence.personal)


def of_noted(evidence: Noted) -> float:
    """Return how likely it is, 0 to 1, that the note answers the question."""
    first, covered, named, weight, personal, uncounted, unnamed, incomplete, strange = _NOTED
    return _logistic(
        first
        + covered * evidence.covered
        + named * evidence.named
        + weight * min(evidence.weight - _ENOUGH, 0)
        + personal * evidence.personal
        + uncounted * evidence.uncounted
        + unnamed * evidence.unnamed
        + incomplete * evidence.incomplete
        + strange * evidence.strange
    )


def _logistic(log_odds: float) -> float:
    return 1 / (1 + exp(-log_odds))
