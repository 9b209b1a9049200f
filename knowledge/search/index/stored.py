"""What the full-text index keeps of a document: the stems to find it by, and the passages to show.

Plain values, which can be sent between processes. How they are stored and found is in `fulltext`.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from itertools import takewhile
from typing import Final, NamedTuple, TypeAlias
from zlib import crc32

from knowledge.errors import DamagedIndexError
from knowledge.model import EpisodeId, ItemId, Passage
from knowledge.search.index.stemming import stems

FIELDS: Final = ("words", "names", "quoted")
"""Fields of the index with the stems of a document's texts."""
_CHECKSUM: Final = 4
"""Bytes of the checksum before stored passages: we show words exactly as they were stored, or not at all."""


@dataclass(frozen=True, slots=True)
class Document:
    """A document to index.

    Attributes:
        ids: its own id, or those of the passages it is made of.
        words: its text, in one or more parts; no phrase crosses from one part to the next.
        names: what people call it.
        quoted: the text of quotes about it, which are documents of their own.
        speakers: the people who say it.
        passages: the passages of a stretch of talk, stored in the index to save memory.
        worth: how quotable its best sentence is, from 1; 0 if no sentence makes sense by itself.
    """

    ids: tuple[ItemId, ...]
    episode: EpisodeId
    words: tuple[str, ...]
    names: tuple[str, ...] = ()
    quoted: tuple[str, ...] = ()
    speakers: tuple[str, ...] = ()
    passages: tuple[Passage, ...] = ()
    worth: int = 0


class Stemmed(NamedTuple):
    """A document as it goes into the index: plain values that can be sent between processes.

    Attributes:
        fields: pairs of a field's name and stems separated by spaces.
        passages: stored passages after their checksum; empty if there are none.
    """

    ids: tuple[ItemId, ...]
    episode: EpisodeId
    worth: int
    fields: tuple[tuple[str, str], ...]
    passages: bytes


def stemmed(document: Document) -> Stemmed:
    """Turn a document into the fields that go into the index."""
    fields: list[tuple[str, str]] = []
    for name, texts in zip(FIELDS, (document.words, document.names, document.quoted), strict=True):
        fields += ((name, " ".join(stems(text))) for text in texts)
    for speaker in document.speakers:
        named = " ".join(stems(speaker))
        fields += (("speaker", named), ("words", named))
    stored = b""
    if document.passages:
        said = json.dumps([_fields(passage) for passage in document.passages]).encode()
        stored = crc32(said).to_bytes(_CHECKSUM) + said
    return Stemmed(document.ids, document.episode, document.worth, tuple(fields), stored)


class Stretch:
    """A stretch of talk (consecutive passages, about sixty words), decoded when first used."""

    def __init__(self, stored: object) -> None:
        """Take what `stemmed` made of the passages; None if there are none."""
        self._written = stored

    @cached_property
    def _stored(self) -> bytes:
        stored = self._written
        if stored is None:
            return b""
        if not isinstance(stored, bytes) or crc32(stored[_CHECKSUM:]) != int.from_bytes(stored[:_CHECKSUM]):
            raise DamagedIndexError("a transcript's words fail their checksum")
        return stored[_CHECKSUM:]

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """Its passages, in order."""
        return tuple(map(_passage, json.loads(str(self._stored, "ascii")))) if self._stored else ()

    def ties(self, beginning: str) -> bool:
        """Tell whether a word that begins so may be hyphenated to another, or nothing is stored; decodes nothing."""
        stored, letters = self._stored.lower(), "".join(takewhile(str.isascii, beginning)).encode()
        before, after = b"-" + letters, letters + rb"[a-z0-9\\]*-"  # JSON writes letters beyond ASCII as \u...
        return not stored or before in stored or bool(re.search(after, stored))

    @cached_property
    def apart(self) -> list[list[str]]:
        """The stems of each passage."""
        return [stems(passage.text) for passage in self.passages]


_Fields: TypeAlias = tuple[ItemId, EpisodeId, int, str, str, str | None, float | None, bool, bool]


def _fields(p: Passage) -> _Fields:
    start = None if p.start is None else p.start.total_seconds()
    return (p.id, p.episode, p.number, p.text, p.source, p.speaker, start, p.approximate, p.aloud)


def _passage(fields: _Fields) -> Passage:
    id_, episode, number, text, source, speaker, start, approximate, aloud = fields
    when = None if start is None else timedelta(seconds=start)
    return Passage(id_, episode, number, text, source, speaker, when, approximate, aloud)
