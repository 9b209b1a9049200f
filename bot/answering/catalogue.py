"""What the library holds, looked up by name: episodes, topics, quotes, people, and evidence made of them.

No search and no judgement: only what is there.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from itertools import islice

from bot.answering.selection import distinct
from bot.answering.sentences import Searched
from bot.port.messages import Episode, EpisodeId, Evidence, EvidenceKind, Guess, ItemId, NotFound, Topic
from bot.port.wording import label
from knowledge.cutting import with_its_beginning
from knowledge.links import opens_at
from knowledge.model import Item, Passage, Quote
from knowledge.passages import passage_id
from knowledge.search import Alignment
from knowledge.search.parts import passage_of
from knowledge.search.transcript import from_earlier

_TOPICS_OFFERED = 3
_TOPICS_ON = 3
_BACK = 3
"""Passages in which the beginning of what is quoted in another one is sought."""


class Catalogue:
    """One library's episodes with their topics and quotes.

    Attributes:
        episodes: by id, newest first.
        topics: by id, in the library's order.
        quotes: by id, in the library's order.
        speakers: who is named in the transcript of an episode.
    """

    def __init__(
        self,
        episodes: Iterable[Episode],
        look_up: Callable[[ItemId], Item | None],
        speakers: Mapping[EpisodeId, tuple[str, ...]],
        names: Mapping[str, str],
        *,
        spoken: bool = True,
    ) -> None:
        """Take episodes newest first, what finds a passage by its id, who speaks where, and the names of people.

        `spoken` tells whether there are transcripts.

        Transcripts write a name in several ways, "TOM ELLERY" and "Tom"; each has the one that everybody sees.
        """
        self._names = names
        self.speakers = {id: tuple(dict.fromkeys(map(self.name, there))) for id, there in speakers.items()}
        self.episodes = {episode.id: episode for episode in episodes}
        self.topics = {topic.id: topic for episode in self.episodes.values() for topic in episode.topics}
        self.quotes = {quote.id: quote for episode in self.episodes.values() for quote in episode.quotes}
        self._look_up = look_up
        self._spoken = spoken
        self._titles = Counter(topic.title for topic in self.topics.values())
        self._named_as_related = Counter(id for topic in self.topics.values() for id in topic.related)

    def name(self, label: str) -> str:
        """Return the one name of the person whom a transcript or notes call so."""
        return self._names.get(label, label)

    @cached_property
    def people(self) -> Mapping[str, tuple[EpisodeId, ...]]:
        """Those who are named in transcripts, each with the episodes, newest first."""
        there: defaultdict[str, list[EpisodeId]] = defaultdict(list)
        for id in self.episodes:
            for name in self.speakers.get(id, ()):
                there[name].append(id)
        return {name: tuple(ids) for name, ids in there.items()}

    def credited(self, passage: Passage) -> Passage:
        """Return a passage with the one name of its speaker."""
        name = passage.speaker and self.name(passage.speaker)
        return passage if name == passage.speaker else replace(passage, speaker=name)

    def topics_in(self, episode: EpisodeId | None) -> tuple[Topic, ...]:
        """List the topics of an episode, or of the whole library for None."""
        return tuple(topic for topic in self.topics.values() if episode in {None, topic.episode})

    def related(self, *topics: Topic) -> tuple[Topic, ...]:
        """List what is related to some topics, without these themselves."""
        ids = dict.fromkeys(id for topic in topics for id in topic.related)
        return tuple(self.topics[id] for id in ids if id in self.topics and self.topics[id] not in topics)

    def central(self, near: Iterable[Topic] = (), episode: EpisodeId | None = None) -> tuple[Topic, ...]:
        """Choose topics to ask about: near ones first, then those that most others name as related."""
        return tuple(dict.fromkeys((*near, *self._by_relations(episode))))[:_TOPICS_OFFERED]

    def _by_relations(self, episode: EpisodeId | None = None) -> Sequence[Topic]:
        """List the topics of an episode, or all, those first that most others name as related."""
        return sorted(self.topics_in(episode), key=lambda topic: -self._named_as_related[topic.id])

    def to_ask_instead(self, near: Iterable[Topic] = (), episode: EpisodeId | None = None) -> tuple[Topic, ...]:
        """Choose topics to be offered: the central ones, told apart."""
        return self.told_apart(self.central(near, episode))

    def within(self, part: Collection[EpisodeId], topics: Iterable[Topic]) -> tuple[Topic, ...]:
        """Choose those of some topics that are in a part of the library, or others there if none is."""
        kept = tuple(topic for topic in topics if topic.episode in part)
        there = (topic for topic in self._by_relations() if topic.episode in part)
        return kept or self.told_apart(islice(there, _TOPICS_OFFERED))

    def told_apart(self, topics: Iterable[Topic]) -> tuple[Topic, ...]:
        """Add their episodes to the titles that several of these topics go by, for lists of them."""
        listed = tuple(topics)
        titles = Counter(topic.title for topic in listed)
        return tuple(replace(each, title=self.title(each)) if titles[each.title] > 1 else each for each in listed)

    def nothing(self, text: str, episode: EpisodeId | None = None) -> NotFound:
        """Say that there is no answer, with what to ask instead, of an episode or of all there is."""
        return NotFound(text, 0.0, suggestions=self.to_ask_instead(episode=episode))

    def title(self, topic: Topic) -> str:
        """Name a topic, with its episode where another one goes by the same title."""
        alone = self._titles[topic.title] < 2
        return topic.title if alone else f"{topic.title} ({label(self.episodes[topic.episode])})"

    def guesses(self, ids: Iterable[ItemId]) -> tuple[Guess, ...]:
        """Make guesses of topics that are there."""
        return tuple(Guess(id, self.title(self.topics[id])) for id in ids if id in self.topics)

    def searched(self, episode: EpisodeId | None) -> Searched:
        """Say what is looked through for something."""
        only = self.episodes.get(episode) if episode else None
        return Searched(only, len(self.episodes), noted=bool(self.topics or self.quotes), spoken=self._spoken)

    def words(self, id: ItemId) -> Quote | Passage | None:
        """Look up a quote or a passage; None where there is none of that name."""
        item = self.quotes.get(id) or self._look_up(id)
        return item if isinstance(item, Quote | Passage) else None

    def in_order(self, ids: Iterable[EpisodeId]) -> list[Sequence[Episode]]:
        """Put episodes in order, oldest first: all together where that is known, else by show; see `chronological`."""
        those = frozenset(ids)
        return chronological([each for id, each in self.episodes.items() if id in those][::-1])

    def evidence(self, words: Quote | Passage, confidence: float, *, after_others: bool = False) -> Evidence:
        """Make evidence of words, with a confidence from 0 to 1 that they answer what was asked.

        What a passage can't do without of what the same person says before it is put in front of it, unless it comes
        `after_others`.
        """
        episode = self.episodes[words.episode]
        words = words if isinstance(words, Quote) or after_others else self._from_its_beginning(words)
        return Evidence(
            id=words.id,
            kind=EvidenceKind.QUOTE if isinstance(words, Quote) else EvidenceKind.PASSAGE,
            text=words.text,
            episode=episode,
            source=words.source,
            confidence=confidence,
            speaker=self.name(words.speaker) if words.speaker else None,
            start=words.start,
            approximate=isinstance(words, Passage) and words.approximate,
            url=opens_at(episode.links, words.start),
            aloud=isinstance(words, Passage) and words.aloud,
        )

    def evidence_of(self, words: Iterable[tuple[Quote | Passage | None, float]]) -> tuple[Evidence, ...]:
        """Make evidence of what is there, each with its first confidence."""
        known: dict[ItemId, Evidence] = {}
        for each, confidence in words:
            if each and each.id not in known:
                known[each.id] = self.evidence(each, confidence)
        return distinct(known.values())

    def topics_on(self, quote: ItemId) -> tuple[Topic, ...]:
        """List topics that a quote bears on, first those that have few others."""
        bearing = (topic for topic in self.topics.values() if quote in topic.quotes)
        return tuple(sorted(bearing, key=lambda topic: len(topic.quotes))[:_TOPICS_ON])

    def evidence_at(self, place: Alignment) -> Evidence:
        """Make evidence of a place, in which the words that were meant stand out."""
        evidence = self.evidence(place.item, place.similarity)
        added = len(evidence.text) - len(place.item.text)
        return replace(evidence, spans=((place.begin + added, place.end + added),))

    def _from_its_beginning(self, passage: Passage) -> Passage:
        if passage_of(passage.id):  # a sentence that stands by itself
            return passage
        text = with_its_beginning(passage.text, self._before(passage))
        return passage if text == passage.text else from_earlier(passage, text)

    def _before(self, passage: Passage) -> Iterator[str]:
        """Yield what the same person says right before a passage, the latest first."""
        for number in range(passage.number - 1, max(passage.number - _BACK, 0) - 1, -1):
            before = self._look_up(passage_id(passage.episode, number))
            if not isinstance(before, Passage) or before.voice != passage.voice:
                return
            yield before.text


def chronological(ordered: Sequence[Episode]) -> list[Sequence[Episode]]:
    """Divide episodes, in the library's order or the reverse, into rows of which it is known who came first.

    One row where all have days, or else one a show, the longest first: there, numbers tell. What has neither day nor
    number, such as a bonus, may have been any time and is left out beside others.
    """
    placed = [each for each in ordered if each.published or each.number] or ordered
    if all(each.published for each in placed):
        return [placed]
    of_shows: defaultdict[str, list[Episode]] = defaultdict(list)
    for episode in placed:
        of_shows[episode.show].append(episode)
    return sorted(of_shows.values(), key=len, reverse=True)
