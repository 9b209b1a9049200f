"""Chooses the word pieces that have a row in the table: the model's pieces that English uses, then whole words.

How words are split into pieces is up to the search.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from itertools import chain
from typing import Final

from knowledge.search.meaning import WordPieces
from knowledge.search.rarity import frequency
from knowledge.search.words import split

ROWS: Final = 29_900
"""Number of rows: with 258 bytes each, they fit into eight million bytes."""

_WRITTEN: Final = re.compile(r"(?:##)?[a-z0-9]+")
_LETTER: Final = re.compile(r"(?:##)?.")


def choose(model: Iterable[str], english: Iterable[str], said: Iterable[str], rows: int = ROWS) -> tuple[str, ...]:
    """Return the model's pieces that occur in words of English or of the talk, then the commonest words.

    These are words that would otherwise be split. They are common in the talk or in English, since other podcasts have
    other subjects. Single letters are kept, so that every word can be split into pieces.
    """
    known = [piece for piece in model if _WRITTEN.fullmatch(piece)]
    apart = WordPieces(known)
    words = Counter(chain.from_iterable(map(split, said)))
    share = {word: words[word] / words.total() + frequency(word) for word in {*words, *english}}
    used = {known[row] for word in share for row in apart.rows(word)}
    kept = [piece for piece in known if piece in used or _LETTER.fullmatch(piece)][:rows]
    whole = sorted((word for word in share if len(apart.rows(word)) > 1), key=lambda word: (-share[word], word))
    return (*kept, *whole[: rows - len(kept)])
