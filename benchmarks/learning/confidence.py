"""Fits how likely talk answers a question: monotone boosted trees (LightGBM) over the features in `confidence`.

All libraries weigh the same, whatever their size: a confidence that is high for one meeting and never for two thousand
episodes would be useless.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Final

import lightgbm
import numpy as np

from benchmarks.learning import boosting
from benchmarks.learning.examples import Example
from knowledge.search import ranking
from knowledge.search.confidence import PLACED, READ, SAID, Ordered, evidence, placing
from knowledge.search.trees import Table

_TREES: Final = 150
_SETTINGS: Final = {"objective": "binary", "min_data_in_leaf": 60, "monotone_constraints_method": "intermediate"}
_SPEAKING_FOR: Final = {
    "covered": 1,
    "covered_around": 1,
    "covered_exactly": 1,
    "rarest": 1,
    "alike": 1,
    "alike_around": 1,
    "paired": 1,
    "meaning": 1,
    "meaning_around": 1,
    "meaning_wide": 1,
    "meaning_best": 1,
    "covered_mean": 1,
    "covered_around_mean": 1,
    "titled": 1,
    "excess": 1,
    "score": 1,
    "ahead": 1,
    "ahead_of_episodes": 1,
    "missing": -1,
    "strange": -1,
    "personal": -1,
}
"""Monotone constraints: more of a feature counts for an answer (1) or against it (-1); others are unconstrained."""
_OF_A_PLACE: Final = {"meaning_deviation", "words", "asked_words", "asked_weight", "asked_rarest", "searched"}
"""Unconstrained features of a place; more of any other counts for it."""


@dataclass(frozen=True, slots=True)
class Contrast:
    """One library's answerable and unanswerable questions.

    Attributes:
        answered: each with its weight among the answerable ones.
        unanswered: likewise.
        odds: total weight of the unanswerable ones, beside 1 for the answerable ones.
    """

    name: str
    answered: Sequence[tuple[float, Example]]
    unanswered: Sequence[tuple[float, Example]]
    odds: float = 1.0


def table(examples: Iterable[Example]) -> Table:
    """Return the features `SAID` of each example, (examples, SAID)."""
    found = (evidence(_ordered(each), each.looked.query) for each in examples)
    return np.array([[each[name] for name in SAID] for each in found], np.float32)


def _ordered(example: Example) -> Ordered:
    return ranking.ordered(example.looked.places, example.looked.features, READ)


def fit_place(libraries: Sequence[Sequence[tuple[float, Example]]]) -> lightgbm.Booster:
    """Fit how likely the top passage itself answers, on weighted questions to several libraries."""
    rows, labels, weights = [], [], []
    for weight, example in chain.from_iterable(libraries):
        ordered = _ordered(example)
        found = placing(ordered, example.looked.query)
        rows.append([found[name] for name in PLACED])
        labels.append(example.relevant[ordered.alike(ordered.order[0])].any())
        weights.append(weight)
    of_each = np.repeat([sum(weight for weight, _ in each) for each in libraries], list(map(len, libraries)))
    weighed = np.array(weights) / of_each
    data = lightgbm.Dataset(
        np.array(rows, np.float32),
        label=np.array(labels, np.int8),
        weight=weighed * len(weighed) / weighed.sum(),
        feature_name=list(PLACED),
    )
    constraints = [0 if name in _OF_A_PLACE else _SPEAKING_FOR.get(name, 1) for name in PLACED]
    return lightgbm.train(
        {**boosting.COMMON, **_SETTINGS, "min_data_in_leaf": 80, "monotone_constraints": constraints}, data, _TREES
    )


def fit(contrasts: Sequence[Contrast], without: Iterable[str] = ()) -> lightgbm.Booster:
    """Fit on questions to several libraries; `without` names features to leave out."""
    rows, labels, weights = [], [], []
    for contrast in contrasts:
        for label, odds, examples in ((1, 1.0, contrast.answered), (0, contrast.odds, contrast.unanswered)):
            share = sum(weight for weight, _ in examples) / odds
            rows.append(table(each for _, each in examples))
            labels.append(np.full(len(examples), label))
            weights.append(np.array([weight / share for weight, _ in examples]))
    weighed = np.concatenate(weights)
    features = np.concatenate(rows)
    features[:, [SAID.index(name) for name in without]] = 0
    data = lightgbm.Dataset(
        features,
        label=np.concatenate(labels),
        weight=weighed * len(weighed) / weighed.sum(),
        feature_name=list(SAID),
    )
    constraints = [_SPEAKING_FOR.get(name, 0) for name in SAID]
    return lightgbm.train({**boosting.COMMON, **_SETTINGS, "monotone_constraints": constraints}, data, _TREES)


def write(fitted: lightgbm.Booster, file: Path) -> None:
    """Write the model as the search reads it."""
    roots = [tree["tree_structure"] for tree in fitted.dump_model()["tree_info"]]
    boosting.write(roots, fitted.feature_name(), file)
