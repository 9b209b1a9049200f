"""Cuts long texts down to what a chat has room for, around what was asked for.

Whole words in, whole words out; nothing is reworded.
"""

from __future__ import annotations

import re
from textwrap import shorten
from typing import Final

SHORT: Final = 300
"""Characters of an episode's summary that are shown; some feeds write pages."""
BEFORE: Final = 0.25
"""Share of what is shown that comes before what was asked for."""
_SENTENCE_BEGINS: Final = re.compile(r"[.!?…]\s+")


def excerpt(text: str, length: int = SHORT, *, at: int = 0) -> str:
    """Cut a text down to about so many characters: from where the sentence begins, or shortly before a place, on."""
    if len(text) <= length:
        return text
    earliest = max(at - int(length * BEFORE), 0)
    sentences = [found.end() for found in _SENTENCE_BEGINS.finditer(text, earliest, at)]
    begin = sentences[-1] if sentences else text.rfind(" ", 0, earliest) + 1
    shown = shorten(text[begin:], length, placeholder=" …", break_on_hyphens=False)
    return f"… {shown}" if begin else shown
