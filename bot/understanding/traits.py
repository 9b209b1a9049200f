"""Reads what a yes-or-no question asks of a person: "British" in "is Ann British", "leave Wax" in "did Ann leave Wax".

Questions that fit a sentence, such as whether somebody was on or said something, are read in `meaning.py`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import takewhile
from typing import Final

from bot.understanding.clauses import bared
from bot.understanding.matching import Read
from bot.understanding.names import NAMES, PERSON
from bot.understanding.request import Trait
from bot.understanding.sentences import Lexicon
from bot.understanding.text import Pause, Text, plain
from bot.understanding.wants import Ask
from knowledge import lists
from knowledge.search.inflection import inflected_alike
from knowledge.search.opinions import verbs_like
from knowledge.search.words import carries, fold

_ASKED: Final = frozenset({"when", "why"})
"""Words of questions that are answered where somebody says what they did; "what" and "how" ask for more."""
_OPEN: Final = frozenset({"", "about_person", "said"})
"""Sentences that may ask about somebody's life."""


def trait(read: Read, lexicon: Lexicon) -> Trait | None:
    """Return what a question asks of the person it names; None if it asks nothing of one."""
    request, text = read.request, read.text
    if request.want is not Ask.SAID or read.want not in _OPEN or len(request.people) != 1:
        return None
    name = plain(fold(request.people[0].name)).split()
    for opens, begin in _openings(text, lexicon):
        named = [*takewhile(lambda word: word == PERSON or word in name, text.plain[begin:])]
        if named:
            asked = _kept(text.part(begin + len(named), len(text.words)), lexicon)
            before = [word for word in text.plain[: begin - 1] if word in lexicon.interrogative and opens]
            found = _asked(opens, asked, lexicon)
            if not before or found is None:
                return found
            return replace(found, asks=before[-1]) if found.done and before[-1] in _ASKED else None
    return None


def _openings(text: Text, lexicon: Lexicon) -> Sequence[tuple[str, int]]:
    """List the words that may start a question about a person, each with the index after it; empty for a statement."""
    stated = lexicon.is_true.search(text.coded)
    each = [(word, at + 1) for at, word in enumerate(text.plain) if lexicon.opens_about_somebody(word)]
    return [*([("", stated.end())] if stated else []), *each]


def _kept(text: Text, lexicon: Lexicon) -> Text:
    """Keep the words up to a pause or a name, without those that people put around a question."""
    end = next((at + 1 for at, word in enumerate(text.words) if word.pause is not Pause.NONE), len(text.words))
    part = text.part(0, next((at for at in range(end) if text.plain[at] in NAMES), end))
    for language in lexicon.languages[:1] if part.words else ():
        _, end = bared(part, language)
        words = (word for word in part.words[:end] if word.plain not in language.anywhere)
        part = Text(text.text, tuple(words))
    return part


def _asked(opens: str, asked: Text, lexicon: Lexicon) -> Trait | None:
    if not opens and asked.words:
        opens, asked = (
            (asked.plain[0], asked.part(1, len(asked.words))) if asked.plain[0] in lexicon.was else ("", asked)
        )
    if opens in lexicon.was:
        return Trait((), asked.written) if any(map(carries, asked.plain)) else None
    verb, rest = next(iter(asked.plain), ""), asked.part(1, len(asked.words))
    if not verb or verb in lexicon.generic or verbs_like(verb) or not any(map(carries, rest.plain)):
        return None
    made = () if rest.plain[0] in lexicon.article - {"the"} else _making(verb)  # "did she write a book" names none
    return Trait((verb, *made), rest.written, made=bool(made))


def _making(verb: str) -> tuple[str, ...]:
    """List verbs for making something if a verb is one of them; otherwise none."""
    verbs = ("made", *lists.kinds(__file__, "making.txt"))
    return verbs if any(inflected_alike(verb, each) for each in verbs) else ()
