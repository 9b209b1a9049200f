"""Which word pieces have a row in the table: those of the model that English uses, then whole words.

Only the choice; how words are taken apart is the search's own.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from itertools import chain
from typing import Final

from knowledge.search.meaning import Vocabulary
from knowledge.search.rarity import frequency
from knowledge.search.words import split

ROWS: Final = 29_900
"""Rows of 258 bytes that fit into eight million."""

_WRITTEN: Final = re.compile(r"(?:##)?[a-z0-9]+")
_LETTER: Final = re.compile(r"(?:##)?.")


def choose(model: Iterable[str], english: Iterable[str], said: Iterable[str], rows: int = ROWS) -> tuple[str, ...]:
    """Return the model's pieces that some word of English or of the talk is made of, then the commonest words.

    Those are words that would be several pieces otherwise, common in the talk or in English, for others talk of other
    things. Single letters are kept, so that any word is made of pieces.
    """
    known = [piece for piece in model if _WRITTEN.fullmatch(piece)]
    apart = Vocabulary(known)
    words = Counter(chain.from_iterable(map(split, said)))
    share = {word: words[word] / words.total() + frequency(word) for word in {*words, *english}}
    used = {known[row] for word in share for row in apart.rows(word)}
    kept = [piece for piece in known if piece in used or _LETTER.fullmatch(piece)][:rows]
    whole = sorted((word for word in share if len(apart.rows(word)) > 1), key=lambda word: (-share[word], word))
    return (*kept, *whole[: rows - len(kept)])
