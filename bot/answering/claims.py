"""Answers whether somebody said some words: in quotation marks or reported, or half remembered.

How like is like enough to credit words to somebody is judged in `attribution.py`.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Final

from bot.answering import selection, sentences
from bot.answering.attribution import QUOTATION, Attribution, is_any_of, recounted
from bot.answering.lookup import Lookup
from bot.answering.people import Biographer
from bot.port.messages import Answer, Found, QuoteCheck, Unsure, Verdict
from bot.understanding.request import Request
from bot.understanding.wants import Ask
from knowledge.search.words import carries, split

_NEAREST: Final = 2
"""Words shown of somebody who did not say those that were asked about."""
_NO_CHANCE: Final = 2
"""Telling words from which it is no chance that others said the same."""


class Claims:
    """Claims about what was said in one library."""

    def __init__(self, attribution: Attribution, lookup: Lookup, people: Biographer) -> None:
        self._attribution = attribution
        self._lookup = lookup
        self._people = people

    def check(self, words: str, request: Request, *, quoted: bool) -> Answer:
        """Say whether these words were said, or else, where they are not `quoted`, what was said on them."""
        check = self._attribution.check(words, request.where, request.people, quoted=quoted)
        return check if quoted else self._or_on_that(check, request)

    def _or_on_that(self, check: QuoteCheck, request: Request) -> Answer:
        """Answer with what was said on some words that were put in no quotation marks and that nobody said.

        Of somebody who is asked about: what they said on it, and nobody else.
        """
        chance = check.verdict is Verdict.BY_OTHERS and sum(map(carries, split(check.asked))) < _NO_CHANCE
        if (check.near and request.people) or (check.verdict is not Verdict.NOT_FOUND and not chance):
            return check
        said = self._lookup.said(replace(request, want=Ask.SAID, subject=check.asked, words_of=bool(request.people)))
        if not request.people:
            near = check.evidence if check.near else ()
            if not isinstance(said, Found):
                return recounted(check)
            return selection.with_first(near, said, sentences.not_in_those_words)
        known = said.evidence if isinstance(said, Found) or (isinstance(said, Unsure) and not chance) else ()
        nearest = check.evidence if check.verdict is Verdict.NOT_FOUND else ()
        alike = {each.id: each for each in (*nearest, *known) if is_any_of(request.people, each.speaker)}
        unsaid = partial(self._attribution.unsaid_but, check, most=_NEAREST)
        on_it = partial(self._people.nearest, request.people, check.asked, request.where)
        return unsaid(alike.values()) or unsaid(on_it()) or check

    def recalled(self, about: str, request: Request) -> Found | Unsure | None:
        """Show the words that somebody may recall who asks for the quote "about turning the chair around"."""
        check = self._attribution.check(about, request.where, request.people, quoted=False)
        shown = check.evidence[:1]
        if len(split(about)) < QUOTATION or not shown:
            return None
        if request.people and not is_any_of(request.people, shown[0].speaker):
            return None
        if check.verdict.said:
            return self._lookup.credited(check)
        return Unsure(sentences.MAYBE, shown[0].confidence, (), evidence=shown)
