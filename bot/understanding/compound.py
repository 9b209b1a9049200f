"""Reads the questions of one message together, where one refers to another: "who is the guest, and is he on Hive Talk".

Where a message is divided is decided in `dividing.py`, how the parts are read in `turn.py`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Final

from bot.understanding.conversation import Thread
from bot.understanding.fallback import DEFINING
from bot.understanding.handlers.what_about import GOING_ON
from bot.understanding.matching import Read
from bot.understanding.names import NAMES
from bot.understanding.request import EVERYWHERE, Request, Where
from bot.understanding.sentences import Lexicon
from bot.understanding.text import Text, plain
from bot.understanding.wants import (
    Ask,
    CheckQuote,
    Compare,
    Count,
    FactKind,
    FactOf,
    Group,
    Measure,
    MostOften,
    Want,
    WhichEpisode,
)
from knowledge.search.words import carries

ALL_OF_IT: Final = FactOf(FactKind.SUMMARY)
"""Asks what everything is about, which is less specific than any other question."""
_MOST_QUESTIONS: Final = 3
"""Maximum number of questions of a message to answer."""
_TELLS_WHO: Final = frozenset({"made_by", "maker_on", "role_in", "role_on", "guest_from", "guy_of", "guest"})
"""Sentences whose answer names the person who is "he" in the rest of the message."""


@dataclass(frozen=True, slots=True)
class Compound:
    """A message that asks about a subject, and goes on to ask about "it" or "him".

    Attributes:
        begun: what it asks first.
        rest: the words after that.
        asks: whether these start like a question.
    """

    _lexicon: Lexicon
    begun: Read
    rest: Text
    asks: bool

    @property
    def has_to_wait(self) -> bool:
        """Whether only the answer to the first part tells who "he" is in the rest."""
        return self.begun.want in _TELLS_WHO and self.asks and not self._lexicon.he.isdisjoint(self.rest.plain)

    def continued(self, before: Thread) -> Thread:
        """Return the conversation as its first part leaves it."""
        request = self.begun.request
        people = tuple(person.name for person in request.people)
        return replace(before, subject=request.subject, people=people, within_message=True)

    def with_the_rest(self, rest: Sequence[Read]) -> Sequence[Read] | None:
        """List what both parts ask, given what the rest asks; None if they are better read as one question."""
        begun, subject = self.begun, self.begun.request.subject
        if _turns_to_somebody(begun):
            return rest
        # "Who made X and why is it cheap" are two questions, and "what about X and why is it cheap" is one.
        of_one = bool(subject) and not isinstance(begun.request.want, Compare)
        names_it = of_one and begun.definite and begun.asks_by_itself
        apart = self.asks and names_it and not self._lexicon.it.isdisjoint(self.rest.plain)
        if not all(_is_definite(each) or (self.asks and _is_by_him(each)) or apart for each in rest):
            return None
        if apart:
            rest = [_named_in(each, subject, self._lexicon.it) for each in rest]
        # "Petra, when did she start?" asks nothing by the name.
        return rest if begun.names_alone else together([_defining(begun), *rest])


def _turns_to_somebody(read: Read) -> bool:
    """Tell whether a part only turns to somebody else: the name in "and Ann, what did she say" asks nothing."""
    subject = read.request.subject
    return read.want in GOING_ON and bool(read.request.people) and not (subject and subject in read.text.written)


def _defining(read: Read) -> Read:
    """Note the term if a part asks for its definition."""
    term = read.request.subject if read.want in DEFINING else ""
    return replace(read, request=replace(read.request, term=term)) if term else read


def _named_in(read: Read, subject: str, it: frozenset[str]) -> Read:
    """Replace "it" with the subject it stands for."""
    request = read.request
    words = plain(request.subject).split()
    if request.want is not Ask.SAID or it.isdisjoint(words):
        return read
    put = " ".join(subject if word in it else word for word in words)
    return replace(read, request=replace(request, subject=put, clauses=()))


def _is_definite(read: Read) -> bool:
    """Tell whether a part asks something definite about the subject of another."""
    return read.definite and read.asks_by_itself and read.request.want != ALL_OF_IT


def _is_by_him(read: Read) -> bool:
    """Tell whether a part asks what "he" said, or for everything he talks about."""
    return bool(read.request.people) and (read.request.words_of or read.request.want == ALL_OF_IT)


def without_repeats(found: Sequence[Read]) -> Iterator[Read]:
    """Leave out questions that only repeat another: "a line on rice? a quote, I mean"."""
    requests = [each.request for each in found]
    for at, each in enumerate(found):
        this, others = each.request, (*requests[:at], *requests[at + 1 :])
        again = any(_asked_for(other) == _asked_for(this) for other in requests[:at])
        listed = this.want == ALL_OF_IT and any(other.want is Ask.TOPICS for other in others)
        quoting = this.want is Ask.QUOTE and any(isinstance(other.want, CheckQuote) for other in others)
        bare = not this.subject and not this.people and not isinstance(this.want, FactOf)
        said_fully = (other.subject or other.people for other in others if _kind(other.want) == _kind(this.want))
        if not again and not listed and not (bare and (quoting or any(said_fully))):
            yield each


def _asked_for(request: Request) -> object:
    return request.want, request.subject, request.where, request.people


def together(found: Iterable[Read]) -> Sequence[Read]:
    """Complete several questions by those before them; return at most three."""
    return list(islice(_of_those_found(found), _MOST_QUESTIONS))


def _of_those_found(found: Iterable[Read]) -> Iterator[Read]:
    """Let each question refer to the one before: "which one is about rice, and who's the guest".

    After "how many mention rice", "and which episodes" asks for those that do, "and who the most" for the people who
    do, and "and on Night Bees" asks the same for that show.
    """
    before: Request | None = None
    for each in found:
        asked = each.request
        if before and before.subject and asked.want is Ask.EPISODES and _is_a_place(each):
            asked = replace(before, where=asked.where, text=asked.text)
        elif before and before.subject and not (asked.subject or asked.people or asked.where != EVERYWHERE):
            on_it = replace(asked, subject=before.subject, where=before.where)
            if isinstance(asked.want, FactOf) and (before.want is Ask.EPISODES_ON or isinstance(before.want, FactOf)):
                asked = on_it
            elif asked.want in {Ask.EPISODES, Ask.EPISODE_COUNT}:
                asked = replace(on_it, want=Ask.EPISODES_ON)
            elif isinstance(before.want, Count) and isinstance(most := asked.want, MostOften):
                asked = replace(on_it, want=Count(Measure.MENTIONS, Group.PERSON, top=most.top))
        elif before and before.where.show and asked.where == EVERYWHERE and isinstance(asked.want, WhichEpisode):
            asked = _of_show(asked, asked.want, before.where.show)
        yield replace(each, request=asked)
        before = asked


def _of_show(asked: Request, which: WhichEpisode, show: str) -> Request:
    """Ask for the one of several episodes that is from the show asked about before: "and what's the latest one"."""
    there = [each for each in which.episodes if each.show == show]
    if len(there) != 1:
        return asked
    return replace(asked, want=FactOf(FactKind.OVERVIEW), where=Where(there[0].id, show=show, named=True))


def _is_a_place(read: Read) -> bool:
    """Tell whether a part names only a place: "on Night Bees"."""
    return read.request.where != EVERYWHERE and not any(carries(word) for word in set(read.text.plain) - NAMES)


def _kind(want: Want) -> object:
    return want if isinstance(want, Ask) else type(want)
