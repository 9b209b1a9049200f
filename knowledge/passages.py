"""Makes readable passages out of a transcript's turns, and stretches of talk out of passages.

A passage is one person's words, to be shown; a stretch is some sixty words by any number of people, to be ranked:
"Yeah." says little by itself, and the question before an answer says what the answer is about. No text is changed.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from knowledge.model import EpisodeId, ItemId, Passage

_LENGTH: Final = 60
"""Words in a passage or stretch, about; measured: 40 to 90 find equally well, shorter and longer ones less."""
_SENTENCE: Final = re.compile(r"\S.*?(?:[.!?…][\"'”’)\]]*(?=\s)|$)", re.DOTALL)
_WORDS: Final = re.compile(rf"(?:\S+\s*){{1,{_LENGTH}}}")


@dataclass(frozen=True, slots=True)
class Turn:
    """What one person says before another does, or between two marked times.

    Attributes:
        start: time from the beginning of the episode, None where the transcript marks none here.
        aloud: whether it is somebody else's words that are read aloud.
    """

    speaker: str | None
    text: str
    start: timedelta | None = None
    aloud: bool = False


def passages(
    turns: Iterable[Turn], *, episode: EpisodeId, source: str, duration: timedelta | None = None
) -> tuple[Passage, ...]:
    """Join a speaker's successive turns and split long ones between sentences, into some sixty words each.

    A passage that begins between two marked times gets a start in proportion to its words, marked as approximate;
    `duration` is the time at the end of the last turn, for those after the last mark.
    """
    turns = tuple(turns)
    clock = _Clock(turns, duration)
    return tuple(
        Passage(
            passage_id(episode, number),
            episode,
            number,
            chunk.text,
            source,
            chunk.speaker,
            clock.at(chunk.offset),
            approximate=clock.approximate(chunk.offset),
            aloud=chunk.aloud,
        )
        for number, chunk in enumerate(_chunks(turns))
    )


def passage_id(episode: EpisodeId, number: int) -> ItemId:
    """Return the id of a passage by its place in its episode."""
    return ItemId(f"{episode}/passage/{number}")


def stretches(said: Iterable[Passage]) -> Iterator[tuple[Passage, ...]]:
    """Group an episode's successive passages into stretches of talk of some sixty words."""
    gathered: list[Passage] = []
    words = 0
    for passage in said:
        more = _length(passage.text)
        if gathered and (words + more / 2 > _LENGTH or passage.episode != gathered[-1].episode):
            yield tuple(gathered)
            gathered, words = [], 0
        gathered.append(passage)
        words += more
    if gathered:
        yield tuple(gathered)


@dataclass(frozen=True, slots=True)
class _Chunk:
    """Words by one speaker, and how many words of the transcript come before them."""

    text: str
    speaker: str | None
    offset: int
    aloud: bool


def _chunks(turns: Iterable[Turn]) -> Iterator[_Chunk]:
    gathered: list[str] = []
    words = offset = 0
    speaker: str | None = None
    aloud = False
    for turn in turns:
        for sentence in sentences(turn.text):
            more = _length(sentence)
            if gathered and ((turn.speaker, turn.aloud) != (speaker, aloud) or words + more / 2 > _LENGTH):
                yield _Chunk(" ".join(gathered), speaker, offset, aloud)
                offset += words
                gathered, words = [], 0
            speaker, aloud = turn.speaker, turn.aloud
            gathered.append(sentence)
            words += more
    if gathered:
        yield _Chunk(" ".join(gathered), speaker, offset, aloud)


def sentences(text: str) -> Iterator[str]:
    """Split text after each sentence, and endless sentences after a number of words; strip white space."""
    for match in _SENTENCE.finditer(text.strip()):
        sentence = match.group()
        if _length(sentence) <= 2 * _LENGTH:
            yield sentence
        else:
            yield from (words.group().strip() for words in _WORDS.finditer(sentence))


def _length(text: str) -> int:
    return len(text.split())


class _Clock:
    """Works out the time at any word of a transcript from the times marked in it.

    Before the first mark it counts from the episode's beginning, after the last one it goes on at the pace so far
    (or towards the episode's end, where that is known). Two marks at one word are a pause: the first ends what came
    before, the second begins what follows.
    """

    def __init__(self, turns: Iterable[Turn], duration: timedelta | None) -> None:
        self._offsets: list[int] = []
        self._times: list[timedelta] = []
        words = 0
        for turn in turns:
            if turn.start is not None:
                self._mark(words, turn.start)
            words += _length(turn.text)
        self._known = frozenset(self._offsets)
        if not self._offsets:
            return
        if self._offsets[0]:
            self._offsets.insert(0, 0)
            self._times.insert(0, timedelta())
        last, time = self._offsets[-1], self._times[-1]
        if duration is None:
            duration = time + (words - last) * time / last if last else time
        self._mark(words, duration)

    def at(self, offset: int) -> timedelta | None:
        """Return the time at the word; None where the transcript has no marks."""
        after = bisect_right(self._offsets, offset)
        if not after:
            return None
        before = self._times[after - 1]
        if after == len(self._offsets):
            return before
        share = (offset - self._offsets[after - 1]) / (self._offsets[after] - self._offsets[after - 1])
        return before + max(self._times[after] - before, timedelta()) * share

    def approximate(self, offset: int) -> bool:
        """Return whether the time at the word is worked out rather than marked."""
        return bool(self._offsets) and offset not in self._known

    def _mark(self, words: int, time: timedelta) -> None:
        self._offsets.append(words)
        self._times.append(time)
