"""Reads a question as a follow-up: on the last subject, on "him", or on the episodes just shown.

Words alone seldom tell whether "how much does rent cost" goes on from what was talked about. So a question that may is
read twice: by itself, as a `Request`, and as a follow-up, as its `closer`. Which of the two is answered depends on what
is found (`bot/answering/readings.py`). Only if the words leave no doubt, as in "does it scale", is the last subject put
into the question itself. Sentences that do nothing but refer, such as "who said it first", are completed in
`following.py`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from bot.understanding.conversation import Thread
from bot.understanding.following import Following
from bot.understanding.guessing import has_hardly_a_subject
from bot.understanding.handlers.back_to_subject import ON_THAT
from bot.understanding.handlers.what_about import GOING_ON
from bot.understanding.matching import Read
from bot.understanding.meaning import Meaning
from bot.understanding.names import Names
from bot.understanding.request import EVERYWHERE, Closer, Request, Where
from bot.understanding.sentences import Lexicon
from bot.understanding.text import Text, plain
from bot.understanding.wants import Ask, Compare
from knowledge.search.rarity import is_everyday
from knowledge.search.words import carries

_OWN_WORDS: Final = 3
"""Maximum number of content words of a question that may leave out the last subject."""
_TELLING_OF_IT: Final = 2
"""Minimum number of telling words of a question about "it" for it to be understood without the last subject."""
_OF_IT: Final = "any_on_that"
"""The sentence that asks something about the last subject: "is it free"."""


@dataclass(frozen=True, slots=True)
class FollowUps:
    """Reads the follow-ups of one message on what came before it."""

    _lexicon: Lexicon
    _names: Names
    _before: Thread
    _meaning: Meaning

    @property
    def _following(self) -> Following:
        return self._meaning.following

    def going_on(self, alone: Read) -> Read:
        """Add to a question, read by itself, what it surely or perhaps goes on from."""
        read = self._on_that(alone)
        if read.request.want is Ask.SAID and read.request.where == EVERYWHERE:
            # The episode talked about last, to try if nothing answers elsewhere: "what about wish?".
            read = replace(read, request=replace(read.request, nearby=self._meaning.referents.there))
        if read.request.want is Ask.DESCRIBED and read.request.where == EVERYWHERE and self._show:
            return replace(read, request=replace(read.request, where=self._show))
        return self._closer(read, alone)

    @property
    def _show(self) -> Where | None:
        """The show that was talked about, if no subject was."""
        where = self._before.where
        return where if where.show and not (where.episode or self._before.subject) else None

    def _on_that(self, read: Read) -> Read:
        """Replace "it" with the last subject: "does it scale?" after a question about caches."""
        alone = read.request.want is Ask.SAID and read.want not in ON_THAT
        joined = self._following.on_that(read.request) if alone and self._meaning.refers(read.text) else None
        if not joined and self._is_of_it(read.text) and (alone or isinstance(read.request.want, Compare)):
            joined = self._following.of_it(read.request, self._lexicon.it, claims=self._claims(read.text))
        if not joined and not read.want:
            joined = self._left_open(read)
        return replace(read, request=joined) if joined else read

    def _left_open(self, read: Read) -> Request | None:
        """Ask a question without a subject on the last one: "how much is too much"; None for other questions."""
        if read.request.people and self._is_of_him(read.text) and not self._meaning.refers(read.text):
            return None  # "does he get paid" is about him
        asks = self._asks(read.text) and all(map(is_everyday, filter(carries, read.text.plain)))
        return self._following.left_open(read.request) if asks else None

    def _closer(self, read: Read, alone: Read) -> Read:
        """Note the same question about what was just shown, if it is about "him" or was `alone` without a subject."""
        of_him = bool(alone.request.people) and self._is_of_him(alone.text)
        read, asked = self._beyond_that(read, alone, of_him=of_him)
        of_it = alone.want == _OF_IT and self._meaning.refers(alone.text)
        by_him = alone.want in ON_THAT and bool(asked.people)  # "and what did Ann think"
        goes_on = of_him or of_it or by_him or read.request.subject != alone.request.subject
        if self._is_of_a_mood(alone) and (felt := self._following.left_open(alone.request)):
            asked, goes_on = replace(felt, clauses=()), True
            read = replace(read, request=replace(read.request, about=asked.subject))
        if read.request.want is not Ask.SAID or read.request.where != EVERYWHERE:
            return read
        if not goes_on:
            return self._loosely_closer(read)
        there = self._meaning.referents.shown(asked.people)
        if not (asked.subject and there):
            return read
        about, words_of = "" if of_him or by_him else self._before.subject, of_him or asked.words_of
        closer = replace(asked, where=there, about=about, otherwise=None, nearby=None, words_of=words_of)
        surely = not (by_him and asked.people[0].has_many_episodes)
        return replace(read, request=replace(read.request, closer=Closer(closer, surely=surely)))

    def _beyond_that(self, read: Read, alone: Read, *, of_him: bool) -> tuple[Read, Request]:
        """Return what to ask everywhere and what to ask of the episodes shown, where the last subject is no news."""
        asked, beyond = alone.request, self._following.beyond_that(alone.request.subject)
        if beyond != asked.subject:
            asked = replace(asked, subject=beyond, clauses=())
            if of_him and not asked.people[0].has_many_episodes:  # nor is it news in a guest's words
                read = replace(read, request=replace(read.request, subject=beyond, clauses=()))
        telling = [word for word in plain(beyond).split() if carries(word) and not is_everyday(word)]
        if not of_him and len(telling) < (_TELLING_OF_IT if self._meaning.refers(alone.text) else 1):
            asked = read.request  # "is it free" and "why did Ann switch to it" say too little by themselves
        return read, asked

    def _loosely_closer(self, read: Read) -> Read:
        """Note an open question of few words with the last subject, which it may leave out.

        "It" and "there" are that subject: "can I use it at work". "What about trucks" may be about trucks alone.
        """
        request, goes_on = replace(read.request, nearby=None), read.want in GOING_ON
        last = self._before.subject
        if (read.want and not goes_on) or request.people or request.about == last:
            return read
        closer: Closer | None = None
        points, joined = self._points_to_it(read.text), self._following.on_that(request, _OWN_WORDS)
        there = self._meaning.referents.shown(())
        if joined and (points or (goes_on and not self._names.has_much_on(request.subject))):
            closer = Closer(joined, surely=points)
        elif joined and there and not goes_on and self._asks(read.text):
            closer = Closer(replace(request, where=there, about=last), surely=False)
        elif show := self._show:
            closer = Closer(replace(request, where=Where(within=show.within)), surely=False)
        about = last if points and joined else read.request.about  # the conversation stays on "it"
        return replace(read, request=replace(read.request, about=about, closer=closer))

    def _is_of_him(self, text: Text) -> bool:
        return not self._lexicon.he.isdisjoint(text.plain)

    def _asks(self, text: Text) -> bool:
        return not self._lexicon.interrogative.isdisjoint(text.plain)

    def _points_to_it(self, text: Text) -> bool:
        """Tell whether a text points to the last subject: by "it", by "that" or "there", or by "I mean"."""
        by_it = self._meaning.refers(text) and not self._is_idle(text)
        return by_it or bool(self._lexicon.pointing.search(text.coded))

    def _is_of_a_mood(self, read: Read) -> bool:
        """Tell whether a question asks how somebody was, which depends on what about: "was Ann worried"."""
        begins = next((word for word in read.text.plain if word not in self._lexicon.joints), "")
        alone = len(read.request.subject.split()) == 1 and len(read.request.people) == 1
        return begins in self._lexicon.were and alone and read.text.written.endswith(read.request.subject)

    def _is_of_it(self, text: Text) -> bool:
        """Tell whether a question is about "it": "how hard is it compared to farming", "it takes a year, right?"."""
        of_it = self._claims(text) or self._lexicon.of_it.search(text.coded)
        return bool(of_it) and not self._is_idle(text)

    def _is_idle(self, text: Text) -> bool:
        """Tell whether "it" stands for nothing: "is it hard to learn rust"."""
        return bool(self._lexicon.idle_it.search(text.coded)) and not has_hardly_a_subject(text)

    def _claims(self, text: Text) -> bool:
        """Tell whether a text says something about "it" to have that confirmed: "it takes a year, right?"."""
        return bool(self._lexicon.of_it_first.match(text.coded)) and text.plain[-1] in self._lexicon.tag
