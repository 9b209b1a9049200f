"""Cuts long texts down to what a chat has room for, around what was asked for.

Whole words in, whole words out; nothing is reworded.
"""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from textwrap import shorten
from typing import Final

from knowledge.search.index import stems
from knowledge.search.words import spans

SHORT: Final = 300
"""Characters of an episode's summary that are shown; some feeds write pages."""
_BEFORE: Final = 15
"""Characters before what was asked for that are shown with it."""


def excerpt(text: str, length: int = SHORT, *, at: int = 0) -> str:
    """Cut a text down to about so many characters, from shortly before a place on."""
    if len(text) <= length:
        return text
    begin = text.rfind(" ", 0, at - _BEFORE) + 1 if at > _BEFORE else 0
    shown = shorten(text[begin:], length, placeholder=" …", break_on_hyphens=False)
    return f"… {shown}" if begin else shown


def densest(text: str, asked: AbstractSet[str], length: int = SHORT) -> int:
    """Find where most of the stems asked for stand within so many characters: the place of the first of them."""
    found = [begin for word, begin, _ in spans(text) if not asked.isdisjoint(stems(word))]
    return max(found, key=lambda at: sum(at <= other < at + length for other in found), default=0)
