"""Tells who made or leads something, and which guests are from somewhere, by quoting people who say so.

Which words say so is judged in `knowledge.search.origins`. Who somebody is, is answered in `people.py`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain
from typing import Final, TypeAlias, assert_never

from bot.answering import introductions, selection
from bot.answering.cast import Cast
from bot.answering.catalogue import Catalogue
from bot.port.messages import Answer, Episode, Evidence, Found
from bot.understanding.request import MOST_OF_A_GUEST, Request, Somebody
from bot.understanding.wants import Ask, Credit, RoleIn, RoleOn
from knowledge.cutting import sentences_begin
from knowledge.model import Passage, Scope
from knowledge.search import Search, origins
from knowledge.search.introducing import BEGINNING
from knowledge.search.mentions import Name
from knowledge.search.origins import Leads
from knowledge.search.words import fold

_MAKER: Final = ""
"""The role of a maker."""
_MUCH: Final = 0.25
"""Minimum share of places with a thing in a guest's episode, of those in the one with the most, to name it as well."""

GuestOn: TypeAlias = Callable[[str], Somebody | None]
"""Returns the guest in whose episodes a subject comes up far more than in any others; None if there is none."""


@dataclass(frozen=True, slots=True)
class Roles:
    """Tells who made what, and who is from where, in one library."""

    _catalogue: Catalogue
    _search: Search
    _cast: Cast
    _guest_on: GuestOn

    def answer(self, want: Credit, request: Request) -> Found | None:
        """Show who is said to have made or to lead something, or to be from somewhere; None if nobody is."""
        match want:
            case RoleIn(role):
                return self._of_names(partial(self._said_to_be, role), request)
            case RoleOn(role):
                heard = self._of_names(partial(self._heard, role), request)
                return heard or self._of_names(partial(self._said_to_be, role), request)
            case Ask.MADE_BY:
                return self._of_names(partial(self._said_to_be, _MAKER), request)
            case Ask.MAKER_ON:
                heard = self._of_names(partial(self._heard, _MAKER), request)
                return heard or self._of_names(partial(self._said_to_be, _MAKER), request)
            case Ask.GUESTS_FROM:
                return self._of_names(self.guests_from, request)
            case Ask.GUEST_FROM:
                return self._of_names(self._guest_from, request)
            case _:
                assert_never(want)

    def _of_names(self, answering: Callable[[Request], Found | None], request: Request) -> Found | None:
        """Answer about a thing, or else about its name without the kind of thing that it is."""
        found, name = answering(request), origins.without_kind(request.worded.thing)
        if found or name == request.worded.thing:
            return found
        return self._of_names(answering, _of_thing(name, request))

    def on_most(self, lead: Callable[[str], str], request: Request) -> Found | None:
        """Name the guest in whose episodes a thing comes up most, and show where they begin; None if there is none.

        `lead` gives the words to put before that, for the name as the transcripts write it.
        """
        return self._of_names(partial(self._guest_on_most, lead), request)

    def _guest_on_most(self, lead: Callable[[str], str], request: Request) -> Found | None:
        thing = request.worded.thing
        if (guest := self._guest_on(thing)) is None:
            return None
        places = self._search.episodes(thing)
        most = max(places.get(each.id, 0) for each in guest.episodes)
        episodes = [each for each in guest.episodes if places.get(each.id, 0) >= most * _MUCH]
        theirs = frozenset(each.id for each in episodes)
        first = guest.name.partition(" ")[0]
        begun = map(self._catalogue.credited, self._search.said_early(first, BEGINNING, scope=Scope(within=theirs)))
        named = [each for each in begun if each.speaker != guest.name]
        spoken = self._search.mentions(thing, scope=Scope(within=theirs)).passages
        said = named[:1] or [*map(self._catalogue.credited, spoken)]
        name = as_written(thing, (*said, *spoken))
        text = f"{lead(name)} {introductions.on_most(guest.name, name, episodes)}"
        return self._shown(text.strip(), said, thing)

    def _said_to_be(self, role: str, request: Request) -> Found | None:
        """Show passages that say who has a role in something, those that name a guest first; None if there are none."""
        thing = request.worded.thing
        said = self._makers(role, thing, request)
        text = introductions.on_who(role, as_written(thing, said), request.worded.made)
        found = self._shown(text, said, f"{role} {thing}")
        return found and replace(found, told="")  # the introduction only says again what was asked

    def _heard(self, role: str, request: Request) -> Found | None:
        """Name speakers who are said to have a role in something, with their episodes; None if there are none."""
        thing, leads, known = request.worded.thing, _leads(role), self._catalogue.people
        by = dict[str, Passage]()
        for passage in self._makers(role, thing, request):
            for name in origins.named_makers(
                thing, passage.text, passage.speaker, known, self._guests_of(passage), leads
            ):
                if name in known:
                    by.setdefault(name, passage)
        on = {name: self._on(name) for name in by}
        guests = {name: theirs for name, theirs in on.items() if len(theirs) <= MOST_OF_A_GUEST}
        on = guests or on  # rather than a host, who may say "I made it" of anything
        text = introductions.said_to_be(role, as_written(thing, by.values()), on)
        text = f"{introductions.YES} {text}" if request.whether else text
        return self._shown(text, dict.fromkeys(by.values()), f"{role} {thing}")

    def _on(self, name: str) -> Sequence[Episode]:
        """List the episodes that somebody speaks in, newest first."""
        return [self._catalogue.episodes[id] for id in self._catalogue.people.get(name, ())]

    def told(self, request: Request, answer: Answer) -> tuple[str, ...]:
        """Return whom an answer names as the maker, as having the role, or as being from there; empty if nobody."""
        if not isinstance(answer, Found):
            return ()
        match request.want:
            case Ask.GUEST_FROM | Ask.GUESTS_FROM | Ask.DESCRIBED:
                there = (name for each in answer.evidence for name in self._cast.guests(each.episode))
                anywhere = (name for name in self._catalogue.people if " " in name)
                guest = next((name for name in chain(there, anywhere) if name in answer.text), None)
                return (guest,) if guest else self._cast.guests(answer.evidence[0].episode)[:1]
            case RoleIn(role) | RoleOn(role):
                leads = _leads(role)
            case Ask.MADE_BY | Ask.MAKER_ON:
                leads = _leads(_MAKER)
            case _:
                return ()
        made, known = request.worded.thing, self._catalogue.people
        for each in answer.evidence:
            guests = self._cast.guests(each.episode)
            if names := origins.named_makers(made, each.text, each.speaker, known, guests, leads):
                return names[:1]
            before, _, after = fold(each.text).partition(fold(made))
            if named := [name for name in guests if fold(name) in (before if after else fold(each.text))]:
                return tuple(named[:1])
            if name := origins.strange_maker(made, each.text, leads):
                return (name,)
        name = origins.without_kind(made)
        return self.told(_of_thing(name, request), answer) if name != made else ()

    def _guest_from(self, request: Request) -> Found | None:
        """Show which guests are from somewhere, or else which made it; the question may be whether one was on."""
        from_there = self.guests_from(request)
        if from_there and request.whether:
            return selection.introduced(from_there, introductions.YES)
        return from_there or self._heard(_MAKER, request)

    def guests_from(self, request: Request, name: str | None = None) -> Found | None:
        """Show where guests, or the one called `name`, are said to be from somewhere; None if none is."""
        place = request.worded.thing
        every = self._said_to_be_from(place, request).items()
        guests = {guest: words for guest, words in every if name in {None, guest}}
        written = as_written(place, guests.values())
        on = {guest: self._on(guest) for guest in guests}
        text = introductions.guests_from(written, on, all_asked=name is not None)
        return self._shown(text, guests.values(), place)

    def _said_to_be_from(self, place: str, request: Request) -> Mapping[str, Passage]:
        early = map(self._catalogue.credited, self._search.said_early(place, BEGINNING, scope=request.where.scope))
        said = chain(early, self._said(origins.FROM, place, request))
        return origins.guests_from(place, said, self._guests_of)

    def of_guests(self, request: Request) -> Request:
        """Ask for the words of those guests who are from the place that a request names; of anybody's for none."""
        if not request.guest_from:
            return request
        guests = [
            Somebody(name, tuple(self._on(name)), speaks=True)
            for name in self._said_to_be_from(request.worded.thing, request)
            if name in self._catalogue.people
        ]
        if not guests:
            return replace(request, subject=f"{request.guest_from} {request.subject}")
        return replace(request, people=(replace(guests[0], namesakes=tuple(guests[1:])),), words_of=True)

    def _makers(self, role: str, thing: str, request: Request) -> list[Passage]:
        """List passages that say who made or leads a thing; loose verbs count only if all are from one episode."""
        said = origins.makers(thing, self._telling(role, thing, request), self._guests_of, _leads(role))
        if said or role != _MAKER:
            return said
        begun = origins.makers(thing, self._said(origins.BEGUN, thing, request), self._guests_of)
        return begun if len({each.episode for each in begun}) == 1 else []

    def _telling(self, role: str, thing: str, request: Request) -> Iterator[Passage]:
        """Yield passages that have a thing's name next to words that say who made or leads it."""
        leads = _leads(role)
        yield from self._said(leads.before, thing, request)
        for after in leads.after:
            yield from self._said((thing, f"{thing}'s"), after, request)
        if role != _MAKER:
            return
        after_it = self._search.mentioned_beside(thing, origins.MADE_BY, scope=request.where.scope)
        yield from map(self._catalogue.credited, after_it)
        if " " in thing:  # a title may come later
            passages = self._search.mentions(thing, scope=request.where.scope).passages
            yield from map(self._catalogue.credited, passages)

    def _said(self, leads: Iterable[str], name: str, request: Request) -> Iterator[Passage]:
        return map(self._catalogue.credited, self._search.said_after(leads, name, scope=request.where.scope))

    def _guests_of(self, passage: Passage) -> Sequence[str]:
        return self._cast.guests(self._catalogue.episodes[passage.episode])

    def _shown(self, text: str, said: Iterable[Passage], subject: str) -> Found | None:
        evidence = selection.distinct(self._catalogue.evidence(each, 1.0) for each in said)
        return selection.shown(text, evidence, subject) if evidence else None


def _of_thing(thing: str, request: Request) -> Request:
    return replace(request, worded=replace(request.worded, thing=thing))


def _leads(role: str) -> Leads:
    return origins.leading(role) if role else origins.MADE


def as_written(name: str, said: Iterable[Passage | Evidence]) -> str:
    """Return the most frequent spelling of a name, if possible inside a sentence, where a capital means something."""
    forms = [(form, each.text) for each in said if (form := Name(name).written(each.text))]
    inside = Counter(form for form, text in forms if text.index(form) not in sentences_begin(text))
    counts = inside or Counter(form for form, _ in forms) or Counter([name])
    return counts.most_common(1)[0][0]
