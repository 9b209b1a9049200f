"""Answers what the library has on a subject: decides whether what was found answers, may answer, or doesn't.

`finder.py` finds it, and `thresholds.py` says how sure is sure enough.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice, takewhile
from typing import Final, TypeAlias

from bot.answering import selection, sentences, verdicts
from bot.answering.attribution import is_any_of
from bot.answering.catalogue import Catalogue
from bot.answering.finder import LOOKED_AT, Finder, speaking
from bot.answering.offering import Offering, is_term
from bot.answering.premises import Premises
from bot.answering.thresholds import BEARS, FOUND, MAYBE_SAID, SAID_FOR_AN_ASSISTANT, UNSURE
from bot.port.excerpts import excerpt
from bot.port.messages import Episode, EpisodeId, Evidence, Fact, Found, ItemId, NotFound, Topic, Unsure
from bot.understanding.request import EVERYWHERE, Request
from bot.understanding.text import plain
from knowledge.model import Passage, Quote
from knowledge.search import Hit, Ranking, Search
from knowledge.search.advising import advises
from knowledge.search.numbers import numbered_name
from knowledge.search.words import carries, spans, split

_MAYBE: Final = 2
"""Passages offered as the possible answer from a whole library."""
_MAYBE_HERE: Final = 3
"""Passages offered as the possible answer from one episode."""
_PHRASE: Final = 3
"""Minimum number of consecutive subject words that we treat as a phrase rather than coincidence."""
_TELLING: Final = 2
"""Minimum number of informative words in a phrase."""
_NEAREST: Final = 2
"""Passages offered if nothing answers."""
_NAMING_ALL: Final = 50
"""Maximum number of passages that name all of some subjects."""
_LARGE: Final = 100
"""Number of episodes from which a library has most everyday words somewhere."""
_IN_PASSING: Final = 3
"""Maximum number of passages in which something is said in passing."""
_ADVISING: Final = 3
"""Number of best passages, one of which has to advise if advice is asked for."""
_TOPICS_SHOWN: Final = 3
_TOPICS_RANKED: Final = 10
"""Topics that come with an answer, shown or not."""

_Said: TypeAlias = Fact | Found | Unsure | NotFound


@dataclass(frozen=True)
class Lookup:
    """Answers from one library, each to words that stand for themselves."""

    _catalogue: Catalogue
    _search: Search
    _premises: Premises
    _offering: Offering
    finder: Finder

    def said(self, request: Request) -> _Said:
        """Answer what the library has on a subject, in the first of several ways that gives an answer."""
        defined = self.finder.defined(request)
        ranking = self.finder.answering(request, defined)
        if defined or ranking.asked.query.advice:
            request = replace(request, of_an_assistant=False)
        unadvised = request.worded.manner.advice and not _advises(ranking)
        # What is said on a thing doesn't say where it got its name.
        unnamed = request.of_its_name and not defined and selection.is_said(ranking)
        if unadvised or unnamed or not selection.is_there(ranking):
            ranking = replace(ranking, confidence=min(ranking.confidence, UNSURE))
        return next(answer for answer in self._ways(ranking, request) if answer)

    def _ways(self, ranking: Ranking, request: Request) -> Iterator[_Said | None]:
        """Yield what each way of answering gives, the surest way first; None if it doesn't apply."""
        yield self._numbered(ranking, request)
        yield self.found(ranking, request) if _answers(ranking, request) else None
        yield self.naming(request)
        yield self._described(ranking, request)
        yield self._phrased(ranking, request)
        yield self._nearby(request)
        yield self._offering.on_a_name(ranking, request)
        yield self._maybe(ranking, request)
        yield self._offering.partly_said(request)
        yield self._offering.on_a_term(ranking, request)
        yield self._offering.in_other_words(ranking, request)
        yield self._elsewhere(request)
        yield self.not_found(ranking, request)

    def on_all(self, subjects: Sequence[str], request: Request) -> Sequence[Evidence]:
        """List words that name all of some subjects."""
        said = self._search.on_all(subjects, scope=request.where.scope, limit=_NAMING_ALL)
        evidence = selection.distinct(self._catalogue.evidence_of((each, FOUND) for each in said))
        return selection.marked(evidence, selection.stems_of(" ".join(subjects)))

    def _numbered(self, ranking: Ranking, request: Request) -> Found | Unsure | NotFound | None:
        """Show where a name is said with the very number in the question, or say that it isn't: "GPT-7".

        None if the question has no such name, or if what was found answers it.
        """
        name = numbered_name(request.subject)
        if name is None:
            return None
        said = [each for each in self._search.verbatim(name, scope=request.where.scope) if each.exact]
        if said:
            exact = selection.distinct(map(self._catalogue.evidence_at, said))
            answered = _answers(ranking, request) or request.people
            return None if answered else self._in_their_words(selection.mixed(exact))
        offered = self.offered(replace(ranking, confidence=min(ranking.confidence, UNSURE)), request)
        return replace(offered, text=sentences.nobody_names(name)) if isinstance(offered, Unsure) else offered

    def _described(self, ranking: Ranking, request: Request) -> Fact | None:
        """Name the episodes whose title and summary answer, with what the best one's summary says of the subject."""
        described = {} if request.of_an_assistant else self.finder.described(request)
        asked = selection.stems_of(request.subject)
        described = {id: sure for id, sure in described.items() if not self._is_numbered(id, asked)}
        if not described:
            return None
        named = tuple(self._catalogue.episodes[id] for id in described)
        summary = named[0].summary or ""
        at = selection.densest(summary, selection.wanted(ranking))
        return Fact(sentences.described(named, excerpt(summary, at=at)), named, confidence=max(described.values()))

    def _is_numbered(self, id: EpisodeId, asked: frozenset[str]) -> bool:
        """Tell whether an episode has nothing of a question but its number: #21 for "it takes 21 days"."""
        episode = self._catalogue.episodes[id]
        return asked & selection.stems_of(f"{episode.title} {episode.summary or ''}") == {episode.number}

    def _phrased(self, ranking: Ranking, request: Request) -> Found | None:
        """Show where a subject of several words was said word for word: "the elephant in the room".

        The confidence only knows that the words are near each other, and this says more. "Local first apps" is as good
        as "local-first" if several episodes say that.
        """
        phrase = bare(request.subject)
        otherwise = request.people or request.of_little or request.of_its_name or request.premise.amount
        if otherwise or sum(map(carries, split(phrase))) < _TELLING:
            return None
        exact = self._offering.word_for_word(phrase, ranking, request)
        if len(phrase.split()) < _PHRASE and not is_term(exact):
            exact = ()
        return self._in_their_words(exact or self._offering.hyphenated(ranking, request))

    def _nearby(self, request: Request) -> Found | None:
        """Show what answers in the episode that the conversation is about."""
        if request.nearby is None:
            return None
        nearby = self.said(replace(request, where=request.nearby, nearby=None))
        return nearby if isinstance(nearby, Found) else None

    def _elsewhere(self, request: Request) -> _Said | None:
        """Show what there is in the rest of the library, if the question names a part of it."""
        if request.where.within is None or not request.where.part:
            return None
        return selection.elsewhere(request.where, self.said(replace(request, where=EVERYWHERE)))

    @staticmethod
    def _in_their_words(exact: Iterable[Evidence]) -> Found | None:
        return selection.in_their_words(replace(each, confidence=FOUND) for each in exact)

    def naming(self, request: Request) -> Found | None:
        """Show sentences that have a subject as a name which tells nothing by itself, as "Go" does; None for others."""
        if any(map(carries, split(request.subject))):
            return None
        speaker = next(iter(request.person.speaking), None) if request.person else None
        scope = replace(request.where.scope, speaker=speaker)
        limit = selection.EVIDENCE + selection.MORE
        said: Sequence[Quote | Passage] = self._search.quotes_on(request.subject, scope=scope, limit=limit)
        if speaker and len(said) < selection.EVIDENCE:
            said = (*said, *self._search.said_by(speaker, request.subject, scope=scope, limit=limit))
        evidence = selection.distinct(self._catalogue.evidence_of((each, FOUND) for each in said))
        return selection.in_their_words(selection.marked(evidence, selection.stems_of(request.subject)))

    def offered(self, ranking: Ranking, request: Request) -> Unsure | NotFound:
        """Offer what may be the answer, or say that nothing was found."""
        return self._maybe(ranking, request) or self.not_found(ranking, request)

    def _maybe(self, ranking: Ranking, request: Request) -> Unsure | None:
        """Offer what may be the answer; None if nothing is near enough."""
        where, said = request.where, selection.is_said(ranking)
        maybe_said = FOUND if request.of_little else MAYBE_SAID
        if not ranking.hits or (ranking.confidence < (maybe_said if said else UNSURE) and not ranking.scattered):
            return None
        if said and request.where == EVERYWHERE and not request.people and self._is_in_passing(ranking):
            return None
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
            return None
        text = self._premises.how_sure(shown, ranking, request) if shown else sentences.UNSURE
        if request.person and _is_by_others(shown, ranking, request):
            text = sentences.maybe_by_others(request.person.name)
        return Unsure(text, ranking.confidence, guesses, evidence=shown)

    def _is_in_passing(self, ranking: Ranking) -> bool:
        """Tell whether a large library has everyday words at one place alone, as in a metaphor: "your own lasagna"."""
        near = [hit.item.episode for hit in ranking.hits if hit.score >= selection.BESIDE]
        alone = len(near) <= _IN_PASSING and len(set(near)) == 1
        return alone and ranking.asked.query.excess < 0 and len(self._catalogue.episodes) >= _LARGE

    def topic(self, topic: Topic) -> Found:
        """Show one topic."""
        evidence = self._catalogue.evidence_of((self._catalogue.words(id), 1.0) for id in topic.quotes)
        shown, place = evidence[: selection.EVIDENCE], self._place(topic, evidence[: selection.EVIDENCE])
        return Found(topic.summary, 1.0, None, (topic,), shown, self._catalogue.related(topic), place=place)

    def _place(self, topic: Topic, shown: Iterable[Evidence]) -> Episode | None:
        """Return the episode of a topic where no words that are shown tell it."""
        named = any(each.episode.id == topic.episode for each in shown)
        return None if named else self._catalogue.episodes[topic.episode]

    def never_comes_up(self, words: str) -> bool:
        """Tell whether nothing of what some words tell is anywhere in the library."""
        return self._search.never_said(words)

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


def _advises(ranking: Ranking) -> bool:
    """Tell whether something was found that advises, and not just tells of the subject; notes and replies may.

    What was replied to somebody who asked the same has nothing of the subject itself.
    """
    found = [each.text for each, _ in islice(selection.bearing(ranking, BEARS), _ADVISING)]
    wanted = selection.wanted(ranking)
    replied = not found or wanted.isdisjoint(selection.stems_of(found[0]))
    return replied or not selection.is_said(ranking) or any(advises(each, wanted) for each in found)


def _answers(ranking: Ranking, request: Request) -> bool:
    """Tell whether a ranking is sure enough to answer."""
    only_said = request.of_an_assistant and selection.is_said(ranking)
    return selection.answers(ranking, SAID_FOR_AN_ASSISTANT if only_said else FOUND)


def _theirs_first(evidence: Sequence[Evidence], ranking: Ranking, request: Request) -> Sequence[Evidence]:
    """Put the words of those asked about first, or leave out what is there for their name alone."""
    asked = request.person
    if theirs := speaking(ranking, request):
        if evidence and evidence[0].speaker in theirs:
            return evidence  # a reply among them stays in its place
        return sorted(evidence, key=lambda each: each.speaker not in theirs)
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
    return all(speakers) and not theirs and not speaking(ranking, request)


def bare(subject: str) -> str:
    """Leave out words that tell nothing around those that do: "the elephant in the room" without "the"."""
    telling = [(begin, end) for word, begin, end in spans(subject) if carries(word)]
    if not telling:
        return subject
    begin, end = telling[0][0], telling[-1][1]
    return subject[subject.rfind(" ", 0, begin) + 1 if subject[:begin].endswith("-") else begin : end]  # "vs-code"


def _topics(hits: Sequence[Hit]) -> tuple[Topic, ...]:
    return tuple(hit.item for hit in hits if isinstance(hit.item, Topic))


def naming_nobody(found: Found) -> Found:
    """Say that points can't be told apart by who made them, if that isn't said yet."""
    sentence = verdicts.nobody_named(found.evidence)
    return found if sentence in found.text else selection.reworded(found, lambda text: f"{text} {sentence}".strip())
