"""Reads the words of one turn in its conversation: tries, in order, each way in which people ask.

What comes before that, such as spelling and names, and what is noted afterwards, is in `reader.py`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from bot.port.messages import EpisodeId
from bot.understanding.asides import Asides
from bot.understanding.compound import Compound
from bot.understanding.conversation import Thread
from bot.understanding.dividing import Divider
from bot.understanding.fallback import Fallback
from bot.understanding.follow_ups import FollowUps
from bot.understanding.matching import Matcher, Read
from bot.understanding.meaning import Meaning
from bot.understanding.names import PERSON, Names
from bot.understanding.request import EVERYWHERE, Request, Somebody
from bot.understanding.sentences import Language, Lexicon
from bot.understanding.slots import tells
from bot.understanding.text import Pause, Text
from bot.understanding.wants import Ask, CheckQuote, Courtesy, Social, WhoSaid

_WORDS_OF_AN_ASIDE: Final = 4
"""Number of words after a name from which they are more than a description such as "Petra, the queen breeder"."""
_WORDS_LEFT_OUT: Final = 3
"""Maximum number of words to leave out of a subject."""


class Turn:
    """Reads one turn.

    Attributes:
        asides: finds what comes before the question and names what it is about.
    """

    def __init__(
        self,
        lexicon: Lexicon,
        spoken: Sequence[Language],
        names: Names,
        before: Thread,
        given: EpisodeId | None,
        show: str | None,
    ) -> None:
        """Prepare to read what is said after `before`; the other arguments are those of `Matcher`."""
        self._lexicon = lexicon
        self._meaning = Meaning(lexicon, names, before)
        self._matcher = Matcher(lexicon, spoken, names, self._meaning, before.episode, given, show)
        self._fallback = Fallback(lexicon, before, self._meaning, self._matcher)
        self._follow_ups = FollowUps(lexicon, names, before, self._meaning)
        self._divider = Divider(lexicon, names, self._matcher, self._fallback.anything)
        self.asides = Asides(lexicon, names, self._matcher, before.episode)

    def read(self, text: Text) -> Sequence[Read]:
        """Read the questions in a text, at most three."""
        if not text.words:
            return [Read(Request(Social(Courtesy.NOTHING), ""), text, 0)]
        if described := self._described(text):
            return [described]
        found = self._divider.questions(text)
        if len(found) > 1:
            return found
        read = found[0] if found else self._elsewhere(text) or self._fallback.guessed(text)
        return [self._follow_ups.going_on(read or self._fallback.anything(text))]

    def is_definite(self, text: Text) -> bool:
        """Tell whether a text asks only for something definite, and about no subject of its own."""
        found = self._divider.questions(text)
        return bool(found) and all(each.is_all and not each.request.subject for each in found)

    def without_besides(self, text: Text) -> tuple[Text, str]:
        """Take what to leave out ("besides rye", ", not wheat") off a text, and return both."""
        whole = self._matcher.match(text)
        if whole and whole.request.want not in {Ask.SAID, Ask.EPISODES_ON}:
            return text, ""
        for found in self._lexicon.besides.finditer(text.coded):
            begin, end = found.span()
            ends = (at for at in range(end, len(text.words)) if _ends_there(text, at, self._lexicon))
            left = text.part(end, next(ends, end - 1) + 1)
            rest = text.without(begin, end + len(left.words))
            goes_on = self._lexicon.and_not.issuperset(text.plain[begin:end]) and not text.words[begin - 1].pause
            if not goes_on and 0 < len(left.words) <= _WORDS_LEFT_OUT and tells(left) and tells(rest):
                return rest, left.written
        return text, ""

    def compound(self, text: Text) -> Compound | None:
        """Divide a text that asks about a subject and goes on to ask about "it"; None for other texts."""
        for cut in self._divider.cuts(text):
            if not self._refers(cut.after) or self._refers(cut.before) or not tells(cut.before):
                continue
            begun = self._matcher.match(cut.before) or self._divider.after_an_aside(cut.before)
            if begun and _is_of_something(begun):
                whole = self._matcher.match(text)
                is_one = whole is not None and whole.definite and whole.open_words <= begun.open_words
                if is_one and not begun.names_alone:
                    return None
                return Compound(self._lexicon, begun, cut.after, self._divider.begins(cut.after))
        return None

    def _refers(self, text: Text) -> bool:
        from_there = self._lexicon.from_there.search(text.coded) or self._lexicon.elliptical.fullmatch(text.coded)
        return bool(from_there) or self._meaning.points_back(text)

    def _described(self, text: Text) -> Read | None:
        """Read a description that ends in "which ep?" or "whats it called?" as a search for it, not for a fact."""
        lexicon = self._lexicon
        named = any(word.plain == PERSON for word in text.words)
        who = ((lexicon.who_called, False),) if not named else ()
        for ends, of_somebody in ((lexicon.which_episode, True), (lexicon.what_called, False), *who):
            found = ends.search(text.coded)
            told = text.part(0, found.start()) if found else None
            if told and (read := self._as_described(text, told, of_somebody=of_somebody)):
                return read
        return None

    def _as_described(self, text: Text, told: Text, *, of_somebody: bool) -> Read | None:
        """Read a description; None if it asks something itself."""
        read, whole = self._matcher.match(told), self._matcher.match(text)
        if read and isinstance(read.request.want, WhoSaid | CheckQuote):
            return read  # its answer names the episode as well
        if read and read.request.want in {Ask.EPISODES_ON, Ask.GUEST_FROM}:
            return read  # "the one where they move the hives, which number?"
        if whole and whole.request.want in {Ask.EPISODES_ON, Ask.GUEST_FROM, Ask.DESCRIBED}:
            return whole
        if not tells(told) or (read and (read.definite or read.request.want is not Ask.SAID)):
            return None
        first, *others = told.words
        bare = read is None or not read.request.subject
        if of_somebody and bare and isinstance(first.named, Somebody) and len(others) < _WORDS_OF_AN_ASIDE:
            return Read(Request(Ask.WITH_PERSON, text.written, "", EVERYWHERE, (first.named,)), text, 0, "with_person")
        return read or self._fallback.anything(told)

    def _elsewhere(self, text: Text) -> Read | None:
        """Read a message that only moves the last question elsewhere: "and from 2021?", "only on Hive Talk please"."""
        base = Request(Ask.SAID, text.written)
        if there := self._meaning.following.in_year(base, text.plain):
            return Read(there, text, 0, "follow")
        kept, place = self._matcher.limited(text)
        asks = self._lexicon.asks.search(kept.coded) and not self._lexicon.moving_on.fullmatch(kept.coded)
        if asks or tells(kept) or len(kept.words) == len(text.words):
            return None
        request = self._meaning.following.elsewhere(replace(base, where=place.where))
        return Read(request, text, 0, "follow") if request else None


def _is_of_something(read: Read) -> bool:
    """Tell whether a part has a subject or a person of its own."""
    named = any(word.plain == PERSON for word in read.text.words) or bool(read.request.people)
    return named or bool(read.request.subject and read.request.subject in read.text.written)


def _ends_there(text: Text, at: int, lexicon: Lexicon) -> bool:
    """Tell whether what to leave out ends with this word: a name, or the last before a pause, a question or the end."""
    word, after = text.words[at], text.plain[at + 1 : at + 2]
    return bool(word.named) or word.pause is not Pause.NONE or not after or after[0] in lexicon.interrogative
