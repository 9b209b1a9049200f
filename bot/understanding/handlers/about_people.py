"""Sentences about people by name or as guests and hosts: who they are, when they were on, how often and with whom.

People described by what they do or made are in `roles.py`, facts about one episode's guest in `facts.py`. Whose name a
slot holds is found in `called.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from enum import Enum, auto
from functools import partial
from typing import Final

from bot.understanding import wants
from bot.understanding.handlers.context import Handler, Sentence
from bot.understanding.request import EVERYWHERE, Request
from bot.understanding.wants import Appearance, Ask, FactKind, FactOf, Guests, Standing, Want

_MOST_FREQUENT_GUESTS: Final = 3
"""Number of guests to name if somebody asks who was on most often."""
_NEARLY: Final = 10
"""A number is about another if they differ by at most one in this many."""

_OF_ANYONE: Final[Mapping[str, Want]] = {
    "been_on": Ask.WITH_PERSON,
    "who_is": Ask.WHO_IS,
    "interviewers_of": Ask.INTERVIEWERS_OF,
    "lines": Ask.LINES,
}
"""Sentences that may be about somebody the library doesn't know, each with its want."""
_OF_A_PERSON: Final[Mapping[str, Want]] = {
    "appearances": Ask.APPEARANCES,
    "with_person": Ask.WITH_PERSON,
    "talked_about": Ask.TALKED_ABOUT,
    "beside_person": Ask.BESIDE_PERSON,
    "without_person": Ask.WITHOUT_PERSON,
    "home_of": Ask.HOME_OF,
    "work_of": Ask.WORK_OF,
    "first_time": Appearance(first=True),
    "last_time": Appearance(first=False),
    **{each.name.lower(): each for each in Standing},
}
"""Sentences that make no sense without somebody the library knows, each with its want.

They are answered with the likeliest person if several share the name.
"""
_GUESTS: Final[Mapping[str, Guests]] = {
    "guests_all": Guests(),
    "guests_again": Guests(least=2),
    "guests_more_than_twice": Guests(least=3),
    "guests_on_both": Guests(shows=2),
    **{f"guest_{number}": Guests(nth=number) for number in range(1, 6)},
    "guest_last": Guests(nth=-1),
}
"""The guests that each of these sentences asks for."""


class _Times(Enum):
    """Slots with the words that limit a number of episodes; without any, the number is meant exactly."""

    ONCE = auto()
    TWICE = auto()
    ABOUT = auto()
    THRICE = auto()
    MORE = auto()
    LEAST = auto()
    FEWER = auto()


def _of_anyone(sentence: Sentence) -> Request | None:
    """Ask about somebody, even a stranger; after a subject, somebody's lines are their words on it."""
    if not sentence.is_of_somebody_known:
        return _maybe_somebody(sentence)
    on_that = sentence.context.following.words_on_that(sentence.base) if sentence.name == "lines" else None
    return on_that or replace(sentence.base, want=_OF_ANYONE[sentence.name])


def _maybe_somebody(sentence: Sentence) -> Request | None:
    """Look for people whose names have all of some words, or else take the words for a stranger's name.

    Whether they are a name shows in how the library writes them; they are kept as typed.
    """
    base, context, words = sentence.base, sentence.context, sentence.slots.part("anyone")
    if not words.words or not base.people:
        return None
    if words.plain[0] in context.lexicon.he:
        return replace(base, want=Ask.WITH_PERSON, subject=base.people[0].name)
    bearing = context.names.people.bearing([word.plain for word in context.called.untitled(words.words)])
    people = bearing if len(bearing) == 1 else (replace(base.people[0], namesakes=bearing),)
    return replace(base, want=Ask.WITH_PERSON, subject=words.written, people=people)


def _of_a_person(sentence: Sentence) -> Request | None:
    """Ask about somebody the library knows; None if it doesn't."""
    return replace(sentence.base, want=_OF_A_PERSON[sentence.name]) if sentence.is_of_somebody_known else None


def _home_or_work(sentence: Sentence) -> Request | None:
    people = sentence.base.people
    if people and not sentence.is_of_somebody_known:
        return replace(sentence.base, want=Ask.WITH_PERSON, subject=people[0].name)
    return _of_a_person(sentence)


def _about_person(sentence: Sentence, want: Want) -> Request | None:
    """Ask what is said about somebody, not by them; None if the library doesn't know them."""
    known = any(person.known for person in sentence.base.people)
    return replace(sentence.base, want=want, about_people=True) if known else None


def _works_at(sentence: Sentence) -> Request | None:
    return replace(sentence.base, want=Ask.WHO_IS, whether=True) if sentence.is_of_somebody_known else None


def _on_times(sentence: Sentence) -> Request | None:
    """Ask whether somebody was on as often as a question or a claim says; None if it is nobody we know."""
    count = sentence.base.count
    limits: Mapping[_Times | None, tuple[int | None, int | None]] = {
        None: (count, count),
        _Times.ONCE: (1, 1),
        _Times.TWICE: (2, 2),
        _Times.ABOUT: (count - count // _NEARLY, count + count // _NEARLY),
        _Times.THRICE: (3, None),
        _Times.MORE: (count + 1, None),
        _Times.LEAST: (count, None),
        _Times.FEWER: (None, count - 1),
    }
    want = wants.OnTimes(*limits[sentence.slots.one_of(_Times)])
    return replace(sentence.base, want=want) if sentence.is_of_somebody_known else None


def _on_all_shows(sentence: Sentence) -> Request:
    return replace(sentence.base, want=Ask.ON_EACH_SHOW, where=sentence.context.names.shows.every)


def _episodes_on(sentence: Sentence) -> Request | None:
    """Ask for episodes on a subject; without one, for those with somebody."""
    if sentence.base.subject:
        return replace(sentence.base, want=Ask.EPISODES_ON)
    known = any(person.known for person in sentence.base.people)
    return replace(sentence.base, want=Ask.WITH_PERSON) if known else None


def _frequent(sentence: Sentence) -> Request:
    """Ask who was on most often, or at least a number of times."""
    base, top = sentence.base, sentence.base.count if sentence.slots.has("count") else None
    match sentence.name:
        case "most_often":
            return replace(base, want=wants.MostOften(top))
        case "guests_most":
            return replace(base, want=Guests(top=top or _MOST_FREQUENT_GUESTS))
        case _:
            return replace(base, want=Guests(least=base.count + (sentence.name == "guests_more_than")))


def _guests(sentence: Sentence) -> Request:
    """Ask for guests, of the show whose episodes were just listed if there is one."""
    show = sentence.context.referents.show if sentence.base.where == EVERYWHERE else None
    asked = sentence.at(sentence.context.names.shows.part(show)) if show else sentence
    return replace(asked.base, want=_GUESTS[sentence.name])


def _hosts_beside(sentence: Sentence) -> Request | None:
    """Ask who hosted a show before or after somebody."""
    want, people = wants.HostsBeside(sentence.name == "hosts_before"), sentence.base.people
    people = people or sentence.context.referents.he[:1]
    return replace(sentence.base, want=want, people=people) if people else None


def _first_or_last_hosts(sentence: Sentence) -> Request | None:
    """Ask who hosted a show first or last; on an episode, the first host is its host."""
    of_first, named = sentence.name == "hosts_first", sentence.place.named
    if sentence.base.where.show and not (named and named.number):
        return replace(sentence.base, want=wants.HostsBeside(before=named.first if named else of_first))
    return replace(sentence.base, want=FactOf(FactKind.HOST)) if of_first else None


def _all_hosts(sentence: Sentence) -> Request:
    """Ask for everybody who hosts, or hosted the episode talked about."""
    where = sentence.base.where
    of_one = where.episode or (where == EVERYWHERE and sentence.context.before.episode)
    return replace(sentence.base, want=FactOf(FactKind.HOST) if of_one else Ask.ALL_HOSTS)


SENTENCES: Final[Mapping[str, Handler]] = {
    **dict.fromkeys(_OF_ANYONE, _of_anyone),
    **dict.fromkeys(_OF_A_PERSON, _of_a_person),
    **dict.fromkeys(("home_of", "work_of"), _home_or_work),
    "about_person": partial(_about_person, want=Ask.SAID),
    "personal": partial(_about_person, want=Ask.PERSONAL),
    "works_at": _works_at,
    "on_times": _on_times,
    "on_all_shows": _on_all_shows,
    "episodes_on": _episodes_on,
    **dict.fromkeys(("most_often", "guests_most", "guests_at_least", "guests_more_than"), _frequent),
    **dict.fromkeys(_GUESTS, _guests),
    **dict.fromkeys(("hosts_before", "hosts_after"), _hosts_beside),
    **dict.fromkeys(("hosts_first", "hosts_last"), _first_or_last_hosts),
    "all_hosts": _all_hosts,
}
"""Sentences about people, each with its handler."""
