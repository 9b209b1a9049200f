"""Tells whether two English words are forms of one: "test" and "testing", but not "access" and "accessibility".

A stem is too coarse to count by, because it also joins derived words. Regular endings are here, irregular verbs in
`verbs.txt`, other forms and spellings in `forms`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from typing import Final

from knowledge import lists
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
"""Ending of a form -> what replaces it in the base word."""
_SHORTEST: Final = 2
"""Minimum number of letters left of a word."""
_REMEMBERED: Final = 4_096
"""Words whose bases are cached: each word of a quotation is compared with each word said."""


def inflected_alike(one: str, other: str) -> bool:
    """Tell whether two words in lower case are the same or may be forms of one word."""
    return not bases(one).isdisjoint(bases(other))


@lru_cache(_REMEMBERED)
def bases(form: str) -> frozenset[str]:
    """Return all words that this may be a form of; non-words among them do no harm."""
    verb = _irregular().get(form)
    return frozenset((*_undone(plain(form)), *([verb] if verb else ())))


@cache
def _irregular() -> Mapping[str, str]:
    """Return the past forms of irregular verbs, each with its verb: "built" -> "build"."""
    return {form: verb for verb, *forms in map(str.split, lists.lines(__file__, "verbs.txt")) for form in forms}


def _undone(form: str) -> Iterator[str]:
    yield form
    for ending, instead in _ENDINGS:
        base = form.removesuffix(ending)
        if _SHORTEST <= len(base) < len(form):
            yield base + instead
            if not instead and ending in {"ed", "ing"} and base[-1:] == base[-2:-1]:
                yield base[:-1]
