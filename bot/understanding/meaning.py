"""Turns a matched sentence and its slots into a request.

What all sentences have in common is read here: subject, people, place, number. The rest is up to the handler that
`SENTENCES` has for each, by its name in the YAML files. Which sentence matches is found in `matching.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Final

from bot.understanding import wants
from bot.understanding.called import Called
from bot.understanding.conversation import Thread
from bot.understanding.entities import Place
from bot.understanding.following import Following
from bot.understanding.handlers import (
    about_people,
    back_to_answer,
    back_to_subject,
    claims,
    comparing,
    facts,
    roles,
    said,
    social,
    what_about,
)
from bot.understanding.handlers.context import Context, Handler, Inner, Sentence
from bot.understanding.handlers.counting import COUNTS, counted
from bot.understanding.names import SHOW, Names
from bot.understanding.referents import Referents
from bot.understanding.request import EVERYWHERE, Request, Somebody, Where
from bot.understanding.sentences import Lexicon
from bot.understanding.slots import Slots, is_pronoun, refers, tells, without_speakers
from bot.understanding.templates import Match
from bot.understanding.text import Text
from bot.understanding.wants import Ask
from knowledge.search.transcript import Side
from knowledge.search.words import carries

_SEVERAL: Final = 3
"""Number of quotes in "the best lines"."""
_ON_SUBJECTS: Final = frozenset({"all_episodes_on", "episodes_on", "everything", "first_on", "latest_on", "quote"})
"""Sentences whose subject may be "it", besides those that count."""
_FROM: Final = frozenset({"guests_from", "guest_from"})
"""Sentences whose subject may be "there", a company that was asked about."""
_SAYING: Final = frozenset({"said", "said_by", "everything", "summary", "of_that_by", "any_on_that", "with_person"})
"""Sentences that may be about the episode called "there"."""
_OF_A_NAME: Final = frozenset({"quote", "made_by", "maker_on", "role_in", "role_on"})
"""Sentences whose subject may be a name that is also a function word, such as "go"."""
_OF_NUMBERS: Final = frozenset({"chore", "who_said_number"})
"""Sentences with a number that is no episode's: "wake me at 9"."""
_OF_SHOWS: Final = frozenset({"episodes_of_each", "on_each_show"})
"""Sentences about several shows together."""

_WANTS: Final[Mapping[str, wants.Want]] = {
    **{ask.name.lower(): ask for ask in Ask},
    **dict.fromkeys(("explain", "what_is", "what_is_the"), Ask.SAID),
    "check_that": wants.CheckQuote(None),
    "who_said_that": wants.WhoSaid(None),
    **{f"who_said_{number}": wants.WhoSaid(None, nth=number) for number in range(1, 6)},
    "who_said_last": wants.WhoSaid(None, nth=-1),
    "before_that": wants.Beside(Side.BEFORE),
    "after_that": wants.Beside(Side.AFTER),
}
"""The want of each sentence that needs no handler of its own: its slots hold just a subject, a place and people."""


def _asking(sentence: Sentence, want: wants.Want) -> Request:
    return replace(sentence.base, want=want)


SENTENCES: Final[Mapping[str, Handler]] = {
    **{name: partial(_asking, want=want) for name, want in _WANTS.items()},
    **said.SENTENCES,
    **claims.SENTENCES,
    **comparing.SENTENCES,
    **about_people.SENTENCES,
    **roles.SENTENCES,
    **facts.SENTENCES,
    **what_about.SENTENCES,
    **back_to_subject.SENTENCES,
    **back_to_answer.SENTENCES,
    **social.SENTENCES,
}
"""The handler of each sentence, except those that ask for a number, which are in `counting.py`."""


class Meaning:
    """Turns the sentences of one question into requests, given its conversation."""

    def __init__(self, lexicon: Lexicon, names: Names, before: Thread) -> None:
        self._lexicon = lexicon
        self._names = names
        self._before = before
        self.referents = Referents(names, before)
        self.following = Following(names, before, self.referents)
        called = Called(lexicon, names, self.referents, before.episode)
        self._context = Context(lexicon, names, before, self.referents, self.following, called)

    def request(self, match: Match, text: Text, whole: Text, place: Place, inner: Inner | None) -> Request | None:
        """Turn a match into a request; None if the sentence can't mean what is in its slots.

        Args:
            match: the sentence, with the positions of its slots in `text`.
            text: the words that were matched.
            whole: the same with the words that limit the question to `place`.
            place: what the question is limited to.
            inner: reads what follows "and" or "what about".
        """
        slots = Slots(match, text)
        if self._has_it_as_subject(match.want, slots):
            if not self._before.subject:
                return None
            slots = Slots(match, text, Text.of(self._before.subject))
        where = self._where(place, slots)
        people = self._context.called.people(slots, where)
        count = self._count(match.want, slots)
        if people is None or not count:
            return None
        subject, named = _subject(slots)
        if match.want in _SAYING:
            subject, there = self._said_there(text, subject)
            where = self.referents.there or where if there and where == EVERYWHERE else where
        people = (*people, *named)
        in_full = self._context.called.in_full(whole, slots, people)
        whether, points_back = self._asks_whether(text), self.points_back(text)
        base = Request(
            Ask.SAID, in_full, subject.written, where, people, whether=whether, points_back=points_back, count=count
        )
        return self._placed(Sentence(match.want, slots, subject, named, place, inner, base, self._context), whole)

    def _count(self, name: str, slots: Slots) -> int:
        """Return the number that a question asks for, 1 if it gives none; 0 if what it gives is no number."""
        if slots.has("count"):
            return int(slots.count("count", self._lexicon.numbers) or 0)
        return _SEVERAL if name == "quote" and slots.mentions(self._lexicon.several_quotes) else 1

    def _placed(self, sentence: Sentence, whole: Text) -> Request | None:
        """Return the request of a sentence, on the places named in the `whole` question."""
        name, unclear = sentence.name, sentence.place.unclear
        if unclear and unclear.number is not None and name not in _OF_NUMBERS:
            picks = name == "overview" and not unclear.episodes
            if picks and back_to_answer.is_listed(self._context, unclear.number):
                return replace(sentence.base, want=wants.Pick(int(unclear.number)))
            return replace(sentence.base, want=unclear)
        if name in _OF_SHOWS or sentence.slots.has(wants.Group.SHOW.name):
            shows = tuple(dict.fromkeys(str(word.named) for word in whole.words if word.plain == SHOW))
            around = sentence.place.where
            if len(shows) > 1:
                sentence = sentence.at(self._names.shows.together(shows, around.season, around.year))
        return self._counted(sentence) if name in COUNTS else self._about(sentence)

    def _about(self, sentence: Sentence) -> Request | None:
        """Return the request of a sentence, on its subject and the people named in it."""
        name, subject, named, base = sentence.name, sentence.subject, sentence.named, sentence.base
        if name in said.WORDS_OF and named and not subject.words and len(base.people) > len(named):
            # "What does Ann think of Bob Ray", whom she calls Bob.
            called = " ".join(each.name.partition(" ")[0] for each in named)
            return replace(base, subject=called, people=base.people[: -len(named)], words_of=True)
        if name == "said" and named and not subject.words:
            base = replace(base, about_people=True)
            sentence = replace(sentence, base=base)
        has_subject, where = sentence.slots.has("subject"), base.where
        if where.episode and where != sentence.place.where and base.people and has_subject and not tells(subject):
            return self.following.words_on_that(base) or replace(base, want=Ask.LINES, subject="")
        told = tells(subject) or named or name in what_about.GOING_ON or self._is_a_name(name, subject)
        return SENTENCES[name](sentence) if told or not has_subject else None

    def _counted(self, sentence: Sentence) -> Request | None:
        """Ask for a number; None if what is counted is only part of the phrasing of another question."""
        if self._is_framed(sentence.slots.part("subject")):
            return None
        request = counted(sentence.name, sentence.base, sentence.slots, self._before.subject)
        # The subject of a show is written as its name has it, so that it is known for a name: "Go".
        subjects = self._names.shows.subjects
        return request and replace(request, subject=subjects.get(request.subject, request.subject))

    def _asks_whether(self, text: Text) -> bool:
        """Tell whether a plain yes or no answers a question."""
        asking = self._lexicon.interrogative | self._lexicon.whether
        first = next(filter(asking.__contains__, text.plain), "")
        return first in self._lexicon.whether and self._lexicon.beside_whether.isdisjoint(text.plain)

    def points_back(self, text: Text) -> bool:
        """Tell whether a text refers to something earlier: by "he", by "it", or by "that" alone."""
        return not self._lexicon.he.isdisjoint(text.plain) or self.refers(text)

    def refers(self, text: Text) -> bool:
        """Tell whether a text refers to a subject that was talked about: by "it", or by "that" alone."""
        return refers(text, self._lexicon.it, self._lexicon.that)

    def _said_there(self, text: Text, subject: Text) -> tuple[Text, bool]:
        """Tell whether a question asks what was said "there", and take that off the subject: "there about rye"."""
        there, last = self._lexicon.there, len(subject.words)
        if subject.plain[:1] and subject.plain[0] in there:
            first = next((at for at, word in enumerate(subject.plain) if carries(word)), 1)
            return subject.part(first, last), True
        if subject.plain[-1:] and subject.plain[-1] in there:
            return subject.part(0, last - 1), True
        return subject, text.plain[-1] in there

    def _is_framed(self, subject: Text) -> bool:
        """Tell whether the thing to count has part of the question in it: "how many guests", "rice per year"."""
        if subject.words and self._lexicon.adverbs.issuperset(subject.plain):
            return True  # "who is mentioned most often"
        there = subject.coded
        begun = self._lexicon.counts.match(there)
        return bool((begun and begun.end() < len(there)) or self._lexicon.counting_ends.search(there))

    def _has_it_as_subject(self, name: str, slots: Slots) -> bool:
        """Tell whether the subject of a sentence is "it", the last subject."""
        about = name in COUNTS or name in _ON_SUBJECTS
        points = self._lexicon.there if name in _FROM else self._lexicon.he
        return (about or name in _FROM) and is_pronoun(
            slots.part("subject"), self._lexicon.it | points, self._lexicon.that
        )

    def _where(self, place: Place, slots: Slots) -> Where:
        show, where = slots.named("show"), place.where
        limited = where.episode or where.show
        return where if limited or not show else self._names.shows.part(str(show), where.season, where.year)

    def _is_a_name(self, name: str, subject: Text) -> bool:
        """Tell whether a subject is a function word that may be a name here: "go", if there is a show Go Time."""
        named = name in _OF_A_NAME or not self._names.shows.subjects.keys().isdisjoint(subject.plain)
        return named and self._context.may_be_a_name(subject)


def _subject(slots: Slots) -> tuple[Text, tuple[Somebody, ...]]:
    """Return the subject without speakers' names, and everybody named in it."""
    subject = slots.part("subject")
    named = tuple(word.named for word in subject.words if isinstance(word.named, Somebody))
    if named and not any(carries(word.plain) for word in subject.words if not isinstance(word.named, Somebody)):
        return subject.part(0, 0), named
    return without_speakers(subject), named
