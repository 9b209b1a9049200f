"""Finds words that mean nearly the same as a question's words: "advice" beside "tips".

Compares word by word; what a whole text is about is in `meaning.py`. Only words that are a single piece of its table
are known here; any other word is like itself alone. The words' codes are precomputed in `alike.npy`, because stemming
25,000 words would take longer than anybody waits for an answer.
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
"""Minimum cosine for saying what a verb says: for "leave", "left" has .53, but "quit" .41 and "move" .29."""
_SLOTS: Final = 2**20
"""Slots of the hash table: so many that hardly any two words share one."""


def nearest(words: Floats, window: Window) -> Floats:
    """Return how near the nearest word of each row is to each given word: cosines, 0 to 1, (rows, words).

    Args:
        words: their vectors, (words, dimensions).
        window: the rows.
    """
    known, meanings = _known(), Meanings.load()
    at = known.find(window.codes)
    said = np.flatnonzero(np.bincount(at, minlength=len(known.codes))[: len(known.pieces)])
    cosines = np.zeros((len(words), len(known.codes)), np.float32)
    # With the long table first, BLAS takes two thirds of the time.
    cosines[:, said] = (meanings.of_pieces(known.pieces[said]) @ words.T).T
    # `reduceat` gives a row without words the first word of the next; `where` replaces it by zero.
    begins, at = window.ends - window.lengths, np.append(at, len(known.pieces))
    found = np.array([np.maximum.reduceat(of_one.take(at), begins) for of_one in cosines], np.float32)
    return np.where(window.lengths, np.maximum(found, 0), 0).T


def tells(verb: str, words: Iterable[str]) -> bool:
    """Tell whether words contain a verb in any form, or one that means nearly the same: "paid" for "pay"."""
    there = set(words)
    if any(inflected_alike(verb, word) for word in there):
        return True
    meanings = Meanings.load()
    meant = meanings.vector(verb)
    return any(float(meant @ meanings.vector(word)) >= _SAME for word in there)


def coded(words: Mapping[str, int]) -> NDArray[np.uint32]:
    """Return the codes of words and their rows, by code: (words, 2); of equal codes, the commoner word's."""
    rows = {code(word): row for word, row in reversed(list(words.items()))}
    return np.array(sorted(rows.items()), np.uint32)


class _Known(NamedTuple):
    """A hash table of the words that are a single piece.

    Attributes:
        codes: the words' codes, with 0 at the end for unknown words.
        pieces: the words' rows in the table of meanings.
        slots: the index of a word for each hash.
    """

    codes: Codes
    pieces: Codes
    slots: NDArray[np.uint16]

    def find(self, codes: Codes) -> NDArray[np.uint16]:
        """Return the indices of words by their codes; an unknown word gets the index after the last."""
        at = self.slots.take(_hash(codes))
        return np.where(self.codes.take(at) == codes, at, np.uint16(len(self.pieces)))


@cache
def _known() -> _Known:
    written = np.load(WRITTEN)
    codes, pieces = np.append(written[:, 0], np.uint32(0)), np.ascontiguousarray(written[:, 1])
    slots = np.full(_SLOTS, len(pieces), np.uint16)
    # The commonest of several words in one slot is written last and stays.
    order = np.argsort(-written[:, 1].astype(np.int64))
    slots[_hash(codes[order])] = order
    return _Known(codes, pieces, slots)


def _hash(codes: Codes) -> Codes:
    """Hash codes to slots (Knuth's multiplicative hashing)."""
    return (codes * np.uint32(2_654_435_761)) >> np.uint32(32 - _SLOTS.bit_length() + 1)
