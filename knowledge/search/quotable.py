"""Finds what is worth quoting in a library, reading a little at a time in random order: there may be thousands.

`phrasing` finds the sentence in a passage; the caller chooses among passages.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import chain
from operator import itemgetter
from random import Random
from typing import Final

from knowledge.model import ItemId, Passage, Scope
from knowledge.search import phrasing
from knowledge.search.index.fulltext import TextIndex
from knowledge.search.index.stemming import stems
from knowledge.search.index.stored import Stretch

_SAYING: Final = re.compile(r"#saying(\d*)$", re.ASCII)
"""Ends the id of a quotable sentence and no other id: with its offset, or without for the passage's best."""


class QuotableSentences:
    """Sentences of a library, an episode or a speaker that are worth quoting, each cut from its passage.

    A sentence gets its passage's start, marked as approximate unless it comes first there.
    """

    def __init__(self, spoken: TextIndex, scope: Scope, *, whole: bool) -> None:
        """Find where they are; their words are read as they are drawn.

        `whole` is for speakers without a quotable sentence: it draws whole passages, all rated the same.
        """
        self._whole = whole
        self._spoken = spoken
        self._speaker = frozenset(stems(scope.speaker or ""))
        self._places = spoken.quotable(scope, least=0 if whole else 1)

    @property
    def by_one(self) -> bool:
        """Whether all are by one speaker."""
        return bool(self._speaker)

    def __len__(self) -> int:
        """Count the stretches of talk with such sentences."""
        return len(self._places)

    def drawn(self, random: Random, handful: int) -> Iterator[Passage]:
        """Yield all of them in random order, a handful at a time, the most quotable of each handful first."""
        left = list(self._places)
        while left:
            for number in range(min(handful, len(left))):
                other = random.randrange(len(left) - number)
                left[other], left[-1 - number] = left[-1 - number], left[other]
            picked = sorted(left[-handful:], key=itemgetter(0), reverse=True)
            del left[-handful:]
            said = (self._said(self._spoken.read(address)) for _, address in picked)
            if self._speaker:  # the index has the worth of a stretch's best sentence, but not who said it
                yield from (each for _, each in sorted(chain.from_iterable(said), key=itemgetter(0), reverse=True))
            else:
                yield from (each for one in said for _, each in sorted(one, key=itemgetter(0), reverse=True))

    def _said(self, stretch: Stretch) -> Iterator[tuple[int, Passage]]:
        """Yield the quotable sentences of a stretch, each with its worth."""
        for passage in stretch.passages:
            if self._speaker <= frozenset(stems(passage.speaker or "")):
                if self._whole and passage.text.count(" ") >= phrasing.SHORTEST:
                    yield 1, passage
                elif best := phrasing.best(passage.text):
                    yield best.worth, _cut(passage, best)


def within(passage: Passage, id: ItemId | None = None) -> Passage | None:
    """Return the quotable sentence of a passage with an id, by default its best; None if there is none."""
    found = _SAYING.search(id) if id else None
    if found and found[1]:
        there = (each for each in phrasing.standing(passage.text) if str(each.at) == found[1])
        return next((_cut(passage, each, place=found[1]) for each in there), None)
    best = phrasing.best(passage.text)
    return _cut(passage, best) if best else None


def on(passage: Passage, bears: Callable[[str], bool]) -> Iterator[tuple[int, Passage]]:
    """Yield the sentences of a passage that stand by themselves and bear on a subject, each with its worth."""
    for each in phrasing.standing(passage.text):
        if bears(each.text):
            yield each.worth, _cut(passage, each, place=str(each.at))


def _cut(passage: Passage, sentence: phrasing.QuotableSentence, place: str = "") -> Passage:
    approximate = passage.approximate or (passage.start is not None and sentence.at > 0)
    return replace(passage, id=ItemId(f"{passage.id}#saying{place}"), text=sentence.text, approximate=approximate)
