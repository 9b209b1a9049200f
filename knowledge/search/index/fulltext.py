"""Full-text ranking by tantivy (BM25), in memory or in a folder; beside `stemming.py` only this file imports it.

Numbers in, numbers out: which documents have which words, and how well. What a score means is decided in ranking;
where indexes are kept, by the cache. Whatever a damaged file makes tantivy do, panic included, is a
`DamagedIndexError` to callers, and so is anything it returns that no index of ours can have in it.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property, lru_cache
from itertools import accumulate, chain, takewhile
from math import inf, log
from operator import attrgetter
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final, NamedTuple, Protocol, TypeAlias, cast
from zlib import crc32

import tantivy
from tantivy import DocAddress, FieldType, Occur, Query

from knowledge.errors import DamagedIndexError
from knowledge.model import EpisodeId, ItemId, Passage, Scope
from knowledge.search.index.stemming import sound, stems

_SMALL: Final = 15_000_000
"""Bytes that the writer of an index in memory may use; the least that tantivy takes."""
_LARGE: Final = 200_000_000
"""The same on disk: the larger, the fewer segments there are to merge."""
ROOM: Final = 2**20
"""Places kept for one episode; no transcript that is read has so many stretches of talk."""
_FURTHEST: Final = 2**63
"""More than any place."""
_VAST: Final = 500_000
"""Documents from which it pays to look first at those that have the rarer words."""
_MOST_OF_ONE: Final = 1.7
"""What BM25 makes of a weight at most, in the shortest of documents; it counts a word once."""
_ALL: Final = 10_000
"""Documents counted at most where all that have some words are counted."""
_BESIDE: Final = 20
"""Documents found at most that have a name and a subject both."""
_MOST_WORTH: Final = 2**32
"""More than anything is worth quoting."""
_STEMMED: Final = "whitespace"
"""Text goes to tantivy as stems, which it only has to split at spaces."""
_FIELDS: Final = ("words", "names", "quoted")
_REMEMBERED: Final = 20_000
"""Stems whose frequencies and documents whose names are kept at hand."""
_CHECKSUM: Final = 4
"""Bytes of a checksum before what is stored: words are shown as they were stored, or not at all."""


@dataclass(frozen=True, slots=True)
class Document:
    """One document to index.

    Attributes:
        ids: what it is, or what it is made of.
        words: what it says, in one or more parts; no phrase crosses from one to the next.
        names: what people call it.
        quoted: words about it that are documents of their own.
        speakers: who says it.
        passages: what a stretch of talk is made of, stored in the index to save memory.
        worth: how quotable its best sentence is, from 1; 0 where none makes sense by itself.
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
    """A document as it goes into the index: plain values, that other processes can send.

    Attributes:
        fields: the names of fields, each with stems.
        passages: to be stored; empty where there is nothing to store.
    """

    ids: tuple[ItemId, ...]
    episode: EpisodeId
    worth: int
    fields: tuple[tuple[str, str], ...]
    passages: bytes


class TextMatch(NamedTuple):
    """A document that shares words with the question.

    Attributes:
        place: neighbouring documents of an episode differ by one; others never do.
        score: a sum over the words found, in the units of their weights; at least 0.
    """

    address: DocAddress
    place: int
    score: float


class Stretch:
    """A stretch of talk, decoded when it is first used."""

    def __init__(self, document: tantivy.Document) -> None:
        self._document = document

    def _stored(self) -> bytes:
        stored = self._document.get_first("passages")
        if stored is None:
            return b""
        if not isinstance(stored, bytes) or crc32(stored[_CHECKSUM:]) != int.from_bytes(stored[:_CHECKSUM]):
            raise DamagedIndexError("a transcript's words fail their checksum")
        return stored[_CHECKSUM:]

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """What it is made of."""
        stored = self._stored()
        return tuple(map(_passage, json.loads(str(stored, "ascii")))) if stored else ()

    def ties(self, beginning: str) -> bool:
        """Tell whether a hyphen may tie a word that begins so to another, or nothing is there; nothing is decoded."""
        stored, letters = self._stored().lower(), "".join(takewhile(str.isascii, beginning)).encode()
        before, after = b"-" + letters, letters + rb"[a-z0-9\\]*-"  # with a backslash begins a letter beyond ASCII
        return not stored or before in stored or bool(re.search(after, stored))

    @cached_property
    def apart(self) -> list[list[str]]:
        """The stems of each passage."""
        return [stems(passage.text) for passage in self.passages]


class _Wanted(NamedTuple):
    """A stem that is searched for in some field.

    Attributes:
        most: what it may add to a document's score at most.
        holding: how many documents have it.
    """

    query: Query
    most: float
    holding: int


class _Counted(Protocol):
    """What tantivy's type stubs leave out of a search's result."""

    count: int


class _Reading:
    """Turns what a damaged file makes tantivy do into an error of ours: an error, or a panic, which is no `Exception`.

    A class, for a question enters it a hundred times, and a generator takes three times as long.

    Raises:
        DamagedIndexError: that happened.
    """

    def __enter__(self) -> None: ...

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> None:
        if isinstance(error, ValueError | OSError) or (kind and kind.__module__ == "pyo3_runtime"):
            raise DamagedIndexError(error) from error


_READING: Final = _Reading()


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    for name in _FIELDS:
        builder.add_text_field(name, tokenizer_name=_STEMMED, index_option="position")
    builder.add_text_field("speaker", tokenizer_name=_STEMMED, index_option="basic")
    builder.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("episode", tokenizer_name="raw", index_option="basic")
    builder.add_bytes_field("passages", stored=True)
    builder.add_unsigned_field("place", fast=True, indexed=True)
    builder.add_unsigned_field("worth", fast=True, indexed=True)
    return builder.build()


class TextWriter:
    """Adds documents to an index and takes them out; at most one at a time may be open on a folder."""

    def __init__(self, folder: Path | None = None) -> None:
        """Write to the index in a folder, making it where there is none, or to a new one in memory."""
        self._index = _opened(folder)
        # One thread: the documents keep their order, and are found again in it.
        with _READING:
            self._writer = self._index.writer(_LARGE if folder else _SMALL, 1)

    def add(self, documents: Iterable[Stemmed], ordinal: int) -> None:
        """Add the documents of one episode; no other has its ordinal, a number from 0."""
        with _READING:
            for number, document in enumerate(documents):
                self._writer.add_document(_made(document, ordinal * ROOM + number))

    def remove(self, episode: EpisodeId) -> None:
        """Take all documents of an episode out."""
        with _READING:
            self._writer.delete_documents_by_term("episode", episode)

    def finish(self) -> TextIndex:
        """Commit all that was added and removed, at once, and open it for reading."""
        with _READING:
            self._writer.commit()
            self._writer.wait_merging_threads()
            self._index.reload()
            return TextIndex(self._index)


class TextIndex:
    """Documents by their words, as they were when it was opened; later writes are not seen."""

    def __init__(self, index: tantivy.Index) -> None:
        self._schema = index.schema
        self._searcher = index.searcher()
        self._frequency = _frequencies(self._searcher)
        self._id = _ids(self._searcher)
        self._episodes: dict[int, EpisodeId] = {}

    @classmethod
    def open(cls, folder: Path) -> TextIndex:
        """Open the index in a folder; its files are mapped into memory, not read.

        Raises:
            DamagedIndexError: there is no such index, or it is damaged.
        """
        with _READING:
            try:
                return cls(_opened(folder))
            except (ValueError, OSError):
                # Reading takes a lock, which a read-only file system has no place for. What is mapped stays mapped.
                with TemporaryDirectory(prefix="overheard-") as place:
                    _link(folder, Path(place))
                    return cls(_opened(Path(place)))

    def __len__(self) -> int:
        return self._searcher.num_docs

    def holding(self, stem: str, episode: EpisodeId | None = None) -> int:
        """Count the documents that have the stem among their words, in one episode or in all."""
        return self._frequency("words", stem) if episode is None else self._having("words", stem, episode)

    def speaking(self, stem: str, episode: EpisodeId) -> int:
        """Count the documents of an episode that have the stem in a speaker's name."""
        return self._having("speaker", stem, episode)

    def _having(self, name: str, stem: str, episode: EpisodeId) -> int:
        if not self._frequency(name, stem):
            return 0
        return self._count(_all_of((self._term(name, stem), self._within(episode))))

    def knows(self, stem: str) -> bool:
        """Return whether any document has the stem, among its words or its names."""
        return any(self._frequency(name, stem) for name in _FIELDS)

    def size(self, episode: EpisodeId | None = None) -> int:
        """Count the documents of one episode or of all."""
        return len(self) if episode is None else self._count(self._within(episode))

    def best(
        self,
        weights: Mapping[str, float],
        fields: Mapping[str, float],
        *,
        scope: Scope,
        limit: int,
        having: Iterable[str] = (),
    ) -> list[TextMatch]:
        """Find the documents with the most and weightiest of these stems, best first; those that have all of some.

        BM25 with the given weight in place of each stem's inverse document frequency.
        """
        wanted = [
            _Wanted(
                Query.boost_query(self._term(name, stem), weight * times / idf),
                weight * times * _MOST_OF_ONE,
                self._frequency(name, stem),
            )
            for stem, weight in weights.items()
            for name, times in fields.items()
            if weight > 0 and (idf := self._idf(name, stem))
        ]
        if not wanted:
            return []
        limits = [*self._limits(scope), *(self._term("words", stem) for stem in having)]
        found = None if limits or len(self) < _VAST else self._best_of_the_rare(wanted, limit)
        if found is None:
            found = self._found(_scored((_any_of(each.query for each in wanted),), limits), limit)
        if not all(0 < match.score < inf for match in found):
            raise DamagedIndexError("a word counts for nothing where it is said")
        return found

    def _best_of_the_rare(self, wanted: Sequence[_Wanted], limit: int) -> list[TextMatch] | None:
        """Find the best documents among those that have one of the rarer stems; None where others may be as good.

        No document that lacks them is scored: MaxScore (Turtle and Flood 1995), in two steps.
        """
        rarest = sorted(wanted, key=attrgetter("holding"))
        having = accumulate(each.holding for each in rarest)
        cut = next((number for number, count in enumerate(having, 1) if count >= limit), len(rarest))
        for _ in range(2):
            if cut >= len(rarest):
                return None
            query = _any_of(each.query for each in rarest[:cut])
            for each in rarest[cut:]:
                query = Query.boolean_query([(Occur.Must, query), (Occur.Should, each.query)])
            found = self._found(query, limit)
            least = found[-1].score if len(found) == limit else 0.0
            most = list(accumulate((each.most for each in reversed(rarest[cut:])), initial=0.0))
            if most[-1] < least:
                return found
            cut = len(rarest) - bisect_left(most, least) + 1
        return None

    def episodes(self, stemmed: Sequence[str], fields: Sequence[str], scope: Scope) -> Counter[EpisodeId]:
        """Count, for each episode, the documents that have all of these stems, in the order of the best of them."""
        if not stemmed:
            return Counter()
        anywhere = [_any_of(self._term(name, stem) for name in fields) for stem in stemmed]
        query = _scored(anywhere, self._limits(scope))
        hits, places = self._placed(query, _ALL)
        ordinals = [place // ROOM for place in places]
        one = dict(zip(ordinals, hits, strict=True))
        return Counter({self._episode(ordinal, one[ordinal][1]): n for ordinal, n in Counter(ordinals).items()})

    def _episode(self, ordinal: int, address: DocAddress) -> EpisodeId:
        """Return the episode with an ordinal, by any of its documents; it is read once."""
        if ordinal not in self._episodes:
            self._episodes[ordinal] = EpisodeId(self.id(address).partition("/")[0])
        return self._episodes[ordinal]

    def phrase(self, words: list[str], documents: int) -> bool:
        """Return whether so many documents have these stems, two or more, one right after the other."""
        phrases = (Query.phrase_query(self._schema, name, list(words)) for name in ("words", "names"))
        return any(len(self._hits(each, documents)) == documents for each in phrases)

    def phrased_beside(self, words: Sequence[str], beside: Mapping[str, float], scope: Scope) -> list[TextMatch]:
        """Find the documents `phrased` that have any of some other stems, by weight: the best of them, best first."""
        phrase = self._phrase(words)
        also = [
            Query.boost_query(self._term("words", stem), weight)
            for stem, weight in beside.items()
            if weight > 0 and self._idf("words", stem)
        ]
        if phrase is None or not also:
            return []
        return self._found(_scored((_any_of(also),), (phrase, *self._limits(scope))), _BESIDE)

    def _phrase(self, words: Sequence[str]) -> Query | None:
        if not words:
            return None
        several = len(words) > 1
        return Query.phrase_query(self._schema, "words", list(words)) if several else self._term("words", words[0])

    def phrased(self, words: Sequence[str], scope: Scope, limit: int) -> list[TextMatch]:
        """Find documents that say these stems one right after the other, in no order."""
        phrase = self._phrase(words)
        return [] if phrase is None else self._found(_all_of((phrase, *self._limits(scope))), limit)

    def says_any(self, phrases: Iterable[Sequence[str]]) -> bool:
        """Return whether any document says the stems of one of some phrases one right after the other."""
        wanted = [(Occur.Should, phrase) for words in phrases if (phrase := self._phrase(words))]
        return bool(self._hits(Query.boolean_query(wanted), 1))

    def id(self, address: DocAddress) -> ItemId:
        """Read what the document is called."""
        return self._id(address.segment_ord, address.doc)

    def read(self, address: DocAddress) -> Stretch:
        """Read a stretch of talk."""
        return Stretch(self._document(address))

    def passages(self, found: Iterable[TextMatch]) -> Iterator[Passage]:
        """Read the passages of stretches of talk, each when it is wanted."""
        return chain.from_iterable(self.read(match.address).passages for match in found)

    def find(self, id: ItemId) -> Passage | None:
        """Look a passage up by its name."""
        hits = self._hits(self._term("id", id), 1)
        passages = self.read(hits[0][1]).passages if hits else ()
        return next((passage for passage in passages if passage.id == id), None)

    def around(self, places: Iterable[int], steps: int) -> list[TextMatch]:
        """Find the documents of the same episodes that are at most so many places away from these, in no order."""
        return self._at({each for place in places for each in range(place - steps, place + steps + 1)})

    def _at(self, places: Collection[int]) -> list[TextMatch]:
        there = _any_of(Query.term_query(self._schema, "place", place, "basic") for place in places if place >= 0)
        return self._found(there, max(len(places), 1))

    def beside(self, passage: Passage) -> Iterator[Passage]:
        """Read a passage with those around it, in order."""
        return chain.from_iterable(said for _, said in self.near(passage, range(-1, 2)))

    def near(self, passage: Passage, reach: range) -> list[tuple[int, Sequence[Passage]]]:
        """Read the stretches so many away from a passage's own, in order; nothing of one that is not there."""
        holding = self._found(self._term("id", passage.id), 1)
        places = {match.place + apart: apart for match in holding for apart in reach}
        there = sorted(self._at(places), key=attrgetter("place"))
        return [(places[match.place], self.read(match.address).passages) for match in there]

    def said_in(self, episode: EpisodeId) -> Iterator[Passage]:
        """Read the passages of an episode, in order, each when it is wanted."""
        return self.passages(self.within(episode))

    def within(self, episode: EpisodeId) -> list[TextMatch]:
        """Find all documents of an episode, in their order."""
        query = self._within(episode)
        return sorted(self._found(query, max(self._count(query), 1)), key=attrgetter("place"))

    def spoken_by(self, scope: Scope) -> int:
        """Count the documents in a scope that has a speaker."""
        return self._count(_all_of(self._limits(scope)))

    def places(self, scope: Scope, *, most: int) -> list[int]:
        """List the places of so many documents in a scope that has a speaker, ascending."""
        return sorted(match.place for match in self._found(_all_of(self._limits(scope)), most))

    def quotable(self, scope: Scope, *, least: int = 1, having: Iterable[str] = ()) -> list[tuple[int, DocAddress]]:
        """List the documents that are worth quoting at least so much, in no order, each with what it is worth.

        Those alone that have all of some stems.
        """
        clauses = [Query.range_query(self._schema, "worth", FieldType.Unsigned, least, _MOST_WORTH)]
        clauses += (self._term("words", stem) for stem in having)
        clauses += self._limits(scope)
        query = _all_of(clauses)
        addresses = [address for _, address in self._hits(query, max(len(self), 1))]
        return list(zip(self._numbers("worth", addresses), addresses, strict=True))

    def _found(self, query: Query, limit: int) -> list[TextMatch]:
        hits, places = self._placed(query, limit)
        return [TextMatch(address, place, score) for (score, address), place in zip(hits, places, strict=True)]

    def _placed(self, query: Query, limit: int) -> tuple[list[tuple[float, DocAddress]], list[int]]:
        hits = self._hits(query, limit)
        places = self._numbers("place", [address for _, address in hits])
        if len(set(places)) < len(places) or max(places, default=0) >= _FURTHEST:
            raise DamagedIndexError("documents are not where they were put")
        return hits, places

    def _hits(self, query: Query, limit: int) -> list[tuple[float, DocAddress]]:
        with _READING:
            return self._searcher.search(query, limit, count=False).hits

    def _count(self, query: Query) -> int:
        with _READING:
            return cast("_Counted", self._searcher.search(query, 1)).count

    def _numbers(self, name: str, addresses: list[DocAddress]) -> list[int]:
        with _READING:
            return [int(number or 0) for number in self._searcher.fast_field_values(name, addresses)]

    def _document(self, address: DocAddress) -> tantivy.Document:
        with _READING:
            return self._searcher.doc(address)

    def _term(self, name: str, value: str) -> Query:
        return Query.term_query(self._schema, name, sound(value), "basic")

    def _limits(self, scope: Scope) -> Iterator[Query]:
        if scope.episode is not None:
            yield self._within(scope.episode)
        if scope.within is not None:
            yield Query.term_set_query(self._schema, "episode", list(scope.within))
        yield from (self._term("speaker", stem) for stem in stems(scope.speaker or ""))

    def _within(self, episode: EpisodeId | None) -> Query:
        return self._term("episode", episode or "")

    def _idf(self, name: str, stem: str) -> float:
        """Return the weight that tantivy will give the stem, 0 for one that is nowhere."""
        holding = self._frequency(name, stem)
        of = max(len(self), holding)  # documents that were taken out are still counted for their stems
        return log(1 + (of - holding + 0.5) / (holding + 0.5)) if holding else 0


def _any_of(queries: Iterable[Query]) -> Query:
    return Query.boolean_query([(Occur.Should, each) for each in queries])


def _all_of(queries: Iterable[Query]) -> Query:
    return Query.boolean_query([(Occur.Must, each) for each in queries])


def _scored(queries: Iterable[Query], limits: Iterable[Query]) -> Query:
    """Return a query for what fits some others, within limits that add nothing to a score."""
    return _all_of((*queries, *(Query.const_score_query(each, 0) for each in limits)))


def _frequencies(searcher: tantivy.Searcher) -> Callable[[str, str], int]:
    """Return what counts the documents that have a stem in a field; one question asks for the same dozens of times."""

    @lru_cache(_REMEMBERED)
    def frequency(name: str, stem: str) -> int:
        with _READING:
            return searcher.doc_freq(name, stem)

    return frequency


def _ids(searcher: tantivy.Searcher) -> Callable[[int, int], ItemId]:
    """Return what reads the names of documents by their addresses; the same few come up again and again."""

    @lru_cache(_REMEMBERED)
    def id_at(segment: int, doc: int) -> ItemId:
        with _READING:
            document = searcher.doc(DocAddress(segment, doc))
        return ItemId(str(document.get_first("id")))

    return id_at


def _opened(folder: Path | None) -> tantivy.Index:
    return tantivy.Index(_schema(), str(folder)) if folder else tantivy.Index(_schema())


def _link(folder: Path, place: Path) -> None:
    for file in folder.resolve().iterdir():
        if file.suffix != ".lock":
            (place / file.name).symlink_to(file)


def stemmed(document: Document) -> Stemmed:
    """Take a document apart into what goes into the index."""
    fields: list[tuple[str, str]] = []
    for name, texts in zip(_FIELDS, (document.words, document.names, document.quoted), strict=True):
        fields += ((name, " ".join(stems(text))) for text in texts)
    for speaker in document.speakers:
        named = " ".join(stems(speaker))
        fields += (("speaker", named), ("words", named))
    stored = b""
    if document.passages:
        said = json.dumps([_fields(passage) for passage in document.passages]).encode()
        stored = crc32(said).to_bytes(_CHECKSUM) + said
    return Stemmed(document.ids, document.episode, document.worth, tuple(fields), stored)


def _made(document: Stemmed, place: int) -> tantivy.Document:
    made = tantivy.Document()
    for id_ in document.ids:
        made.add_text("id", id_)
    made.add_text("episode", document.episode)
    made.add_unsigned("place", place)
    made.add_unsigned("worth", document.worth)
    for name, text in document.fields:
        made.add_text(name, text)
    if document.passages:
        made.add_bytes("passages", document.passages)
    return made


_Fields: TypeAlias = tuple[ItemId, EpisodeId, int, str, str, str | None, float | None, bool, bool]


def _fields(p: Passage) -> _Fields:
    start = None if p.start is None else p.start.total_seconds()
    return (p.id, p.episode, p.number, p.text, p.source, p.speaker, start, p.approximate, p.aloud)


def _passage(fields: _Fields) -> Passage:
    id_, episode, number, text, source, speaker, start, approximate, aloud = fields
    when = None if start is None else timedelta(seconds=start)
    return Passage(id_, episode, number, text, source, speaker, when, approximate, aloud)
