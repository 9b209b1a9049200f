"""A forward index: the words and the meaning of each document, as arrays that are looked at many rows at a time.

The full-text index finds the documents that have a word; this one tells what else the documents found have. It is
written and opened beside that one, row for row. What a figure is worth is not decided here.
"""

from __future__ import annotations

import json
import re
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final, NamedTuple, TypeAlias
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from knowledge.errors import DamagedIndexError
from knowledge.model import EpisodeId
from knowledge.search.index.fulltext import ROOM, Document, stems
from knowledge.search.meaning import Meanings

Rows: TypeAlias = NDArray[np.int64]
Codes: TypeAlias = NDArray[np.uint32]

_WORD: Final = re.compile(r"[^\W_]+")
_FORMS: Final = 2**17
"""Words whose codes are remembered while an index is written or questions are answered."""
_STEM: Final = np.uint32(0xFFFFFF00)
_FORM: Final = 0xFF
_PARTS: Final = {"tokens": np.uint32, "ends": np.int64, "meanings": np.int8, "asks": np.bool_}


@lru_cache(maxsize=_FORMS)
def code(word: str) -> int:
    """Return a word's code: 24 bits of its stem's checksum, then 8 of its own as it is written; 0 without a stem."""
    found = stems(word)
    return stem_code(found[0]) | crc32(word.encode()) & _FORM if found else 0


def stem_code(stem: str) -> int:
    """Return what the codes of all words of one stem have in common."""
    return crc32(stem.encode()) & int(_STEM)


def coded(text: str) -> list[int]:
    """Return the codes of a text's words, in order."""
    sound = text if text.isascii() else text.encode(errors="replace").decode()
    return [code(word) for word in _WORD.findall(sound.lower())]


class Span(NamedTuple):
    """Where the rows of an episode are: its number in the index, the first of them and how many there are."""

    ordinal: int
    first: int
    rows: int


@dataclass(frozen=True, slots=True)
class Window:
    """The words of some rows, one after the other.

    Attributes:
        stems: the codes of the words' stems.
        forms: the words as they are written, 0 to 255.
        owners: which of the rows each word is of, counted from 0.
        lengths: the number of words of each row.
    """

    stems: Codes
    forms: Codes
    owners: Rows
    lengths: Rows


class ForwardIndex:
    """Documents as rows, those of an episode one after the other.

    Attributes:
        meanings: the meaning of each row, compact; see `Meanings.vectors`.
        asks: whether each row ends with a question.
    """

    def __init__(
        self,
        tokens: Codes,
        ends: Rows,
        meanings: NDArray[np.int8],
        asks: NDArray[np.bool_],
        episodes: Mapping[EpisodeId, Span],
    ) -> None:
        self._tokens = tokens
        self._ends = ends
        self.meanings = meanings
        self.asks = asks
        self._episodes = episodes
        spans = episodes.values()
        self._ordinals = np.array([span.ordinal for span in spans], np.int64)
        self._starts = np.array([span.first for span in spans], np.int64)
        self._first = np.full(self._ordinals.max(initial=-1) + 2, -1, np.int64)
        self._last = self._first.copy()
        self._first[self._ordinals] = self._starts
        self._last[self._ordinals] = self._starts + [span.rows - 1 for span in spans]

    def __len__(self) -> int:
        return len(self.asks)

    def rows(self, places: Sequence[int]) -> Rows:
        """Return the rows of documents by their places.

        Raises:
            DamagedIndexError: there is no such row.
        """
        wanted = np.array(places, np.int64)
        ordinals = np.minimum(wanted // ROOM, len(self._first) - 1)
        rows = self._first[ordinals] + wanted % ROOM
        if np.any(self._first[ordinals] < 0) or np.any(rows > self._last[ordinals]):
            raise DamagedIndexError("it has no row where a document is")
        return rows

    def around(self, places: Sequence[int], steps: int) -> tuple[Rows, Rows]:
        """Return the first and the last row at most so many away from each place, within its episode."""
        rows = self.rows(places)
        ordinals = np.array(places, np.int64) // ROOM
        return np.maximum(rows - steps, self._first[ordinals]), np.minimum(rows + steps, self._last[ordinals])

    def counts(self, ordinals: Rows) -> Rows:
        """Return how many rows the episodes have."""
        return self._last[ordinals] - self._first[ordinals] + 1

    def within(self, episode: EpisodeId | None) -> range:
        """Return the rows of one episode, or all."""
        if episode is None:
            return range(len(self))
        span = self._episodes.get(episode, Span(0, 0, 0))
        return range(span.first, span.first + span.rows)

    def places(self, rows: Rows) -> list[int]:
        """Return the places of rows."""
        number = np.searchsorted(self._starts, rows, side="right") - 1
        places: list[int] = (self._ordinals[number] * ROOM + rows - self._starts[number]).tolist()
        return places

    def words(self, first: Rows, last: Rows) -> Window:
        """Return the words from a first to a last row, for each pair of them.

        Raises:
            DamagedIndexError: the rows end where they can't.
        """
        begins, ends = self._ends[first], self._ends[last + 1]
        lengths = ends - begins
        if len(lengths) and (lengths.min() < 0 or begins.min() < 0 or ends.max() > len(self._tokens)):
            raise DamagedIndexError("its rows don't end where they should")
        owners = np.repeat(np.arange(len(lengths)), lengths)
        offsets = np.repeat(begins - np.cumsum(lengths) + lengths, lengths)
        tokens = self._tokens[offsets + np.arange(len(owners))]
        return Window(tokens & _STEM, tokens & np.uint32(_FORM), owners, lengths)

    @classmethod
    def open(cls, folder: Path) -> ForwardIndex:
        """Open what `save` wrote; the arrays are mapped into memory, not read.

        Raises:
            DamagedIndexError: there is no such index, or its parts don't fit together.
        """
        try:
            episodes = {EpisodeId(id): Span(*map(int, span)) for id, *span in json.loads(_listed(folder).read_bytes())}
            arrays = [np.load(folder / f"{part}.npy", mmap_mode="r") for part in _PARTS]
            if [array.dtype for array in arrays] != list(_PARTS.values()):
                raise DamagedIndexError("a part of its forward index holds something else")
            tokens, ends, meanings, asks = arrays
            if not len(ends) - 1 == len(asks) == len(meanings) == sum(span.rows for span in episodes.values()):
                raise DamagedIndexError("the parts of its forward index differ in length")
            return cls(tokens, ends, meanings, asks, episodes)
        except (OSError, ValueError, TypeError, EOFError) as error:
            raise DamagedIndexError(error) from error

    def save(self, folder: Path) -> None:
        """Write it to a folder.

        Raises:
            OSError: it can't be written.
        """
        folder.mkdir(exist_ok=True)
        np.save(folder / "tokens.npy", self._tokens)
        np.save(folder / "ends.npy", self._ends)
        np.save(folder / "meanings.npy", self.meanings)
        np.save(folder / "asks.npy", self.asks)
        listed = [[id, *span] for id, span in self._episodes.items()]
        _listed(folder).write_text(json.dumps(listed), encoding="utf-8")

    def kept(self, without: Container[EpisodeId]) -> ForwardWriter:
        """Return a writer that has all of it but some episodes."""
        writer = ForwardWriter()
        for id, (ordinal, first, count) in self._episodes.items():
            if id not in without:
                ends, rows = self._ends[first : first + count + 1], slice(first, first + count)
                tokens = self._tokens[ends[0] : ends[-1]]
                writer.take(id, ordinal, tokens, np.diff(ends), self.meanings[rows], self.asks[rows])
        return writer


class ForwardWriter:
    """Gathers the rows of a forward index, episode by episode."""

    def __init__(self) -> None:
        self._tokens: list[Codes] = []
        self._lengths: list[Rows] = []
        self._meanings: list[NDArray[np.int8]] = []
        self._asks: list[NDArray[np.bool_]] = []
        self._episodes: dict[EpisodeId, Span] = {}
        self._rows = 0

    def add(self, documents: Sequence[Document], ordinal: int) -> None:
        """Add the documents of one episode, in the order in which the full-text index has them."""
        if not documents:
            return
        texts = [" ".join((*each.words, *each.names, *each.quoted)) for each in documents]
        codes = list(map(coded, texts))
        tokens = np.fromiter((each for of_one in codes for each in of_one), np.uint32)
        asks = np.array([each.words[-1].rstrip().endswith("?") for each in documents], np.bool_)
        lengths = np.array(list(map(len, codes)), np.int64)
        self.take(documents[0].episode, ordinal, tokens, lengths, Meanings.load().vectors(texts), asks)

    def take(
        self,
        episode: EpisodeId,
        ordinal: int,
        tokens: Codes,
        lengths: Rows,
        meanings: NDArray[np.int8],
        asks: NDArray[np.bool_],
    ) -> None:
        """Add the rows of one episode as they are kept."""
        self._episodes[episode] = Span(ordinal, self._rows, len(asks))
        self._rows += len(asks)
        self._tokens.append(tokens)
        self._lengths.append(lengths)
        self._meanings.append(meanings)
        self._asks.append(asks)

    def finish(self) -> ForwardIndex:
        """Return all that was added."""
        empty = np.empty((0, Meanings.load().dimensions), np.int8)
        ends = np.cumsum(np.concatenate([np.zeros(1, np.int64), *self._lengths]))
        return ForwardIndex(
            np.concatenate([np.empty(0, np.uint32), *self._tokens]),
            ends,
            np.concatenate([empty, *self._meanings]),
            np.concatenate([np.empty(0, np.bool_), *self._asks]),
            self._episodes,
        )


def _listed(folder: Path) -> Path:
    return folder / "episodes.json"
