"""Fits the re-ranker of talk: LambdaMART (Burges 2010, in LightGBM) over the features in `signals`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

import lightgbm
import numpy as np

from benchmarks.learning import boosting
from benchmarks.learning.examples import Example
from knowledge.search import signals

_TREES: Final = 400
_SETTINGS: Final = {"objective": "lambdarank", "lambdarank_truncation_level": 20, "min_data_in_leaf": 400}


def fit(weighed: Sequence[tuple[float, Sequence[Example]]], without: Iterable[str] = ()) -> lightgbm.Booster:
    """Fit on groups of examples, each with the weight per question; `without` names features to leave out."""
    groups = [(weight, each) for weight, group in weighed for each in group if each.relevant.any()]
    dropped = [signals.NAMES.index(name) for name in without]
    features = np.concatenate([each.looked.features for _, each in groups])
    features[:, dropped] = 0
    data = lightgbm.Dataset(
        features,
        label=np.concatenate([each.relevant for _, each in groups]).astype(np.int8),
        group=[len(each.relevant) for _, each in groups],
        weight=np.concatenate([np.full(len(each.relevant), weight) for weight, each in groups]),
        feature_name=list(signals.NAMES),
    )
    return lightgbm.train({**boosting.COMMON, **_SETTINGS}, data, _TREES)


def write(fitted: lightgbm.Booster, file: Path) -> None:
    """Write the model as the search reads it."""
    roots = [tree["tree_structure"] for tree in fitted.dump_model()["tree_info"]]
    boosting.write(roots, list(signals.NAMES), file)
