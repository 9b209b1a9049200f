"""An episode's transcript in order: what is said at a time, and before and after some words.

The end of a passage is the start of the next, or estimated from its number of words. No ranking here.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import timedelta
from enum import Enum
from itertools import accumulate
from operator import attrgetter
from typing import Final

from knowledge.model import Passage, Quote
from knowledge.search.words import whole_words

_A_WORD: Final = timedelta(seconds=0.4)
"""Average time per word: 150 words a minute."""
_A_WHILE: Final = timedelta(seconds=30)
"""How much to show before or after some words."""
_PASSAGES: Final = 4
"""Maximum number of passages on either side: some are a single word."""


class Side(Enum):
    """Where to look from some words."""

    BEFORE = "before"
    AFTER = "after"
    AROUND = "around"


class EpisodeTalk:
    """Everything said in one episode.

    Attributes:
        passages: in order.
    """

    def __init__(self, said: Iterable[Passage]) -> None:
        """Take all passages of an episode, in any order."""
        self.passages = tuple(sorted(said, key=attrgetter("number")))

    @property
    def timed(self) -> bool:
        """Whether any passage has a start."""
        return any(passage.start is not None for passage in self.passages)

    @property
    def end(self) -> timedelta | None:
        """Approximately when it ends; None without times."""
        last = next((each for each in reversed(self.passages) if each.start is not None), None)
        return last.start + _spoken(last) if last and last.start is not None else None

    def at(self, time: timedelta) -> tuple[Passage, ...]:
        """Return what is said at a time and in the half minute after; nothing if the episode is over by then."""
        if self.end is None or time > self.end + _A_WHILE:
            return ()
        places = [place for place, each in enumerate(self.passages) if each.start is not None]
        first = next((place for place in places if self._end(place) > time), places[-1])
        return (self.passages[first], *self._after(first))

    def beside(self, words: Sequence[Quote | Passage], side: Side) -> tuple[Passage, ...]:
        """Return what is said in the half minute before some words, after them, or on both sides with the words.

        Consecutive passages are taken together; those that don't follow the first are ignored.
        """
        run = self._run(words)
        if run is None:
            return ()
        first, last = run
        before = self._before(first) if side is not Side.AFTER else ()
        after = self._after(last) if side is not Side.BEFORE else ()
        between = self.passages[first : last + 1] if side is Side.AROUND else ()
        return (*before, *between, *after)

    def onward(self, passage: Passage, limit: int) -> tuple[Passage, ...]:
        """Return up to `limit` passages after a passage."""
        place = self._place(passage)
        return () if place is None else self.passages[place + 1 : place + 1 + limit]

    def _run(self, words: Sequence[Quote | Passage]) -> tuple[int, int] | None:
        """Return the first and the last place of the words, as far as they are consecutive."""
        places = [self._place(each) for each in words]
        if not places or places[0] is None:
            return None
        first = last = places[0]
        for place in places[1:]:
            if place != last + 1:
                break
            last = place
        return first, last

    def _place(self, words: Quote | Passage) -> int | None:
        """Find the place of a passage; or of the passage with a quote's words, or else said at its time."""
        if isinstance(words, Passage):
            return next((place for place, each in enumerate(self.passages) if each.number == words.number), None)
        said = whole_words(words.text)
        having = (place for place, each in enumerate(self.passages) if _has(whole_words(each.text), said))
        place = next(having, None)
        if place is None and words.start is not None and (spoken := self.at(words.start)):
            place = self._place(spoken[0])
        return place

    def _before(self, place: int) -> tuple[Passage, ...]:
        return self.passages[place - self._reach(range(place - 1, -1, -1)) : place]

    def _after(self, place: int) -> tuple[Passage, ...]:
        following = range(place + 1, len(self.passages))
        return self.passages[place + 1 : place + 1 + self._reach(following)]

    def _reach(self, places: range) -> int:
        """Count the passages, at most a few, until half a minute is over."""
        before = accumulate(map(self._length, places), initial=timedelta())
        return sum(length < _A_WHILE for length, _ in zip(before, places[:_PASSAGES], strict=False))

    def _end(self, place: int) -> timedelta:
        """Return when a passage with a start ends."""
        return (self.passages[place].start or timedelta()) + self._length(place)

    def _length(self, place: int) -> timedelta:
        start = self.passages[place].start
        following = self.passages[place + 1].start if place + 1 < len(self.passages) else None
        if start is None or following is None:
            return _spoken(self.passages[place])
        return max(following - start, timedelta())


def from_earlier(passage: Passage, text: str) -> Passage:
    """Return a passage with words added in front of its own, and its approximate new start."""
    added = (len(text.split()) - len(passage.text.split())) * _A_WORD
    start = None if passage.start is None else max(passage.start - added, timedelta())
    return replace(passage, text=text, start=start, approximate=start is not None)


def start_within(passage: Passage, begin: int) -> timedelta | None:
    """Return approximately when the words from an offset in a passage, in characters, are said; None without times."""
    before = len(passage.text[:begin].split()) * _A_WORD
    return None if passage.start is None else passage.start + before


def _spoken(passage: Passage) -> timedelta:
    return len(passage.text.split()) * _A_WORD


def _has(words: Sequence[str], part: Sequence[str]) -> bool:
    return f" {' '.join(part)} " in f" {' '.join(words)} "
