"""Reads what Whisper and its relatives write as JSON: segments with start, end and text, perhaps words.

Whisper names no speaker; WhisperX adds labels such as `SPEAKER_00`, and a segment without one has no speaker.
"""

from __future__ import annotations

from knowledge.formats.segments import BAD_START, NO_WORDS, LinesOf, Segment, add_segments, objects
from knowledge.formats.speakers import who
from knowledge.formats.text import words
from knowledge.formats.times import number
from knowledge.formats.transcript import Findings, Transcript
from knowledge.formats.utterances import Utterances


def from_whisper(parsed: object, text: str) -> Transcript:
    """Read JSON that is already parsed; `text` is the source, for line numbers."""
    findings = Findings(LinesOf(text, "segments"))
    segments: list[Segment] = []
    for place, segment in objects(parsed, "segments", findings):
        named, said, start = segment.get("speaker"), segment.get("text"), segment.get("start")
        if not isinstance(said, str):
            said = _from_words(segment.get("words"))
        if said is None:
            findings.add(place, NO_WORDS)
            continue
        at = number(start)
        if at is None and start is not None:
            findings.add(place, BAD_START)
        segments.append(Segment(place, who(words(named)) if isinstance(named, str) else None, at, said))
    utterances = Utterances(findings)
    add_segments(segments, utterances)
    return utterances.transcript()


def _from_words(spoken: object) -> str | None:
    if not isinstance(spoken, list):
        return None
    texts = [word.get("word") for word in spoken if isinstance(word, dict)]
    return " ".join(text.strip() for text in texts if isinstance(text, str))
