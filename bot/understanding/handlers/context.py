"""A matched sentence with everything that bears on its meaning: slots, people, place and the conversation before it.

What a sentence means is decided by the handlers in the modules that `meaning.py` lists.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TypeAlias

from bot.understanding.called import Called
from bot.understanding.conversation import Thread
from bot.understanding.entities import Place
from bot.understanding.following import Following
from bot.understanding.names import Names
from bot.understanding.referents import Referents
from bot.understanding.request import Request, Somebody, Where
from bot.understanding.sentences import Lexicon
from bot.understanding.slots import Slots, is_pronoun
from bot.understanding.text import Text

Inner: TypeAlias = Callable[[Text], Request | None]
"""Reads a question inside another."""


@dataclass(frozen=True, slots=True)
class Context:
    """What the sentences of one question are read with: the language, the library's names and the conversation."""

    lexicon: Lexicon
    names: Names
    before: Thread
    referents: Referents
    following: Following
    called: Called

    def may_be_a_name(self, subject: Text) -> bool:
        """Tell whether a subject is a single word and no pronoun."""
        if len(subject.words) != 1 or subject.plain[0] in self.lexicon.he:
            return False
        return not is_pronoun(subject, self.lexicon.it, self.lexicon.that)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence that a question fits, with what is in its slots.

    Attributes:
        name: as the YAML files name it.
        slots: its slots.
        subject: the subject, without names of people who speak.
        named: the people named in the subject.
        place: what the question is limited to.
        inner: reads what follows "and" or "what about"; None within such a question.
        base: the request so far, with what all sentences have in common.
        context: what it is read with.
    """

    name: str
    slots: Slots
    subject: Text
    named: tuple[Somebody, ...]
    place: Place
    inner: Inner | None
    base: Request
    context: Context

    @property
    def is_of_somebody_known(self) -> bool:
        """Whether the library knows somebody who may be meant."""
        return any(person.candidates for person in self.base.people)

    def at(self, where: Where) -> Sentence:
        """Return the same sentence, asked of a part of the library."""
        return replace(self, base=replace(self.base, where=where))


Handler: TypeAlias = Callable[[Sentence], Request | None]
"""Turns a sentence into a request; None if it can't mean what is in its slots."""
