"""What the words of a question are for: asking, chatting, joining, or saying what it is about.

Word lists are data files beside this one; splitting sentences into words is done here. Knows no library.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from itertools import islice
from typing import Final

from knowledge import lists

SIGN: Final = r"(?:\+\+(?=\d)|(?:\+\+|(?<=\b[a-zA-Z])#)(?![\w#+]))"
"""Ends a word and makes it a different one: "C++" and "C#" are not "C", and neither is "C++17"."""
WORD: Final = re.compile(rf"[^\W_]+(?:['’][^\W_]+)*(?:{SIGN})?")
"""A word with whatever follows an apostrophe."""
_PLAIN: Final = re.compile(r"[a-zA-Z0-9]+(?:'[a-zA-Z0-9]+)*")
"""A word in ASCII text without signs, which most text is; twice as fast to find."""
_POSSESSIVE: Final = ("'s", "’s")

_CONTRACTED: Final = re.compile(r"(.{2,})n(?:'?t|ot)")
_IRREGULAR: Final = {"ai": "is", "ca": "can", "sha": "shall", "wo": "will"}
"""The rest of a verb after removing a contracted negation -> the verb."""

_SHORT: Final = {"vs": "versus", "w": "with"}
"""Abbreviated words, and what they are read as."""

_ONESELF: Final = frozenset(("i", "we"))


def joining() -> frozenset[str]:
    """Return words that hold a sentence together; they are no evidence for anything."""
    return lists.words(__file__, "joining.txt")


def asking() -> frozenset[str]:
    """Return words about asking itself, and others that fit any subject; they help a little in ranking."""
    return lists.words(__file__, "asking.txt")


@cache
def chat() -> Mapping[str, str]:
    """Return hurried spellings with the words they mean; only words that say nothing about a subject."""
    return dict(map(str.split, lists.lines(__file__, "chat.txt")))


@cache
def _empty() -> frozenset[str]:
    return joining() | asking()


def fold(text: str) -> str:
    """Return text in lower case without accents, so that "Café" and "cafe" are one word."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter)).casefold()


def split(text: str) -> list[str]:
    """Split text into words, folded, without possessive endings; "don't" stays one word."""
    return [word for word, _, _ in spans(text)]


def _word_in(text: str) -> re.Pattern[str]:
    return _PLAIN if text.isascii() and "+" not in text and "#" not in text else WORD


def spans(text: str) -> list[tuple[str, int, int]]:
    """Return the words of a text, folded and without possessive endings, with where each begins and ends."""
    return list(spans_from(text, 0))


def spans_from(text: str, first: int) -> Iterator[tuple[str, int, int]]:
    """Yield words as `spans` does, from an offset that is not inside a word."""
    plain, lower = text.isascii(), text.lower()
    for match in _word_in(text).finditer(text, first):
        begin, end = match.span()
        if text.endswith(_POSSESSIVE, begin, end):
            end -= 2
        yield (lower[begin:end] if plain else fold(text[begin:end]).replace("’", "'")), begin, end


def bare(written: str) -> str:
    """Fold a word as written, without a possessive ending."""
    word = written[:-2] if written.endswith(_POSSESSIVE) else written
    return fold(word).replace("’", "'")


def places(text: str, wanted: Callable[[str], bool]) -> Iterator[tuple[int, int]]:
    """Yield where the words are that satisfy a predicate, as written; without possessive endings."""
    for match in _word_in(text).finditer(text):
        if wanted(match[0]):
            begin, end = match.span()
            yield begin, end - 2 if match[0].endswith(_POSSESSIVE) else end


def whole_spans(text: str, first: int = 0, last: int | None = None) -> list[tuple[str, int, int]]:
    """Return the words of a text, folded, with where each begins and ends; including what follows an apostrophe.

    Only the words numbered `first` up to but not `last`.
    """
    if text.isascii():
        found = islice(_word_in(text).finditer(text.lower()), first, last)
        return [(match[0], match.start(), match.end()) for match in found]
    found = islice(WORD.finditer(text), first, last)
    return [(fold(match[0]).replace("’", "'"), match.start(), match.end()) for match in found]


def whole_words(text: str) -> list[str]:
    """Return only the words of `whole_spans`, which is faster."""
    folded = fold(text).replace("’", "'")
    return _word_in(folded).findall(folded)


@cache
def _reported() -> Mapping[str, frozenset[str]]:
    others: defaultdict[str, set[str]] = defaultdict(set)
    for group in map(str.split, lists.lines(__file__, "reported.txt")):
        for word in group:
            others[word].update(group)
    return {word: frozenset(group - {word}) for word, group in others.items()}


def reported_as(word: str) -> frozenset[str]:
    """Return what may replace a folded word in reported speech: "he" for "I", "is" for "am"."""
    return _reported().get(word, frozenset())


def negates(word: str) -> bool:
    """Return whether a folded word negates a statement."""
    return word in lists.words(__file__, "negating.txt")


def uncontracted(word: str) -> tuple[str, ...]:
    """Split a contracted negation: "don't" and "dont" are "do" and "not"; other words are returned alone."""
    if not negates(word) or (contracted := _CONTRACTED.fullmatch(word)) is None:
        return (word,)
    verb = contracted.group(1)
    return _IRREGULAR.get(verb, verb), "not"


def written_out(word: str) -> str:
    """Return a folded word without abbreviation: "versus" for "vs"."""
    return _SHORT.get(word, word)


def is_first_person(word: str) -> bool:
    """Return whether a folded word is "I" or "we", contracted or not: "I'm", "we've", "im"."""
    return chat().get(word, word).partition("'")[0] in _ONESELF


def carries(word: str) -> bool:
    """Return whether a folded word may be what a question is about."""
    return word not in _empty()
