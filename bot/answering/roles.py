"""Tells who made something, and which guests came from somewhere, in the words of those who say it.

Which words say so is judged in `knowledge.search.origins`. Who somebody is, is answered in `people.py`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import assert_never

from bot.answering import introductions, selection
from bot.answering.catalogue import Catalogue
from bot.answering.people import Biographer
from bot.port.messages import Answer, Episode, Found
from bot.understanding.request import Request
from bot.understanding.wants import Ask, Credit, RoleIn, RoleOn
from knowledge.model import Passage
from knowledge.search import Search, origins
from knowledge.search.introducing import BEGINNING
from knowledge.search.mentions import Name
from knowledge.search.origins import Leads
from knowledge.search.words import fold


@dataclass(frozen=True, slots=True)
class Roles:
    """Who made what, and who is from where, in one library."""

    _catalogue: Catalogue
    _search: Search
    _people: Biographer

    def answer(self, want: Credit, request: Request) -> Found | None:
        """Show who is said to have made or to lead something, or to be from somewhere; None where that isn't said."""
        match want:
            case RoleIn(role):
                return self._leaders(role, request)
            case RoleOn(role):
                return self._leader_on(role, request) or self._leaders(role, request)
            case Ask.MADE_BY:
                return self._makers(request)
            case Ask.MAKER_ON:
                return self._maker_on(request) or self._makers(request)
            case Ask.GUESTS_FROM:
                return self._guests_from(request)
            case Ask.GUEST_FROM:
                return self._guests_from(request) or self._maker_on(request)
            case _:
                assert_never(want)

    def _makers(self, request: Request) -> Found | None:
        """Show where it is said who made something, first where it names a guest; None where it isn't said."""
        made = _bare(request.subject)
        said = origins.makers(made, self._on(made, request), self._guests_of)
        if not said and (name := origins.without_kind(made)) != made:
            return self._makers(replace(request, subject=name))
        return self._introduced(introductions.makers(_as_written(made, said)), said, made)

    def _leaders(self, role: str, request: Request) -> Found | None:
        """Show where it is said who has a role somewhere, such as its CEO; None where it isn't said."""
        led, leads = _bare(request.subject), origins.leading(role)
        said = origins.makers(led, self._beside(leads, led, request), self._guests_of, leads)
        return self._introduced(introductions.leaders(role, _as_written(led, said)), said, f"{role} {led}")

    def _leader_on(self, role: str, request: Request) -> Found | None:
        """Name those who speak here and are said to have a role somewhere, with their episodes; None where none is."""
        led, leads = _bare(request.subject), origins.leading(role)
        by = self._named(led, self._beside(leads, led, request), leads)
        text = introductions.leader_on(role, _as_written(led, by.values()), self._with_episodes(by))
        return self._shown(text, dict.fromkeys(by.values()), f"{role} {led}")

    def _maker_on(self, request: Request) -> Found | None:
        """Name those who speak here and are said to have made something, with their episodes; None where none is."""
        made = _bare(request.subject)
        by = self._named(made, self._on(made, request), origins.MADE)
        text = introductions.maker_on(_as_written(made, by.values()), self._with_episodes(by))
        return self._shown(text, dict.fromkeys(by.values()), made)

    def _named(self, thing: str, said: Iterable[Passage], leads: Leads) -> Mapping[str, Passage]:
        """Return who speaks here and is said to have made or to lead something, each with the first words on it."""
        known, by = self._catalogue.people, dict[str, Passage]()
        for passage in origins.makers(thing, said, self._guests_of, leads):
            for name in origins.named_makers(thing, passage, known, self._guests_of(passage), leads):
                if name in known:
                    by.setdefault(name, passage)
        return by

    def _with_episodes(self, names: Iterable[str]) -> Mapping[str, Sequence[Episode]]:
        known = self._catalogue.people
        return {name: tuple(self._catalogue.episodes[id] for id in known[name]) for name in names}

    def told(self, request: Request, answer: Answer) -> tuple[str, ...]:
        """Return who an answer says made something, has a role in it, or is from there; none where it says nobody."""
        if not isinstance(answer, Found):
            return ()
        leads = origins.MADE
        match request.want:
            case Ask.GUEST_FROM | Ask.GUESTS_FROM:
                return self._people.guests_of(answer.evidence[0].episode)[:1]
            case RoleIn(role) | RoleOn(role):
                leads = origins.leading(role)
            case Ask.MADE_BY | Ask.MAKER_ON:
                pass
            case _:
                return ()
        made, known = _bare(request.subject), self._catalogue.people
        for each in answer.evidence:
            guests = self._people.guests_of(each.episode)
            if names := origins.named_makers(made, each, known, guests, leads):
                return names[:1]
            if named := [name for name in guests if fold(name) in fold(each.text)]:
                return tuple(named[:1])
            if name := origins.strange_maker(made, each.text, leads):
                return (name,)
        return ()

    def is_from(self, name: str, request: Request) -> Found | None:
        """Show where somebody says, or is said, to be from somewhere; None where that isn't said."""
        place = _bare(request.subject)
        said = self._guests(place, request).get(name)
        if said is None:
            return None
        return self._shown(
            introductions.guests_from(_as_written(place, (said,)), (name,), all_asked=True), (said,), place
        )

    def _guests_from(self, request: Request) -> Found | None:
        """Show where guests say, or are said, to be from somewhere, each once; None where that isn't said of any."""
        place = _bare(request.subject)
        guests = self._guests(place, request)
        written = _as_written(place, guests.values())
        return self._shown(introductions.guests_from(written, tuple(guests)), guests.values(), place)

    def _guests(self, place: str, request: Request) -> Mapping[str, Passage]:
        early = map(self._catalogue.credited, self._search.said_early(place, BEGINNING, scope=request.where.scope))
        said = chain(early, self._said(origins.FROM, place, request))
        return origins.guests_from(place, said, self._guests_of)

    def _on(self, made: str, request: Request) -> Iterator[Passage]:
        """Yield what may say who made something, beside its name or after it; a title may stand further behind."""
        yield from self._beside(origins.MADE, made, request)
        after = self._search.mentioned_beside(made, origins.MADE_BY, scope=request.where.scope)
        yield from map(self._catalogue.credited, after)
        if " " in made:
            yield from map(self._catalogue.credited, self._search.mentions(made, scope=request.where.scope).passages)

    def _beside(self, leads: Leads, name: str, request: Request) -> Iterator[Passage]:
        """Yield what has a name with what stands before it, or after it, where it is said who made or leads it."""
        yield from self._said(leads.before, name, request)
        for after in leads.after:
            yield from self._said((name, f"{name}'s"), after, request)

    def _said(self, leads: Iterable[str], name: str, request: Request) -> Iterator[Passage]:
        return map(self._catalogue.credited, self._search.said_after(leads, name, scope=request.where.scope))

    def _guests_of(self, passage: Passage) -> Sequence[str]:
        return self._people.guests_of(self._catalogue.episodes[passage.episode])

    def _introduced(self, text: str, said: Iterable[Passage], subject: str) -> Found | None:
        """Show some words, whose introduction only says again what was asked."""
        found = self._shown(text, said, subject)
        return found and replace(found, told="")

    def _shown(self, text: str, said: Iterable[Passage], subject: str) -> Found | None:
        evidence = selection.distinct(self._catalogue.evidence(each, 1.0) for each in said)
        return selection.shown(text, evidence, subject) if evidence else None


def _as_written(name: str, said: Iterable[Passage]) -> str:
    """Return a name as the first passage writes it."""
    return next((Name(name).written(each.text) for each in said), name)


def _bare(subject: str) -> str:
    """Leave out what stands beside the name of a thing: "the Redis database or others"."""
    first = re.split(r" (?:or|and) |,", subject)[0]
    return re.sub(r"^(?:the|a|an) ", "", first.strip(" ?!."), flags=re.IGNORECASE)
