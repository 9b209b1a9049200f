"""Who says which words of the talk: a table with a row for each passage, beside the forward index.

The forward index has all words in order; this table says who spoke them and when. It is written and opened together
with it, episode for episode. What is counted is not decided here.
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
"""A row for each passage, with the columns of `Column`."""


class Column(IntEnum):
    """The columns of the table."""

    TOKENS = 0
    """Number of words that the forward index has of the passage."""
    WORDS = 1
    """Number of words as a reader counts them: "don't" is one."""
    SPEAKER = 2
    """Number of the speaker: index into `Voices.speakers`."""
    START = 3
    """Milliseconds from the beginning of its episode; below 0 if unknown."""


_UNKNOWN: Final = -1
"""Start of a passage without a time."""
_NOBODY: Final = ""
"""Speaker of a passage for which the transcript names none."""
_TABLE: Final = "passages"
_LISTED: Final = "voices.json"


class Range(NamedTuple):
    """Where an episode's passages are: the first row and the number of rows."""

    first: int
    length: int


class Voices:
    """All passages of the talk, with those of an episode next to each other.

    Attributes:
        speakers: the names of the speakers, by number; empty for an unnamed one.
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

    def column(self, column: Column) -> Table:
        """Return one column of the table, with a number for each passage."""
        return self._table[:, column]

    @classmethod
    def open(cls, folder: Path) -> Voices:
        """Open what a `VoicesWriter` wrote; the table is mapped into memory, not read.

        Raises:
            DamagedIndexError: there is no such table, or its parts are inconsistent.
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
    """The passages of one episode, ready to be added; speakers are numbered within the episode."""

    table: Table
    speakers: tuple[str, ...]


def voiced(said: Iterable[tuple[Passage, int]]) -> Voiced:
    """Make the table of an episode from its passages, in order, each with its number of words in the forward index."""
    numbers: dict[str, int] = {}
    rows = [_row(passage, tokens, numbers) for passage, tokens in said]
    return Voiced(np.array(rows, np.int32).reshape(len(rows), len(Column)), tuple(numbers))


def _row(passage: Passage, tokens: int, numbers: dict[str, int]) -> tuple[int, int, int, int]:
    number = numbers.setdefault(passage.speaker or _NOBODY, len(numbers))
    start = _UNKNOWN if passage.start is None else round(passage.start.total_seconds() * 1000)
    return tokens, len(passage.text.split()), number, min(start, np.iinfo(np.int32).max)


class VoicesWriter:
    """Writes the table, episode by episode."""

    def __init__(self, folder: Path | None = None, known: Voices | None = None) -> None:
        """Write to memory or to a folder: after the known passages, or replacing what is there."""
        self._folder = folder
        self._numbers = {name: number for number, name in enumerate(known.speakers)} if known else {}
        self._episodes = dict(known.episodes) if known else {}
        self._rows = len(known) if known else 0
        file = folder / _TABLE if folder else None
        self._table = arrays.ArrayWriter(file, np.int32, self._rows * len(Column) if known else None)

    @classmethod
    def on(cls, folder: Path | None, without: Collection[EpisodeId]) -> VoicesWriter:
        """Start from the table in a folder without some episodes, or from nothing if there is no folder or no table.

        Raises:
            DamagedIndexError: the existing table is damaged.
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
        """Flush to disk, if there is a folder, and return the finished table."""
        if self._folder is None:
            return Voices(self._table.joined(0, len(Column)), tuple(self._numbers), self._episodes)
        self._table.flush()
        lengths = [rows.length for rows in self._episodes.values()]
        listed = {"speakers": [*self._numbers], "ids": [*self._episodes], "lengths": lengths}
        arrays.replaced(self._folder / _LISTED, json.dumps(listed).encode())
        return Voices.open(self._folder)
