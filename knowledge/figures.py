"""What a library comes to: how much was said in it, and what is missing that would help.

Values and sums. What is worth telling a person, and how, is not decided here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from knowledge.formats import Finding
from knowledge.model import Episode, EpisodeId, Links
from knowledge.transcripts import Spoken

_LABEL = re.compile(r"(?:speaker|spk|voice|person|host|guest)[\s_-]*\d+|speaker", re.IGNORECASE)
"""What machines and hurried people call speakers whose names they don't know."""


@dataclass(frozen=True, slots=True)
class Figures:
    """What a library comes to.

    Attributes:
        transcripts: the episodes that have words from a transcript.
        words: in all transcripts; of these, so many whose speaker is named, whose place in time is known, and whose
            place is worked out from times further away.
        without_transcript: the episodes that have none, or one without words.
        without_names: those whose transcript names nobody, or only as "Speaker 1".
        without_times: those whose transcript has no times.
        without_links: those that can't be opened anywhere.
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
    without_date: tuple[EpisodeId, ...]
    findings: tuple[tuple[Path, Finding], ...]


def is_label(speaker: str) -> bool:
    """Say whether a speaker is only told apart from others and not named."""
    return _LABEL.fullmatch(speaker) is not None


def figures(said: Iterable[tuple[Episode, Spoken]]) -> Figures:
    """Sum up a library, an episode at a time."""
    episodes = transcripts = words = named = timed = approximate = 0
    without: dict[str, list[EpisodeId]] = {kind: [] for kind in ("transcript", "names", "times", "links", "date")}
    findings: list[tuple[Path, Finding]] = []
    for episode, spoken in said:
        episodes += 1
        if episode.links == Links():
            without["links"].append(episode.id)
        if episode.published is None:
            without["date"].append(episode.id)
        if spoken.file is not None:
            findings.extend((spoken.file, finding) for finding in spoken.findings)
        if not spoken.passages:
            without["transcript"].append(episode.id)
            continue
        transcripts += 1
        has_name = has_time = False
        for passage in spoken.passages:
            length = passage.text.count(" ") + 1
            words += length
            if passage.speaker is not None and not is_label(passage.speaker):
                named += length
                has_name = True
            if passage.start is not None:
                timed += length
                approximate += length if passage.approximate else 0
                has_time = True
        if not has_name:
            without["names"].append(episode.id)
        if not has_time:
            without["times"].append(episode.id)
    return Figures(
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
        tuple(without["date"]),
        tuple(findings),
    )
