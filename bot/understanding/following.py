"""Asks something of the last subject, or the last question again in another place: "is it free?", "on Hive Talk?".

Who "he" and what "there" is, is found in `referents.py`. Sentences that name a subject themselves are read without it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Final

from bot.port.messages import Episode, Fact, Found, NotFound, Unsure
from bot.port.wording import label
from bot.understanding import wants
from bot.understanding.conversation import Thread
from bot.understanding.names import EPISODE, SEASON, SHOW, YEARS, Names
from bot.understanding.referents import Referents
from bot.understanding.request import EVERYWHERE, Clause, Request, Where
from bot.understanding.text import plain
from bot.understanding.wants import Ask
from knowledge.search.rarity import is_everyday
from knowledge.search.words import carries

_OWN_WORDS: Final = 1
"""Maximum number of content words of a question about "it"; one with more has a subject of its own."""
OWN_WORDS_ABOUT_IT: Final = 3
"""The same if the question is plainly about "it": "is it fast enough for production"."""
_WORDS_OF_A_PLACE: Final = 3
"""Maximum number of words that name only a place: "and in 2024". More ask something: "how many episodes in 2024"."""
_YEAR: Final = re.compile(r"(?:19|20)\d\d")
_PLACES: Final = frozenset({EPISODE, SEASON, SHOW, YEARS})
"""Words that replace the names of places in a text."""


@dataclass(frozen=True, slots=True)
class Following:
    """The last question and its subject, to go on from."""

    _names: Names
    _before: Thread
    _referents: Referents

    def on_that(self, request: Request, own_words: int = _OWN_WORDS) -> Request | None:
        """Add the last subject to a question about it; None if there is none, or the question has its own.

        `own_words` is the maximum number of content words of a question without a subject of its own.
        """
        before = self._before.subject
        own = [word for word in plain(request.subject).split() if carries(word)]
        if not before or len(own) > own_words:
            return None
        # "How does caching work" is found more surely than "caching how does it work".
        put = " ".join(before if word in self._names.it else word for word in plain(request.subject).split())
        subject = (put if before in put else f"{before} {request.subject}") if own else before
        where = self._where_before(request) if request.where == EVERYWHERE else request.where
        return replace(request, subject=subject, about=before, clauses=(), where=where, otherwise=None)

    def left_open(self, request: Request, own_words: int = _OWN_WORDS) -> Request | None:
        """Ask a question that leaves the last subject out; if nothing answers it, words on that subject are likely."""
        joined = self.on_that(request, own_words)
        return replace(joined, clauses=(Clause(self._before.subject, 1.0),)) if joined else None

    def words_on_that(self, request: Request) -> Request | None:
        """Ask what the person named said on the last subject; None if there is none."""
        joined = self.on_that(request)
        return replace(joined, words_of=True) if joined else None

    def of_it(self, request: Request, it: frozenset[str], *, claims: bool) -> Request | None:
        """Ask a longer question about "it": in the episode shown, if only one was, or with the last subject.

        `claims` is for a statement, which is checked everywhere: "it takes 21 days, right?".
        """
        answer, before = self._before.answer, self._before.subject
        if request.where != EVERYWHERE or request.people or not isinstance(answer, Found | Unsure):
            return None
        places = {each.episode.id: each.episode for each in answer.evidence}
        if len(places) == 1 and not (self._before.counting or claims):
            (id, episode), *_ = places.items()
            # `within` is set as well, so that we search elsewhere if nothing is found there.
            where = Where(id, within=frozenset(places), part=label(episode))
            return replace(request, where=where, about=before or request.about, otherwise=None)
        if not before or sum(map(carries, plain(request.subject).split())) > OWN_WORDS_ABOUT_IT:
            return None
        if isinstance(request.want, wants.Compare):
            first, *others = request.want.sides
            put = " ".join(before if word in it else word for word in plain(first).split())
            request = replace(request, want=replace(request.want, sides=(put, *others)))
        return replace(request, subject=f"{before} {request.subject}", about=before, clauses=(), otherwise=None)

    def of_what_was_done(self, base: Request, opening: Collection[str]) -> Request | None:
        """Add "how long" or "from who" to the last question, if that asked what somebody or something did.

        None otherwise. A question on what something did is its own subject, and so has one of the `opening` words.
        """
        before = self._before
        asked = before.subject and (before.people or plain(before.subject).split()[0] in opening)
        if not asked or before.fact or before.checked or not isinstance(before.answer, Found | Unsure):
            return None
        subject, people = f"{base.text} {before.subject}", self._referents.known(before.people)
        return replace(base, subject=subject, people=people, where=self._where_before(base), words_of=bool(people))

    def _where_before(self, request: Request) -> Where:
        """Return the place of the last question, unless that is an episode without the person asked about."""
        where = self._before.where
        theirs = [each.id for person in request.people for each in person.episodes]
        return EVERYWHERE if where.episode and theirs and where.episode not in theirs else where

    def beyond_that(self, subject: str) -> str:
        """Leave the last subject's words, which what was shown is all about, out of another that tells more."""
        known = set(plain(self._before.subject).split())
        left = " ".join(word for word in subject.split() if known.isdisjoint(plain(word).split()))
        return left if any(carries(word) and not is_everyday(word) for word in plain(left).split()) else subject

    def elsewhere(self, base: Request) -> Request | None:
        """Ask the last question again in the place of `base`; None if that question has no place."""
        before, where = self._before, base.where
        if before.where.show and not where.show and (where.year or where.season):
            base = replace(base, where=self._names.shows.part(before.where.show, where.season, where.year))
        if before.of_place and base.where != EVERYWHERE:
            return replace(base, want=before.of_place, subject="", people=self._referents.people)
        if base.where.show and before.fact and (there := self._end_of_show(base.where.show)):
            return replace(base, want=wants.FactOf(before.fact), where=there, subject="")
        if before.fact is None and before.listed and isinstance(before.answer, Fact) and not before.subject:
            return replace(base, want=Ask.EPISODES, subject="")
        listed = isinstance(before.answer, Fact) and bool(before.those)
        if not before.subject or not (
            before.counting or listed or isinstance(before.answer, Found | Unsure | NotFound)
        ):
            return None
        want = before.counting or (Ask.EPISODES_ON if listed else base.want)
        return replace(base, want=want, text=before.subject, subject=before.subject, people=self._referents.people)

    def _end_of_show(self, show: str) -> Where | None:
        """Return a show's newest or first episode, whichever was asked about of another show; otherwise None."""
        shows = self._names.shows
        for first in (False, True):
            theirs = shows.newest(shows.show_of(self._before.episode), first=first)
            there = shows.newest(show, first=first)
            if there and [each.id for each in theirs] == [self._before.episode]:
                return Where(there[0].id, show=show, named=True)
        return None

    def in_year(self, base: Request, words: Sequence[str]) -> Request | None:
        """Ask the last question again for a year, if that is the only word: "what about 2024?". Otherwise None."""
        if len(words) != 1 or not _YEAR.fullmatch(words[0]):
            return None
        where = self._names.shows.part(self._before.where.show, None, int(words[0]))
        undated = bool(self._before.counting) and not self._names.shows.dated
        return self.elsewhere(replace(base, where=where)) if where.within or undated else None

    def names_a_place(self, words: Sequence[str]) -> bool:
        """Tell whether words name nothing but a place: "on Hive Talk"."""
        short = len(words) <= _WORDS_OF_A_PLACE
        return short and not (_PLACES.isdisjoint(words) or any(map(carries, set(words) - _PLACES)))


def overview(base: Request, those: Sequence[Episode], number: str | None = None, *, first: bool = False) -> Request:
    """Ask for an overview of the one episode of that name, or which of several is meant."""
    if len(those) == 1:
        where = Where(those[0].id, named=True)
        return replace(base, want=wants.FactOf(wants.FactKind.OVERVIEW), where=where, subject="")
    return replace(base, want=wants.WhichEpisode(number, tuple(those), first=first), subject="")
