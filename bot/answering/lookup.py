"""Looks things up and judges what was found: is it the answer, may it be, or is it not there.

The only place that knows how sure is sure enough. What a question wants is read in `bot.understanding`; how
the search ranks is `knowledge.search`.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial
from itertools import chain, islice, takewhile
from typing import Final, TypeVar

from bot.answering import selection, sentences, verdicts
from bot.answering.attribution import Attribution, is_any_of
from bot.answering.catalogue import Catalogue
from bot.port.excerpts import TELLING, excerpt
from bot.port.messages import (
    Episode,
    EpisodeId,
    Evidence,
    Fact,
    Found,
    ItemId,
    NotFound,
    QuoteFilter,
    Tally,
    Topic,
    Unsure,
)
from bot.understanding.request import EVERYWHERE, Request, Somebody, Where
from bot.understanding.wants import Ask
from knowledge.model import Passage, Quote, Scope
from knowledge.passages import sentences as sentences_in
from knowledge.search import Hit, Ranking, Search, alike
from knowledge.search.words import carries, spans, split

_AnswerT = TypeVar("_AnswerT", Fact | Unsure | NotFound, Fact | Found | Unsure | NotFound)

FOUND: Final = 0.8
"""Confidence from which what was found is given as the answer."""

SAID_FOR_AN_ASSISTANT: Final = 0.95
"""The same of a transcript for what people ask an assistant: a large library has all words of "when is my bill due"."""

UNSURE: Final = 0.7
"""Confidence from which the likely meanings are offered instead."""

BEARS: Final = 0.4
"""Confidence from which a topic or a quote is shown beside what answers."""

MAYBE_SAID: Final = 0.3
"""The same for words of a transcript: one that says a rare word once may be just what was asked for, and most of what
is asked in other words than were said is no surer."""

_MUCH_ABOUT = 2 / 3
"""Share of what the clause with most of the subject has of it from which another may be answered instead."""

_LOOKED_AT = 15
"""Hits that are read: as many words as an answer shows and keeps for more."""
_MANY = 60
"""The same where the words of some people are left out."""
_OTHERS = 3
"""What others say that is shown at once, where their views are asked for."""
_SHOWN = 5
_MORE = 10
_EVERYTHING = 10
"""Evidence shown where all there is was asked for; the most that an answer may have."""
_MAYBE = 2
_MAYBE_HERE = 3
"""Words shown that may be the answer, over a library and in one episode."""
_PHRASE = 3
"""Words of a subject from which it is no chance that they follow each other somewhere ..."""
_TELLING = 2
"""... and how many of them tell something."""
_TERM: Final = 3
"""Episodes in which two words follow each other that are a term: "feature flags"."""
_NEAREST = 2
"""Words that are offered where nothing answers."""
_TOGETHER = 2
"""Passages that answer together at the best place, where people speak by turns."""
_SAME = 2
"""Words from which a question that was asked in an episode is the same one ..."""
_SAME_SHOWN = 2
"""... and of how many the replies are shown first."""
_FIGURES = re.compile(r"(?:\b\w+ )?(?<![\w.-])[$€£]?\d[\d.,]*\d|(?:\b\w+ )?(?<![\w.-])[$€£]?\d")
"""Figures in a text, with the word before them."""
_YEAR = 4
"""Figures of a year."""
_CLAIMED = 3
"""Stretches of talk, the best, in which what a question says to have happened has to be named."""
_OPINIONS = 3
"""Places, the plainest, at which somebody says what they think of a subject."""
_DEFINITIONS = 2
"""Places at which somebody says what something is."""
_EPISODES_NAMED = 10
_ALL_NAMED = 100
"""The same where all are asked for; so many numbers fit a message of every platform."""
_MUCH = 5
"""Places with something in an episode from which it has much on it; where none has, a mention is enough."""
_TOPICS_SHOWN = 3
_TOPICS_RANKED = 10


@dataclass(frozen=True)
class Lookup:
    """Answers from one library, each to words that stand for themselves."""

    _catalogue: Catalogue
    _search: Search
    _attribution: Attribution

    def said(self, request: Request) -> Fact | Found | Unsure | NotFound:
        """Answer what the library has on a subject: what was said, or else which episodes are about it.

        Where nothing is found in the part that was asked about, what there is elsewhere.
        """
        defined = self._defined(request)
        plainly = (*defined, *self._opinions(request), *self._asked_before(request))
        answering = self._in_sentences(self._find(request), request, beside=plainly)
        ranking = _with_first(self._claimed(answering, request), plainly)
        if defined:
            request = replace(request, of_an_assistant=False, of_the_world=False)
        only_said = request.of_an_assistant and _is_said(ranking)
        if ranking.confidence >= (SAID_FOR_AN_ASSISTANT if only_said else FOUND):
            return self._found(ranking, request)
        if named := self._naming(request):
            return named
        if not request.of_an_assistant and (described := self._described(request)):
            return self._fact(ranking, described)
        if not (request.people or request.of_little) and (phrased := self._phrased(request, ranking)):
            return phrased
        offered = self._offered(ranking, request)
        if request.where.within is None or isinstance(offered, Unsure):
            return offered
        return _elsewhere(request.where, self.said(replace(request, where=EVERYWHERE)))

    def _in_sentences(self, ranking: Ranking, request: Request, beside: Iterable[Passage]) -> Ranking:
        """Show of the best place the sentences that answer, of the others their passages, and no words twice.

        Where a number is asked for, it may stand beside the next places as well.
        """
        if ranking.confidence < MAYBE_SAID:
            return ranking
        theirs = request.person.speaking if request.person else ()
        hits: list[Hit] = []
        shown = [selection.sentences_of(each.text) for each in beside]
        places = len(shown) + (_CLAIMED if request.amount else 1)
        for hit in ranking.hits:
            if not isinstance(passage := hit.item, Passage):
                hits.append(hit)
                continue
            said = [passage]
            if len(shown) < places:
                speaker = passage.speaker if passage.speaker in theirs else None
                said = self._search.answering(ranking.asked, passage, speaker=speaker, length=TELLING, most=_TOGETHER)
            for each in said:
                sentences_of = selection.sentences_of(each.text)
                if all(map(sentences_of.isdisjoint, shown)):
                    shown.append(sentences_of)
                    hits.append(replace(hit, item=each))
        return replace(ranking, hits=tuple(hits))

    def _asked_before(self, request: Request) -> Sequence[Passage]:
        """Return what was replied where somebody asked the same, word for word: "Why thirty?"."""
        words = split(request.text)
        if len(words) < _SAME or not any(map(carries, words)):
            return ()
        asked = self._search.asked(request.text, scope=request.where.scope)
        return list(filter(None, map(self._search.reply, asked)))[:_SAME_SHOWN]

    def _claimed(self, ranking: Ranking, request: Request) -> Ranking:
        """Be unsure of words that lack what a question says to have happened, or a number where one is asked for.

        "How much did GitHub pay for GitLab" has an answer only where GitHub pays: talk of GitLab is none.
        """
        if not (request.done_by or request.done or request.amount) or not _is_said(ranking):
            return ranking
        best = [item for item, _ in islice(selection.bearing(ranking, BEARS), _CLAIMED)]
        giving = [
            each
            for each in best
            if isinstance(each, Passage) and _gives_number(each.text, selection.wanted(ranking), request)
        ]
        if giving and giving[0] is not best[0]:
            ranking = replace(ranking, hits=_with_first(ranking, giving).hits)
        undone = bool(request.people) and not self._tells_done(best, request)
        lacking = undone or not self._names_who(best, request) or (request.amount and not giving)
        return replace(ranking, confidence=min(ranking.confidence, UNSURE)) if lacking else ranking

    def _names_who(self, said: Sequence[Quote | Passage | Evidence], request: Request) -> bool:
        """Tell whether some words name who is said to have done something, or are theirs."""
        around = (f"{each.text} {each.speaker or ''} {self._title(each)}" for each in said)
        return selection.stems_of(request.done_by) <= selection.stems_of(" ".join(around))

    def _title(self, each: Quote | Passage | Evidence) -> str:
        return (each.episode if isinstance(each, Evidence) else self._catalogue.episodes[each.episode]).title

    @staticmethod
    def _tells_done(said: Iterable[Quote | Passage | Evidence], request: Request) -> bool:
        """Tell whether some words say what is said to have been done, of somebody who speaks by them or of them."""
        if not request.done:
            return True
        names = selection.stems_of(" ".join(each.name.partition(" ")[0] for each in request.people))
        of_them = (
            each.text
            for each in said
            if not names or is_any_of(request.people, each.speaker) or names & selection.stems_of(each.text)
        )
        told = [each for each in of_them if selection.stems_of(request.done_to) <= selection.stems_of(each)]
        return alike.tells(request.done, split(" ".join(told)))

    def _opinions(self, request: Request) -> Sequence[Passage]:
        """Return what the person who is asked about says they think of a subject: "I love monorepos"."""
        if request.done or not (request.words_of and request.person and request.subject):
            return ()
        find = partial(self._search.opinions, words=request.subject, scope=request.where.scope)
        return [each for name in request.person.speaking for each in find(name)][:_OPINIONS]

    def _defined(self, request: Request) -> Sequence[Passage]:
        """Return the plainest words on what something is, where that is asked."""
        if not request.term or request.people:
            return ()
        return self._search.definitions(request.term, scope=request.where.scope)[:_DEFINITIONS]

    def who_feels(self, verb: str, request: Request) -> Found | None:
        """Show where people say that they love something, or what else the verb says; None where nobody does."""
        said = self._search.feelings(verb, request.subject, scope=request.where.scope)
        evidence = selection.distinct(self._catalogue.evidence(each, 1.0) for each in said)
        found = _in_their_words(selection.marked(evidence, selection.stems_of(request.subject)))
        if found is None or not all(each.speaker for each in found.evidence):
            return found
        return replace(found, text=sentences.say_so(found.evidence), told=None)

    def _phrased(self, request: Request, ranking: Ranking) -> Found | None:
        """Show where a subject of several words was said word for word: "the elephant in the room"; None elsewhere.

        It says more than that its words are near each other, which is all that the confidence knows.
        """
        phrase = _bare(request.subject)
        if sum(map(carries, split(phrase))) < _TELLING:
            return None
        ranked = {hit.item.id: place for place, hit in enumerate(ranking.hits)}
        said = (each for each in self._search.verbatim(phrase, scope=request.where.scope) if each.exact)
        best_first = sorted(said, key=lambda each: ranked.get(each.item.id, len(ranked)))
        exact = selection.distinct(map(self._catalogue.evidence_at, best_first))
        if len(phrase.split()) < _PHRASE and len({each.episode.id for each in exact}) < _TERM:
            return None
        return _in_their_words(replace(each, confidence=FOUND) for each in selection.mixed(exact))

    def _naming(self, request: Request) -> Found | None:
        """Show sentences that have a subject as a name which tells nothing by itself, as "Go" does; None for others."""
        if any(map(carries, split(request.subject))):
            return None
        speaker = next(iter(request.person.speaking), None) if request.person else None
        scope = replace(request.where.scope, speaker=speaker)
        said = self._search.quotes_on(request.subject, scope=scope, limit=_SHOWN + _MORE)
        evidence = self._evidence((each, FOUND) for each in said)
        return _in_their_words(selection.marked(evidence, selection.stems_of(request.subject)))

    def _offered(self, ranking: Ranking, request: Request) -> Unsure | NotFound:
        """Offer what may be meant where nothing answers, if anything is near."""
        where, said = request.where, _is_said(ranking)
        maybe_said = FOUND if request.of_little else MAYBE_SAID
        if not ranking.hits or (ranking.confidence < (maybe_said if said else UNSURE) and not ranking.scattered):
            return self._not_found(ranking, where)
        bearing = selection.bearing(ranking, UNSURE)
        likely = [each for each in bearing if each[1] >= maybe_said and not self._is_by_chance(each[0], ranking)]
        likeliest = selection.mixed(self._evidence(likely))[: _MAYBE_HERE if where.episode else _MAYBE]
        shown = selection.marked(likeliest, selection.wanted(ranking))
        there = {each.id for each in shown}
        guesses = tuple(guess for guess in selection.guesses(ranking, self._catalogue.title) if guess.id not in there)
        if not (shown or guesses):
            return self._not_found(ranking, where)
        text = self._how_sure(shown, ranking, request) if shown else sentences.UNSURE
        return Unsure(text, ranking.confidence, () if said and shown else guesses, evidence=shown)

    def _how_sure(self, shown: Sequence[Evidence], ranking: Ranking, request: Request) -> str:
        """Say what some words lack of what was asked, if they do."""
        if request.amount and not any(_gives_number(each.text, selection.wanted(ranking), request) for each in shown):
            return sentences.NO_NUMBER
        said = self._names_who(shown, request) and self._tells_done(shown, request)
        # What a thing did is put in so many words that theirs may be others: "why did ICOs turn into a bubble".
        return sentences.MAYBE if said or not request.people else sentences.NOBODY_SAYS_SO

    def _is_by_chance(self, item: Quote | Passage, ranking: Ranking) -> bool:
        """Tell whether words have of what was asked only a year, or whom they speak to by name: both go with anything.

        "Adam, how was 2018?" says nothing on why Adam left in 2018.
        """
        wanted = selection.wanted(ranking)
        if not any(map(str.isdigit, wanted)):
            return False
        there = wanted & selection.stems_of(item.text)
        telling = {stem for stem in wanted if not stem.isdigit()} - self._first_names
        return bool(there and telling) and there.isdisjoint(telling) and any(map(str.isdigit, there))

    @cached_property
    def _first_names(self) -> frozenset[str]:
        names = {name for there in self._catalogue.speakers.values() for name in there}
        return frozenset(stem for name in names for stem in selection.stems_of(name.partition(" ")[0]))

    def _find(self, request: Request) -> Ranking:
        """Search for a subject, and where that is not answered for its clauses: the one that asks for most.

        What somebody asked about says in a transcript comes first if it answers, and where nothing does if it may.
        """
        scope = request.where.scope
        find = partial(self._search.find, limit=_LOOKED_AT)
        speakers = request.person.speaking if request.person else ()
        theirs: list[Ranking] = []
        for each in speakers if request.subject else ():
            ranking = find(request.subject, scope=replace(scope, speaker=each))
            if not any(hit.direct for hit in ranking.hits):
                continue
            if ranking.confidence >= FOUND:
                return ranking
            if ranking.confidence >= MAYBE_SAID and _names_it(ranking):
                return replace(ranking, confidence=FOUND)
            theirs.append(ranking)
        likely = [each for each in theirs if each.confidence >= MAYBE_SAID]
        if likely and request.words_of:
            return likely[0]  # of namesakes the likeliest
        whole = find(request.subject, scope=scope)
        if speakers and request.about_people:
            return replace(whole, confidence=0.0)  # what others say of such a thing is not about them
        if whole.confidence >= FOUND:
            return whole
        most = max((each.about for each in request.clauses), default=0.0)
        clauses = sorted(request.clauses, key=lambda clause: clause.about, reverse=True)
        surest = whole
        for clause in (each for each in clauses if each.about >= most * _MUCH_ABOUT):
            part = find(clause.text, scope=scope)
            if part.confidence >= FOUND:
                return part
            if not clause.surely:
                surest = max(surest, part, key=lambda ranking: ranking.confidence)
        return surest

    def topic(self, topic: Topic, confidence: float = 1.0) -> Found:
        """Show one topic."""
        evidence = self._evidence((self._catalogue.words(id), confidence) for id in topic.quotes)
        shown, place = evidence[:_SHOWN], self._place(topic, evidence[:_SHOWN])
        return Found(topic.summary, confidence, None, (topic,), shown, self._catalogue.related(topic), place=place)

    def _place(self, topic: Topic, shown: Iterable[Evidence]) -> Episode | None:
        """Return the episode of a topic where no words that are shown tell it."""
        named = any(each.episode.id == topic.episode for each in shown)
        return None if named else self._catalogue.episodes[topic.episode]

    def episodes(self, request: Request) -> Fact | Found | Unsure | NotFound:
        """List the episodes that talk about something; what is not found is answered as any question is."""
        return self._listed(request, self._places(request))

    def _places(self, request: Request) -> Mapping[EpisodeId, int]:
        """Count the places in each episode that have a subject, most first; of a single word, its own forms alone."""
        scope = Scope(within=request.where.within)
        places = self._search.episodes(request.subject, scope=scope)
        word, counting = _bare(request.subject), self._search.counting
        said = counting.by_episode(counting.mentions(word, scope=scope).amounts) if word.isalnum() else {}
        spoken = counting.searched(scope) if said else frozenset()
        return {id: count for id, count in places.items() if id in said or id not in spoken}

    def _listed(self, request: Request, places: Mapping[EpisodeId, int]) -> Fact | Found | Unsure | NotFound:
        ranking, described = self._find(request), self._described(request)
        confidence = max(ranking.confidence, *described.values(), 0.0)
        if confidence < FOUND and not places:
            if request.where.within is not None:
                return _elsewhere(request.where, self.episodes(replace(request, where=EVERYWHERE)))
            return self._naming(request) or self._offered(ranking, request)
        ids, total = tuple(places)[:_EPISODES_NAMED], len(places)
        if not ids:
            # All of the words together are said nowhere: these have most of them.
            sure = (hit.item.episode for hit in ranking.hits if hit.confidence >= FOUND)
            ids = tuple(dict.fromkeys((*described, *sure)))[:_EPISODES_NAMED]
            total = len(ids)
        named = tuple(self._catalogue.episodes[id] for id in ids)
        return Fact(sentences.episodes_on(_bare(request.subject), named, total), confidence, named)

    def all_episodes(self, request: Request) -> Fact | Found | Unsure | NotFound:
        """List every episode that talks about something, up to a hundred, in their order."""
        places = self._places(request)
        if len(places) <= _EPISODES_NAMED:
            return self._listed(request, places)
        most = frozenset(tuple(places)[:_ALL_NAMED])
        episodes = tuple(each for id, each in self._catalogue.episodes.items() if id in most)[::-1]
        text = sentences.all_episodes_on(_bare(request.subject), episodes, len(places))
        return Fact(text, FOUND, episodes, counts=(Tally(request.subject, len(places), "episodes"),))

    def with_much_on(self, request: Request) -> frozenset[EpisodeId]:
        """Return the episodes with much on something; with anything, where none has much."""
        places = self._places(request)
        enough = _MUCH if max(places.values(), default=0) >= _MUCH else 1
        return frozenset(id for id, count in places.items() if count >= enough)

    def latest(self, request: Request, *, first: bool) -> Fact | Found | Unsure | NotFound:
        """Name the latest episode with much on something, or the first; of each show where no day tells."""
        places = self._places(request)
        listed = self._listed(request, places)
        much = self.with_much_on(request)
        those = [each for id, each in self._catalogue.episodes.items() if id in much]
        if not places or not isinstance(listed, Fact):
            return listed
        dated = [each for each in those if each.published]
        of_shows = {each.show: each for each in (those if first else reversed(those))}
        chosen = (dated[-1] if first else dated[0],) if dated else tuple(of_shows.values())
        text = sentences.latest_on(_bare(request.subject), chosen, first=first, much=max(places.values()) >= _MUCH)
        return Fact(text, listed.confidence, chosen)

    def _described(self, request: Request) -> dict[EpisodeId, float]:
        """List episodes whose title and summary answer a question, best first, each with its confidence."""
        likely = self._search.about(request.subject, scope=request.where.scope, limit=_EPISODES_NAMED)
        return {id: confidence for id, confidence in likely if confidence >= FOUND}

    def _fact(self, ranking: Ranking, described: Mapping[EpisodeId, float]) -> Fact:
        named = tuple(self._catalogue.episodes[id] for id in described)
        summary = named[0].summary or ""
        at = selection.densest(summary, selection.wanted(ranking))
        return Fact(sentences.described(named, excerpt(summary, at=at)), max(described.values()), named)

    def everything(self, request: Request) -> Fact | Found | Unsure | NotFound:
        """Show all that somebody said on something, best first; in nobody else's words."""
        where, name = request.where, request.person.name if request.person else ""
        labels = (name, *(request.person.labels if request.person else ()))
        scopes = [replace(where.scope, speaker=label) for label in labels]
        rankings = [self._search.find(request.subject, scope=scope, limit=1) for scope in scopes]
        ranking = max(rankings, key=lambda each: each.confidence)
        limit = _EVERYTHING + _MORE
        by = (self._search.said_by(str(each.speaker), request.subject, scope=each, limit=limit) for each in scopes)
        # By the whole name, the index finds what "Ann Lee" says; by the short one, that is found again.
        said = tuple(
            {each.id: each for theirs in by for each in theirs if not labels[1:] or each.speaker in labels}.values()
        )
        if not said and where.within is not None:
            return _elsewhere(where, self.everything(replace(request, where=EVERYWHERE)))
        if not said:
            return self._not_found(ranking, where)
        evidence = selection.distinct(self._catalogue.evidence(each, ranking.confidence) for each in said)
        shown = selection.marked(evidence[:_EVERYTHING], selection.wanted(ranking))
        more = tuple(each.id for each in evidence[_EVERYTHING:])
        text = sentences.said_by_in(shown[0].speaker or name, (each.episode for each in shown))
        return Found(text, ranking.confidence, evidence=shown, more=more, at_once=_SHOWN)

    def others(self, request: Request, known: Collection[str], seen: Collection[ItemId]) -> Found | NotFound:
        """Show what others say on a subject than those whose views are known, a passage of each that wasn't seen."""
        ranking = self._search.find(request.subject, scope=request.where.scope, limit=_MANY)
        said = self._evidence(selection.bearing(ranking, BEARS)) if ranking.confidence >= MAYBE_SAID else ()
        theirs = [each for each in said if each.speaker not in known and each.id not in seen]
        firsts = {each.speaker or each.id: each for each in theirs[::-1] if not each.text.endswith("?")}
        evidence = tuple(firsts.values())[::-1]
        if not evidence:
            return NotFound(sentences.no_other_views(request.subject), ranking.confidence)
        shown = selection.marked(evidence[:_SHOWN], selection.wanted(ranking))
        more = tuple(each.id for each in evidence[_SHOWN : _SHOWN + _MORE])
        text = sentences.others_on(request.subject, who_agrees=request.want is Ask.OTHER_VIEWS)
        return Found(text, ranking.confidence, evidence=shown, more=more, at_once=_OTHERS)

    def words_of(self, ids: Iterable[ItemId]) -> Found | None:
        """Show quotes or passages; None where none of them is there any more."""
        evidence = self._evidence((self._catalogue.words(id), 1.0) for id in ids)
        shown, more = evidence[:_SHOWN], tuple(each.id for each in evidence[_SHOWN:])
        text = sentences.spoken_in(each.episode for each in shown) if shown else ""
        return Found(text, 1.0, evidence=shown, more=more, told="") if shown else None

    def quotes_about(self, wanted: QuoteFilter) -> tuple[ItemId, ...]:
        """List the quotes on a subject in any words, best first; empty where the library has none."""
        about = wanted.about or ""
        if topic := self._catalogue.topics.get(ItemId(about)):
            return topic.quotes
        ranking = self._search.find(about, scope=replace(wanted.scope, speaker=None), limit=_LOOKED_AT)
        if ranking.confidence < BEARS:
            return ()  # a quote that is nearly on it is still a quote
        on_it = [hit.item for hit in selection.near(ranking) if isinstance(hit.item, Topic | Quote)]
        ids = chain.from_iterable(each.quotes if isinstance(each, Topic) else (each.id,) for each in on_it)
        return tuple(dict.fromkeys(ids))

    def said_on(self, wanted: QuoteFilter) -> tuple[ItemId, ...]:
        """List words of transcripts, best first, for where no quote was picked out that is wanted."""
        if wanted.about is None or ItemId(wanted.about) in self._catalogue.topics:
            return ()
        speaker = wanted.scope.speaker
        if speaker is None:
            request = Request(Ask.SAID, wanted.about, wanted.about, Where.of(wanted.scope))
            ranking = self._find(request)
            found = self._found(ranking, request) if ranking.confidence >= FOUND else None
            return (*(each.id for each in found.evidence), *found.more) if found else ()
        said = self._search.said_by(speaker, wanted.about, scope=wanted.scope, limit=_EVERYTHING + _MORE)
        return tuple(each.id for each in said)

    def _found(self, ranking: Ranking, request: Request) -> Found:
        # Scores of topics and of passages don't compare: a topic has to fit by itself.
        topics = _topics([hit for hit in selection.near(ranking) if hit.confidence >= BEARS])[:_TOPICS_SHOWN]
        others = (topic for topic in _topics(ranking.hits) if topic not in topics)
        leads = topics[0] if topics and isinstance(ranking.hits[0].item, Topic | Quote) else None
        # A topic's own quotes stay in the order in which they were picked, but for those that answer by themselves.
        places = {hit.item.id: place for place, hit in enumerate(ranking.hits) if hit.confidence >= FOUND}
        own = sorted(leads.quotes, key=lambda quote: places.get(quote, _LOOKED_AT)) if leads else []
        quoted = ((self._catalogue.words(id), ranking.confidence) for id in own)
        bearing = selection.bearing(ranking, BEARS)
        evidence = _theirs_first(selection.mixed(self._evidence((*quoted, *bearing))), ranking, request)
        shown = selection.marked(evidence[:_SHOWN], selection.wanted(ranking))
        best = {hit.item.id for hit in ranking.hits if hit.score == ranking.hits[0].score}
        together = len(tuple(takewhile(lambda each: each.id in best, shown)))
        found = Found(
            leads.summary if leads else sentences.spoken_in(each.episode for each in shown),
            ranking.confidence,
            topics=topics,
            evidence=shown,
            related=self._catalogue.related(*topics[:1]) if topics else (),
            more=tuple(each.id for each in evidence[_SHOWN : _SHOWN + _MORE]),
            place=self._place(leads, shown) if leads else None,
            less_likely=tuple(islice(others, _TOPICS_RANKED - len(topics))),
            at_once=1 if leads else selection.at_once(shown, together),
            told=None if leads else "",
        )
        asked = request.person
        if asked and _is_by_others(found, ranking, request):
            found = replace(found, text=sentences.by_others(asked.name), told=None)
        return naming_nobody(found) if asked and not any(each.speaker for each in shown) else found

    def _not_found(self, ranking: Ranking, where: Where) -> NotFound:
        suggestions = self._catalogue.to_ask_instead(_topics(ranking.hits), where.episode)
        text = sentences.nothing_in(self._catalogue.searched(where.episode))
        nearest = tuple(hit.item.id for hit in ranking.hits if isinstance(hit.item, Passage))[:_NEAREST]
        return NotFound(text, ranking.confidence, suggestions=suggestions, nearest=nearest)

    def _evidence(self, words: Iterable[tuple[Quote | Passage | None, float]]) -> tuple[Evidence, ...]:
        """Make evidence of what is there, each with its first confidence."""
        known: dict[ItemId, Evidence] = {}
        for each, confidence in words:
            if each and each.id not in known:
                known[each.id] = self._catalogue.evidence(each, confidence)
        return selection.distinct(known.values())

    def bearing(self, quote: ItemId) -> tuple[Topic, ...]:
        """List topics that a quote bears on, first those that have few others."""
        bearing = (topic for topic in self._catalogue.topics.values() if quote in topic.quotes)
        return tuple(sorted(bearing, key=lambda topic: len(topic.quotes))[:_TOPICS_SHOWN])


def _speaking(ranking: Ranking, request: Request) -> Somebody | None:
    """Return who of those asked about says any of the words asked for in what was found."""
    every = request.person.all if request.person else ()
    return next((each for each in every if selection.speaks(each.name, ranking)), None)


def _theirs_first(evidence: Sequence[Evidence], ranking: Ranking, request: Request) -> Sequence[Evidence]:
    """Put the words of those asked about first, or leave out what is there for their name alone."""
    asked = request.person
    if speaking := _speaking(ranking, request):
        return selection.first(speaking.name, evidence)
    return selection.without(asked.name, evidence) if asked and asked.speaks and request.words_of else evidence


def _is_by_others(found: Found, ranking: Ranking, request: Request) -> bool:
    """Tell whether words are others' where those of somebody known are asked for."""
    asked, speakers = request.person, [each.speaker for each in found.evidence]
    if asked is None or not request.words_of or (asked.namesakes and not asked.speaks) or found.told is None:
        return False
    theirs = any(is_any_of((asked,), each) for each in speakers)
    return all(speakers) and not theirs and not _speaking(ranking, request)


def _with_first(ranking: Ranking, first: Sequence[Passage]) -> Ranking:
    """Put some words before what was found, and be sure of them."""
    if not first:
        return ranking
    sure = max(ranking.confidence, FOUND)
    others = tuple(hit for hit in ranking.hits if hit.item not in first)
    return replace(ranking, hits=(*(Hit(each, 1.0, sure, 0.0) for each in first), *others), confidence=sure)


def _elsewhere(where: Where, answer: _AnswerT) -> _AnswerT:
    """Say that what was found is not of the part that was asked about."""
    if isinstance(answer, NotFound):
        return answer
    return selection.introduced(answer, partial(sentences.elsewhere, where.part))


def _gives_number(text: str, asked: Collection[str], request: Request) -> bool:
    """Tell whether words on what is asked have a sentence with a number and what is said to have been done."""
    if not request.amount:
        return False
    others = set(asked) - selection.stems_of(f"{request.done} {request.done_by}")
    if 2 * len(others & selection.stems_of(text)) < len(others):
        return False
    for sentence in sentences_in(text):
        words = split(sentence)
        counts = any(map(_counts, _FIGURES.findall(sentence))) or not request.amount.isdisjoint(words)
        if counts and (not request.done or alike.tells(request.done, words)):
            return True
    return False


def _counts(figures: str) -> bool:
    """Tell whether figures are an amount, and no part of a name or a year: "GPT 3", "in 2019"."""
    before, _, number = figures.rpartition(" ")
    return not (before[:1].isupper() or (number.isdecimal() and len(number) == _YEAR and number[:2] in {"19", "20"}))


def _in_their_words(evidence: Iterable[Evidence]) -> Found | None:
    """Show some evidence, best first, with nothing to say beside it; None where there is none."""
    those = tuple(evidence)
    shown, more = those[:_SHOWN], tuple(each.id for each in those[_SHOWN : _SHOWN + _MORE])
    text, once = sentences.spoken_in(each.episode for each in shown), selection.at_once(shown)
    return Found(text, FOUND, evidence=shown, more=more, at_once=once, told="") if shown else None


def _names_it(ranking: Ranking) -> bool:
    """Tell whether the best words have the one word that is asked for: then they are on it, however little they say."""
    wanted, best = selection.wanted(ranking), ranking.hits[0].item
    return len(wanted) == 1 and isinstance(best, Quote | Passage) and wanted <= selection.stems_of(best.text)


def _bare(subject: str) -> str:
    """Leave out words that tell nothing around those that do: "the elephant in the room" without "the"."""
    words = spans(subject)
    telling = [(begin, end) for word, begin, end in words if carries(word)]
    return subject[telling[0][0] : telling[-1][1]] if telling else subject


def _is_said(ranking: Ranking) -> bool:
    """Tell whether what comes first is of a transcript, and no note."""
    return bool(ranking.hits) and isinstance(ranking.hits[0].item, Passage)


def _topics(hits: Sequence[Hit]) -> tuple[Topic, ...]:
    return tuple(hit.item for hit in hits if isinstance(hit.item, Topic))


def naming_nobody(found: Found) -> Found:
    """Say that points can't be told apart by who made them, if that isn't said yet."""
    sentence = verdicts.nobody_named(found.evidence)
    return found if sentence in found.text else selection.introduced(found, lambda text: f"{text} {sentence}".strip())
