"""Reads a text that fits no sentence: as the models guess if they are sure, otherwise as a search for its words.

The models' guesses are in `guessing.py`, how such a text is divided into clauses in `clauses.py`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from bot.understanding.clauses import anything, divided
from bot.understanding.conversation import Thread
from bot.understanding.guessing import OF_SOMEBODY, about, guessed, leaves_the_subject_to, subject_of
from bot.understanding.intents import Intents
from bot.understanding.matching import Matcher, Read
from bot.understanding.meaning import Meaning
from bot.understanding.request import Request
from bot.understanding.sentences import Lexicon
from bot.understanding.slots import without_article
from bot.understanding.templates import Match
from bot.understanding.text import Pause, Text, plain
from bot.understanding.wants import Ask, CheckQuote, FactKind, FactOf, Guests, Want
from knowledge.search.words import carries, split

_EXPLAINING: Final = "explain"
"""The sentence that asks only for a subject, however it is phrased: "explain rye to me like I'm five"."""
DEFINING: Final = frozenset({"what_is", _EXPLAINING})
"""Sentences that ask for a definition of the subject."""
_THE_GUEST: Final = FactOf(FactKind.GUEST)


@dataclass(frozen=True, slots=True)
class Fallback:
    """Reads the parts of one message that fit no sentence."""

    _lexicon: Lexicon
    _before: Thread
    _meaning: Meaning
    _matcher: Matcher

    def guessed(self, text: Text) -> Read | None:
        """Read a text as the models guess, if they are sure.

        If they guess a question about the episode or the chat, we still search for the words first: "AGI?" is no
        greeting. A clause that fits a sentence beats a guess.
        """
        clauses = list(divided(text, Pause.COMMA))
        if len(clauses) > 1 and any(map(self._asks_what_was_said, clauses)):
            return None
        kept, place = self._matcher.limited(text)
        # The place is no part of the subject: "copilot ... on Go Time".
        asked = kept if kept.words else text
        match = guessed(asked, begins=not self._before.begun)
        if match is None or _takes_little(match, asked):
            return None
        of_others = not self._lexicon.groups.isdisjoint(asked.plain) or self._lexicon.no_guest.search(asked.coded)
        if not match.slots and of_others:
            return None  # "how many women were guests", "who is the guest star in Friends"
        request = self._meaning.request(match, asked, text, place, None)
        if request is None:
            return None
        tried = self._tried_first(request, match, asked, clauses)
        if tried is None:
            return Read(request, text, len(text.words), match.want)
        want, otherwise = tried
        read = self.anything(text)
        people = read.request.people or request.people
        return replace(read, request=replace(read.request, want=want, otherwise=otherwise, people=people))

    def _tried_first(
        self, request: Request, match: Match, asked: Text, clauses: Sequence[Text]
    ) -> tuple[Want, Want | None] | None:
        """Return what to try before a guess, and what otherwise; None if the guess is good enough by itself."""
        want = request.want
        if want is Ask.QUOTE and not request.people and any(leaves_the_subject_to(*each) for each in pairwise(clauses)):
            return Ask.SAID, None
        if not match.slots or want is Ask.EPISODES_ON or _is_about_more(match, asked):
            ranks = isinstance(want, Guests) and not self._lexicon.numbering.isdisjoint(asked.plain)
            names = isinstance(want, Guests) or want == _THE_GUEST
            described = names and not ranks and not all(map(Intents.load().is_common, filter(carries, asked.plain)))
            # "Which guest was the blind programmer" doesn't ask for the newest or the most frequent guest.
            return Ask.SAID, None if described else want
        return (want, Ask.SAID) if isinstance(want, CheckQuote) and "quoted" not in match.slots else None

    def _asks_what_was_said(self, clause: Text) -> bool:
        read = self._matcher.match(clause)
        return read is not None and read.want == "said" and bool(read.request.subject)

    def anything(self, text: Text) -> Read:
        """Read a text as a search for its words; "he" is the person asked about last."""
        kept, place = self._matcher.limited(text)
        asks = not (self._lexicon.interrogative | self._lexicon.opening).isdisjoint(kept.plain)
        if len(kept.words) > 1 and kept.plain[-1] in self._lexicon.tag and not asks:
            kept = kept.part(0, len(kept.words) - 1)  # "it takes 21 days, right?"
        defining = self._defining(kept)
        if defining and defining.want == _EXPLAINING:
            text = kept = _with_the_word_before(kept, defining.request.subject)
        request = anything(self._lexicon, text, kept, place)
        if defining and defining.request.people and not request.people:
            request = replace(request, people=defining.request.people, subject=defining.request.subject, words_of=True)
        if clause := subject_of(kept):
            request = replace(request, clauses=(*request.clauses, clause))
        term = defining.request.subject if defining else ""
        request = replace(request, term=term)
        # "What is X good for" is about X, and "what is the CAP theorem" about all of the term.
        is_name = bool(term) and all(map(carries, without_article(Text.of(term), self._lexicon.article).plain))
        if not (is_name or self._lexicon.interrogative.isdisjoint(kept.plain)):
            request = replace(request, about=about(kept))
        if not (request.people or self._lexicon.he.isdisjoint(text.plain)):
            request = self._of_him(replace(request, people=self._meaning.referents.he))
        return Read(request, text, len(text.words))

    def _of_him(self, request: Request) -> Request:
        """Name somebody who never speaks in a question about "him": others' words on that have the name."""
        person = request.person
        if person is None or person.candidates:
            return request
        words = (person.name if plain(word) in self._lexicon.he else word for word in request.subject.split())
        return replace(request, subject=" ".join(words), people=())

    def _defining(self, text: Text) -> Read | None:
        """Read a text, or one clause of it, that asks for a definition; None if it doesn't."""
        parts = list(divided(text, Pause.COMMA))
        # "What's rye, in two sentences", but not "explain like I'm five: rye".
        first = [part for part in parts[:1] if (read := self._matcher.match(part)) and read.want != _EXPLAINING]
        for part in (*self._before_more(text), *first, text, *parts):
            read = self._matcher.match(part)
            if read and read.want in DEFINING and any(map(carries, split(read.request.subject))):
                return read
        return None

    def _before_more(self, text: Text) -> Iterator[Text]:
        """Yield what comes before another question: "what is Go" in "what is Go and is it fast"."""
        for found in self._lexicon.joint.finditer(text.coded):
            after = text.plain[found.end() : found.end() + 1]
            if found.start() and not self._lexicon.interrogative.isdisjoint(after):
                yield text.part(0, found.start())


def _with_the_word_before(text: Text, subject: str) -> Text:
    """Cut a subject and the word before it out of a text: "explain closures" finds who explains them."""
    begin = text.written.find(subject)
    before = text.written[:begin].split()[-1:] if begin > 0 else []
    return Text.of(" ".join((*before, subject)))


def _is_about_more(match: Match, text: Text) -> bool:
    """Tell whether a guess about a person leaves content words unused: "what did Ann do to her roof"."""
    return match.want in OF_SOMEBODY and any(map(carries, _left(match, text)))


def _takes_little(match: Match, text: Text) -> bool:
    """Tell whether a guess that asks who said some words leaves most content words unused."""
    telling = [word for word in text.plain if word.islower() and carries(word)]
    left = [word for word in _left(match, text) if carries(word)]
    return match.want == "who_said" and len(left) > len(telling) / 2


def _left(match: Match, text: Text) -> list[str]:
    """List the words, other than names, that a guess doesn't use."""
    taken = {at for begin, end in match.slots.values() for at in range(begin, end)}
    return [word for at, word in enumerate(text.plain) if at not in taken and word.islower()]
