"""Looks things up and judges what was found: is it the answer, may it be, or is it not there.

The only place that knows how sure is sure enough. What a question wants and what went before it is decided in
`assistant.py`; how the search ranks is `knowledge.search`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from functools import partial
from typing import Final, TypeVar

from bot.answering import selection, sentences
from bot.answering.catalogue import Shelf
from bot.port.excerpts import excerpt
from bot.port.messages import (
    Difference,
    Episode,
    EpisodeId,
    Evidence,
    Fact,
    Found,
    ItemId,
    NotFound,
    QuoteCheck,
    QuoteFilter,
    Topic,
    Unsure,
    Verdict,
)
from bot.understanding import phrasebook
from bot.understanding.intents import subject
from bot.understanding.naming import EVERYWHERE, Where
from bot.understanding.speakers import Speakers
from bot.understanding.text import Words, asks, clauses
from knowledge.model import Passage, Quote, Scope
from knowledge.search import Alignment, Hit, Ranking, Search
from knowledge.search.words import fold, split

_AnswerT = TypeVar("_AnswerT", Fact | Unsure | NotFound, Fact | Found | Unsure | NotFound)

FOUND: Final = 0.55
"""Confidence from which what was found is given as the answer."""

UNSURE: Final = 0.35
"""Confidence from which the likely meanings are offered instead."""

MAYBE_SAID: Final = 0.3
"""The same for words of a transcript: one that says a rare word once may be just what was asked for."""

CLOSE: Final = 0.5
"""Similarity from which words count as a half-remembered quotation."""

_TALKED_OF = 10
"""Places that have the one word asked for, from which it is talked of, however little so common a word tells."""

_RECALLED = 0.42
"""Similarity from which "who said ..." is answered with the real words; nobody claims that these are they."""

_ASKED_FOR = 3.0
"""What a clause that asks is given beside one that only tells, in the unit of how much its words tell."""

_TOLD_OF_ONESELF = 0.5
"""What a clause counts for in which people tell of themselves and ask nothing."""

_QUOTATION = 3
"""Words from which a run of words is a quotation; fewer come up by themselves."""

_LOOKED_AT = 15
"""Hits that are read: as many words as an answer shows and keeps for more."""
_SHOWN = 5
_MORE = 10
_EVERYTHING = 10
"""Evidence shown where all there is was asked for; the most that an answer may have."""
_EPISODES_NAMED = 10
_MUCH = 5
"""Places with something in an episode from which it has much on it; where none has, a mention is enough."""
_TOPICS_SHOWN = 3


class Answers:
    """Answers from one library, each to words that stand for themselves."""

    def __init__(self, shelf: Shelf, search: Search, speakers: Speakers) -> None:
        self._shelf = shelf
        self._search = search
        self._speakers = speakers

    def about(self, words: str, where: Where) -> Fact | Found | Unsure | NotFound:
        """Answer what the library has on some words: what was said, or else which episodes are about it.

        Where nothing is found in the part that was asked about, what there is elsewhere.
        """
        ranking = self._find(words, where)
        if ranking.confidence >= FOUND:
            return self._found(ranking, words)
        if described := self._described(words, where):
            return self._fact(ranking, described)
        offered = self._offered(ranking, where)
        if where.within is None or isinstance(offered, Unsure):
            return offered
        return _elsewhere(where, self.about(words, EVERYWHERE))

    def _offered(self, ranking: Ranking, where: Where) -> Unsure | NotFound:
        """Offer what may be meant where nothing answers, if anything is near."""
        guesses = selection.guesses(ranking)
        if guesses and ranking.confidence >= (MAYBE_SAID if isinstance(ranking.hits[0].item, Passage) else UNSURE):
            return Unsure(sentences.UNSURE, ranking.confidence, guesses)
        return self._not_found(ranking, where)

    def _find(self, words: str, where: Where) -> Ranking:
        """Search for a text, and where that is not answered for its clauses: the one that asks for most.

        Where it names somebody who speaks in a transcript, what they say comes first if it answers.
        """
        scope = Scope(where.episode, where.within)
        find = partial(self._search.find, limit=_LOOKED_AT)
        speaker = self._speakers.heard(Words(words).plain)
        if speaker and subject(Words(asked := speaker.apart(words)).plain):
            theirs = find(asked, scope=replace(scope, speaker=speaker.name))
            if theirs.confidence >= FOUND and any(hit.direct for hit in theirs.hits):
                return theirs
            if phrasebook.ABOUT_A_PERSON.match(Words(words).plain):
                return replace(theirs, confidence=0.0)  # what others say of such a thing is not about them
            words = asked  # what others say: the name would bring up whatever else its bearer says
        whole = find(words, scope=scope)
        several = clauses(words)
        if whole.confidence >= FOUND:
            return whole
        if self._search.mentions(words, scope=scope) >= _TALKED_OF:
            return replace(whole, confidence=FOUND)
        if len(several) == 1:
            return whole
        parts = [(each, find(each, scope=scope)) for each in several]
        answered = [(_asked_for(each, part), part) for each, part in parts if part.confidence >= FOUND]
        if answered:
            return max(answered, key=lambda each: each[0])[1]
        return max((whole, *(part for _, part in parts)), key=lambda ranking: ranking.confidence)

    def topic(self, topic: Topic, confidence: float = 1.0) -> Found:
        """Show one topic."""
        evidence = self._evidence((self._shelf.words(id), confidence) for id in topic.quotes)
        shown, place = evidence[:_SHOWN], self._place(topic, evidence[:_SHOWN])
        return Found(topic.summary, confidence, None, (topic,), shown, self._shelf.related(topic), place=place)

    def _place(self, topic: Topic, shown: Iterable[Evidence]) -> Episode | None:
        """Return the episode of a topic where no words that are shown tell it."""
        told = any(each.episode.id == topic.episode for each in shown)
        return None if told else self._shelf.episodes[topic.episode]

    def episodes(self, words: str, where: Where) -> Fact | Unsure | NotFound:
        """List the episodes that talk about something; what is not found is answered as any question is."""
        return self._listed(words, where, lambda: self._search.episodes(words, scope=Scope(within=where.within)))

    def _listed(
        self, words: str, where: Where, count: Callable[[], Mapping[EpisodeId, int]]
    ) -> Fact | Unsure | NotFound:
        """List them; their places are only counted where something is found, for that may take a while."""
        ranking, described = self._find(words, where), self._described(words, where)
        confidence = max(ranking.confidence, *described.values(), 0.0)
        if confidence < FOUND and where.within is not None:
            return _elsewhere(where, self.episodes(words, EVERYWHERE))
        if confidence < FOUND:
            return self._offered(ranking, where)
        places = count()
        ids, total = tuple(places)[:_EPISODES_NAMED], len(places)
        if not ids:
            # All of the words together are said nowhere: these have most of them.
            sure = (hit.item.episode for hit in ranking.hits if hit.confidence >= FOUND)
            ids = tuple(dict.fromkeys((*described, *sure)))[:_EPISODES_NAMED]
            total = len(ids)
        named = tuple(self._shelf.episodes[id] for id in ids)
        return Fact(sentences.episodes_on(named, total), confidence, named)

    def latest(self, words: str, where: Where, *, first: bool) -> Fact | Unsure | NotFound:
        """Name the latest episode with much on something, or the first; of each show where no day tells."""
        places = self._search.episodes(words, scope=Scope(within=where.within))
        listed = self._listed(words, where, lambda: places)
        most = max(places.values(), default=0)
        enough = _MUCH if most >= _MUCH else 1
        held = [each for id, each in self._shelf.episodes.items() if places.get(id, 0) >= enough]
        if not places or not isinstance(listed, Fact):
            return listed
        held = [each for each in held if each.published] or held
        of_shows = {each.show: each for each in (held if first else reversed(held))}
        chosen = tuple(of_shows.values())
        if held[0].published:
            chosen = (held[-1] if first else held[0],)
        text = sentences.latest_on(chosen, first=first, much=enough == _MUCH)
        return Fact(text, listed.confidence, chosen)

    def _described(self, words: str, where: Where) -> dict[EpisodeId, float]:
        """List episodes whose title and summary answer a question, best first, each with its confidence."""
        likely = self._search.about(words, scope=Scope(where.episode, where.within), limit=_EPISODES_NAMED)
        return {id: confidence for id, confidence in likely if confidence >= FOUND}

    def _fact(self, ranking: Ranking, described: Mapping[EpisodeId, float]) -> Fact:
        named = tuple(self._shelf.episodes[id] for id in described)
        summary = named[0].summary or ""
        at = selection.densest(summary, selection.wanted(ranking))
        return Fact(sentences.described(named, excerpt(summary, at=at)), max(described.values()), named)

    def everything(self, words: str, where: Where) -> Fact | Found | Unsure | NotFound:
        """Show all that somebody said on something, best first; in nobody else's words."""
        speaker = self._speakers.heard(Words(words).plain)
        if speaker is None:
            return self.about(words, where)
        name, asked, scope = speaker.name, speaker.apart(words), Scope(where.episode, where.within, speaker.name)
        ranking = self._search.find(asked, scope=scope, limit=1)
        said = self._search.said_by(name, asked, scope=scope, limit=_EVERYTHING + _MORE)
        if not said and where.within is not None:
            return _elsewhere(where, self.everything(words, EVERYWHERE))
        if not said:
            return self._not_found(ranking, where)
        evidence = selection.distinct(self._shelf.evidence(each, ranking.confidence) for each in said)
        shown, more = evidence[:_EVERYTHING], tuple(each.id for each in evidence[_EVERYTHING:])
        text = sentences.said_by_in(shown[0].speaker or name, (each.episode for each in shown))
        return Found(text, ranking.confidence, evidence=shown, more=more)

    def words_of(self, ids: Iterable[ItemId]) -> Found | None:
        """Show quotes or passages; None where none of them is there any more."""
        held = self._evidence((self._shelf.words(id), 1.0) for id in ids)
        shown, more = held[:_SHOWN], tuple(each.id for each in held[_SHOWN:])
        text = sentences.spoken_in(each.episode for each in shown) if shown else ""
        return Found(text, 1.0, evidence=shown, more=more) if shown else None

    def check(self, said: str, where: Where, by: AbstractSet[str] = frozenset()) -> QuoteCheck:
        """Say whether these words were said, of several who did by the one with any of these words in the name.

        Those in the part that is asked about come first.
        """
        best = self._remembered(said, where, CLOSE, by)
        if best is None:
            near = self._search.find(said, scope=Scope(where.episode), limit=_LOOKED_AT)
            suggestions = self._shelf.to_ask_instead(_topics(near.hits), where.episode)
            text = sentences.not_said(self._searched(where.episode))
            return QuoteCheck(text, 1.0, Verdict.NOT_FOUND, said, suggestions=suggestions)
        evidence = self._shelf.evidence(best.item, best.similarity)
        if not best.differences:
            few = len(split(said)) < _QUOTATION
            text = sentences.comes_up(evidence) if few else sentences.word_for_word(evidence)
            return QuoteCheck(text, 1.0, Verdict.EXACT, said, evidence=(evidence,))
        differences = tuple(Difference(*each) for each in best.differences)
        text = sentences.nearly(evidence, differences)
        return QuoteCheck(text, best.similarity, Verdict.CLOSE, said, None, (evidence,), differences)

    def speaker(self, said: str, where: Where) -> Fact | Found | Unsure | NotFound:
        """Say who said some words, or who talks about a subject."""
        best = self._remembered(said, where, _RECALLED)
        if best and (isinstance(best.item, Quote) or len(split(said)) >= _QUOTATION):
            return self.speaker_of(self._shelf.evidence(best.item, best.similarity))
        quotes = self._search.find(said, scope=Scope(where.episode, where.within), kinds=(Quote,), limit=1)
        if quotes.confidence >= UNSURE and isinstance(quotes.hits[0].item, Quote):
            return self.speaker_of(self._shelf.evidence(quotes.hits[0].item, quotes.confidence))
        answer = self.points(said, where)
        if isinstance(answer, Found) and not answer.topics and all(each.speaker for each in answer.evidence):
            return replace(answer, text=sentences.speak_of_it(answer.evidence))
        return answer

    def points(self, words: str, where: Where) -> Fact | Found | Unsure | NotFound:
        """Answer what people said on some words: as `about` does, and that nobody is named where that is so."""
        answer = self.about(words, where)
        unnamed = isinstance(answer, Found) and not any(each.speaker for each in answer.evidence)
        return _naming_nobody(answer) if isinstance(answer, Found) and unnamed else answer

    def speaker_of(self, evidence: Evidence) -> Found:
        """Say who said some words that are known."""
        text = sentences.said_by(evidence)
        return Found(text, evidence.confidence, evidence=(evidence,), related=self.bearing(evidence.id))

    def quotes_about(self, words: str, where: Where) -> tuple[ItemId, ...]:
        """List the quotes on a subject in any words, best first; empty where the library has none."""
        if topic := self._shelf.topics.get(ItemId(words)):
            return topic.quotes
        ranking = self._search.find(words, scope=Scope(where.episode, where.within), limit=_LOOKED_AT)
        if ranking.confidence < FOUND:
            return ()
        return tuple(dict.fromkeys(self._quotes_among(ranking)))

    def said_on(self, wanted: QuoteFilter) -> tuple[ItemId, ...]:
        """List words of transcripts, best first, for where no quote was picked out that is wanted."""
        if wanted.about is None or ItemId(wanted.about) in self._shelf.topics:
            return ()
        where = Where(wanted.episode, wanted.within)
        if wanted.speaker is None:
            ranking = self._find(wanted.about, where)
            found = self._found(ranking, wanted.about) if ranking.confidence >= FOUND else None
            return (*(each.id for each in found.evidence), *found.more) if found else ()
        scope = Scope(where.episode, where.within)
        said = self._search.said_by(wanted.speaker, wanted.about, scope=scope, limit=_EVERYTHING + _MORE)
        return tuple(each.id for each in said)

    def _quotes_among(self, ranking: Ranking) -> Iterable[ItemId]:
        for hit in selection.near(ranking):
            match hit.item:
                case Topic():
                    yield from hit.item.quotes
                case Quote():
                    yield hit.item.id
                case Passage():
                    pass

    def _remembered(
        self, said: str, where: Where, alike: float, by: AbstractSet[str] = frozenset()
    ) -> Alignment | None:
        found = self._search.quotation(said, scope=Scope(where.episode))
        good = [each for each in found if (each.exact or each.similarity >= alike) and each.exact == found[0].exact]
        if within := where.within:
            good.sort(key=lambda each: each.item.episode not in within)
        theirs = (each for each in good if not by.isdisjoint(Words(each.item.speaker or "").plain.split()))
        return next(theirs, good[0] if good else None)

    def _found(self, ranking: Ranking, words: str) -> Found:
        # Scores of topics and of passages don't compare: a topic has to fit by itself.
        topics = _topics([hit for hit in selection.near(ranking) if hit.confidence >= UNSURE])[:_TOPICS_SHOWN]
        leads = topics[0] if topics and isinstance(ranking.hits[0].item, Topic | Quote) else None
        places = {hit.item.id: place for place, hit in enumerate(ranking.hits)}
        own = sorted(leads.quotes, key=lambda quote: places.get(quote, _LOOKED_AT)) if leads else []
        quoted = ((self._shelf.words(id), ranking.confidence) for id in own)
        bearing = self._with_reply(selection.bearing(ranking, UNSURE))
        evidence = selection.mixed(self._evidence((*quoted, *bearing)))
        asked = self._speakers.heard(Words(words).plain)
        silent = asked is not None and not selection.speaks(asked.name, ranking)
        if asked:
            evidence = selection.without(asked.name, evidence) if silent else selection.first(asked.name, evidence)
        shown, more = evidence[:_SHOWN], tuple(each.id for each in evidence[_SHOWN : _SHOWN + _MORE])
        text = leads.summary if leads else _introduced(words, shown)
        if asked and silent and not leads:
            text = sentences.by_others(asked.name)
        related = self._shelf.related(*topics[:1]) if topics else ()
        place = self._place(leads, shown) if leads else None
        found = Found(text, ranking.confidence, None, topics, shown, related, more, place)
        asks_a_person = not self._shelf.names.isdisjoint(Words(words).plain.split())
        return _naming_nobody(found) if asks_a_person and not any(each.speaker for each in shown) else found

    def _not_found(self, ranking: Ranking, where: Where) -> NotFound:
        suggestions = self._shelf.to_ask_instead(_topics(ranking.hits), where.episode)
        text = sentences.nothing_in(self._searched(where.episode))
        return NotFound(text, ranking.confidence, suggestions=suggestions)

    def _searched(self, episode: EpisodeId | None) -> sentences.Searched:
        noted = bool(self._shelf.topics or self._shelf.quotes)
        only = self._shelf.episodes.get(episode) if episode else None
        return sentences.Searched(only, len(self._shelf.episodes), noted=noted, spoken=self._search.size > 0)

    def _with_reply(self, bearing: Iterable[tuple[Quote | Passage, float]]) -> Iterator[tuple[Quote | Passage, float]]:
        """Let a question that answers best, such as a host's, be followed by what was said to it."""
        for place, (words, confidence) in enumerate(bearing):
            yield words, confidence
            if place == 0 and isinstance(words, Passage) and (reply := self._search.reply(words)):
                yield reply, confidence

    def _evidence(self, words: Iterable[tuple[Quote | Passage | None, float]]) -> tuple[Evidence, ...]:
        """Make evidence of what is there, each with its first confidence."""
        known: dict[ItemId, Evidence] = {}
        for each, confidence in words:
            if each and each.id not in known:
                known[each.id] = self._shelf.evidence(each, confidence)
        return selection.distinct(known.values())

    def bearing(self, quote: ItemId) -> tuple[Topic, ...]:
        """List topics that a quote bears on, first those that have few others."""
        bearing = (topic for topic in self._shelf.topics.values() if quote in topic.quotes)
        return tuple(sorted(bearing, key=lambda topic: len(topic.quotes))[:_TOPICS_SHOWN])


def _elsewhere(where: Where, answer: _AnswerT) -> _AnswerT:
    """Say that what was found is not of the part that was asked about."""
    if isinstance(answer, NotFound):
        return answer
    return replace(answer, text=sentences.elsewhere(where.part, answer.text))


def _asked_for(clause: str, ranking: Ranking) -> float:
    """Weigh a clause that is answered: what asks counts for more, what people tell of themselves for less."""
    evidence = ranking.hits[0].evidence
    told = evidence.weight if evidence else 0.0
    if asks(clause):
        return told + _ASKED_FOR
    return told * _TOLD_OF_ONESELF if evidence and evidence.personal else told


def _topics(hits: Sequence[Hit]) -> tuple[Topic, ...]:
    return tuple(hit.item for hit in hits if isinstance(hit.item, Topic))


def _introduced(words: str, shown: Sequence[Evidence]) -> str:
    """Introduce words of transcripts; where a question names whose they should be and they aren't, say so."""
    asked = phrasebook.WHOSE_WORDS.search(Words(words).plain)
    heard = " ".join(f"{each.speaker or ''} {each.episode.show}" for each in shown)
    known = all(each.speaker for each in shown)
    if asked and known and set(fold(asked[1]).split()).isdisjoint(fold(Words(heard).plain).split()):
        return sentences.by_others(asked[1].title())
    return sentences.spoken_in(each.episode for each in shown)


def _naming_nobody(found: Found) -> Found:
    sentence = sentences.nobody_named(found.evidence)
    return found if sentence in found.text else replace(found, text=f"{found.text} {sentence}")
