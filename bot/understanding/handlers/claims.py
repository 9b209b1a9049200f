"""Sentences that quote or claim something: "did Ann say that rye is dead?", "who said it tastes of hay?".

Who said it is found by the search; whether two sentences claim the same is judged in answering.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from bot.understanding.handlers.context import Handler, Sentence
from bot.understanding.request import Request
from bot.understanding.slots import names_something, tells
from bot.understanding.text import QUOTED, Text
from bot.understanding.wants import CheckQuote, WhoSaid
from knowledge.search.rarity import is_everyday

_TOO_FEW_TO_QUOTE: Final = 2
"""Number of words up to which a quotation needs a content word; "to be or not to be" has none."""


def _check(sentence: Sentence) -> Request | None:
    """Ask whether some words were said; None if they are no quotation, as in "was that sarcastic"."""
    slots, base = sentence.slots, sentence.base
    quoted = slots.quoted()
    words = quoted or _with_its_subject(slots.text("words"), sentence)
    if words is None:
        return None
    if _is_of_a_program(sentence, words):
        return replace(base, subject=words)
    is_quotation = _is_quotation(sentence)
    if slots.plain[0] == QUOTED and slots.has("anyone") and not base.people[0].candidates:
        name = slots.part("anyone").plain
        is_quotation = len(name) > 1 and not any(map(is_everyday, name))  # a stranger's full name
    return replace(base, want=CheckQuote(words, bool(quoted))) if is_quotation else None


def _with_its_subject(words: str, sentence: Sentence) -> str | None:
    """Put the last subject in place of "it": "that's a bad idea" is a claim of something.

    None if nothing was talked about, and the words tell nothing by themselves: anybody says that of something else.
    """
    lexicon, claim = sentence.context.lexicon, Text.of(words)
    first, rest = next(iter(claim.plain), ""), claim.part(1, len(claim.words))
    bare = first.removesuffix("s")
    if first not in lexicon.it | lexicon.that and (bare == first or bare not in lexicon.it | lexicon.that):
        return words
    if subject := sentence.context.before.subject:
        return " ".join((subject, *(("is",) if bare != first else ()), rest.written))
    return words if names_something(rest) else None


def _check_after(sentence: Sentence) -> Request | None:
    """Ask whether the words after a pause were said: "is this right: rye is dead"."""
    slots = sentence.slots
    words = slots.text("words")
    if _is_of_a_program(sentence, slots.quoted() or words):
        return replace(sentence.base, subject=slots.quoted() or words)
    claims = slots.after_pause("words") and tells(slots.part("words"))
    return replace(sentence.base, want=CheckQuote(words)) if claims else None


def _who_said(sentence: Sentence) -> Request | None:
    """Ask who said some words; None if they are too few."""
    quoted = sentence.slots.quoted()
    words = quoted or sentence.slots.text("words")
    asked = replace(sentence.base, subject=words)
    if _is_of_a_program(sentence, words):
        return asked
    is_quotation = len(words.split()) > _TOO_FEW_TO_QUOTE or tells(Text.of(words))
    return replace(asked, want=WhoSaid(words, bool(quoted))) if is_quotation else None


def _is_of_a_program(sentence: Sentence, words: str) -> bool:
    """Tell whether quoted words are all there is, and what a program displays rather than what somebody says."""
    return len(sentence.slots.words) == 1 and bool(sentence.context.lexicon.of_a_program.match(Text.of(words).coded))


def _is_quotation(sentence: Sentence) -> bool:
    """Tell whether a question gives words to check, and not a subject as in "did they say anything about ..."."""
    slots, lexicon = sentence.slots, sentence.context.lexicon
    led = slots.led("words", lexicon.that)
    return bool(slots.quoted()) or (len(slots.part("words").words) > 1 and not lexicon.unquoted.match(led.coded))


def _explain_quoted(sentence: Sentence) -> Request:
    return replace(sentence.base, subject=sentence.slots.quoted())


SENTENCES: Final[Mapping[str, Handler]] = {
    "check": _check,
    "check_after": _check_after,
    "who_said": _who_said,
    "explain_quoted": _explain_quoted,
}
"""Sentences with somebody's words, each with its handler."""
