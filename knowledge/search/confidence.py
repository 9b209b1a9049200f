"""Turns features into probabilities, with models learned from data in three files beside this one.

`confidence.json` says whether talk answers the question, `place.json` whether the first result does, and `noted.json`
whether notes do. Numbers only. Transcripts and episode notes are different evidence: a transcript is long and says
everything in many words, notes are short and chosen, so a word missing from notes counts for more.
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
from knowledge.search.trees import EPSILON, Table

FITTED: Final = Path(__file__).with_name("confidence.json")
FITTED_TO_PLACES: Final = Path(__file__).with_name("place.json")
FITTED_TO_NOTES: Final = Path(__file__).with_name("noted.json")
_BEST: Final = 3
"""Results among which an answer is sought: if any of the first three answers, the question is answered."""
READ: Final = 5
"""Results over which means are taken."""
SAID: Final = (
    # The maximum over the first three results; see `signals.NAMES`.
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
    "meaning_best",  # mean of the five highest `meaning` values of all candidates
    "covered_mean",  # mean over the first five results
    "covered_around_mean",
    "asked_rarest",  # weight of the weightiest telling word
    "missing",  # weight of the telling words that aren't said nearby
    "strange",  # share of the question's weight in words that the library lacks in any spelling
    "personal",  # 1 if the question is about the asker's own affairs
    "excess",  # see `Query`
    "ahead",  # learned score of the result minus the highest score elsewhere
    "ahead_of_episodes",  # and in other episodes
)
"""The features that show whether stretches of talk answer a question."""
_GREATEST: Final = SAID[: SAID.index("searched") + 1]
_COLUMNS: Final = list(map(signals.NAMES.index, _GREATEST))
_MEANS: Final = ("covered_mean", "covered_around_mean")
_MEANT: Final = [signals.NAMES.index(name.removesuffix("_mean")) for name in _MEANS]
_MEANING: Final = signals.NAMES.index("meaning")
_BESIDE: Final = 3
"""Distance in stretches up to which two candidates are the same place."""
_ALONE: Final = 1.0
"""Margin of a result without competitors, which says nothing about how good it is."""

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
"""The features that show whether one stretch of talk answers: its own from `signals.NAMES`, its learned score, and the
others as in `SAID`."""
_OWN: Final = PLACED[: PLACED.index("searched") + 1]
_WORDS: Final = [signals.NAMES.index(name) for name in ("meaning", "words")]
"""Features that are equal for two stretches with the same words."""
_SAME: Final = 1e-5
"""Largest difference between two features that are equal."""
_OWN_COLUMNS: Final = list(map(signals.NAMES.index, _OWN))

NOTED: Final = (
    "covered",  # share of the question's weight that it contains
    "named",  # the same for the best of its names, times the share of that name that is in the question
    "weight",  # sum of the weights of the words found
    "rarest",  # and their maximum
    "meaning",  # cosine between the question and the note
    "meaning_below_best",  # how far that is below its maximum over the candidates
    "name_meaning",  # cosine between the question and the nearest of its names, 0 for a quote
    "name_meaning_below_best",
    "quote",  # 1 for a quote, 0 for a topic or an episode's summary
    "asked_words",  # number of the telling words
    "asked_weight",  # their total weight
    "asked_rarest",  # and the highest
    "strange",  # as in `SAID`
    "personal",
    "uncounted",  # 1 if the question asks how many or how much and the note has no digit
    "unnamed",  # 1 if the note lacks what the question asks the number of
)
"""The features that show whether a topic or quote answers a question."""


@dataclass(frozen=True, slots=True)
class Ordered:
    """Candidates for an answer, in order.

    Attributes:
        features: the features of all candidates; see `signals.NAMES`.
        places: the place of each; see `TextMatch`.
        scores: the learned score of each.
        order: indices of the results shown, best first; one or more.
    """

    features: Table
    places: NDArray[np.int64]
    scores: Floats
    order: Sequence[int]

    def alike(self, number: int) -> NDArray[np.bool_]:
        """Tell which candidates are where one is, or say the same: two shows may publish the same episode."""
        same = (np.abs(self.features[:, _WORDS] - self.features[number, _WORDS]) < _SAME).all(axis=1)
        alike: NDArray[np.bool_] = same | (np.abs(self.places - self.places[number]) <= _BESIDE)
        return alike

    def margins(self, at: int) -> dict[str, float]:
        """Return the score of a result and its margin over those after it; see `SAID`."""
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
    """Return two probabilities for each result shown.

    The first is that it or a later result answers the question; the second that its own words do, if no earlier result
    does. `searched` is the number of stretches that count as searched.
    """
    firsts = range(min(len(ordered.order), _BEST))
    same = _of_the_question(ordered, query) | {"searched": math.log(searched)}
    alike = [ordered.margins(at) | same for at in firsts]
    likely = _likely(FITTED, [_of_the_best(ordered, at, query) | alike[at] for at in firsts])
    here = _likely(FITTED_TO_PLACES, [_of_one(ordered, at) | alike[at] for at in firsts])
    surest = [max(likely[at:]) for at in firsts]
    return [(surest[min(at, firsts[-1])], here[min(at, firsts[-1])]) for at in range(len(ordered.order))]


def evidence(ordered: Ordered, query: Query) -> dict[str, float]:
    """Return the features `SAID` of the first result."""
    return _of_the_best(ordered, 0, query) | ordered.margins(0) | _of_the_question(ordered, query)


def placing(ordered: Ordered, query: Query) -> dict[str, float]:
    """Return the features `PLACED` of the first result."""
    return _of_one(ordered, 0) | ordered.margins(0) | _of_the_question(ordered, query)


def _likely(fitted: Path, known: Sequence[Mapping[str, float]]) -> list[float]:
    learned = trees.load(fitted)
    rows = np.array([[each[name] for name in learned.names] for each in known], np.float32)
    likely: list[float] = (1 / (1 + np.exp(-learned.values(rows)))).tolist()
    return likely


def _of_the_best(ordered: Ordered, at: int, query: Query) -> dict[str, float]:
    """Return the features that summarise the results from one on."""
    read = ordered.features[list(ordered.order[at : at + READ])]
    greatest = dict(zip(_GREATEST, read[:_BEST, _COLUMNS].max(axis=0).tolist(), strict=True))
    means = dict(zip(_MEANS, read[:, _MEANT].mean(axis=0).tolist(), strict=True))
    missing = max(query.total, EPSILON) * (1 - greatest["covered_around"])
    return greatest | means | {"missing": missing}


def _of_one(ordered: Ordered, at: int) -> dict[str, float]:
    """Return the features of a single result."""
    own = ordered.features[ordered.order[at], _OWN_COLUMNS].tolist()
    return dict(zip(_OWN, own, strict=True))


def _of_the_question(ordered: Ordered, query: Query) -> dict[str, float]:
    """Return the features that are the same for all results."""
    strange = sum(query.telling[stem] for stem in query.strange if stem in query.telling)
    return {
        "meaning_best": float(np.sort(ordered.features[:, _MEANING])[-READ:].mean()),
        "asked_rarest": max(query.telling.values()),
        "strange": strange / max(query.total, EPSILON),
        "personal": float(query.personal),
        "excess": query.excess,
    }


def prepare() -> None:
    """Load the model that the first question about a topic or an episode would wait for."""
    trees.load(FITTED_TO_NOTES)


def of_noted(notes: Table) -> list[float]:
    """Return the probability that each note answers the question, given rows of `NOTED`."""
    likely: list[float] = (1 / (1 + np.exp(-trees.load(FITTED_TO_NOTES).values(notes)))).tolist()
    return likely
