"""Adds up small decision trees: a learned function of some named figures.

Gradient boosting (Friedman 2001) made them; here they are only read and followed, for all rows at once, by bits
instead of branches (QuickScorer, Lucchese et al. 2015).
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
_LOWEST: Final = np.array([0, *((bits & -bits).bit_length() - 1 for bits in range(1, 2**LEAVES))], np.int64)
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
        # All first questions side by side, then all second ones: so they are joined many at a time.
        self._columns = columns.T.reshape(-1)
        self._thresholds = thresholds.T.reshape(-1)
        self._kept = kept.T.reshape(-1)
        self._leaves = leaves.reshape(-1)
        self._begins = np.arange(len(leaves), dtype=np.int64) * LEAVES

    def values(self, rows: Table) -> NDArray[np.float32]:
        """Return the sum of the leaves that each row, (rows, names), comes to: (rows,)."""
        above = rows.take(self._columns, axis=1) > self._thresholds
        # A no keeps all leaves: 0 - 1 is all bits of a byte.
        reached = (self._kept | (above.view(np.uint8) - np.uint8(1))).reshape(len(rows), LEAVES - 1, -1)
        leaf = _LOWEST[np.bitwise_and.reduce(reached, axis=1)]
        total: NDArray[np.float32] = self._leaves[self._begins + leaf].sum(axis=1)
        return total


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
