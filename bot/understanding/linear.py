"""A linear model over named features: a file of weights, and beside it a file of names.

The features are defined where the model is used (`intents.py`). `benchmarks/learning` trains it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np

from knowledge.search.meaning import Bytes, Floats, Meanings, pack, unpack


@dataclass(frozen=True)
class Linear:
    """Scores each label with the weighted sum of the features.

    Attributes:
        labels: the classes.
        rows: the row of each feature in the weights.
        packed: the weights, one row for each feature, quantised by `meaning.pack`; a question needs a few dozen of many
            thousand rows.
    """

    labels: tuple[str, ...]
    rows: dict[str, int]
    packed: Bytes

    @classmethod
    def of(cls, labels: Sequence[str], features: Iterable[str], weights: Floats) -> Linear:
        """Take features in the order of the rows of `weights`, an array of shape (features, labels)."""
        return cls(tuple(labels), {name: row for row, name in enumerate(features)}, pack(weights))

    @classmethod
    def load(cls, file: Path) -> Linear:
        """Read what `save` wrote."""
        _, labels, *features = file.with_suffix(".txt").read_text(encoding="utf-8").splitlines()
        packed = np.asarray(np.load(file.with_suffix(".npy"), mmap_mode="r"))
        return cls(tuple(labels.split()), {name: row for row, name in enumerate(features)}, packed)

    def save(self, file: Path, origin: str) -> None:
        """Write the names to `FILE.txt`, after a line about their origin, and the weights to `FILE.npy`."""
        lines = (f"# {origin}", " ".join(self.labels), *self.rows)
        file.with_suffix(".txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
        np.save(file.with_suffix(".npy"), self.packed)

    def weights(self, rows: Sequence[int]) -> Floats:
        """Return some rows of the weights, in shape (rows, labels)."""
        bytes_, scales = unpack(self.packed[list(rows)])
        return bytes_.astype(np.float32) * scales[:, None]

    def scores(self, features: Mapping[str, float], meaning: Floats | None = None) -> Floats:
        """Return a score for each label; features that weren't in the training data count nothing.

        `meaning` is the vector of all features that `of_meaning` names.
        """
        known = [(self.rows[name], value) for name, value in features.items() if name in self.rows]
        total: Floats = np.zeros(len(self.labels), np.float32) if meaning is None else meaning @ self._of_meaning
        if known:
            rows, values = zip(*known, strict=True)
            total = total + np.array(values, np.float32) @ self.weights(rows)
        return total

    @cached_property
    def _of_meaning(self) -> Floats:
        names = list(map(of_meaning, range(Meanings.load().dimensions)))
        weights = np.zeros((len(names), len(self.labels)), np.float32)
        taught = [at for at, name in enumerate(names) if name in self.rows]
        weights[taught] = self.weights([self.rows[names[at]] for at in taught])
        return weights


def of_meaning(number: int) -> str:
    """Return the feature name of one dimension of a text's embedding."""
    return f"meaning {number}"
