"""Tells whether two English words are forms of one: "test" and "testing", but not "access" and "accessibility".

A stem is too coarse to count by: it joins what is derived from a word as well. Regular endings are known here, other
forms and spellings to `forms`; irregular verbs are data, in `verbs.txt`.
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
"""What ends a form -> what stands there in the word."""
_SHORTEST: Final = 2
"""Letters that are left of a word at least."""
_REMEMBERED: Final = 4_096
"""Words whose forms are remembered: each of a quotation is compared with each of what was said."""


def inflected_alike(one: str, other: str) -> bool:
    """Tell whether two words in lower case may be forms of one word, or are one."""
    return not bases(one).isdisjoint(bases(other))


@lru_cache(_REMEMBERED)
def bases(form: str) -> frozenset[str]:
    """Return what a form may be a form of; some of it is no word, and does no harm."""
    verb = _irregular().get(form)
    return frozenset((*_undone(plain(form)), *([verb] if verb else ())))


@cache
def _irregular() -> Mapping[str, str]:
    """Return the past forms of irregular verbs, each with its verb: "build" for "built"."""
    return {form: verb for verb, *forms in map(str.split, lists.lines(__file__, "verbs.txt")) for form in forms}


def _undone(form: str) -> Iterator[str]:
    yield form
    for ending, instead in _ENDINGS:
        base = form.removesuffix(ending)
        if _SHORTEST <= len(base) < len(form):
            yield base + instead
            if not instead and ending in {"ed", "ing"} and base[-1:] == base[-2:-1]:
                yield base[:-1]
