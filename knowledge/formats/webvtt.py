"""Reads WebVTT (https://www.w3.org/TR/webvtt1/), and the loose forms of it that podcasts publish.

Tolerates single-digit hours, commas as decimal marks, a missing header and missing empty lines. Supports voice tags and
YouTube's captions, in which each cue repeats the line before.
"""

from __future__ import annotations

import html
import re

from knowledge.formats.cues import TAG, Line, add_cues, rows
from knowledge.formats.text import decode
from knowledge.formats.transcript import Transcript
from knowledge.formats.utterances import Utterances

NO_HEADER = "no WEBVTT in the first line; read as WebVTT anyway"

# A tag can't contain `<`, so that a row of unclosed ones doesn't take quadratic time.
_VOICE = re.compile(r"(?:^[ \t]{0,9}[-–—][ \t]{0,9})?<v(?:\.[^\s<>]{0,100})?[ \t]+([^<>]{1,200})>", re.MULTILINE)


def read_webvtt(data: bytes) -> Transcript:
    """Read the words, their speakers and their starts."""
    utterances = Utterances()
    text = decode(data, utterances.findings)
    if text.strip() and not text.lstrip().startswith("WEBVTT"):
        utterances.findings.add(1, NO_HEADER)
    add_cues(text, utterances, _lines, ends_at_blank=True)
    return utterances.transcript()


def _lines(body: str) -> list[Line]:
    if "<" not in body:
        return [Line("", row) for row in rows(html.unescape(body))]
    # Splitting by a pattern with one group gives words, then alternately a voice and its words.
    unvoiced, *voiced = _VOICE.split(body)
    lines = [Line("", row) for row in rows(_clean(unvoiced)) if row.strip()]
    for voice, said in zip(voiced[::2], voiced[1::2], strict=True):
        first, *rest = rows(_clean(said))
        lines.append(Line(html.unescape(voice), first))
        lines.extend(Line("", row) for row in rest)
    return lines


def _clean(words: str) -> str:
    return html.unescape(TAG.sub("", words))
