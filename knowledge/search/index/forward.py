"""A forward index: the words and the meaning of each document, as arrays for working on many rows at a time.

The full-text index finds the documents that contain a word; this one says what else those documents contain. It is
written and opened together with it, row for row. What a feature is worth is not decided here.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Container, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, chain, islice, pairwise
from pathlib import Path
from typing import Final, NamedTuple, TypeAlias
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from knowledge.cutting import ends_asking
from knowledge.errors import DamagedIndexError
from knowledge.model import EpisodeId
from knowledge.search.index.arrays import ArrayWriter, mapped, release, replaced
from knowledge.search.index.fulltext import ROOM
from knowledge.search.index.stemming import sound, stems
from knowledge.search.index.stored import Document
from knowledge.search.meaning import Meanings
from knowledge.search.words import SIGN

Rows: TypeAlias = NDArray[np.int64]
Codes: TypeAlias = NDArray[np.uint32]

_WORD: Final = re.compile(rf"[^\W_]+(?:{SIGN})?")
_REMEMBERED: Final = 2**17
"""Size of the cache of word codes, used both for indexing and for questions."""
_BLOCK: Final = 2**17
"""Words compared at a time, so that intermediate results fit into the processor's cache."""
_LONG_SCAN: Final = 2**24
"""Words (64 MB of codes) from which a scan releases the mapped memory afterwards."""
FORMS: Final = 256
"""How many written forms of one stem a code can tell apart: its lowest 8 bits."""
_STEM: Final = np.uint32(0xFFFFFF00)
"""Mask for the part of a code that all words of one stem share."""
_NO_WORDS: Final[Codes] = np.empty(0, np.uint32)
_EPISODES: Final = "episodes.json"
_TOKENS, _ENDS, _MEANINGS, _ASKS = "tokens", "ends", "meanings", "asks"


@lru_cache(maxsize=_REMEMBERED)
def code(word: str) -> int:
    """Return a word's code: 24 bits of its stem's checksum, then 8 bits of its own; 0 for a word without a stem."""
    found = stems(word)
    return stem_code(found[0]) | form(word) if found else 0


def stem_code(stem: str) -> int:
    """Return the part of a code that all words of one stem share."""
    return crc32(stem.encode()) & int(_STEM)


def form(word: str) -> int:
    """Return the part of a word's code that depends on how it is written, 0 to 255."""
    return crc32(word.encode()) % FORMS


def words_in(text: str) -> list[str]:
    """Split a text into the words that get a code each, in lower case."""
    return _WORD.findall(sound(text).lower())


def tied(text: str, n: int) -> list[tuple[str, str]]:
    """Return the pairs that the word numbered n (from 0) makes with neighbours it is hyphenated to: zig, zag."""
    words = list(islice(_WORD.finditer(sound(text)), n + 2))[max(n - 1, 0) :]
    return [(a[0], b[0]) for a, b in pairwise(words) if a.string[a.end() : b.start()] == "-"]


def coded(text: str) -> list[int]:
    """Return the codes of a text's words, in order."""
    return list(map(code, words_in(text)))


class Coded(NamedTuple):
    """The rows of one episode, ready to be added.

    Attributes:
        tokens: the codes of all words, row after row.
        lengths: the number of words in each row.
        meanings: the compact vector of each row.
        asks: whether each row ends with a question.
    """

    tokens: Codes
    lengths: Rows
    meanings: NDArray[np.int8]
    asks: NDArray[np.bool_]


def rows_of(documents: Sequence[Document]) -> tuple[Coded, list[int]]:
    """Make rows of the documents of one episode, one or more, in the order in which the full-text index has them.

    Also returns the number of words in each of their parts: words, names, then quoted.
    """
    parts = [(*each.words, *each.names, *each.quoted) for each in documents]
    codes = list(map(coded, chain.from_iterable(parts)))
    counts = list(map(len, codes))
    left = iter(counts)
    return Coded(
        np.array(list(chain.from_iterable(codes)), np.uint32),
        np.array([sum(islice(left, len(of_one))) for of_one in parts], np.int64),
        Meanings.load().vectors(map(" ".join, parts)),
        np.array([ends_asking(each.words[-1]) for each in documents], np.bool_),
    ), counts


class Span(NamedTuple):
    """Where an episode's rows are: its ordinal in the index, its first row and its number of rows."""

    ordinal: int
    first: int
    rows: int


@dataclass(frozen=True, slots=True)
class Window:
    """The words of some rows, row after row.

    Attributes:
        codes: of the words.
        stems: of the words, without the bits for their form.
        lengths: the number of words in each row.
        ends: for each row, the number of words up to its end.
    """

    codes: Codes
    stems: Codes
    lengths: Rows
    ends: Rows

    def forms(self, words: Rows) -> Codes:
        """Return the form of each of these words, 0 to 255; words are numbered through the window."""
        return self.codes[words] % np.uint32(FORMS)

    def owners(self, words: Rows) -> Rows:
        """Return the row, counted from 0, that contains each of these words; words are numbered through the window."""
        return np.searchsorted(self.ends, words, side="right")

    def near(self, stems: Sequence[int], within: int) -> NDArray[np.bool_]:
        """Tell for each row whether the rarest of some stems has all others at most `within` words before or after."""
        rarest, *others = sorted((np.flatnonzero(self.stems == np.uint32(stem)) for stem in stems), key=len)
        rows = self.owners(rarest)
        near = np.ones(len(rarest), np.bool_)
        for other in others:
            after = np.searchsorted(other, rarest)
            beside = (other[np.clip(at, 0, len(other) - 1)] for at in (after - 1, after))
            near &= np.any([(abs(at - rarest) <= within) & (self.owners(at) == rows) for at in beside], axis=0)
        return np.isin(np.arange(len(self.lengths)), rows[near])


class ForwardIndex:
    """Documents as rows, with the rows of an episode next to each other.

    Attributes:
        meanings: the compact vector of each row; see `Meanings.vectors`.
        asks: whether each row ends with a question.
        spans: where the rows of each episode are.
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
        self.spans = episodes
        spans = episodes.values()
        self._ordinals = np.array([span.ordinal for span in spans], np.int64)
        self._firsts = np.array([span.first for span in spans], np.int64)
        self._lasts = np.array([span.first + span.rows - 1 for span in spans], np.int64)
        self._numbers = np.full(self._ordinals.max(initial=-1) + 2, -1, np.int64)
        self._numbers[self._ordinals] = np.arange(len(spans))

    def __len__(self) -> int:
        return len(self.asks)

    def rows(self, places: Sequence[int]) -> Rows:
        """Return the rows of documents by their places (see `TextMatch`).

        Raises:
            DamagedIndexError: there is no such row.
        """
        wanted = np.array(places, np.int64)
        number = self._numbers[np.minimum(wanted // ROOM, len(self._numbers) - 1)]
        if np.any(number < 0):
            raise DamagedIndexError("it has no rows where an episode is")
        rows = self._firsts[number] + wanted % ROOM
        if np.any(rows > self._lasts[number]):
            raise DamagedIndexError("it has no row where a document is")
        return rows

    def episodes(self, rows: Rows) -> tuple[Rows, Rows]:
        """Return the first and the last row of the episode that each row belongs to."""
        number = np.searchsorted(self._firsts, rows, side="right") - 1
        return self._firsts[number], self._lasts[number]

    def within(self, episode: EpisodeId | None) -> range:
        """Return the rows of one episode (none if it has no rows), or of all."""
        if episode is None:
            return range(len(self))
        span = self.spans.get(episode, Span(0, 0, 0))
        return range(span.first, span.first + span.rows)

    def places(self, rows: Rows) -> list[int]:
        """Return the places of rows (see `TextMatch`)."""
        number = np.searchsorted(self._firsts, rows, side="right") - 1
        places: list[int] = (self._ordinals[number] * ROOM + rows - self._firsts[number]).tolist()
        return places

    def words(self, first: Rows, last: Rows) -> Window:
        """Return the words from the first to the last row of each pair.

        Raises:
            DamagedIndexError: the ends of rows are out of range.
        """
        begins, ends = self._ends[first], self._ends[last + 1]
        lengths = ends - begins
        if len(lengths) and (lengths.min() < 0 or begins.min() < 0 or ends.max() > len(self._tokens)):
            raise DamagedIndexError("its rows don't end where they should")
        # Adjacent rows are copied as one slice.
        apart = begins[1:] != ends[:-1]
        runs = map(slice, begins[np.append(True, apart)].tolist(), ends[np.append(apart, True)].tolist())
        codes = np.concatenate([_NO_WORDS, *map(self._tokens.__getitem__, runs if len(begins) else ())])
        return Window(codes, codes & _STEM, lengths, np.cumsum(lengths))

    def saying(self, stems: Sequence[int], rarest: int, among: range | Rows) -> Rows:
        """Find where words with these stems follow one another; returns the numbers of the first words, ascending.

        Words are numbered through the whole index; a match may cross from one row into the next.

        Args:
            stems: a code for each, one or more.
            rarest: the stem to look for first, counted from 0.
            among: the rows in which to look for that stem, ascending.
        """
        stem = np.uint32(stems[rarest])
        if isinstance(among, range):
            begin, end = int(self._ends[among.start]), int(self._ends[among.stop])
            found = _where(self._tokens[begin:end], stem) + begin
            if end - begin >= _LONG_SCAN:
                release(self._tokens)
        else:
            window = self.words(among, among)
            found = np.flatnonzero(window.stems == stem)
            # From a word's number in the window to its number in the index.
            skipped = self._ends[among] - window.ends + window.lengths
            found = found + skipped[window.owners(found)]
        found = found - rarest
        found = found[(found >= 0) & (found + len(stems) <= self.total)]
        for offset, each in enumerate(stems):
            if offset != rarest:
                found = found[(self._tokens[found + offset] ^ np.uint32(each)) < FORMS]
        return found

    def sample(self, words: Rows) -> Codes:
        """Return the stems' codes of words from all over the index."""
        sampled = self.stems_at(words)
        if self.total >= _LONG_SCAN:
            release(self._tokens)
        return sampled

    def forms_at(self, words: Rows) -> Codes:
        """Return the form of each of these words of the index, 0 to 255."""
        return self._tokens[words] % np.uint32(FORMS)

    def stems_at(self, words: Rows) -> Codes:
        """Return the stems' codes of these words; numbers beyond the index are clipped to its first or last word."""
        return self._tokens[np.clip(words, 0, self.total - 1)] & _STEM

    def rows_at(self, words: Rows) -> tuple[Rows, Rows]:
        """Return the rows that contain these words, and how many words precede each in its row."""
        rows = np.searchsorted(self._ends, words, side="right") - 1
        return rows, words - self._ends[rows]

    @property
    def total(self) -> int:
        """The number of words in the index."""
        return len(self._tokens)

    @classmethod
    def open(cls, folder: Path) -> ForwardIndex:
        """Open what a `ForwardWriter` wrote; arrays are mapped into memory, not read.

        Raises:
            DamagedIndexError: there is no such index, or its parts are inconsistent.
        """
        try:
            listed = json.loads((folder / _EPISODES).read_bytes())
            ordinals, counts = (list(map(int, listed[name])) for name in ("ordinals", "rows"))
            firsts, rows = accumulate(counts, initial=0), sum(counts)
            episodes = {
                EpisodeId(id): Span(*span) for id, *span in zip(listed["ids"], ordinals, firsts, counts, strict=False)
            }
            ends = mapped(folder / _ENDS, np.int64, rows + 1)
            tokens = mapped(folder / _TOKENS, np.uint32, int(ends[-1]))
            meanings = mapped(folder / _MEANINGS, np.int8, rows, int(listed["dimensions"]))
            asks = mapped(folder / _ASKS, np.bool_, rows)
        except (OSError, ValueError, TypeError, KeyError) as error:
            raise DamagedIndexError(error) from error
        return cls(tokens, ends, meanings, asks, episodes)

    def copy_to(self, writer: ForwardWriter, without: Container[EpisodeId]) -> None:
        """Add all episodes except some to a writer."""
        for id, (ordinal, first, count) in self.spans.items():
            if id not in without:
                ends, rows = self._ends[first : first + count + 1], slice(first, first + count)
                tokens = self._tokens[ends[0] : ends[-1]]
                writer.add(id, ordinal, Coded(tokens, np.diff(ends), self.meanings[rows], self.asks[rows]))


class ForwardWriter:
    """Writes a forward index, episode by episode."""

    def __init__(
        self,
        folder: Path | None = None,
        episodes: Mapping[EpisodeId, Span] | None = None,
        rows: int = 0,
        words: int = 0,
    ) -> None:
        """Write to memory or to a folder: after the rows and words of known episodes, or replacing what is there."""
        self._folder = folder
        self._episodes = dict(episodes or {})
        self._rows = rows
        self._words = words
        self._dimensions = Meanings.load().dimensions

        def column(part: str, kind: type[np.generic], kept: int) -> ArrayWriter:
            return ArrayWriter(folder / part if folder else None, kind, None if episodes is None else kept)

        self._tokens = column(_TOKENS, np.uint32, words)
        self._ends = column(_ENDS, np.int64, rows + 1)
        self._meanings = column(_MEANINGS, np.int8, rows * self._dimensions)
        self._asks = column(_ASKS, np.bool_, rows)
        if episodes is None:
            self._ends.add(np.zeros(1, np.int64))

    @classmethod
    def on(cls, folder: Path | None, without: Collection[EpisodeId]) -> ForwardWriter:
        """Start from the index in a folder without some episodes, or from nothing if there is no folder or no index.

        Raises:
            DamagedIndexError: the existing index is damaged.
        """
        if folder is None or not (folder / _EPISODES).exists():
            return cls(folder)
        known = ForwardIndex.open(folder)
        if known.spans.keys().isdisjoint(without):
            return cls(folder, known.spans, len(known), known.total)
        writer = cls(folder)
        known.copy_to(writer, without)
        return writer

    def add(self, episode: EpisodeId, ordinal: int, coded: Coded) -> None:
        """Add the rows of one episode, one or more."""
        self._episodes[episode] = Span(ordinal, self._rows, len(coded.asks))
        self._rows += len(coded.asks)
        ends = np.cumsum(coded.lengths) + self._words
        self._words = int(ends[-1])
        self._tokens.add(coded.tokens)
        self._ends.add(ends)
        self._meanings.add(coded.meanings)
        self._asks.add(coded.asks)

    def finish(self) -> ForwardIndex:
        """Flush to disk, if there is a folder, and return the finished index."""
        columns = (self._tokens, self._ends, self._meanings, self._asks)
        if self._folder is None:
            tokens, ends, asks = (column.joined(0) for column in (self._tokens, self._ends, self._asks))
            return ForwardIndex(tokens, ends, self._meanings.joined(0, self._dimensions), asks, self._episodes)
        for column in columns:
            column.flush()
        spans = self._episodes.values()
        # As columns: an object for each episode would take ten times as long to read.
        listed = {
            "dimensions": self._dimensions,
            "ids": [*self._episodes],
            "ordinals": [span.ordinal for span in spans],
            "rows": [span.rows for span in spans],
        }
        replaced(self._folder / _EPISODES, json.dumps(listed).encode())
        return ForwardIndex.open(self._folder)


def _where(tokens: Codes, stem: np.uint32) -> Rows:
    """Find the words of a stem: XOR with its code leaves only the 8 bits of the form."""
    blocks = range(0, len(tokens), _BLOCK)
    found = [np.flatnonzero((tokens[at : at + _BLOCK] ^ stem) < FORMS) + at for at in blocks]
    return np.concatenate([np.empty(0, np.int64), *found])
