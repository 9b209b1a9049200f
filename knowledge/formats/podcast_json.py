"""Reads Podcasting 2.0 transcripts in JSON: segments with speaker, startTime, endTime and body.

https://github.com/Podcastindex-org/podcast-namespace/blob/main/docs/examples/transcripts/transcripts.md
A segment may be a single word; such segments are joined into sentences.
"""

from __future__ import annotations

from knowledge.formats.segments import BAD_START, NO_WORDS, LinesOf, Segment, add_segments, objects
from knowledge.formats.speakers import carried, who
from knowledge.formats.text import words
from knowledge.formats.times import number
from knowledge.formats.transcript import Findings, Transcript
from knowledge.formats.utterances import Utterances


def from_podcast(parsed: object, text: str) -> Transcript:
    """Read JSON that is already parsed; `text` is the source, for line numbers."""
    findings = Findings(LinesOf(text, "segments"))
    segments: list[Segment] = []
    speaker: str | None = None
    found = list(objects(parsed, "segments", findings))
    stays = carried([_label(segment) for _, segment in found])
    for place, segment in found:
        named, body, start = _label(segment), segment.get("body"), segment.get("startTime")
        if named or not stays:
            speaker = who(named or "")
        if not isinstance(body, str):
            findings.add(place, NO_WORDS)
            continue
        at = number(start)
        if at is None and start is not None:
            findings.add(place, BAD_START)
        segments.append(Segment(place, speaker, at, body))
    utterances = Utterances(findings)
    add_segments(segments, utterances)
    return utterances.transcript()


def _label(segment: dict[str, object]) -> str | None:
    named = segment.get("speaker")
    return words(named) or None if isinstance(named, str) else None
