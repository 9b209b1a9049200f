"""The weight of a word: rare words weigh more, by the library's own counts and, in small libraries, by English.

A library of one episode cannot know that "rice" is a common word and "bottleneck" a rare one; English does. A large
library speaks for itself.
"""

from __future__ import annotations

from functools import cache
from math import log
from pathlib import Path
from typing import Final

_PASSAGE: Final = 60
"""Words in a typical passage."""
_PRIOR: Final = 5_000
"""How many passages of plain English the prior counts for (Dirichlet smoothing, Zhai and Lafferty 2004)."""
_COMMON: Final = 2e-3
"""Share of English text from which a word is common."""
_EVERYDAY: Final = 1e-4
"""Share of English text from which a word by itself is no subject and no name: "happened", "friends", "top"."""
UNLISTED: Final = 2e-7
"""Share of English text taken up by a word outside its thirty thousand most frequent."""


@cache
def _english() -> dict[str, float]:
    """Read `english.txt`: after a line about its origin, words by how common they are, a line for each centibel."""
    text = Path(__file__).with_name("english.txt").read_text(encoding="utf-8")
    _, *steps = text.split("\n")
    return {
        word: share for step, words in enumerate(steps) for share in (10 ** (-step / 100),) for word in words.split()
    }


def frequency(word: str) -> float:
    """Return the share of English text that is this word, 0 for one outside its thirty thousand most frequent."""
    return _english().get(word, 0.0)


def is_everyday(word: str) -> bool:
    """Tell whether a word is so common in English that by itself it is no subject, and begins no name."""
    return frequency(word) >= _EVERYDAY


def known() -> frozenset[str]:
    """Return the thirty thousand most frequent words of English."""
    return frozenset(_english())


def continued(word: str) -> tuple[frozenset[str], frozenset[str]]:
    """Return what stands after a word, and before it, in longer English words: "zag" after "zig"."""
    longer = [each for each in _english() if word in each and each != word]
    after = frozenset(each.removeprefix(word) for each in longer if each.startswith(word))
    return after, frozenset(each.removesuffix(word) for each in longer if each.endswith(word))


def is_common(word: str) -> bool:
    """Tell whether a word is one of the commonest of English: "the", "is" and "people", but not "go"."""
    return frequency(word) >= _COMMON


def weight(word: str, *, holding: int, of: int) -> float:
    """Return the weight of a word, from about 1 for common ones to 12 for the rarest.

    `holding` is the number of the library's passages that have the word, `of` the number of all.
    """
    holding = min(holding, of)  # an index still counts the words of passages that were taken out
    return -log((holding + _PRIOR * _expected(word)) / (of + _PRIOR))


def excess(word: str, weight: float) -> float:
    """Return the logarithm of how much oftener a library has a word of this `weight` than English has it."""
    return -log(_expected(word)) - weight


def _expected(word: str) -> float:
    """Return the share of passages of plain English that have a word."""
    return 1 - (1 - max(frequency(word), UNLISTED)) ** _PASSAGE
