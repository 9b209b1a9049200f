"""Maps irregular forms and spelling variants to one word: "mice" to "mouse", "colour" to "color".

The words are data in `plurals.txt` and `spellings.txt`, made by `benchmarks/forms.py`. Synonyms are not mapped. Knows
no library.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Final

from knowledge import lists

_LISTS: Final = ("spellings.txt", "plurals.txt")
"""Files of forms; if both have a word, the later file wins."""


def plain(word: str) -> str:
    """Return the word that a folded word is a form or spelling of; most words are their own."""
    return joined().get(word, word)


@cache
def joined() -> Mapping[str, str]:
    """Return all known forms and spellings, each with its word.

    A line of a file has a word and its variants, after a first line on the file's origin.
    """
    found: dict[str, str] = {}
    for name in _LISTS:
        found |= {other: word for word, *others in map(str.split, lists.lines(__file__, name)) for other in others}
    return found
