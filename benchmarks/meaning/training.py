"""Trains a table so that sums of rows point where they should: only the mathematics, nothing about podcasts.

A batch is a dense matrix, with a row per text and a column per piece in the batch. With a few thousand pieces, BLAS is
as fast as sparse products, so numpy suffices. On one thread, the same seed gives the same table, bit for bit.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from knowledge.search.meaning import Floats

Rows: TypeAlias = NDArray[np.int32]
"""The table's rows of one text's pieces."""

_SHORTEST: Final = np.float32(1e-6)
_TEMPERATURE: Final = 0.05
"""Divides the cosines of pairs: the lower, the more the nearest wrong answers count."""
_MOMENTUM: Final = 0.9
_SPREAD: Final = 0.999
_EPSILON: Final = 1e-8


@dataclass(frozen=True, slots=True)
class Schedule:
    """How long and how fast to train; the learning rate falls from `first` to `last` along half a cosine.

    Attributes:
        rounds: number of epochs.
        dropped: share of a text's pieces that is randomly left out each time it is seen.
    """

    rounds: int
    batch: int
    first: float
    last: float
    dropped: float = 0.0

    def rates(self, texts: int) -> Iterator[float]:
        """Yield the learning rate of each step, given the number of texts."""
        steps = self.rounds * -(-texts // self.batch)
        for step in range(steps):
            yield self.last + (self.first - self.last) * (1 + float(np.cos(np.pi * step / steps))) / 2


@dataclass(frozen=True, slots=True)
class Pair:
    """A text, its positives and its negatives; one of each is drawn every time."""

    asked: Rows
    answers: tuple[Rows, ...]
    others: tuple[Rows, ...] = ()


class Training:
    """A table in training with Adam, and the random generator for the whole run."""

    def __init__(self, table: Floats, seed: int) -> None:
        """Start from a copy of a table, (pieces, dimensions)."""
        self.table: Floats = table.astype(np.float32)
        self._chance = np.random.default_rng(seed)

    def regress(self, texts: Sequence[Rows], targets: Floats, schedule: Schedule) -> float:
        """Turn texts' sums towards their targets, (texts, dimensions); return the last epoch's mean cosine."""
        adam = _Adam(self.table)
        rates = schedule.rates(len(texts))
        cosines: list[float] = []
        for _ in range(schedule.rounds):
            cosines = []
            for chosen in _batches(self._chance.permutation(len(texts)), schedule.batch):
                batch = self._batch([texts[at] for at in chosen], schedule.dropped)
                wanted = targets[chosen]
                cosines.append(float((batch.vectors * wanted).sum(axis=1).mean()))
                adam.step(batch.rows, batch.gradient(-wanted / np.float32(len(chosen))), next(rates))
        return float(np.mean(cosines))

    def contrast(self, pairs: Sequence[Pair], schedule: Schedule) -> float:
        """Bring pairs nearer than the rest of their batch, in both directions; return the last epoch's mean loss."""
        adam = _Adam(self.table)
        rates = schedule.rates(len(pairs))
        losses: list[float] = []
        for _ in range(schedule.rounds):
            losses = []
            for chosen in _batches(self._chance.permutation(len(pairs)), schedule.batch):
                seen = [pairs[at] for at in chosen]
                texts = [pair.asked for pair in seen] + [self._one(pair.answers) for pair in seen]
                texts += [self._one(pair.others) for pair in seen if pair.others]
                batch = self._batch(texts, schedule.dropped)
                loss, wanted = _contrasted(batch.vectors, len(seen))
                losses.append(loss)
                adam.step(batch.rows, batch.gradient(wanted), next(rates))
        return float(np.mean(losses))

    def _one(self, texts: tuple[Rows, ...]) -> Rows:
        return texts[int(self._chance.integers(len(texts)))]

    def _batch(self, texts: Sequence[Rows], dropped: float) -> _Batch:
        if dropped:
            texts = [rows[self._chance.random(len(rows)) >= dropped] for rows in texts]
        return _Batch(self.table, texts)


class _Batch:
    """The forward and backward pass for some texts: their vectors, and the gradient of their rows."""

    def __init__(self, table: Floats, texts: Sequence[Rows]) -> None:
        self.rows, columns = np.unique(np.concatenate(texts), return_inverse=True)
        of = np.repeat(np.arange(len(texts)), [len(rows) for rows in texts])
        self._counts = np.zeros((len(texts), len(self.rows)), np.float32)
        np.add.at(self._counts.reshape(-1), of * len(self.rows) + columns, np.float32(1))
        sums = self._counts @ table[self.rows]
        self._lengths = np.linalg.norm(sums, axis=1, keepdims=True).clip(_SHORTEST)
        self.vectors: Floats = sums / self._lengths

    def gradient(self, wanted: Floats) -> Floats:
        """Return the gradient of the rows, (rows, dimensions), given that of the vectors, (texts, dimensions)."""
        along = (wanted * self.vectors).sum(axis=1, keepdims=True)
        found: Floats = self._counts.T @ ((wanted - along * self.vectors) / self._lengths)
        return found


class _Adam:
    """Adam (Kingma and Ba 2015); rows absent from a batch continue on their momentum."""

    def __init__(self, table: Floats) -> None:
        self._table = table
        self._mean = np.zeros_like(table)
        self._square = np.zeros_like(table)
        self._steps = 0

    def step(self, rows: NDArray[np.int32], gradient: Floats, rate: float) -> None:
        self._steps += 1
        self._mean *= np.float32(_MOMENTUM)
        self._mean[rows] += np.float32(1 - _MOMENTUM) * gradient
        self._square *= np.float32(_SPREAD)
        self._square[rows] += np.float32(1 - _SPREAD) * gradient * gradient
        size = rate * (1 - _SPREAD**self._steps) ** 0.5 / (1 - _MOMENTUM**self._steps)
        change = np.sqrt(self._square)
        change += np.float32(_EPSILON)
        np.divide(self._mean, change, out=change)
        change *= np.float32(size)
        self._table -= change


def _contrasted(vectors: Floats, pairs: int) -> tuple[float, Floats]:
    """Return the loss and its gradient for vectors of questions, then answers, then negatives."""
    asked, answers = vectors[:pairs], vectors[pairs:]
    near = asked @ answers.T / np.float32(_TEMPERATURE)
    forth, back = _shares(near), _shares(near[:, :pairs].T)
    own = np.arange(pairs)
    loss = -float(np.log(forth[own, own].clip(_SHORTEST)).mean() + np.log(back[own, own].clip(_SHORTEST)).mean()) / 2
    forth[own, own] -= 1
    back[own, own] -= 1
    forth[:, :pairs] += back.T
    forth /= np.float32(2 * pairs * _TEMPERATURE)
    return loss, np.concatenate([forth @ answers, forth.T @ asked])


def _shares(near: Floats) -> Floats:
    shares: Floats = np.exp(near - near.max(axis=1, keepdims=True))
    shares /= shares.sum(axis=1, keepdims=True)
    return shares


def _batches(order: NDArray[np.int64], size: int) -> Iterable[NDArray[np.int64]]:
    return (order[at : at + size] for at in range(0, len(order), size))
