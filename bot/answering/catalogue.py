"""Looks up what a library has by id or name, episodes, topics, quotes and people, and makes evidence of it.

Nothing is searched or judged here.
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
"""Number of preceding passages in which we look for the beginning of what a passage says."""


class Catalogue:
    """One library's episodes with their topics and quotes.

    Attributes:
        episodes: by id, newest first.
        topics: by id, in the library's order.
        quotes: by id, in the library's order.
        speakers: the names in each episode's transcript.
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
        """Take the contents of a library.

        Args:
            episodes: newest first.
            look_up: finds a passage by its id.
            speakers: the labels of the speakers in each episode's transcript.
            names: the name that everybody sees for each label, such as "TOM ELLERY" or "Tom".
            spoken: whether there are transcripts.
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
        """Return the one name that we show for a label in a transcript or in notes."""
        return self._names.get(label, label)

    @cached_property
    def people(self) -> Mapping[str, tuple[EpisodeId, ...]]:
        """The people named in transcripts, each with their episodes, newest first."""
        there: defaultdict[str, list[EpisodeId]] = defaultdict(list)
        for id in self.episodes:
            for name in self.speakers.get(id, ()):
                there[name].append(id)
        return {name: tuple(ids) for name, ids in there.items()}

    def credited(self, passage: Passage) -> Passage:
        """Return a passage with its speaker's label replaced by the one name that we show."""
        name = passage.speaker and self.name(passage.speaker)
        return passage if name == passage.speaker else replace(passage, speaker=name)

    def topics_in(self, episode: EpisodeId | None) -> tuple[Topic, ...]:
        """List the topics of an episode, or of the whole library if it is None."""
        return tuple(topic for topic in self.topics.values() if episode in {None, topic.episode})

    def related(self, *topics: Topic) -> tuple[Topic, ...]:
        """List the topics related to some topics, without these themselves."""
        ids = dict.fromkeys(id for topic in topics for id in topic.related)
        return tuple(self.topics[id] for id in ids if id in self.topics and self.topics[id] not in topics)

    def central(self, near: Iterable[Topic] = (), episode: EpisodeId | None = None) -> tuple[Topic, ...]:
        """Choose topics to ask about: those in `near` first, then those that most others name as related."""
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
        """Add the episode to each title that several of these topics have."""
        listed = tuple(topics)
        titles = Counter(topic.title for topic in listed)
        return tuple(replace(each, title=self.title(each)) if titles[each.title] > 1 else each for each in listed)

    def nothing(self, text: str, episode: EpisodeId | None = None) -> NotFound:
        """Say that there is no answer, and suggest topics of an episode or of the library instead."""
        return NotFound(text, 0.0, suggestions=self.to_ask_instead(episode=episode))

    def title(self, topic: Topic) -> str:
        """Return a topic's title, with its episode if another topic has the same title."""
        alone = self._titles[topic.title] < 2
        return topic.title if alone else f"{topic.title} ({label(self.episodes[topic.episode])})"

    def guesses(self, ids: Iterable[ItemId]) -> tuple[Guess, ...]:
        """Make guesses of the ids that are topics of this library."""
        return tuple(Guess(id, self.title(self.topics[id])) for id in ids if id in self.topics)

    def searched(self, episode: EpisodeId | None) -> Searched:
        """Describe what is searched, an episode or all of them."""
        only = self.episodes.get(episode) if episode else None
        return Searched(only, len(self.episodes), noted=bool(self.topics or self.quotes), spoken=self._spoken)

    def words(self, id: ItemId) -> Quote | Passage | None:
        """Look up a quote or a passage; None if there is none with that id."""
        item = self.quotes.get(id) or self._look_up(id)
        return item if isinstance(item, Quote | Passage) else None

    def in_order(self, ids: Iterable[EpisodeId]) -> list[Sequence[Episode]]:
        """Put episodes in order, oldest first, in one row or a row for each show; see `chronological`."""
        those = frozenset(ids)
        return chronological([each for id, each in self.episodes.items() if id in those][::-1])

    def evidence(self, words: Quote | Passage, confidence: float, *, after_others: bool = False) -> Evidence:
        """Make evidence of words, with a confidence from 0 to 1 that they answer what was asked.

        If a passage begins in mid-sentence, what the same person says before is put in front, unless it comes
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
        """Make evidence of the words that are there, without repeats; the first confidence counts."""
        known: dict[ItemId, Evidence] = {}
        for each, confidence in words:
            if each and each.id not in known:
                known[each.id] = self.evidence(each, confidence)
        return distinct(known.values())

    def topics_on(self, quote: ItemId) -> tuple[Topic, ...]:
        """List the topics that a quote belongs to, those with the fewest quotes first."""
        bearing = (topic for topic in self.topics.values() if quote in topic.quotes)
        return tuple(sorted(bearing, key=lambda topic: len(topic.quotes))[:_TOPICS_ON])

    def evidence_at(self, place: Alignment) -> Evidence:
        """Make evidence of a place, with the matching words marked."""
        evidence = self.evidence(place.item, place.similarity)
        added = len(evidence.text) - len(place.item.text)
        return replace(evidence, spans=((place.begin + added, place.end + added),))

    def _from_its_beginning(self, passage: Passage) -> Passage:
        if passage_of(passage.id):  # a sentence that stands by itself
            return passage
        text = with_its_beginning(passage.text, self._before(passage))
        return passage if text == passage.text else from_earlier(passage, text)

    def _before(self, passage: Passage) -> Iterator[str]:
        """Yield what the same person says right before a passage, nearest first."""
        for number in range(passage.number - 1, max(passage.number - _BACK, 0) - 1, -1):
            before = self._look_up(passage_id(passage.episode, number))
            if not isinstance(before, Passage) or before.voice != passage.voice:
                return
            yield before.text


def chronological(ordered: Sequence[Episode]) -> list[Sequence[Episode]]:
    """Divide episodes, in the library's order or its reverse, into rows whose order is known.

    That is one row if all have dates, otherwise one for each show, where numbers give the order, the longest row first.
    An episode with neither date nor number, such as a bonus, is left out if others have one.
    """
    placed = [each for each in ordered if each.published or each.number] or ordered
    if all(each.published for each in placed):
        return [placed]
    of_shows: defaultdict[str, list[Episode]] = defaultdict(list)
    for episode in placed:
        of_shows[episode.show].append(episode)
    return sorted(of_shows.values(), key=len, reverse=True)
