"""Writes boosted trees as `knowledge.search.trees` reads them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final, TypeAlias

import numpy as np

from knowledge.search.trees import LEAVES

SEED: Final = 20
COMMON: Final[Mapping[str, object]] = {
    "num_leaves": LEAVES,
    "learning_rate": 0.08,
    "feature_fraction": 0.7,
    "bagging_fraction": 0.8,
    "bagging_freq": 1,
    "lambda_l2": 5.0,
    "verbose": -1,
    "num_threads": 2,
    "deterministic": True,
    "force_row_wise": True,
    "seed": SEED,
}
"""LightGBM settings that all models share."""

_Node: TypeAlias = Mapping[str, Any]
_ALL: Final = 2**LEAVES - 1
_UNASKED: Final = [0.0, _ALL]
"""Threshold and leaf mask of a padding split, which changes nothing."""


def write(trees: Sequence[_Node], names: Sequence[str], file: Path) -> None:
    """Write trees, given by their roots as LightGBM dumps them, over features with these names."""
    written = [_written(root, names) for root in trees]
    file.write_text(json.dumps({"figures": names, "trees": written}, separators=(",", ":")) + "\n", encoding="utf-8")


def _written(root: _Node, names: Sequence[str]) -> dict[str, object]:
    leaves = [round(leaf["leaf_value"], 5) for leaf in _leaves(root)]
    questions = [
        [names[node["split_feature"]], _threshold(node["threshold"]), _ALL - _bits(first, len(list(_leaves(left))))]
        for node, left, first in _questions(root, 0)
    ]
    questions += [[names[0], *_UNASKED] for _ in range(LEAVES - 1 - len(questions))]
    return {"questions": questions, "leaves": leaves + [0.0] * (LEAVES - len(leaves))}


def _questions(node: _Node, first: int) -> Iterator[tuple[_Node, _Node, int]]:
    """Yield each split with its left subtree and the number of the first leaf there."""
    if "split_feature" not in node:
        return
    left, right = node["left_child"], node["right_child"]
    yield node, left, first
    yield from _questions(left, first)
    yield from _questions(right, first + len(list(_leaves(left))))


def _threshold(exact: float) -> float:
    """Return the greatest 32-bit float that isn't above the threshold, since features are 32-bit."""
    near = np.float32(exact)
    return float(str(near if float(near) <= exact else np.nextafter(near, np.float32(-np.inf))))


def _leaves(node: _Node) -> Iterator[_Node]:
    if "split_feature" not in node:
        yield node
    else:
        yield from _leaves(node["left_child"])
        yield from _leaves(node["right_child"])


def _bits(first: int, count: int) -> int:
    return ((1 << count) - 1) << first
