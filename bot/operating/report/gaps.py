"""Groups questions by meaning, so that ten ways of asking one thing are one line.

Pure; `knowledge.search.meaning` knows what a text means.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import numpy as np

from bot.port.logbook import AskedIn, Missed
from knowledge.search.meaning import Floats, Meanings

_ALIKE: Final = 0.6
"""Minimum cosine similarity of questions in one gap. Of the 155 questions in `tests/bank/questions.yaml` about one of
26 topics, 97 % of the pairs joined at 0.6 ask about the same one, at 0.55 only 66 %. It is strict because a gap that is
split in two is merely read twice, while one that is joined wrongly is never seen."""
_EXAMPLES: Final = 3
_MAX_WORDINGS: Final = 5_000
"""Maximum number of distinct questions compared, the latest; comparing each with every group takes at most 2 s."""


@dataclass(frozen=True, slots=True)
class Gap:
    """Something that was asked and not answered.

    Attributes:
        wordings: how it was worded, most frequent first.
        count: how often it was asked.
        last: when it was last asked.
        places: where it was asked, most frequent first.
        nearest: what the bot most often named as the nearest match; None if there was none.
    """

    wordings: tuple[str, ...]
    count: int
    last: datetime
    places: tuple[AskedIn, ...]
    nearest: str | None

    @property
    def examples(self) -> tuple[str, ...]:
        """The most frequent wordings, at most three."""
        return self.wordings[:_EXAMPLES]

    def asks(self, words: str) -> bool:
        """Whether a question is one of its wordings, ignoring case and closing punctuation."""
        return _bare(words) in map(_bare, self.wordings)


def gaps(missed: Iterable[Missed], meanings: Meanings) -> tuple[Gap, ...]:
    """Group questions, given newest first, and sort the groups by frequency, then newest first."""
    by_words: dict[str, list[Missed]] = {}
    for each in missed:
        by_words.setdefault(_bare(each.words), []).append(each)
    # Frequent wordings first, because a group's first members determine what it attracts.
    wordings = sorted(list(by_words.items())[:_MAX_WORDINGS], key=lambda each: -len(each[1]))
    groups: list[list[Missed]] = []
    # The sum of each group's vectors, of shape (groups, dimensions), and its length.
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
    """Return the index of the group that a question belongs to; None if there is none."""
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
