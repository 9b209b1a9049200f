"""Measures a library: how much was said in it, and what is missing that would help.

Numbers only. What a person should hear of them, and in which words, is not decided here.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path

from knowledge.formats import Finding
from knowledge.library.transcripts import TranscriptFile
from knowledge.model import Episode, EpisodeId, Links

_LABEL = re.compile(r"(?:speaker|spk|voice|person|host|guest)[\s_-]*\d+|speaker", re.IGNORECASE)
"""What machines and hurried people call speakers whose names they don't know."""


@dataclass(frozen=True, slots=True)
class Statistics:
    """What there is in a library, and what is missing.

    Attributes:
        transcripts: the episodes that have words from a transcript.
        words: in all transcripts.
        named: of these, words by a speaker with a name.
        timed: words whose time is known, including approximate ones.
        approximate: words whose time is worked out from times further away.
        without_transcript: the episodes that have none, or one without words.
        without_names: those whose transcript has no names, or only some like "Speaker 1".
        without_times: those whose transcript has no times.
        without_links: those that can't be opened anywhere.
        without_people: those that name neither hosts nor guests.
        without_date: those whose date is not known.
        findings: what could not be read of transcripts, by file.
    """

    episodes: int
    transcripts: int
    words: int
    named: int
    timed: int
    approximate: int
    without_transcript: tuple[EpisodeId, ...]
    without_names: tuple[EpisodeId, ...]
    without_times: tuple[EpisodeId, ...]
    without_links: tuple[EpisodeId, ...]
    without_people: tuple[EpisodeId, ...]
    without_date: tuple[EpisodeId, ...]
    findings: tuple[tuple[Path, Finding], ...]


def is_label(speaker: str) -> bool:
    """Say whether a speaker has a label such as "Speaker 1" in place of a name."""
    return _LABEL.fullmatch(speaker) is not None


def measure(said: Iterable[tuple[Episode, TranscriptFile]]) -> Statistics:
    """Sum up a library, an episode at a time."""
    each = [_measured(episode, beside) for episode, beside in said]
    without = {part: tuple(one.id for one in each if part in one.lacking) for part in _Part}
    return Statistics(
        episodes=len(each),
        transcripts=len(each) - len(without[_Part.TRANSCRIPT]),
        words=sum(one.words for one in each),
        named=sum(one.named for one in each),
        timed=sum(one.words for one in each if _Part.TIMES not in one.lacking),
        approximate=sum(one.approximate for one in each),
        without_transcript=without[_Part.TRANSCRIPT],
        without_names=without[_Part.NAMES],
        without_times=without[_Part.TIMES],
        without_links=without[_Part.LINKS],
        without_people=without[_Part.PEOPLE],
        without_date=without[_Part.DATE],
        findings=tuple(finding for one in each for finding in one.findings),
    )


class _Part(Enum):
    """What an episode may lack."""

    TRANSCRIPT = auto()
    NAMES = auto()
    TIMES = auto()
    LINKS = auto()
    PEOPLE = auto()
    DATE = auto()


@dataclass(frozen=True, slots=True)
class _Measured:
    """What there is of one episode; the counts are those of `Statistics`."""

    id: EpisodeId
    lacking: Collection[_Part]
    findings: Sequence[tuple[Path, Finding]]
    words: int
    named: int
    approximate: int


def _measured(episode: Episode, beside: TranscriptFile) -> _Measured:
    turns, file = beside.transcript.turns, beside.file
    people = {turn.speaker for turn in turns}
    unnamed = {who for who in people if who is None or is_label(who)}
    timed = any(turn.start is not None for turn in turns)
    lacking = {
        _Part.TRANSCRIPT: not turns,
        _Part.NAMES: bool(turns) and people == unnamed,
        _Part.TIMES: bool(turns) and not timed,
        _Part.LINKS: episode.links == Links(),
        _Part.PEOPLE: not (episode.hosts or episode.guests),
        _Part.DATE: episode.published is None,
    }
    lengths = [(turn, turn.text.count(" ") + 1 if turn.text else 0) for turn in turns]
    return _Measured(
        episode.id,
        [part for part, is_lacking in lacking.items() if is_lacking],
        [(file, finding) for finding in beside.transcript.findings] if file else (),
        words=sum(length for _, length in lengths),
        named=sum(length for turn, length in lengths if turn.speaker not in unnamed),
        approximate=sum(length for turn, length in lengths if timed and turn.start is None),
    )
