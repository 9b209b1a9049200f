"""Writes words with one character each, so that a pattern over words is short, and quickly made and tried.

Each word that stands in a template has a character of its own. All others share one, but for those that a slot takes
by their figures: of each kind they have one, which stands beside those of its words in templates.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from itertools import count
from typing import Final

_FIRST: Final = 0xF0000
"""Private use begins here: no pattern has such a character as a sign."""
_ROOM: Final = 2**13
"""Characters of a kind: more than there are words in all templates."""
_KINDS: Final = re.compile(
    r"(?P<year>(?:19|20)\d\d)|(?P<short>\d{1,4})|(?P<number>\d+(?:\.\d+)?)"
    r"|(?P<late>\d\d+(?:st|nd|rd|th)|[6-9]th)|(?P<ordinal>\d+(?:st|nd|rd|th))"
    r"|(?P<code>s\d{1,4}e\d+(?:\.\d+)?)|(?P<clock>\d{1,3}(?::\d\d){1,2})"
)
"""A word is of the first kind that fits, so that what takes numbers takes the three kinds from `year` to `number`."""
_FREE: Final = tuple(count(_FIRST + kind * _ROOM + 1) for kind in range(_KINDS.groups + 1))
_CODES: Final[dict[str, str]] = {}


def coded(words: Iterable[str]) -> str:
    """Write words as patterns match them."""
    return "".join([_CODES.get(word) or chr(_FIRST + _kind(word) * _ROOM) for word in words])


def code(word: str) -> str:
    """Return the character of a word that stands in a template."""
    if word not in _CODES:
        _CODES.setdefault(word, chr(next(_FREE[_kind(word)])))
    return _CODES[word]


def codes() -> dict[str, str]:
    """Return the words that stand in templates so far, each with its character."""
    return dict(_CODES)


def has_codes(those: Mapping[str, str]) -> bool:
    """Give words the characters that they had in another process; False where they have others here."""
    return all(code(word) == character for word, character in those.items())


def one_of(words: Iterable[str]) -> str:
    """Return a pattern for any one of some words, "" for none; those of one rule mostly are in a row."""
    rows: list[list[str]] = []
    for each in sorted(map(code, words)):
        if rows and ord(each) == ord(rows[-1][-1]) + 1:
            rows[-1][1:] = each
        else:
            rows.append([each])
    return f"[{''.join('-'.join(row) for row in rows)}]" if rows else ""


def of_kinds(first: str, last: str) -> str:
    """Return a pattern for any one word of some kinds."""
    begin, end = (_FIRST + kind * _ROOM for kind in (_KINDS.groupindex[first], _KINDS.groupindex[last] + 1))
    return f"[{chr(begin)}-{chr(end - 1)}]"


def _kind(word: str) -> int:
    found = _KINDS.fullmatch(word)
    return found.lastindex or 0 if found else 0
