"""Maps irregular forms and spelling variants to one word: "mice" to "mouse", "colour" to "color".

The words are data: `benchmarks/forms.py` makes `plurals.txt` and `spellings.txt`. Synonyms are not mapped. Knows no
library.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Final

from knowledge import lists

_LISTS: Final = ("spellings.txt", "plurals.txt")
"""Files of forms; if both have a word, the later file wins."""
_NUMERONYMS: Final = "numeronyms.txt"


def plain(word: str) -> str:
    """Return the word that a folded word is a form or spelling of; most words are their own."""
    return joined().get(word, word)


@cache
def joined() -> Mapping[str, str]:
    """Return all known forms and spellings, each with its word."""
    return {other: word for name in (*_LISTS, _NUMERONYMS) for other, word in _read(name).items()}


@cache
def numeronyms() -> Mapping[str, str]:
    """Return words with a number in place of most letters, each with its word: "k8s" with "kubernetes"."""
    return _read(_NUMERONYMS)


def _read(name: str) -> dict[str, str]:
    """Read a file of words, each with its variants on a line, after a first line on the file's origin."""
    return {other: word for word, *others in map(str.split, lists.lines(__file__, name)) for other in others}
