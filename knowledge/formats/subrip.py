"""Reads SubRip (`.srt`), with speakers as `Name: ` before the words, as Podcasting 2.0 specifies.

https://github.com/Podcastindex-org/podcast-namespace/blob/main/docs/examples/transcripts/transcripts.md
"""

from __future__ import annotations

import html
import re

from knowledge.formats.cues import Line, add_cues, rows
from knowledge.formats.text import decode
from knowledge.formats.transcript import Transcript
from knowledge.formats.utterances import Utterances

_TAG = re.compile(r"</?(?:[biu]|font)\b[^<>]{0,200}>|\{\\[^{}]{0,100}\}", re.IGNORECASE)


def read_subrip(data: bytes) -> Transcript:
    """Read the words, their speakers and their starts."""
    utterances = Utterances()
    add_cues(decode(data, utterances.findings), utterances, _lines, ends_at_blank=False)
    return utterances.transcript()


def _lines(body: str) -> list[Line]:
    return [Line("", row) for row in rows(html.unescape(_TAG.sub("", body)))]
