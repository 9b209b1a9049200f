"""Completes requests that refer to the conversation: "who said it first?", "the second one", "why?".

What a sentence means by itself is decided in `meaning.py`.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

from bot.port.messages import (
    Episode,
    EpisodeId,
    Evidence,
    Fact,
    Found,
    ItemId,
    NotFound,
    QuoteCheck,
    Several,
    Unsure,
    Verdict,
)
from bot.port.wording import label
from bot.understanding import wants
from bot.understanding.conversation import Thread
from bot.understanding.counting import COUNTS
from bot.understanding.names import EPISODE, SEASON, SHOW, YEARS, Names
from bot.understanding.request import EVERYWHERE, Clause, Request, Somebody, Where
from bot.understanding.slots import Slots, subject_of_claim
from bot.understanding.text import plain
from bot.understanding.wants import Ask, Count, Measure, Order
from knowledge.search.rarity import is_everyday
from knowledge.search.transcript import Side
from knowledge.search.words import carries

ON_THAT: Final = frozenset({"any_on_that", "more_of_that", "of_that_by", "rather_of_that"})
"""Sentences about the last subject."""

_OWN_WORDS: Final = 1
"""Maximum number of content words of a question about "it"; one with more has a subject of its own."""
_OWN_WORDS_ABOUT_IT: Final = 3
"""The same if the question is plainly about "it": "is it fast enough for production"."""
_WORDS_OF_A_PLACE: Final = 3
"""Maximum number of words that name only a place: "and in 2024". More ask something: "how many episodes in 2024"."""
_YEAR: Final = re.compile(r"(?:19|20)\d\d")
_ANYBODY: Final = wants.MostOften(None)
"""Who was on most often, of everybody."""
_ENDS: Final = frozenset({Order.FIRST, Order.LAST})
"""Orders that ask for one mention, not for a number."""
_PLACES: Final = frozenset({EPISODE, SEASON, SHOW, YEARS})
"""Words that replace the names of places in a text."""


@dataclass(frozen=True, slots=True)
class Following:
    """What a question may refer to in its conversation."""

    _names: Names
    _before: Thread

    @property
    def people(self) -> tuple[Somebody, ...]:
        """The people asked about last."""
        return self._known(self._before.people)

    @property
    def he(self) -> tuple[Somebody, ...]:
        """Who "he" may be: the people asked about last, those the answer named, or who was quoted.

        On a subject in several episodes, that is rather the guest whose episodes are about it.
        """
        return self.people or self._known(self._before.told) or self._guest_on_that or self._quoted

    @property
    def places_shown(self) -> Sequence[EpisodeId]:
        """The episodes of the words shown last, best first."""
        return tuple(dict.fromkeys(each.episode.id for each in self._evidence))

    @property
    def _guest_on_that(self) -> tuple[Somebody, ...]:
        """The guest on the last subject, if that guest's episode was shown beside others."""
        subject, shown = self._before.subject, self.places_shown
        guest = self._names.guest_on(subject) if subject and len(shown) > 1 else None
        return (guest,) if guest and any(each.id in shown for each in guest.episodes) else ()

    @property
    def _evidence(self) -> tuple[Evidence, ...]:
        """What the last answer showed on a subject."""
        answer = self._before.answer
        return answer.evidence if isinstance(answer, Found | Unsure) else ()

    @property
    def first_quoted(self) -> Somebody | None:
        """Whose words the last answer showed first; None if it showed none, or they have no name."""
        return next(iter(self._known([each.speaker for each in self._evidence[:1] if each.speaker])), None)

    @property
    def _quoted(self) -> tuple[Somebody, ...]:
        """Who was quoted last: rather the only guest, or the guest whom a host's words name, than the host."""
        spoke = self._known(self._before.spoke)
        guests = (each for each in spoke if not each.has_many_episodes)
        who = next(guests, None)
        if len(self.places_shown) > 1:
            # Of several episodes' people, only a guest who comes first is meant, rather than somebody they speak of.
            who = who if spoke[:1] == (who,) else None
        elif who is None:
            who = self._introduced or next(iter(spoke), None)
        return (who,) if who else ()

    @property
    def _introduced(self) -> Somebody | None:
        """The guest whom the words shown first name: "today we have Ann Lee with us"."""
        for shown in self._evidence[:1]:
            names = (each for each in plain(shown.text).split() if carries(each))
            for person in (self._names.people.called([name], shown.episode.id) for name in names):
                if person and shown.episode in person.episodes and not person.has_many_episodes:
                    return person
        return None

    @property
    def _speaking(self) -> tuple[Somebody, ...]:
        """The speaker of the first passage of the last answer."""
        answer = self._before.answer
        shown = answer.evidence[:1] if isinstance(answer, Found | Unsure | QuoteCheck) else ()
        return self._known([each.speaker for each in shown if each.speaker])

    @property
    def _just_told(self) -> tuple[Somebody, ...]:
        """The people that the last answer named."""
        counts = self._before.answer.counts if isinstance(self._before.answer, Fact) else ()
        named = {each.label for each in counts}
        return self._known([name for name in self._before.told if name in named])

    def _known(self, names: Sequence[str]) -> tuple[Somebody, ...]:
        return tuple(self._names.people.called(plain(name).split(), None) or Somebody(name) for name in names)

    def back(self, name: str, base: Request, slots: Slots) -> Request | None:
        """Complete the request of a sentence that means nothing by itself; None if there is nothing it can refer to."""
        return self._to_subject(name, base, slots) or self._to_words(name, base) or self._to_those(name, base, slots)

    def _to_subject(self, name: str, base: Request, slots: Slots) -> Request | None:
        """Refer to the last subject or count."""
        before = self._before
        on_it = replace(base, subject=before.subject)
        match name:
            case "all_of_those" if (
                before.subject and isinstance(before.answer, Fact) and len(before.answer.episodes) > 1
            ):
                return replace(on_it, want=Ask.ALL_EPISODES_ON)
            case "any_on_that":
                return self.on_that(base)
            case "rather_of_that" if isinstance(before.answer, Found | Unsure | NotFound):
                return self._rather_of_that(base)
            case "like_that" if before.subject and (before.fact or self._lists_episodes):
                return replace(on_it, want=Ask.EPISODES_ON if before.fact else Ask.SAID, where=before.where)
            case "like_that" if before.begun:
                return replace(base, want=Ask.MORE)
            case "of_that_by" if base.people:
                return self.words_on_that(base)
            case "everywhere":
                return self.elsewhere(replace(base, where=EVERYWHERE))
            case "other_shows":
                return self._on_other_shows(base)
            case "who_said_first" | "who_first_on_that" if before.subject and not before.checked:
                return replace(on_it, want=Count(Measure.MENTIONS, order=Order.FIRST), where=before.where)
            case "first_on_that" | "last_on_that":
                return self._end_of_that(base, first=name == "first_on_that")
            case "other_end_of_that" if before.counting and before.counting.order in _ENDS:
                return self._end_of_that(base, first=before.counting.order is Order.LAST)
            case "more_often_of_those" if len(before.subjects) > 1:
                return replace(base, want=wants.MoreOften(before.subjects), subject=" ".join(before.subjects))
            case "better_of_those" if len(before.subjects) > 1 and not self._lists_episodes:
                want = wants.Compare(before.subjects, surely=True)
                return replace(base, want=want, subject=" ".join(before.subjects))
            case "number_of_those":
                return self._number(base)
            case "how_often_that":
                return self._how_often(base)
            case "how_much_of_that" if before.subject:
                return replace(on_it, where=before.where, people=self.people)
            case "more_of_that":
                return self._more(base)
            case "circumstance" if before.subject and isinstance(before.answer, Found | Unsure | NotFound):
                # "First job as a self-taught", and "but I'm 40 with kids": the subject stays what it was.
                added = f"{before.subject} {base.subject}"
                return replace(base, subject=added, about=before.subject, where=before.where)
            case "other_views":
                return self._others(replace(base, want=Ask.OTHER_VIEWS), slots)
            case "others":
                return self._others(replace(base, want=Ask.OTHERS), slots)
            case "who_else_said" if before.subject and not before.checked:
                return self._others(replace(base, want=Ask.OTHERS), slots)
            case "who_on_that" if before.subject:
                return replace(on_it, want=wants.WhoSaid(before.subject))
            case "made_that" if before.subject:
                return replace(on_it, want=Ask.MADE_BY)
            case _:
                return None

    def _to_words(self, name: str, base: Request) -> Request | None:
        """Refer to words that were shown or checked."""
        before = self._before
        match name:
            case "why_that":
                return replace(base, want=wants.Beside(Side.AROUND) if before.shown else Ask.ABOUT_THAT)
            case "around_that" if before.shown:  # if no passage was shown, "context" is a subject
                return replace(base, want=wants.Beside(Side.AROUND))
            case "how_long_ago_that" if before.begun:
                return replace(base, want=wants.FactOf(wants.FactKind.DATE), points_back=True)
            case "place_of_that" | "when_that" if self._is_of_an_episode:
                kind = wants.FactKind.DATE if name == "when_that" else wants.FactKind.NUMBER
                return replace(base, want=wants.FactOf(kind))
            case "when_that" if before.those and any(person.known for person in self.people):
                return replace(base, want=wants.Appearance(first=False), people=self.people[:1])
            case "place_of_that" | "when_that":
                return replace(base, want=wants.WhoSaid(None) if before.shown else Ask.ABOUT_THAT)
            case "quote_from_that":
                return replace(base, want=Ask.QUOTE, where=Where(before.episode) if before.episode else base.where)
            case "real_words" if isinstance(before.answer, QuoteCheck) and _shows_the_words(before.answer):
                return replace(base, want=wants.CheckQuote(None))
            case "real_words" if base.people and (theirs := self.words_on_that(base)):
                return theirs
            case "real_words" if isinstance(before.answer, QuoteCheck):
                return replace(base, want=wants.CheckQuote(None))
            case "real_words" if before.topic or before.subject:
                return replace(base, want=Ask.QUOTE_ON_THAT)
            case "who_did" if isinstance(before.answer, QuoteCheck) and _shows_the_closest(before.answer):
                return replace(base, want=wants.WhoSaid(None))
            case "who_did" if before.begun:
                asked = wants.WhoSaid(before.checked or None, quoted=bool(before.checked))
                return replace(base, want=asked, subject=before.checked)
            case "who_else_said":
                return replace(base, want=Ask.WHO_ELSE_SAID if before.checked else wants.WhoSaid(None))
            case "who_said_first" | "who_first_on_that":
                return replace(base, want=Ask.WHO_SAID_FIRST if before.checked else wants.WhoSaid(None))
            case _:
                return None

    def _to_those(self, name: str, base: Request, slots: Slots) -> Request | None:
        """Refer to episodes and people that were asked about or listed."""
        before, both = self._before, self.both
        match name:
            case "longest_of_those" | "shortest_of_those":
                longest = COUNTS[name.removesuffix("_of_those")]
                return replace(base, want=longest, where=Where(within=self.those) if self.those else base.where)
            case "other_person":
                others = [each for each in base.people[0].candidates if each.name not in before.people]
                return replace(base, want=Ask.WITH_PERSON, people=tuple(others[:1])) if others else None
            case "pick" | "about_number":
                picked = self._picked(base, slots.text("number"))
                of_it = picked if name == "about_number" and picked and picked.where.episode else None
                return replace(of_it, want=wants.FactOf(wants.FactKind.SUMMARY)) if of_it else picked
            case "nth_of_show":
                return self.in_the_same_show(base, slots.text("ordinal")[:-2])
            case "said_in":
                return self._said_in(base)
            case "else_there" if self.there:
                return replace(base, want=wants.FactOf(wants.FactKind.SUMMARY), where=self.there, people=())
            case "else_there":
                return self._more(base)
            case "previous_episode" | "next_episode":
                if theirs := self._beside_that(base, -1 if name == "next_episode" else 1):
                    return theirs
                return self._next(base, 1 if name == "next_episode" else -1)
            case "same_fact" if before.fact:
                return replace(base, want=wants.FactOf(before.fact))
            case "other_of_those":
                return self._other_of_those(base, slots)
            case "who_spoke" if who := self._speaking or self._just_told or self.he:
                return replace(base, want=Ask.WHO_IS, people=who[:1], subject="")
            case "together_of_those" if len(both) > 1:
                return replace(base, want=Ask.WITH_PERSON, people=both)
            case "more_often_on" if len(both) > 1:
                return replace(base, want=Ask.APPEARANCES, people=both)
            case "more_often_on":
                return replace(base, want=_ANYBODY)
            case "next_of_those" if isinstance(before.answer, Fact) and before.answer.counts[1:]:
                return replace(base, want=Ask.REPEAT)  # the last answer also names who comes next
            case "more_words_of" if len(both) > 1 and all(each.speaks for each in both):
                counted = before.subject if before.counting else ""
                return replace(base, want=wants.MoreOften(None), people=both, subject=counted)
            case "which_ones":
                return self._which_ones(base)
            case _:
                return None

    @property
    def both(self) -> tuple[Somebody, ...]:
        """The two people asked about last, together or one after the other."""
        return (*self.people, *self._known(self._before.earlier))[:2]

    def _other_of_those(self, base: Request, slots: Slots) -> Request | None:
        """Ask the same about another person who was just named, or what others say on the subject."""
        before = self._before
        first = (before.people or before.told)[:1]
        others = self._known([name for name in before.told if name not in first])[:1]
        if not others:
            return self._others(replace(base, want=Ask.OTHERS, people=self.he[:1]), slots) if before.shown else None
        asked = replace(base, people=others)
        said = self.words_on_that(asked) if isinstance(before.answer, Found | Unsure) else None
        return said or replace(asked, want=Ask.WHO_IS, subject="")

    def _rather_of_that(self, base: Request) -> Request | None:
        """Ask about the last subject; None if the last answer was about an episode, such as one picked from a list."""
        before = self._before
        if before.fact or ItemId(before.episode or "") in before.listed:
            return None
        return self.left_open(replace(base, subject=base.text), _OWN_WORDS_ABOUT_IT)

    @property
    def _lists_episodes(self) -> bool:
        """Whether the last answer listed episodes, which "which is better" then compares."""
        answer = self._before.answer
        return isinstance(answer, Fact) and bool(answer.episodes) and not (self._before.counting or answer.counts)

    @property
    def _is_of_an_episode(self) -> bool:
        """Whether the last answer was about an episode, or starts with one, and showed no passages."""
        return self._before.fact is not None or self.starts_with_one

    @property
    def starts_with_one(self) -> bool:
        """Whether the last answer starts with the episode that is talked about, such as the longest."""
        told = self._before.answer.episodes if isinstance(self._before.answer, Fact) else ()
        return [each.id for each in told[:1]] == [self._before.episode]

    @property
    def show(self) -> str | None:
        """The one show whose episodes were just listed or counted, which is "it"; None if there isn't just one."""
        listed = self._before.answer.episodes if isinstance(self._before.answer, Fact) else ()
        shows = {each.show for each in listed}
        return shows.pop() if len(listed) > 1 and len(shows) == 1 else None

    @property
    def those(self) -> frozenset[EpisodeId]:
        """The episodes that "those" may be: a person's, or those listed or shown."""
        before = self._before
        if before.those and before.people:
            return frozenset(each.id for person in self.people[:1] for each in person.episodes)
        listed = frozenset(filter(self._names.shows.show_of, map(EpisodeId, before.listed)))
        if listed <= frozenset(before.those):
            listed = frozenset(before.those)  # "the longest of those" names a few of them
        return listed or frozenset(self.places_shown)

    @property
    def there(self) -> Where | None:
        """The one episode that was just named or shown, which is "there"; None if there isn't just one."""
        before = self._before
        match before.answer:
            case Fact(episodes=(only,)):
                pass
            case Found(evidence=(first, *others)) | Unsure(evidence=(first, *others)):
                if any(each.episode != first.episode for each in others):
                    return None
                only = first.episode
            case _:
                return None
        return Where(only.id, within=frozenset({only.id}), part=label(only), named=True)

    def _more(self, base: Request) -> Request | None:
        """Ask what else was said on the last subject, or what another person says on it."""
        before = self._before
        same = [each.name for each in base.people] == list(before.people or [each.name for each in self._quoted])
        turns = base.people and not (same and isinstance(before.answer, Found | Unsure | Several))
        if turns and ((on_that := self.words_on_that(base)) or not same):
            return on_that
        if lines := self.lines_of_him(base):
            return lines
        return replace(base, want=Ask.MORE) if before.begun else None

    def shown(self, people: Sequence[Somebody]) -> Where | None:
        """Return the episodes just shown, or a guest's own if the question is about a guest; None if there are none."""
        answer = self._before.answer
        evidence = answer.evidence if isinstance(answer, Found | Unsure | QuoteCheck) else ()
        there = frozenset(each.episode.id for each in evidence)
        for person in people[:1]:
            theirs = frozenset(each.id for each in person.episodes)
            there = there & theirs if person.has_many_episodes else theirs
        return Where(within=there) if there else None

    def beyond_that(self, subject: str) -> str:
        """Leave the last subject's words, which what was shown is all about, out of another that tells more."""
        known = set(plain(self._before.subject).split())
        left = " ".join(word for word in subject.split() if known.isdisjoint(plain(word).split()))
        return left if any(carries(word) and not is_everyday(word) for word in plain(left).split()) else subject

    def lines_of_him(self, base: Request) -> Request | None:
        """Ask for lines by the person just asked about without a subject; None if "more" refers to what was shown."""
        before, him = self._before, self.he[:1]
        shown = before.subject or before.checked or before.shown or before.fact
        return None if shown or not him or not him[0].speaks else replace(base, want=Ask.LINES, people=him)

    def _beside_that(self, base: Request, step: int) -> Request | None:
        """Ask for a person's episode that is `step` places older than the one just named; None if there is none."""
        told = self._before.answer.episodes if isinstance(self._before.answer, Fact) else ()
        theirs = self.people[0].episodes if self.people else ()
        asked = self._before.fact not in {None, wants.FactKind.OVERVIEW}
        if asked or len(told) != 1 or told[0] not in theirs:
            return None
        at = theirs.index(told[0]) + step
        return self._named(base, (theirs[at],)) if 0 <= at < len(theirs) else None

    def _next(self, base: Request, step: Literal[-1, 1]) -> Request | None:
        """Ask the same about the next or the previous episode of the show."""
        if self._before.episode is None or (self._before.shown and not self._before.fact):
            return None  # "and after that?" is about the words that were shown
        if self._names.shows.show_of(self._before.episode) is None:
            return None  # the library has changed, and no longer has the episode
        beside = self._names.shows.beside(self._before.episode, step)
        if beside is None:
            return replace(base, want=wants.NoneBeside(self._before.episode, step), subject="")
        named = self._named(base, (beside,))
        return replace(named, want=wants.FactOf(self._before.fact)) if self._before.fact else named

    def _others(self, base: Request, slots: Slots) -> Request | None:
        """Ask what people other than "him" or those just quoted say on a subject."""
        before = self._before
        if slots.has("subject") and base.subject:
            return base if before.begun or base.people else None
        if not before.subject:
            return None
        where = before.where if base.where == EVERYWHERE else base.where
        return replace(base, subject=before.subject, where=where)

    def _how_often(self, base: Request) -> Request | None:
        """Ask how often the person asked about was on, or how often the last subject came up."""
        before = self._before
        said = bool(before.subject) and isinstance(before.answer, Found | Unsure)
        if any(person.known for person in self.people) and not said:
            return replace(base, want=Ask.APPEARANCES, people=self.people)
        asked = replace(base, want=Count(Measure.MENTIONS), subject=before.subject, people=self.people)
        return replace(asked, where=before.where) if before.subject else None

    def _number(self, base: Request) -> Request:
        """Ask in how many episodes the last subject comes up, or how many were listed."""
        before, words = self._before, self._before.subject.split()
        listed = isinstance(before.answer, Fact) and bool(before.answer.episodes)
        of_people = before.fact or before.of_place or (self.people and not words)
        if not of_people and not words and (listed or not before.begun):
            return replace(base, want=Ask.EPISODE_COUNT)
        if of_people or not 0 < sum(map(carries, map(plain, words))) <= _OWN_WORDS_ABOUT_IT:
            return replace(base, want=Count(Measure.MENTIONS))
        while len(words) > 1 and self._names.is_generic(plain(words[-1])):
            words.pop()  # after "a kaizen episode", count those on kaizen
        where = before.where if base.where == EVERYWHERE else base.where
        return replace(base, want=Count(Measure.EPISODES), subject=" ".join(words), where=where)

    def _end_of_that(self, base: Request, *, first: bool) -> Request | None:
        """Ask for the first or last mention of the last subject, or else for the first or last episode."""
        before = self._before
        if (before.those or not before.subject) and any(person.known for person in self.people):
            return replace(base, want=wants.Appearance(first), people=self.people[:1])
        if not before.subject:
            among = self.those or None
            return self._named(base, self._names.shows.newest(among=among, first=first), first=first)
        want = Count(Measure.MENTIONS, order=Order.FIRST if first else Order.LAST)
        return replace(base, want=want, subject=before.subject, where=before.where)

    def on_that(self, request: Request, own_words: int = _OWN_WORDS) -> Request | None:
        """Add the last subject to a question about it; None if there is none, or the question has its own.

        `own_words` is the maximum number of content words of a question without a subject of its own.
        """
        before = self._before.subject
        own = [word for word in plain(request.subject).split() if carries(word)]
        if not before or len(own) > own_words:
            return None
        # "How does caching work" is found more surely than "caching how does it work".
        put = " ".join(before if word in self._names.it else word for word in plain(request.subject).split())
        subject = (put if before in put else f"{before} {request.subject}") if own else before
        where = self._where_before(request) if request.where == EVERYWHERE else request.where
        return replace(request, subject=subject, about=before, clauses=(), where=where, otherwise=None)

    def left_open(self, request: Request, own_words: int = _OWN_WORDS) -> Request | None:
        """Ask a question that leaves the last subject out; if nothing answers it, words on that subject are likely."""
        joined = self.on_that(request, own_words)
        return replace(joined, clauses=(Clause(self._before.subject, 1.0),)) if joined else None

    def of_what_was_done(self, base: Request, opening: Collection[str]) -> Request | None:
        """Add "how long" or "from who" to the last question, if that asked what somebody or something did.

        None otherwise. A question on what something did is its own subject, and so has one of the `opening` words.
        """
        before = self._before
        asked = before.subject and (before.people or plain(before.subject).split()[0] in opening)
        if not asked or before.fact or before.checked or not isinstance(before.answer, Found | Unsure):
            return None
        subject, people = f"{base.text} {before.subject}", self._known(before.people)
        return replace(base, subject=subject, people=people, where=self._where_before(base), words_of=bool(people))

    def _where_before(self, request: Request) -> Where:
        """Return the place of the last question, unless that is an episode without the person asked about."""
        where = self._before.where
        theirs = [each.id for person in request.people for each in person.episodes]
        return EVERYWHERE if where.episode and theirs and where.episode not in theirs else where

    def of_it(self, request: Request, it: frozenset[str], *, claims: bool) -> Request | None:
        """Ask a longer question about "it": in the episode shown, if only one was, or with the last subject.

        `claims` is for a statement, which is checked everywhere: "it takes 21 days, right?".
        """
        answer, before = self._before.answer, self._before.subject
        if request.where != EVERYWHERE or request.people or not isinstance(answer, Found | Unsure):
            return None
        places = {each.episode.id: each.episode for each in answer.evidence}
        if len(places) == 1 and not (self._before.counting or claims):
            (id, episode), *_ = places.items()
            # `within` is set as well, so that we search elsewhere if nothing is found there.
            where = Where(id, within=frozenset(places), part=label(episode))
            return replace(request, where=where, about=before or request.about, otherwise=None)
        if not before or sum(map(carries, plain(request.subject).split())) > _OWN_WORDS_ABOUT_IT:
            return None
        if isinstance(request.want, wants.Compare):
            first, *others = request.want.sides
            put = " ".join(before if word in it else word for word in plain(first).split())
            request = replace(request, want=replace(request.want, sides=(put, *others)))
        return replace(request, subject=f"{before} {request.subject}", about=before, clauses=(), otherwise=None)

    def another(self, base: Request) -> Request | None:
        """Ask for the next of a list of episodes, or for another passage on the last subject.

        None after a quote, since that says which kind is wanted.
        """
        before = self._before
        episode = ItemId(before.episode or "")
        if episode in before.listed[:-1] and not before.quoting:
            return replace(base, want=wants.Pick(before.listed.index(episode) + 2))
        if before.quoting or not before.subject or not isinstance(before.answer, Found | Unsure):
            return None
        if before.more:
            return replace(base, want=Ask.MORE)
        return replace(base, want=Ask.QUOTE, subject=subject_of_claim(before.subject))

    def beside_him(self, base: Request) -> Request | None:
        """Ask who else is in a guest's episodes, if those were just listed; otherwise None."""
        him = self.people[:1] if self._before.those else ()
        return replace(base, want=Ask.BESIDE_PERSON, people=him) if him else None

    def _said_in(self, base: Request) -> Request:
        """Ask what was said in a listed episode on the subject it was listed for, or else for an overview."""
        before = self._before
        there = base.where.episode
        listed = isinstance(before.answer, Fact) and there is not None and ItemId(there) in before.listed
        if before.subject and listed and not before.people:
            return replace(base, subject=before.subject)
        return replace(base, want=wants.FactOf(wants.FactKind.OVERVIEW))

    def words_on_that(self, request: Request) -> Request | None:
        """Ask what the person named said on the last subject; None if there is none."""
        joined = self.on_that(request)
        return replace(joined, words_of=True) if joined else None

    def elsewhere(self, base: Request) -> Request | None:
        """Ask the last question again in the place of `base`; None if that question has no place."""
        before, where = self._before, base.where
        if before.where.show and not where.show and (where.year or where.season):
            base = replace(base, where=self._names.shows.part(before.where.show, where.season, where.year))
        if before.of_place and base.where != EVERYWHERE:
            return replace(base, want=before.of_place, subject="", people=self.people)
        if base.where.show and before.fact and (there := self._end_of_show(base.where.show)):
            return replace(base, want=wants.FactOf(before.fact), where=there, subject="")
        if before.fact is None and before.listed and isinstance(before.answer, Fact) and not before.subject:
            return replace(base, want=Ask.EPISODES, subject="")
        listed = isinstance(before.answer, Fact) and bool(before.those)
        if not before.subject or not (
            before.counting or listed or isinstance(before.answer, Found | Unsure | NotFound)
        ):
            return None
        want = before.counting or (Ask.EPISODES_ON if listed else base.want)
        return replace(base, want=want, text=before.subject, subject=before.subject, people=self.people)

    def _on_other_shows(self, base: Request) -> Request | None:
        """Ask the last question again on all shows but one: the one named, or else the last one."""
        shows = self._names.shows
        show = base.where.show or self._before.where.show or shows.show_of(self._before.episode)
        others = shows.besides(show) if show else None
        return self.elsewhere(replace(base, where=others)) if others else None

    def _end_of_show(self, show: str) -> Where | None:
        """Return a show's newest or first episode, whichever was asked about of another show; otherwise None."""
        shows = self._names.shows
        for first in (False, True):
            theirs = shows.newest(shows.show_of(self._before.episode), first=first)
            there = shows.newest(show, first=first)
            if there and [each.id for each in theirs] == [self._before.episode]:
                return Where(there[0].id, show=show, named=True)
        return None

    def names_a_place(self, words: Sequence[str]) -> bool:
        """Tell whether words name nothing but a place: "on Hive Talk"."""
        short = len(words) <= _WORDS_OF_A_PLACE
        return short and not (_PLACES.isdisjoint(words) or any(map(carries, set(words) - _PLACES)))

    def in_year(self, base: Request, words: Sequence[str]) -> Request | None:
        """Ask the last question again for a year, if that is the only word: "what about 2024?". Otherwise None."""
        if len(words) != 1 or not _YEAR.fullmatch(words[0]):
            return None
        where = self._names.shows.part(self._before.where.show, None, int(words[0]))
        undated = bool(self._before.counting) and not self._names.shows.dated
        return self.elsewhere(replace(base, where=where)) if where.within or undated else None

    def listed(self, which: wants.WhichEpisode) -> wants.Want:
        """Take a number that no episode has as a position in the last list: "number 2"."""
        number = which.number or ""
        picks = not which.episodes and number.isdecimal() and 0 < int(number) <= len(self._before.listed)
        return wants.Pick(int(number)) if picks else which

    def who_said(self, base: Request, number: str | None) -> Request | None:
        """Ask who said "number 2" of the last list, even if an episode has that number; None without that many."""
        if not number or not number.isdecimal() or not 0 < int(number) <= len(self._before.listed):
            return None
        return replace(base, want=wants.WhoSaid(None, nth=int(number)), where=EVERYWHERE)

    def _which_ones(self, base: Request) -> Request | None:
        """Ask for the episodes that the last answer was about."""
        before = self._before
        if before.subject:
            return replace(base, want=Ask.EPISODES_ON, subject=before.subject, where=before.where)
        known = tuple(person for person in self.he if person.known)
        return replace(base, want=Ask.WITH_PERSON, people=known[:1]) if known else None

    def _picked(self, base: Request, number: str) -> Request | None:
        if number.isdigit() and 0 < int(number) <= len(self._before.listed):
            return replace(base, want=wants.Pick(int(number)))
        if next_one := self.in_the_same_show(base, number):
            return next_one
        theirs = self._names.shows.numbered(number, None, None)
        return self._named(base, theirs, number) if theirs else None

    def nth(self, base: Request, number: int) -> Request | None:
        """Take "the second one" as an episode of the show talked about, if there is no list to pick from."""
        before = self._before
        if before.fact is None or len(before.listed) >= number:
            return None
        those = self._names.shows.episodes_of(self._names.shows.show_of(before.episode) or "")[::-1]
        if those and those[0].id == before.episode and those[0].number != "1":  # an archive that starts later
            return replace(self._named(base, those[number - 1 : number]), want=wants.FactOf(before.fact))
        return self.in_the_same_show(base, str(number))

    def in_the_same_show(self, base: Request, number: str) -> Request | None:
        """Ask for the same fact about another episode of the show: "and 3?". None if the library doesn't have it."""
        before = self._before
        show = self._names.shows.show_of(before.episode)
        if show is None or before.fact is None:
            return None
        theirs = self._names.shows.numbered(number, show, None)
        return replace(self._named(base, theirs), want=wants.FactOf(before.fact)) if len(theirs) == 1 else None

    @staticmethod
    def _named(base: Request, those: tuple[Episode, ...], number: str | None = None, *, first: bool = False) -> Request:
        """Ask for an overview of the one episode of that name, or which of several is meant."""
        if len(those) == 1:
            return replace(
                base, want=wants.FactOf(wants.FactKind.OVERVIEW), where=Where(those[0].id, named=True), subject=""
            )
        return replace(base, want=wants.WhichEpisode(number, those, first=first), subject="")


def _shows_the_closest(checked: QuoteCheck) -> bool:
    """Tell whether a check found no such words and showed those that come closest."""
    return checked.verdict is Verdict.NOT_FOUND and bool(checked.evidence)


def _shows_the_words(checked: QuoteCheck) -> bool:
    """Tell whether a check showed what was really said."""
    return checked.verdict.said or bool(checked.differences)
