"""Distinguishes words that compare things from words that name them in passing.

Judges by wording alone: "Go is easier than Rust" and "I write Rust, and my boss writes Go" compare; "Go, Rust or C"
does not. Finds nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from functools import cache
from itertools import permutations, product
from typing import Final

from knowledge import lists
from knowledge.passages import sentences
from knowledge.search.index.stemming import stems
from knowledge.search.words import split

_CLAUSE: Final = 4
"""Minimum number of words between two things, each of which has a clause of its own."""
_BETWEEN, _OF_BOTH, _OF_ONE = 3, 2, 1
"""Ratings of "Go is easier than Rust", "which is easier, Go or Rust" and, of Go and Rust, "Go is easier"."""


def comparing(text: str, things: Sequence[AbstractSet[str]]) -> int:
    """Rate how plainly a text compares two or more things, given by their stems; 0 if it doesn't."""
    return max((_of_sentence(split(sentence), things) for sentence in sentences(text)), default=0)


def _of_sentence(words: Sequence[str], things: Sequence[AbstractSet[str]]) -> int:
    compares, contrasts = _words()
    there = [[at for at, word in enumerate(words) if not thing.isdisjoint(stems(word))] for thing in things]
    if not any(there):
        return 0
    plainly = not compares.isdisjoint(words)
    if not all(there):
        return _OF_ONE if plainly else 0
    between = [words[first + 1 : last] for one, other in permutations(there, 2) for first, last in product(one, other)]
    if any(not compares.isdisjoint(each) for each in between):
        return _BETWEEN
    contrasted = any(len(each) >= _CLAUSE and not contrasts.isdisjoint(each) for each in between)
    return _OF_BOTH if plainly or contrasted else 0


@cache
def _words() -> Sequence[frozenset[str]]:
    return [frozenset(words.split()) for words in lists.lines(__file__, "comparing.txt")]
