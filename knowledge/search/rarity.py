"""The weight of a word: rare words weigh more, by the library's own counts and, in small libraries, by English.

A library of one episode cannot show that "rice" is a common word and "bottleneck" a rare one; English can. A large
library needs no help.
"""

from __future__ import annotations

from functools import cache
from math import log
from pathlib import Path
from typing import Final

_PASSAGE: Final = 60
"""Words in a typical passage."""
_PRIOR: Final = 5_000
"""Number of passages of plain English that the prior counts as (Dirichlet smoothing, Zhai and Lafferty 2004)."""
_COMMON: Final = 2e-3
"""Minimum share of English text of a common word."""
_EVERYDAY: Final = 1e-4
"""Minimum share of English of a word that alone is neither a subject nor a name: "happened", "friends", "top"."""
UNLISTED: Final = 2e-7
"""Assumed share of English text of a word outside the thirty thousand most frequent."""


@cache
def _english() -> dict[str, float]:
    """Read `english.txt`: a line on its origin, then words by frequency, each line's 10 ** 0.01 times rarer."""
    text = Path(__file__).with_name("english.txt").read_text(encoding="utf-8")
    _, *steps = text.split("\n")
    return {
        word: share for step, words in enumerate(steps) for share in (10 ** (-step / 100),) for word in words.split()
    }


def frequency(word: str) -> float:
    """Return the share of English text that is this word; 0 for one outside the thirty thousand most frequent."""
    return _english().get(word, 0.0)


def is_everyday(word: str) -> bool:
    """Tell whether a word is so common that alone it is no subject and begins no name."""
    return frequency(word) >= _EVERYDAY


def known() -> frozenset[str]:
    """Return the thirty thousand most frequent words of English."""
    return frozenset(_english())


def continued(word: str) -> tuple[frozenset[str], frozenset[str]]:
    """Return what follows a word, and what precedes it, within longer English words: "zag" after "zig"."""
    longer = [each for each in _english() if word in each and each != word]
    after = frozenset(each.removeprefix(word) for each in longer if each.startswith(word))
    return after, frozenset(each.removesuffix(word) for each in longer if each.endswith(word))


def is_common(word: str) -> bool:
    """Tell whether a word is one of the commonest of English: "the", "is" and "people", but not "go"."""
    return frequency(word) >= _COMMON


def weight(word: str, *, holding: int, of: int) -> float:
    """Return the weight of a word, from about 1 for common words to 12 for the rarest.

    `holding` is the number of the library's passages with the word, `of` the number of all passages.
    """
    holding = min(holding, of)  # document frequencies still include deleted passages
    return -log((holding + _PRIOR * _expected(word)) / (of + _PRIOR))


def excess(word: str, weight: float) -> float:
    """Return the logarithm of how much more frequent a word of this `weight` is in a library than in English."""
    return -log(_expected(word)) - weight


def _expected(word: str) -> float:
    """Return the share of passages of plain English that contain a word."""
    return 1 - (1 - max(frequency(word), UNLISTED)) ** _PASSAGE
