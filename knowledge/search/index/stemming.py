"""Takes text apart into word stems, the same for what is indexed and for what is asked.

A word has one stem in all its forms and spellings; which are the same word is in `knowledge.search.forms`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Final

from tantivy import Filter, TextAnalyzer, TextAnalyzerBuilder, Tokenizer

from knowledge.search.forms import plain
from knowledge.search.words import SIGN

_PARTED: Final = "".join(each.lower() if each.isalnum() else " " for each in map(chr, range(128))).encode().ljust(256)
"""What stands for each letter of ASCII where words are taken apart; a regular expression takes four times as long."""
_SIGNED: Final = re.compile(rf"(?<=[^\W_]){SIGN}")
_SIGNS: Final = {"++": "plusplus ", "#": "sharp "}
"""How signs that make another word of one are spelt in stems, which have letters and figures alone."""
_LONGEST: Final = 40
_REMEMBERED: Final = 20_000
"""Short texts whose stems are kept at hand."""
_VOCABULARY: Final = 2**17
"""Words whose stems are kept while an index is written: there are few that a library has and a process forgets."""


@cache
def _splitter() -> TextAnalyzer:
    """Return what takes text apart into folded words; those in ASCII are quicker to find here."""
    builder = TextAnalyzerBuilder(Tokenizer.simple())
    for step in (Filter.remove_long(_LONGEST), Filter.lowercase(), Filter.ascii_fold()):
        builder = builder.filter(step)
    return builder.build()


@cache
def _stemmer() -> TextAnalyzer:
    whole = TextAnalyzerBuilder(Tokenizer.whitespace()).filter(Filter.remove_long(_LONGEST))
    return whole.filter(Filter.stemmer("english")).build()


def stems(text: str) -> list[str]:
    """Take text apart into word stems, just as the index does; words of more than forty bytes have none."""
    return list(_remembered(text) if len(text) <= _LONGEST else _stems(text))


@lru_cache(_REMEMBERED)
def _remembered(text: str) -> tuple[str, ...]:
    return tuple(_stems(text))


def _stems(text: str) -> Iterator[str]:
    if "+" in text or "#" in text:
        text = _SIGNED.sub(lambda sign: _SIGNS[sign[0]], text)
    words = text.encode().translate(_PARTED).decode().split() if text.isascii() else _splitter().analyze(sound(text))
    return filter(None, map(_KNOWN.__getitem__, words))


class _Known(dict[str, str]):
    """The stem of each folded word, the same for all its forms and spellings; empty for one that is too long.

    Worked out when a word first comes up. Looked up in half the time that `lru_cache` takes.
    """

    def __missing__(self, word: str) -> str:
        if len(self) >= _VOCABULARY:
            self.clear()
        stem = self[word] = "".join(_stemmer().analyze(plain(word)))
        return stem


_KNOWN: Final = _Known()


def sound(text: str) -> str:
    """Return text that can be encoded, lone surrogates replaced."""
    return text if text.isascii() else text.encode(errors="replace").decode()
