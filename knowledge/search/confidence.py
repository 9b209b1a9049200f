"""Turns evidence into a probability; what was learned lies in `confidence.json` (talk) and `noted.json` (notes).

Numbers only. What is said in a transcript and what is written in an episode's notes are different evidence: the first
is long and says everything in many words, the second is short and chosen, so a word that it lacks counts for more.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import numpy as np

from knowledge.search import signals, trees
from knowledge.search.question import Query
from knowledge.search.trees import Table

FITTED: Final = Path(__file__).with_name("confidence.json")
FITTED_TO_NOTES: Final = Path(__file__).with_name("noted.json")
_BEST: Final = 3
"""Stretches of talk that an answer is sought among: one place in three that answers is an answer."""
READ: Final = 5
"""Stretches of talk that a mean is taken over."""
SAID: Final = (
    "covered",
    "covered_around",
    "covered_exactly",
    "rarest",
    "alike",
    "alike_around",
    "paired",
    "meaning",
    "meaning_around",
    "meaning_wide",
    "meaning_deviation",
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
    "excess",
)
"""The figures that tell whether stretches of talk answer a question.

- covered to searched: the greatest among the best three stretches; see `signals.NAMES`.
- meaning_best: the mean of the five greatest meanings among all candidates; covered_mean, covered_around_mean: the
  means over the best five stretches.
- asked_rarest: the weight of the weightiest telling word.
- missing: the weight of the telling words that are said nowhere around.
- strange: the share of the question's weight that the library has in no spelling; personal: 1 where it is about what is
  the asker's own; excess: see `Query`.
"""
_GREATEST: Final = SAID[: SAID.index("searched") + 1]
_COLUMNS: Final = list(map(signals.NAMES.index, _GREATEST))
_MEANS: Final = ("covered_mean", "covered_around_mean")
_MEANT: Final = [signals.NAMES.index(name.removesuffix("_mean")) for name in _MEANS]
_MEANING: Final = signals.NAMES.index("meaning")
_LEAST: Final = 1e-6
"""What is divided by at least."""

NOTED: Final = (
    "covered",
    "named",
    "weight",
    "rarest",
    "meaning",
    "below_best",
    "quote",
    "asked_words",
    "asked_weight",
    "asked_rarest",
    "strange",
    "personal",
    "uncounted",
    "unnamed",
)
"""The figures that tell whether a topic or a quote answers a question.

- covered: the share of the question's weight that is in it; weight, rarest: of the words found, added up and the
  greatest.
- named: the same share for the best of its names, times the share of that name that is in the question.
- meaning: cosine of the question and it; below_best: how much less that is than the greatest among the candidates.
- quote: 1 for a quote, 0 for a topic or an episode's summary.
- asked_words, asked_weight, asked_rarest: of how many telling words the question is, and their weight.
- strange, personal: as in `SAID`.
- uncounted: 1 where the question asks how many or how much and there is no digit in it.
- unnamed: 1 where it lacks what the question asks the number of.
"""


def of_said(figures: Table, order: Sequence[int], query: Query, searched: float) -> list[float]:
    """Return how likely it is, 0 to 1, that each of the candidates chosen answers the question, or one after it.

    Args:
        figures: of all candidates.
        order: those chosen, as their numbers, best first; one or more.
        query: the question.
        searched: how many stretches count as searched.
    """
    fitted, read = trees.load(FITTED), figures[list(order[: _BEST + READ - 1])]
    all_alike = _of_the_question(figures, query) | {"searched": math.log(searched)}
    windows = (read[at : at + READ] for at in range(min(len(order), _BEST)))
    known = [_of_the_best(window, query) | all_alike for window in windows]
    rows = np.array([[each[name] for name in fitted.names] for each in known], np.float32)
    likely = (1 / (1 + np.exp(-fitted.values(rows)))).tolist()
    surest = [max(likely[at:]) for at in range(len(likely))]
    return [surest[min(at, len(surest) - 1)] for at in range(len(order))]


def evidence(figures: Table, window: Sequence[int], query: Query) -> dict[str, float]:
    """Return the figures `SAID` of some stretches in a row of those chosen, `READ` at most; see `of_said`."""
    return _of_the_best(figures[list(window)], query) | _of_the_question(figures, query)


def _of_the_best(read: Table, query: Query) -> dict[str, float]:
    """Return those of the figures that tell of the stretches that are read."""
    greatest = dict(zip(_GREATEST, read[:_BEST, _COLUMNS].max(axis=0).tolist(), strict=True))
    means = dict(zip(_MEANS, read[:, _MEANT].mean(axis=0).tolist(), strict=True))
    return greatest | means | {"missing": max(query.total, _LEAST) * (1 - greatest["covered_around"])}


def _of_the_question(figures: Table, query: Query) -> dict[str, float]:
    """Return those that are the same for all stretches."""
    strange = sum(query.telling[stem] for stem in query.strange if stem in query.telling)
    return {
        "meaning_best": float(np.sort(figures[:, _MEANING])[-READ:].mean()),
        "asked_rarest": max(query.telling.values()),
        "strange": strange / max(query.total, _LEAST),
        "personal": float(query.personal),
        "excess": query.excess,
    }


def prepare() -> None:
    """Read now what the first question for a topic or an episode would wait for."""
    trees.load(FITTED_TO_NOTES)


def of_noted(notes: Table) -> list[float]:
    """Return how likely it is, 0 to 1, that each note answers the question; a row of `NOTED` for each."""
    likely: list[float] = (1 / (1 + np.exp(-trees.load(FITTED_TO_NOTES).values(notes)))).tolist()
    return likely
