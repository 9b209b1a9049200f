"""Makes readable passages from a transcript's turns, and stretches of talk from passages.

A passage has one person's words and is shown; a stretch has about sixty words by any number of people and is ranked:
"Yeah." says little by itself, and the question before an answer says what the answer is about. No text is changed.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from operator import attrgetter, itemgetter
from typing import Final, TypeVar

from knowledge.model import EpisodeId, ItemId, Passage

_Piece = TypeVar("_Piece")

_LENGTH: Final = 60
"""Approximate number of words in a passage or stretch; measured: 40 to 90 find equally well, other lengths worse."""
_SENTENCE: Final = re.compile(r"\S.*?(?:[.!?…][\"'”’)\]]*(?=\s)|$)", re.DOTALL)
_LABEL: Final = re.compile(
    r"(?:(?:un(?:known|identified|named)|male|female)[\s_-]+)?(?:speaker|voice|person|participant)"
    r"(?:[\s_-]*\d+|[\s_-]+(?:[a-z]|unknown))?"
    r"|(?:spk|host|guest|s)[\s_-]*\d+",
    re.IGNORECASE,
)
"""A placeholder for an unknown speaker, such as "Speaker 1"; in the next episode it is somebody else."""
_WORDS: Final = re.compile(rf"(?:\S+\s*){{1,{_LENGTH}}}")


@dataclass(frozen=True, slots=True)
class Turn:
    """What one person says before another does, or between two marked times.

    Attributes:
        start: time from the beginning of the episode, None if the transcript marks none here.
        aloud: whether the speaker is reading somebody else's words aloud.
    """

    speaker: str | None
    text: str
    start: timedelta | None = None
    aloud: bool = False


def is_label(speaker: str) -> bool:
    """Return whether a speaker has a label such as "Speaker 1" instead of a name."""
    return _LABEL.fullmatch(speaker) is not None


def passages(
    turns: Iterable[Turn], *, episode: EpisodeId, source: str, duration: timedelta | None = None
) -> tuple[Passage, ...]:
    """Join a speaker's successive turns and split long ones between sentences, into about sixty words each.

    A passage that begins between two marked times gets a start interpolated by word count, marked as approximate;
    `duration` is the end of the last turn, for passages after the last mark. A label such as "Speaker 1" separates
    passages like a name, but they get no speaker.
    """
    turns = tuple(turns)
    clock, offset = _Clock(turns, duration), 0
    spoken = ((sentence, (turn.speaker, turn.aloud)) for turn in turns for sentence in sentences(turn.text))
    found: list[Passage] = []
    for said in _gathered(spoken, text=itemgetter(0), whose=itemgetter(1)):
        text = " ".join(sentence for sentence, _ in said)
        _, (speaker, aloud) = said[0]
        found.append(
            Passage(
                passage_id(episode, len(found)),
                episode,
                len(found),
                text,
                source,
                None if speaker is None or is_label(speaker) else speaker,
                clock.at(offset),
                approximate=clock.approximate(offset),
                aloud=aloud,
            )
        )
        offset += _word_count(text)
    return tuple(found)


def passage_id(episode: EpisodeId, number: int) -> ItemId:
    """Return the id of a passage by its position in its episode."""
    return ItemId(f"{episode}/passage/{number}")


def stretches(said: Iterable[Passage]) -> Iterator[tuple[Passage, ...]]:
    """Group successive passages of an episode into stretches of about sixty words."""
    yield from map(tuple, _gathered(said, text=attrgetter("text"), whose=attrgetter("episode")))


def _gathered(
    pieces: Iterable[_Piece], *, text: Callable[[_Piece], str], whose: Callable[[_Piece], object]
) -> Iterator[list[_Piece]]:
    """Gather successive pieces into groups of about sixty words, each with one owner."""
    gathered: list[_Piece] = []
    words, owner = 0, None
    for piece in pieces:
        more = _word_count(text(piece))
        if gathered and (whose(piece) != owner or words + more / 2 > _LENGTH):
            yield gathered
            gathered, words = [], 0
        owner = whose(piece)
        gathered.append(piece)
        words += more
    if gathered:
        yield gathered


def sentences(text: str) -> Iterator[str]:
    """Split text after each sentence, and overlong sentences by word count; strip white space."""
    for match in _SENTENCE.finditer(text.strip()):
        sentence = match.group()
        if _word_count(sentence) <= 2 * _LENGTH:
            yield sentence
        else:
            yield from (words.group().strip() for words in _WORDS.finditer(sentence))


def _word_count(text: str) -> int:
    return len(text.split())


class _Clock:
    """Interpolates the time at any word of a transcript from the times marked in it.

    Words before the first mark are spread from the episode's beginning, words after the last one up to the episode's
    end, or at the average pace if that is unknown. Two marks at one word are a pause: the first ends what came before,
    the second begins what follows.
    """

    def __init__(self, turns: Iterable[Turn], duration: timedelta | None) -> None:
        self._offsets: list[int] = []
        self._times: list[timedelta] = []
        words = 0
        for turn in turns:
            if turn.start is not None:
                self._mark(words, turn.start)
            words += _word_count(turn.text)
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
        """Return the time at a word, counted from 0; None if the transcript has no marks."""
        after = bisect_right(self._offsets, offset)
        if not after:
            return None
        before = self._times[after - 1]
        if after == len(self._offsets):
            return before
        share = (offset - self._offsets[after - 1]) / (self._offsets[after] - self._offsets[after - 1])
        return before + max(self._times[after] - before, timedelta()) * share

    def approximate(self, offset: int) -> bool:
        """Return whether the time at a word is interpolated rather than marked."""
        return bool(self._offsets) and offset not in self._known

    def _mark(self, words: int, time: timedelta) -> None:
        self._offsets.append(words)
        self._times.append(time)
