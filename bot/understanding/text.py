"""The text of a question: made safe to work with, and taken apart into words.

Nothing here knows a language or what a question means; that is `reader.py`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import IntEnum
from itertools import chain, pairwise
from typing import Final

from bot.port.messages import LONGEST_QUESTION

__all__ = ["QUOTED", "Pause", "Text", "Word", "clean", "plain"]

QUOTED: Final = "QUOTED"
"""Stands among the words for what is between quotation marks; no word that people type is in capitals here."""

_APOSTROPHES: Final = str.maketrans(dict.fromkeys("‘’ʼ´`＇", "'"))
_HIDDEN: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
_QUOTATION: Final = re.compile(r"[\"“”„«»]([^\"“”„«»]+)[\"“”„«»]|(?:^|(?<=\s))'([^']+(?:'\w[^']*)*)'(?=[\s?!.,:;]|$)")
_NOT_WORDS: Final = re.compile(r"\x1b\[[0-?]*[ -/]*[@-~]|<[^<>\s]+>|\[[^\[\]]*\]\([^()\s]*\)|\bhttps?://\S+")
"""What stands in a text for other things than words: terminal escapes, tags such as platforms put for a name, links."""
_WORD: Final = re.compile(r"[^\W_]+(?:'[^\W_]+)*(?:[-.][^\W_]+(?:'[^\W_]+)*)*|#(?=\s?\d)|&(?= )")
_DRAWLED: Final = re.compile(r"([^\W\d])\1{2,}")
_SHORTEST_DRAWL: Final = 2
_ENDS: Final = re.compile(r"[.?!;][^\w\s]*\s")
_RESTS: Final = re.compile(r"[:,][^\w\s]*\s|\s[-–—]+\s")


def clean(text: str) -> str:
    """Fold compatibility forms and white space, drop what can't be seen, keep at most 2,000 characters.

    Of a longer text both ends are kept: people put the question first or last.
    """
    longest = LONGEST_QUESTION
    if len(text) > longest:
        text = f"{text[: longest // 2 - 1]} {text[-longest // 2 :]}"
    folded = unicodedata.normalize("NFKC", _NOT_WORDS.sub(" ", text)).translate(_APOSTROPHES)
    seen = (
        " " if each.isspace() else each
        for each in folded
        if each.isspace() or unicodedata.category(each) not in _HIDDEN
    )
    # Again, after folding: one character may have become eighteen.
    return " ".join("".join(seen).split())[:longest]


class Pause(IntEnum):
    """How a text goes on after a word."""

    NONE = 0
    COMMA = 1
    END = 2


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a question, or a name that is taken as one.

    Attributes:
        plain: in lower case and without apostrophes, "who's" as `whos`; in capitals where it stands for a name.
        begin: where it begins in the text; `end` likewise.
        named: what a name stands for; None for a word.
    """

    plain: str
    begin: int
    end: int
    pause: Pause = Pause.NONE
    named: object = None


@dataclass(frozen=True, slots=True)
class Text:
    """A text and its words; what stands between quotation marks is one of them if it is two words or more.

    Attributes:
        plain: the words as templates see them.
        spaced: the words as patterns see them: a space follows each.
    """

    text: str
    words: tuple[Word, ...]
    plain: tuple[str, ...] = field(init=False, compare=False, repr=False)
    spaced: str = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        # Here, not when they are asked for: both are needed of nearly every part, and often.
        plain = tuple(word.plain for word in self.words)
        object.__setattr__(self, "plain", plain)
        object.__setattr__(self, "spaced", "".join(f"{word} " for word in plain))

    @classmethod
    def of(cls, text: str) -> Text:
        """Take a cleaned text apart."""
        return cls(text, tuple(_quotations(text, tuple(_words(text)))))

    @property
    def place(self) -> tuple[int, int, int]:
        """Tells parts of one text apart: where the first word begins, where the last ends, and how many there are."""
        return (self.words[0].begin, self.words[-1].end, len(self.words)) if self.words else (0, 0, 0)

    def between(self, begin: int, end: int) -> str:
        """Return the text of the words from one up to another, both counted from 0; of words left out nothing."""
        words = self.words[begin:end]
        gaps = [_bare(self.text[one.end : other.begin]) for one, other in pairwise(words)]
        pieces = (self.text[word.begin : word.end] for word in words)
        return "".join(chain.from_iterable(zip(pieces, [*gaps, ""], strict=False)))

    def all(self) -> str:
        """Return the text of all the words."""
        return self.between(0, len(self.words))

    def part(self, begin: int, end: int) -> Text:
        """Return some of the words, in the same text."""
        return Text(self.text, self.words[begin:end])

    def without(self, begin: int, end: int) -> Text:
        """Leave out some of the words."""
        return Text(self.text, (*self.words[:begin], *self.words[end:]))

    def naming(self, begin: int, end: int, kind: str, named: object) -> Text:
        """Take some words as one name."""
        first, last = self.words[begin], self.words[end - 1]
        word = Word(kind, first.begin, last.end, last.pause, named)
        return Text(self.text, (*self.words[:begin], word, *self.words[end:]))


def _words(text: str) -> Iterator[Word]:
    found = [Word(_folded(match[0]), *match.span()) for match in _WORD.finditer(text)]
    ends = [*(word.begin for word in found[1:]), len(text)][: len(found)]
    found, ends = _unnumbered(text, found, ends)
    for word, end in zip(found, ends, strict=True):
        pause = word.pause or _pause(text[word.end : end], last=end == len(text))
        yield Word(word.plain, word.begin, word.end, pause)


def _folded(word: str) -> str:
    """Write a word plainly: in lower case, without apostrophes, and "heyyyy" as "hey"."""
    bare = word.casefold().replace("'", "")
    return _DRAWLED.sub(r"\1", bare) if len(bare) > _SHORTEST_DRAWL else bare


def _bare(gap: str) -> str:
    """Return what stands between two words, one space where there were others that are left out."""
    return " " if any(map(str.isalnum, gap)) else gap


def _unnumbered(text: str, words: list[Word], ends: list[int]) -> tuple[list[Word], list[int]]:
    """Leave out the numbers of a list: "1) who is the guest 2) how long is it"; a question begins at each."""
    begins = {n for n, word in enumerate(words) if word.plain.isdigit() and text[word.end : word.end + 1] == ")"}
    kept = [
        replace(word, pause=Pause.END) if n + 1 in begins else word for n, word in enumerate(words) if n not in begins
    ]
    return kept, [end for n, end in enumerate(ends) if n not in begins]


def plain(text: str) -> str:
    """Write a text as its plain words with one space between, those between quotation marks like all others."""
    return " ".join(word.plain for word in _words(text))


def _pause(gap: str, *, last: bool) -> Pause:
    after = f"{gap} " if last else gap
    return Pause.END if _ENDS.search(after) else Pause.COMMA if _RESTS.search(after) else Pause.NONE


def _quotations(text: str, words: Sequence[Word]) -> Iterator[Word]:
    at = 0
    for found in _QUOTATION.finditer(text):
        begin, end = found.span(1 if found[1] else 2)
        inside = [n for n in range(at, len(words)) if begin <= words[n].begin and words[n].end <= end]
        if len(inside) > 1:
            yield from words[at : inside[0]]
            at = inside[-1] + 1
            gap = text[end : words[at].begin] if at < len(words) else ""
            yield Word(QUOTED, *found.span(), _pause(gap, last=at == len(words)), text[begin:end].strip())
    yield from words[at:]
