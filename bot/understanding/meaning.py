"""Turns a matched sentence and its slots into a request.

Names in slots become people and places, and what the question leaves open is filled in from the conversation. Which
sentence matches is found in `matching.py`. Constants here name sentences as the YAML files do.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto
from itertools import pairwise
from typing import Final, TypeAlias

from bot.port.messages import QuoteCheck
from bot.port.wording import label
from bot.understanding import wants
from bot.understanding.called import Called
from bot.understanding.clauses import clauses_of, divided
from bot.understanding.conversation import Thread
from bot.understanding.counting import COUNTS, counted
from bot.understanding.entities import Place
from bot.understanding.following import Following
from bot.understanding.names import PERSON, SHOW, Names
from bot.understanding.request import EVERYWHERE, Clause, Premise, Request, Somebody, Where
from bot.understanding.sentences import Lexicon
from bot.understanding.slots import Slots, claimed_of, is_pronoun, refers, subject_of_claim, tells, without_speakers
from bot.understanding.templates import Match
from bot.understanding.text import QUOTED, Pause, Text, Word, plain
from bot.understanding.wants import Ask
from knowledge.search.introducing import is_for_somebody, is_role
from knowledge.search.opinions import verbs_like
from knowledge.search.rarity import is_everyday
from knowledge.search.transcript import Side
from knowledge.search.words import carries

Inner: TypeAlias = Callable[[Text], Request | None]
"""Reads a question inside another."""

_MOST_FREQUENT_GUESTS: Final = 3
"""Number of guests to name if somebody asks who was on most often."""
_WORDS_OF_SIDES: Final = 5
"""Maximum number of words of subjects such as "tabs or spaces", which could also be one."""
_WORDS_OF_ONE_OF_TWO: Final = 6
"""Maximum number of words of each of two compared subjects; more are a statement."""
_WORDS_OF_ONE_OF_THREE: Final = 4
"""Maximum number of words of each of three compared subjects; more are a statement."""
_LEAST_SIDES: Final = 2
"""Minimum number of subjects to compare."""
_MOST_SIDES: Final = 3
"""Maximum number of subjects to compare."""
_ROLE_OF_WHO_RUNS: Final = "ceo"
"""The role of the person who "runs" a company."""
_WORDS_OF_WHAT_IS_RUN: Final = 2
"""Maximum number of words of the company in "who runs ..."; "who runs open source models" asks for users."""
_FOUNDER: Final = "founder"
"""The role of a maker, alone or with others."""
_SUPERLATIVE: Final = "est"
"""The ending of superlatives, with which no company's name begins: "best developer"."""
_WORDS_OF_A_FEELING: Final = 3
"""Maximum number of content words in what somebody says they feel; more tell a story."""
_WORDS_OF_A_SIDE_FELT: Final = 2
"""Maximum number of words of each of two feelings."""
_WORDS_OF_A_DESCRIPTION: Final = 3
"""Maximum number of words that describe somebody: "the ergonomic keyboard guy"."""
_SEVERAL: Final = 3
"""Number of quotes in "the best lines"."""
_NEARLY: Final = 10
"""A number is about another if they differ by at most one in this many."""
_TOO_FEW_TO_QUOTE: Final = 2
"""Number of words up to which a quotation needs a content word; "to be or not to be" has none."""
_ONE_GUEST: Final = frozenset({"guest", "interviewee"})
"""Words that ask for the guest of one episode, the newest, if only a show is named."""

_OF_THAT: Final = frozenset({Ask.OTHERS, Ask.OTHER_VIEWS, Ask.WHO_ELSE_SAID, Ask.WHO_SAID_FIRST})
"""Wants whose sentences mean something only in a conversation; see `following.py`."""
FIXED: Final[Mapping[str, wants.Want]] = {
    **{ask.name.lower(): ask for ask in Ask if ask not in _OF_THAT},
    **{kind.name.lower(): wants.FactOf(kind) for kind in wants.FactKind},
    **{each.name.lower(): wants.Social(each) for each in wants.Courtesy if each is not wants.Courtesy.NOTHING},
    **dict.fromkeys(("said_by", "about_person", "explain", "what_is", "what_is_the", "feeling"), Ask.SAID),
    **{each.name.lower(): each for each in wants.Standing},
    "been_on": Ask.WITH_PERSON,
    "guests_all": wants.Guests(),
    "guests_again": wants.Guests(least=2),
    "guests_more_than_twice": wants.Guests(least=3),
    "guests_on_both": wants.Guests(shows=2),
    **{f"guest_{number}": wants.Guests(nth=number) for number in range(1, 6)},
    "guest_last": wants.Guests(nth=-1),
    "first_time": wants.Appearance(first=True),
    "last_time": wants.Appearance(first=False),
    **{f"pick_{number}": wants.Pick(number) for number in range(1, 6)},
    **{f"listed_{number}": wants.Pick(number) for number in range(1, 11)},
    **dict.fromkeys(("pick_last", "listed_last"), wants.Pick(-1)),
    "check_that": wants.CheckQuote(None),
    "who_said_that": wants.WhoSaid(None),
    "from_whom": wants.WhoSaid(None),
    **{f"who_said_{number}": wants.WhoSaid(None, nth=number) for number in range(1, 6)},
    "who_said_last": wants.WhoSaid(None, nth=-1),
    "before_that": wants.Beside(Side.BEFORE),
    "after_that": wants.Beside(Side.AFTER),
}
"""The want of each sentence whose slots hold nothing but a subject, a place and people."""
_SURELY: Final = frozenset({"compare", "feelings"})
"""Sentences that surely have two subjects; "energy and china" may be one."""
GOING_ON: Final = frozenset({"follow", "what_about"})
"""Sentences that apply the last question to something else."""
_ON_SUBJECTS: Final = frozenset({"all_episodes_on", "episodes_on", "everything", "first_on", "latest_on", "quote"})
"""Sentences whose subject may be "it", besides those that count."""
_FROM: Final = frozenset({"guests_from", "guest_from"})
"""Sentences whose subject may be "there", a company that was asked about."""
_WORDS_OF: Final = frozenset({"said", "said_by", "everything"})
"""Sentences that ask for what was said, by the person if one is named."""
_SAYING: Final = frozenset({"said", "said_by", "everything", "summary", "of_that_by", "any_on_that", "with_person"})
"""Sentences that may be about the episode called "there"."""
_OF_A_NAME: Final = frozenset({"quote", "made_by", "maker_on", "role_in", "role_on"})
"""Sentences whose subject may be a name that is also a function word, such as "go"."""
_ASKS_BACK: Final = frozenset(
    {
        "appearances",
        "lines",
        "with_person",
        "talked_about",
        "beside_person",
        "without_person",
        "interviewers_of",
        "been_on",
        "who_is",
        "home_of",
        "work_of",
        "first_time",
        "last_time",
        *(each.name.lower() for each in wants.Standing),
    }
)
"""Sentences that are answered with the likeliest person if several share the name."""
_OF_ANYONE: Final = frozenset({"been_on", "who_is", "interviewers_of", "lines"})
"""Sentences that may be about somebody the library doesn't know."""
_OF_NUMBERS: Final = frozenset({"chore", "who_said_number"})
"""Sentences with a number that is no episode's: "wake me at 9"."""
_OF_SHOWS: Final = frozenset({"episodes_of_each", "on_each_show"})
"""Sentences about several shows together."""
_OF_A_PERSON: Final = _ASKS_BACK | {"everything", "about_person", "personal"}
"""Sentences that make no sense without somebody the library knows."""


class _Times(Enum):
    """Slots with the words that limit a number of episodes; without any, the number is meant exactly."""

    ONCE = auto()
    TWICE = auto()
    ABOUT = auto()
    THRICE = auto()
    MORE = auto()
    LEAST = auto()
    FEWER = auto()


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A sentence that a question fits, with what is in its slots.

    Attributes:
        match: the sentence.
        slots: its slots.
        subject: the subject, without names of people who speak.
        named: the people named in the subject.
        place: what the question is limited to.
        inner: reads what follows "and" or "what about".
    """

    match: Match
    slots: Slots
    subject: Text
    named: tuple[Somebody, ...]
    place: Place
    inner: Inner | None


class Meaning:
    """Turns the sentences of one question into requests, given its conversation."""

    def __init__(self, lexicon: Lexicon, names: Names, before: Thread) -> None:
        self._lexicon = lexicon
        self._names = names
        self._before = before
        self.following = Following(names, before)
        self._called = Called(lexicon, names, self.following, before.episode)

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
        if self._has_it_as_subject(match, slots):
            if not self._before.subject:
                return None
            slots = Slots(match, text, Text.of(self._before.subject))
        where = self._where(place, slots)
        people = self._called.people(slots, where)
        if people is None:
            return None
        subject, named = self._subject(slots)
        if match.want in _SAYING:
            subject, there = self._said_there(text, subject)
            where = self.following.there or where if there and where == EVERYWHERE else where
        people = (*people, *named)
        several = match.want == "quote" and slots.mentions(self._lexicon.several_quotes)
        count = _SEVERAL if several else 1
        if slots.has("count"):
            count = int(slots.count("count", self._lexicon.numbers) or 0)
        if not count:
            return None
        in_full = self._called.in_full(whole, slots, people)
        base = Request(
            Ask.SAID,
            in_full,
            subject.written,
            where,
            people,
            whether=self._asks_whether(text),
            points_back=self.points_back(text),
            count=count,
        )
        return self._placed(_Sentence(match, slots, subject, named, place, inner), base, whole)

    def _placed(self, sentence: _Sentence, base: Request, whole: Text) -> Request | None:
        """Return the request of a sentence, on the places named in the `whole` question."""
        want, unclear = sentence.match.want, sentence.place.unclear
        if unclear and unclear.number is not None and want not in _OF_NUMBERS:
            return replace(base, want=self.following.listed(unclear) if want == "overview" else unclear)
        if want in _OF_SHOWS or sentence.slots.has(wants.Group.SHOW.name):
            shows = tuple(dict.fromkeys(str(word.named) for word in whole.words if word.plain == SHOW))
            around = sentence.place.where
            if len(shows) > 1:
                base = replace(base, where=self._names.shows.together(shows, around.season, around.year))
        if want in COUNTS:
            return self._counted(want, base, sentence.slots)
        return self._about(sentence, base)

    def _about(self, sentence: _Sentence, base: Request) -> Request | None:
        """Return the request of a sentence, on its subject and the people named in it."""
        want, subject, named, people = sentence.match.want, sentence.subject, sentence.named, base.people
        if want in _WORDS_OF and named and not subject.words and len(people) > len(named):
            # "What does Ann think of Bob Ray", whom she calls Bob.
            called = " ".join(each.name.partition(" ")[0] for each in named)
            return replace(base, subject=called, people=people[: -len(named)], words_of=True)
        if want == "said" and named and not subject.words:
            base = replace(base, about_people=True)
        has_subject, where = sentence.slots.has("subject"), base.where
        if where.episode and where != sentence.place.where and people and has_subject and not tells(subject):
            return self.following.words_on_that(base) or replace(base, want=Ask.LINES, subject="")
        told = tells(subject) or named or want in GOING_ON or self._is_a_name(sentence.match, subject)
        return self._wanted(sentence, base) if told or not has_subject else None

    def _counted(self, name: str, base: Request, slots: Slots) -> Request | None:
        """Ask for a number; None if what is counted is only part of the phrasing of another question."""
        if self._is_framed(slots.part("subject")):
            return None
        request = counted(name, base, slots, self._before.subject)
        return request and replace(request, subject=self._as_named(request.subject))

    def _as_named(self, subject: str) -> str:
        """Write the subject of a show as its name has it, so that it is known for a name: "Go"."""
        return self._names.shows.subjects.get(subject, subject)

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

    def _has_it_as_subject(self, match: Match, slots: Slots) -> bool:
        """Tell whether the subject of a sentence is "it", the last subject."""
        about = match.want in COUNTS or match.want in _ON_SUBJECTS
        points = self._lexicon.there if match.want in _FROM else self._lexicon.he
        return (about or match.want in _FROM) and is_pronoun(
            slots.part("subject"), self._lexicon.it | points, self._lexicon.that
        )

    def _wanted(self, sentence: _Sentence, base: Request) -> Request | None:
        """Return the request of a sentence, given what all sentences have in common."""
        name, slots, place = sentence.match.want, sentence.slots, sentence.place
        match name:
            case "explain_quoted":
                return replace(base, subject=slots.quoted())
            case "check" | "check_after" | "who_said":
                return self._claimed(name, base, slots)
            case "who_said_number":
                return self.following.who_said(base, place.named.number if place.named else None)
            case "most_often" | "guests_most" | "guests_at_least" | "guests_more_than":
                return _counted_guests(name, base, counted=slots.has("count"))
            case "guest_as_he":
                guest = wants.FactKind.GUEST
                return None if base.people or self.following.he else self._fact(guest, base, slots, place)
            case "works_at":
                known = any(person.candidates for person in base.people)
                return replace(base, want=Ask.WHO_IS, whether=True) if known else None
            case "on_times":
                return self._on_times(base, slots)
            case "on_all_shows":
                return replace(base, want=Ask.ON_EACH_SHOW, where=self._names.shows.every)
            case "latest_on" | "first_on":
                return self._latest(base, place, first=name == "first_on")
            case "compare" | "both" | "several" | "feelings":
                return self._compared(name, base, slots)
            case "more_often" | "more_episodes":
                measure = wants.Measure.MENTIONS if name == "more_often" else wants.Measure.EPISODES
                return self._more_often(base, slots, measure)
            case "who_more_often":
                return _who_more_often(base)
            case "circumstance" if self._lexicon.before.search(sentence.subject.coded):
                return None  # "but I have another question, who talks about rust"
            case "guy_of" | "guy_on":
                return self._described(base, sentence.subject, Ask.SAID if name == "guy_of" else Ask.EPISODES_ON)
            case "said_by_guest_from":
                return replace(base, guest_from=slots.text("words")) if tells(slots.part("words")) else None
            case "either":
                return _either(base)
            case "follow" | "what_about":
                return self._followed(base, slots, sentence.inner)
            case "episodes" if self._goes_on and self.following.names_a_place(slots.plain):
                return self.following.elsewhere(base)
            case "about_that" if base.people and (joined := self.following.words_on_that(base)):
                return joined
            case _ if name in _OF_ANYONE and not any(person.candidates for person in base.people):
                return self._maybe_somebody(base, slots.part("anyone"))
            case "who_feels":
                return replace(base, want=wants.WhoFeels(verb)) if verbs_like(verb := slots.text("verb")) else None
            case "home_of" | "work_of" if base.people and not any(each.candidates for each in base.people):
                return replace(base, want=Ask.WITH_PERSON, subject=base.people[0].name)
            case "to_come" | "your_view":
                of_us = slots.part("subject").plain[0] in self._lexicon.you | self._lexicon.telling
                return None if of_us else replace(base, to_come=name == "to_come", of_taste=name == "your_view")
            case "of_the_world":
                return replace(base, subject=base.text, of_the_world=True)
            case "hosts_before" | "hosts_after" | "hosts_first" | "hosts_last":
                return self._hosts(name, base, place)
            case "show_ended" if base.where.show:
                return self._ended(base)
            case "what_is_by" | "name_of":
                return _defined(name, base)
            case "described" if slots.has("role"):
                role = slots.part("role").written
                return replace(base, want=Ask.DESCRIBED, subject=role) if is_for_somebody(role) else None
            case "role_on_which" if of_role := _of_role("role_on", base, slots):
                return replace(of_role, otherwise=Ask.EPISODES_ON)
            case "role_in" | "role_on":
                return _of_role(name, base, slots)
            case "at_time":
                time = slots.time(self._lexicon.numbers)
                return None if time is None else replace(base, want=wants.AtTime(time))
            case _ if name in FIXED:
                return self._fixed(name, base, slots, place)
            case _:
                return self.following.back(name, base, slots)

    def _on_times(self, base: Request, slots: Slots) -> Request | None:
        """Ask whether somebody was on as often as a question or a claim says; None if it is nobody we know."""
        count = base.count
        limits: Mapping[_Times | None, tuple[int | None, int | None]] = {
            None: (count, count),
            _Times.ONCE: (1, 1),
            _Times.TWICE: (2, 2),
            _Times.ABOUT: (count - count // _NEARLY, count + count // _NEARLY),
            _Times.THRICE: (3, None),
            _Times.MORE: (count + 1, None),
            _Times.LEAST: (count, None),
            _Times.FEWER: (None, count - 1),
        }
        known = any(person.candidates for person in base.people)
        return replace(base, want=wants.OnTimes(*limits[slots.one_of(_Times)])) if known else None

    def _described(self, base: Request, subject: Text, otherwise: wants.Want) -> Request | None:
        """Ask for somebody described by a thing, "the curl guy"; None for "the new guy", or if it is no description.

        If nobody is found, `otherwise` is asked of the thing.
        """
        if len(subject.words) > _WORDS_OF_A_DESCRIPTION or not tells(subject) or _begins_no_name(subject.plain[0]):
            return None
        asks = not self._lexicon.interrogative.isdisjoint(subject.plain)
        # "Has the curl guy been on" asks for nothing but him.
        other = None if base.whether else otherwise
        return None if asks or base.people else replace(base, want=Ask.GUEST_FROM, otherwise=other)

    def _hosts(self, name: str, base: Request, place: Place) -> Request | None:
        """Ask who hosted a show before or after somebody, first or last."""
        if name in {"hosts_before", "hosts_after"}:
            people = base.people or self.following.he[:1]
            asked = replace(base, want=wants.HostsBeside(before=name == "hosts_before"), people=people)
            return asked if people else None
        if base.where.show and not (place.named and place.named.number):
            first = place.named.first if place.named else name == "hosts_first"
            return replace(base, want=wants.HostsBeside(before=first))
        return replace(base, want=wants.FactOf(wants.FactKind.HOST)) if name == "hosts_first" else None

    def _ended(self, base: Request) -> Request | None:
        """Ask why a show ended, which its last episode says; None if we can't tell which one that is."""
        last = self._names.shows.newest(base.where.show)
        if len(last) != 1 or base.where.episode:
            return None
        where = Where(last[0].id, part=label(last[0]), show=base.where.show)
        plainly = Clause(f"this is the last episode of {base.where.show}, why it is ending", 1.0)
        return replace(
            base, subject=f"the finale, the last episode of {base.where.show}", where=where, clauses=(plainly,)
        )

    def _claimed(self, name: str, base: Request, slots: Slots) -> Request | None:
        """Ask whether some words were said, or who said them; None if they are no quotation."""
        quoted = slots.quoted()
        words = quoted or slots.text("words")
        want: wants.CheckQuote | wants.WhoSaid
        if len(slots.words) == 1 and self._lexicon.of_a_program.match(Text.of(words).coded):
            return replace(base, subject=words)
        match name:
            case "check":
                is_quotation, want = self._is_quotation(slots), wants.CheckQuote(words, bool(quoted))
                if slots.plain[0] == QUOTED and slots.has("anyone") and not base.people[0].candidates:
                    is_quotation = self._is_full_name(slots.part("anyone"))
            case "check_after":
                is_quotation = slots.after_pause("words") and tells(slots.part("words"))
                want = wants.CheckQuote(slots.text("words"))
            case _:
                is_quotation = len(words.split()) > _TOO_FEW_TO_QUOTE or tells(Text.of(words))
                want, base = wants.WhoSaid(words, bool(quoted)), replace(base, subject=words)
        return replace(base, want=want) if is_quotation else None

    def _compared(self, name: str, base: Request, slots: Slots) -> Request | None:
        """Ask for two or three subjects side by side; None if they may be one, or something else."""
        sides = _sides(slots, self._lexicon.between)
        if self._lexicon.described.search(slots.coded):
            return None  # "the episode with tabs vs spaces"
        short = name in _SURELY or sum(len(each.words) for each in sides) <= _WORDS_OF_SIDES
        if any(len(each.words) > _WORDS_OF_ONE_OF_TWO for each in sides):
            return None  # "how does Ann decide what goes in the shed vs the house"
        if name == "feelings" and not all(map(self._is_felt, sides)):
            return None  # "I am a developer and I keep bees"
        if len(sides) > 2:
            short = (short or name == "several") and all(len(each.words) <= _WORDS_OF_ONE_OF_THREE for each in sides)
        asks_whether = name in _SURELY and slots.plain[0] in self._lexicon.whether
        things = _called_like_somebody(sides) if asks_whether else ()
        if any(word.plain in {PERSON, QUOTED, *self._lexicon.he} and word not in things for word in slots.words):
            return None  # "did lex or jensen say that", "does he use tabs or spaces"
        if things:
            base = replace(base, people=(), words_of=False, about_people=False)
        named = all(tells(each) or things or (name in _SURELY and self._may_be_a_name(each)) for each in sides)
        if not (short and named and any(map(tells, sides)) and len(sides) <= _MOST_SIDES):
            return None
        written = tuple(each.written for each in sides)
        want = wants.Compare(written, name in _SURELY)
        return replace(base, subject=", ".join(written), want=want, of_taste=slots.mentions(self._lexicon.you))

    def _more_often(self, base: Request, slots: Slots, measure: wants.Measure) -> Request | None:
        """Ask which of some subjects comes up most often."""
        sides = _sides(slots, self._lexicon.between)
        if measure is wants.Measure.EPISODES and any(SHOW in each.plain for each in sides):
            return None  # shows have episodes
        if any(len(each.words) > 1 and PERSON in each.plain for each in sides):
            return None  # "did ann talk about rice more than bob"
        named = self._names.shows.subjects.keys()
        if len(sides) < _LEAST_SIDES or not all(tells(each) or named >= set(each.plain) for each in sides):
            return None
        if sides[0].plain[0] in self._lexicon.interrogative:
            return None  # "why texting fails more than calling"
        want = wants.MoreOften(tuple(self._as_named(each.written) for each in sides), measure)
        return replace(base, want=want, subject=slots.source(slots.words))

    def _latest(self, base: Request, place: Place, *, first: bool) -> Request | None:
        """Ask for the latest or the first episode on a subject or with somebody."""
        if place.named and place.named.number is not None:
            return None
        if place.named:
            first = place.named.first
            named, around = place.named, place.around
            season = around.season if named.season is None else named.season
            part = self._names.shows.part(named.show or around.show, season, named.year or around.year)
            base = replace(base, where=part)
        of_a_person = not base.subject and any(person.candidates for person in base.people)
        return replace(base, want=(wants.Appearance if of_a_person else wants.LatestOn)(first))

    @property
    def _goes_on(self) -> bool:
        """Whether naming only a place repeats the last question for that place."""
        return self._before.counting is not None or self._before.of_place is not None

    def _maybe_somebody(self, base: Request, words: Text) -> Request | None:
        """Look for people whose names have all of some words, or else take the words for a stranger's name.

        Whether they are a name shows in how the library writes them; they are kept as typed.
        """
        if not words.words or not base.people:
            return None
        if words.plain[0] in self._lexicon.he:
            return replace(base, want=Ask.WITH_PERSON, subject=base.people[0].name)
        bearing = self._names.people.bearing([word.plain for word in self._called.untitled(words.words)])
        people = bearing if len(bearing) == 1 else (replace(base.people[0], namesakes=bearing),)
        return replace(base, want=Ask.WITH_PERSON, subject=words.written, people=people)

    def _said_by_him(self, base: Request, slots: Slots) -> Request | None:
        """Ask what the person named, or "he", said on the last subject."""
        he = () if self._lexicon.he.isdisjoint(slots.plain) else self.following.he
        people = base.people or he
        if not people:
            return None
        asked = replace(base, people=people)
        there = base.where.episode and slots.mentions(self._lexicon.there)
        return self.following.words_on_that(asked) or (replace(asked, want=Ask.LINES) if there else None)

    def _fixed(self, name: str, base: Request, slots: Slots, place: Place) -> Request | None:
        """Return the request of a sentence in `FIXED`, or what it means instead in this conversation."""
        want = FIXED[name]
        if want is Ask.LINES and base.people and (on_that := self.following.words_on_that(base)):
            return on_that
        if name in _ASKS_BACK and any(person.candidates for person in base.people):
            return replace(base, want=want)
        if name == "everything" and base.person and not base.person.known and (likeliest := base.person.heard):
            base = replace(base, people=(likeliest, *base.people[1:]))
        if name == "feeling" and not self._is_a_feeling(slots.part("subject")):
            return None
        if name in _OF_A_PERSON and not any(person.known for person in base.people):
            return None
        match want:
            case Ask.CHORE:
                return Request(want, base.text)
            case Ask.MORE if lines := self.following.lines_of_him(base):
                return lines
            case Ask.ANOTHER_QUOTE if another := self.following.another(base):
                return another
            case wants.WhoSaid(None) if name == "from_whom" and (
                giver := self.following.of_what_was_done(base, self._lexicon.interrogative)
            ):
                return giver
            case wants.Pick(number) if number > 0 and (asked := self.following.nth(base, number)):
                return asked
            case wants.Pick() if not (self._before.listed or self._before.begun):
                return None
            case Ask.GUEST_FROM if base.subject and _begins_no_name(slots.part("subject").plain[0]):
                return replace(base, subject=base.text)  # "who is the best guest"
            case Ask.EPISODES_ON if not base.subject:
                known = any(person.known for person in base.people)
                return replace(base, want=Ask.WITH_PERSON) if known else None
            case wants.Social(wants.Courtesy.PRAISE) if self._goes_on_with(slots):
                return None  # "and testing?" after a question on a subject
            case wants.Social() if self._asks_about_him(slots):
                return None  # "is he ok now"
            case wants.Social(wants.Courtesy.HELP | wants.Courtesy.PROGRAM) if self._is_about_last_subject(slots):
                return None  # "how does it work" is about what was asked before
            case Ask.ALL_HOSTS if base.where.episode or (base.where == EVERYWHERE and self._before.episode):
                return replace(base, want=wants.FactOf(wants.FactKind.HOST))
            case wants.FactOf(wants.FactKind.HOST) | wants.Guests() if base.where == EVERYWHERE and (
                show := self.following.show
            ):
                return replace(base, want=want, where=self._names.shows.part(show))
            case wants.FactOf(wants.FactKind.GUEST | wants.FactKind.SUMMARY as kind) if self._is_of_a_show(
                base, slots
            ) and (show := self.following.show):
                return self._fact(kind, replace(base, where=self._names.shows.part(show)), slots, place)
            case wants.FactOf(kind):
                return self._fact(kind, base, slots, place)
            case _:
                about_people = base.about_people or name in {"about_person", "personal"}
                he = name in _WORDS_OF and not base.people and slots.mentions(self._lexicon.he)
                asked = replace(base, want=want, about_people=about_people, unknown_he=he)
                return replace(asked, words_of=name in _WORDS_OF)

    def _is_of_a_show(self, base: Request, slots: Slots) -> bool:
        """Tell whether a question may be about the whole show just asked about, and not about one of its episodes."""
        of_hosts = not base.people or (slots.mentions(self._lexicon.he) and not (base.person and base.person.is_guest))
        of_one = self.following.starts_with_one or slots.mentions(self._lexicon.there)
        return base.where == EVERYWHERE and of_hosts and not of_one

    def _fact(self, kind: wants.FactKind, base: Request, slots: Slots, place: Place) -> Request | None:
        """Ask for a fact about an episode, or what a sentence about one means instead in this conversation."""
        match kind:
            case wants.FactKind.OVERVIEW if place.unclear and place.named:
                end = "first_on_that" if place.named.first else "last_on_that"
                of_those = self._before.those and self._before.subject and not place.named.show
                back = self.following.back(end, base, slots) if of_those else None
                return back or replace(base, want=place.unclear)
            case wants.FactKind.SUMMARY if joined := self._said_by_him(base, slots):
                return joined  # "what does he say about it" is about what was asked before
            case wants.FactKind.SUMMARY | wants.FactKind.OVERVIEW if base.subject:
                return None  # what was said on the subject answers best
            case wants.FactKind.LENGTH if base.people and slots.mentions(self._lexicon.he):
                return None  # "how long did he do that"
            case wants.FactKind.LENGTH if not self.points_back(Text.of(base.text)) and (
                more := self.following.of_what_was_done(base, self._lexicon.interrogative)
            ):
                some = frozenset(word for word, count in self._lexicon.numbers.items() if count > 1)
                return replace(more, premise=Premise(amount=some))
            case wants.FactKind.NUMBER if base.subject:
                return replace(base, want=Ask.EPISODES_ON)
            case wants.FactKind.GUEST if guests := self._other_than_one_guest(base, slots, place):
                return guests
            case _ if place.named is None and (base.where.season, base.where.year) != (None, None):
                return replace(base, want=Ask.EPISODES)  # "what was season 2 about"
            case _:
                return replace(base, want=wants.FactOf(kind))

    def _goes_on_with(self, slots: Slots) -> bool:
        """Tell whether a courtesy is rather another subject: "and testing" after a question on a subject."""
        joined = slots.plain[0] in self._lexicon.joints
        return joined and bool(self._before.subject) and len(slots.plain) > 1 and carries(slots.plain[-1])

    def _asks_about_him(self, slots: Slots) -> bool:
        """Tell whether a seeming courtesy asks something about "him"."""
        asks = not self._lexicon.interrogative.isdisjoint(slots.plain)
        return asks and not self._lexicon.he.isdisjoint(slots.plain)

    def _is_felt(self, side: Text) -> bool:
        """Tell whether words may be a feeling: "burnt out", but not "a developer"."""
        return 0 < len(side.words) <= _WORDS_OF_A_SIDE_FELT and side.plain[0] not in self._names.generic

    def _is_a_feeling(self, subject: Text) -> bool:
        """Tell whether words are a feeling or its object and not a story such as "how it ended"."""
        asks = subject.plain[0] in self._lexicon.interrogative
        return not asks and sum(map(carries, subject.plain)) <= _WORDS_OF_A_FEELING

    def _other_than_one_guest(self, base: Request, slots: Slots, place: Place) -> Request | None:
        """Ask for the guests of several episodes, or who was on with somebody; None if one episode is meant."""
        if not base.where.episode and base.person and base.person.is_guest:
            return replace(base, want=Ask.BESIDE_PERSON)
        counts = self._lexicon.counts.match(slots.coded)
        in_all = bool(counts) and base.where == EVERYWHERE and self._before.episode is None
        if base.where == EVERYWHERE and not in_all and slots.mentions(self._lexicon.there):
            return self.following.beside_him(base)
        several = in_all or _is_of_several_episodes(base)
        return replace(base, want=wants.Guests()) if place.named is None and several else None

    def _followed(self, base: Request, slots: Slots, inner: Inner | None) -> Request | None:
        """Read "and China?", "and the host?" or "what about Bob?" in its conversation."""
        rest = slots.part("subject")
        names = [word for word in rest.words if word.plain != PERSON]
        someone = base.people[0] if base.people and not any(carries(word.plain) for word in names) else None
        someone = someone or self._called.one(rest.words, base.where)
        before = self._before
        base = replace(base, want=before.counting or base.want)
        quoted = before.checked and before.subject != subject_of_claim(before.checked)
        if someone and quoted and isinstance(before.answer, QuoteCheck):
            return replace(base, want=wants.CheckQuote(before.checked), people=(someone,), subject="")
        if isinstance(before.answer, QuoteCheck) and before.checked and not (quoted or someone) and tells(rest):
            claim = claimed_of(rest.written, before.checked, self._lexicon.being)
            return replace(base, want=wants.CheckQuote(claim), subject="")
        if someone and before.subject:
            text = f"what did {someone.name} say about {before.subject}"
            want = replace(before.counting, by=None) if before.counting else base.want
            put = replace(base, text=text, subject=before.subject, people=(someone,), where=before.where)
            return replace(put, want=want, words_of=want is Ask.SAID)
        if rest.plain == (SHOW,) and base.where == EVERYWHERE:
            base = replace(base, where=self._names.shows.part(str(rest.words[0].named)))
        here = self.following.names_a_place(rest.plain) and self.following.elsewhere(base)
        if there := here or self.following.in_year(base, rest.plain):
            return there
        if inner and (asked := inner(rest)) and not isinstance(asked.want, wants.Social):
            where = base.where if asked.where == EVERYWHERE else asked.where
            return replace(asked, text=base.text, where=where)
        if someone and someone.known:
            how_often = before.of_place is Ask.APPEARANCES
            return replace(base, want=Ask.APPEARANCES if how_often else Ask.WITH_PERSON, people=(someone,), subject="")
        if not tells(self._subject(slots)[0]):
            return None
        if rest.plain[0] in self._lexicon.its and before.subject and not before.people:
            its = f"{before.subject} {rest.part(1, len(rest.words)).written}"  # "china" and "their chips"
            return replace(base, subject=its, text=its, where=before.where)
        people = base.people or self.following.people
        where = before.where if base.where == EVERYWHERE else base.where
        want = Ask.QUOTE if before.quoting else base.want
        clauses, theirs = clauses_of(self._lexicon, rest), bool(people)
        return replace(base, want=want, people=people, where=where, clauses=clauses, words_of=theirs)

    def _is_about_last_subject(self, slots: Slots) -> bool:
        """Tell whether "it" is the last subject and not the bot."""
        return bool(self._before.subject) and self._before.begun and not self._lexicon.it.isdisjoint(slots.plain)

    def _where(self, place: Place, slots: Slots) -> Where:
        show, where = slots.named("show"), place.where
        limited = where.episode or where.show
        return where if limited or not show else self._names.shows.part(str(show), where.season, where.year)

    def _subject(self, slots: Slots) -> tuple[Text, tuple[Somebody, ...]]:
        """Return the subject without speakers' names, and everybody named in it."""
        subject = slots.part("subject")
        named = tuple(word.named for word in subject.words if isinstance(word.named, Somebody))
        if named and not any(carries(word.plain) for word in subject.words if not isinstance(word.named, Somebody)):
            return subject.part(0, 0), named
        return without_speakers(subject), named

    def _is_a_name(self, match: Match, subject: Text) -> bool:
        """Tell whether a subject is a function word that may be a name here: "go", if there is a show Go Time."""
        named = match.want in _OF_A_NAME or not self._names.shows.subjects.keys().isdisjoint(subject.plain)
        return named and self._may_be_a_name(subject)

    def _may_be_a_name(self, subject: Text) -> bool:
        """Tell whether a subject is a single word and no pronoun."""
        if len(subject.words) != 1 or subject.plain[0] in self._lexicon.he:
            return False
        return not is_pronoun(subject, self._lexicon.it, self._lexicon.that)

    @staticmethod
    def _is_full_name(words: Text) -> bool:
        """Tell whether words may be a stranger's full name, unlike those of "was that sarcastic"."""
        return len(words.words) > 1 and not any(map(is_everyday, words.plain))

    def _is_quotation(self, slots: Slots) -> bool:
        """Tell whether a question gives words to check, and not a subject as in "did they say anything about ..."."""
        if slots.quoted():
            return True
        led = slots.led("words", self._lexicon.that)
        return len(slots.part("words").words) > 1 and not self._lexicon.unquoted.match(led.coded)


def _sides(slots: Slots, between: frozenset[str]) -> tuple[Text, ...]:
    """Return the subjects of "GPUs, energy and China" or "React vs Svelte vs Vue"."""
    listed = (*divided(slots.part("a"), Pause.COMMA), *divided(slots.part("b"), Pause.COMMA))
    return tuple(side for each in listed for side in _apart(each, between))


def _called_like_somebody(sides: Sequence[Text]) -> Sequence[Word]:
    """List the sides that are things with the first name of a guest: "Zed" beside "VS Code"."""
    alone = [each.words[0] for each in sides if len(each.words) == 1 and each.plain[0] == PERSON]
    others = [each for each in sides if each.words[0] not in alone]
    return alone if others and all(map(tells, others)) else ()


def _apart(text: Text, between: frozenset[str]) -> Iterator[Text]:
    """Divide a text at some words, and leave those out."""
    cuts = (-1, *(at for at, word in enumerate(text.plain) if word in between), len(text.words))
    yield from (text.part(one + 1, other) for one, other in pairwise(cuts) if one + 1 < other)


def _of_role(name: str, base: Request, slots: Slots) -> Request | None:
    """Ask who has a role somewhere, such as "the Slate House lead engineer"; None if it is no role."""
    role, subject = slots.part("role"), slots.part("subject")
    if not role.words:
        return (
            replace(base, want=wants.RoleIn(_ROLE_OF_WHO_RUNS)) if len(subject.words) <= _WORDS_OF_WHAT_IS_RUN else None
        )
    if subject.words and role.words[0].begin > subject.words[-1].begin:
        begin = len(role.words) - 1
        while begin and is_role(role.plain[begin - 1]):
            begin -= 1
        if _begins_no_name(subject.plain[0]):
            return None  # "who is the best developer"
        named = (*subject.words, *role.words[:begin])
        base, role = replace(base, subject=slots.source(named)), role.part(begin, len(role.words))
    if not is_role(role.written):
        return None
    if role.plain[-1].removesuffix("s") == _FOUNDER:
        return replace(base, want=Ask.MADE_BY if name == "role_in" else Ask.MAKER_ON)
    return replace(base, want=(wants.RoleIn if name == "role_in" else wants.RoleOn)(role.written))


def _defined(name: str, base: Request) -> Request | None:
    """Ask for somebody's definition of a thing, or where its name is from; None for "why is it called a day"."""
    words = plain(base.subject).split()
    if not words or (name != "what_is_by" and is_everyday(words[0])):
        return None
    if name == "what_is_by":
        return replace(base, term=base.subject, words_of=True)
    return replace(base, subject=base.text, term=base.subject, of_its_name=True, words_of=bool(base.people))


def _begins_no_name(word: str) -> bool:
    """Tell whether a word can't start a company's name."""
    return word.endswith(_SUPERLATIVE) or is_everyday(word)


def _counted_guests(name: str, base: Request, *, counted: bool) -> Request | None:
    """Ask who was on most often, or at least a number of times; `counted` is whether the question has a number."""
    match name:
        case "most_often":
            return replace(base, want=wants.MostOften(base.count if counted else None))
        case "guests_most":
            return replace(base, want=wants.Guests(top=base.count if counted else _MOST_FREQUENT_GUESTS))
        case _:
            least = base.count + (name == "guests_more_than")
            return replace(base, want=wants.Guests(least=least)) if base.count else None


def _either(base: Request) -> Request | None:
    """Ask what either of two people said; None if one of them says nothing."""
    both = base.people[:2]
    return replace(base, people=both) if all(each.speaking for each in both) else None


def _who_more_often(base: Request) -> Request | None:
    """Ask which of two people comes up more, or says more; a shared name means the likeliest person."""
    meant = tuple(each for person in base.people for each in person.candidates[:1] if each.speaks)
    return replace(base, want=wants.MoreOften(None), people=meant) if len(meant) == len(base.people) == 2 else None


def _is_of_several_episodes(base: Request) -> bool:
    """Tell whether a request is for the guests of a year, a show or a season, not for "the guest" of one episode."""
    where = base.where
    named = (where.show, where.season) != (None, None) and where.episode is None
    return where.year is not None or (named and _ONE_GUEST.isdisjoint(plain(base.text).split()))
