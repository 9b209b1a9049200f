"""Which words said mean nearly what a question's words mean: “advice” beside “tips”.

Word by word; what a whole text is about is in `meaning.py`. A word is known here if it is one piece of that table; the
others are alike to themselves alone. Which code such a word has lies in `alike.npy`, for to stem 25,000 words takes
longer than anybody waits for an answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from knowledge.search.index.forward import Codes, Window, code
from knowledge.search.inflection import inflected_alike
from knowledge.search.meaning import Floats, Meanings

WRITTEN: Final = Path(__file__).with_name("alike.npy")
_SAME: Final = 0.5
"""Cosine from which a word says what a verb does: "left" for "leave" is .53, "move" .29, "quit" .41."""
_SLOTS: Final = 2**20
"""Of the hash table: so many that hardly two words share one."""


def nearest(words: Floats, window: Window) -> Floats:
    """Return how near the nearest word of each row is to each of some words: cosines, 0 to 1, (rows, words).

    Args:
        words: their vectors, (words, dimensions).
        window: the rows.
    """
    known, meanings = _known(), Meanings.load()
    at = known.find(window.codes)
    said = np.flatnonzero(np.bincount(at, minlength=len(known.codes))[: len(known.pieces)])
    cosines = np.zeros((len(words), len(known.codes)), np.float32)
    # The long table first: BLAS takes two thirds of the time so.
    cosines[:, said] = (meanings.of_pieces(known.pieces[said]) @ words.T).T
    # A zero for each row that has no words: `reduceat` would take the next row's first.
    begins, at = window.ends - window.lengths, np.append(at, len(known.pieces))
    found = np.array([np.maximum.reduceat(of_one.take(at), begins) for of_one in cosines], np.float32)
    return np.where(window.lengths, np.maximum(found, 0), 0).T


def tells(verb: str, words: Iterable[str]) -> bool:
    """Tell whether some words have a verb in any form, or another that means nearly the same: "paid" for "pay"."""
    there = set(words)
    if any(inflected_alike(verb, word) for word in there):
        return True
    meanings = Meanings.load()
    meant = meanings.vector(verb)
    return any(float(meant @ meanings.vector(word)) >= _SAME for word in there)


def coded(words: Mapping[str, int]) -> NDArray[np.uint32]:
    """Return the codes of `Meanings.words`, ascending, each with its row: (words, 2). The commoner of two is kept."""
    rows = {code(word): row for word, row in reversed(list(words.items()))}
    return np.array(sorted(rows.items()), np.uint32)


class _Known(NamedTuple):
    """A hash table of the words that are one piece.

    Attributes:
        codes: of the words, and 0 at the end for any other.
        pieces: the rows of the words.
        slots: for each hash the number of a word.
    """

    codes: Codes
    pieces: Codes
    slots: NDArray[np.uint16]

    def find(self, codes: Codes) -> NDArray[np.uint16]:
        """Return the numbers of words by their codes; of any other the number of words."""
        at = self.slots.take(_hash(codes))
        return np.where(self.codes.take(at) == codes, at, np.uint16(len(self.pieces)))


@cache
def _known() -> _Known:
    written = np.load(WRITTEN)
    codes, pieces = np.append(written[:, 0], np.uint32(0)), np.ascontiguousarray(written[:, 1])
    slots = np.full(_SLOTS, len(pieces), np.uint16)
    # Of several in one slot the commonest stays.
    order = np.argsort(-written[:, 1].astype(np.int64))
    slots[_hash(codes[order])] = order
    return _Known(codes, pieces, slots)


def _hash(codes: Codes) -> Codes:
    """Spread codes over the slots (Knuth's multiplicative hashing)."""
    return (codes * np.uint32(2_654_435_761)) >> np.uint32(32 - _SLOTS.bit_length() + 1)
