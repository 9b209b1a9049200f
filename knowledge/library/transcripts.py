"""The transcript beside an `episode.yaml`, read into passages.

Finds and opens the file; `formats` reads it, and `passages` makes passages of its turns.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from knowledge.formats import LARGEST, TOO_LARGE, Finding, Transcript, read_transcript
from knowledge.library.inside import LEADS_OUT, leads_out
from knowledge.model import Episode, Passage
from knowledge.passages import passages

SOURCE = "the episode's transcript"
"""What a listener reads as the source of words from a transcript."""

NAMES = tuple(f"transcript{suffix}" for suffix in (".vtt", ".json", ".srt", ".html", ".md", ".txt"))
"""What a transcript may be called; where a folder has several, the first of these counts."""


@dataclass(frozen=True, slots=True)
class TranscriptFile:
    """A transcript as found beside an `episode.yaml`; `file` is None where the folder has none."""

    file: Path | None = None
    transcript: Transcript = field(default_factory=Transcript)


@dataclass(frozen=True, slots=True)
class Spoken:
    """What was said in an episode.

    Attributes:
        file: None where the folder has no transcript; then there are no passages.
        findings: what could not be read of it.
    """

    file: Path | None = None
    passages: tuple[Passage, ...] = ()
    findings: tuple[Finding, ...] = ()


def transcript_in(place: Path) -> Path | None:
    """Find the transcript in an episode's folder."""
    return next((file for name in NAMES if (file := place / name).is_file()), None)


def transcript_of(place: Path) -> TranscriptFile:
    """Read the transcript in an episode's folder."""
    file = transcript_in(place)
    if file is None:
        return TranscriptFile()
    if leads_out(file, place.parent):
        return TranscriptFile(file, Transcript(findings=(Finding(None, LEADS_OUT),)))
    try:
        if file.stat().st_size > LARGEST:
            return TranscriptFile(file, Transcript(findings=(Finding(None, TOO_LARGE),)))
        return TranscriptFile(file, read_transcript(file.name, file.read_bytes()))
    except OSError as error:
        return TranscriptFile(file, Transcript(findings=(Finding(None, f"it can't be opened ({error.strerror})"),)))


def spoken(place: Path, episode: Episode) -> Spoken:
    """Read what was said in the episode whose folder is `place`."""
    read = transcript_of(place)
    said = passages(read.transcript.turns, episode=episode.id, source=SOURCE, duration=episode.duration)
    return Spoken(read.file, said, read.transcript.findings)
