"""Trees that were learned are written as the search reads them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.learning import boosting
from knowledge.search import trees
from knowledge.search.trees import LEAVES

Node: TypeAlias = Mapping[str, Any]

NAMES = ["rarest", "covered", "meaning"]
NUMBERS = st.floats(-1, 1, width=32) | st.sampled_from([0.0, 1 / 3, 2 / 3, 1.0])
LEAF = st.builds(lambda value: {"leaf_value": value}, st.floats(-1, 1))


def _question(left: Node, right: Node, feature: int, threshold: float) -> Node:
    return {"split_feature": feature, "threshold": threshold, "left_child": left, "right_child": right}


def _leaves(node: Node) -> int:
    return 1 if "leaf_value" in node else _leaves(node["left_child"]) + _leaves(node["right_child"])


ROOTS = st.recursive(
    LEAF,
    lambda below: st.builds(_question, below, below, st.integers(0, len(NAMES) - 1), st.floats(-1, 1)),
    max_leaves=LEAVES,
).filter(lambda root: _leaves(root) <= LEAVES)


def _value(node: Node, row: list[float]) -> float:
    while "leaf_value" not in node:
        node = node["left_child"] if row[node["split_feature"]] <= node["threshold"] else node["right_child"]
    return float(node["leaf_value"])


@given(
    roots=st.lists(ROOTS, min_size=1, max_size=5), rows=st.lists(st.lists(NUMBERS, min_size=3, max_size=3), min_size=1)
)
def test_what_is_written_gives_the_values_that_were_learned(
    tmp_path_factory: pytest.TempPathFactory, roots: list[Node], rows: list[list[float]]
) -> None:
    table = np.array(rows, np.float32)
    file: Path = tmp_path_factory.mktemp("trees") / "trees.json"

    boosting.write(roots, NAMES, file)

    expected = [sum(_value(root, row) for root in roots) for row in table.astype(float).tolist()]
    assert trees.load(file).names == tuple(NAMES)
    assert np.allclose(trees.load(file).values(table), expected, atol=1e-4)
