"""Answers whether somebody said some words, and who did, be they quoted, reported or half remembered.

How similar words have to be to be credited to somebody is judged in `attribution.py`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial
from typing import Final

from bot.answering import selection, sentences, verdicts
from bot.answering.attribution import QUOTATION, Attribution, is_any_of, recounted
from bot.answering.catalogue import Catalogue
from bot.answering.lookup import Lookup, naming_nobody
from bot.answering.people import Biographer
from bot.answering.thresholds import BEARS
from bot.port.messages import (
    Answer,
    Difference,
    Evidence,
    EvidenceKind,
    Fact,
    Found,
    NotFound,
    QuoteCheck,
    Unsure,
    Verdict,
)
from bot.understanding.request import Request, Where
from bot.understanding.wants import Ask, WhoSaid
from knowledge.model import Quote
from knowledge.search import Search
from knowledge.search.inflection import inflected_alike
from knowledge.search.parts import passage_of
from knowledge.search.words import carries, split

_NEAREST: Final = 2
"""Maximum number of passages shown by somebody who did not say the words."""
_OPEN: Final = frozenset({Verdict.NOT_FOUND, Verdict.BY_OTHERS})
"""Verdicts after which the people asked about may still have said so in other words."""
_SAID: Final = frozenset({Verdict.EXACT, Verdict.CLOSE})
"""Verdicts that the people asked about said the words."""
_NO_CHANCE: Final = 2
"""Minimum number of informative words for it not to be coincidence that others said the same."""
_TOGETHER: Final = 3 / 4
"""Minimum share of the words' weight in one place for them to be worth comparing there."""
_LONG: Final = 6
"""Minimum number of words of any kind for it not to be coincidence that others said the same."""


@dataclass(frozen=True, slots=True)
class Claims:
    """Checks claims about what was said in one library."""

    _catalogue: Catalogue
    _search: Search
    _attribution: Attribution
    _lookup: Lookup
    _people: Biographer

    def check(self, words: str, request: Request, *, quoted: bool) -> Answer:
        """Say whether these words were said, or if they aren't `quoted`, show what was said on the subject.

        If several people have a name, anybody of them may have said so, and the answer names all of them.
        """
        anybody = [replace(one, namesakes=()) for each in request.people for one in each.candidates or (each,)]
        check = self._attribution.check(words, request.where, anybody, quoted=quoted)
        return check if quoted else self._or_on_that(check, request)

    def _or_on_that(self, check: QuoteCheck, request: Request) -> Answer:
        """Show what was said on the subject of words that nobody said and that were not in quotation marks.

        If the question names people, only what they said counts.
        """
        words = split(check.asked)
        chance = check.verdict is Verdict.BY_OTHERS and len(words) < _LONG and sum(map(carries, words)) < _NO_CHANCE
        unlike = check.verdict is Verdict.NOT_FOUND and bool(check.differences)  # a word makes it another statement
        if check.verdict not in _OPEN or (request.people and unlike):
            return check
        said = self._lookup.said(replace(request, want=Ask.SAID, subject=check.asked, words_of=bool(request.people)))
        if not request.people:
            return self._as_asked(check, said, request)
        known = said.evidence if isinstance(said, Found) or (isinstance(said, Unsure) and not chance) else ()
        nearest = check.evidence if check.verdict is Verdict.NOT_FOUND else ()
        alike = {each.id: each for each in (*nearest, *known) if is_any_of(request.people, each.speaker)}
        unsaid = partial(self._attribution.unsaid.by_them, check, most=_NEAREST)
        on_it = partial(self._people.nearest, request.people, check.asked, request.where)
        theirs = unsaid(alike.values()) or unsaid(on_it())
        # If they said most of the statement, that beats the same words by others.
        others = check.verdict is Verdict.BY_OTHERS and not chance
        return theirs if theirs and (not others or self._is_told(theirs)) else check

    def _is_told(self, check: QuoteCheck) -> bool:
        """Tell whether the first evidence has most of the statement."""
        statement = self._attribution.unsaid.statement(check.asked)
        return bool(check.evidence) and statement.is_told_in(check.evidence[0].text)

    def _as_asked(
        self, check: QuoteCheck, said: Fact | Found | Unsure | NotFound, request: Request
    ) -> Fact | Found | QuoteCheck | Unsure | NotFound:
        """Show what a search found for words that nobody said, those with most of the statement first."""
        if not isinstance(said, Found | Unsure) or not said.evidence:
            return recounted(check)
        statement = self._attribution.unsaid.statement(check.asked)
        nearest = {each.id for each in check.evidence}
        every = {passage_of(each.id) or each.id: each for each in (*said.evidence, *check.evidence)}.values()
        first = tuple(sorted(every, key=lambda each: (statement.share(each.text), each.id in nearest), reverse=True))
        if isinstance(said, Found) and request.otherwise is Ask.SAID:
            return replace(said, evidence=first)  # "energy drinks, bad or fine?" quotes nobody
        if isinstance(said, Found):
            lead = sentences.COMES_NEAREST if statement.is_told_in(first[0].text) else sentences.NOT_IN_THOSE_WORDS
            return selection.coming_near(replace(said, evidence=first), lead)
        if first[0].id not in nearest:
            text, told = (
                verdicts.not_said(self._catalogue.searched(request.where.episode), first),
                verdicts.nearest_by(None),
            )
            check = replace(check, text=text, told=told, evidence=first)
        return recounted(check)

    def recalled(self, about: str, request: Request) -> Found | Unsure | None:
        """Show the words that somebody recalls by their content: the quote "about turning the chair around"."""
        check = self._attribution.check(about, request.where, request.people, quoted=False)
        shown = check.evidence[:1]
        if len(split(about)) < QUOTATION or not shown:
            return None
        if request.people and not is_any_of(request.people, shown[0].speaker):
            return None
        if check.verdict.said:
            return self.credited(check)
        return Unsure(sentences.MAYBE, shown[0].confidence, (), evidence=shown)

    def told(self, request: Request) -> Found | None:
        """Show where a question's statement was said in about these words: "did Ann drop out of college".

        Only the person asked about counts. An errand for an assistant has to be long not to match by coincidence.
        """
        if request.where.within == frozenset() or len(request.people) > 1 or request.about_people:
            return None
        words = split(request.worded.statement)
        telling = sum(map(carries, words))
        if 2 * telling < sum(map(carries, split(request.subject))):
            return None  # a mere subject is no statement: "open sourcing a project"
        if len(words) < (_LONG if request.of_little else QUOTATION) or telling < _NO_CHANCE + request.of_little:
            return None
        if self._search.together(request.worded.statement, scope=request.where.scope) < _TOGETHER:
            return None  # the alignment below takes ten times as long
        check = self._attribution.check(request.worded.statement, request.where, request.people, quoted=False)
        here = [each for each in check.evidence if not request.people or is_any_of(request.people, each.speaker)]
        said = check.verdict in _SAID and all(map(_is_alike, check.differences))
        asked = selection.stems_of(request.worded.statement)
        return selection.in_their_words(selection.marked(selection.distinct(here), asked)) if said else None

    def who_said(self, request: Request, *, quoted: bool) -> Fact | Found | QuoteCheck | Unsure | NotFound:
        """Say who said some words; if nobody did and they were not quoted, who talks about their subject."""
        said, where = request.subject, request.where
        check = self._attribution.check(said, where, request.people, quoted=quoted)
        if check.verdict is not Verdict.NOT_FOUND and _is_quotation(check, where, quoted=quoted):
            return self.credited(check) if check.verdict.said and not request.people else check
        if quoted or (check.verdict is Verdict.NOT_FOUND and check.differences):
            return check
        quotes = self._search.find(said, manner=request.worded.manner, scope=where.scope, kinds=(Quote,), limit=1)
        named = len(split(said)) < QUOTATION and where.within is not None  # a subject of that part, not its words
        if not named and quotes.confidence >= BEARS and isinstance(quotes.hits[0].item, Quote):
            return self._nearest(quotes.hits[0].item, quotes.confidence, where)
        answer = self._lookup.said(request)
        if len(split(said)) >= QUOTATION:
            return self._as_asked(check, answer, request) if check.evidence or isinstance(answer, Found) else answer
        if not isinstance(answer, Found):
            return answer
        if not answer.topics and all(each.speaker for each in answer.evidence):
            return replace(answer, text=sentences.speak_of_it(answer.evidence), told=None)
        return answer if any(each.speaker for each in answer.evidence) else naming_nobody(answer)

    def credited(self, check: QuoteCheck) -> Found:
        """Say who said some words, starting with the name if they are word for word."""
        exact = check.verdict is Verdict.EXACT
        text = verdicts.who(check) if exact or not (check.quoted or check.differences) else check.text
        shown, more = selection.divided(check.evidence)
        related = self._catalogue.topics_on(shown[0].id)
        return Found(text, check.confidence, evidence=shown, related=related, more=more, at_once=1)

    def said_first(self, words: str) -> Fact | Found | QuoteCheck | Unsure | NotFound:
        """Say who said some words first, or if the order of the episodes is unknown, everybody who did."""
        places = () if self._search.countless(words) else self._attribution.said(words)
        rows = self._catalogue.in_order(each.item.episode for each in places)
        if not places or len(rows) != 1:
            return self.who_said(Request(WhoSaid(words, quoted=True), words, words), quoted=True)
        ranks = {episode.id: rank for rank, episode in enumerate(rows[0])}
        ordered = sorted(
            (each for each in places if each.item.episode in ranks),
            key=lambda each: (ranks[each.item.episode], each.item.start or timedelta()),
        )
        evidence = tuple(map(self._catalogue.evidence_at, ordered[: selection.EVIDENCE]))
        return Found(verdicts.first_to_say(evidence[0]), evidence[0].confidence, evidence=evidence, at_once=1)

    def _nearest(self, quote: Quote, likely: float, where: Where) -> Found:
        """Show a quote that means about the same as words that nobody said."""
        evidence = (self._catalogue.evidence(quote, likely),)
        text = verdicts.not_said(self._catalogue.searched(where.episode), evidence)
        return Found(text, likely, evidence=evidence, related=self._catalogue.topics_on(quote.id))

    def speaker_of(self, evidence: Evidence) -> Found:
        """Say who said some words that are known."""
        text = verdicts.said_by(evidence)
        return Found(text, evidence.confidence, evidence=(evidence,), related=self._catalogue.topics_on(evidence.id))


def _is_alike(difference: Difference) -> bool:
    """Tell whether all telling words of a difference are there in another form: "accident" for "accidental"."""
    telling, said = filter(carries, split(difference.asked)), split(difference.real)
    return all(any(inflected_alike(word, other) or other.startswith(word) for other in said) for word in telling)


def _is_quotation(check: QuoteCheck, where: Where, *, quoted: bool) -> bool:
    """Tell whether words are a quotation: two or three that are not quoted may name a subject, of a part they do."""
    picked = check.evidence[0].kind is EvidenceKind.QUOTE and where.within is None
    return quoted or picked or len(split(check.asked)) >= QUOTATION
