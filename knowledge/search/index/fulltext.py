"""BM25 ranking by tantivy, in memory or in a folder; besides `stemming.py`, only this file imports tantivy.

Returns which documents contain which words, and scores. What a score means is decided in `ranking`, where indexes are
stored in `cache`. Whatever tantivy does with a damaged file, even a Rust panic, reaches callers as a
`DamagedIndexError`, and so does any result that none of our indexes can contain.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import accumulate, chain
from math import inf, log
from operator import attrgetter
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final, NamedTuple

import tantivy
from tantivy import DocAddress, FieldType, Occur, Query

from knowledge.errors import DamagedIndexError
from knowledge.model import EpisodeId, ItemId, Passage, Scope
from knowledge.search.index.stemming import sound, stems
from knowledge.search.index.stored import FIELDS, Stemmed, Stretch

_HEAP_IN_MEMORY: Final = 15_000_000
"""Bytes of buffer for writing an index in memory: the minimum that tantivy accepts."""
_HEAP_ON_DISK: Final = 200_000_000
"""Bytes of buffer for writing an index on disk: the larger it is, the fewer segments have to be merged."""
ROOM: Final = 2**20
"""Places reserved for each episode: more than any transcript we read has stretches of talk."""
_NO_PLACE: Final = 2**63
"""Exclusive upper limit of places; an index with a larger one is damaged."""
_VAST: Final = 500_000
"""Number of documents from which searching first among those with the rarer stems pays off."""
_BM25_BOUND: Final = 1.7
"""Upper bound of what BM25 multiplies a weight by: a term counts once, so 2.2 / 1.3 for the shortest document."""
_MOST_COUNTED: Final = 10_000
"""Maximum number of documents read to count those with all of some stems by episode."""
_BESIDE: Final = 20
"""Maximum number of documents returned that contain both a name and a subject."""
_MOST_WORTH: Final = 2**32
"""Upper limit of `Document.worth`, for range queries."""
_STEMMED: Final = "whitespace"
"""Tokenizer for text that we pass to tantivy as stems: it only has to split at spaces."""
_REMEMBERED: Final = 20_000
"""Size of the caches of document frequencies and of document ids."""


class TextMatch(NamedTuple):
    """A document that a search found.

    Attributes:
        place: the episode's ordinal times `ROOM`, plus the document's number in the episode. Only neighbours in one
            episode differ by one.
        score: a sum over the words found, in the units of their weights; at least 0.
    """

    address: DocAddress
    place: int
    score: float


class _Wanted(NamedTuple):
    """A stem that we search for in one field.

    Attributes:
        most: upper bound of what it adds to a document's score.
        holding: the number of documents that contain it.
    """

    query: Query
    most: float
    holding: int


class _Reading:
    """Turns tantivy's errors on a damaged file into ours, including Rust panics, which are no `Exception`.

    A class because a question enters it a hundred times, and a generator-based context manager takes three times as
    long.

    Raises:
        DamagedIndexError: tantivy failed.
    """

    def __enter__(self) -> None: ...

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> None:
        if isinstance(error, ValueError | OSError) or (kind and kind.__module__ == "pyo3_runtime"):
            raise DamagedIndexError(error) from error


_READING: Final = _Reading()


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    for name in FIELDS:
        builder.add_text_field(name, tokenizer_name=_STEMMED, index_option="position")
    builder.add_text_field("speaker", tokenizer_name=_STEMMED, index_option="basic")
    builder.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("episode", tokenizer_name="raw", index_option="basic")
    builder.add_bytes_field("passages", stored=True)
    builder.add_unsigned_field("place", fast=True, indexed=True)
    builder.add_unsigned_field("worth", fast=True, indexed=True)
    return builder.build()


class TextWriter:
    """Adds documents to an index and removes them. At most one at a time may be open on a folder."""

    def __init__(self, folder: Path | None = None) -> None:
        """Write to the index in a folder, creating it if there is none, or to a new one in memory."""
        self._index = _opened(folder)
        # One thread keeps documents in the order in which they were added.
        with _READING:
            self._writer = self._index.writer(_HEAP_ON_DISK if folder else _HEAP_IN_MEMORY, 1)

    def add(self, documents: Iterable[Stemmed], ordinal: int) -> None:
        """Add the documents of one episode; its ordinal, from 0, must be unique."""
        with _READING:
            for number, document in enumerate(documents):
                self._writer.add_document(_made(document, ordinal * ROOM + number))

    def remove(self, episode: EpisodeId) -> None:
        """Remove all documents of an episode."""
        with _READING:
            self._writer.delete_documents_by_term("episode", episode)

    def finish(self) -> TextIndex:
        """Commit all changes atomically and open the index for reading."""
        with _READING:
            self._writer.commit()
            self._writer.wait_merging_threads()
            self._index.reload()
            return TextIndex(self._index)


class TextIndex:
    """A snapshot of the documents by their words; later writes are not visible."""

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
                # tantivy writes a lock file to read, which fails on a read-only file system. Mapped files stay mapped
                # after the temporary folder is deleted.
                with TemporaryDirectory(prefix="overheard-") as place:
                    _link(folder, Path(place))
                    return cls(_opened(Path(place)))

    def __len__(self) -> int:
        return self._searcher.num_docs

    def holding(self, stem: str, episode: EpisodeId | None = None) -> int:
        """Count the documents with this stem among their words, in one episode or in all."""
        return self._frequency("words", stem) if episode is None else self._having("words", stem, episode)

    def speaking(self, stem: str, episode: EpisodeId) -> int:
        """Count the documents of an episode with this stem in a speaker's name."""
        return self._having("speaker", stem, episode)

    def _having(self, name: str, stem: str, episode: EpisodeId) -> int:
        if not self._frequency(name, stem):
            return 0
        return self._count(_all_of((self._term(name, stem), self._within(episode))))

    def knows(self, stem: str) -> bool:
        """Return whether any document has the stem, among its words or its names."""
        return any(self._frequency(name, stem) for name in FIELDS)

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
        """Find the documents with the most and weightiest of these stems, best first.

        BM25 with the given weights in place of inverse document frequencies. All results contain all stems in `having`.
        """
        wanted = [
            _Wanted(
                Query.boost_query(self._term(name, stem), weight * times / idf),
                weight * times * _BM25_BOUND,
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
        """Find the best documents among those with one of the rarer stems; None if others may score as high.

        Never scores documents without them: MaxScore (Turtle and Flood 1995), in two steps.
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

    def having(self, stemmed: Sequence[str], fields: Sequence[str], scope: Scope) -> list[TextMatch]:
        """Find the documents with all of these stems, best first; none without stems."""
        anywhere = [_any_of(self._term(name, stem) for name in fields) for stem in stemmed]
        return self._found(_scored(anywhere, self._limits(scope)), _MOST_COUNTED) if anywhere else []

    def by_episode(self, found: Sequence[TextMatch]) -> Counter[EpisodeId]:
        """Count documents by episode, episodes in the order of their best document."""
        one = {match.place // ROOM: match.address for match in found}
        counts = Counter(match.place // ROOM for match in found)
        return Counter({self._episode(ordinal, one[ordinal]): n for ordinal, n in counts.items()})

    def _episode(self, ordinal: int, address: DocAddress) -> EpisodeId:
        """Return the episode with an ordinal, given the address of any of its documents; looked up once."""
        if ordinal not in self._episodes:
            self._episodes[ordinal] = EpisodeId(self.id(address).partition("/")[0])
        return self._episodes[ordinal]

    def phrase(self, words: list[str], documents: int) -> bool:
        """Return whether at least this many documents have these stems, two or more, as a phrase."""
        phrases = (Query.phrase_query(self._schema, name, list(words)) for name in ("words", "names"))
        return any(len(self._hits(each, documents)) == documents for each in phrases)

    def phrased_beside(self, words: Sequence[str], beside: Mapping[str, float], scope: Scope) -> list[TextMatch]:
        """Find the best of the documents that `phrased` finds and that have other weighted stems too, best first."""
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
        """Find documents with these stems as a phrase, in no particular order."""
        phrase = self._phrase(words)
        return [] if phrase is None else self._found(_all_of((phrase, *self._limits(scope))), limit)

    def says_any(self, phrases: Iterable[Sequence[str]]) -> bool:
        """Return whether any document has the stems of one of these phrases in a row."""
        wanted = [(Occur.Should, phrase) for words in phrases if (phrase := self._phrase(words))]
        return bool(self._hits(Query.boolean_query(wanted), 1))

    def id(self, address: DocAddress) -> ItemId:
        """Read the id of a document."""
        return self._id(address.segment_ord, address.doc)

    def read(self, address: DocAddress) -> Stretch:
        """Read a stretch of talk."""
        return Stretch(self._document(address).get_first("passages"))

    def passages(self, found: Iterable[TextMatch]) -> Iterator[Passage]:
        """Yield the passages of matching stretches of talk, reading each only when it is needed."""
        return chain.from_iterable(self.read(match.address).passages for match in found)

    def find(self, id: ItemId) -> Passage | None:
        """Return the passage with an id, None if there is none."""
        hits = self._hits(self._term("id", id), 1)
        passages = self.read(hits[0][1]).passages if hits else ()
        return next((passage for passage in passages if passage.id == id), None)

    def around(self, places: Iterable[int], steps: int) -> list[TextMatch]:
        """Find the documents in the same episodes within `steps` places of these, in no particular order."""
        return self._at({each for place in places for each in range(place - steps, place + steps + 1)})

    def _at(self, places: Collection[int]) -> list[TextMatch]:
        there = _any_of(Query.term_query(self._schema, "place", place, "basic") for place in places if place >= 0)
        return self._found(there, max(len(places), 1))

    def beside(self, passage: Passage) -> Iterator[Passage]:
        """Yield the passages of the stretches around a passage, itself included, in order."""
        return chain.from_iterable(said for _, said in self.near(passage, range(-1, 2)))

    def near(self, passage: Passage, reach: range) -> list[tuple[int, Sequence[Passage]]]:
        """Read the stretches at these distances from a passage's own, in order; skips those that don't exist."""
        holding = self._found(self._term("id", passage.id), 1)
        places = {match.place + apart: apart for match in holding for apart in reach}
        there = sorted(self._at(places), key=attrgetter("place"))
        return [(places[match.place], self.read(match.address).passages) for match in there]

    def said_in(self, episode: EpisodeId) -> Iterator[Passage]:
        """Yield the passages of an episode, in order, reading each only when it is needed."""
        return self.passages(self.within(episode))

    def within(self, episode: EpisodeId) -> list[TextMatch]:
        """Find all documents of an episode, in order."""
        query = self._within(episode)
        return sorted(self._found(query, max(self._count(query), 1)), key=attrgetter("place"))

    def spoken_by(self, scope: Scope) -> int:
        """Count the documents in a scope with a speaker."""
        return self._count(_all_of(self._limits(scope)))

    def places(self, scope: Scope, *, most: int) -> list[int]:
        """Return the places of up to `most` documents in a scope with a speaker, ascending."""
        return sorted(match.place for match in self._found(_all_of(self._limits(scope)), most))

    def quotable(self, scope: Scope, *, least: int = 1) -> list[tuple[int, DocAddress]]:
        """List the documents with a worth of at least `least`, each with its worth, in no particular order."""
        query = _all_of((self._worth(least, _MOST_WORTH), *self._limits(scope)))
        addresses = [address for _, address in self._hits(query, max(len(self), 1))]
        return list(zip(self._numbers("worth", addresses), addresses, strict=True))

    def most_quotable(self, having: Iterable[str], *, scope: Scope, limit: int) -> Iterator[Stretch]:
        """Yield the stretches of talk with all stems in `having`, those of the highest worth first.

        Never lists all of them: a library about Go has the word everywhere.
        """
        clauses = [*(self._term("words", stem) for stem in having), *self._limits(scope)]
        with _READING:
            worthy = _all_of((*clauses, self._worth(1, _MOST_WORTH)))
            found = self._searcher.search(worthy, limit, count=False, order_by_field="worth").hits
        if len(found) < limit:
            found += self._hits(_all_of((*clauses, self._worth(0, 0))), limit - len(found))
        return (self.read(address) for _, address in found)

    def _worth(self, least: int, most: int) -> Query:
        return Query.range_query(self._schema, "worth", FieldType.Unsigned, least, most)

    def _found(self, query: Query, limit: int) -> list[TextMatch]:
        hits = self._hits(query, limit)
        places = self._numbers("place", [address for _, address in hits])
        if len(set(places)) < len(places) or max(places, default=0) >= _NO_PLACE:
            raise DamagedIndexError("documents are not where they were put")
        return [TextMatch(address, place, score) for (score, address), place in zip(hits, places, strict=True)]

    def _hits(self, query: Query, limit: int) -> list[tuple[float, DocAddress]]:
        with _READING:
            return self._searcher.search(query, limit, count=False).hits

    def _count(self, query: Query) -> int:
        with _READING:
            count: int = self._searcher.search(query, 1).count  # type: ignore[attr-defined]  # not in its stubs
            return count

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
        """Return the inverse document frequency that tantivy will use for the stem, 0 if no document has it."""
        holding = self._frequency(name, stem)
        of = max(len(self), holding)  # document frequencies still include deleted documents
        return log(1 + (of - holding + 0.5) / (holding + 0.5)) if holding else 0


def _any_of(queries: Iterable[Query]) -> Query:
    return Query.boolean_query([(Occur.Should, each) for each in queries])


def _all_of(queries: Iterable[Query]) -> Query:
    return Query.boolean_query([(Occur.Must, each) for each in queries])


def _scored(queries: Iterable[Query], limits: Iterable[Query]) -> Query:
    """Combine queries that add to the score with limits that add nothing."""
    return _all_of((*queries, *(Query.const_score_query(each, 0) for each in limits)))


def _frequencies(searcher: tantivy.Searcher) -> Callable[[str, str], int]:
    """Return a cached function for document frequencies; one question needs the same ones dozens of times."""

    @lru_cache(_REMEMBERED)
    def frequency(name: str, stem: str) -> int:
        with _READING:
            return searcher.doc_freq(name, stem)

    return frequency


def _ids(searcher: tantivy.Searcher) -> Callable[[int, int], ItemId]:
    """Return a cached function for reading document ids; the same few come up again and again."""

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
