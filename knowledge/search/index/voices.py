"""Who says which words of the talk: a row a passage, beside the forward index of the same talk.

The forward index has all words in order; this one tells whose they are, and when they were said. It is written and
opened with that one, episode for episode. What is counted is not decided here.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from enum import IntEnum
from itertools import accumulate
from pathlib import Path
from typing import Final, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from knowledge.errors import DamagedIndexError
from knowledge.model import EpisodeId, Passage
from knowledge.search.index import arrays

Table: TypeAlias = NDArray[np.int32]
"""A row a passage, with the columns of `Column`."""


class Column(IntEnum):
    """What the table has of a passage."""

    TOKENS = 0
    """Words in the forward index."""
    WORDS = 1
    """Words as a reader counts them, who takes "don't" for one."""
    SPEAKER = 2
    """The number of the speaker."""
    START = 3
    """Milliseconds from the beginning of the episode; below 0 where unknown."""


_UNKNOWN: Final = -1
"""In place of a start that is not known."""
_NOBODY: Final = ""
"""In place of a speaker whom the transcript does not name."""
_TABLE: Final = "passages"
_LISTED: Final = "voices.json"


class Range(NamedTuple):
    """Where the passages of an episode are: the first of them and how many there are."""

    first: int
    length: int


class Voices:
    """All passages of the talk, those of an episode one after the other.

    Attributes:
        speakers: the names of the speakers, by number; empty for those who are not named.
        episodes: where the passages of each are, in the order of the forward index.
    """

    def __init__(self, table: Table, speakers: Sequence[str], episodes: Mapping[EpisodeId, Range]) -> None:
        self._table = table
        self.speakers = tuple(speakers)
        self.episodes = episodes

    def __len__(self) -> int:
        return len(self._table)

    def of(self, episode: EpisodeId) -> Table:
        """Return the rows of an episode."""
        first, length = self.episodes.get(episode, Range(0, 0))
        return self._table[first : first + length]

    @property
    def tokens(self) -> Table:
        """How many words the forward index has of each passage."""
        return self._table[:, Column.TOKENS]

    @property
    def words(self) -> Table:
        """How many words each passage has as a reader counts them."""
        return self._table[:, Column.WORDS]

    @property
    def speaker(self) -> Table:
        """The number of each passage's speaker."""
        return self._table[:, Column.SPEAKER]

    @property
    def starts(self) -> Table:
        """When each passage begins, in milliseconds from the beginning of its episode; below 0 where unknown."""
        return self._table[:, Column.START]

    @classmethod
    def open(cls, folder: Path) -> Voices:
        """Open what `save` wrote; the table is mapped into memory, not read.

        Raises:
            DamagedIndexError: there is no such table, or its parts don't fit together.
        """
        try:
            listed = json.loads((folder / _LISTED).read_bytes())
            speakers = [str(each) for each in listed["speakers"]]
            lengths = list(map(int, listed["lengths"]))
            firsts, rows = accumulate(lengths, initial=0), sum(lengths)
            episodes = {EpisodeId(id): Range(*span) for id, *span in zip(listed["ids"], firsts, lengths, strict=False)}
            table = arrays.mapped(folder / _TABLE, np.int32, rows, len(Column))
        except (OSError, ValueError, TypeError, KeyError) as error:
            raise DamagedIndexError(error) from error
        return cls(table, speakers, episodes)


class Voiced(NamedTuple):
    """The passages of one episode, to be added: a table, with the numbers of its own speakers."""

    table: Table
    speakers: tuple[str, ...]


def voiced(said: Iterable[tuple[Passage, int]]) -> Voiced:
    """Make a table of the passages of one episode, in order, each with its words in the forward index."""
    numbers: dict[str, int] = {}
    rows = [_row(passage, tokens, numbers) for passage, tokens in said]
    return Voiced(np.array(rows, np.int32).reshape(len(rows), len(Column)), tuple(numbers))


def _row(passage: Passage, tokens: int, numbers: dict[str, int]) -> tuple[int, int, int, int]:
    number = numbers.setdefault(passage.speaker or _NOBODY, len(numbers))
    start = _UNKNOWN if passage.start is None else round(passage.start.total_seconds() * 1000)
    return tokens, len(passage.text.split()), number, min(start, np.iinfo(np.int32).max)


class VoicesWriter:
    """Takes the passages of a library, episode by episode."""

    def __init__(self, folder: Path | None = None, known: Voices | None = None) -> None:
        """Write to memory or to a folder: behind what is known there, or in place of what is there."""
        self._folder = folder
        self._numbers = {name: number for number, name in enumerate(known.speakers)} if known else {}
        self._episodes = dict(known.episodes) if known else {}
        self._rows = len(known) if known else 0
        file = folder / _TABLE if folder else None
        self._table = arrays.ArrayWriter(file, np.int32, self._rows * len(Column) if known else None)

    @classmethod
    def on(cls, folder: Path | None, without: Collection[EpisodeId]) -> VoicesWriter:
        """Begin with what is in a folder but some episodes; with nothing where there is none, or None.

        Raises:
            DamagedIndexError: what is there is damaged.
        """
        if folder is None or not (folder / _LISTED).exists():
            return cls(folder)
        known = Voices.open(folder)
        if known.episodes.keys().isdisjoint(without):
            return cls(folder, known)
        writer = cls(folder)
        for id in known.episodes:
            if id not in without:
                writer.add(id, Voiced(known.of(id), known.speakers))
        return writer

    def add(self, episode: EpisodeId, said: Voiced) -> None:
        """Add the passages of one episode, one or more."""
        numbers = np.array([self._numbers.setdefault(name, len(self._numbers)) for name in said.speakers], np.int32)
        table = said.table.copy()
        table[:, Column.SPEAKER] = numbers[table[:, Column.SPEAKER]]
        self._episodes[episode] = Range(self._rows, len(table))
        self._rows += len(table)
        self._table.add(table)

    def finish(self) -> Voices:
        """Return all that was added, once it is written."""
        if self._folder is None:
            return Voices(self._table.joined(0, len(Column)), tuple(self._numbers), self._episodes)
        self._table.flush()
        lengths = [rows.length for rows in self._episodes.values()]
        listed = {"speakers": [*self._numbers], "ids": [*self._episodes], "lengths": lengths}
        arrays.replaced(self._folder / _LISTED, json.dumps(listed).encode())
        return Voices.open(self._folder)
