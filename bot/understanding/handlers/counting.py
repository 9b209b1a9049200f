"""The meaning of sentences that ask for a number: what each counts, and whose words.

How people ask is in `sentences/`; the counting itself is in `knowledge.search.counting`.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Final

from bot.understanding.request import Request, Somebody
from bot.understanding.slots import Slots
from bot.understanding.text import QUOTED, Text
from bot.understanding.wants import Count, Group, Measure, Order
from knowledge.search.inflection import inflected_alike

MOST: Final = 25
"""Maximum number of parts of a count to list."""

COUNTS: Final[Mapping[str, Count]] = {
    "count_mentions": Count(Measure.MENTIONS),
    "count_episodes": Count(Measure.EPISODES),
    "count_shows": Count(Measure.EPISODES, Group.SHOW),
    "count_people": Count(Measure.PEOPLE),
    "count_words": Count(Measure.WORDS),
    "count_time": Count(Measure.TIME),
    "count_mentions_of_that": Count(Measure.MENTIONS),
    "mentions_of_that_by_person": Count(Measure.MENTIONS, Group.PERSON),
    "most_mentions_by_person": Count(Measure.MENTIONS, Group.PERSON),
    "most_mentions_by_guest": Count(Measure.MENTIONS, Group.GUEST),
    "most_mentions_by_show": Count(Measure.MENTIONS, Group.SHOW),
    "most_mentions_by_episode": Count(Measure.MENTIONS, Group.EPISODE),
    "year_of_most": Count(Measure.MENTIONS, Group.YEAR, top=1),
    "mentions_by_year": Count(Measure.MENTIONS, Group.YEAR),
    "mentions_of_that_by_year": Count(Measure.MENTIONS, Group.YEAR),
    "first_mention": Count(Measure.MENTIONS, order=Order.FIRST),
    "last_mention": Count(Measure.MENTIONS, order=Order.LAST),
    "episodes_by_year": Count(Measure.EPISODES, Group.YEAR),
    "ranked": Count(Measure.WORDS, Group.PERSON),
    "most_time_by_person": Count(Measure.TIME, Group.PERSON),
    "most_words_by_person": Count(Measure.WORDS, Group.PERSON),
    "all_guests_on": Count(Measure.MENTIONS, Group.GUEST, top=MOST),
    "all_people_on": Count(Measure.MENTIONS, Group.PERSON, top=MOST),
    "most_guests_by_episode": Count(Measure.GUESTS, Group.EPISODE),
    "most_people_by_episode": Count(Measure.PEOPLE, Group.EPISODE),
    "most_episodes_by_show": Count(Measure.EPISODES, Group.SHOW),
    "episodes_of_each": Count(Measure.EPISODES, Group.SHOW),
    "average_length": Count(Measure.LENGTH),
    "longest": Count(Measure.LENGTH, Group.EPISODE),
    "shortest": Count(Measure.LENGTH, Group.EPISODE, Order.LEAST),
}
"""The want of each sentence that asks for a number, by its name in the YAML files.

Slots named as a measure, a group or an order replace its own: `{SHOW:show[s]}` groups by show.
"""

_UNCOUNTED: Final[Mapping[Measure, Collection[Group]]] = {
    Measure.PEOPLE: (Group.PERSON, Group.GUEST),
    Measure.GUESTS: (Group.PERSON, Group.GUEST),
    Measure.LENGTH: frozenset(Group) - {Group.EPISODE},
}
"""Groups that don't have a measure: nobody has a number of guests."""
OF_THAT: Final = frozenset({"count_mentions_of_that", "mentions_of_that_by_person", "mentions_of_that_by_year"})
"""Sentences about the last subject."""
_EITHER: Final = 3
"""Number of words of "hive or hives", which names one subject twice."""


def counted(name: str, base: Request, slots: Slots, before: str) -> Request | None:
    """Complete the request of a sentence that asks for a number; None if nothing has that number.

    Args:
        name: the sentence's name in the YAML files.
        base: the request so far.
        slots: the contents of its slots.
        before: the last subject; empty if there was none.
    """
    want = COUNTS[name]
    measure, by, order = slots.one_of(Measure), slots.one_of(Group), slots.one_of(Order)
    want = replace(want, measure=measure or want.measure, by=by or want.by, order=order or want.order)
    if want.by in _UNCOUNTED.get(want.measure, ()):
        return None
    typed = slots.part("subject")
    if slots.has("count"):
        want = replace(want, top=min(base.count, MOST))
    named = [word.named for word in typed.words if isinstance(word.named, Somebody)]
    people = tuple(each for each in base.people if each not in named)
    return replace(base, want=want, subject=before if name in OF_THAT else _as_said(typed), people=people)


def _as_said(typed: Text) -> str:
    """Return the words to count: those that are quoted, or else all."""
    quoted = next((str(word.named) for word in typed.words if word.plain == QUOTED), None)
    if quoted is None and len(typed.words) == _EITHER and inflected_alike(typed.plain[0], typed.plain[-1]):
        return typed.part(0, 1).written  # "hive or hives"
    return typed.written if quoted is None else quoted
