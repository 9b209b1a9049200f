"""Adds up small decision trees: a learned function of some named figures.

Gradient boosting (Friedman 2001) made them; here they are only read and followed, for all rows at once, by bits
instead of branches (QuickScorer, Lucchese et al. 2015): how many of a figure's thresholds it is above tells for all
trees which leaves it leaves them.
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
"""Figures: a row for each thing they are of, a column for each figure."""

LEAVES: Final = 8
"""Leaves of each tree at most: a bit each."""
_BITS: Final = 2**LEAVES
_WIDE: Final = 8
"""Trees whose bits are joined in one step."""
_LOWEST: Final = np.array([0, *((bits & -bits).bit_length() - 1 for bits in range(1, _BITS))], np.int64)
"""The number of the lowest bit that is set."""


class Trees:
    """Trees whose every question is whether a figure is above a threshold; leaves are counted from the left.

    Attributes:
        names: of the figures, in the order of the columns that `values` takes.
    """

    def __init__(
        self,
        names: Sequence[str],
        columns: NDArray[np.int16],
        thresholds: NDArray[np.float32],
        kept: NDArray[np.uint8],
        leaves: NDArray[np.float32],
    ) -> None:
        """Take trees of seven questions and eight leaves each, (trees, 7) and (trees, 8).

        `kept` has a bit for each leaf that can still be reached where the answer to a question is yes.
        """
        self.names = tuple(names)
        asked = [np.nonzero(columns == column) for column in range(len(names))]
        figures = [
            (column, *_left(len(leaves), trees, thresholds[trees, questions], kept[trees, questions]))
            for column, (trees, questions) in enumerate(asked)
            if len(trees)
        ]
        self._steps = [(column, steps) for column, steps, _ in figures]
        self._left = np.concatenate([left for _, _, left in figures])
        self._firsts = np.cumsum([0, *(len(left) for _, _, left in figures[:-1])])[:, None]
        self._leaves = leaves[:, _LOWEST].reshape(-1)
        self._begins = np.arange(len(leaves), dtype=np.int64) * _BITS

    def values(self, rows: Table) -> NDArray[np.float32]:
        """Return the sum of the leaves that each row, (rows, names), comes to: (rows,)."""
        columns = np.ascontiguousarray(rows.T)
        above = np.array([steps.searchsorted(columns[column]) for column, steps in self._steps])
        reached = np.bitwise_and.reduce(self._left.take(above + self._firsts, axis=0), axis=0)
        bits = reached.view(np.uint8)[:, : len(self._begins)]
        total: NDArray[np.float32] = self._leaves.take(bits + self._begins).sum(axis=1)
        return total


def _left(
    count: int, trees: NDArray[np.int64], thresholds: NDArray[np.float32], kept: NDArray[np.uint8]
) -> tuple[NDArray[np.float32], NDArray[np.uint64]]:
    """Return the thresholds of one figure, and of so many trees the leaves that are left above each number of them.

    The leaves of eight trees lie in one number.
    """
    steps, above = np.unique(thresholds, return_inverse=True)
    left = np.full((len(steps) + 1, -(-count // _WIDE) * _WIDE), _BITS - 1, np.uint8)
    np.bitwise_and.at(left, (above + 1, trees), kept)
    return steps, np.bitwise_and.accumulate(left, axis=0).view(np.uint64)


@cache
def load(file: Path) -> Trees:
    """Read trees from a JSON file: the names of the figures; of each tree, `[figure, threshold, kept]` and leaves."""
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
