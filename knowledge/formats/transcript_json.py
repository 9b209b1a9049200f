"""Reads JSON transcripts of either kind, told apart by their segments' keys, whatever the file is called."""

from __future__ import annotations

from knowledge.formats.podcast_json import from_podcast
from knowledge.formats.segments import load
from knowledge.formats.text import decode
from knowledge.formats.transcript import Findings, Transcript
from knowledge.formats.whisper_json import from_whisper


def read_transcript_json(data: bytes) -> Transcript:
    """Read either kind."""
    findings = Findings()
    text = decode(data, findings)
    parsed = load(text, findings)
    if parsed is None:
        return Transcript(findings=findings.all())
    segments = parsed.get("segments") if isinstance(parsed, dict) else parsed
    if isinstance(segments, list) and any(isinstance(segment, dict) and "body" in segment for segment in segments):
        return from_podcast(parsed, text)
    return from_whisper(parsed, text)
