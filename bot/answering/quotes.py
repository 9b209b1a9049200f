"""Draws quotes, hand-picked ones and quotable sentences of transcripts, or says that there is none.

What is answered for want of quotes is decided in `answerer.py`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain, islice
from operator import itemgetter
from random import Random
from typing import Final

from bot.answering import selection, sentences
from bot.answering.catalogue import Catalogue
from bot.answering.finder import LOOKED_AT
from bot.answering.lookup import Lookup
from bot.answering.thresholds import BEARS
from bot.port.messages import EpisodeId, Found, ItemId, NotFound, QuoteFilter, Topic, Unsure
from bot.understanding.conversation import Thread
from bot.understanding.request import Request, Where
from bot.understanding.text import plain
from bot.understanding.wants import Ask
from knowledge.cutting import ends_asking
from knowledge.model import Passage, Quote, Scope
from knowledge.search import Search
from knowledge.search.parts import passage_of
from knowledge.search.quotable import QuotableSentences

_MOST: Final = 10
"""Maximum number of quotes drawn at once."""
_SENTENCES: Final = 50
"""Number of best sentences on a subject that one is drawn from."""
_SAID: Final = 20
"""Number of a speaker's passages on a subject that are read if no single sentence works as a quote."""
_HANDFUL: Final = 80
"""Maximum number of random sentences of which the best is drawn; with more, the same few would always win."""
_READ: Final = 20
"""`_HANDFUL` for one speaker's sentences, which all have to be read to be scored."""
_OF: Final = 4
"""At most one sentence in this many competes, so that a short library doesn't give its best each time."""


@dataclass(frozen=True, slots=True)
class Quotes:
    """Draws quotes from one library."""

    _catalogue: Catalogue
    _search: Search
    _lookup: Lookup
    _random: Random

    def wanted(self, request: Request, before: Thread) -> QuoteFilter | None:
        """Return which quotes a request asks for; None if it asks for none."""
        match request.want:
            case Ask.QUOTE | Ask.LINES:
                person = request.person
                speaker = (person if person.known else person.heard or person).name if person else None
                return QuoteFilter(request.subject or None, replace(request.where.scope, speaker=speaker))
            case Ask.ANOTHER_QUOTE:
                return before.quoting or QuoteFilter(scope=request.where.scope)
            case Ask.QUOTE_ON_THAT if before.topic or before.subject:
                return QuoteFilter(before.topic or before.subject, request.where.scope)
            case Ask.MORE if before.topic not in self._catalogue.topics and not self._lookup.words_of(before.more):
                return before.quoting
            case _:
                return None

    def quote(self, wanted: QuoteFilter, thread: Thread, count: int = 1) -> tuple[Found | NotFound, Thread]:
        """Draw `count` quotes that match a filter; they are the evidence of the answer."""
        # What bears on a subject is the same each time.
        draw = partial(self._any, wanted) if wanted.about is None else partial(self._best, self._bearing(wanted))
        drawn: dict[ItemId, Quote | Passage] = {}
        for _ in range(min(count, _MOST)):
            words, thread = draw(thread)
            if words is None or words.id in drawn:
                break
            drawn[words.id] = words
        if len(drawn) < count > 1:
            drawn |= {each.id: each for each in islice(self._longer(wanted, drawn), min(count, _MOST) - len(drawn))}
        if not drawn:
            return self._no_quote(wanted, thread)
        evidence = tuple(self._catalogue.evidence(words, 1.0) for words in drawn.values())
        first = evidence[0]
        text = sentences.several_drawn(len(evidence), count, wanted.scope.speaker)
        found = Found(text, 1.0, evidence=evidence, related=self._catalogue.topics_on(first.id))
        if count == 1:
            whole = passage_of(first.id)  # what else was said with a sentence
            found = replace(found, text=sentences.drawn(first), told="", more=(whole,) if whole else ())
        return found, replace(thread, quoting=wanted)

    def on_anything(
        self, nothing: NotFound, wanted: QuoteFilter, thread: Thread, count: int
    ) -> tuple[Unsure | NotFound, Thread]:
        """Say that a speaker says nothing on the wanted subject, and offer quotes by them on any other."""
        if wanted.about is None or wanted.scope.speaker is None:
            return nothing, thread
        drawn, thread = self.quote(replace(wanted, about=None), thread, count)
        if isinstance(drawn, NotFound):
            return drawn, thread
        return Unsure(f"{nothing.text} {drawn.text}", nothing.confidence, (), evidence=drawn.evidence), thread

    def _longer(self, wanted: QuoteFilter, drawn: Collection[ItemId]) -> Iterator[Quote | Passage]:
        """Yield whole passages on a subject, for want of sentences; no questions, and none drawn from before."""
        taken = {*drawn, *map(passage_of, drawn)}
        said = map(self._catalogue.words, self._said_on(wanted))
        return (each for each in said if each and each.id not in taken and not ends_asking(each.text))

    def _bearing(self, wanted: QuoteFilter) -> Sequence[ItemId]:
        """List the quotes on a subject, best first."""
        picked = {quote.id for quote in self._picked(wanted)}
        ids = [id for id in self._quotes_about(wanted) if id in picked]
        if not ids and (subject := self._subject(wanted)):
            ids = [each.id for each in self._search.quotes_on(subject, scope=wanted.scope, limit=_SENTENCES)]
        return ids

    def _best(self, ids: Sequence[ItemId], thread: Thread) -> tuple[Quote | Passage | None, Thread]:
        """Draw the first that was not drawn yet; None if there are no quotes."""
        if not ids:
            return None, thread
        id, thread = thread.draw(ids, itemgetter(0))
        return self._catalogue.words(id), thread

    def _subject(self, wanted: QuoteFilter) -> str | None:
        """Return the subject of the wanted quotes; None if there is none or it is a topic's id."""
        return None if wanted.about in self._catalogue.topics else wanted.about

    def _quotes_about(self, wanted: QuoteFilter) -> tuple[ItemId, ...]:
        """List the quotes on a subject in any words, best first; empty where the library has none."""
        about = wanted.about or ""
        if topic := self._catalogue.topics.get(ItemId(about)):
            return topic.quotes
        ranking = self._search.find(about, scope=replace(wanted.scope, speaker=None), limit=LOOKED_AT)
        if ranking.confidence < BEARS:
            return ()  # a quote that is nearly on it is still a quote
        on_it = [hit.item for hit in selection.near(ranking) if isinstance(hit.item, Topic | Quote)]
        ids = chain.from_iterable(each.quotes if isinstance(each, Topic) else (each.id,) for each in on_it)
        return tuple(dict.fromkeys(ids))

    def _said_on(self, wanted: QuoteFilter) -> tuple[ItemId, ...]:
        """List passages on the subject, best first, for want of a quote."""
        subject = self._subject(wanted)
        if subject is None:
            return ()
        if speaker := wanted.scope.speaker:
            said = self._search.said_by(speaker, subject, scope=wanted.scope, limit=_SAID)
            return tuple(each.id for each in said)
        request = Request(Ask.SAID, subject, subject, Where.of(wanted.scope))
        ranking = self._lookup.finder.find(request)
        found = self._lookup.found(ranking, request) if selection.answers(ranking) else None
        return (*(each.id for each in found.evidence), *found.more) if found else ()

    def _no_quote(self, wanted: QuoteFilter, thread: Thread) -> tuple[Found | NotFound, Thread]:
        """Say that there is no quote, and show a passage on the subject instead, another one each time."""
        words, thread = self._best(self._said_on(wanted), thread)
        if words is None:
            return self._nothing(wanted), thread
        evidence = (self._catalogue.evidence(words, 1.0),)
        text, related = sentences.no_sentence_on_that(wanted.scope.speaker), self._catalogue.topics_on(words.id)
        return Found(text, 1.0, evidence=evidence, related=related), replace(thread, quoting=wanted)

    def _nothing(self, wanted: QuoteFilter) -> Found | NotFound:
        about, speaker = wanted.about, wanted.scope.speaker
        if about is not None and speaker is None:
            named = self._catalogue.topics.get(ItemId(about))
            request = Request(Ask.SAID, about, about, Where.of(wanted.scope))
            answer = self._lookup.topic(named) if named else self._lookup.said(request)
            if isinstance(answer, Found) and answer.topics and _allowed(wanted.scope, answer.topics[0].episode):
                topic = answer.topics[0]
                place = self._catalogue.episodes[topic.episode]
                return replace(answer, text=sentences.without_a_quote(topic), evidence=(), place=place, told=None)
        text = sentences.NO_QUOTES if about is None else sentences.NO_SUCH_QUOTE
        if speaker is not None:
            text = sentences.no_quote_by(speaker, on_that=about is not None)
        if about is None and not (self._catalogue.quotes or self._search.size):
            text = sentences.NOTHING_TO_QUOTE
        return self._catalogue.nothing(text, wanted.scope.episode)

    def _picked(self, wanted: QuoteFilter) -> tuple[Quote, ...]:
        """List the hand-picked quotes that match a filter's episodes and speaker."""
        said = set(plain(wanted.scope.speaker or "").split())
        there = (quote for quote in self._catalogue.quotes.values() if _allowed(wanted.scope, quote.episode))
        return tuple(quote for quote in there if not said or said <= set(plain(quote.speaker or "").split()))

    def _any(self, wanted: QuoteFilter, thread: Thread) -> tuple[Quote | Passage | None, Thread]:
        """Draw a quote that matches a filter, on any subject; None if there is none.

        No quote repeats in a thread until all others were drawn. An episode with hand-picked quotes is quoted by these
        alone, with every item of the library equally likely: one such episode among thousands must not dominate.
        """
        picked = self._picked(wanted)
        find = partial(self._search.quotable, scope=wanted.scope)
        sayings = find()
        if wanted.scope.speaker and not picked and next(self._beside(picked, sayings), None) is None:
            sayings = find(whole=True)
        fresh = [quote for quote in picked if quote.id not in thread.drawn]
        of_picked = self._random.randrange(len(fresh) + len(sayings) + 1) < len(fresh)
        unsaid = (each for each in self._beside(picked, sayings) if each.id not in thread.drawn)
        said = None if of_picked else next(unsaid, None)
        if said or fresh:
            chosen = said or self._random.choice(fresh)
            return chosen, thread.draw((chosen.id,), itemgetter(0))[1]
        candidates: dict[ItemId, Quote | Passage] = {quote.id: quote for quote in picked}
        candidates |= {saying.id: saying for saying in self._beside(picked, sayings)}
        if not candidates:
            return None, thread
        id, thread = thread.draw(tuple(candidates), self._random.choice)
        return candidates[id], thread

    def _beside(self, picked: Iterable[Quote], sayings: QuotableSentences) -> Iterator[Passage]:
        """Yield, in random order, quotable sentences of episodes without hand-picked quotes.

        In a transcript that names its speakers, words without a speaker are an advertisement or a clip, and left out.
        """
        quoted = {quote.episode for quote in picked}
        handful = min(_READ if sayings.by_one else _HANDFUL, -(-len(sayings) // _OF))
        for saying in sayings.drawn(self._random, handful):
            if saying.episode not in quoted and (saying.speaker or not self._catalogue.speakers.get(saying.episode)):
                yield saying


def _allowed(scope: Scope, episode: EpisodeId) -> bool:
    return scope.episode in {None, episode} and (scope.within is None or episode in scope.within)
