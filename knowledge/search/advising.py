"""Distinguishes advice on a subject from words that only tell of it: "you should test", "I'd avoid mocks".

Judges by wording alone, and generously: whether the advice is good for what was asked is for the search to say.
"""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from functools import cache
from itertools import pairwise
from typing import Final

from knowledge import lists
from knowledge.cutting import ends_asking
from knowledge.passages import sentences
from knowledge.search.index.stemming import stems
from knowledge.search.words import whole_words

_YOU: Final = "you"


def advises(text: str, asked: AbstractSet[str]) -> bool:
    """Tell whether a sentence advises and has a word of the subject, given by its stems, or one that stands for it."""
    return any(_advises(sentence, asked) for sentence in sentences(text) if not ends_asking(sentence))


def _advises(sentence: str, asked: AbstractSet[str]) -> bool:
    alone, to_you, subject = _words()
    words = whole_words(sentence)
    if alone.isdisjoint(words) and not any(word == _YOU and after in to_you for word, after in pairwise(words)):
        return False
    return not (subject.isdisjoint(words) and asked.isdisjoint(stems(sentence)))


@cache
def _words() -> Sequence[frozenset[str]]:
    return [frozenset(words.split()) for words in lists.lines(__file__, "advising.txt")]
