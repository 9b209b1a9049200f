"""Introduces people: who somebody is, where hosts or others say so, and who is only mentioned, or nowhere.

How often they are on is counted in `appearances.py`. The sentences are in `introductions.py`; whom a name means is read
in `bot.understanding`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain, islice
from typing import Final

from bot.answering import introductions, selection, sentences
from bot.answering.appearances import Appearances
from bot.answering.catalogue import Catalogue
from bot.answering.oneself import told
from bot.port.messages import Answer, Episode, Evidence, Fact, Found, NotFound, Unsure
from bot.understanding.request import EVERYWHERE, MOST_OF_A_GUEST, Request, Somebody, Trait, Where
from bot.understanding.wants import Ask, Want
from knowledge.model import Passage, Quote, Scope
from knowledge.search import Search
from knowledge.search.formerly import LEADS, formerly
from knowledge.search.introducing import (
    ANYWHERE,
    AT_HOME_LEADS,
    AT_THE_TIME,
    AT_WORK,
    AT_WORK_LEADS,
    BEGINNING,
    MADE,
    Called,
    at_place,
    home_of,
    introduction,
    is_there,
    made_beside,
    made_by_them,
    of_another,
    said_later,
)
from knowledge.search.mentions import is_capital
from knowledge.search.words import fold

_THAN: Final = re.compile(r"\bthan ((?:[\w.'-]+ ?){1,3}?)(?: (?:is|was|does|did|has))?\W*$", re.IGNORECASE)
"""Ends a question that compares somebody with another person."""
_NEAR: Final = 3
"""Number of each person's passages among which we look for the closest."""
_OF_ONESELF: Final = 200
"""Maximum number of somebody's passages with the words of a question that are read for what they say of themselves."""
_READ: Final = 3
"""Number of a regular's newest, and of their first, episodes whose beginnings are read."""


@dataclass(frozen=True)
class Biographer:
    """Introduces the people in one library."""

    _catalogue: Catalogue
    _search: Search
    _appearances: Appearances

    def stranger(self, request: Request) -> Found | NotFound | None:
        """Say that somebody doesn't speak, and show where the name comes up; None if it is no name."""
        person = request.person
        if person is None or not self._search.size or self._bears(person.name):
            return None
        typed = person.name.removesuffix("'s").removesuffix("’s")
        every = (self._search.mentions(each, scope=request.where.scope) for each in (typed, *person.labels))
        mentions = max(every, key=lambda each: bool(each.episodes))
        name = mentions.written if mentions.as_name else typed
        if mentions.episodes and not mentions.as_name:
            return None
        introduced = {each.episode: each for each in self.introducing(name, request.where)}
        if introduced and not request.where.episode:
            there = [self._catalogue.episodes[id] for id in introduced]
            return self._found(introductions.introduced_in(name, there), name, tuple(introduced.values()))
        if mentions.episodes:
            text = introductions.only_mentioned(name, len(mentions.episodes), self._appearances.among(request.where))
            return self._found(text, name, self._newest_first(mentions.passages))
        as_typed = request.subject if request.want is Ask.WITH_PERSON else typed
        if not (mentions.unknown or is_capital(as_typed)):
            return None
        return self._catalogue.nothing(introductions.nowhere(name, self._appearances.among(request.where)))

    def introducing(self, name: str, where: Where = EVERYWHERE) -> list[Passage]:
        """List the passages in which hosts introduce somebody at the beginning, newest first."""
        said = self._newest_first(self._search.said_early(name, BEGINNING, scope=where.scope))
        return [each for each in said if is_there(name, each.text)]

    def _bears(self, name: str) -> bool:
        """Tell whether some speaker's name contains all words of a name, such as "Linus"."""
        words = set(fold(name).split())
        return any(words <= set(fold(each).split()) for names in self._catalogue.speakers.values() for each in names)

    def mentioned(self, person: Somebody, request: Request, said: Answer) -> Found | NotFound | None:
        """Say that somebody whose words are wanted doesn't speak, and show what others say with the name.

        None if it is no name.
        """
        told = self.stranger(request)
        if told is None or isinstance(said, Unsure):
            return told
        if isinstance(told, Found):
            beside = self._search.mentioned_beside(person.name, request.subject, scope=request.where.scope)
            if beside:
                return self._found(introductions.beside(told.text), person.name, beside)
        return introductions.by_others(told, said) if isinstance(said, Found) else told

    def trait(self, request: Request) -> Found | None:
        """Show where somebody says of themselves what a yes-or-no question asks, or else where others say it of them.

        None if nobody does.
        """
        person, trait, scope = request.person, request.trait, request.where.scope
        if person is None or trait is None or not person.candidates:
            return None
        own = (
            each
            for name in person.speaking
            for each in self._search.said_by(name, trait.rest, scope=scope, limit=_OF_ONESELF)
            if isinstance(each, Passage) and not each.aloud
        )
        said = [replace(each, text=words) for each in own if (words := told(trait, each.text))]
        if said:
            return self._telling(introductions.own_words(person.name), trait, said)
        others = self._search.mentioned_beside(person.name, trait.rest, scope=scope)
        of_them = [replace(each, text=words) for each in others if (words := told(trait, each.text, (person.name,)))]
        return self._telling(introductions.spoken_of(person.name), trait, of_them) if of_them else None

    def compared_with(self, request: Request) -> str:
        """Return the name, as typed, of whom a question compares somebody with: "is Ann older than Bob"; or empty."""
        than = _THAN.search(request.text)
        other = than[1] if than and request.person and request.person.candidates else ""
        return other if other and self._bears(other) else ""

    def _telling(self, text: str, trait: Trait, said: Sequence[Passage]) -> Found:
        """Show what is said of somebody; a question when or why is answered by that alone."""
        found = self._found(text, trait.rest, self._newest_first(said))
        return (
            replace(found, text=sentences.spoken_in(each.episode for each in found.evidence), told="")
            if trait.asks
            else found
        )

    def spoken_of(self, person: Somebody, where: Where) -> Found | None:
        """Show what others say about a speaker, first in episodes without them; None if nothing.

        In their own episodes, people mostly greet and thank them by name.
        """
        mentions = self._search.mentions(person.name, scope=where.scope)
        others = [each for each in mentions.passages if self._catalogue.name(each.speaker or "") != person.name]
        there = {episode.id for episode in person.episodes}
        shown = sorted(self._newest_first(others), key=lambda each: each.episode in there)
        return self._found(introductions.spoken_of(person.name), person.name, shown) if shown else None

    def introduced(self, part: Fact, somebody: Somebody, want: Want = Ask.WHO_IS) -> Fact | None:
        """Add who somebody is to a sentence about them, in the words of others or their own.

        If the question asks where they live or work, and somebody says so, add that. None if nobody says anything.
        """
        episodes = _ends(somebody.episodes)
        begun = (islice(self._search.said_in(each.id), BEGINNING) for each in episodes)
        said = tuple(map(self._catalogue.credited, chain.from_iterable(begun)))
        called = partial(self._called, somebody.name)
        asked, introducing = None, introduction(somebody.name, said, called=called)
        if want is Ask.HOME_OF:
            asked = home_of(somebody.name, (*said, *self._said_of_oneself(somebody, AT_HOME_LEADS, ("in", "to"))))
        elif want is Ask.WORK_OF:
            asked = introduction(somebody.name, said, AT_WORK, called) or self._told_later(somebody, episodes)
            asked = asked or self._told_elsewhere(somebody.name, AT_WORK)
        told = asked or introducing or self._told_later(somebody, episodes)
        if want is Ask.WHO_IS:
            told = self._made(somebody, said, called) or self._lasting(somebody, told)
        if told is None:
            return None
        unsaid = "" if asked or want is Ask.WHO_IS else f" {introductions.unsaid(want)}"
        # Somebody who has changed jobs may say what they do now, but not where.
        newest = introducing if want is Ask.WORK_OF and asked else None
        each = self._newest_first([told, newest]) if newest and newest.episode != told.episode else [told]
        # Starting the quotation earlier would only hide the name.
        shown = [self._catalogue.evidence(one, 1.0, after_others=True) for one in each]
        return replace(
            part, text=f"{part.text}{unsaid} {' '.join(introductions.in_words(one, somebody.name) for one in shown)}"
        )

    def _made(self, somebody: Somebody, said: Sequence[Passage], called: Called) -> Passage | None:
        """Find what somebody made, where they are introduced, elsewhere, or in their own words.

        For a guest, prefer what they talk about: the author of SQLite has made other things too.
        """
        told = (
            introduction(somebody.name, said, MADE, called),
            self._told_elsewhere(somebody.name, made_beside(somebody.name)),
        )
        first = next(filter(None, told), None)
        if somebody.has_many_episodes:
            return first
        every = chain.from_iterable(self._search.said_in(each.id) for each in somebody.episodes)
        own = made_by_them(somebody.name, map(self._catalogue.credited, every))
        if own is None:
            return first
        thing, words = own
        return next((each for each in told if each and fold(thing) in fold(each.text)), words)

    def _lasting(self, somebody: Somebody, told: Passage | None) -> Passage | None:
        """Choose what is said about somebody elsewhere if `told` is nothing, or only what they do "right now"."""
        if told and not AT_THE_TIME.search(told.text):
            return told
        return self._told_elsewhere(somebody.name) or told

    def _called(self, name: str, passage: Passage) -> tuple[str, ...]:
        """Return a name, and the first name if nobody else who speaks in the episode has it."""
        first, _, others = name.partition(" ")
        alike = [each for each in self._catalogue.speakers.get(passage.episode, ()) if each.partition(" ")[0] == first]
        return (name, first) if others and len(alike) == 1 else (name,)

    def _told_later(self, somebody: Somebody, episodes: Sequence[Episode]) -> Passage | None:
        """Find what somebody says about themselves later in episodes; for a regular, by searching for lead words."""
        if somebody.has_many_episodes:  # too many words to read them all
            return said_later(somebody.name, self._said_of_oneself(somebody, AT_WORK_LEADS, ("at", "for")))
        said = chain.from_iterable(self._search.said_in(each.id) for each in episodes)
        return said_later(somebody.name, map(self._catalogue.credited, said))

    def _said_of_oneself(self, somebody: Somebody, leads: Sequence[str], ends: Sequence[str]) -> Sequence[Passage]:
        """Find where a regular says lead words before others, such as "I work" before "at", newest first."""
        if not somebody.has_many_episodes:
            return ()
        scopes = [Scope(speaker=name) for name in somebody.speaking[:1]]
        said = (self._search.said_after(leads, end, scope=scope) for scope in scopes for end in ends)
        return self._newest_first(map(self._catalogue.credited, chain.from_iterable(said)))

    def formerly(self, somebody: Somebody, besides: str) -> Fact | None:
        """Quote what somebody says they did before something; None if they don't say."""
        said: Iterable[Passage] = self._said_of_oneself(somebody, LEADS, ("at", "for", "as"))
        if not somebody.has_many_episodes:
            said = chain.from_iterable(self._search.said_in(each.id) for each in reversed(somebody.episodes))
        told = formerly(somebody.name, map(self._catalogue.credited, said), besides)
        if told is None:
            return None
        evidence = self._catalogue.evidence(told, 1.0)
        return Fact(introductions.in_words(evidence), (evidence.episode,))

    def introduced_at(self, somebody: Somebody, place: str) -> Fact | None:
        """Say who somebody is at a place, if they or others say so with its name; None if nobody does."""
        theirs = Scope(within=frozenset(each.id for each in somebody.episodes))
        said = self._newest_first(self._search.mentions(place, scope=theirs).passages)
        begun = (each for each in map(self._catalogue.credited, said) if each.number <= BEGINNING)
        told = introduction(somebody.name, begun, re.compile(rf"\b{re.escape(place)}\b", re.IGNORECASE))
        told = told or at_place(somebody.name, place, map(self._catalogue.credited, said))
        if told is None:
            return None
        evidence = self._catalogue.evidence(told, 1.0)
        return Fact(introductions.in_words(evidence), (evidence.episode,))

    def _told_elsewhere(self, name: str, where: re.Pattern[str] = ANYWHERE) -> Passage | None:
        """Find other people's words on who somebody is, anywhere in the library."""
        others = self._newest_first(self._search.mentions(name).passages)
        told = (replace(each, text=of_another(name, each.text)) for each in others)
        return next((each for each in told if each.text and where.search(each.text)), None)

    def nearest(self, people: Sequence[Somebody], words: str, where: Where) -> tuple[Evidence, ...]:
        """List what people said with some of the informative words of `words`, best first."""
        names = (name for person in people for name in person.speaking)
        rankings = (self._search.find(words, scope=replace(where.scope, speaker=name), limit=_NEAR) for name in names)
        return tuple(
            self._catalogue.evidence(hit.item, hit.confidence)
            for ranking in rankings
            for hit in ranking.hits
            if isinstance(hit.item, Passage | Quote) and selection.wanted(ranking) & selection.stems_of(hit.item.text)
        )

    def _newest_first(self, passages: Iterable[Passage]) -> list[Passage]:
        order = {id: at for at, id in enumerate(self._catalogue.episodes)}
        return sorted(passages, key=lambda each: (order[each.episode], each.number))

    def _found(self, text: str, name: str, passages: Sequence[Passage]) -> Found:
        evidence = selection.mixed(selection.distinct(self._catalogue.evidence(each, 1.0) for each in passages))
        return selection.shown(text, evidence, name)


def _ends(episodes: Sequence[Episode]) -> Sequence[Episode]:
    """Return a guest's episodes, newest first, or some of a regular's newest and first ones."""
    if len(episodes) <= MOST_OF_A_GUEST:
        return episodes
    return tuple(dict.fromkeys((*episodes[:_READ], *episodes[-_READ:])))
