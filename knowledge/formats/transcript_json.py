"""Reads JSON transcripts in any schema, detected by their keys.

Podcasting 2.0 has segments with speaker, startTime, endTime and body, which may be a single word:
https://github.com/Podcastindex-org/podcast-namespace/blob/main/docs/examples/transcripts/transcripts.md
Whisper and its relatives have segments with start, end, text and perhaps words. Whisper names no speaker; WhisperX adds
labels such as `SPEAKER_00`, and a segment without one has no speaker. Podlove has start, text and `voice`. A file
without segments may come from a transcription service.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from knowledge.formats.segments import BAD_START, NO_WORDS, Segment, add_segments, objects, parse_json
from knowledge.formats.services import service_segments, speaker_of
from knowledge.formats.speakers import names_carry_over, who
from knowledge.formats.text import decode, words
from knowledge.formats.times import number
from knowledge.formats.transcript import Findings, Transcript
from knowledge.formats.utterances import Utterances


def read_transcript_json(data: bytes) -> Transcript:
    """Read the words, their speakers and their starts."""
    utterances = Utterances()
    findings = utterances.findings
    text = decode(data, findings)
    parsed = parse_json(text, findings)
    if parsed is None:
        return Transcript(findings=findings.all())
    has_segments = isinstance(parsed, dict) and bool(parsed.get("segments"))
    found = None if has_segments else service_segments(parsed, findings)
    if found is None:
        found = list(_segments(objects(parsed, text, "segments", findings), findings))
    else:
        findings.locate(lambda _: None)
    add_segments(found, utterances)
    return utterances.transcript()


def _segments(found: Iterable[tuple[int, dict[str, object]]], findings: Findings) -> Iterator[Segment]:
    of_podcast = any("body" in segment for _, segment in found)
    stays = of_podcast and names_carry_over([_label(segment) for _, segment in found])
    speaker: str | None = None
    for place, segment in found:
        named = _label(segment)
        if named or not stays:
            speaker = who(named or "")
        said = segment.get("body") if of_podcast else _text(segment)
        if not isinstance(said, str):
            findings.add(place, NO_WORDS)
            continue
        start = segment.get("startTime" if of_podcast else "start")
        at = number(start)
        if at is None and start is not None:
            findings.add(place, BAD_START)
        yield Segment(place, speaker, at, said)


def _label(segment: dict[str, object]) -> str | None:
    voice = segment.get("voice")
    return words(voice) if isinstance(voice, str) and voice.strip() else speaker_of(segment)


def _text(segment: dict[str, object]) -> object:
    """Return the text of a Whisper segment, or its single words joined."""
    said, spoken = segment.get("text"), segment.get("words")
    if isinstance(said, str) or not isinstance(spoken, list):
        return said
    texts = [word.get("word") for word in spoken if isinstance(word, dict)]
    return " ".join(text.strip() for text in texts if isinstance(text, str))
