"""Takes off an aside that asks nothing but names what the question after it is about: "love Ann, when was she on?".

Other asides are left out where a question is divided (`dividing.py`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Final

from bot.port.messages import EpisodeId
from bot.understanding.conversation import Thread
from bot.understanding.matching import Matcher
from bot.understanding.names import EPISODE, NAMES, PERSON, SHOW, Names
from bot.understanding.request import Somebody
from bot.understanding.sentences import Lexicon
from bot.understanding.text import Pause, Text
from bot.understanding.wants import WhichEpisode

_LONGEST: Final = 3
"""Maximum number of parts between pauses that an aside may have."""


@dataclass(frozen=True, slots=True)
class Aside:
    """What an aside names.

    Attributes:
        question: the text after it.
        person: the name of "him" in the question; empty if the aside names a place.
        place: the show, or the id of the episode, that the question is about; empty if the aside names a person.
        unclear: the episodes that may be meant, if there are several with its number.
    """

    question: Text
    person: str = ""
    place: str = ""
    unclear: WhichEpisode | None = None

    @property
    def begun(self) -> Thread:
        """The conversation as the aside begins it."""
        return Thread(people=(self.person,) if self.person else ())


@dataclass(frozen=True, slots=True)
class Asides:
    """Finds the asides in one message; `_before` is the episode talked about last."""

    _lexicon: Lexicon
    _names: Names
    _matcher: Matcher
    _before: EpisodeId | None

    def of(self, text: Text) -> Iterator[Aside]:
        """Yield what each part before a pause names, if it asks nothing and a question without a name follows."""
        pauses = (at + 1 for at, word in enumerate(text.words[:-1]) if word.pause is not Pause.NONE)
        for at in islice(pauses, _LONGEST):
            aside, question = text.part(0, at), text.part(at, len(text.words))
            named = not NAMES.isdisjoint(question.plain) or NAMES.issuperset(aside.plain)
            if not named and self._asks(question) and not self._is_asked(aside):
                yield from self._named(aside, question)

    def _asks(self, text: Text) -> bool:
        return not (self._lexicon.interrogative | self._lexicon.opening).isdisjoint(text.plain[:2])

    def _is_asked(self, aside: Text) -> bool:
        """Tell whether an aside asks something after all: "any episodes with Ann"."""
        read = self._matcher.match(aside)
        return self._asks(aside.part(0, 1)) or (read is not None and read.definite)

    def _named(self, aside: Text, question: Text) -> Iterator[Aside]:
        people = {str(person.name) for person in self._people(aside)}
        if people and not self._lexicon.he.isdisjoint(question.plain):
            yield from (Aside(question, person=each) for each in people if len(people) == 1)
            return
        _, place = self._matcher.limited(aside)
        shows = {str(word.named) for word in aside.words if word.plain == SHOW}
        if place.where.episode:
            yield Aside(question, place=place.where.episode)
        elif place.unclear and place.unclear.number:
            yield Aside(question, unclear=place.unclear)
        elif len(shows) == 1 and EPISODE not in aside.plain:
            yield Aside(question, place=shows.pop())
        elif not shows and (number := self._heard(aside)):
            yield from self._numbered(number, question)

    def _people(self, aside: Text) -> Iterator[Somebody]:
        """Yield the people named in full, or else the regulars named by their first names."""
        if PERSON in aside.plain:
            yield from (word.named for word in aside.words if isinstance(word.named, Somebody))
            return
        yield from filter(None, map(self._names.regular, aside.plain))

    def _heard(self, aside: Text) -> str | None:
        """Return the number at the end of an aside on what somebody has listened to: "just finished 126"."""
        last = aside.plain[-1]
        heard = self._lexicon.heard.search(aside.coded)
        return last if heard and heard.end() == len(aside.words) - 1 and last.isdecimal() else None

    def _numbered(self, number: str, question: Text) -> Iterator[Aside]:
        """Yield the episode with a number, of the show talked about if there are several."""
        every = self._names.shows.numbered(number, None, None)
        show = self._names.shows.show_of(self._before) if self._before else None
        theirs = tuple(each for each in every if each.show == show) or every
        if len(theirs) == 1:
            yield Aside(question, place=theirs[0].id)
        elif theirs:
            yield Aside(question, unclear=WhichEpisode(number, theirs))
