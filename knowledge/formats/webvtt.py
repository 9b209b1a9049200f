"""Reads WebVTT: https://www.w3.org/TR/webvtt1/, and what goes by that name in podcasts.

Tolerates hours of one digit, commas as the decimal mark, a missing header, missing empty lines. Knows voice
tags and the captions that YouTube makes, in which each cue repeats the line before.
"""

from __future__ import annotations

import html
import re

from knowledge.formats.cues import TAG, Line, add_cues, rows
from knowledge.formats.text import decode
from knowledge.formats.transcript import Transcript
from knowledge.formats.utterances import Utterances

NO_HEADER = "no WEBVTT in the first line; read as WebVTT all the same"

# `<` is excluded from a tag's inside, so that a row of unclosed ones takes no quadratic time.
_VOICE = re.compile(r"(?:^[ \t]{0,9}[-–—][ \t]{0,9})?<v(?:\.[^\s<>]{0,100})?[ \t]+([^<>]{1,200})>", re.MULTILINE)


def read_webvtt(data: bytes) -> Transcript:
    """Read the words, their speakers and their starts; `<v Name>` counts until another voice is named."""
    utterances = Utterances()
    text = decode(data, utterances.findings)
    if text.strip() and not text.lstrip().startswith("WEBVTT"):
        utterances.findings.add(1, NO_HEADER)
    add_cues(text, utterances, _lines, ends_at_blank=True)
    return utterances.transcript()


def _lines(body: str) -> list[Line]:
    if "<" not in body:
        return [Line("", row) for row in rows(html.unescape(body))]
    # Splitting by a pattern with one group: words, then a voice and its words by turns.
    unvoiced, *voiced = _VOICE.split(body)
    lines = [Line("", row) for row in rows(_clean(unvoiced)) if row.strip()]
    for voice, said in zip(voiced[::2], voiced[1::2], strict=True):
        first, *rest = rows(_clean(said))
        lines.append(Line(html.unescape(voice), first))
        lines.extend(Line("", row) for row in rest)
    return lines


def _clean(words: str) -> str:
    return html.unescape(TAG.sub("", words))
