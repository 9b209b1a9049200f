"""Reads WebVTT: https://www.w3.org/TR/webvtt1/, and what goes by that name in podcasts.

Tolerates hours of one digit, commas as the decimal mark, a missing header, missing empty lines. Knows voice
tags and the captions that YouTube makes, in which each cue repeats the line before.
"""

from __future__ import annotations

import html
import re

from knowledge.formats.cues import BREAK, Cue, Line, add_lines, cues, rows
from knowledge.formats.text import decode
from knowledge.formats.transcript import Findings, Transcript
from knowledge.formats.utterances import Utterances

NO_HEADER = "no WEBVTT in the first line; read as WebVTT all the same"

# `<` is excluded from a tag's inside, so that a row of unclosed ones takes no quadratic time.
_VOICE = re.compile(r"<v(?:\.[^\s<>]{0,100})?[ \t]+([^<>]{1,200})>")
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,200}>|</>|<\d[\d:.]{0,20}>")
_SPOKEN_AT = re.compile(r"<\d{1,3}:\d\d[\d:.]{0,20}>")


def read_webvtt(data: bytes) -> Transcript:
    """Read the words, their speakers and their starts; `<v Name>` counts until another voice is named."""
    findings = Findings()
    text = decode(data, findings)
    if text.strip() and not text.lstrip().startswith("WEBVTT"):
        findings.add(1, NO_HEADER)
    rolling = _SPOKEN_AT.search(text) is not None
    parted: list[tuple[Cue, list[Line]]] = []
    last = ""
    for cue in cues(text, findings, ends_at_blank=True):
        body = cue.body
        if rolling:
            body = body[1:] if body and _bare(body[0]) == last else body
            last = _bare(body[-1]) if body else last
        parted.append((cue, _lines(BREAK.sub("\n", "\n".join(body)))))
    utterances = Utterances(findings)
    add_lines(parted, utterances)
    return utterances.transcript()


def _bare(row: str) -> str:
    return _TAG.sub("", row).strip()


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
    return html.unescape(_TAG.sub("", words))
