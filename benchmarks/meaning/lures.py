"""Hard negatives: pieces that share words with a question but don't answer it.

The best by BM25 (Robertson and Zaragoza 2009) in the question's own file, except the turns that ask and answer.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from math import log
from typing import Final

import numpy as np

from benchmarks.meaning.pairs import Answered
from benchmarks.meaning.transcripts import Turn, pieces
from knowledge.search.words import carries, split

_MOST: Final = 4
"""Maximum number of lures per question; each round of training uses one."""
_FEWEST: Final = 40
"""Minimum number of words in a lure."""
_SATURATION: Final = 1.2
_LENGTH: Final = 0.75


class Lures:
    """An inverted index of one file's pieces."""

    def __init__(self, said: Sequence[Turn]) -> None:
        cut = [(number, piece) for number, turn in enumerate(said) for piece in pieces(turn.text)]
        self._cut = [(number, piece) for number, piece in cut if len(piece.split()) >= _FEWEST]
        counts = [Counter(filter(carries, split(piece))) for _, piece in self._cut]
        lengths = [count.total() + 1 for count in counts]
        mean = sum(lengths) / max(1, len(lengths))
        self._weights: dict[str, list[tuple[int, float]]] = defaultdict(list)
        for place, (count, length) in enumerate(zip(counts, lengths, strict=True)):
            damped = _SATURATION * (1 - _LENGTH + _LENGTH * length / mean)
            for word, times in count.items():
                self._weights[word].append((place, times * (1 + _SATURATION) / (times + damped)))

    def of(self, question: Answered) -> tuple[str, ...]:
        """Return the pieces that look most like an answer but aren't one, best first."""
        scores = np.zeros(len(self._cut))
        for word in dict.fromkeys(filter(carries, split(question.text))):
            holding = self._weights.get(word, [])
            rarity = log(1 + (len(self._cut) - len(holding) + 0.5) / (len(holding) + 0.5))
            for place, weight in holding:
                scores[place] += rarity * weight
        own = (question.turn - 1, question.turn)
        best = (int(place) for place in np.argsort(-scores, kind="stable") if scores[place] > 0)
        others = [self._cut[place][1] for place in best if self._cut[place][0] not in own]
        return tuple(others[:_MOST])
