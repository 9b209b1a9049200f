"""Looks things up and judges what was found: is it the answer, may it be, or is it not there.

How sure is sure enough is in `thresholds.py`, whether words bear out what a question takes for granted in
`premises.py`. What a question wants is read in `bot.understanding`; how
the search ranks is `knowledge.search`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice, takewhile

from bot.answering import selection, sentences, verdicts
from bot.answering.attribution import is_any_of
from bot.answering.catalogue import Catalogue
from bot.answering.offering import Offering, is_term
from bot.answering.premises import CLAIMED, Premises
from bot.answering.thresholds import BEARS, FOUND, MAYBE_SAID, NOTED, SAID_FOR_AN_ASSISTANT, UNSURE
from bot.port.excerpts import TELLING, excerpt
from bot.port.messages import (
    Episode,
    EpisodeId,
    Evidence,
    Fact,
    Found,
    ItemId,
    NotFound,
    Topic,
    Unsure,
)
from bot.understanding.request import EVERYWHERE, Request
from bot.understanding.text import plain
from knowledge.cutting import ends_asking
from knowledge.model import Passage, Quote, Scope
from knowledge.search import Hit, Ranking, Search
from knowledge.search.definitions import requests
from knowledge.search.numbers import numbered_name
from knowledge.search.question import BARE
from knowledge.search.words import carries, spans, split

_MUCH_ABOUT = 2 / 3
"""Share of what the clause with most of the subject has of it from which another may be answered instead; of the
weight of a bare subject from which words are on it."""

LOOKED_AT = 15
"""Hits that are read: as many words as an answer shows and keeps for more."""
_MAYBE = 2
_MAYBE_HERE = 3
"""Words shown that may be the answer, over a library and in one episode."""
_PHRASE = 3
"""Words of a subject from which it is no chance that they follow each other somewhere ..."""
_TELLING = 2
"""... and how many of them tell something."""
_NEAREST = 2
"""Words that are offered where nothing answers."""
_TOGETHER = 2
"""Passages that answer together at the best place, where people speak by turns."""
_SAME = 2
"""Words from which a question that was asked in an episode is the same one ..."""
_SAME_SHOWN = 2
"""... and of how many the replies are shown first."""
_ASKERS = 3
"""Places, the best, of which it is looked at what is replied where they ask."""
_NAMED = 3
"""Words of the name of something that is asked to be explained."""
_OPINIONS = 3
"""Places, the plainest, at which somebody says what they think of a subject."""
_DEFINITIONS = 2
"""Places at which somebody says what something is."""
EPISODES_NAMED = 10
_TOPICS_SHOWN = 3
_TOPICS_RANKED = 10


@dataclass(frozen=True)
class Lookup:
    """Answers from one library, each to words that stand for themselves."""

    _catalogue: Catalogue
    _search: Search
    _premises: Premises
    _offering: Offering

    def said(self, request: Request) -> Fact | Found | Unsure | NotFound:
        """Answer what the library has on a subject: what was said, or else which episodes are about it.

        Where nothing is found in the part that was asked about, what there is elsewhere.
        """
        found, defined = _besides(self.find(request), request), self._defined(request)
        replied = () if defined else self._replied(found, request)
        plainly = (*defined, *replied, *self._opinions(request), *self._asked_before(request), *self._instead(request))
        answering = self._in_sentences(found, request, beside=plainly)
        ranking = selection.led_by(self._premises.checked(answering, request), plainly)
        if defined:
            request = replace(request, of_an_assistant=False, of_the_world=False)
        only_said = request.of_an_assistant and selection.is_said(ranking)
        answered = selection.answers(ranking, SAID_FOR_AN_ASSISTANT if only_said else FOUND)
        if numbered := self._numbered(request, ranking, answered=answered):
            return numbered
        if answered:
            return self.found(ranking, request)
        if not selection.is_there(ranking):
            ranking = replace(ranking, confidence=min(ranking.confidence, UNSURE))
        if named := self.naming(request):
            return named
        if not request.of_an_assistant and (described := self.described(request)):
            return self._fact(ranking, described)
        if not (request.people or request.of_little or request.amount) and (phrased := self._phrased(request, ranking)):
            return phrased
        if request.nearby:
            nearby = self.said(replace(request, where=request.nearby, nearby=None))
            if isinstance(nearby, Found):
                return nearby
        offered = self.offered(ranking, request)
        if isinstance(offered, NotFound):
            partly = self._offering.partly_said(request) or self._offering.on_a_term(ranking, request)
            offered = partly or self._offering.in_other_words(ranking, request) or offered
        if request.where.within is None or isinstance(offered, Unsure):
            return offered
        return selection.elsewhere(request.where, self.said(replace(request, where=EVERYWHERE)))

    def _in_sentences(self, ranking: Ranking, request: Request, beside: Iterable[Passage]) -> Ranking:
        """Show of the best place the sentences that answer, of the others their passages, and no words twice.

        Where a number is asked for, it may stand beside the next places as well.
        """
        if ranking.confidence < MAYBE_SAID:
            return ranking
        theirs = request.person.speaking if request.person else ()
        hits: list[Hit] = []
        shown = [selection.sentences_of(each.text) for each in beside]
        places = len(shown) + (CLAIMED if request.amount else 1)
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
                    hits.append(hit if each is passage else replace(hit, item=each))
        return replace(ranking, hits=tuple(hits))

    def _asked_before(self, request: Request) -> Sequence[Passage]:
        """Return what was replied where somebody asked the same, word for word: "Why thirty?"."""
        words = split(request.text)
        if len(words) < _SAME or not any(map(carries, words)):
            return ()
        if not selection.stems_of(request.subject) <= selection.stems_of(request.text):
            return ()  # "how does it work" was asked of something else
        asked = self._search.asked(request.text, scope=request.where.scope)
        return list(islice(self._search.replies(asked), _SAME_SHOWN))

    def _instead(self, request: Request) -> Sequence[Passage]:
        """Return words on something in place of another, where that is asked for, and not on that other alone."""
        said = (each for phrase in request.instead for each in self._search.verbatim(phrase, scope=request.where.scope))
        told = (each.item for each in said if each.exact and isinstance(each.item, Passage))
        return list(dict.fromkeys(islice((each for each in told if not ends_asking(each.text)), _OPINIONS)))

    def _opinions(self, request: Request) -> Sequence[Passage]:
        """Return what the person who is asked about says they think of a subject: "I love monorepos"."""
        if request.done or not (request.words_of and request.person and request.subject):
            return ()
        find = partial(self._search.opinions, words=request.subject, scope=request.where.scope)
        plainly = [each for name in request.person.speaking for each in find(name)]
        return list({each.id: each for each in (*self._felt(request), *plainly)}.values())[:_OPINIONS]

    def _felt(self, request: Request) -> Iterator[Passage]:
        """Yield what the person who is asked about says with the verb that is asked for: "does Ann love monorepos"."""
        for name in request.person.speaking if request.person and request.feeling else ():
            scope = replace(request.where.scope, speaker=name)
            yield from self._search.feelings(request.feeling, request.subject, scope=scope)

    def _defined(self, request: Request) -> Sequence[Passage]:
        """Return the plainest words on what something is, where that is asked."""
        if not request.term or len(request.people) > 1:
            return ()
        speakers: Sequence[str | None] = request.person.speaking if request.person else (None,)
        scopes = [replace(request.where.scope, speaker=speaker) for speaker in speakers]

        def found(find: Callable[[Scope], Sequence[Passage]]) -> Sequence[Passage]:
            return [each for scope in scopes for each in find(scope)]

        if request.of_its_name:
            return found(lambda scope: self._search.namings(request.term, request.subject, scope=scope))[:_DEFINITIONS]
        defined = found(lambda scope: self._search.definitions(request.term, scope=scope))
        if not defined and len(split(request.term)) <= _NAMED:  # "what is it like to be programmed" names nothing
            defined = found(lambda scope: self._search.explanations(request.term, scope=scope))
        return defined[:_DEFINITIONS]

    def _replied(self, found: Ranking, request: Request) -> Sequence[Passage]:
        """Return what is replied where what was found asks to have a subject explained, if that is asked."""
        if not request.term or request.people or not selection.answers(found):
            return ()
        asking = (
            each.item for each in found.hits[:_ASKERS] if isinstance(each.item, Passage) and requests(each.item.text)
        )
        return list(islice(self._search.replies(asking), _SAME_SHOWN))

    def on_all(self, subjects: Sequence[str], request: Request) -> Sequence[Evidence]:
        """List words that name all of some subjects."""
        said = self._search.on_all(subjects, scope=request.where.scope, limit=selection.EVIDENCE)
        evidence = selection.distinct(self._catalogue.evidence_of((each, FOUND) for each in said))
        return selection.marked(evidence, selection.stems_of(" ".join(subjects)))

    def _numbered(self, request: Request, ranking: Ranking, *, answered: bool) -> Found | Unsure | NotFound | None:
        """Show where a name is said with the very number that is asked for, or say that it isn't: "GPT-7".

        None for a question with no such name, and where what was found answers it.
        """
        name = numbered_name(request.subject)
        if name is None:
            return None
        said = [each for each in self._search.verbatim(name, scope=request.where.scope) if each.exact]
        if said:
            exact = selection.distinct(map(self._catalogue.evidence_at, said))
            shown = (replace(each, confidence=FOUND) for each in selection.mixed(exact))
            return None if answered or request.people else selection.in_their_words(shown)
        offered = self.offered(replace(ranking, confidence=min(ranking.confidence, UNSURE)), request)
        return replace(offered, text=sentences.nobody_names(name)) if isinstance(offered, Unsure) else offered

    def _phrased(self, request: Request, ranking: Ranking) -> Found | None:
        """Show where a subject of several words was said word for word: "the elephant in the room"; None elsewhere.

        It says more than that its words are near each other, which is all that the confidence knows. "Local first apps"
        is as good as "local-first" where that is a word of several episodes.
        """
        phrase = bare(request.subject)
        if sum(map(carries, split(phrase))) < _TELLING:
            return None
        exact = self._offering.word_for_word(phrase, ranking, request)
        if len(phrase.split()) < _PHRASE and not is_term(exact):
            exact = ()
        return self._in_their_words(exact or self._offering.hyphenated(ranking, request))

    @staticmethod
    def _in_their_words(exact: Iterable[Evidence]) -> Found | None:
        return selection.in_their_words(replace(each, confidence=FOUND) for each in exact)

    def naming(self, request: Request) -> Found | None:
        """Show sentences that have a subject as a name which tells nothing by itself, as "Go" does; None for others."""
        if any(map(carries, split(request.subject))):
            return None
        speaker = next(iter(request.person.speaking), None) if request.person else None
        scope = replace(request.where.scope, speaker=speaker)
        said = self._search.quotes_on(request.subject, scope=scope, limit=selection.EVIDENCE + selection.MORE)
        evidence = self._catalogue.evidence_of((each, FOUND) for each in said)
        return selection.in_their_words(selection.marked(evidence, selection.stems_of(request.subject)))

    def offered(self, ranking: Ranking, request: Request) -> Unsure | NotFound:
        """Offer what may be meant where nothing answers, if anything is near."""
        where, said = request.where, selection.is_said(ranking)
        maybe_said = FOUND if request.of_little else MAYBE_SAID
        if not ranking.hits or (ranking.confidence < (maybe_said if said else UNSURE) and not ranking.scattered):
            return self.not_found(ranking, request)
        bearing = selection.bearing(ranking, UNSURE)
        likely = [
            each for each in bearing if each[1] >= maybe_said and not self._premises.is_by_chance(each[0], ranking)
        ]
        likeliest = selection.mixed(self._catalogue.evidence_of(likely))[: _MAYBE_HERE if where.episode else _MAYBE]
        shown = selection.marked(likeliest, selection.wanted(ranking))
        there = {each.id for each in shown}
        near = () if said and shown else selection.guesses(ranking, self._catalogue.title)
        guesses = tuple(guess for guess in near if guess.id not in there)
        if not (shown or guesses):
            return self.not_found(ranking, request)
        text = self._premises.how_sure(shown, ranking, request) if shown else sentences.UNSURE
        if request.person and _is_by_others(shown, ranking, request):
            text = sentences.maybe_by_others(request.person.name)
        return Unsure(text, ranking.confidence, guesses, evidence=shown)

    def find(self, request: Request) -> Ranking:
        """Search for a subject, and where that is not answered for its clauses: the one that asks for most.

        What somebody asked about says in a transcript comes first if it answers, and where nothing does if it may.
        """
        scope = request.where.scope
        find = partial(self._search.find, limit=LOOKED_AT)
        speakers: list[str | None] = [name for each in request.people for name in each.speaking]
        if len(request.people) > 1:
            speakers.insert(0, None)  # "was it Ann or Bob who said": whoever says most of it
        theirs: list[Ranking] = []
        for each in speakers if request.subject else ():
            ranking = find(request.subject, scope=replace(scope, speaker=each))
            if not _speaking(ranking, request):
                continue
            if selection.answers(ranking):
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
        if selection.answers(whole):
            return whole
        if not request.of_little and whole.confidence >= MAYBE_SAID and _is_named(request.subject, whole):
            return replace(whole, confidence=FOUND)  # "what did they say about security": whatever has the word
        most = max((each.about for each in request.clauses), default=0.0)
        clauses = sorted(request.clauses, key=lambda clause: clause.about, reverse=True)
        surest = whole
        for clause in (each for each in clauses if each.about >= most * _MUCH_ABOUT):
            part = find(clause.text, scope=scope)
            if selection.answers(part):
                return part
            if not clause.surely:
                surest = max(surest, part, key=lambda ranking: ranking.confidence)
        return surest

    def topic(self, topic: Topic) -> Found:
        """Show one topic."""
        evidence = self._catalogue.evidence_of((self._catalogue.words(id), 1.0) for id in topic.quotes)
        shown, place = evidence[: selection.EVIDENCE], self._place(topic, evidence[: selection.EVIDENCE])
        return Found(topic.summary, 1.0, None, (topic,), shown, self._catalogue.related(topic), place=place)

    def _place(self, topic: Topic, shown: Iterable[Evidence]) -> Episode | None:
        """Return the episode of a topic where no words that are shown tell it."""
        named = any(each.episode.id == topic.episode for each in shown)
        return None if named else self._catalogue.episodes[topic.episode]

    def described(self, request: Request) -> dict[EpisodeId, float]:
        """List episodes whose title and summary answer a question, best first, each with its confidence."""
        likely = self._search.about(request.subject, scope=request.where.scope, limit=EPISODES_NAMED)
        return {id: confidence for id, confidence in likely if confidence >= NOTED}

    def _fact(self, ranking: Ranking, described: Mapping[EpisodeId, float]) -> Fact:
        named = tuple(self._catalogue.episodes[id] for id in described)
        summary = named[0].summary or ""
        at = selection.densest(summary, selection.wanted(ranking))
        return Fact(sentences.described(named, excerpt(summary, at=at)), named, confidence=max(described.values()))

    def never_comes_up(self, words: str) -> bool:
        """Tell whether nothing of what some words tell is anywhere in the library."""
        query, _ = self._search.notes(words)
        return 0 < len(query.telling) == len(query.unheard)

    def words_of(self, ids: Iterable[ItemId]) -> Found | None:
        """Show quotes or passages; None where none of them is there any more."""
        evidence = self._catalogue.evidence_of((self._catalogue.words(id), 1.0) for id in ids)
        shown, more = evidence[: selection.EVIDENCE], tuple(each.id for each in evidence[selection.EVIDENCE :])
        text = sentences.spoken_in(each.episode for each in shown) if shown else ""
        return Found(text, 1.0, evidence=shown, more=more, told="") if shown else None

    def found(self, ranking: Ranking, request: Request) -> Found:
        """Show what was found: the best topic if it leads, the words that bear on the question, and what is related."""
        # Scores of topics and of passages don't compare: a topic has to fit by itself.
        topics = _topics([hit for hit in selection.near(ranking) if hit.confidence >= BEARS])[:_TOPICS_SHOWN]
        others = (topic for topic in _topics(ranking.hits) if topic not in topics)
        leads = topics[0] if topics and isinstance(ranking.hits[0].item, Topic | Quote) else None
        # A topic's own quotes stay in the order in which they were picked, but for those that answer by themselves.
        places = {hit.item.id: place for place, hit in enumerate(ranking.hits) if selection.is_found(hit)}
        own = sorted(leads.quotes, key=lambda quote: places.get(quote, LOOKED_AT)) if leads else []
        quoted = ((self._catalogue.words(id), ranking.confidence) for id in own)
        bearing = selection.bearing(ranking, BEARS)
        evidence = _theirs_first(selection.mixed(self._catalogue.evidence_of((*quoted, *bearing))), ranking, request)
        first, more = selection.divided(evidence)
        shown = selection.marked(first, selection.wanted(ranking))
        best = {hit.item.id for hit in ranking.hits if hit.score == ranking.hits[0].score}
        together = len(tuple(takewhile(lambda each: each.id in best, shown)))
        found = Found(
            leads.summary if leads else sentences.spoken_in(each.episode for each in shown),
            ranking.confidence,
            topics=topics,
            evidence=shown,
            related=self._catalogue.related(*topics[:1]) if topics else (),
            more=more,
            place=self._place(leads, shown) if leads else None,
            less_likely=tuple(islice(others, _TOPICS_RANKED - len(topics))),
            at_once=1 if leads else selection.seen(ranking, shown, together),
            told=None if leads else "",
        )
        asked = request.person
        if asked and not leads and _is_by_others(shown, ranking, request):
            found = replace(found, text=sentences.by_others(asked.name), told=None)
        return naming_nobody(found) if asked and not any(each.speaker for each in shown) else found

    def not_found(self, ranking: Ranking, request: Request) -> NotFound:
        """Say that nothing answers, with what comes nearest."""
        where = request.where
        suggestions = self._catalogue.to_ask_instead(_topics(ranking.hits), where.episode)
        text = sentences.nothing_in(self._catalogue.searched(where.episode), ranking.asked.query.unheard)
        nearest = tuple(hit.item.id for hit in ranking.hits if isinstance(hit.item, Passage))[:_NEAREST]
        return NotFound(text, ranking.confidence, suggestions=suggestions, nearest=nearest)


def _besides(ranking: Ranking, request: Request) -> Ranking:
    """Leave out words on what a question is not about, and those by whom it is not, where there are others."""
    left_out = selection.stems_of(request.besides)
    others = tuple(hit for hit in ranking.hits if not left_out <= _stems_of(hit)) if left_out else ()
    sure = min(ranking.confidence, others[0].confidence) if others else 0.0
    return replace(ranking, hits=others, confidence=sure) if others else ranking


def _stems_of(hit: Hit) -> frozenset[str]:
    """Return the stems of what was found, and of who says it."""
    said = hit.item
    return selection.stems_of(said.summary if isinstance(said, Topic) else f"{said.speaker} {said.text}")


def _speaking(ranking: Ranking, request: Request) -> frozenset[str]:
    """Return the names of those asked about who say any of the words asked for in what was found."""
    said = (hit.item for hit in ranking.hits if hit.direct)
    theirs = {name for each in request.people for name in each.speaking}
    return frozenset(item.speaker for item in said if isinstance(item, Quote | Passage) and item.speaker in theirs)


def _theirs_first(evidence: Sequence[Evidence], ranking: Ranking, request: Request) -> Sequence[Evidence]:
    """Put the words of those asked about first, or leave out what is there for their name alone."""
    asked = request.person
    if speaking := _speaking(ranking, request):
        if evidence and evidence[0].speaker in speaking:
            return evidence  # a reply among them stays in its place
        return sorted(evidence, key=lambda each: each.speaker not in speaking)
    if asked and asked.speaks and request.words_of:
        return [each for each in evidence if each.speaker != asked.name]
    subject = plain(request.subject)  # of "Ann's bread" others' words come before Ann's
    return sorted(evidence, key=lambda each: f"{plain(each.speaker or subject)}s" in subject)


def _is_by_others(shown: Sequence[Evidence], ranking: Ranking, request: Request) -> bool:
    """Tell whether words are others' where those of somebody known are asked for."""
    asked, speakers = request.person, [each.speaker for each in shown]
    if asked is None or not (shown and request.words_of) or (asked.namesakes and not asked.speaks):
        return False
    theirs = any(is_any_of((asked,), each) for each in speakers)
    return all(speakers) and not theirs and not _speaking(ranking, request)


def _names_it(ranking: Ranking) -> bool:
    """Tell whether the best words have most of a bare subject: then they are on it, however little they say."""
    best, query = ranking.hits[0].item, ranking.asked.query
    if len(query.telling) > BARE or not isinstance(best, Quote | Passage):
        return False
    return query.share(selection.stems_of(best.text)) >= _MUCH_ABOUT


def _is_named(subject: str, ranking: Ranking) -> bool:
    """Tell whether a subject is nothing but a telling word or two, which the best words have."""
    return all(map(carries, split(subject))) and _names_it(ranking)


def bare(subject: str) -> str:
    """Leave out words that tell nothing around those that do: "the elephant in the room" without "the"."""
    words = spans(subject)
    telling = [(begin, end) for word, begin, end in words if carries(word)]
    return subject[telling[0][0] : telling[-1][1]] if telling else subject


def _topics(hits: Sequence[Hit]) -> tuple[Topic, ...]:
    return tuple(hit.item for hit in hits if isinstance(hit.item, Topic))


def naming_nobody(found: Found) -> Found:
    """Say that points can't be told apart by who made them, if that isn't said yet."""
    sentence = verdicts.nobody_named(found.evidence)
    return found if sentence in found.text else selection.reworded(found, lambda text: f"{text} {sentence}".strip())
