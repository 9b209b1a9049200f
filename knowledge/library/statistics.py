"""Measures a library: how many words it has, and which useful parts are missing.

Numbers only. What to report of them, and how to word it, is not decided here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path

from knowledge.formats.transcript import Finding
from knowledge.library.transcripts import TranscriptFile
from knowledge.model import Episode, EpisodeId, Links
from knowledge.passages import Turn, is_label


class EpisodePart(Enum):
    """A part that an episode may lack.

    Attributes:
        TRANSCRIPT: it has none, or one without words.
        NAMES: its transcript has no speakers, or only labels such as "Speaker 1".
        TIMES: its transcript has no times.
        LINKS: it can't be opened anywhere.
        PEOPLE: it names neither hosts nor guests.
        DATE: its date is unknown.
    """

    TRANSCRIPT = auto()
    NAMES = auto()
    TIMES = auto()
    LINKS = auto()
    PEOPLE = auto()
    DATE = auto()


@dataclass(frozen=True, slots=True)
class Statistics:
    """What a library has, and what is missing.

    Attributes:
        transcripts: number of episodes with words from a transcript.
        words: number of words in all transcripts.
        named: number of words by a speaker with a name.
        timed: number of words whose time is known, including approximate times.
        approximate: number of words whose time is interpolated.
        without: the episodes that lack each part; parts that none lacks are not in it.
        findings: what could not be read of transcripts, with their files.
    """

    transcripts: int
    words: int
    named: int
    timed: int
    approximate: int
    without: Mapping[EpisodePart, Sequence[EpisodeId]]
    findings: Sequence[tuple[Path, Finding]]


def measure(said: Iterable[tuple[Episode, TranscriptFile]]) -> Statistics:
    """Measure a library, reading one episode at a time."""
    transcripts = words = named = timed = approximate = 0
    without: dict[EpisodePart, list[EpisodeId]] = {}
    findings: list[tuple[Path, Finding]] = []
    for episode, beside in said:
        turns = [turn for turn in beside.transcript.turns if turn.text]
        lacking = _lacking(episode, turns)
        for part in lacking:
            without.setdefault(part, []).append(episode.id)
        if beside.file:
            findings.extend((beside.file, finding) for finding in beside.transcript.findings)
        transcripts += bool(turns)
        for turn in turns:
            length = turn.text.count(" ") + 1
            words += length
            if _is_named(turn):
                named += length
            if EpisodePart.TIMES not in lacking:
                timed += length
                approximate += length if turn.start is None else 0
    return Statistics(transcripts, words, named, timed, approximate, without, findings)


def _lacking(episode: Episode, turns: Sequence[Turn]) -> Sequence[EpisodePart]:
    lacks = {
        EpisodePart.TRANSCRIPT: not turns,
        EpisodePart.NAMES: bool(turns) and not any(map(_is_named, turns)),
        EpisodePart.TIMES: bool(turns) and all(turn.start is None for turn in turns),
        EpisodePart.LINKS: episode.links == Links(),
        EpisodePart.PEOPLE: not (episode.hosts or episode.guests),
        EpisodePart.DATE: episode.published is None,
    }
    return [part for part, is_lacking in lacks.items() if is_lacking]


def _is_named(turn: Turn) -> bool:
    return turn.speaker is not None and not is_label(turn.speaker)
