"""The table that training begins with: each piece as the model sees it alone, shorter the more it is said."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

from benchmarks.meaning.training import Rows
from knowledge.search.meaning import Floats

_COMMON: Final = 1e-4
"""Share of the talk from which a piece counts for less (Arora et al. 2017), as "the" has to."""


def shares(texts: Sequence[Rows], pieces: int) -> Floats:
    """Return the share of the talk that each piece is, (pieces,)."""
    counts = np.bincount(np.concatenate(texts), minlength=pieces)
    found: Floats = (counts / counts.sum()).astype(np.float32)
    return found


def principal(vectors: Floats, dimensions: int) -> Floats:
    """Return the directions in which vectors differ most, (their dimensions, dimensions)."""
    centred = vectors - vectors.mean(axis=0)
    _, directions = np.linalg.eigh((centred.T @ centred).astype(np.float64))
    found: Floats = np.ascontiguousarray(directions[:, ::-1][:, :dimensions]).astype(np.float32)
    return found


def first_table(alone: Floats, share: Floats, dimensions: int) -> Floats:
    """Return the table, (pieces, dimensions), from the vectors of pieces alone and their shares of the talk."""
    centred = alone - alone.mean(axis=0)
    weights = np.float32(_COMMON) / (np.float32(_COMMON) + share)
    found: Floats = centred @ principal(alone, dimensions) * weights[:, None]
    return found


def unit(vectors: Floats) -> Floats:
    """Return vectors of length 1."""
    found: Floats = (vectors / np.linalg.norm(vectors, axis=1, keepdims=True).clip(1e-6)).astype(np.float32)
    return found


def turned(table: Floats, texts: Sequence[Rows], targets: Floats) -> Floats:
    """Return the table under the one linear map that brings the sums of texts nearest to their targets."""
    sums = unit(np.stack([table[rows].sum(axis=0) for rows in texts]))
    found: Floats = (table @ np.linalg.lstsq(sums, targets, rcond=None)[0]).astype(np.float32)
    return found
