"""Turns evidence into a probability: a logistic regression over a handful of shares that can be read.

Numbers only. How the coefficients were found is written beside them.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import exp


@dataclass(frozen=True, slots=True)
class Evidence:
    """How well something fits a question; every figure is a share of the weight of the question's telling words.

    Attributes:
        covered: found in the item itself or beside it.
        named: found in a single name of it, times how much of that name the question has.
        unknown: that nothing in the library, or in the episode asked about, has.
        mended: found only by mending their spelling.
    """

    covered: float
    named: float
    unknown: float
    mended: float


def probability(evidence: Evidence) -> float:
    """Return how likely it is, 0 to 1, that the item answers the question."""
    log_odds = -4.5 + 6 * evidence.covered + 2.5 * evidence.named - 2.5 * evidence.unknown - 0.5 * evidence.mended
    return 1 / (1 + exp(-log_odds))
