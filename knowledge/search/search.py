"""Searches one library: spelling first, then topics, quotes and passages, then how sure to be of them.

Puts the parts together: the index finds, ranking orders and judges.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from heapq import nlargest
from itertools import chain, groupby, islice, pairwise
from math import log
from operator import attrgetter, itemgetter
from pathlib import Path
from typing import Final

import numpy as np

from knowledge.errors import DamagedIndexError
from knowledge.model import EVERYWHERE, Episode, EpisodeId, Item, ItemId, Passage, Quote, Scope, Topic
from knowledge.search import confidence, question, quotable, quotations, ranking, rarity, signals
from knowledge.search.answer_sentences import REACH, Sentence, answers, sentences
from knowledge.search.counting import Counting
from knowledge.search.definitions import LEADS, definition
from knowledge.search.digest import Block, Digest, digest
from knowledge.search.index import documents, lexicon, writing
from knowledge.search.index.forward import ForwardIndex, Rows
from knowledge.search.index.fulltext import ROOM, Match, TextIndex, stems
from knowledge.search.index.texts import Texts, TextsWriter, prepared
from knowledge.search.meaning import Floats, Meanings, similarities
from knowledge.search.mentions import Mentions, Name
from knowledge.search.opinions import opinion, verbs_like
from knowledge.search.parts import part, passage_of, words_at
from knowledge.search.question import Names, Query
from knowledge.search.quotations import Alignment, Quotation
from knowledge.search.ranking import Hit, Note, Ranking
from knowledge.search.signals import Asked, Candidates
from knowledge.search.spelling import Capitals, Speller, Understood, Vocabulary
from knowledge.search.trees import Table
from knowledge.search.words import asking, carries, joining, split, whole_words

_RETRIEVED: Final = 200
"""Stretches of talk considered in one episode."""
_ANYWHERE: Final = 80
"""The same in a whole library ..."""
_SIFTED: Final = 300
"""... out of so many that have its words."""
_MEANT_BESIDE: Final = 3.0
"""What a cosine of 1 counts for there, beside 1 for the best score by words."""
_MEANT: Final = 40
"""Stretches of talk considered for their meaning alone, in one episode or of one speaker ..."""
_THEIRS: Final = 2_000
"""... who speaks in so many at most; those who say more in a library say anything somewhere."""
_SPELLED: Final = 16
"""Questions whose spelling is kept: each is looked at several times before it is answered."""
_DIGESTED: Final = 64
"""Episodes of which it is kept what they are about: the newest is asked about by everybody."""
_COVERED: Final = signals.NAMES.index("covered_around")
_QUOTED: Final = 400
"""Stretches of talk in which sentences on a subject are looked for."""
_APART: Final = 5.0
"""Difference of two learned scores at which one counts e times the other."""
_ALIKE: Final = 0.2
"""Least cosine of a question and what is looked at for its meaning alone."""
_BARE: Final = 2
"""Telling words up to which a question only names its subject."""
_SAYS: Final = 4
"""Words with which what has none of the question's says something."""
_NOTES: Final = 30
"""Topics and quotes that are looked at closely."""
_NOTES_MEANT: Final = 8
"""The same for their meaning alone."""
_ALIGNED: Final = 20
"""Quotes and stretches of talk that a half-remembered quotation is aligned with."""
_SOUGHT: Final = 10
"""Words of a quotation that are looked up, the rarest: common ones cost most and find nothing."""
_SKIMMED: Final = 100
"""Stretches of talk that are skimmed for those worth aligning."""
_PLACES: Final = 500
"""Places read at most where very common words were said."""
_MOSTLY_SPEAKERS: Final = 500
"""Stretches of talk with a name from which most have it as their speaker's alone, and are not read."""
_READ_ASKED: Final = 50
"""Places read at most where a question may have been asked before."""
_READ: Final = 3
"""Quotations whose words are sought in the next passage as well."""
_MUCH_ABOUT: Final = 20
"""Episodes, those that talk most about something, in which it is looked for what it is ..."""
_BEGINNING: Final = 20
"""... and passages of one within which it makes little difference how far from the start that is."""
_NAMES_IT: Final = 2.0
"""Least weight of a telling word in choosing which passage to show, however common it is in a small library."""
_ONWARD: Final = 0.1
"""How much more similar two passages together have to be than one, to be what was meant."""
_WHOLE: Final = 5
"""What an episode's title and summary count for beside one stretch of talk, in how much it has on a subject."""
_MOST: Final = 0.5
"""Share of the question's weight from which words are about its subject."""


class Search:
    """Finds what was said. Built once for a library, then only read; safe to share between threads.

    Attributes:
        counting: counts what was said.
    """

    def __init__(
        self,
        texts: Texts,
        episodes: Iterable[Episode],
        items: Mapping[ItemId, Topic | Quote],
        speller: Speller,
        names: Names,
    ) -> None:
        self._notes, self._spoken, self._about = texts.notes, texts.spoken, texts.about
        self._noted, self._talk, self._titles = texts.noted, texts.talk, texts.titles
        self.counting = Counting(texts.talk, texts.voices, texts.spoken)
        self._episodes = {episode.id: episode for episode in episodes}
        self._items = items
        self._speller = speller
        self._names = names
        # No lru_cache: one of its own method would keep an old library, and its files, after a new one took over.
        self._spelled: dict[tuple[str, EpisodeId | None, Capitals], Understood] = {}
        self._digests: dict[EpisodeId, Digest] = {}

    @classmethod
    def over(
        cls, episodes: Iterable[Episode], passages: Iterable[Passage] = (), extra_words: Iterable[str] = ()
    ) -> Search:
        """Index a library in memory.

        The passages of an episode follow each other, in order. `extra_words` are words that are not in the library
        and that spelling has to know as well.
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
        cls, place: Path, episodes: Iterable[Episode], speakers: Iterable[str], extra_words: Iterable[str] = ()
    ) -> Search:
        """Open what `writing.write` wrote in a folder, for these episodes and with these speakers in transcripts.

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
    ) -> Search:
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
        # One word alone may be a subject as well: transcripts have "Hackers:" and "ChatGPT:" speak.
        names = Names(tuple(stems(name)) for name in people if " " in name or name in noted)
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
        if len(self._spelled) >= _SPELLED:
            self._spelled.clear()
        self._spelled[words, episode, capitals] = understood
        return understood

    def prepare(self) -> None:
        """Make now what the first question with a misspelt word would wait for."""
        self._speller.vocabulary.prepare()

    def get(self, id: ItemId) -> Item | None:
        """Look up a topic, a quote, a passage or a part of one; None where there is no such id."""
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
        """How many stretches of talk there are."""
        return len(self._spoken)

    def knows(self, word: str) -> bool:
        """Tell whether a word, in any of its forms, is said anywhere."""
        return any(map(self._holding, stems(word)))

    def typical(self, limit: int) -> list[str]:
        """List the words that tell most of a library: said often, and far more often than in English."""
        return self._speller.vocabulary.typical(limit)

    def said_in(self, episode: EpisodeId) -> Iterator[Passage]:
        """Read the passages of an episode, in order, each when it is wanted."""
        return self._spoken.said_in(episode)

    def digest(self, episode: EpisodeId) -> Digest | None:
        """Tell in an episode's own words what it is about; None for one without a transcript or with a short one."""
        if known := self._digests.get(episode):
            return known
        if len(self._digests) >= _DIGESTED:
            self._digests.clear()
        if digested := self._digested(episode):
            self._digests[episode] = digested
        return digested

    def _digested(self, episode: EpisodeId) -> Digest | None:
        found = self._spoken.within(episode)
        meanings = self._talk.meanings[self._talk.rows([match.place for match in found])]
        blocks = []
        for match, meaning in zip(found, meanings, strict=True):
            stretch = self._spoken.read(match.address)
            blocks.append(Block(stretch.passages, stretch.apart, meaning))
        return digest(blocks, lambda stem: self._weight(stem, stem))

    def quotable(
        self,
        *,
        scope: Scope = EVERYWHERE,
        whole: bool = False,
    ) -> quotable.QuotableSentences:
        """Find what is worth quoting by itself; `whole` takes whole passages instead."""
        return quotable.QuotableSentences(self._spoken, scope, whole=whole)

    def quotes_on(self, words: str, *, scope: Scope = EVERYWHERE, limit: int) -> tuple[Passage, ...]:
        """List sentences that stand by themselves and have the subject in them, those most worth quoting first.

        A word that tells nothing by itself, such as "go", is taken as a name: it counts where it has a capital.
        """
        telling = self._query(self._understood(words, scope), scope).telling
        weights = telling or dict.fromkeys(stems(words), 1.0)
        named = () if telling else tuple(word.capitalize() for word in split(words))
        asked = frozenset(stems(scope.speaker or ""))

        def bears(sentence: str) -> bool:
            return weights.keys() <= frozenset(stems(sentence)) and all(
                re.search(rf"(?<=[\w,] ){re.escape(name)}\b", sentence) for name in named
            )

        if telling:
            said = self._spoken.passages(self._spoken.best(weights, {"words": 1.0}, scope=scope, limit=_QUOTED))
        else:  # too common to be ranked by
            having = nlargest(_QUOTED, self._spoken.quotable(scope, least=0, having=weights), key=itemgetter(0))
            said = chain.from_iterable(self._spoken.read(address).passages for _, address in having)
        # To find out first which sentences stand by themselves would take ten times as long: most lack a word.
        theirs = (passage for passage in said if _is_by(passage, asked) and bears(passage.text))
        rated = chain.from_iterable(quotable.on(passage, bears) for passage in theirs)
        best = nlargest(limit, rated, key=itemgetter(0))
        return tuple(sentence for _, sentence in best)

    def find(
        self,
        words: str,
        *,
        scope: Scope = EVERYWHERE,
        kinds: Collection[type[Item]] = (Topic, Quote, Passage),
        limit: int = 10,
    ) -> Ranking:
        """Find what answers a question, or the part of one that `spell` has corrected: capitals are names'."""
        understood = self._understood(words, scope)
        asked = self._asked(understood, scope)
        query = asked.query
        hits: list[Hit] = []
        notes: list[Note] = []
        if query.telling and (Topic in kinds or Quote in kinds):
            notes = self._notes_on(asked, scope)
            hits += (hit for hit in (ranking.noted(query, notes) if notes else ()) if type(hit.item) in kinds)
        if query.telling and Passage in kinds:
            hits += self._said(asked, scope, limit)
        if scope.speaker and len(query.telling) <= _BARE:
            # What somebody says on a bare subject has its words; what answers a question may have others.
            hits = [hit for hit in hits if hit.direct] or hits
        hits.sort(key=lambda hit: hit.confidence, reverse=True)
        sure = hits[0].confidence if hits else 0.0
        scattered = ranking.scattered(query, notes)
        return Ranking(understood, tuple(hits[:limit]), sure, asked, scattered)

    def episodes(self, words: str, *, scope: Scope = EVERYWHERE) -> dict[EpisodeId, int]:
        """Count the places in each episode with all telling words, most first; title or summary count as several."""
        query = self._query(self._understood(words, scope), scope)
        stemmed = tuple(query.telling)
        noted = self._notes.episodes(stemmed, ("names", "words", "quoted"), scope)
        about = self._about.episodes(stemmed, ("names", "words"), scope)
        weighed = Counter({id: count * _WHOLE for id, count in about.items()})
        counted = weighed + noted + self._spoken.episodes(stemmed, ("words",), scope)
        return {self._episode(id).id: places for id, places in counted.most_common()}

    def about(
        self,
        words: str,
        *,
        scope: Scope = EVERYWHERE,
        limit: int,
    ) -> tuple[tuple[EpisodeId, float], ...]:
        """List the episodes whose title and summary answer a question, with how likely that is, 0 to 1, best first.

        For episodes without a transcript; what was said is found by `find`.
        """
        understood = self._understood(words, scope)
        query = self._query(understood, scope)
        if not query.telling:
            return ()
        fields = {"names": 2.0, "words": 1.0}
        found = self._about.best(query.telling, fields, scope=scope, limit=limit)
        described = [self._episode(self._about.id(match.address)) for match in found]
        meanings = Meanings.load()
        vector = meanings.vector(understood.text)
        texts = (" ".join(filter(None, (each.title, each.subtitle, each.summary))) for each in described)
        alike = (float(meanings.vector(text) @ vector) for text in texts)
        sure = ranking.described(query, zip(described, alike, strict=True))
        likely = ((episode.id, each) for episode, each in zip(described, sure, strict=True))
        return tuple(sorted(likely, key=itemgetter(1), reverse=True))

    def _episode(self, id: str) -> Episode:
        if episode := self._episodes.get(EpisodeId(id)):
            return episode
        raise DamagedIndexError("it names an episode that is not in it")

    def _item(self, match: Match) -> Topic | Quote:
        if item := self._items.get(self._notes.id(match.address)):
            return item
        raise DamagedIndexError("it names a topic or quote that is not in it")

    def said_by(
        self,
        speaker: str,
        words: str,
        *,
        scope: Scope = EVERYWHERE,
        limit: int,
    ) -> tuple[Quote | Passage, ...]:
        """List what one speaker said with most of the telling words in it, best first."""
        query = self._query(self._understood(words, EVERYWHERE), scope)
        asked = frozenset(stems(speaker))
        theirs_alone = replace(scope, speaker=speaker)
        best = partial(TextIndex.best, weights=query.telling, fields={"words": 1.0}, scope=theirs_alone)
        noted = map(self._item, best(self._notes, limit=_NOTES))
        spoken = self._spoken.passages(best(self._spoken, limit=_RETRIEVED))
        items = (item for item in chain(noted, spoken) if not isinstance(item, Topic))
        theirs = (item for item in items if _is_by(item, asked))
        shares = ((query.share(frozenset(stems(item.text))), item) for item in theirs)
        bearing = [(share, item) for share, item in shares if share >= _MOST]
        bearing.sort(key=lambda each: each[0], reverse=True)
        return tuple(item for _, item in bearing[:limit])

    def opinions(self, speaker: str, words: str, *, scope: Scope = EVERYWHERE) -> list[Passage]:
        """List where somebody says what they think of a subject, the plainest first."""
        asked = frozenset(self._query(self._understood(words, EVERYWHERE), scope).telling)
        said = self.said_by(speaker, words, scope=scope, limit=_RETRIEVED) if asked else ()
        rated = [(opinion(each.text, asked), each) for each in said if isinstance(each, Passage) and not each.aloud]
        return [each for rate, each in sorted(rated, key=itemgetter(0), reverse=True) if rate]

    def definitions(self, term: str, *, scope: Scope = EVERYWHERE) -> list[Passage]:
        """List where it is said what something is: plainly, and early in an episode that is much about it.

        Each passage begins with the sentence that says so.
        """
        places = dict(islice(self.episodes(term, scope=scope).items(), _MUCH_ABOUT))
        there = replace(scope, within=frozenset(places))
        matches = (match for lead in LEADS for match in self._spoken.phrased(stems(f"{term} {lead}"), there, _PLACES))
        said = {passage.id: passage for match in matches for passage in self._passages(match)}.values()

        def worth(rate: int, passage: Passage) -> float:
            return rate + log(places[passage.episode] + 1) - log(passage.number + _BEGINNING)

        read = ((passage, *definition(passage.text, term)) for passage in said)
        rated = [(worth(rate, each), part(each, begin, each.text[begin:])) for each, rate, begin in read if rate]
        return [passage for _, passage in sorted(rated, key=itemgetter(0), reverse=True)]

    def feelings(self, verb: str, words: str, *, scope: Scope = EVERYWHERE) -> list[Passage]:
        """List where anybody says that they love or hate something, or what else the verb says, the plainest first."""
        asked, verbs = frozenset(self._query(self._understood(words, EVERYWHERE), scope).telling), verbs_like(verb)
        weights = dict.fromkeys((*asked, *stems(verb)), 1.0)
        found = self._spoken.best(weights, {"words": 1.0}, scope=scope, limit=_QUOTED) if asked and verbs else ()
        said = chain.from_iterable(self._spoken.read(match.address).passages for match in found)
        rated = [(opinion(each.text, asked, verbs), each) for each in said if not each.aloud]
        return [each for rate, each in sorted(rated, key=itemgetter(0), reverse=True) if rate]

    def quotation(self, words: str, *, scope: Scope = EVERYWHERE) -> tuple[Alignment, ...]:
        """Find where half-remembered words were really said: wherever they are word for word, then most alike first.

        Words that run on from one passage into the same speaker's next are found in both together, under the first
        one's id.
        """
        laid = self._laying(words)
        exact = self.verbatim(words, scope=scope)
        seen = {match.item.id for match in exact}
        alike = (match for item in self._likely(words, scope) if item.id not in seen and (match := laid(item)))
        found = sorted((*exact, *alike), key=quotations.likeness, reverse=True)
        if not found or found[0].exact:
            return tuple(found)
        onward = filter(None, (laid(item) for match in found[:_READ] for item in self.onward(match.item)))
        longer = (match for match in onward if match.exact or match.similarity > found[0].similarity + _ONWARD)
        return tuple(sorted((*found, *longer), key=quotations.likeness, reverse=True))

    def verbatim(self, words: str, *, scope: Scope = EVERYWHERE) -> tuple[Alignment, ...]:
        """Find all places with these very words in one passage, of very many the first.

        Where a negation right before them was left out, they are there and not exact.
        """
        noted = map(self._item, self._notes.phrased(stems(words), scope, _PLACES))
        spoken = self._spoken.passages(self._spoken.phrased(stems(words), scope, _PLACES))
        items = self._theirs(chain(noted, spoken), scope)
        return tuple(filter(None, map(Quotation(words, self._weight_of).verbatim, items)))

    def asked(self, words: str, *, scope: Scope = EVERYWHERE) -> Iterator[Passage]:
        """Find passages that end by asking these very words, of very many some."""
        sought = whole_words(words)
        for passage in self._spoken.passages(self._spoken.phrased(stems(words), scope, _READ_ASKED)):
            if passage.text.endswith("?") and whole_words(passage.text)[-len(sought) :] == sought:
                yield passage

    def countless(self, words: str, *, scope: Scope = EVERYWHERE) -> bool:
        """Tell whether some words may have been said in more places than `verbatim` finds."""
        return len(self._spoken.phrased(stems(words), scope, _PLACES)) == _PLACES

    def mentions(self, name: str, *, scope: Scope = EVERYWHERE) -> Mentions:
        """Find the episodes in which a name comes up, word for word, and passages to show for it."""
        found = sorted(self._spoken.phrased(stems(name), scope, max(self.size, 1)), key=attrgetter("place"))
        if len(found) > _MOSTLY_SPEAKERS:
            said = self.counting.said_in(stems(name))
            found = [match for match in found if match.place in said] or found
        read = ((match.place // ROOM, partial(self._passages, match)) for match in found)
        return Name(name).mentions(read, unknown=not self.knows(name))

    def said_after(self, leads: Iterable[str], name: str, *, scope: Scope = EVERYWHERE) -> Iterator[Passage]:
        """Yield passages in which a name comes right after one of some leads, such as "known as", lead by lead."""
        said = [f"{lead} {name}" for lead in leads]
        if not self._spoken.says_any(map(stems, said)):  # mostly, and this takes a tenth of looking for each
            return iter(())
        return (each for words in said for each in self.mentions(words, scope=scope).passages)

    def said_early(self, name: str, passages: int, *, scope: Scope = EVERYWHERE) -> Iterator[Passage]:
        """Yield the passages that have a name, word for word, among so many of the first of each episode."""
        sought = Name(name)
        said = self.counting.passages_begun(self.counting.mentions(name, scope=scope), passages)
        return (each for each in said if sought.written(each.text))

    def _passages(self, match: Match) -> tuple[Passage, ...]:
        return self._spoken.read(match.address).passages

    def mentioned_beside(self, name: str, words: str, *, scope: Scope = EVERYWHERE) -> tuple[Passage, ...]:
        """Find passages in which a name comes up in talk that has some telling words of a subject, best first."""
        telling = self._query(self._understood(words, EVERYWHERE), scope).telling
        said = self._spoken.passages(self._spoken.phrased_beside(stems(name), telling, scope))
        sought = Name(name)
        return tuple(passage for passage in said if sought.written(passage.text))

    def _likely(self, words: str, scope: Scope) -> Iterator[Quote | Passage]:
        """Choose what is worth laying along some words."""
        meant = self.spell(words).text
        weights = {stem: self._weight(word, stem) for word in split(f"{words} {meant}") for stem in stems(word)}
        known = ((stem, weight) for stem, weight in weights.items() if self._holding(stem))
        heaviest = dict(nlargest(_SOUGHT, known, key=itemgetter(1)))
        best = partial(TextIndex.best, weights=heaviest, fields={"words": 1.0}, scope=scope)
        noted = map(self._item, best(self._notes, limit=_ALIGNED))
        said = self._theirs(self._spoken.passages(best(self._spoken, limit=_SKIMMED)), scope)
        likely = quotations.likeliest(meant, (item for item in said if isinstance(item, Passage)), _ALIGNED)
        return chain(self._theirs(noted, scope), likely)

    def _laying(self, words: str) -> Callable[[Quote | Passage], Alignment | None]:
        """Return what lays words along others, as they were typed and as they were meant."""
        meant, typed = self.spell(words).text, Quotation(words, self._weight_of)
        if whole_words(meant) == whole_words(words):
            return typed.along
        corrected = Quotation(meant, self._weight_of)
        return lambda item: quotations.closest(typed.along(item), corrected.along(item))

    @staticmethod
    def _theirs(items: Iterable[Item], scope: Scope) -> Iterator[Quote | Passage]:
        """Leave what is said, by the speaker alone if there is one."""
        theirs = frozenset(stems(scope.speaker or ""))
        return (item for item in items if not isinstance(item, Topic) and _is_by(item, theirs))

    def onward(self, item: Quote | Passage) -> Iterator[Passage]:
        """Join a passage with the one before or after it, where the same person goes on speaking."""
        if isinstance(item, Quote):
            return
        beside = {passage.number: passage for passage in self._spoken.beside(item)}
        for first, second in pairwise(filter(None, map(beside.get, range(item.number - 1, item.number + 2)))):
            if first.voice == second.voice:
                yield replace(first, text=f"{first.text} {second.text}")

    def reply(self, asked: Passage) -> Passage | None:
        """Return what is said right after a passage that ends with a question, None where the same speaker goes on."""
        if not asked.text.endswith("?"):
            return None
        after = next((each for each in self._spoken.beside(asked) if each.number == asked.number + 1), None)
        return after if after and (after.speaker != asked.speaker or after.speaker is None) else None

    def answering(
        self, asked: Asked, near: Passage, *, speaker: str | None = None, length: int, most: int = 1
    ) -> list[Passage]:
        """Return the sentences around a passage that answer best, see `answers`; itself where nothing does."""
        return (answers(self.sentences(near), asked, speaker, length, most) if asked.query.telling else []) or [near]

    def sentences(self, near: Passage) -> list[Sentence]:
        """Gather what `answering` chooses from, for learning from."""
        return sentences(self._spoken.near(near, REACH))

    def told_in(self, words: str, text: str) -> float:
        """Return how much of what some words tell a text has, 0 to 1; see `quotations.told_in`."""
        return quotations.told_in(words, text, self.knows)

    def _weight_of(self, word: str) -> float:
        return self._weight(word, *stems(word)[:1]) if carries(word.removesuffix("'s")) else 1.0

    def _weight(self, word: str, stem: str = "") -> float:
        return rarity.weight(word, holding=self._holding(stem), of=len(self._spoken) + len(self._notes))

    def _holding(self, stem: str) -> int:
        return self._spoken.holding(stem) + self._notes.holding(stem)

    def _query(self, understood: Understood, scope: Scope) -> Query:
        episode = scope.episode

        def speaks(stem: str) -> bool:
            return episode is not None and self._spoken.speaking(stem, episode) > 0

        return question.read(understood, self._names, self._weight, speaks)

    def notes(self, words: str, *, scope: Scope = EVERYWHERE) -> tuple[Query, list[Note]]:
        """Gather the topics and quotes that `find` weighs, by their words and by their meaning; for learning from."""
        asked = self._asked(self.spell(words, scope=scope), scope)
        return asked.query, self._notes_on(asked, scope) if asked.query.telling else []

    def _asked(self, understood: Understood, scope: Scope) -> Asked:
        return Asked.of(self._query(understood, scope), understood.text)

    def _notes_on(self, asked: Asked, scope: Scope) -> list[Note]:
        if not len(self._notes):
            return []
        fields = {"names": 2.0, "words": 1.0, "quoted": 0.5}
        matches = self._notes.best(asked.query.telling, fields, scope=scope, limit=_NOTES)
        vector = asked.vector
        if not scope.speaker:
            meant = nearest(vector, self._noted, self._noted.within(scope.episode), _NOTES_MEANT)
            unknown = sorted(meant.difference(match.place for match in matches))
            matches = [*matches, *(match._replace(score=0.0) for match in self._notes.around(unknown, 0))]
        alike = similarities(vector, self._noted.meanings[self._noted.rows([match.place for match in matches])])
        notes = (
            Note(item, self._bearing(item), match.score, float(meaning))
            for match, meaning in zip(matches, alike, strict=True)
            for item in (self._item(match),)
        )
        return [note for note in notes if scope.within is None or note.item.episode in scope.within]

    def _bearing(self, item: Topic | Quote) -> str:
        if isinstance(item, Quote):
            return ""
        known = (self._items[quote] for quote in item.quotes if quote in self._items)
        return " ".join(quote.text for quote in known if isinstance(quote, Quote))

    def look(self, words: str, *, scope: Scope = EVERYWHERE) -> Looked | None:
        """Gather what `find` puts in order: stretches of talk that may answer, with their figures; None without any."""
        asked = self._asked(self.spell(words, scope=scope), scope)
        return self._look(asked, scope) if asked.query.telling else None

    def _look(self, asked: Asked, scope: Scope) -> Looked | None:
        query, episode = asked.query, scope.episode
        searched = self._spoken.size(episode)
        wanted = (*query.telling, *query.names, *query.asking)
        weights = ranking.weights(query, {s: self._spoken.holding(s, episode) for s in wanted}, searched)
        among = _RETRIEVED if episode else _SIFTED
        matches = self._spoken.best(weights, {"words": 1.0}, scope=scope, limit=among)
        if not matches:
            return None
        if not episode and len(matches) > _ANYWHERE:
            matches = self._sifted(matches, asked.vector)
        scores = {match.place: match.score for match in matches}
        theirs = self._spoken.spoken_by(scope) if scope.speaker else 0
        if theirs <= _THEIRS and (theirs or episode):
            rows = self._talk.rows(self._spoken.places(scope, most=_THEIRS)) if theirs else self._talk.within(episode)
            meant = nearest(asked.vector, self._talk, rows, _MEANT)
            scores |= dict.fromkeys(meant.difference(scores), 0.0)
        places = sorted(scores)
        candidates = Candidates(places, np.array([scores[place] for place in places], np.float32))
        figures = signals.figures(candidates, asked, weights, self._talk, self._titles, searched)
        found = {match.place: match for match in matches}
        # Counted alone, somebody's few words would make a near miss as sure as an answer.
        return Looked(query, places, figures, weights, found, (theirs * searched) ** 0.5 if theirs else searched)

    def _sifted(self, matches: Sequence[Match], vector: Floats) -> list[Match]:
        """Leave the best by words and meaning together."""
        rows = self._talk.rows([match.place for match in matches])
        scores = np.array([match.score for match in matches], np.float32)
        worth = scores / scores.max() + _MEANT_BESIDE * similarities(vector, self._talk.meanings[rows])
        return [matches[number] for number in np.argsort(-worth, kind="stable")[:_ANYWHERE]]

    def _said(self, asked: Asked, scope: Scope, limit: int) -> Iterator[Hit]:
        query, looked = asked.query, self._look(asked, scope)
        if looked is None:
            return
        scores = ranking.learned(looked.figures)
        order = ranking.chosen(looked.places, scores, limit)
        addresses = self._addresses(looked, order)
        read = {number: self._spoken.read(addresses[number].address) for number in order}
        if scope.speaker:
            # The index knows who speaks in a stretch, and "Ann Lee" may be Ann Ray and Bob Lee together.
            order = [number for number in order if ranking.speaks(scope.speaker, read[number])]
            if not order:
                return
        sure = confidence.of_said(looked.figures, order, query, looked.searched)
        shown_for = looked.weights | {s: max(looked.weights.get(s, 0.0), _NAMES_IT) for s in query.telling}
        for number, likely in zip(order, sure, strict=True):
            stretch = read[number]
            shown = ranking.telling(stretch, shown_for, scope.speaker)
            direct = not query.telling.keys().isdisjoint(stretch.apart[shown])
            if not direct and len(stretch.apart[shown]) < _SAYS:
                continue  # "Yeah." says nothing by itself
            score = min(float(np.exp((scores[number] - scores[order[0]]) / _APART)), 1.0)
            weight = query.total * float(looked.figures[number, _COVERED])
            yield Hit(stretch.passages[shown], score, likely, weight, direct)

    def _addresses(self, looked: Looked, order: Sequence[int]) -> dict[int, Match]:
        """Find the documents of candidates, also of those that were found by their meaning alone."""
        places = {number: looked.places[number] for number in order}
        unknown = [place for place in places.values() if place not in looked.matches]
        found = looked.matches
        if unknown:
            found = found | {match.place: match for match in self._spoken.around(unknown, 0)}
            if not found.keys() >= set(unknown):
                raise DamagedIndexError("it has no document where a row is")
        return {number: found[place] for number, place in places.items()}


@dataclass(frozen=True, slots=True)
class Looked:
    """What may answer a question.

    Attributes:
        query: the question.
        places: of the candidates, ascending: the number of the episode times `ROOM`, and of the stretch in it.
        figures: of each candidate, see `signals.NAMES`.
        weights: by which the index found the matches.
        matches: by place; a candidate that was found by its meaning has none.
        searched: how many stretches count as searched: if a speaker is asked for, the geometric mean of theirs and all.
    """

    query: Query
    places: Sequence[int]
    figures: Table
    weights: dict[str, float]
    matches: dict[int, Match]
    searched: float


def nearest(vector: Floats, index: ForwardIndex, among: range | Rows, limit: int) -> set[int]:
    """Find the places of those among some rows that are nearest by meaning, and near at all."""
    rows = np.arange(among.start, among.stop) if isinstance(among, range) else among
    alike = similarities(vector, index.meanings[rows])
    best = np.argsort(-alike)[:limit]
    return set(index.places(rows[best[alike[best] >= _ALIKE]]))


def _is_by(item: Quote | Passage, name: frozenset[str]) -> bool:
    return name <= frozenset(stems(item.speaker or ""))
