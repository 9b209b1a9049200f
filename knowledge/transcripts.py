"""The transcript that lies beside an `episode.yaml`, read to passages.

Finds and opens the file; what its format means is `formats`' business, and how turns become passages is
`passages`'.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from knowledge.formats import LARGEST, TOO_LARGE, Finding, read_transcript
from knowledge.model import Episode, Passage
from knowledge.passages import passages

SOURCE = "the episode's transcript"
"""What words from a transcript were taken from, in words a listener understands."""

NAMES = tuple(f"transcript{suffix}" for suffix in (".vtt", ".json", ".srt", ".html", ".md", ".txt"))
"""What a transcript may be called; where a folder has several, the first of these counts."""


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


def spoken(place: Path, episode: Episode) -> Spoken:
    """Read what was said in the episode whose folder is `place`."""
    file = transcript_in(place)
    if file is None:
        return Spoken()
    try:
        if file.stat().st_size > LARGEST:
            return Spoken(file, findings=(Finding(None, TOO_LARGE),))
        transcript = read_transcript(file.name, file.read_bytes())
    except OSError as error:
        return Spoken(file, findings=(Finding(None, f"it can't be opened ({error.strerror})"),))
    said = passages(transcript.turns, episode=episode.id, source=SOURCE, duration=episode.duration)
    return Spoken(file, tuple(said), transcript.findings)
