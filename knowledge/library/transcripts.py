"""Reads the transcript beside an `episode.yaml` into passages.

Finds and opens the file; `formats` parses it, and `passages` makes passages from its turns.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from knowledge.formats import LARGEST, TOO_LARGE, read_transcript
from knowledge.formats.transcript import Transcript, unread
from knowledge.library.inside import LEADS_OUT, leads_out
from knowledge.model import Episode, Passage
from knowledge.passages import passages

SOURCE = "the episode's transcript"
"""The source shown to listeners for words from a transcript."""

NAMES = tuple(f"transcript{suffix}" for suffix in (".vtt", ".json", ".srt", ".html", ".md", ".txt"))
"""Possible file names of a transcript; if a folder has several, the first of these counts."""


@dataclass(frozen=True, slots=True)
class TranscriptFile:
    """The transcript beside an `episode.yaml`; `file` is None if the folder has none."""

    file: Path | None = None
    transcript: Transcript = field(default_factory=Transcript)


def transcript_in(place: Path) -> Path | None:
    """Find the transcript in an episode's folder."""
    return next((file for name in NAMES if (file := place / name).is_file()), None)


def transcript_of(place: Path) -> TranscriptFile:
    """Read the transcript in an episode's folder."""
    file = transcript_in(place)
    return TranscriptFile(file, _read(file)) if file else TranscriptFile()


def _read(file: Path) -> Transcript:
    if leads_out(file, file.parents[1]):
        return unread(LEADS_OUT)
    try:
        return unread(TOO_LARGE) if file.stat().st_size > LARGEST else read_transcript(file.name, file.read_bytes())
    except OSError as error:
        return unread(f"it can't be opened ({error.strerror})")


def spoken(place: Path, episode: Episode) -> tuple[Passage, ...]:
    """Read the passages of an episode from its folder `place`; none if there is no transcript."""
    turns = transcript_of(place).transcript.turns
    return passages(turns, episode=episode.id, source=SOURCE, duration=episode.duration)
