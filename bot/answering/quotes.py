"""Draws quotes: those that were picked out, and what is most worth quoting in transcripts; or says that there is none.

Whose quotes are wanted is decided in `answerer.py`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain
from operator import itemgetter
from random import Random
from typing import Final

from bot.answering import selection, sentences
from bot.answering.catalogue import Catalogue
from bot.answering.lookup import LOOKED_AT, Lookup
from bot.answering.thresholds import BEARS
from bot.port.messages import EpisodeId, Found, ItemId, NotFound, QuoteFilter, Topic
from bot.understanding.conversation import Thread
from bot.understanding.request import Request, Where
from bot.understanding.text import plain
from bot.understanding.wants import Ask
from knowledge.model import Passage, Quote
from knowledge.search import Search
from knowledge.search.parts import passage_of
from knowledge.search.quotable import QuotableSentences

_MOST: Final = 10
"""Quotes drawn at once, at most."""
_SENTENCES: Final = 50
"""Sentences on a subject that one is drawn from, the best first."""
_SAID: Final = 20
"""Words of somebody on a subject that are read where no sentence of it stands by itself."""
_HANDFUL: Final = 80
"""Sentences of which the best is drawn, at most; with more, the few best of a library would come up again and again."""
_READ: Final = 20
"""The same of one speaker's, which are all read to tell how much each is worth."""
_OF: Final = 4
"""The same as a share of all, one in so many: a single transcript is not to give its best each time."""


@dataclass(frozen=True, slots=True)
class Quotes:
    """The quotes of one library, to be drawn from."""

    _catalogue: Catalogue
    _search: Search
    _lookup: Lookup
    _random: Random

    def quote(self, wanted: QuoteFilter, thread: Thread, count: int = 1) -> tuple[Found | NotFound, Thread]:
        """Draw one that is wished for, or some; `Found.evidence` holds just that."""
        draw = self._any if wanted.about is None else self._bearing
        drawn: dict[ItemId, Quote | Passage] = {}
        for _ in range(min(count, _MOST)):
            words, thread = draw(wanted, thread)
            if words is None or words.id in drawn:
                break
            drawn[words.id] = words
        if not drawn:
            return self._no_quote(wanted, thread)
        evidence = tuple(self._catalogue.evidence(words, 1.0) for words in drawn.values())
        first = evidence[0]
        text = (
            sentences.drawn(first)
            if count == 1
            else (sentences.several_drawn(len(evidence), count, wanted.scope.speaker))
        )
        # What else was said with a sentence.
        more = (whole,) if count == 1 and (whole := passage_of(first.id)) else ()
        related, told = self._catalogue.topics_on(first.id), "" if count == 1 else None
        found = Found(text, 1.0, evidence=evidence, related=related, more=more, told=told)
        return found, replace(thread, quoting=wanted)

    def _bearing(self, wanted: QuoteFilter, thread: Thread) -> tuple[Quote | Passage | None, Thread]:
        """Draw the best that was not drawn yet of what bears on a subject."""
        picked = {quote.id for quote in self._picked(wanted)}
        bearing = self._quotes_about(wanted)
        ids = [id for id in bearing if id in picked] or self._sentences_on(wanted)
        if not ids:
            return None, thread
        id, thread = thread.draw(ids, itemgetter(0))
        return self._catalogue.words(id), thread

    def _sentences_on(self, wanted: QuoteFilter) -> Sequence[ItemId]:
        """List what was said on a subject in sentences that stand by themselves, best first."""
        if wanted.about is None or ItemId(wanted.about) in self._catalogue.topics:
            return ()
        return [each.id for each in self._search.quotes_on(wanted.about, scope=wanted.scope, limit=_SENTENCES)]

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
        """List words of transcripts, best first, for where no quote was picked out that is wanted."""
        if wanted.about is None or ItemId(wanted.about) in self._catalogue.topics:
            return ()
        speaker = wanted.scope.speaker
        if speaker is None:
            request = Request(Ask.SAID, wanted.about, wanted.about, Where.of(wanted.scope))
            ranking = self._lookup.find(request)
            found = self._lookup.found(ranking, request) if selection.answers(ranking) else None
            return (*(each.id for each in found.evidence), *found.more) if found else ()
        said = self._search.said_by(speaker, wanted.about, scope=wanted.scope, limit=_SAID)
        return tuple(each.id for each in said)

    def _no_quote(self, wanted: QuoteFilter, thread: Thread) -> tuple[Found | NotFound, Thread]:
        """Say that there is no quote, and show what was said on the subject, a passage at a time."""
        ids = self._said_on(wanted)
        if not ids:
            return self._nothing(wanted), thread
        id, thread = thread.draw(ids, itemgetter(0))
        if (words := self._catalogue.words(id)) is None:
            return self._nothing(wanted), thread
        text = sentences.no_sentence_on_that(wanted.scope.speaker)
        found = Found(
            text, 1.0, evidence=(self._catalogue.evidence(words, 1.0),), related=self._catalogue.topics_on(id)
        )
        return found, replace(thread, quoting=wanted)

    def _nothing(self, wanted: QuoteFilter) -> Found | NotFound:
        if wanted.about is not None and wanted.scope.speaker is None:
            topic = self._catalogue.topics.get(ItemId(wanted.about))
            request = Request(Ask.SAID, wanted.about, wanted.about, Where.of(wanted.scope))
            answer = self._lookup.topic(topic) if topic else self._lookup.said(request)
            if isinstance(answer, Found) and answer.topics and _allowed(wanted, answer.topics[0].episode):
                topic = answer.topics[0]
                place = self._catalogue.episodes[topic.episode]
                return replace(answer, text=sentences.without_a_quote(topic), evidence=(), place=place, told=None)
        text = sentences.NO_QUOTES if wanted.about is None else sentences.NO_SUCH_QUOTE
        if wanted.scope.speaker is not None:
            text = sentences.no_quote_by(wanted.scope.speaker)
        if wanted.about is None and not (self._catalogue.quotes or self._search.size):
            text = sentences.NOTHING_TO_QUOTE
        return self._catalogue.nothing(text, wanted.scope.episode)

    def _picked(self, wanted: QuoteFilter) -> tuple[Quote, ...]:
        """List the quotes that were picked out of the wished episode, in the wished speaker's words."""
        said = set(plain(wanted.scope.speaker or "").split())
        quotes = self._catalogue.quotes_in(wanted.scope.episode)
        theirs = (quote for quote in quotes if said <= set(plain(quote.speaker or "").split()))
        return tuple(quote for quote in theirs if _allowed(wanted, quote.episode))

    def _any(self, wanted: QuoteFilter, thread: Thread) -> tuple[Quote | Passage | None, Thread]:
        """Draw one that is wished for, whatever it is about; None where there is none.

        None comes again in a thread until all the others have. An episode with picked quotes is quoted by these alone,
        but has no more than its share: a library may have one such episode among thousands.
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
        """Read, in random order, the sayings of episodes that no quote was picked out of.

        Where a transcript names its speakers, words of nobody are an advertisement or a clip.
        """
        quoted = {quote.episode for quote in picked}
        handful = min(_READ if sayings.by_one else _HANDFUL, -(-len(sayings) // _OF))
        for saying in sayings.drawn(self._random, handful):
            if saying.episode not in quoted and (saying.speaker or not self._catalogue.speakers.get(saying.episode)):
                yield saying


def _allowed(wanted: QuoteFilter, episode: EpisodeId) -> bool:
    return wanted.scope.within is None or episode in wanted.scope.within
