"""Who says which words of the talk: a row a passage, beside the forward index of the same talk.

The forward index has all words in order; this one tells whose they are, and when they were said. It is written and
opened with that one, episode for episode. What is counted is not decided here.
"""

from __future__ import annotations

import json
from collections.abc import Container, Iterable, Mapping, Sequence
from enum import IntEnum
from pathlib import Path
from typing import Final, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from knowledge.errors import DamagedIndexError
from knowledge.model import EpisodeId, Passage

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
            episodes = {EpisodeId(id): Range(int(first), int(length)) for id, first, length in listed["episodes"]}
            file = folder / _TABLE
            flat = np.asarray(np.memmap(file, np.int32, "r")) if file.stat().st_size else np.empty(0, np.int32)
            table = flat.reshape(sum(rows.length for rows in episodes.values()), len(Column))
        except (OSError, ValueError, TypeError, KeyError) as error:
            raise DamagedIndexError(error) from error
        return cls(table, speakers, episodes)

    def save(self, folder: Path) -> None:
        """Write it to a folder.

        Raises:
            OSError: it can't be written.
        """
        listed = {"speakers": self.speakers, "episodes": [[id, *rows] for id, rows in self.episodes.items()]}
        for name, data in {_TABLE: self._table.tobytes(), _LISTED: json.dumps(listed).encode()}.items():
            file = folder / name
            file.unlink(missing_ok=True)  # it may be a link to another index's, and is not to change there
            file.write_bytes(data)


class VoicesWriter:
    """Gathers the passages of a library, episode by episode."""

    def __init__(self) -> None:
        self._parts: list[Table] = []
        self._numbers: dict[str, int] = {}
        self._episodes: dict[EpisodeId, Range] = {}
        self._rows = 0

    @classmethod
    def on(cls, folder: Path | None, without: Container[EpisodeId]) -> VoicesWriter:
        """Begin with what is in a folder but some episodes; with nothing where there is none, or None.

        Raises:
            DamagedIndexError: what is there is damaged.
        """
        writer = cls()
        if folder and (folder / _LISTED).exists():
            known = Voices.open(folder)
            writer._numbers = {name: number for number, name in enumerate(known.speakers)}
            for id in known.episodes:
                if id not in without:
                    writer._take(id, known.of(id))
        return writer

    def add(self, episode: EpisodeId, said: Iterable[tuple[Passage, int]]) -> None:
        """Add the passages of one episode, in order, one or more, each with its words in the forward index."""
        rows = [self._row(passage, tokens) for passage, tokens in said]
        self._take(episode, np.array(rows, np.int32).reshape(len(rows), len(Column)))

    def _row(self, passage: Passage, tokens: int) -> tuple[int, int, int, int]:
        number = self._numbers.setdefault(passage.speaker or _NOBODY, len(self._numbers))
        start = _UNKNOWN if passage.start is None else round(passage.start.total_seconds() * 1000)
        return tokens, len(passage.text.split()), number, min(start, np.iinfo(np.int32).max)

    def _take(self, episode: EpisodeId, rows: Table) -> None:
        self._episodes[episode] = Range(self._rows, len(rows))
        self._rows += len(rows)
        self._parts.append(rows)

    def finish(self) -> Voices:
        """Return all that was added."""
        table = np.concatenate([np.empty((0, len(Column)), np.int32), *self._parts])
        return Voices(table, tuple(self._numbers), self._episodes)
