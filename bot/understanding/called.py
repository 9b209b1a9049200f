"""Finds who is meant by the words in a sentence's slot for a person: a name, part of one, or "he".

The names themselves are in `people.py`; what is asked about them is read in `about_people.py`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from bot.port.messages import EpisodeId
from bot.understanding.names import NAMES, Names
from bot.understanding.people import undotted
from bot.understanding.referents import Referents
from bot.understanding.request import Somebody, Where
from bot.understanding.sentences import Lexicon
from bot.understanding.slots import Slots
from bot.understanding.text import Pause, Text, Word
from knowledge.search.rarity import is_everyday
from knowledge.search.words import carries

_LONGEST_NAME: Final = 4
"""Maximum number of words of a name."""


@dataclass(frozen=True, slots=True)
class Called:
    """Finds the people in one question; `_episode` is the one talked about last."""

    _lexicon: Lexicon
    _names: Names
    _referents: Referents
    _episode: EpisodeId | None

    def people(self, slots: Slots, where: Where) -> tuple[Somebody, ...] | None:
        """Return everybody in the slots for people; None if one holds nobody's name."""
        found: list[Somebody] = []
        for name in ("person", "person_", "anyone", "fullname"):
            for words in self._each(slots.part(name).words) if slots.has(name) else ():
                person = self.one(words, where) or self._beside(words, found)
                if person is None and name == "anyone" and not slots.mentions(self._lexicon.he):  # "does he have kids"
                    person = self._stranger(words, slots)
                if person is None:
                    return None
                found.append(person)
        if not found and slots.mentions(self._lexicon.he):
            found += self._referents.he
        return tuple(found)

    def _each(self, words: tuple[Word, ...]) -> Iterator[tuple[Word, ...]]:
        """Divide "Ann, Bob and Cora" into the three names."""
        begin, last = 0, len(words) - 1
        for at, word in enumerate(words):
            joins = word.plain in self._lexicon.joints
            if at < last and (word.pause is Pause.COMMA or (joins and at)):
                if name := words[begin : at if joins else at + 1]:
                    yield name
                begin = at + 1
        yield words[begin:]

    def one(self, words: Sequence[Word], where: Where) -> Somebody | None:
        """Return who is meant by the words of a slot for a person; None if they are nobody's name."""
        words = self.untitled(words)
        if len(words) == 1 and isinstance(words[0].named, Somebody):
            return words[0].named
        if len(words) == 1 and words[0].plain in self._lexicon.he:
            return next(iter(self._referents.he), None)
        if len(words) > _LONGEST_NAME:
            return None
        plain, episode = [word.plain for word in words], where.episode or self._episode
        whence = next((at for at, word in enumerate(plain) if at and word in self._lexicon.whence), len(plain))
        called = self._names.people.called
        person = called(plain, episode) or (called(plain[:whence], episode) if whence < len(plain) - 1 else None)
        there = [each for each in person.all if any(where.has(one.id) for one in each.episodes)] if person else []
        return there[0] if len(there) == 1 else person

    def _beside(self, words: Sequence[Word], found: Sequence[Somebody]) -> Somebody | None:
        """Return whom part of a name means in an episode of the guest named before: "Ann Lee and Ray"."""
        if not found or found[0].has_many_episodes or len(words) > 1 or is_everyday(words[0].plain):
            return None
        likely = (self._names.people.called([words[0].plain], each.id) for each in found[0].episodes)
        return next((each for each in likely if each and each.known), None)

    def untitled(self, words: Sequence[Word]) -> Sequence[Word]:
        """Leave out the titles before a name, such as "Dr.", and "himself" after it."""
        begin = next((at for at, word in enumerate(words) if word.plain not in self._lexicon.titles), 0)
        end = len(words) - (len(words) > 1 and words[-1].plain in self._lexicon.selves)
        return words[begin:end]

    def _stranger(self, words: Sequence[Word], slots: Slots) -> Somebody | None:
        """Take words for the name of somebody the library doesn't know; None if they can't be a name."""
        if any(self._names.is_generic(word.plain) or word.plain in NAMES or not carries(word.plain) for word in words):
            return None
        if words[-1].plain in self._lexicon.groups:
            return None
        bare = self.untitled(words)
        typed = [_as_name(slots.source(each)) for each in ((words, bare) if len(bare) == 1 else (bare,))]  # "Dr. Dre"
        name, *labels = dict.fromkeys((*typed, *map(undotted, typed)))
        return Somebody(name, labels=tuple(labels))

    def in_full(self, text: Text, slots: Slots, people: Sequence[Somebody]) -> str:
        """Write a text with partial names completed."""
        written = text.written
        filled = (
            each for name in ("person", "anyone") if slots.has(name) for each in self._each(slots.part(name).words)
        )
        for words, person in zip(filled, people, strict=False):
            typed = text.text[words[0].begin : words[-1].end]
            short = not any(word.named for word in words) and words[0].plain not in self._lexicon.he
            if short and person.known and " " in person.name:
                written = written.replace(typed, f"{person.name}{_owned(typed, person.name)}", 1)
        return written


def _as_name(typed: str) -> str:
    """Return a name without a possessive ending, and capitalised if it was typed in lower case."""
    bare = typed.removesuffix("'s").removesuffix("’s")
    return bare if typed != typed.casefold() else bare.title()


def _owned(typed: str, name: str) -> str:
    """Return the ending that a completed name needs: "'s" if "anns" becomes "Ann Lee's"."""
    return "'s" if typed.casefold().endswith("s") and not name.casefold().startswith(typed.casefold()) else ""
