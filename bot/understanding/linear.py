"""A learned linear model over named features: a file of numbers, and a file of names beside it.

What the features are is said where a model is used: `intents.py`. Taught by `benchmarks/learning`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from knowledge.search.meaning import Floats, pack, unpack


@dataclass(frozen=True)
class Linear:
    """A score for each label, as the sum of a row for each feature.

    Attributes:
        labels: what is told apart.
        rows: for each feature, the number of its row.
        weights: (features, labels).
    """

    labels: tuple[str, ...]
    rows: dict[str, int]
    weights: Floats

    @classmethod
    def of(cls, labels: Sequence[str], features: Iterable[str], weights: Floats) -> Linear:
        """Take the features in the order of the rows of weights, (features, labels)."""
        return cls(tuple(labels), {name: row for row, name in enumerate(features)}, weights)

    @classmethod
    def load(cls, file: Path) -> Linear:
        """Read what `save` wrote."""
        _, labels, *features = file.with_suffix(".txt").read_text(encoding="utf-8").splitlines()
        bytes_, scales = unpack(np.load(file.with_suffix(".npy")))
        return cls.of(labels.split(), features, bytes_.astype(np.float32) * scales[:, None])

    def save(self, file: Path, origin: str) -> None:
        """Write the names as `FILE.txt`, after a line about their origin, and the weights as `FILE.npy`."""
        lines = (f"# {origin}", " ".join(self.labels), *self.rows)
        file.with_suffix(".txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
        np.save(file.with_suffix(".npy"), pack(self.weights))

    def scores(self, features: Mapping[str, float]) -> Floats:
        """Return a score for each label, (labels,); features that it was not taught count nothing."""
        known = [(self.rows[name], value) for name, value in features.items() if name in self.rows]
        if not known:
            return np.zeros(len(self.labels), np.float32)
        rows, values = zip(*known, strict=True)
        total: Floats = np.array(values, np.float32) @ self.weights[list(rows)]
        return total
