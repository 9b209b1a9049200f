"""The sentences about quotations: whether words were said, by whom and how often, and what comes closest.

What is true of the words is judged in `attribution.py`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import assert_never

from bot.answering.sentences import Searched, on_its_day
from bot.port.messages import Difference, Evidence, EvidenceKind, QuoteCheck, Verdict, Voice
from bot.port.wording import NOT_SAID, SAID_TOO, dated, label, listed, not_in_those_words, often, only_read_by
from knowledge.links import clock

COUNTLESS = "These words come up so often that I stopped counting."
NEAREST = "This comes closest:"
_QUOTED = "This comes closest, though it is a quotation there:"

_VOICES = 4
"""Maximum number of speakers of the same words who are named; more are counted."""


def checked(
    asked: str,
    verdict: Verdict,
    people: Sequence[str],
    places: Sequence[Evidence],
    said_by: Sequence[Voice],
    differences: Sequence[Difference],
    *,
    few: bool,
    quoted: bool,
) -> QuoteCheck:
    """Say whether some words were said, first of all by the people asked about.

    The verdict is not `NOT_FOUND`, there is at least one place, and the differences are those of the first. `few` means
    that the words are too few to be a quotation; words that are not `quoted` may have been said in others.
    """
    others = verdict is Verdict.BY_OTHERS
    reported = not differences and (verdict is Verdict.CLOSE or (others and not said_by[0].exact))
    very = "It was said in almost those words," if quoted or others else "Yes,"
    words = f"{very} in {label(places[0].episode)}." if reported else _compared(places[0], differences, few=few)
    they = voices(said_by, places) if said_by else ""
    once = len(said_by) == 1 and said_by[0].times == 1 and said_by[0].speaker and not said_by[0].quoting
    # A single speaker is shown below the words.
    left = " ".join(filter(None, (_sentence(_differing(differences)), "" if once else they)))
    check = QuoteCheck(
        f"{words} {they}",
        places[0].confidence,
        verdict,
        asked,
        evidence=tuple(places),
        differences=tuple(differences),
        people=tuple(people),
        said_by=tuple(said_by),
        told=left,
        quoted=quoted,
    )
    return replace(check, text=_answered(check))


def _answered(check: QuoteCheck) -> str:
    """Start with the verdict, before where and by whom the words were said."""
    match check.verdict:
        case Verdict.EXACT if check.people and check.said_by[0].speaker:
            return f"Yes, {check.text[0].lower()}{check.text[1:]}"
        case Verdict.EXACT | Verdict.CLOSE:
            return check.text
        case Verdict.BY_OTHERS:
            if reader := only_read_by(check):
                return f"No, {reader} only read it aloud, in {label(check.evidence[0].episode)}."
            lead = f"No, not {listed(check.people, 'or')}" if check.quoted else not_in_those_words(check.people)
            return f"{lead}. {check.text}"
        case Verdict.OPPOSITE | Verdict.OTHER_NUMBER | Verdict.NOT_FOUND:
            what = "not that number" if check.verdict is Verdict.OTHER_NUMBER else "the opposite"
            real = f"The real words are {_by(check.evidence[0])}in {label(check.evidence[0].episode)}."
            return f"No, {what}: {_differing(check.differences)}. {real}"
        case _:
            assert_never(check.verdict)


def and_(check: QuoteCheck, more: str) -> QuoteCheck:
    """Add a sentence."""
    return replace(check, text=f"{check.text} {more}", told=f"{check.told} {more}".lstrip())


def comes_after(lead: str) -> str:
    """Quote what leads to some words, which may be other people's view: "my neighbours believe that"."""
    return f"It comes after “{lead}”."


def _sentence(words: str) -> str:
    return f"{words[0].upper()}{words[1:]}." if words else ""


def _compared(place: Evidence, differences: Sequence[Difference], *, few: bool) -> str:
    if differences:
        return f"Almost those words: {_differing(differences)}."
    if few:
        return f"Those words come up, for example in {label(place.episode)}."
    return f"It was said word for word in {label(place.episode)}."


def _differing(differences: Sequence[Difference]) -> str:
    more = "; and more" if len(differences) > 3 else ""
    return f"{'; '.join(_difference(each) for each in differences[:3])}{more}"


def _difference(difference: Difference) -> str:
    match difference:
        case Difference(asked="", real=real):
            return f"{SAID_TOO} “{real}”"
        case Difference(asked=asked, real=""):
            return f"“{asked}” {NOT_SAID}"
        case _:
            return f"it's “{difference.real}”, not “{difference.asked}”"


def who(check: QuoteCheck) -> str:
    """Say only who said the words that were checked."""
    text = voices(check.said_by, check.evidence)
    return f"{text} {COUNTLESS}" if check.countless else text


def voices(said_by: Sequence[Voice], places: Sequence[Evidence]) -> str:
    """Say who said some words and how often, with the leading speaker's first and last episode."""
    nearly, exact = [each for each in said_by if not each.exact], [each for each in said_by if each.exact]
    if nearly and exact:
        return f"{voices(nearly, places)} Word for word: {voices(exact, places)}"
    aloud, quoting = [each for each in said_by if each.aloud], [each for each in said_by if each.quoting]
    if aloud or quoting:
        own = [each for each in said_by if not (each.aloud or each.quoting)]
        said = {each.speaker for each in own}
        quoting = [each for each in quoting if each.source or each.speaker not in said]
        credits = (f"{each.speaker} said it, quoting {each.source}." for each in quoting if each.source)
        quoted = [each for each in quoting if not each.source]
        borrowed = (
            *credits,
            *(f"{_names(each)} {did}." for each, did in ((quoted, "quoted it"), (aloud, "read it aloud")) if each),
        )
        return " ".join((*([voices(own, places)] if own else []), *borrowed))
    named = [each for each in said_by if each.speaker]
    if not named:
        return f"{_silent(places)} name the speaker."
    more = [f"{len(named) - _VOICES} more"] if len(named) > _VOICES else []
    if all(each.times == 1 for each in said_by):
        return f"{listed([*(str(each.speaker) for each in named[:_VOICES]), *more])} said it."
    leading = f"{named[0].speaker} said it {often(named[0].times)}{_first_and_last(named[0])}"
    others = [f"{each.speaker} {often(each.times)}" for each in named[1:_VOICES]]
    return f"{listed([leading, *others, *more])}."


def _names(those: Sequence[Voice]) -> str:
    return listed(list(dict.fromkeys(str(each.speaker) for each in those[:_VOICES])))


def _first_and_last(voice: Voice) -> str:
    """Name the first and last episode in which somebody said it, if they differ."""
    if voice.first is None or voice.last is None or voice.first == voice.last:
        return ""
    return f" (first in {on_its_day(voice.first)}; last in {on_its_day(voice.last)})"


def said_by(evidence: Evidence) -> str:
    """Say who said some words and when, or that the speaker isn't named."""
    did = "read it aloud" if evidence.aloud else "said it"
    if not evidence.speaker:
        return f"{_silent((evidence,))} name the speaker."
    at = f" at {clock(evidence.start)}" if evidence.start is not None else ""
    return f"{evidence.speaker} {did}{at}, in {dated(evidence.episode)}."


def first_to_say(evidence: Evidence) -> str:
    """Say who said some words first, and in which episode."""
    return f"{evidence.speaker or 'An unnamed speaker'} said it first, in {dated(evidence.episode, label)}."


def not_said(searched: Searched, nearest: Sequence[Evidence] = ()) -> str:
    """Say that some words were not found, what that proves, and where the nearest is from."""
    if nearest:
        unsaid = "Not in those words." if searched.spoken else f"{not_said(searched)}"
        return f"{unsaid} The closest is {_by(nearest[0])}in {label(nearest[0].episode)}."
    if searched.spoken:
        return f"I couldn't find those words in {searched}."
    return "I couldn't find those words. The notes don't have the whole conversation, so it may still have been said."


def not_said_by(people: Sequence[str], nearest: str) -> str:
    """Say that somebody didn't say something in some words, before the introduction of the nearest."""
    return f"{not_in_those_words(people)}. {nearest}"


def nearest_by(speaker: str | None, instead: Difference | None = None, *, quoting: bool = False) -> str:
    """Introduce the closest words, said by `speaker` if the question is about others.

    `instead` is the word that makes it another statement; `quoting` is for words in quotation marks.
    """
    if speaker:
        return f"The closest is {'quoted ' if quoting else ''}by {speaker}:"
    nearest = _QUOTED if quoting else NEAREST
    return f"{_sentence(_difference(instead))} {nearest}" if instead else nearest


def _by(place: Evidence) -> str:
    """Name the speaker before a place, if there is one."""
    return f"by {place.speaker}, " if place.speaker else ""


def nobody_named(shown: Sequence[Evidence]) -> str:
    """Say that it is unknown who made which point."""
    return f"{_silent(shown)} say who made which point."


def _silent(shown: Sequence[Evidence]) -> str:
    spoken = shown and all(each.kind is EvidenceKind.PASSAGE for each in shown)
    return "The transcript doesn't" if spoken else "The notes don't"
