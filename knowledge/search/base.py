"""The base of every search of a library: its indexes, its spelling, and the weights of its words.

Finds items by id only.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain, groupby
from operator import attrgetter
from pathlib import Path
from typing import Final, Self

from knowledge.errors import DamagedIndexError
from knowledge.model import EVERYWHERE, Episode, EpisodeId, Item, ItemId, Passage, Quote, Scope, Topic
from knowledge.recent import Recent
from knowledge.search import question, quotable, rarity
from knowledge.search.answer_sentences import REACH
from knowledge.search.counting import Counting
from knowledge.search.digest import Digest
from knowledge.search.index import documents, lexicon, writing
from knowledge.search.index.fulltext import TextMatch
from knowledge.search.index.stemming import stems
from knowledge.search.index.texts import Texts, TextsWriter, prepared
from knowledge.search.parts import passage_of, words_at
from knowledge.search.question import PLAIN, KnownNames, Manner, Query
from knowledge.search.spelling import Capitals, Speller, Understood, Vocabulary
from knowledge.search.words import asking, carries, joining, split

_DIGESTED: Final = 64
"""Episode digests kept: everybody asks about the newest episode."""
_SPELLED: Final = 16
"""Questions whose corrected spelling is cached: each is looked at several times before it is answered."""


class SearchBase:
    """A searchable library. Built once, then only read; safe to share between threads.

    Attributes:
        counting: counts what was said.
    """

    def __init__(
        self,
        texts: Texts,
        episodes: Iterable[Episode],
        items: Mapping[ItemId, Topic | Quote],
        speller: Speller,
        names: KnownNames,
    ) -> None:
        self._notes, self._spoken, self._about = texts.notes, texts.spoken, texts.about
        self._noted, self._talk, self._titles = texts.noted, texts.talk, texts.titles
        self.counting = Counting(texts.talk, texts.voices, texts.spoken)
        self._episodes = {episode.id: episode for episode in episodes}
        self._items = items
        self._speller = speller
        self._names = names
        # Not an lru_cache on methods: it would keep an old library and its files after a new one took over.
        self._spelled: Recent[tuple[str, EpisodeId | None, Capitals], Understood] = Recent(_SPELLED)
        self._digests: Recent[EpisodeId, Digest] = Recent(_DIGESTED)

    @classmethod
    def over(
        cls, episodes: Iterable[Episode], passages: Iterable[Passage] = (), extra_words: Iterable[str] = ()
    ) -> Self:
        """Index a library in memory.

        The passages of an episode must be consecutive and in order. `extra_words` are words outside the library that
        spelling has to know too.
        """
        library, said = tuple(episodes), tuple(passages)
        of_episode = {id: tuple(group) for id, group in groupby(said, key=attrgetter("episode"))}
        writer = TextsWriter()
        for ordinal, episode in enumerate(library):
            writer.add(prepared(episode, of_episode.get(episode.id, ())), ordinal)
        counts = lexicon.counted(passage.text for passage in said)
        for episode in library:
            counts.update(documents.words(episode, ()))
        speakers = {passage.speaker for passage in said if passage.speaker}
        return cls._of(library, writer.finish(), speakers, Counter(extra_words) + counts)

    @classmethod
    def stored(
        cls, place: Path, episodes: Iterable[Episode], speakers: Iterable[str], extra_words: Iterable[str]
    ) -> Self:
        """Open the index that `writing.write` wrote, for these episodes and the speakers in their transcripts.

        Raises:
            DamagedIndexError: a part is missing or damaged.
        """
        said = lexicon.OnDisk(place / writing.WORDS)
        return cls._of(tuple(episodes), Texts.open(place), set(speakers), Counter(extra_words), said)

    @classmethod
    def _of(
        cls,
        episodes: Sequence[Episode],
        texts: Texts,
        speakers: Collection[str],
        counts: Counter[str],
        said: lexicon.Lexicon | None = None,
    ) -> Self:
        noted = set(chain.from_iterable(map(documents.people, episodes)))
        people = {*speakers, *noted}
        named = set(chain.from_iterable(map(split, people)))
        counts.update((*asking(), *joining(), *named))
        vocabulary = Vocabulary(counts, named, said)
        indexes = (texts.notes, texts.spoken, texts.about)

        def knows(word: str) -> bool:
            return word in vocabulary or any(each.knows(stem) for stem in stems(word) for each in indexes)

        def together(first: str, second: str, places: int) -> bool:
            before, after = stems(first), stems(second)
            return bool(before and after) and any(each.phrase(before + after, places) for each in indexes)

        items: dict[ItemId, Topic | Quote] = {}
        for episode in episodes:
            items.update(documents.items(episode))
        # A single word may be a subject too: some transcripts have "Hackers:" or "ChatGPT:" as a speaker.
        names = KnownNames(tuple(stems(name)) for name in people if " " in name or name in noted)
        return cls(texts, episodes, items, Speller(vocabulary, knows, together), names)

    def spell(self, words: str, *, scope: Scope = EVERYWHERE) -> Understood:
        """Correct a question's spelling by the library's words, preferring those of the episode asked about."""
        return self._understood(words, scope, Capitals.OPEN_SENTENCES)

    def _understood(self, words: str, scope: Scope, capitals: Capitals = Capitals.ARE_NAMES) -> Understood:
        episode = scope.episode
        if known := self._spelled.get((words, episode, capitals)):
            return known

        def here(word: str) -> bool:
            return any(index.holding(stem, episode) for stem in stems(word) for index in (self._notes, self._spoken))

        understood = self._speller.understand(words, here if episode else None, capitals=capitals)
        self._spelled[words, episode, capitals] = understood
        return understood

    def prepare(self) -> None:
        """Build what the first question with a misspelt word would wait for."""
        self._speller.vocabulary.prepare()

    def get(self, id: ItemId) -> Item | None:
        """Return a topic, quote, passage or part of a passage by its id; None if there is none."""
        if whole := passage_of(id):
            return self._part(id, whole)
        return self._items.get(id) or self._spoken.find(id)

    def _part(self, id: ItemId, whole: ItemId) -> Passage | None:
        passage = self._spoken.find(whole)
        if passage is None:
            return None
        following = (each for _, said in self._spoken.near(passage, range(REACH.stop)) for each in said)
        later = (each for each in following if each.number > passage.number)
        return words_at(id, passage, later) or quotable.within(passage, id)

    @property
    def size(self) -> int:
        """The number of stretches of talk."""
        return len(self._spoken)

    def knows(self, word: str) -> bool:
        """Tell whether a word is said anywhere, in any form."""
        return any(map(self._holding, stems(word)))

    def said_in(self, episode: EpisodeId) -> Iterator[Passage]:
        """Yield the passages of an episode, in order, reading each only when it is needed."""
        return self._spoken.said_in(episode)

    def _weight_of(self, word: str) -> float:
        return self._weight(word, *stems(word)[:1]) if carries(word.removesuffix("'s")) else 1.0

    def _weight(self, word: str, stem: str = "") -> float:
        return rarity.weight(word, holding=self._holding(stem), of=len(self._spoken) + len(self._notes))

    def _holding(self, stem: str) -> int:
        return self._spoken.holding(stem) + self._notes.holding(stem)

    def _query(self, understood: Understood, scope: Scope, manner: Manner = PLAIN) -> Query:
        episode = scope.episode

        def speaks(stem: str) -> bool:
            return episode is not None and self._spoken.speaking(stem, episode) > 0

        return question.read(understood, manner, self._names, self._weight, speaks, self._speller.is_name)

    def _episode(self, id: str) -> Episode:
        if episode := self._episodes.get(EpisodeId(id)):
            return episode
        raise DamagedIndexError("it names an episode that is not in it")

    def _item(self, match: TextMatch) -> Topic | Quote:
        if item := self._items.get(self._notes.id(match.address)):
            return item
        raise DamagedIndexError("it names a topic or quote that is not in it")


def is_by(item: Quote | Passage, name: frozenset[str]) -> bool:
    """Tell whether a speaker's name has all of these stems; true for none."""
    return not name or name <= frozenset(stems(item.speaker or ""))
