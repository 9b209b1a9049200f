"""Tells whether two English words are forms of one: "test" and "testing", but not "access" and "accessibility".

A stem is too coarse to count by: it joins what is derived from a word as well. Regular endings are known here, other
forms and spellings to `forms`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from knowledge.search.forms import plain

_ENDINGS: Final = (
    ("ies", "y"),
    ("ied", "y"),
    ("es", ""),
    ("s", ""),
    ("ed", ""),
    ("d", ""),
    ("ing", ""),
    ("ing", "e"),
)
"""What ends a form -> what stands there in the word."""
_SHORTEST: Final = 2
"""Letters that are left of a word at least."""


def inflected_alike(one: str, other: str) -> bool:
    """Tell whether two words in lower case may be forms of one word, or are one."""
    return not set(_bases(plain(one))).isdisjoint(_bases(plain(other)))


def _bases(form: str) -> Iterator[str]:
    """Yield what a form may be a form of; some of it is no word, and does no harm."""
    yield form
    for ending, instead in _ENDINGS:
        base = form.removesuffix(ending)
        if _SHORTEST <= len(base) < len(form):
            yield base + instead
            if not instead and ending in {"ed", "ing"} and base[-1:] == base[-2:-1]:
                yield base[:-1]
