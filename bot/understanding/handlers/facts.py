"""Sentences about episodes and shows as such: their guest, number, length, date, the latest one, why a show ended.

Which episode is named is found in `names.py`; guests and hosts of several episodes are in `about_people.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Final

from bot.port.wording import label
from bot.understanding.handlers.back_to_subject import end_of_that
from bot.understanding.handlers.context import Handler, Sentence
from bot.understanding.request import EVERYWHERE, Clause, Premise, Request, Where
from bot.understanding.slots import refers
from bot.understanding.text import Text, plain
from bot.understanding.wants import Appearance, Ask, AtTime, FactKind, FactOf, Guests, LatestOn

_ONE_GUEST: Final = frozenset({"guest", "interviewee"})
"""Words that ask for the guest of one episode, the newest, if only a show is named."""
_FACTS: Final[Mapping[str, FactKind]] = {kind.name.lower(): kind for kind in FactKind}


def _fact(sentence: Sentence) -> Request | None:
    """Ask for a fact about an episode, or about the whole show that was just asked about."""
    kind = _FACTS[sentence.name]
    of_host = kind is FactKind.HOST and sentence.base.where == EVERYWHERE
    may_be_of_a_show = of_host or (kind in {FactKind.GUEST, FactKind.SUMMARY} and _may_be_of_a_show(sentence))
    if may_be_of_a_show and (show := sentence.context.referents.show):
        sentence = sentence.at(sentence.context.names.shows.part(show))
        if of_host:
            return replace(sentence.base, want=FactOf(kind))
    return _of_an_episode(kind, sentence)


def _may_be_of_a_show(sentence: Sentence) -> bool:
    """Tell whether a question may be about the whole show just asked about, and not about one of its episodes."""
    base, slots, lexicon = sentence.base, sentence.slots, sentence.context.lexicon
    of_hosts = not base.people or (slots.mentions(lexicon.he) and not (base.person and base.person.is_guest))
    of_one = sentence.context.referents.starts_with_one or slots.mentions(lexicon.there)
    return base.where == EVERYWHERE and of_hosts and not of_one


def _of_an_episode(kind: FactKind, sentence: Sentence) -> Request | None:
    """Ask for a fact about an episode, or what a sentence about one means instead in this conversation."""
    base, slots, place, context = sentence.base, sentence.slots, sentence.place, sentence.context
    match kind:
        case FactKind.OVERVIEW if place.unclear and place.named:
            of_those = context.before.those and context.before.subject and not place.named.show
            back = end_of_that(sentence, first=place.named.first) if of_those else None
            return back or replace(base, want=place.unclear)
        case FactKind.SUMMARY if joined := _said_by_him(sentence):
            return joined  # "what does he say about it" is about what was asked before
        case FactKind.SUMMARY | FactKind.OVERVIEW if base.subject:
            return None  # what was said on the subject answers best
        case FactKind.LENGTH if base.people and slots.mentions(context.lexicon.he):
            return None  # "how long did he do that"
        case FactKind.LENGTH if lasted := _how_long_it_lasted(sentence):
            return lasted
        case FactKind.NUMBER if base.subject:
            return replace(base, want=Ask.EPISODES_ON)
        case FactKind.GUEST if guests := _other_than_one_guest(sentence):
            return guests
        case _ if place.named is None and (base.where.season, base.where.year) != (None, None):
            return replace(base, want=Ask.EPISODES)  # "what was season 2 about"
        case _:
            return replace(base, want=FactOf(kind))


def _how_long_it_lasted(sentence: Sentence) -> Request | None:
    """Ask how long it took somebody to do what was just asked about; None if the episode's length is meant."""
    lexicon, text = sentence.context.lexicon, Text.of(sentence.base.text)
    if not lexicon.he.isdisjoint(text.plain) or refers(text, lexicon.it, lexicon.that):
        return None
    more = sentence.context.following.of_what_was_done(sentence.base, lexicon.interrogative)
    some = frozenset(word for word, count in lexicon.numbers.items() if count > 1)
    return replace(more, premise=Premise(amount=some)) if more else None


def _said_by_him(sentence: Sentence) -> Request | None:
    """Ask what the person named, or "he", said on the last subject."""
    base, context = sentence.base, sentence.context
    he = () if context.lexicon.he.isdisjoint(sentence.slots.plain) else context.referents.he
    people = base.people or he
    if not people:
        return None
    asked = replace(base, people=people)
    there = base.where.episode and sentence.slots.mentions(context.lexicon.there)
    return context.following.words_on_that(asked) or (replace(asked, want=Ask.LINES) if there else None)


def _other_than_one_guest(sentence: Sentence) -> Request | None:
    """Ask for the guests of several episodes, or who was on with somebody; None if one episode is meant."""
    base, slots, before = sentence.base, sentence.slots, sentence.context.before
    if not base.where.episode and base.person and base.person.is_guest:
        return replace(base, want=Ask.BESIDE_PERSON)
    counts = sentence.context.lexicon.counts.match(slots.coded)
    in_all = bool(counts) and base.where == EVERYWHERE and before.episode is None
    if base.where == EVERYWHERE and not in_all and slots.mentions(sentence.context.lexicon.there):
        # "Who else was there" after a guest's episodes.
        him = sentence.context.referents.people[:1] if before.those else ()
        return replace(base, want=Ask.BESIDE_PERSON, people=him) if him else None
    several = in_all or _is_of_several_episodes(base)
    return replace(base, want=Guests()) if sentence.place.named is None and several else None


def _is_of_several_episodes(base: Request) -> bool:
    """Tell whether a request is for the guests of a year, a show or a season, not for "the guest" of one episode."""
    where = base.where
    named = (where.show, where.season) != (None, None) and where.episode is None
    return where.year is not None or (named and _ONE_GUEST.isdisjoint(plain(base.text).split()))


def _guest_as_he(sentence: Sentence) -> Request | None:
    """Ask for the guest as "he"; None if "he" is somebody else."""
    if sentence.base.people or sentence.context.referents.he:
        return None
    return _of_an_episode(FactKind.GUEST, sentence)


def _latest(sentence: Sentence, *, first: bool) -> Request | None:
    """Ask for the latest or the first episode on a subject or with somebody."""
    base, named, around = sentence.base, sentence.place.named, sentence.place.around
    if named and named.number is not None:
        return None
    if named:
        first = named.first
        season = around.season if named.season is None else named.season
        part = sentence.context.names.shows.part(named.show or around.show, season, named.year or around.year)
        base = replace(base, where=part)
    of_a_person = not base.subject and sentence.is_of_somebody_known
    return replace(base, want=(Appearance if of_a_person else LatestOn)(first))


def _show_ended(sentence: Sentence) -> Request | None:
    """Ask why a show ended, which its last episode says; None if we can't tell which one that is."""
    base, show = sentence.base, sentence.base.where.show
    last = sentence.context.names.shows.newest(show) if show else ()
    if len(last) != 1 or base.where.episode:
        return None
    where = Where(last[0].id, part=label(last[0]), show=show)
    plainly = Clause(f"this is the last episode of {show}, why it is ending", 1.0)
    return replace(base, subject=f"the finale, the last episode of {show}", where=where, clauses=(plainly,))


def _at_time(sentence: Sentence) -> Request | None:
    time = sentence.slots.time(sentence.context.lexicon.numbers)
    return None if time is None else replace(sentence.base, want=AtTime(time))


SENTENCES: Final[Mapping[str, Handler]] = {
    **dict.fromkeys(_FACTS, _fact),
    "guest_as_he": _guest_as_he,
    "latest_on": partial(_latest, first=False),
    "first_on": partial(_latest, first=True),
    "show_ended": _show_ended,
    "at_time": _at_time,
}
"""Sentences about episodes and shows, each with its handler."""
