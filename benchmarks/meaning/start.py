"""The table that training starts from: the model's vector of each piece alone, shorter for frequent pieces."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

from benchmarks.meaning.training import Rows
from knowledge.search.meaning import Floats

_COMMON: Final = 1e-4
"""Share of the talk at which a piece has half its weight (smooth inverse frequency, Arora et al. 2017)."""


def shares(texts: Sequence[Rows], pieces: int) -> Floats:
    """Return each piece's share of the talk, (pieces,)."""
    counts = np.bincount(np.concatenate(texts), minlength=pieces)
    found: Floats = (counts / counts.sum()).astype(np.float32)
    return found


def principal(vectors: Floats, dimensions: int) -> Floats:
    """Return the principal components of some vectors, (their dimensions, dimensions)."""
    centred = vectors - vectors.mean(axis=0)
    _, directions = np.linalg.eigh((centred.T @ centred).astype(np.float64))
    found: Floats = np.ascontiguousarray(directions[:, ::-1][:, :dimensions]).astype(np.float32)
    return found


def first_table(alone: Floats, share: Floats, dimensions: int) -> Floats:
    """Return the table, (pieces, dimensions), from each piece's own vector and its share of the talk."""
    centred = alone - alone.mean(axis=0)
    weights = np.float32(_COMMON) / (np.float32(_COMMON) + share)
    found: Floats = centred @ principal(alone, dimensions) * weights[:, None]
    return found


def unit(vectors: Floats) -> Floats:
    """Return the vectors scaled to length 1."""
    found: Floats = (vectors / np.linalg.norm(vectors, axis=1, keepdims=True).clip(1e-6)).astype(np.float32)
    return found


def turned(table: Floats, texts: Sequence[Rows], targets: Floats) -> Floats:
    """Return the table multiplied by the linear map that brings texts' sums closest to their targets."""
    sums = unit(np.stack([table[rows].sum(axis=0) for rows in texts]))
    found: Floats = (table @ np.linalg.lstsq(sums, targets, rcond=None)[0]).astype(np.float32)
    return found
