"""Sentences that ask what was said on a subject, by whom, or how somebody defines it.

Whether given words were said is read in `claims.py`. Questions that fit no sentence are read in `clauses.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Final

from bot.understanding.handlers.context import Handler, Sentence
from bot.understanding.request import Request
from bot.understanding.text import plain
from bot.understanding.wants import Ask
from knowledge.search.rarity import is_everyday
from knowledge.search.words import carries

_WORDS_OF_A_FEELING: Final = 3
"""Maximum number of content words in what somebody says they feel; more tell a story."""
WORDS_OF: Final = frozenset({"said", "said_by", "everything"})
"""Sentences that ask for what was said, by the person if one is named."""


def _words_of(sentence: Sentence, want: Ask = Ask.SAID) -> Request:
    """Ask for what was said; noted is whether "he" is somebody we don't know."""
    he = not sentence.base.people and sentence.slots.mentions(sentence.context.lexicon.he)
    return replace(sentence.base, want=want, unknown_he=he, words_of=True)


def _everything(sentence: Sentence) -> Request | None:
    """Ask for all that somebody said, the likeliest of several; None if the library doesn't know them."""
    base = sentence.base
    if base.person and not base.person.known and (likeliest := base.person.heard):
        base = replace(base, people=(likeliest, *base.people[1:]))
    known = any(person.known for person in base.people)
    return _words_of(replace(sentence, base=base), Ask.EVERYTHING) if known else None


def _feeling(sentence: Sentence) -> Request | None:
    """Ask about a feeling or its object; None for a story such as "how it ended"."""
    words = sentence.slots.part("subject").plain
    asks = words[0] in sentence.context.lexicon.interrogative
    return None if asks or sum(map(carries, words)) > _WORDS_OF_A_FEELING else sentence.base


def _definition_by(sentence: Sentence) -> Request | None:
    base = sentence.base
    return replace(base, term=base.subject, words_of=True) if plain(base.subject).split() else None


def _name_of(sentence: Sentence) -> Request | None:
    """Ask where a thing's name is from; None for "why is it called a day"."""
    base, words = sentence.base, plain(sentence.base.subject).split()
    if not words or is_everyday(words[0]):
        return None
    return replace(base, subject=base.text, term=base.subject, of_its_name=True, words_of=bool(base.people))


def _of_the_world(sentence: Sentence) -> Request:
    return replace(sentence.base, subject=sentence.base.text, of_the_world=True)


def _opinion(sentence: Sentence, *, of_taste: bool) -> Request | None:
    """Ask for the bot's taste or a forecast; None if the subject is "you" or "me"."""
    lexicon = sentence.context.lexicon
    if sentence.slots.part("subject").plain[0] in lexicon.you | lexicon.telling:
        return None
    return replace(sentence.base, to_come=not of_taste, of_taste=of_taste)


SENTENCES: Final[Mapping[str, Handler]] = {
    **dict.fromkeys(("said", "said_by"), _words_of),
    "everything": _everything,
    "feeling": _feeling,
    "what_is_by": _definition_by,
    "name_of": _name_of,
    "of_the_world": _of_the_world,
    "to_come": partial(_opinion, of_taste=False),
    "your_view": partial(_opinion, of_taste=True),
}
"""Sentences that ask what was said, each with its handler."""
