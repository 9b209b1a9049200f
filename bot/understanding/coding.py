"""Writes each word as one character, so that patterns over words are short, and fast to compile and match.

Each word of the templates has a character of its own, and all other words share one. Numbers, ordinals and times are
kinds, which slots match as a whole: each kind has a range of characters, one for its other words and the rest for
those in templates.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from itertools import count
from typing import Final

_FIRST: Final = 0xF0000
"""Start of a private use area, none of whose characters means anything in a regular expression."""
_ROOM: Final = 2**13
"""Number of characters for each kind, more than all templates have words."""
_KINDS: Final = re.compile(
    r"(?P<year>(?:19|20)\d\d)|(?P<short>\d{1,4})|(?P<number>\d+(?:\.\d+)?)"
    r"|(?P<late>\d\d+(?:st|nd|rd|th)|[6-9]th)|(?P<ordinal>\d+(?:st|nd|rd|th))"
    r"|(?P<code>s\d{1,4}e\d+(?:\.\d+)?)|(?P<clock>\d{1,3}(?::\d\d){1,2})"
)
"""The kinds. A word is of the first that fits, so a slot for numbers matches the three from `year` to `number`."""
_FREE: Final = tuple(count(_FIRST + kind * _ROOM + 1) for kind in range(_KINDS.groups + 1))
_CODES: Final[dict[str, str]] = {}
"""The character of each word of the templates."""


def coded(words: Iterable[str]) -> str:
    """Write words as patterns see them."""
    return "".join([_CODES.get(word) or chr(_FIRST + _kind(word) * _ROOM) for word in words])


def code(word: str) -> str:
    """Return the character of a word of a template, a new one for a new word."""
    if word not in _CODES:
        _CODES.setdefault(word, chr(next(_FREE[_kind(word)])))
    return _CODES[word]


def codes() -> dict[str, str]:
    """Return the words of the templates so far, each with its character."""
    return dict(_CODES)


def has_codes(those: Mapping[str, str]) -> bool:
    """Give words the characters that they had in another process; False if some have others here."""
    return all(code(word) == character for word, character in those.items())


def one_of(words: Iterable[str]) -> str:
    """Return a pattern for any one of some words, "" for none; words of one rule mostly have successive characters."""
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
