"""Evaluates ensembles of small decision trees: learned functions of named features.

Trained by gradient boosting (Friedman 2001); here they are only read and evaluated, for all rows at once and by bits
instead of branches (QuickScorer, Lucchese et al. 2015): the number of thresholds that a feature exceeds says which
leaves remain possible in every tree.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

Table: TypeAlias = NDArray[np.float32]
"""Features: a row for each candidate, a column for each feature."""

EPSILON: Final = 1e-6
"""Smallest divisor in a feature, against division by zero."""
LEAVES: Final = 8
"""Maximum number of leaves per tree; each is one bit."""
_BITS: Final = 2**LEAVES
_WIDE: Final = 8
"""Trees whose bits fit into one 64-bit integer."""
_LOWEST: Final = np.array([0, *((bits & -bits).bit_length() - 1 for bits in range(1, _BITS))], np.int64)
"""The index of the lowest set bit of each byte."""


class Trees:
    """Trees whose nodes ask whether a feature is above a threshold; leaves are numbered from the left.

    Attributes:
        names: the features, in the order of the columns that `values` takes.
    """

    def __init__(
        self,
        names: Sequence[str],
        columns: NDArray[np.int16],
        thresholds: NDArray[np.float32],
        kept: NDArray[np.uint8],
        leaves: NDArray[np.float32],
    ) -> None:
        """Take trees of seven nodes and eight leaves each, (trees, 7) and (trees, 8).

        `kept` has a bit for each leaf that is still reachable if the answer of a node is yes.
        """
        self.names = tuple(names)
        asked = [np.nonzero(columns == column) for column in range(len(names))]
        features = [
            (column, *_left(len(leaves), trees, thresholds[trees, questions], kept[trees, questions]))
            for column, (trees, questions) in enumerate(asked)
            if len(trees)
        ]
        self._steps = [(column, steps) for column, steps, _ in features]
        self._left = np.concatenate([left for _, _, left in features])
        self._firsts = np.cumsum([0, *(len(left) for _, _, left in features[:-1])])[:, None]
        self._leaves = leaves[:, _LOWEST].reshape(-1)
        self._begins = np.arange(len(leaves), dtype=np.int64) * _BITS

    def values(self, rows: Table) -> NDArray[np.float32]:
        """Return the sum of the leaves that each row, (rows, names), reaches: (rows,)."""
        columns = np.ascontiguousarray(rows.T)
        above = np.array([steps.searchsorted(columns[column]) for column, steps in self._steps])
        reached = np.bitwise_and.reduce(self._left.take(above + self._firsts, axis=0), axis=0)
        bits = reached.view(np.uint8)[:, : len(self._begins)]
        total: NDArray[np.float32] = self._leaves.take(bits + self._begins).sum(axis=1)
        return total


def _left(
    count: int, trees: NDArray[np.int64], thresholds: NDArray[np.float32], kept: NDArray[np.uint8]
) -> tuple[NDArray[np.float32], NDArray[np.uint64]]:
    """Return the sorted thresholds of a feature, and the leaves left in each tree above each number of them.

    The leaves of eight trees are packed into one integer.
    """
    steps, above = np.unique(thresholds, return_inverse=True)
    left = np.full((len(steps) + 1, -(-count // _WIDE) * _WIDE), _BITS - 1, np.uint8)
    np.bitwise_and.at(left, (above + 1, trees), kept)
    return steps, np.bitwise_and.accumulate(left, axis=0).view(np.uint64)


@cache
def load(file: Path) -> Trees:
    """Read trees from JSON: the names of the features and, per tree, nodes `[feature, threshold, kept]` and leaves."""
    read = json.loads(file.read_text(encoding="utf-8"))
    names = read["figures"]
    at = {name: column for column, name in enumerate(names)}
    questions = [tree["questions"] for tree in read["trees"]]
    return Trees(
        names,
        np.array([[at[name] for name, _, _ in of_one] for of_one in questions], np.int16),
        np.array([[threshold for _, threshold, _ in of_one] for of_one in questions], np.float32),
        np.array([[kept for _, _, kept in of_one] for of_one in questions], np.uint8),
        np.array([tree["leaves"] for tree in read["trees"]], np.float32),
    )
