"""Sentences about what the last answer showed: its words ("who said that?"), its list ("the second one"), its people.

Those about the last subject are in `back_to_subject.py`. What an answer leaves behind is noted in `remembering.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Final, Literal

from bot.port.messages import Fact, Found, ItemId, QuoteCheck, Unsure, Verdict
from bot.understanding import wants
from bot.understanding.following import overview
from bot.understanding.handlers.back_to_subject import more, others
from bot.understanding.handlers.context import Context, Handler, Sentence
from bot.understanding.handlers.counting import COUNTS
from bot.understanding.request import EVERYWHERE, Request, Where
from bot.understanding.slots import subject_of_claim
from bot.understanding.wants import Ask, FactKind, FactOf
from knowledge.search.transcript import Side

_PICKS: Final[Mapping[str, int]] = {
    **{f"pick_{number}": number for number in range(1, 6)},
    **{f"listed_{number}": number for number in range(1, 11)},
    **dict.fromkeys(("pick_last", "listed_last"), -1),
}
"""The position in the last list that a sentence picks, from 1, or -1 for the last."""


def _words(sentence: Sentence) -> Request | None:
    """Ask about the words shown or checked last."""
    before, base = sentence.context.before, sentence.base
    match sentence.name:
        case "why_that":
            return replace(base, want=wants.Beside(Side.AROUND) if before.shown else Ask.ABOUT_THAT)
        case "around_that" if before.shown:  # if no passage was shown, "context" is a subject
            return replace(base, want=wants.Beside(Side.AROUND))
        case "how_long_ago_that" if before.begun:
            return replace(base, want=FactOf(FactKind.DATE), points_back=True)
        case "quote_from_that":
            return replace(base, want=Ask.QUOTE, where=Where(before.episode) if before.episode else base.where)
        case "who_did" if isinstance(before.answer, QuoteCheck) and _shows_the_closest(before.answer):
            return replace(base, want=wants.WhoSaid(None))
        case "who_did" if before.begun:
            asked = wants.WhoSaid(before.checked or None, quoted=bool(before.checked))
            return replace(base, want=asked, subject=before.checked)
        case _:
            return None


def _place_or_time(sentence: Sentence) -> Request:
    """Ask where or when that was: the episode, the person's last one, or the words shown."""
    before, referents, base = sentence.context.before, sentence.context.referents, sentence.base
    when = sentence.name == "when_that"
    if before.fact is not None or referents.starts_with_one:  # an episode, and no passages
        return replace(base, want=FactOf(FactKind.DATE if when else FactKind.NUMBER))
    if when and before.those and any(person.known for person in referents.people):
        return replace(base, want=wants.Appearance(first=False), people=referents.people[:1])
    return replace(base, want=wants.WhoSaid(None) if before.shown else Ask.ABOUT_THAT)


def _real_words(sentence: Sentence) -> Request | None:
    """Ask what was really said: the words checked, those of the person named, or a quote on the last subject."""
    before, base = sentence.context.before, sentence.base
    checked = before.answer if isinstance(before.answer, QuoteCheck) else None
    shown = checked and (checked.verdict.said or checked.differences)
    theirs = sentence.context.following.words_on_that(base) if base.people and not shown else None
    if theirs or checked:
        return theirs or replace(base, want=wants.CheckQuote(None))
    return replace(base, want=Ask.QUOTE_ON_THAT) if before.topic or before.subject else None


def _shows_the_closest(checked: QuoteCheck) -> bool:
    """Tell whether a check found no such words and showed those that come closest."""
    return checked.verdict is Verdict.NOT_FOUND and bool(checked.evidence)


def _another_quote(sentence: Sentence) -> Request:
    """Ask for the next of a list of episodes, another passage on the last subject, or a quote of the same kind."""
    before, base = sentence.context.before, sentence.base
    episode = ItemId(before.episode or "")
    if episode in before.listed[:-1] and not before.quoting:
        return replace(base, want=wants.Pick(before.listed.index(episode) + 2))
    # After a quote, its kind is wanted again.
    if before.quoting or not before.subject or not isinstance(before.answer, Found | Unsure):
        return replace(base, want=Ask.ANOTHER_QUOTE)
    if before.more:
        return replace(base, want=Ask.MORE)
    return replace(base, want=Ask.QUOTE, subject=subject_of_claim(before.subject))


def _from_whom(sentence: Sentence) -> Request:
    of_it = sentence.context.following.of_what_was_done(sentence.base, sentence.context.lexicon.interrogative)
    return of_it or replace(sentence.base, want=wants.WhoSaid(None))


def is_listed(context: Context, number: str) -> bool:
    """Tell whether the last list has an item at a position, counted from 1."""
    return number.isdecimal() and 0 < int(number) <= len(context.before.listed)


def _who_said_number(sentence: Sentence) -> Request | None:
    """Ask who said "number 2" of the last list, even if an episode has that number; None without that many."""
    number = (sentence.place.named and sentence.place.named.number) or ""
    if not is_listed(sentence.context, number):
        return None
    return replace(sentence.base, want=wants.WhoSaid(None, nth=int(number)), where=EVERYWHERE)


def _pick(sentence: Sentence) -> Request | None:
    """Pick from the last list; without one, "the second one" may be an episode of the show talked about."""
    number, before = _PICKS[sentence.name], sentence.context.before
    if number > 0 and (asked := _nth(sentence, number)):
        return asked
    return replace(sentence.base, want=wants.Pick(number)) if before.listed or before.begun else None


def _nth(sentence: Sentence, number: int) -> Request | None:
    before, shows = sentence.context.before, sentence.context.names.shows
    if before.fact is None or len(before.listed) >= number:
        return None
    those = shows.episodes_of(shows.show_of(before.episode) or "")[::-1]
    if those and those[0].id == before.episode and those[0].number != "1":  # an archive that starts later
        return replace(overview(sentence.base, those[number - 1 : number]), want=FactOf(before.fact))
    return _in_the_same_show(sentence, str(number))


def _in_the_same_show(sentence: Sentence, number: str) -> Request | None:
    """Ask for the same fact about another episode of the show: "and 3?". None if the library doesn't have it."""
    before, shows = sentence.context.before, sentence.context.names.shows
    show = shows.show_of(before.episode)
    if show is None or before.fact is None:
        return None
    theirs = shows.numbered(number, show, None)
    return replace(overview(sentence.base, theirs), want=FactOf(before.fact)) if len(theirs) == 1 else None


def _nth_of_show(sentence: Sentence) -> Request | None:
    return _in_the_same_show(sentence, sentence.slots.text("ordinal")[:-2])


def _numbered(sentence: Sentence) -> Request | None:
    """Pick an item by its number, in the last list or of an episode."""
    number = sentence.slots.text("number")
    if is_listed(sentence.context, number):
        return replace(sentence.base, want=wants.Pick(int(number)))
    if next_one := _in_the_same_show(sentence, number):
        return next_one
    theirs = sentence.context.names.shows.numbered(number, None, None)
    return overview(sentence.base, theirs, number) if theirs else None


def _about_number(sentence: Sentence) -> Request | None:
    picked = _numbered(sentence)
    return replace(picked, want=FactOf(FactKind.SUMMARY)) if picked and picked.where.episode else picked


def _longest_or_shortest(sentence: Sentence) -> Request:
    want, those = COUNTS[sentence.name.removesuffix("_of_those")], sentence.context.referents.those
    return replace(sentence.base, want=want, where=Where(within=those) if those else sentence.base.where)


def _said_in(sentence: Sentence) -> Request:
    """Ask what was said in a listed episode on the subject it was listed for, or else for an overview."""
    before, there = sentence.context.before, sentence.base.where.episode
    listed = isinstance(before.answer, Fact) and there is not None and ItemId(there) in before.listed
    if before.subject and listed and not before.people:
        return replace(sentence.base, subject=before.subject)
    return replace(sentence.base, want=FactOf(FactKind.OVERVIEW))


def _else_there(sentence: Sentence) -> Request | None:
    there = sentence.context.referents.there
    asked = replace(sentence.base, want=FactOf(FactKind.SUMMARY), where=there, people=()) if there else None
    return asked or more(sentence)


def _beside(sentence: Sentence, step: Literal[-1, 1]) -> Request | None:
    """Ask for the next or the previous episode: of the person whose episode was just named, or else of the show."""
    before, shows, base = sentence.context.before, sentence.context.names.shows, sentence.base
    if theirs := _of_him_beside(sentence, -step):
        return theirs
    if before.episode is None or (before.shown and not before.fact):
        return None  # "and after that?" is about the words that were shown
    if shows.show_of(before.episode) is None:
        return None  # the library has changed, and no longer has the episode
    beside = shows.beside(before.episode, step)
    if beside is None:
        return replace(base, want=wants.NoneBeside(before.episode, step), subject="")
    named = overview(base, (beside,))
    return replace(named, want=FactOf(before.fact)) if before.fact else named


def _of_him_beside(sentence: Sentence, step: int) -> Request | None:
    """Ask for a person's episode that is `step` places older than the one just named; None if there is none."""
    before, referents = sentence.context.before, sentence.context.referents
    named, theirs = referents.episodes_named, referents.people[0].episodes if referents.people else ()
    if before.fact not in {None, FactKind.OVERVIEW} or len(named) != 1 or named[0] not in theirs:
        return None
    at = theirs.index(named[0]) + step
    return overview(sentence.base, (theirs[at],)) if 0 <= at < len(theirs) else None


def _same_fact(sentence: Sentence) -> Request | None:
    fact = sentence.context.before.fact
    return replace(sentence.base, want=FactOf(fact)) if fact else None


def _which_ones(sentence: Sentence) -> Request | None:
    """Ask for the episodes that the last answer was about."""
    before, base = sentence.context.before, sentence.base
    if before.subject:
        return replace(base, want=Ask.EPISODES_ON, subject=before.subject, where=before.where)
    known = tuple(person for person in sentence.context.referents.he if person.known)
    return replace(base, want=Ask.WITH_PERSON, people=known[:1]) if known else None


def _other_person(sentence: Sentence) -> Request | None:
    people, asked_about = sentence.base.people, sentence.context.before.people
    namesakes = tuple(each for each in people[0].candidates if each.name not in asked_about)
    return replace(sentence.base, want=Ask.WITH_PERSON, people=namesakes[:1]) if namesakes else None


def _other_of_those(sentence: Sentence) -> Request | None:
    """Ask the same about another person who was just named, or what others say on the subject."""
    before, referents = sentence.context.before, sentence.context.referents
    first = (before.people or before.told)[:1]
    others_named = referents.known([name for name in before.told if name not in first])[:1]
    if not others_named:
        of_him = replace(sentence, base=replace(sentence.base, people=referents.he[:1]))
        return others(of_him) if before.shown else None
    asked = replace(sentence.base, people=others_named)
    said = sentence.context.following.words_on_that(asked) if isinstance(before.answer, Found | Unsure) else None
    return said or replace(asked, want=Ask.WHO_IS, subject="")


def _people(sentence: Sentence) -> Request | None:
    """Ask about the people asked about or named last, or about the two of them."""
    before, referents, base = sentence.context.before, sentence.context.referents, sentence.base
    both = referents.both
    match sentence.name:
        case "who_spoke" if who := referents.speaking or referents.just_told or referents.he:
            return replace(base, want=Ask.WHO_IS, people=who[:1], subject="")
        case "together_of_those" if len(both) > 1:
            return replace(base, want=Ask.WITH_PERSON, people=both)
        case "more_often_on" if len(both) > 1:
            return replace(base, want=Ask.APPEARANCES, people=both)
        case "more_often_on":
            return replace(base, want=wants.MostOften(None))
        case "next_of_those" if referents.counts[1:]:
            return replace(base, want=Ask.REPEAT)  # the last answer also names who comes next
        case "more_words_of" if len(both) > 1 and all(each.speaks for each in both):
            counted = before.subject if before.counting else ""
            return replace(base, want=wants.MoreOften(None), people=both, subject=counted)
        case _:
            return None


_ON_WORDS: Final = ("why_that", "around_that", "how_long_ago_that", "quote_from_that", "who_did")
"""Sentences about the words shown last."""
_ON_PEOPLE: Final = ("who_spoke", "together_of_those", "more_often_on", "next_of_those", "more_words_of")
"""Sentences about the people named last."""
SENTENCES: Final[Mapping[str, Handler]] = {
    **dict.fromkeys(_ON_WORDS, _words),
    **dict.fromkeys(("place_of_that", "when_that"), _place_or_time),
    "real_words": _real_words,
    "another_quote": _another_quote,
    "from_whom": _from_whom,
    "who_said_number": _who_said_number,
    **dict.fromkeys(_PICKS, _pick),
    "pick": _numbered,
    "about_number": _about_number,
    "nth_of_show": _nth_of_show,
    **dict.fromkeys(("longest_of_those", "shortest_of_those"), _longest_or_shortest),
    "said_in": _said_in,
    "else_there": _else_there,
    "previous_episode": partial(_beside, step=-1),
    "next_episode": partial(_beside, step=1),
    "same_fact": _same_fact,
    "which_ones": _which_ones,
    "other_person": _other_person,
    "other_of_those": _other_of_those,
    **dict.fromkeys(_ON_PEOPLE, _people),
}
"""Sentences about what the last answer showed, each with its handler."""
