"""Groups questions by what they mean, so that ten ways of asking one thing are one line.

Pure. What a text means is `knowledge.search.meaning`'s business.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import numpy as np

from bot.port.logbook import Missed, Place
from knowledge.search.meaning import Floats, Meanings

_ALIKE: Final = 0.6
"""Cosine from which questions are one gap. Measured on the 155 questions of `tests/bank/questions.yaml` that ask about
one of 26 topics: of the pairs that 0.6 puts together 97 in 100 ask about the same one, at 0.55 only 66. Where it is
right, a gap that stays in two lines is read twice; where it is wrong, a gap is never seen."""
_EXAMPLES: Final = 3
_MOST: Final = 5_000
"""Different questions that are compared, the latest; each with every group, in 2 s at most."""


@dataclass(frozen=True, slots=True)
class Gap:
    """Something that was asked and not answered.

    Attributes:
        wordings: how it was asked, most frequent first.
        count: how often.
        last: when it was asked last.
        places: where, most frequent first.
        nearest: the nearest thing that the library has, named most often; None where there is none.
    """

    wordings: tuple[str, ...]
    count: int
    last: datetime
    places: tuple[Place, ...]
    nearest: str | None

    @property
    def examples(self) -> tuple[str, ...]:
        """The most frequent wordings, at most three."""
        return self.wordings[:_EXAMPLES]

    def asks(self, words: str) -> bool:
        """Whether a question is one of its wordings, ignoring case and closing punctuation."""
        return _bare(words) in map(_bare, self.wordings)


def gaps(missed: Iterable[Missed], meanings: Meanings) -> tuple[Gap, ...]:
    """Group questions, given newest first: those asked most often first, then the latest."""
    by_words: dict[str, list[Missed]] = {}
    for each in missed:
        by_words.setdefault(_bare(each.words), []).append(each)
    # Frequent wordings first: a group is named by its first, and leans towards what most people say.
    wordings = sorted(list(by_words.items())[:_MOST], key=lambda each: -len(each[1]))
    groups: list[list[Missed]] = []
    # The sum of the vectors in a group, (groups, dimensions), and its length.
    sums = np.zeros((len(wordings), meanings.dimensions), np.float32)
    lengths = np.ones(len(wordings), np.float32)
    for words, alike in wordings:
        vector = meanings.vector(words)
        place = _nearest(vector, sums[: len(groups)], lengths[: len(groups)])
        if place is None:
            place = len(groups)
            groups.append([])
        groups[place].extend(alike)
        sums[place] += vector * len(alike)
        lengths[place] = max(float(np.linalg.norm(sums[place])), 1e-6)
    return tuple(sorted(map(_gap, groups), key=lambda gap: (-gap.count, -gap.last.timestamp())))


def _bare(words: str) -> str:
    return " ".join(words.casefold().split()).rstrip("?!. ")


def _nearest(vector: Floats, sums: Floats, lengths: Floats) -> int | None:
    """Return the place of the group that a question belongs to; None where it is in none, or means nothing known."""
    if not len(sums):
        return None
    cosines = sums @ vector / lengths
    best = int(cosines.argmax())
    return best if cosines[best] >= _ALIKE else None


def _gap(missed: Sequence[Missed]) -> Gap:
    nearest = Counter(each.nearest for each in missed if each.nearest).most_common(1)
    return Gap(
        tuple(words for words, _ in Counter(each.words for each in missed).most_common()),
        len(missed),
        max(each.at for each in missed),
        tuple(place for place, _ in Counter(each.place for each in missed).most_common()),
        nearest[0][0] if nearest else None,
    )
