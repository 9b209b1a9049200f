"""Fits which sentence around a place answers: LambdaMART (Burges 2010, in LightGBM) over features of sentences."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import lightgbm
import numpy as np
from numpy.typing import NDArray

from benchmarks.data import Asked, Library
from benchmarks.learning import boosting
from knowledge.model import Passage, Scope
from knowledge.search.answer_sentences import NAMES, Sentence, features
from knowledge.search.trees import Table

_PLACES: Final = 3
"""Number of top places in the episode around which we look for a question's answer."""
_TREES: Final = 250
_MORE: Final = ("covered", "alike", "meaning")
"""Measures that never count against a sentence, except in the words before it, which may be the question."""
_SETTINGS: Final = {
    "objective": "lambdarank",
    "min_data_in_leaf": 60,
    "learning_rate": 0.05,
    "num_leaves": 4,
    "monotone_constraints": [int(name.startswith(_MORE) and "_before" not in name) for name in NAMES],
}


@dataclass(frozen=True, slots=True)
class Around:
    """The sentences around a place.

    Attributes:
        features: each sentence's features, (sentences, NAMES).
        answers: whether each answers.
    """

    talk: list[Sentence]
    features: Table
    answers: NDArray[np.bool_]


def gather(library: Library, questions: Iterable[Asked], places: int = _PLACES) -> Iterator[Around]:
    """Yield, of the best places for each question in its episode, those with an answer nearby."""
    for question in questions:
        if question.episode not in library.said:
            continue
        scope = Scope(question.episode)
        found = library.search.find(question.text, scope=scope, kinds=(Passage,), limit=places)
        for passage in (hit.item for hit in found.hits if isinstance(hit.item, Passage)):
            talk = library.search.sentences(passage)
            answers = np.array([question.answered_by(each.text) for each in talk], np.bool_)
            if answers.any():
                yield Around(talk, features(talk, found.asked), answers)


def fit(around: Iterable[Around]) -> lightgbm.Booster:
    """Fit on the sentences around places."""
    every = list(around)
    data = lightgbm.Dataset(
        np.concatenate([each.features for each in every]),
        label=np.concatenate([each.answers for each in every]).astype(np.int8),
        group=[len(each.answers) for each in every],
        feature_name=list(NAMES),
    )
    return lightgbm.train({**boosting.COMMON, **_SETTINGS}, data, _TREES)


def write(fitted: lightgbm.Booster, file: Path) -> None:
    """Write the model as the search reads it."""
    roots = [tree["tree_structure"] for tree in fitted.dump_model()["tree_info"]]
    boosting.write(roots, list(NAMES), file)
