"""Parts of passages, and the ids by which we find them again: buttons carry nothing else.

Where to cut is decided elsewhere: in `quotable.py` for a sentence, in `answer_sentences.py` for an answer.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from knowledge.model import ItemId, Passage
from knowledge.search.transcript import start_within

_PART: Final = re.compile(r"#(?:saying\d*|words(?P<begin>\d+)[+](?P<length>\d+))$", re.ASCII)
"""Ends the id of a part and no other id: a quotable sentence, or characters from an offset in a passage."""


def passage_of(id: ItemId) -> ItemId | None:
    """Return the id of the passage in which a part begins; None for any other id."""
    found = _PART.search(id)
    return ItemId(id[: found.start()]) if found else None


def part(passage: Passage, begin: int, text: str) -> Passage:
    """Return words from an offset in a passage, in characters; they may run on into what the same person says next."""
    if not begin and text == passage.text:
        return passage
    id = ItemId(f"{passage.id}#words{begin}+{len(text)}")
    approximate = passage.start is not None and (begin > 0 or passage.approximate)
    return replace(passage, id=id, text=text, start=start_within(passage, begin), approximate=approximate)


def words_at(id: ItemId, passage: Passage, following: Iterable[Passage]) -> Passage | None:
    """Return the part with an id, given the passage in which it begins and those after; None for another kind of id.

    Reads `following` only as far as the part goes.
    """
    found = _PART.search(id)
    if found is None or found["begin"] is None:
        return None
    begin, length = int(found["begin"]), int(found["length"])
    text = passage.text[begin:].rstrip()
    for each in following:
        if len(text) >= length or each.voice != passage.voice:
            break
        text = f"{text} {each.text.rstrip()}"
    return part(passage, begin, text[:length]) if 0 < length <= len(text) else None


def through(id: ItemId, said: Iterable[Passage]) -> list[Passage]:
    """Return the passages that a part covers; `said` starts with the one in which it begins."""
    found = _PART.search(id)
    left = int(found["begin"]) + int(found["length"]) if found and found["begin"] else 0
    passages: list[Passage] = []
    for each in said:
        passages.append(each)
        left -= len(each.text.rstrip()) + 1
        if left <= 0:
            break
    return passages
