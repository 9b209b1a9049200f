"""One library, searched: spelling first, then topics, quotes and passages, then how sure to be of them.

Puts the parts together and holds no method of its own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from math import log
from typing import Final

from knowledge.model import Episode, EpisodeId, Item, ItemId, Passage, Quote, Topic
from knowledge.passages import stretches
from knowledge.search import quotes, ranking, rarity
from knowledge.search.confidence import Evidence, probability
from knowledge.search.index import Entry, Match, TextIndex, stems
from knowledge.search.quotes import Alignment
from knowledge.search.ranking import Hit, Ranking
from knowledge.search.spelling import Speller, Understood, Vocabulary
from knowledge.search.words import carries, split

_RETRIEVED: Final = 200
"""Passages that neighbours are looked for among."""
_NOTES: Final = 30
"""Topics and quotes that are looked at closely."""
_ALIGNED: Final = 20
"""Quotes and passages that a half-remembered quotation is laid along."""
_BESIDE: Final = 2
"""How many stretches of talk away words still count as said there."""
_PER_WORD: Final = 0.02
"""What a word more is worth in choosing which passage to show."""


@dataclass(frozen=True, slots=True)
class _Question:
    """The telling words of a question: each stem, how much it tells, and whether its spelling was mended."""

    weights: Mapping[str, float]
    names: frozenset[str]
    mended: frozenset[str]
    total: float
    unknown: float


class Search:
    """Finds what was said. Built once for a library, then only read; safe to share between threads."""

    def __init__(
        self,
        notes: TextIndex,
        spoken: TextIndex,
        items: Mapping[ItemId, Topic | Quote],
        speller: Speller,
        people: frozenset[str],
    ) -> None:
        self._notes = notes
        self._spoken = spoken
        self._items = items
        self._speller = speller
        self._people = people

    @classmethod
    def over(
        cls, episodes: Iterable[Episode], passages: Iterable[Passage] = (), extra_words: Iterable[str] = ()
    ) -> Search:
        """Index a library in memory.

        The passages of an episode come one after the other, in their order. `extra_words` are words that are not the
        library's but that spelling has to know as well.
        """
        episodes = tuple(episodes)
        items: dict[ItemId, Topic | Quote] = {}
        counts: Counter[str] = Counter()
        people: set[str] = set()
        for episode in episodes:
            items.update((topic.id, topic) for topic in episode.topics)
            items.update((quote.id, quote) for quote in episode.quotes)
            people.update(split(_people(episode)))
            counts.update(split(f"{episode.title} {episode.subtitle or ''} {episode.summary or ''} {_people(episode)}"))
        speakers: set[str] = set()
        notes = TextIndex(_counted((_entry(item, items) for item in items.values()), counts, speakers))
        spoken = TextIndex(_counted(map(_spoken, stretches(passages)), counts, speakers))
        people.update(*map(split, speakers))
        vocabulary = Vocabulary(counts + Counter(extra_words), people)

        def knows(word: str) -> bool:
            return word in vocabulary or any(notes.knows(stem) or spoken.knows(stem) for stem in stems(word))

        def together(first: str, second: str) -> bool:
            pair = stems(f"{first} {second}")
            return notes.phrase(pair) or spoken.phrase(pair)

        telling = frozenset(chain.from_iterable(stems(name) for name in people))
        return cls(notes, spoken, items, Speller(vocabulary, knows, together), telling)

    def spell(self, words: str) -> Understood:
        """Mend the spelling of some words, by the words that the library has."""
        return self._speller.understand(words)

    def get(self, id: ItemId) -> Item | None:
        """Look up a topic, quote or passage; None where there is none of that name."""
        return self._items.get(id) or self._spoken.find(id)

    def find(
        self, words: str, *, episode: EpisodeId | None = None, speaker: str | None = None, limit: int = 10
    ) -> Ranking:
        """Find what answers a question, in one episode or in all, said by somebody or by anybody."""
        understood = self.spell(words)
        question = self._question(understood, episode)
        hits = sorted(
            chain(
                self._noted(question, episode, speaker, limit),
                self._said(question, episode, speaker, limit),
            ),
            key=lambda hit: hit.confidence,
            reverse=True,
        )[:limit]
        return Ranking(understood, tuple(hits), hits[0].confidence if hits else 0.0)

    def quotation(self, words: str, *, episode: EpisodeId | None = None) -> tuple[Alignment, ...]:
        """Find where half-remembered words were really said, most alike first."""
        weights = {stem: self._weight(word, stem) for word in split(words) for stem in stems(word)}
        candidates = chain(
            (self._items[self._notes.id(m.address)] for m in self._matches(self._notes, weights, episode)),
            (
                passage
                for m in self._matches(self._spoken, weights, episode)
                for passage in self._spoken.passages(m.address)
            ),
        )
        found = (quotes.align(words, item, self._told) for item in candidates if not isinstance(item, Topic))
        return tuple(sorted((a for a in found if a), key=lambda a: (a.exact, a.similarity), reverse=True))

    def _matches(self, index: TextIndex, weights: Mapping[str, float], episode: EpisodeId | None) -> list[Match]:
        return index.best(weights, {"words": 1.0}, episode=episode, speaker=None, limit=_ALIGNED)

    def _told(self, word: str) -> float:
        return self._weight(word, word) if carries(word) else 1.0

    def _weight(self, word: str, stem: str) -> float:
        return rarity.weight(word, holding=self._spoken.holding(stem), of=len(self._spoken))

    def _question(self, understood: Understood, episode: EpisodeId | None) -> _Question:
        weights: dict[str, float] = {}
        names: set[str] = set()
        mended = frozenset(stem for correction in understood.corrections for stem in stems(correction.known))
        for word in split(understood.text):
            if carries(word):
                for stem in stems(word):
                    if stem in self._people:
                        names.add(stem)
                    else:
                        weights[stem] = self._weight(word, stem)
        total = sum(weights.values())
        unknown = sum(weight for stem, weight in weights.items() if not self._has(stem, episode))
        return _Question(weights, frozenset(names), mended, total, unknown / total if total else 0)

    def _has(self, stem: str, episode: EpisodeId | None) -> bool:
        return self._notes.knows(stem) or self._spoken.holding(stem, episode) > 0

    def _noted(self, q: _Question, episode: EpisodeId | None, speaker: str | None, limit: int) -> list[Hit]:
        fields = {"names": 2.0, "words": 1.0, "quoted": 0.5}
        found = self._notes.best(q.weights, fields, episode=episode, speaker=speaker, limit=_NOTES)
        hits = []
        for match in found:
            item = self._items[self._notes.id(match.address)]
            evidence = self._evidence(q, item)
            hits.append(Hit(item, match.score, probability(evidence)))
        return sorted(hits, key=lambda hit: (hit.confidence, hit.score), reverse=True)[:limit]

    def _evidence(self, q: _Question, item: Topic | Quote) -> Evidence:
        if isinstance(item, Quote):
            return _evidence(q, frozenset(stems(item.text)), 0.0)
        names = [frozenset(stems(name)) for name in (item.title, *item.names)]
        texts = [item.summary, *(self._items[quote].text for quote in item.quotes if quote in self._items)]  # type: ignore[union-attr]
        named = max(_share(q, name) * len(name & q.weights.keys()) / max(len(name), 1) for name in names)
        return _evidence(q, frozenset(chain(*names, stems(" ".join(texts)))), named)

    def _said(self, q: _Question, episode: EpisodeId | None, speaker: str | None, limit: int) -> Iterator[Hit]:
        searched = self._spoken.size(episode)
        wanted = {stem: _idf(self._spoken.holding(stem, episode), searched) for stem in (*q.weights, *q.names)}
        found = self._spoken.best(wanted, {"words": 1.0}, episode=episode, speaker=speaker, limit=_RETRIEVED)
        bound = 1.0
        for match in ranking.order(found, limit):
            bound = min(bound, probability(_evidence(q, self._around(match), 0.0)))
            yield Hit(_telling(self._spoken.passages(match.address), wanted, speaker), match.score, bound)

    def _around(self, match: Match) -> frozenset[str]:
        beside = (self._spoken.beside(match, steps) for steps in range(-_BESIDE, _BESIDE + 1))
        said = chain.from_iterable(self._spoken.passages(other.address) for other in beside if other)
        return frozenset(stem for passage in said for stem in stems(passage.text))


def _telling(stretch: tuple[Passage, ...], wanted: Mapping[str, float], speaker: str | None) -> Passage:
    """Choose what to show of a stretch: the passage with most of the wanted words, or else the longest."""

    def tells(passage: Passage) -> float:
        words = stems(passage.text)
        speaker = stems(passage.speaker or "")
        return sum(wanted.get(stem, 0.0) for stem in {*words, *speaker}) + _PER_WORD * len(words)

    asked = set(stems(speaker or ""))
    return max((passage for passage in stretch if asked <= set(stems(passage.speaker or ""))), key=tells)


def _share(q: _Question, held: frozenset[str]) -> float:
    return sum(weight for stem, weight in q.weights.items() if stem in held) / q.total if q.total else 0.0


def _evidence(q: _Question, held: frozenset[str], named: float) -> Evidence:
    return Evidence(_share(q, held), named, q.unknown, _share(q, held & q.mended))


def _idf(holding: int, of: int) -> float:
    return log(1 + (of - holding + 0.5) / (holding + 0.5)) if holding else 0.0


def _people(episode: Episode) -> str:
    people = chain(episode.guests, episode.hosts)
    return " ".join(chain([episode.show], *((person.name, *person.also) for person in people)))


def _entry(item: Topic | Quote, items: Mapping[ItemId, Topic | Quote]) -> Entry:
    if isinstance(item, Quote):
        return Entry((item.id,), item.episode, (item.text,), speakers=_some(item.speaker))
    bearing = (items[quote] for quote in item.quotes if quote in items)
    quoted = tuple(quote.text for quote in bearing if isinstance(quote, Quote))
    return Entry((item.id,), item.episode, (item.summary,), (item.title, *item.names), quoted)


def _spoken(stretch: tuple[Passage, ...]) -> Entry:
    speakers = dict.fromkeys(passage.speaker for passage in stretch if passage.speaker)
    return Entry(
        tuple(passage.id for passage in stretch),
        stretch[0].episode,
        tuple(passage.text for passage in stretch),
        speakers=tuple(speakers),
        passages=stretch,
    )


def _some(name: str | None) -> tuple[str, ...]:
    return (name,) if name else ()


def _counted(entries: Iterable[Entry], counts: Counter[str], speakers: set[str]) -> Iterator[Entry]:
    for entry in entries:
        for text in (*entry.words, *entry.names, *entry.speakers):
            counts.update(split(text))
        speakers.update(entry.speakers)
        yield entry
