"""Finds whose handle something is, such as "bkeeper": its owner says so, or somebody who names the owner.

Counts only what is said: "I'm bkeeper on GitHub", "Ann Lee, a.k.a. bkeeper", "you may know him as bkeeper". Initials
alone identify nobody. Which of the names before the handle is meant is decided by the caller, who knows the names.
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
"""Characters before a handle in which to look for its owner's name."""
_LINK: Final = re.compile(
    r"[\s,.(-]*(?:\b(?:who|also|is|was|better|mostly|you|may|might|he|she|they|has|been)\b(?:['’]s)?[\s,.]*)*$",
    re.IGNORECASE,
)
"""What may come between a name and "known as"."""


@dataclass(frozen=True, slots=True)
class Said:
    """Somebody's words about whose handle it is.

    Attributes:
        speaker: the speaker, as written in the transcript, if it is their own.
        before: otherwise the words before it, which end with the owner's name if they name a person.
    """

    speaker: str | None = None
    before: str = ""


def said_of(handle: str, search: Search) -> Iterator[Said]:
    """Yield what the library says about whose handle this is; nothing for an English word."""
    if rarity.frequency(handle) or not search.knows(handle):
        return
    # Not compiled: of most words nothing is said in this way, and compiling takes longer than finding that out.
    of_oneself = rf"{I_AM} @?{re.escape(handle)} (?:on|at|in|over on) "
    for passage in search.said_after(_OWN, handle):
        if passage.speaker and re.search(of_oneself, passage.text, re.IGNORECASE):
            yield Said(passage.speaker)
    of_another = rf"(?:{'|'.join(map(re.escape, _OTHERS))}) @?{re.escape(handle)}\b"
    for passage in search.said_after(_OTHERS, handle):
        for found in re.finditer(of_another, passage.text, re.IGNORECASE):
            before = passage.text[max(found.start() - _NEAR, 0) : found.start()]
            yield Said(before=_LINK.sub("", before))
