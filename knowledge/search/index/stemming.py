"""Splits text into word stems, in the same way for the index and for questions.

All forms and spellings of a word have the same stem; which those are is in `knowledge.search.forms`.
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
"""Replacement for each ASCII character when splitting; a regular expression takes four times as long."""
_SIGNED: Final = re.compile(rf"(?<=[^\W_]){SIGN}")
_SIGNS: Final = {"++": "plusplus ", "#": "sharp "}
"""Spellings of signs that make a word a different one, because stems have only letters and digits."""
_LONGEST: Final = 40
"""Maximum bytes of a word that has a stem."""
_REMEMBERED: Final = 20_000
"""Short texts whose stems are cached."""
_VOCABULARY: Final = 2**17
"""Words whose stems are cached, so that indexing a large library rarely stems a word twice."""


@cache
def _splitter() -> TextAnalyzer:
    """Return the splitter for text beyond ASCII, which folds words; `_stems` splits ASCII faster."""
    builder = TextAnalyzerBuilder(Tokenizer.simple())
    for step in (Filter.remove_long(_LONGEST), Filter.lowercase(), Filter.ascii_fold()):
        builder = builder.filter(step)
    return builder.build()


@cache
def _stemmer() -> TextAnalyzer:
    whole = TextAnalyzerBuilder(Tokenizer.whitespace()).filter(Filter.remove_long(_LONGEST))
    return whole.filter(Filter.stemmer("english")).build()


def stems(text: str) -> list[str]:
    """Split text into word stems as the index does; words of more than forty bytes have none."""
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
    """The stem of each folded word, the same for all its forms and spellings; empty if the word is too long.

    Computed on first use. A lookup takes half the time of `lru_cache`.
    """

    def __missing__(self, word: str) -> str:
        if len(self) >= _VOCABULARY:
            self.clear()
        stem = self[word] = "".join(_stemmer().analyze(plain(word)))
        return stem


_KNOWN: Final = _Known()


def sound(text: str) -> str:
    """Return text that can be encoded, with lone surrogates replaced."""
    return text if text.isascii() else text.encode(errors="replace").decode()
