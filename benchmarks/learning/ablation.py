"""Ablation: trains without each feature and evaluates on `val`: `python -m benchmarks.learning.ablation`.

Takes half an hour on one core.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TypeAlias

import lightgbm
import numpy as np
from sklearn.metrics import roc_auc_score

from benchmarks import data
from benchmarks.learning import boosting, confidence, ranking
from benchmarks.learning.__main__ import Collections, gather
from benchmarks.learning.examples import Example, asked_anywhere, asked_inside, placed, unanswered
from knowledge.search import signals
from knowledge.search.confidence import SAID

_Judged: TypeAlias = Mapping[str, float]


def main() -> int:
    """Print what each feature of the ranking and of the confidence is worth."""
    shared = Path(sys.argv[1]) if len(sys.argv) > 1 else data.SHARED
    if not data.there(shared):
        print(f"No development sets in {shared}; name their folder.", file=sys.stderr)
        return 2
    learned_from = Collections(*_read(shared, "train"))
    gathered = gather(learned_from)
    val = Collections(*_read(shared, "val"))
    chance = random.Random(boosting.SEED)
    answered = {
        "in a meeting": list(asked_inside(val.meetings, val.meetings.questions)),
        "in an episode": list(asked_inside(val.podcasts, val.podcasts.questions)),
        "written": list(asked_inside(val.podcasts, val.written)),
        "over 184 episodes": list(asked_anywhere(val.podcasts, val.podcasts.questions)),
    }
    others = {
        "in a meeting": list(asked_inside(val.meetings, placed(val.off_topic, val.meetings, chance))),
        "over 184 episodes": list(asked_anywhere(val.podcasts, unanswered(val.off_topic))),
    }
    _print(
        "order, MRR",
        signals.NAMES,
        lambda without: _order(ranking.fit(gathered.for_ranking(), without), answered, without),
    )
    contrasts = gathered.contrasts()
    _print(
        "confidence, ROC area",
        SAID,
        lambda without: _area(confidence.fit(contrasts, without), answered, others, without),
    )
    return 0


def _read(shared: Path, split: str) -> tuple[data.Library, data.Library, Sequence[data.Asked], Sequence[str]]:
    return (
        data.meetings(shared, split),
        data.podcasts(shared, split),
        [*data.paraphrases(split), *data.stretches_asked_for(split), *data.listeners(shared, split)],
        data.off_topic(shared, split),
    )


def _print(what: str, names: Sequence[str], judge: Callable[[Sequence[str]], _Judged]) -> None:
    whole = judge(())
    print(f"{what:24} " + "  ".join(f"{name:>18}" for name in whole))
    print(f"  {'all features':22} " + "  ".join(f"{value:18.3f}" for value in whole.values()))
    for name in names:
        worth = {kind: whole[kind] - value for kind, value in judge((name,)).items()}
        print(f"  {name:22} " + "  ".join(f"{value:+18.3f}" for value in worth.values()), flush=True)


def _order(fitted: lightgbm.Booster, answered: Mapping[str, Sequence[Example]], without: Sequence[str]) -> _Judged:
    dropped = [signals.NAMES.index(name) for name in without]

    def reciprocal(example: Example) -> float:
        features = example.looked.features.copy()
        features[:, dropped] = 0
        order = np.argsort(-np.asarray(fitted.predict(features)), kind="stable")
        places = np.flatnonzero(example.relevant[order])
        return 1 / (1 + int(places[0])) if len(places) else 0.0

    return {name: float(np.mean([reciprocal(each) for each in examples])) for name, examples in answered.items()}


def _area(
    fitted: lightgbm.Booster,
    answered: Mapping[str, Sequence[Example]],
    others: Mapping[str, Sequence[Example]],
    without: Sequence[str],
) -> _Judged:
    dropped = [SAID.index(name) for name in without]

    def sure(examples: Sequence[Example]) -> list[float]:
        features = confidence.table(examples)
        features[:, dropped] = 0
        return list(np.asarray(fitted.predict(features)))

    def area(name: str) -> float:
        yes, no = sure(answered[name]), sure(others[name])
        return float(roc_auc_score([1] * len(yes) + [0] * len(no), yes + no))

    return {name: area(name) for name in others}


if __name__ == "__main__":
    sys.exit(main())
