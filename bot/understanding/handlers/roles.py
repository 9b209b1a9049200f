"""Sentences about people by what they do, made or come from: "the CEO of Wax", "the curl guy", "who is from Honey".

People by name are in `about_people.py`. Who it is, is found in the transcripts when answering.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Final

from bot.understanding.handlers.context import Handler, Sentence
from bot.understanding.request import Request
from bot.understanding.slots import tells
from bot.understanding.wants import Ask, RoleIn, RoleOn, WhoFeels
from knowledge.search.introducing import is_for_somebody, is_role
from knowledge.search.opinions import verbs_like
from knowledge.search.rarity import is_everyday

_ROLE_OF_WHO_RUNS: Final = "ceo"
"""The role of the person who "runs" a company."""
_WORDS_OF_WHAT_IS_RUN: Final = 2
"""Maximum number of words of the company in "who runs ..."; "who runs open source models" asks for users."""
_FOUNDER: Final = "founder"
"""The role of a maker, alone or with others."""
_SUPERLATIVE: Final = "est"
"""The ending of superlatives, with which no company's name begins: "best developer"."""
_WORDS_OF_A_DESCRIPTION: Final = 3
"""Maximum number of words that describe somebody: "the ergonomic keyboard guy"."""


def _role(sentence: Sentence, *, on: bool) -> Request | None:
    """Ask who has a role somewhere, such as "the Slate House lead engineer", or `on` what; None if it is no role."""
    base, role, subject = sentence.base, sentence.slots.part("role"), sentence.slots.part("subject")
    if not role.words:
        return replace(base, want=RoleIn(_ROLE_OF_WHO_RUNS)) if len(subject.words) <= _WORDS_OF_WHAT_IS_RUN else None
    if subject.words and role.words[0].begin > subject.words[-1].begin:
        begin = len(role.words) - 1
        while begin and is_role(role.plain[begin - 1]):
            begin -= 1
        if _begins_no_name(subject.plain[0]):
            return None  # "who is the best developer"
        named = (*subject.words, *role.words[:begin])
        base, role = replace(base, subject=sentence.slots.source(named)), role.part(begin, len(role.words))
    if not is_role(role.written):
        return None
    if role.plain[-1].removesuffix("s") == _FOUNDER:
        return replace(base, want=Ask.MAKER_ON if on else Ask.MADE_BY)
    return replace(base, want=(RoleOn if on else RoleIn)(role.written))


def _role_on_which(sentence: Sentence) -> Request | None:
    of_role = _role(sentence, on=True)
    return replace(of_role, otherwise=Ask.EPISODES_ON) if of_role else None


def _guy(sentence: Sentence, otherwise: Ask) -> Request | None:
    """Ask for somebody described by a thing, "the curl guy"; None for "the new guy", or if it is no description.

    If nobody is found, `otherwise` is asked of the thing.
    """
    base, subject = sentence.base, sentence.subject
    if len(subject.words) > _WORDS_OF_A_DESCRIPTION or not tells(subject) or _begins_no_name(subject.plain[0]):
        return None
    asks = not sentence.context.lexicon.interrogative.isdisjoint(subject.plain)
    # "Has the curl guy been on" asks for nothing but him.
    other = None if base.whether else otherwise
    return None if asks or base.people else replace(base, want=Ask.GUEST_FROM, otherwise=other)


def _guest_from(sentence: Sentence) -> Request:
    base, subject = sentence.base, sentence.slots.part("subject")
    if base.subject and _begins_no_name(subject.plain[0]):
        return replace(base, subject=base.text)  # "who is the best guest"
    return replace(base, want=Ask.GUEST_FROM)


def _said_by_guest_from(sentence: Sentence) -> Request | None:
    company = sentence.slots.part("words")
    return replace(sentence.base, guest_from=company.written) if tells(company) else None


def _described(sentence: Sentence) -> Request | None:
    """Ask for the guest described by a role or in words; None if the role is for no person."""
    asked = replace(sentence.base, want=Ask.DESCRIBED)
    if not sentence.slots.has("role"):
        return asked
    role = sentence.slots.text("role")
    return replace(asked, subject=role) if is_for_somebody(role) else None


def _who_feels(sentence: Sentence) -> Request | None:
    verb = sentence.slots.text("verb")
    return replace(sentence.base, want=WhoFeels(verb)) if verbs_like(verb) else None


def _begins_no_name(word: str) -> bool:
    """Tell whether a word can't start a company's name."""
    return word.endswith(_SUPERLATIVE) or is_everyday(word)


SENTENCES: Final[Mapping[str, Handler]] = {
    "role_in": partial(_role, on=False),
    "role_on": partial(_role, on=True),
    "role_on_which": _role_on_which,
    "guy_of": partial(_guy, otherwise=Ask.SAID),
    "guy_on": partial(_guy, otherwise=Ask.EPISODES_ON),
    "guest_from": _guest_from,
    "said_by_guest_from": _said_by_guest_from,
    "described": _described,
    "who_feels": _who_feels,
}
"""Sentences about people without a name, each with its handler."""
