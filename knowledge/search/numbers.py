"""Reads numbers in words and digits: "25" is "twenty-five", "2nd" is "second", and "GPT-4" is a name.

Which number a statement depends on is decided where statements are compared.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import groupby
from typing import Final, NamedTuple

from knowledge import lists
from knowledge.search.rarity import is_everyday
from knowledge.search.words import fold

_FIGURES: Final = re.compile(r"(\d{1,9})(st|nd|rd|th)?")
_AMOUNT: Final = re.compile(r"(?:\b\w+ )?(?<![\w.-])[$€£]?\d(?:[\d.,]*\d)?")
"""Digits in a text, with the word before them."""
_YEAR: Final = re.compile(r"(?:19|20)\d\d")
_NUMBERED: Final = re.compile(
    r"\b(?P<named>(?P<name>[^\W\d_][\w+#]*?)[ -]?(?P<number>\d+(?:\.\d+)*))(?![\w-])(?: (?P<after>\w+))?"
)
"""A word followed by a number, and the next word."""
_SCALES: Final = frozenset({"dozen", "hundred", "thousand", "million", "billion"})
"""Words that multiply the number before them."""
_TENS: Final = 10
_HUNDRED: Final = 100


class Counted(NamedTuple):
    """A number of something: 2, "two", "years"."""

    number: str
    written: str
    noun: str


def is_number(word: str) -> bool:
    """Tell whether a folded word is a number, cardinal or ordinal."""
    return word[:1].isdecimal() or word in _values()


def is_count(number: str) -> bool:
    """Tell whether one of `numbers` counts something: ordinals don't, nor does 1, because "one" may mean anything."""
    return number != "1" and not number.endswith("th")


def has_amount(text: str) -> bool:
    """Tell whether a text has an amount in digits that is neither part of a name nor a year: not "GPT 3", "in 2019"."""
    for figures in _AMOUNT.findall(text):
        before, _, number = figures.rpartition(" ")
        if not (before[:1].isupper() or _YEAR.fullmatch(number)):
            return True
    return False


def numbered_name(words: str) -> str | None:
    """Return the first name with a number, such as "GPT-4" or "Go 1.18"; None if there is none.

    The number distinguishes things of that name. Years and counts don't: "5 tips", "the top 5".
    """
    for found in _NUMBERED.finditer(words):
        name, number, after = found["name"], found["number"], fold(found["after"] or "")
        counts = after.endswith("s") or is_number(after) or after in _SCALES
        whole = found["named"].casefold() == words.strip().casefold()
        if not (counts or _YEAR.fullmatch(number)) and (whole or not is_everyday(fold(name))):
            return found["named"]
    return None


def cardinals() -> Mapping[str, int]:
    """Return the value of each cardinal: "five" is 5."""
    return {word: value for word, value in _values().items() if word not in _ordinals()}


def in_words(word: str) -> tuple[str, ...]:
    """Write a folded word in digits as words, up to a hundred; return any other word unchanged."""
    if not word[:1].isdecimal() or (found := _FIGURES.fullmatch(word)) is None:
        return (word,)
    value, written = int(found[1]), _ordinal_words() if found[2] else _words()
    if value in written:
        return (written[value],)
    units = value % _TENS
    if value < _HUNDRED and value - units in _words() and units in written:  # there is no word for "0th"
        return _words()[value - units], written[units]
    return (word,)


def numbers(words: Iterable[str]) -> list[str]:
    """List the numbers in folded words as digits, ordinals with "th": "five" is 5, "2nd" is 2th."""
    runs = (list(run) for numeric, run in groupby(words, is_number) if numeric)
    return [number for run in runs for number in _read([part for word in run for part in in_words(word)])]


def counted(words: Sequence[str]) -> list[Counted]:
    """List the numbers in folded words that precede another word."""
    found: list[Counted] = []
    begin = 0
    for numeric, group in groupby(words, is_number):
        run = list(group)
        end = begin + len(run)
        if numeric and end < len(words):
            found += (Counted(each, " ".join(run), words[end]) for each in numbers(run))
        begin = end
    return found


def _read(run: Sequence[str]) -> Iterator[str]:
    """Yield the numbers in consecutive number words: "two hundred" is one number, "two three" are two."""
    value: int | None = None
    for word in run:
        more = _values().get(word)
        if more is None:
            if value is not None:
                yield str(value)
            value = None
            yield word
        elif value is None:
            value = more
        elif word in _SCALES and value < more:
            value *= more
        elif more < _lowest(value):
            value += more
        else:
            yield str(value)
            value = more
        if value is not None and word in _ordinals():
            yield f"{value}th"
            value = None
    if value is not None:
        yield str(value)


def _lowest(value: int) -> int:
    """Return the exclusive limit of what can be added to a number: 10 after "twenty", 100 after "two hundred"."""
    lowest = 1
    while value and value % (lowest * _TENS) == 0:
        lowest *= _TENS
    return lowest


@cache
def _lines() -> Sequence[tuple[int, Sequence[str]]]:
    return [(int(value), words) for value, *words in map(str.split, lists.lines(__file__, "numbers.txt"))]


@cache
def _values() -> Mapping[str, int]:
    return {word: value for value, words in _lines() for word in words}


@cache
def _words() -> Mapping[int, str]:
    return {value: words[0] for value, words in reversed(_lines())}


@cache
def _ordinal_words() -> Mapping[int, str]:
    return {value: words[1] for value, words in _lines() if len(words) > 1}


@cache
def _ordinals() -> frozenset[str]:
    return frozenset(_ordinal_words().values())
