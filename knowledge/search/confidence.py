"""Turns evidence into a probability; what was learned of talk lies in `confidence.json`.

Numbers only. What is said in a transcript and what is written in an episode's notes are different evidence: the first
is long and says everything in many words, the second is short and chosen, so a word that it lacks counts for more.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp
from pathlib import Path
from typing import Final

import numpy as np

from knowledge.search import signals, trees
from knowledge.search.question import Query
from knowledge.search.trees import Table

FITTED: Final = Path(__file__).with_name("confidence.json")
_BEST: Final = 3
"""Stretches of talk that an answer is sought among: one place in three that answers is an answer."""
_READ: Final = 5
"""Stretches of talk that a mean is taken over."""
# Set by hand, on questions about the shipped episode: there is no collection of questions about notes to fit.
_NOTED: Final = (-7.1, 11.0, 2.0, 1.5, -1.2, -0.7, -6.0, -5.0, -0.9)
_ENOUGH: Final = 5.0
"""Weight that the words found need before a short note counts as an answer."""

SAID: Final = (
    "covered",
    "covered_around",
    "covered_exactly",
    "rarest",
    "paired",
    "meaning",
    "meaning_around",
    "titled",
    "asked_words",
    "asked_weight",
    "searched",
    "meaning_best",
    "covered_mean",
    "covered_around_mean",
    "asked_rarest",
    "missing",
    "strange",
    "personal",
)
"""The figures that tell whether stretches of talk answer a question.

- covered to searched: the greatest among the best three stretches; see `signals.NAMES`.
- meaning_best: the mean of the five greatest meanings among all candidates; covered_mean, covered_around_mean: the
  means over the best five stretches.
- asked_rarest: the weight of the weightiest telling word.
- missing: the weight of the telling words that are said nowhere around.
- strange: the share of the question's weight that the library has in no spelling; personal: 1 where it is about what is
  the asker's own.
"""
_GREATEST: Final = SAID[: SAID.index("searched") + 1]


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


def of_said(figures: Table, order: Sequence[int], query: Query) -> list[float]:
    """Return how likely it is, 0 to 1, that each of the candidates chosen answers the question, or one after it.

    Args:
        figures: of all candidates.
        order: those chosen, as their numbers, best first; one or more.
        query: the question.
    """
    windows = [order[at : at + _READ] for at in range(min(len(order), _BEST))]
    rows = np.array([_said(figures, window, query) for window in windows], np.float32)
    likely = (1 / (1 + np.exp(-trees.load(FITTED).values(rows)))).tolist()
    surest = [max(likely[at:]) for at in range(len(likely))]
    return [surest[min(at, len(surest) - 1)] for at in range(len(order))]


def _said(figures: Table, window: Sequence[int], query: Query) -> list[float]:
    best, read = figures[list(window[:_BEST])], figures[list(window)]
    column = signals.NAMES.index
    greatest = {name: float(best[:, column(name)].max()) for name in _GREATEST}
    total = max(query.total, 1e-6)
    strange = sum(query.telling[stem] for stem in query.strange if stem in query.telling)
    evidence = greatest | {
        "meaning_best": float(np.sort(figures[:, column("meaning")])[-_READ:].mean()),
        "covered_mean": float(read[:, column("covered")].mean()),
        "covered_around_mean": float(read[:, column("covered_around")].mean()),
        "asked_rarest": max(query.telling.values()),
        "missing": total * (1 - greatest["covered_around"]),
        "strange": strange / total,
        "personal": float(query.personal),
    }
    return [evidence[name] for name in trees.load(FITTED).names]


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
