"""Sentences that mean something only after another subject: "who said it first?", "more", "and what do others say?".

Those about words, episodes and people that an answer showed are in `back_to_answer.py`, those with a subject of their
own, such as "and China?", in `what_about.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Final

from bot.port.messages import Fact, Found, ItemId, NotFound, Several, Unsure
from bot.understanding import wants
from bot.understanding.following import OWN_WORDS_ABOUT_IT, overview
from bot.understanding.handlers.context import Context, Handler, Sentence
from bot.understanding.request import EVERYWHERE, Request
from bot.understanding.text import plain
from bot.understanding.wants import Ask, Count, Measure, Order
from knowledge.search.words import carries

ON_THAT: Final = frozenset({"any_on_that", "more_of_that", "of_that_by", "rather_of_that"})
"""Sentences about the last subject."""


def _of_that(sentence: Sentence) -> Request | None:
    """Ask something of the last subject; None if there is none."""
    before, referents = sentence.context.before, sentence.context.referents
    on_it = replace(sentence.base, subject=before.subject)
    match sentence.name if before.subject else None:
        case "all_of_those" if len(referents.episodes_named) > 1:
            return replace(on_it, want=Ask.ALL_EPISODES_ON)
        case "how_much_of_that":
            return replace(on_it, where=before.where, people=referents.people)
        case "who_on_that":
            return replace(on_it, want=wants.WhoSaid(before.subject))
        case "made_that":
            return replace(on_it, want=Ask.MADE_BY)
        case _:
            return None


def _on_that(sentence: Sentence) -> Request | None:
    """Ask for words on the last subject, by the person if one is named."""
    following, base = sentence.context.following, sentence.base
    if sentence.name == "any_on_that":
        return following.on_that(base)
    theirs = following.words_on_that(base) if base.people else None
    return replace(base, want=Ask.ABOUT_THAT) if sentence.name == "about_that" and not theirs else theirs


def _rather_of_that(sentence: Sentence) -> Request | None:
    """Ask about the last subject; None if the last answer was about an episode, such as one picked from a list."""
    before, following = sentence.context.before, sentence.context.following
    of_an_episode = before.fact or ItemId(before.episode or "") in before.listed
    if of_an_episode or not isinstance(before.answer, Found | Unsure | NotFound):
        return None
    return following.left_open(replace(sentence.base, subject=sentence.base.text), OWN_WORDS_ABOUT_IT)


def _circumstance(sentence: Sentence) -> Request | None:
    """Add "as a self-taught" or "but I'm 40 with kids" to the last subject, which the conversation stays about."""
    before = sentence.context.before
    if sentence.context.lexicon.before.search(sentence.subject.coded):
        return None  # "but I have another question, who talks about rust"
    if not before.subject or not isinstance(before.answer, Found | Unsure | NotFound):
        return None
    added = f"{before.subject} {sentence.base.subject}"
    return replace(sentence.base, subject=added, about=before.subject, where=before.where)


def _like_that(sentence: Sentence) -> Request | None:
    """Ask for more of what was shown, or for what is on the same subject as an episode."""
    before, base = sentence.context.before, sentence.base
    if before.subject and (before.fact or _lists_episodes(sentence.context)):
        want = Ask.EPISODES_ON if before.fact else Ask.SAID
        return replace(base, subject=before.subject, want=want, where=before.where)
    return replace(base, want=Ask.MORE) if before.begun else None


def _on_shows(sentence: Sentence) -> Request | None:
    """Ask the last question again everywhere, or on all shows but one: the one named, or else the last one."""
    before, shows = sentence.context.before, sentence.context.names.shows
    show = sentence.base.where.show or before.where.show or shows.show_of(before.episode)
    others = shows.besides(show) if show else None
    where = EVERYWHERE if sentence.name == "everywhere" else others
    return sentence.context.following.elsewhere(replace(sentence.base, where=where)) if where else None


def end_of_that(sentence: Sentence, *, first: bool) -> Request | None:
    """Ask for the first or last mention of the last subject, or else for the first or last episode."""
    before, referents, base = sentence.context.before, sentence.context.referents, sentence.base
    if (before.those or not before.subject) and any(person.known for person in referents.people):
        return replace(base, want=wants.Appearance(first), people=referents.people[:1])
    if not before.subject:
        ends = sentence.context.names.shows.newest(among=referents.those or None, first=first)
        return overview(base, ends, first=first)
    return _mentioned(sentence, Order.FIRST if first else Order.LAST)


def _mentioned(sentence: Sentence, order: Order) -> Request:
    """Ask for the first or last mention of the last subject."""
    before, want = sentence.context.before, Count(Measure.MENTIONS, order=order)
    return replace(sentence.base, want=want, subject=before.subject, where=before.where)


def _other_end_of_that(sentence: Sentence) -> Request | None:
    counting = sentence.context.before.counting
    order = counting.order if counting else None
    return end_of_that(sentence, first=order is Order.LAST) if order in {Order.FIRST, Order.LAST} else None


def _compared(sentence: Sentence) -> Request | None:
    """Compare the last subjects; None if there is only one, or rather the episodes listed are meant."""
    sides = sentence.context.before.subjects
    often = sentence.name == "more_often_of_those"
    if len(sides) < 2 or not (often or not _lists_episodes(sentence.context)):
        return None
    want = wants.MoreOften(sides) if often else wants.Compare(sides, surely=True)
    return replace(sentence.base, want=want, subject=" ".join(sides))


def _number(sentence: Sentence) -> Request:
    """Ask in how many episodes the last subject comes up, or how many were listed."""
    before, names, base = sentence.context.before, sentence.context.names, sentence.base
    words = before.subject.split()
    listed = bool(sentence.context.referents.episodes_named)
    of_people = before.fact or before.of_place or (sentence.context.referents.people and not words)
    if not of_people and not words and (listed or not before.begun):
        return replace(base, want=Ask.EPISODE_COUNT)
    if of_people or not 0 < sum(map(carries, map(plain, words))) <= OWN_WORDS_ABOUT_IT:
        return replace(base, want=Count(Measure.MENTIONS))
    while len(words) > 1 and names.is_generic(plain(words[-1])):
        words.pop()  # after "a kaizen episode", count those on kaizen
    where = before.where if base.where == EVERYWHERE else base.where
    return replace(base, want=Count(Measure.EPISODES), subject=" ".join(words), where=where)


def _how_often(sentence: Sentence) -> Request | None:
    """Ask how often the person asked about was on, or how often the last subject came up."""
    before, people = sentence.context.before, sentence.context.referents.people
    said = bool(before.subject) and isinstance(before.answer, Found | Unsure)
    if any(person.known for person in people) and not said:
        return replace(sentence.base, want=Ask.APPEARANCES, people=people)
    want = Count(Measure.MENTIONS)
    asked = replace(sentence.base, want=want, subject=before.subject, people=people, where=before.where)
    return asked if before.subject else None


def more(sentence: Sentence) -> Request | None:
    """Ask what else was said on the last subject, or what another person says on it."""
    before, base = sentence.context.before, sentence.base
    quoted = sentence.context.referents.quoted
    same = [each.name for each in base.people] == list(before.people or [each.name for each in quoted])
    turns = base.people and not (same and isinstance(before.answer, Found | Unsure | Several))
    if turns and ((on_that := sentence.context.following.words_on_that(base)) or not same):
        return on_that
    return _lines_of_him(sentence) or (replace(base, want=Ask.MORE) if before.begun else None)


def _more_or_lines(sentence: Sentence) -> Request:
    return _lines_of_him(sentence) or replace(sentence.base, want=Ask.MORE)


def _lines_of_him(sentence: Sentence) -> Request | None:
    """Ask for lines by the person just asked about without a subject; None if "more" refers to what was shown."""
    before, him = sentence.context.before, sentence.context.referents.he[:1]
    shown = before.subject or before.checked or before.shown or before.fact
    return None if shown or not him or not him[0].speaks else replace(sentence.base, want=Ask.LINES, people=him)


def others(sentence: Sentence, want: wants.Want = Ask.OTHERS) -> Request | None:
    """Ask what people other than "him" or those just quoted say on a subject."""
    before, base = sentence.context.before, replace(sentence.base, want=want)
    if sentence.slots.has("subject") and base.subject:
        return base if before.begun or base.people else None
    if not before.subject:
        return None
    where = before.where if base.where == EVERYWHERE else base.where
    return replace(base, subject=before.subject, where=where)


def _who_else_or_first(sentence: Sentence) -> Request:
    """Ask who else, or who first, said the words checked last, spoke of the last subject or said the words shown."""
    before, base = sentence.context.before, sentence.base
    first = sentence.name != "who_else_said"
    if before.checked:
        return replace(base, want=Ask.WHO_SAID_FIRST if first else Ask.WHO_ELSE_SAID)
    on_that = (_mentioned(sentence, Order.FIRST) if first else others(sentence)) if before.subject else None
    return on_that or replace(base, want=wants.WhoSaid(None))


def _lists_episodes(context: Context) -> bool:
    """Tell whether the last answer listed episodes, which "which is better" then compares."""
    answer = context.before.answer
    return isinstance(answer, Fact) and bool(answer.episodes) and not (context.before.counting or answer.counts)


SENTENCES: Final[Mapping[str, Handler]] = {
    **dict.fromkeys(("all_of_those", "how_much_of_that", "who_on_that", "made_that"), _of_that),
    **dict.fromkeys(("about_that", "any_on_that", "of_that_by"), _on_that),
    "rather_of_that": _rather_of_that,
    "circumstance": _circumstance,
    "like_that": _like_that,
    **dict.fromkeys(("everywhere", "other_shows"), _on_shows),
    "first_on_that": partial(end_of_that, first=True),
    "last_on_that": partial(end_of_that, first=False),
    "other_end_of_that": _other_end_of_that,
    **dict.fromkeys(("more_often_of_those", "better_of_those"), _compared),
    "number_of_those": _number,
    "how_often_that": _how_often,
    "more_of_that": more,
    "more": _more_or_lines,
    "others": others,
    "other_views": partial(others, want=Ask.OTHER_VIEWS),
    **dict.fromkeys(("who_else_said", "who_said_first", "who_first_on_that"), _who_else_or_first),
}
"""Sentences about the last subject, each with its handler."""
