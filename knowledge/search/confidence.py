"""Turns evidence into a probability; what was learned lies in three files beside this one.

`confidence.json` tells whether talk answers, `place.json` whether it does so in the first place of the order, and
`noted.json` whether notes answer. Numbers only. What is said in a transcript and what is written in an episode's notes
are different evidence: the first is long and says everything in many words, the second is short and chosen, so a word
that it lacks counts for more.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from knowledge.search import signals, trees
from knowledge.search.index.fulltext import ROOM
from knowledge.search.meaning import Floats
from knowledge.search.question import Query
from knowledge.search.trees import Table

FITTED: Final = Path(__file__).with_name("confidence.json")
FITTED_TO_PLACES: Final = Path(__file__).with_name("place.json")
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
    "ahead",
    "ahead_of_episodes",
)
"""The figures that tell whether stretches of talk answer a question.

- covered to searched: the greatest among the best three stretches; see `signals.NAMES`.
- meaning_best: the mean of the five greatest meanings among all candidates; covered_mean, covered_around_mean: the
  means over the best five stretches.
- asked_rarest: the weight of the weightiest telling word.
- missing: the weight of the telling words that are said nowhere around.
- strange: the share of the question's weight that the library has in no spelling; personal: 1 where it is about what is
  the asker's own; excess: see `Query`.
- ahead, ahead_of_episodes: how much greater the learned score of the best stretch is than the greatest elsewhere, and
  in other episodes.
"""
_GREATEST: Final = SAID[: SAID.index("searched") + 1]
_COLUMNS: Final = list(map(signals.NAMES.index, _GREATEST))
_MEANS: Final = ("covered_mean", "covered_around_mean")
_MEANT: Final = [signals.NAMES.index(name.removesuffix("_mean")) for name in _MEANS]
_MEANING: Final = signals.NAMES.index("meaning")
_LEAST: Final = 1e-6
"""What is divided by at least."""
_BESIDE: Final = 3
"""Stretches of talk to either side that are the same place."""
_ALONE: Final = 1.0
"""How far the only one counts as ahead: that there is no other tells nothing."""

PLACED: Final = (
    "rarest",
    "covered",
    "covered_around",
    "covered_exactly",
    "alike",
    "alike_around",
    "alike_least",
    "paired",
    "meaning",
    "meaning_around",
    "meaning_deviation",
    "of_possible",
    "words",
    "asked_words",
    "asked_weight",
    "searched",
    "score",
    "ahead",
    "ahead_of_episodes",
    "meaning_best",
    "asked_rarest",
    "strange",
    "personal",
    "excess",
)
"""The figures that tell whether one stretch of talk answers: its own of `signals.NAMES`, the learned score, and
the others as in `SAID`."""
_OWN: Final = PLACED[: PLACED.index("searched") + 1]
_WORDS: Final = [signals.NAMES.index(name) for name in ("meaning", "words")]
"""Figures that are the same where the same is said."""
_SAME: Final = 1e-5
"""Difference of two figures up to which they are the same."""
_OWN_COLUMNS: Final = list(map(signals.NAMES.index, _OWN))

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


@dataclass(frozen=True, slots=True)
class Ordered:
    """Stretches of talk that may answer a question, in order.

    Attributes:
        figures: of all of them, see `signals.NAMES`.
        places: of each: the number of its episode times `ROOM`, and of the stretch in it.
        scores: of each, as learned.
        order: those that are shown, as their numbers, best first; one or more.
    """

    figures: Table
    places: NDArray[np.int64]
    scores: Floats
    order: Sequence[int]

    def alike(self, number: int) -> NDArray[np.bool_]:
        """Tell which candidates are where one of them is, or say the same: two shows may publish one episode."""
        same = (np.abs(self.figures[:, _WORDS] - self.figures[number, _WORDS]) < _SAME).all(axis=1)
        alike: NDArray[np.bool_] = same | (np.abs(self.places - self.places[number]) <= _BESIDE)
        return alike

    def margins(self, at: int) -> dict[str, float]:
        """Return how good one of those shown is, and how much better than what comes after it; see `SAID`."""
        best = self.order[at]
        place, score = self.places[best], float(self.scores[best])
        left = np.ones(len(self.places), np.bool_)
        left[list(self.order[:at])] = False
        left &= ~self.alike(best)
        elsewhere = self.scores[left]
        other = self.scores[left & (self.places // ROOM != place // ROOM)]
        ahead, ahead_of_episodes = (score - float(some.max()) if len(some) else _ALONE for some in (elsewhere, other))
        return {"score": score, "ahead": ahead, "ahead_of_episodes": ahead_of_episodes}


def judged(ordered: Ordered, query: Query, searched: float) -> list[tuple[float, float]]:
    """Return two likelihoods, 0 to 1, for each of the stretches shown.

    The first is that it answers the question, or one after it; the second that its own words do, if none before do.
    `searched` is how many stretches count as searched.
    """
    firsts = range(min(len(ordered.order), _BEST))
    same = _of_the_question(ordered, query) | {"searched": math.log(searched)}
    alike = [ordered.margins(at) | same for at in firsts]
    likely = _likely(FITTED, [_of_the_best(ordered, at, query) | alike[at] for at in firsts])
    here = _likely(FITTED_TO_PLACES, [_of_one(ordered, at) | alike[at] for at in firsts])
    surest = [max(likely[at:]) for at in firsts]
    return [(surest[min(at, firsts[-1])], here[min(at, firsts[-1])]) for at in range(len(ordered.order))]


def evidence(ordered: Ordered, query: Query) -> dict[str, float]:
    """Return the figures `SAID` of what is shown first."""
    return _of_the_best(ordered, 0, query) | ordered.margins(0) | _of_the_question(ordered, query)


def placing(ordered: Ordered, query: Query) -> dict[str, float]:
    """Return the figures `PLACED` of what is shown first."""
    return _of_one(ordered, 0) | ordered.margins(0) | _of_the_question(ordered, query)


def _likely(fitted: Path, known: Sequence[Mapping[str, float]]) -> list[float]:
    learned = trees.load(fitted)
    rows = np.array([[each[name] for name in learned.names] for each in known], np.float32)
    likely: list[float] = (1 / (1 + np.exp(-learned.values(rows)))).tolist()
    return likely


def _of_the_best(ordered: Ordered, at: int, query: Query) -> dict[str, float]:
    """Return those of the figures that tell of the stretches that are read from one on."""
    read = ordered.figures[list(ordered.order[at : at + READ])]
    greatest = dict(zip(_GREATEST, read[:_BEST, _COLUMNS].max(axis=0).tolist(), strict=True))
    means = dict(zip(_MEANS, read[:, _MEANT].mean(axis=0).tolist(), strict=True))
    missing = max(query.total, _LEAST) * (1 - greatest["covered_around"])
    return greatest | means | {"missing": missing}


def _of_one(ordered: Ordered, at: int) -> dict[str, float]:
    """Return those of the figures that tell of one stretch."""
    own = ordered.figures[ordered.order[at], _OWN_COLUMNS].tolist()
    return dict(zip(_OWN, own, strict=True))


def _of_the_question(ordered: Ordered, query: Query) -> dict[str, float]:
    """Return those that are the same for all stretches."""
    strange = sum(query.telling[stem] for stem in query.strange if stem in query.telling)
    return {
        "meaning_best": float(np.sort(ordered.figures[:, _MEANING])[-READ:].mean()),
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
