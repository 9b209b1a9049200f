"""Joins what is one word in a form or a spelling that no ending tells: "mice" and "mouse", "colour" and "color".

The words are data, in `plurals.txt` and `spellings.txt`, which `benchmarks/forms.py` made. What only means the same,
or may, is not joined. Knows no library.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Final

from knowledge import lists

_LISTS: Final = ("spellings.txt", "plurals.txt")
"""The latter wins, where both know a word."""


def plain(word: str) -> str:
    """Return the word that a folded word is a form or a spelling of; itself for most."""
    return joined().get(word, word)


@cache
def joined() -> Mapping[str, str]:
    """Return the forms and spellings that are known, each with its word.

    A list has, after a line about its origin, a word and what is joined to it a line.
    """
    found: dict[str, str] = {}
    for name in _LISTS:
        found |= {other: word for word, *others in map(str.split, lists.lines(__file__, name)) for other in others}
    return found
