"""What a text is about, as a vector: texts on the same subject point in the same direction.

"How do I get people to stop quitting" shares no word with talk about retention, yet is close to it. A text's vector is
the normalised sum of its word pieces' rows in a table that ships beside this module; no model runs. Where the table
comes from is in NOTICE. No ranking here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from knowledge.search.words import fold

Floats: TypeAlias = NDArray[np.float32]
Bytes: TypeAlias = NDArray[np.int8]

STEPS: Final = 256.0
"""Scale of compact vectors: components are stored in steps of 1/256 and clipped at ±127/256."""

_TABLE: Final = Path(__file__).with_name("meaning.npy")
_PIECES: Final = Path(__file__).with_name("meaning.txt")
_SCALE: Final = np.dtype("<f2")
_WORD: Final = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_LONGEST: Final = 40
"""Maximum letters of a word that has a meaning."""
_MOST_PIECES: Final = 1_000
"""Maximum pieces of a text that are summed; passages and questions have fewer."""
_REMEMBERED: Final = 50_000
"""Words whose pieces are cached, about 10 MB; then the cache is emptied."""
_CHUNK: Final = 512
"""Compact vectors compared at a time: half a megabyte as floats, which stays in a processor's second-level cache."""


class WordPieces:
    """Splits words into pieces, longest first, as BERT does; a piece inside a word begins with `##`."""

    def __init__(self, pieces: Iterable[str]) -> None:
        self._rows: Mapping[str, int] = {piece: row for row, piece in enumerate(pieces)}
        self._longest = max(map(len, self._rows), default=0)
        self._known: dict[str, tuple[int, ...]] = {}

    def __len__(self) -> int:
        return len(self._rows)

    @property
    def words(self) -> Mapping[str, int]:
        """The pieces that are words by themselves, each with its row; common ones first."""
        return {piece: row for piece, row in self._rows.items() if piece.isalpha()}

    def rows(self, text: str) -> list[int]:
        """Return the table's rows for a text's pieces, in order; none for words in other scripts."""
        words = _WORD.findall(text.lower())
        try:
            found = list(chain.from_iterable(map(self._known.__getitem__, words)))
        except KeyError:
            found = list(chain.from_iterable(map(self._word, words)))
        return found[:_MOST_PIECES]

    def _word(self, word: str) -> tuple[int, ...]:
        if len(word) > _LONGEST:
            return ()
        known = self._known.get(word)
        if known is None:
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            known = self._known[word] = self._apart(fold(word).replace("’", "'").removesuffix("'s"))
        return known

    def _apart(self, word: str) -> tuple[int, ...]:
        if word in self._rows:
            return (self._rows[word],)
        return tuple(chain.from_iterable(self.apart(part) for part in word.split("'")))

    def apart(self, word: str) -> tuple[int, ...]:
        """Return the rows of one folded word's pieces; none if any part of it is not a piece."""
        found: list[int] = []
        begin = 0
        while begin < len(word):
            before = "##" if begin else ""
            for end in range(min(len(word), begin + self._longest), begin, -1):
                row = self._rows.get(before + word[begin:end])
                if row is not None:
                    found.append(row)
                    begin = end
                    break
            else:
                return ()
        return tuple(found)


class Meanings:
    """Vectors of texts.

    Attributes:
        dimensions: number of components of a vector.
        vocabulary: the pieces of words that have a vector.
    """

    def __init__(self, table: Bytes, scales: Floats, pieces: Iterable[str]) -> None:
        """Take a row of bytes for each piece, (pieces, dimensions), and a factor for each row, (pieces,)."""
        self._table = table
        self._scales = scales
        self.vocabulary = WordPieces(pieces)
        self.dimensions: int = table.shape[1]

    @classmethod
    @cache
    def load(cls) -> Meanings:
        """Return the vectors that ship with the project, loaded on first use; the table is mapped into memory."""
        _, *pieces = _PIECES.read_text(encoding="utf-8").splitlines()  # the first line is on their origin
        # A plain array over the same memory: slicing a `memmap` is slower, as each slice is another `memmap`.
        return cls(*unpack(np.asarray(np.load(_TABLE, mmap_mode="r"))), pieces)

    def of_pieces(self, rows: NDArray[np.uint32]) -> Floats:
        """Return the vectors of single pieces, given their rows, (pieces, dimensions), each of length 1."""
        vectors = self._table[rows].astype(np.float32)
        vectors /= np.sqrt(np.einsum("ij,ij->i", vectors, vectors))[:, None]
        return vectors

    def weighed(self, rows: NDArray[np.uint32]) -> Floats:
        """Return the vectors of single pieces as they go into a text's sum, (pieces, dimensions)."""
        return self._table[rows].astype(np.float32) * self._scales[rows, None]

    def vector(self, text: str) -> Floats:
        """Return a text's vector, (dimensions,), of length 1; all zeros if no word is known."""
        rows = self.vocabulary.rows(text)
        if not rows:
            return np.zeros(self.dimensions, np.float32)
        total: Floats = self._scales[rows] @ self._table[rows].astype(np.float32)
        length = float(np.sqrt(total @ total))
        return total / np.float32(length) if length else total

    def of_each(self, texts: Sequence[str]) -> Floats:
        """Return the vectors of a few texts, (texts, dimensions)."""
        return np.array([self.vector(text) for text in texts], np.float32).reshape(len(texts), self.dimensions)

    def vectors(self, texts: Iterable[str]) -> Bytes:
        """Return the compact vectors of many texts, (texts, dimensions): each `vector` times `STEPS`, rounded."""
        rows = [np.empty((0, self.dimensions), np.float32), *(self.vector(text)[None] for text in texts)]
        return np.rint(np.concatenate(rows) * STEPS).clip(-127, 127).astype(np.int8)


def similarities(vector: Floats, compact: Bytes) -> Floats:
    """Return the cosine between a vector and each compact one, (texts, dimensions) -> (texts,)."""
    asked = vector / np.float32(STEPS)
    parts = [compact[at : at + _CHUNK].astype(np.float32) @ asked for at in range(0, len(compact), _CHUNK)]
    return np.concatenate(parts) if parts else np.empty(0, np.float32)


def pack(table: Floats) -> Bytes:
    """Return a table as it ships: each row has its bytes, then its factor in two bytes."""
    scales = (np.abs(table).max(axis=1, keepdims=True) / 127).clip(1e-4).astype(_SCALE)
    rows = np.rint(table / scales.astype(np.float32)).clip(-127, 127).astype(np.int8)
    return np.concatenate([rows, scales.view(np.int8)], axis=1)


def unpack(packed: Bytes) -> tuple[Bytes, Floats]:
    """Return the bytes and the factors of a packed table."""
    scales = np.ascontiguousarray(packed[:, -_SCALE.itemsize :]).view(_SCALE)[:, 0]
    return packed[:, : -_SCALE.itemsize], scales.astype(np.float32)
