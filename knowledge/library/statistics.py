"""Measures a library: how much was said in it, and what is missing that would help.

Numbers only. What a person should hear of them, and in which words, is not decided here.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
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
    episodes = transcripts = words = named = timed = approximate = 0
    without: defaultdict[str, list[EpisodeId]] = defaultdict(list)
    findings: list[tuple[Path, Finding]] = []
    for episode, beside in said:
        episodes += 1
        if episode.links == Links():
            without["links"].append(episode.id)
        if not (episode.hosts or episode.guests):
            without["people"].append(episode.id)
        if episode.published is None:
            without["date"].append(episode.id)
        turns, found = beside.transcript.turns, beside.transcript.findings
        if beside.file is not None:
            findings.extend((beside.file, finding) for finding in found)
        if not turns:
            without["transcript"].append(episode.id)
            continue
        transcripts += 1
        lengths = [turn.text.count(" ") + 1 if turn.text else 0 for turn in turns]
        people = {turn.speaker for turn in turns}
        unnamed = {who for who in people if who is None or is_label(who)}
        has_time = any(turn.start is not None for turn in turns)
        words += sum(lengths)
        named += sum(length for length, turn in zip(lengths, turns, strict=True) if turn.speaker not in unnamed)
        if has_time:
            timed += sum(lengths)
            approximate += sum(length for length, turn in zip(lengths, turns, strict=True) if turn.start is None)
        else:
            without["times"].append(episode.id)
        if people == unnamed:
            without["names"].append(episode.id)
    return Statistics(
        episodes,
        transcripts,
        words,
        named,
        timed,
        approximate,
        tuple(without["transcript"]),
        tuple(without["names"]),
        tuple(without["times"]),
        tuple(without["links"]),
        tuple(without["people"]),
        tuple(without["date"]),
        tuple(findings),
    )
