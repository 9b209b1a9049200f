"""Finds whose a handle is, such as "bkeeper": somebody says it of themselves, or somebody else of a person they name.

Only what is said counts: "I'm bkeeper on GitHub", "Ann Lee, a.k.a. bkeeper", "you may know him as bkeeper". Initials by
themselves are nobody's. Which of the names that stand before it is meant is for the caller, who knows the names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from knowledge.search import rarity
from knowledge.search.introducing import I_AM
from knowledge.search.search import Search

_OWN: Final = ("I am", "I'm")
_OTHERS: Final = ("aka", "a.k.a.", "known as", "know him as", "know her as", "know them as", "goes by", "go by")
_NEAR: Final = 100
"""Characters before a handle in which the name of its owner may be."""
_LINK: Final = re.compile(
    r"[\s,.(-]*(?:\b(?:who|also|is|was|better|mostly|you|may|might|he|she|they|has|been)\b(?:['’]s)?[\s,.]*)*$",
    re.IGNORECASE,
)
"""What may stand between a name and "known as"."""


@dataclass(frozen=True, slots=True)
class Said:
    """That somebody goes by a handle.

    Attributes:
        speaker: whose it is, where that is who speaks; as the transcript writes it.
        before: else what is said before it, which ends in the name if it is a person's.
    """

    speaker: str | None = None
    before: str = ""


def said_of(handle: str, search: Search) -> Iterator[Said]:
    """Yield what is said in a library on whose a handle is; nothing for an English word."""
    if rarity.frequency(handle) or not search.knows(handle):
        return
    # Texts, not patterns: of most words nothing is said in this way, and to compile them takes longer than to find out.
    of_oneself = rf"{I_AM} @?{re.escape(handle)} (?:on|at|in|over on) "
    for passage in search.said_after(_OWN, handle):
        if passage.speaker and re.search(of_oneself, passage.text, re.IGNORECASE):
            yield Said(passage.speaker)
    of_another = rf"(?:{'|'.join(map(re.escape, _OTHERS))}) @?{re.escape(handle)}\b"
    for passage in search.said_after(_OTHERS, handle):
        for found in re.finditer(of_another, passage.text, re.IGNORECASE):
            before = passage.text[max(found.start() - _NEAR, 0) : found.start()]
            yield Said(before=_LINK.sub("", before))
