"""Searches one library: corrects spelling, finds topics, quotes and passages, and says how sure to be of them.

Combines the parts: the index finds, ranking orders and judges. Words found by their exact wording are in `wording.py`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from heapq import nlargest
from itertools import chain, compress, islice
from math import log
from operator import itemgetter
from typing import Final

import numpy as np

from knowledge.cutting import sentences_begin
from knowledge.errors import DamagedIndexError
from knowledge.model import EVERYWHERE, EpisodeId, Item, ItemId, Passage, Quote, Scope, Topic
from knowledge.passages import sentences as sentences_in
from knowledge.search import confidence, quotable, ranking, signals
from knowledge.search.answer_sentences import REACH, Sentence, answers, sentences
from knowledge.search.base import is_by
from knowledge.search.definitions import ASKING, LEADS, OUTRIGHT, asks, definition, requests
from knowledge.search.digest import Block, Digest, digest
from knowledge.search.index.forward import ForwardIndex, Rows, stem_code
from knowledge.search.index.fulltext import TextIndex, TextMatch
from knowledge.search.index.stemming import stems
from knowledge.search.meaning import Floats, Meanings, similarities
from knowledge.search.naming import NAMING, of_a_name, origin
from knowledge.search.opinions import opinion, verbs_beside, verbs_like
from knowledge.search.parts import part
from knowledge.search.question import BARE, PLAIN, Manner, Query
from knowledge.search.ranking import Hit, Note, Ranking
from knowledge.search.signals import Candidates, EmbeddedQuery
from knowledge.search.spelling import Understood
from knowledge.search.trees import Table
from knowledge.search.wording import PLACES, Wording

_RETRIEVED: Final = 200
"""Candidates considered in one episode."""
_RETRIEVED_ANYWHERE: Final = 80
"""Candidates considered in a whole library."""
_SIFTED: Final = 300
"""Number of the best BM25 matches in a whole library from which `_RETRIEVED_ANYWHERE` candidates are chosen."""
_MEANT_BESIDE: Final = 3.0
"""Weight of the cosine in choosing among BM25 matches, relative to 1 for the best score."""
_MEANT: Final = 40
"""Candidates considered for their meaning alone, in one episode or by one speaker."""
_THEIRS: Final = 2_000
"""Maximum number of a speaker's stretches to search by meaning alone; somebody who says more is close to anything."""
_MEANT_WIDELY: Final = 60
"""Candidates considered for their meaning alone in a whole library, for `widely` only."""
_COVERED: Final = signals.NAMES.index("covered_around")
_QUOTED: Final = 400
"""Stretches in which to look for sentences on a subject."""
_APART: Final = 5.0
"""Difference in learned scores that divides `Hit.score` by e."""
_ALIKE: Final = 0.2
"""Minimum cosine between a question and a candidate found by its meaning alone."""
_LEAST_SAID: Final = 4
"""Minimum number of stems in a passage to show that has no telling word of the question."""
_NOTES: Final = 30
"""Topics and quotes considered closely."""
_NOTES_MEANT: Final = 8
"""Topics and quotes considered for their meaning alone."""
_MUCH_ABOUT: Final = 20
"""Number of episodes, those with most talk about a term, in which to look for definitions."""
_BEGINNING: Final = 20
"""Added to a passage's number when rating definitions, so that early passages differ little."""
_NAMES_IT: Final = 2.0
"""Minimum weight of a telling word in choosing the passage to show, however common it is in a small library."""
_WHOLE: Final = 5
"""Number of stretches that an episode's title and summary count as in how much it is about a subject."""
_NEAR: Final = 10
"""Maximum number of words between the rarest word of a subject and each other one for them to be said together."""
_BETWEEN: Final = "{0,2}"
"""Number of words between another word and a name that is no telling word: "learn about Go"."""
_TOGETHER: Final = 20
"""Stretches in which to look for words together."""
_REPLIES: Final = 30
"""Minimum number of words in a reply that explains something."""
_BEARING: Final = 0.5
"""Minimum share of the question's weight in words that bear on its subject."""


class Search(Wording):
    """Finds what was said. Built once for a library, then only read; safe to share between threads."""

    def digest(self, episode: EpisodeId) -> Digest | None:
        """Summarise an episode in its own words; None without a transcript or with a short one."""
        if known := self._digests.get(episode):
            return known
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

    def quotable(self, *, scope: Scope, whole: bool = False) -> quotable.QuotableSentences:
        """Find what is worth quoting by itself; `whole` takes whole passages instead."""
        return quotable.QuotableSentences(self._spoken, scope, whole=whole)

    def quotes_on(self, words: str, *, scope: Scope, limit: int) -> tuple[Passage, ...]:
        """Return sentences that stand by themselves and contain a subject, those most worth quoting first.

        A word that is not telling, such as "go", is taken as a name: it counts if it has a capital.
        """
        telling = self._query(self._understood(words, scope), scope).telling
        weights = telling or dict.fromkeys(stems(words), 1.0)
        asked, bears = frozenset(stems(scope.speaker or "")), self._naming(words, scope)
        found = self._spoken.most_quotable(weights, scope=scope, limit=_QUOTED)
        said = chain.from_iterable(stretch.passages for stretch in found)
        # Checking first which sentences stand by themselves would take ten times as long: most lack a word.
        theirs = (passage for passage in said if is_by(passage, asked) and bears(passage.text))
        rated = chain.from_iterable(quotable.on(passage, bears) for passage in theirs)
        best = nlargest(limit, rated, key=itemgetter(0))
        return tuple(sentence for _, sentence in best)

    def find(
        self,
        words: str,
        *,
        manner: Manner = PLAIN,
        scope: Scope = EVERYWHERE,
        kinds: Collection[type[Item]] = (Topic, Quote, Passage),
        limit: int = 10,
        widely: bool = False,
    ) -> Ranking:
        """Find what answers a question, or a part of one that `spell` has corrected, so that capitals mean names.

        `manner` is how it is asked. `widely` also considers candidates by meaning alone in a whole library, where too
        many are close to the question to be an answer.
        """
        understood = self._understood(words, scope)
        asked = self._asked(understood, scope, manner)
        query = asked.query
        hits: list[Hit] = []
        notes: list[Note] = []
        if query.telling and (Topic in kinds or Quote in kinds):
            notes = self._notes_on(asked, scope)
            hits += (hit for hit in (ranking.noted(asked, notes) if notes else ()) if type(hit.item) in kinds)
        if query.telling and Passage in kinds:
            hits += self._said(asked, scope, limit, widely=widely)
        if scope.speaker and len(query.telling) <= BARE:
            # What somebody says on a bare subject contains its words; an answer to a question may not.
            hits = [hit for hit in hits if hit.direct] or hits
        hits.sort(key=lambda hit: hit.confidence, reverse=True)
        sure = hits[0].confidence if hits else 0.0
        scattered = ranking.scattered(query, notes)
        return Ranking(understood, tuple(hits[:limit]), sure, asked, scattered)

    def episodes(self, words: str, *, scope: Scope = EVERYWHERE, scattered: bool = False) -> dict[EpisodeId, int]:
        """Count the places in each episode with all telling words, most first; title and summary count as several.

        In talk, the words have to be near each other, unless `scattered` takes whole stretches.
        """
        query = self._query(self._understood(words, scope), scope)
        stemmed = tuple(query.telling)
        noted = self._notes.by_episode(self._notes.having(stemmed, ("names", "words", "quoted"), scope))
        about = self._about.by_episode(self._about.having(stemmed, ("names", "words"), scope))
        weighed = Counter({id: count * _WHOLE for id, count in about.items()})
        said = self._spoken.having(stemmed, ("words",), scope)
        counted = weighed + noted + self._spoken.by_episode(said if scattered else self._near(stemmed, said))
        return {self._episode(id).id: places for id, places in counted.most_common()}

    def _near(self, stemmed: Sequence[str], said: Sequence[TextMatch]) -> Sequence[TextMatch]:
        """Keep the stretches, all with these stems, in which they are near each other."""
        if len(stemmed) < 2 or not said:
            return said
        rows = self._talk.rows([match.place for match in said])
        near = self._talk.words(rows, rows).near(list(map(stem_code, stemmed)), _NEAR)
        return list(compress(said, near))

    def about(
        self, words: str, *, manner: Manner = PLAIN, scope: Scope, limit: int
    ) -> tuple[tuple[EpisodeId, float], ...]:
        """Return the episodes whose title and summary may answer a question, with the probability, 0 to 1, best first.

        For episodes without a transcript; what was said is found by `find`.
        """
        understood = self._understood(words, scope)
        asked = self._asked(understood, scope, manner)
        if not asked.query.telling:
            return ()
        fields = {"names": 2.0, "words": 1.0}
        found = self._about.best(asked.query.telling, fields, scope=scope, limit=limit)
        described = [self._episode(self._about.id(match.address)) for match in found]
        meanings = Meanings.load()
        texts = (" ".join(filter(None, (each.title, each.subtitle, each.summary))) for each in described)
        alike = (float(meanings.vector(text) @ asked.vector) for text in texts)
        sure = ranking.described(asked, list(zip(described, alike, strict=True)))
        likely = ((episode.id, each) for episode, each in zip(described, sure, strict=True))
        return tuple(sorted(likely, key=itemgetter(1), reverse=True))

    def said_by(self, speaker: str, words: str, *, scope: Scope, limit: int) -> tuple[Quote | Passage, ...]:
        """Return what one speaker said that has most of the telling words, best first.

        A word that is not telling, such as "go", is taken as a name: it counts if it has a capital.
        """
        query = self._query(self._understood(words, EVERYWHERE), scope)
        asked, names = frozenset(stems(speaker)), self._naming(words, EVERYWHERE)
        theirs_alone = replace(scope, speaker=speaker)
        weights = query.telling or dict.fromkeys(stems(words), 1.0)
        best = partial(TextIndex.best, weights=weights, fields={"words": 1.0}, scope=theirs_alone)
        noted = map(self._item, best(self._notes, limit=_NOTES))
        spoken = self._spoken.passages(best(self._spoken, limit=_RETRIEVED))
        items = (item for item in chain(noted, spoken) if not isinstance(item, Topic))
        theirs = (item for item in items if is_by(item, asked))
        shares = (
            (query.share(frozenset(stems(item.text))) if query.telling else float(names(item.text)), item)
            for item in theirs
        )
        bearing = [(share, item) for share, item in shares if share >= _BEARING]
        bearing.sort(key=lambda each: each[0], reverse=True)
        return tuple(item for _, item in bearing[:limit])

    def opinions(self, speaker: str, words: str, *, scope: Scope) -> list[Passage]:
        """Return passages in which somebody says what they think of a subject, plainest first."""
        return self._plainest(words, replace(scope, speaker=speaker))

    def feelings(self, verb: str, words: str, *, scope: Scope) -> list[Passage]:
        """Return passages in which anybody says they love or hate something, or another opinion verb, plainest first.

        If there are none, passages with a similar verb: "I love it" for "does anyone like it".
        """
        said = self._plainest(words, scope, verb) if verbs_like(verb) else []
        return said or [each for other in verbs_beside(verb) for each in self._plainest(words, scope, other)]

    def _plainest(self, words: str, scope: Scope, verb: str = "") -> list[Passage]:
        """Return opinions on a subject, or with a verb, plainest first; only passages with all the words are read."""
        telling = self._query(self._understood(words, EVERYWHERE), scope).telling
        asked, verbs = frozenset(telling).difference(stems(verb)), verbs_like(verb)
        if not asked:
            return []
        weights = {**dict.fromkeys(stems(verb), 1.0), **telling}
        found = self._spoken.best(weights, {"words": 1.0}, scope=scope, limit=_QUOTED, having=weights)
        theirs = frozenset(stems(scope.speaker or ""))
        said = (each for each in self._spoken.passages(found) if is_by(each, theirs) and not each.aloud)
        rated = [(opinion(each.text, asked, verbs), each) for each in said]
        return [each for rate, each in sorted(rated, key=itemgetter(0), reverse=True) if rate]

    def definitions(self, term: str, *, scope: Scope) -> list[Passage]:
        """Return passages that define a term: plainly, and early in an episode that says much about it.

        Each begins with the defining sentence.
        """
        places = dict(islice(self.episodes(term, scope=scope).items(), _MUCH_ABOUT))
        there = replace(scope, within=frozenset(places))
        matches = (match for lead in LEADS for match in self._spoken.phrased(stems(f"{term} {lead}"), there, PLACES))
        said = {passage.id: passage for match in matches for passage in self._passages(match)}.values()

        def worth(rate: int, passage: Passage) -> float:
            return rate + log(places[passage.episode] + 1) - log(passage.number + _BEGINNING)

        read = ((passage, *definition(passage.text, term)) for passage in said)
        rated = [
            (worth(rate, each), said) for each, rate, begin in read if rate for said in self._saying(each, begin, rate)
        ]
        return [passage for _, passage in sorted(rated, key=itemgetter(0), reverse=True)]

    def _saying(self, defined: Passage, begin: int, rate: int) -> Iterable[Passage]:
        """Return a definition from its beginning, or the replies if it asks: "It is a kind of wax. Is that right?".

        One that is given outright stands, whatever it asks then.
        """
        if rate < OUTRIGHT and asks(defined.text):
            return self.replies([defined], least=_REPLIES)
        return [self._onward(defined, begin)]

    def _onward(self, said: Passage, begin: int) -> Passage:
        """Return a passage from a sentence on; if that is the last, with what the same person says next."""
        text = said.text[begin:].rstrip()
        after = self._following(said)
        goes_on = after and after.voice == said.voice and len(sentences_begin(text)) == 1
        return part(said, begin, f"{text} {after.text.rstrip()}" if after and goes_on else said.text[begin:])

    def _following(self, said: Passage) -> Passage | None:
        return next((each for each in self._spoken.beside(said) if each.number == said.number + 1), None)

    def explanations(self, term: str, *, scope: Scope) -> list[Passage]:
        """Return replies to questions about what something is, from the episodes that say most about it."""
        places = dict(islice(self.episodes(term, scope=scope).items(), _MUCH_ABOUT))
        there = replace(scope, within=frozenset(places))
        phrases = (stems(asking.format(term)) for asking in ASKING)
        matches = (match for phrase in phrases for match in self._spoken.phrased(phrase, there, PLACES))
        phrased = (passage for match in matches for passage in self._passages(match))
        # "The virtual DOM. Can you explain it like I'm five?"
        names, found = self._naming(term, scope), self._with_most_of(f"{term} explain", there)
        requested = (passage for passage in found if requests(passage.text) and names(passage.text))
        asked = {passage.id: passage for passage in chain(phrased, requested)}.values()
        return list(self.replies(sorted(asked, key=lambda each: -places[each.episode]), least=_REPLIES))

    def namings(self, term: str, asked: str, *, scope: Scope) -> list[Passage]:
        """Return passages that say how something got its name, or reply to that question, plainest first.

        Passages that name it count more; equally plain ones are ordered by how many of the words `asked` they have.
        """
        names, found = self._naming(term, scope), self._with_most_of(f"{term} {NAMING} {asked}", scope)
        rated: dict[ItemId, tuple[int, Passage]] = {}
        for each in (each for each in found if names(each.text) and of_a_name(each.text)):
            asking = asks(each.text)
            for said in self.replies([each], least=_REPLIES) if asking else [each]:
                if asking or origin(said.text) > 1:
                    rated.setdefault(said.id, (origin(said.text) + names(said.text), said))
        return [passage for _, passage in sorted(rated.values(), key=lambda each: -each[0])]

    def together(self, words: str, *, scope: Scope) -> float:
        """Return the largest share, 0 to 1, of the telling words said in a single stretch.

        Prefixes count: "by accident" is said in "accidental".
        """
        query = self._query(self._understood(words, scope), scope)
        found = self._spoken.best(query.telling, {"words": 1.0}, scope=scope, limit=_TOGETHER)
        said = (chain.from_iterable(self._spoken.read(match.address).apart) for match in found)
        return max((query.share(_begun(query.telling, there)) for there in said), default=0.0)

    def on_all(self, subjects: Sequence[str], *, scope: Scope, limit: int) -> tuple[Passage, ...]:
        """Return passages that name all subjects, those first that do so in one sentence."""
        named = [self._naming(each, scope) for each in subjects]
        found = self._with_most_of(" ".join(subjects), scope)
        said = [each for each in found if all(names(each.text) for names in named)]
        said.sort(key=lambda each: not any(all(names(one) for names in named) for one in sentences_in(each.text)))
        return tuple(said[:limit])

    def _with_most_of(self, words: str, scope: Scope) -> Iterator[Passage]:
        """Yield passages with most of these words, telling or not."""
        weights = dict.fromkeys(stems(words), 1.0)
        return self._spoken.passages(self._spoken.best(weights, {"words": 1.0}, scope=scope, limit=_QUOTED))

    def _naming(self, words: str, scope: Scope) -> Callable[[str], bool]:
        """Return a predicate for texts with a subject; a word that is not telling, such as "go", counts as a name.

        If some of the words have a capital, only these do, soon after the others in any form: "learn Go".
        """
        telling = self._query(self._understood(words, scope), scope).telling
        typed = () if telling else words.split()
        names = [word for word in typed if word[0].isupper()] or [word.capitalize() for word in typed]
        others = [word for word in typed if not {word, word.capitalize()} & {*names}]
        before = "".join(rf"(?i:\b{re.escape(word)}\w*) (?:\w+ ){_BETWEEN}" for word in others) or r"(?<=[\w,] )"
        named = [re.compile(rf"{before}{re.escape(name)}\b") for name in names]

        def bears(text: str) -> bool:
            return telling.keys() <= frozenset(stems(text)) and all(each.search(text) for each in named)

        return bears

    def replies(self, asked: Iterable[Passage], *, least: int = 0) -> Iterator[Passage]:
        """Yield the passage right after each question, unless the same speaker goes on.

        Args:
            asked: passages; those that ask nothing are skipped.
            least: minimum number of words in a reply, which then must not be a question; 0 for any reply.
        """
        for each in filter(lambda each: asks(each.text), asked):
            after = self._following(each)
            if after is None or after.speaker == each.speaker is not None:
                continue
            if not least or (len(after.text.split()) >= least and not asks(after.text)):
                yield after

    def answering(
        self, asked: EmbeddedQuery, near: Passage, *, speaker: str | None = None, length: int, most: int = 1
    ) -> list[Passage]:
        """Return the sentences around a passage that answer best, see `answers`; the passage itself if none does."""
        return (answers(self.sentences(near), asked, speaker, length, most) if asked.query.telling else []) or [near]

    def sentences(self, near: Passage) -> list[Sentence]:
        """Return the sentences that `answering` chooses from; public for training."""
        return sentences(self._spoken.near(near, REACH))

    def never_said(self, words: str) -> bool:
        """Tell whether the library lacks all of the telling words among these, in any spelling."""
        query = self._query(self.spell(words), EVERYWHERE)
        return 0 < len(query.telling) == len(query.unheard)

    def notes(
        self, words: str, *, manner: Manner = PLAIN, scope: Scope = EVERYWHERE
    ) -> tuple[EmbeddedQuery, list[Note]]:
        """Return the topics and quotes that `find` weighs, with the question; public for training."""
        asked = self._asked(self.spell(words, scope=scope), scope, manner)
        return asked, self._notes_on(asked, scope) if asked.query.telling else []

    def _asked(self, understood: Understood, scope: Scope, manner: Manner) -> EmbeddedQuery:
        return EmbeddedQuery.of(self._query(understood, scope, manner), understood.text)

    def _notes_on(self, asked: EmbeddedQuery, scope: Scope) -> list[Note]:
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

    def look(self, words: str, *, manner: Manner = PLAIN, scope: Scope) -> Looked | None:
        """Return the candidates that `find` ranks, with their features; None if there are none."""
        asked = self._asked(self.spell(words, scope=scope), scope, manner)
        return self._look(asked, scope) if asked.query.telling else None

    def _look(self, asked: EmbeddedQuery, scope: Scope, *, widely: bool = False) -> Looked | None:
        query, episode = asked.query, scope.episode
        searched = self._spoken.size(episode)
        wanted = (*query.telling, *query.names, *query.asking)
        weights = ranking.weights(query, {s: self._spoken.holding(s, episode) for s in wanted}, searched)
        among = _RETRIEVED if episode else _SIFTED
        matches = self._spoken.best(weights, {"words": 1.0}, scope=scope, limit=among)
        if not matches:
            return None
        if not episode and len(matches) > _RETRIEVED_ANYWHERE:
            matches = self._sifted(matches, asked.vector)
        scores = {match.place: match.score for match in matches}
        theirs = self._spoken.spoken_by(scope) if scope.speaker else 0
        if theirs <= _THEIRS and (theirs or episode):
            rows = self._talk.rows(self._spoken.places(scope, most=_THEIRS)) if theirs else self._talk.within(episode)
            meant = nearest(asked.vector, self._talk, rows, _MEANT)
            scores |= dict.fromkeys(meant.difference(scores), 0.0)
        elif widely and scope == EVERYWHERE:
            meant = nearest(asked.vector, self._talk, range(searched), _MEANT_WIDELY)
            scores |= dict.fromkeys(meant.difference(scores), 0.0)
        places = sorted(scores)
        candidates = Candidates(places, np.array([scores[place] for place in places], np.float32))
        features = signals.features(candidates, asked, weights, self._talk, self._titles, searched)
        found = {match.place: match for match in matches}
        # With only the speaker's few stretches counted as searched, a near miss would seem as sure as an answer.
        return Looked(query, places, features, weights, found, (theirs * searched) ** 0.5 if theirs else searched)

    def _sifted(self, matches: Sequence[TextMatch], vector: Floats) -> list[TextMatch]:
        """Keep the best matches by words and meaning together."""
        rows = self._talk.rows([match.place for match in matches])
        scores = np.array([match.score for match in matches], np.float32)
        worth = scores / scores.max() + _MEANT_BESIDE * similarities(vector, self._talk.meanings[rows])
        return [matches[number] for number in np.argsort(-worth, kind="stable")[:_RETRIEVED_ANYWHERE]]

    def _said(self, asked: EmbeddedQuery, scope: Scope, limit: int, *, widely: bool) -> Iterator[Hit]:
        query, looked = asked.query, self._look(asked, scope, widely=widely)
        if looked is None:
            return
        ordered = ranking.ordered(looked.places, looked.features, limit)
        order, scores = ordered.order, ordered.scores
        addresses = self._addresses(looked, order)
        read = {number: self._spoken.read(addresses[number].address) for number in order}
        if scope.speaker:
            # The index has all speakers of a stretch together: "Ann Lee" also matches Ann Ray and Bob Lee.
            order = [number for number in order if ranking.speaks(scope.speaker, read[number])]
            if not order:
                return
            ordered = replace(ordered, order=order)
        judged = confidence.judged(ordered, query, looked.searched)
        shown_for = looked.weights | {s: max(looked.weights.get(s, 0.0), _NAMES_IT) for s in query.telling}
        for number, (likely, here) in zip(order, judged, strict=True):
            stretch = read[number]
            shown = ranking.telling(stretch, shown_for, scope.speaker)
            direct = not query.telling.keys().isdisjoint(stretch.apart[shown])
            if not direct and len(stretch.apart[shown]) < _LEAST_SAID:
                continue  # "Yeah." says nothing by itself
            score = min(float(np.exp((scores[number] - scores[order[0]]) / _APART)), 1.0)
            weight = query.total * float(looked.features[number, _COVERED])
            yield Hit(stretch.passages[shown], score, likely, weight, direct, here)

    def _addresses(self, looked: Looked, order: Sequence[int]) -> dict[int, TextMatch]:
        """Find the documents of candidates, including those found by meaning alone."""
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
    """The candidates for an answer.

    Attributes:
        query: the question.
        places: the place of each candidate, ascending; see `TextMatch`.
        features: of each candidate; see `signals.NAMES`.
        weights: the stem weights by which the index found the matches.
        matches: by place; a candidate found by its meaning alone has none.
        searched: the number of stretches that count as searched; with a speaker, the geometric mean of theirs and all.
    """

    query: Query
    places: Sequence[int]
    features: Table
    weights: dict[str, float]
    matches: dict[int, TextMatch]
    searched: float


def _begun(stems_asked: Iterable[str], there: Iterable[str]) -> list[str]:
    """Return the stems that are prefixes of any stem that is there."""
    text = f" {' '.join(there)}"  # one search in C instead of a loop over the stems
    return [stem for stem in stems_asked if f" {stem}" in text]


def nearest(vector: Floats, index: ForwardIndex, among: range | Rows, limit: int) -> set[int]:
    """Return the places of the rows nearest in meaning, if near at all."""
    if isinstance(among, range):  # a slice copies nothing
        alike, rows = similarities(vector, index.meanings[among.start : among.stop]), np.arange(among.start, among.stop)
    else:
        alike, rows = similarities(vector, index.meanings[among]), among
    best = np.argpartition(-alike, limit)[:limit] if limit < len(alike) else np.arange(len(alike))
    return set(index.places(rows[best[alike[best] >= _ALIKE]]))
