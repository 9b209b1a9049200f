"""Tells of people: who somebody is, when they were on, with whom, how often; and who is only mentioned, or nowhere.

Counts are exact, of the episodes that were asked about. How it is worded is in `introductions.py`; which names mean
whom is read in `bot.understanding`.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain, combinations, islice, product
from operator import itemgetter
from typing import Final, assert_never

from bot.answering import introductions, selection
from bot.answering.cast import Cast
from bot.answering.catalogue import Catalogue, chronological
from bot.port.messages import Answer, Episode, EpisodeId, Evidence, Fact, Found, NotFound, Tally, Unsure
from bot.understanding.request import EVERYWHERE, MOST_OF_A_GUEST, Request, Somebody, Where
from bot.understanding.wants import Appearance, Ask, Counted, Guests, MostOften, Want
from knowledge.model import Passage, Quote, Scope
from knowledge.search import Search
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

_BESIDE: Final = 10
"""People named who are on with somebody."""
_PAIRS: Final = 3
"""Pairs of people named who are on together most."""
_LISTED: Final = 10
"""Episodes that come with an answer."""
_TOP: Final = 5
"""People named where nobody says how many."""
_MOST: Final = 25
"""People named at most."""
_NEAR: Final = 3
"""Passages of each name that are looked through for what comes nearest."""
_READ: Final = 3
"""Episodes of anybody else, the newest and as many of the first, whose beginnings are."""


@dataclass(frozen=True)
class Biographer:
    """Tells of the people in one library."""

    _catalogue: Catalogue
    _search: Search
    _cast: Cast

    def stranger(self, request: Request) -> Found | NotFound | None:
        """Say that somebody does not speak, and where the name comes up; None where it is no name."""
        person = request.person
        if person is None or not self._search.size or self._bears(person.name):
            return None
        typed = person.name.removesuffix("'s").removesuffix("’s")
        mentions = self._search.mentions(typed, scope=request.where.scope)
        name = mentions.written if mentions.as_name else typed
        if mentions.episodes and not mentions.as_name:
            return None
        introduced = {each.episode: each for each in self.introducing(name, request.where)}
        if introduced and not request.where.episode:
            there = [self._catalogue.episodes[id] for id in introduced]
            return self._found(introductions.introduced_in(name, there), name, tuple(introduced.values()))
        if mentions.episodes:
            text = introductions.only_mentioned(name, len(mentions.episodes), self._among(request.where))
            return self._found(text, name, self._newest_first(mentions.passages))
        as_typed = request.subject if request.want is Ask.WITH_PERSON else typed
        if not (mentions.unknown or is_capital(as_typed)):
            return None
        return self._catalogue.nothing(introductions.nowhere(name, self._among(request.where)))

    def introducing(self, name: str, where: Where = EVERYWHERE) -> list[Passage]:
        """List where hosts say at the beginning that somebody is there, the newest first."""
        said = self._newest_first(self._search.said_early(name, BEGINNING, scope=where.scope))
        return [each for each in said if is_there(name, each.text)]

    def _bears(self, name: str) -> bool:
        """Tell whether somebody who speaks has all words of a name, such as "Linus", in theirs."""
        words = set(fold(name).split())
        return any(words <= set(fold(each).split()) for names in self._catalogue.speakers.values() for each in names)

    def mentioned(self, person: Somebody, request: Request, said: Answer) -> Found | NotFound | None:
        """Say that somebody whose words are asked for does not speak; with what others say on that, beside the name.

        None where it is no name.
        """
        told = self.stranger(request)
        if told is None or isinstance(said, Unsure):
            return told
        if isinstance(told, Found):
            beside = self._search.mentioned_beside(person.name, request.subject, scope=request.where.scope)
            if beside:
                return self._found(introductions.beside(told.text), person.name, beside)
        return introductions.by_others(told, said) if isinstance(said, Found) else told

    def spoken_of(self, person: Somebody, where: Where) -> Found | None:
        """Show what others say of somebody who speaks in the library, first where they are not there; None for nothing.

        Who is there is greeted and thanked by name.
        """
        mentions = self._search.mentions(person.name, scope=where.scope)
        others = [each for each in mentions.passages if self._catalogue.name(each.speaker or "") != person.name]
        there = {episode.id for episode in person.episodes}
        shown = sorted(self._newest_first(others), key=lambda each: each.episode in there)
        return self._found(introductions.spoken_of(person.name), person.name, shown) if shown else None

    def introduced(self, part: Fact, somebody: Somebody, want: Want = Ask.WHO_IS) -> Fact | None:
        """Say after somebody's part who they are: in the words of others or their own, or in others' elsewhere.

        Rather where they live or work, if that is wanted and said; None where nobody says anything of it.
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
        # Who works somewhere else by now may say what they are there, and not where.
        newest = introducing if want is Ask.WORK_OF and asked else None
        each = self._newest_first([told, newest]) if newest and newest.episode != told.episode else [told]
        # The beginning of what is quoted names nobody: it would only hide the name.
        shown = [self._catalogue.evidence(one, 1.0, after_others=True) for one in each]
        return replace(
            part, text=f"{part.text}{unsaid} {' '.join(introductions.in_words(one, somebody.name) for one in shown)}"
        )

    def _made(self, somebody: Somebody, said: Sequence[Passage], called: Called) -> Passage | None:
        """Find what says what somebody made: where they are introduced, elsewhere, or in their own words.

        Of a guest rather what they talk about: who wrote SQLite is known for that, and has made other things.
        """
        told = (
            introduction(somebody.name, said, MADE, called),
            self._told_elsewhere(somebody.name, made_beside(somebody.name)),
        )
        first = next(filter(None, told), None)
        if somebody.is_regular:
            return first
        every = chain.from_iterable(self._search.said_in(each.id) for each in somebody.episodes)
        own = made_by_them(somebody.name, map(self._catalogue.credited, every))
        if own is None:
            return first
        thing, words = own
        return next((each for each in told if each and fold(thing) in fold(each.text)), words)

    def _lasting(self, somebody: Somebody, told: Passage | None) -> Passage | None:
        """Choose what is said of somebody elsewhere where nothing is said of them, or only what they do "right now"."""
        if told and not AT_THE_TIME.search(told.text):
            return told
        return self._told_elsewhere(somebody.name) or told

    def _called(self, name: str, passage: Passage) -> tuple[str, ...]:
        """Return a name, and the first name where nobody else who speaks in the episode has it."""
        first, _, others = name.partition(" ")
        alike = [each for each in self._catalogue.speakers.get(passage.episode, ()) if each.partition(" ")[0] == first]
        return (name, first) if others and len(alike) == 1 else (name,)

    def _told_later(self, somebody: Somebody, episodes: Sequence[Episode]) -> Passage | None:
        """Find what somebody says of themselves later in some episodes, or a regular anywhere in words looked for."""
        if somebody.is_regular:  # all that a guest says is read
            return said_later(somebody.name, self._said_of_oneself(somebody, AT_WORK_LEADS, ("at", "for")))
        said = chain.from_iterable(self._search.said_in(each.id) for each in episodes)
        return said_later(somebody.name, map(self._catalogue.credited, said))

    def _said_of_oneself(self, somebody: Somebody, leads: Sequence[str], ends: Sequence[str]) -> Sequence[Passage]:
        """Find what a regular says with some words before others, such as "I work" before "at", the newest first."""
        if not somebody.is_regular:
            return ()
        scopes = [Scope(speaker=name) for name in somebody.speaking[:1]]
        said = (self._search.said_after(leads, end, scope=scope) for scope in scopes for end in ends)
        return self._newest_first(map(self._catalogue.credited, chain.from_iterable(said)))

    def introduced_at(self, somebody: Somebody, place: str) -> Fact | None:
        """Say who somebody is at a place, where they or others do with its name; None where nobody does."""
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
        """Find the words of others on who somebody is, where nothing in the episodes that they are in says it."""
        others = self._newest_first(self._search.mentions(name).passages)
        told = (replace(each, text=of_another(name, each.text)) for each in others)
        return next((each for each in told if each.text and where.search(each.text)), None)

    def nearest(self, people: Sequence[Somebody], words: str, where: Where) -> tuple[Evidence, ...]:
        """List what people said with some of the telling words of others, best first."""
        names = (name for person in people for name in person.speaking)
        rankings = (self._search.find(words, scope=replace(where.scope, speaker=name), limit=_NEAR) for name in names)
        return tuple(
            self._catalogue.evidence(hit.item, hit.confidence)
            for ranking in rankings
            for hit in ranking.hits
            if isinstance(hit.item, Passage | Quote) and selection.wanted(ranking) & selection.stems_of(hit.item.text)
        )

    def ambiguous(self, somebody: Somebody) -> Fact:
        """Ask back who is meant, of several with a name."""
        people = [(each.name, len(each.episodes)) for each in somebody.candidates]
        newest = tuple(dict.fromkeys(each.episodes[0] for each in somebody.candidates))
        return Fact(introductions.several(somebody.name, people), newest, counts=tallies(people))

    def together(self, people: Sequence[Somebody], request: Request) -> Fact:
        """List the episodes that all of some people are in; of several with a name, the one who is there most."""
        meant, episodes = self._in_common(people, request.where)
        names = [each.name for each in meant]
        if not episodes:
            alone = [(each.name, len(self._within(each.episodes, request.where))) for each in meant]
            newest = tuple(each.episodes[0] for each in meant)
            return Fact(introductions.never_together(alone), newest, counts=tallies(alone))
        return Fact(introductions.together(names, episodes), episodes[:_LISTED])

    def _in_common(self, people: Sequence[Somebody], where: Where) -> tuple[tuple[Somebody, ...], tuple[Episode, ...]]:
        """Return who is meant by some names, those who are together most, with the episodes that all of them are in."""
        meant = max(product(*(each.candidates for each in people)), key=lambda each: len(_shared(each)))
        shared = _shared(meant)
        return meant, self._within((each for each in meant[0].episodes if each.id in shared), where)

    def counted(self, want: Counted, request: Request) -> Fact | NotFound:
        """Tell who is on with whom, how often, when first and last."""
        match want:
            case MostOften(top):
                return self._most_often(request.where, top)
            case Guests():
                return self._guests(want, request.where)
            case Ask.PAIRS:
                return self._pairs(request.where)
            case Ask.ON_EACH_SHOW:
                return self._on_each_show(request.where)
            case Ask.WITHOUT_PERSON:
                return self._without(request)
            case Appearance(first) if len(request.people) > 1 and all(each.candidates for each in request.people):
                return self._together_at(request, first=first)
            case Ask.APPEARANCES if len(request.people) > 1 and all(each.candidates for each in request.people):
                return self._on_more(request)
            case _:
                somebody = next(each for each in request.people if each.candidates)
        match want:
            case _ if not somebody.known:
                return self.ambiguous(somebody)
            case Appearance(first):
                return self._appearance(somebody, request.where, first=first)
            case Ask.BESIDE_PERSON:
                return self._beside(somebody, request.where)
            case Ask.INTERVIEWERS_OF:
                return self._interviewers(somebody, request.where)
            case Ask.APPEARANCES:
                return self._how_often(somebody, request.where)
            case _:
                assert_never(want)

    def _appearance(self, somebody: Somebody, where: Where, *, first: bool) -> Fact:
        """Name the first or last episode somebody is in: of each show, where nothing puts the shows in order."""
        there = self._within(somebody.episodes, where)
        episodes, part = (there, where.part) if there else (somebody.episodes, "")
        ends = ends_of(episodes, first=first)
        text = introductions.appearance([somebody.name], ends, len(episodes), part, first=first)
        if where.part and not there:
            text = f"{introductions.is_in(somebody.name, (), where.part)} {text}"
        if part and len(ends) == 1 and not first:
            text = f"{text} {introductions.since(self._there(where).index(ends[0]))}"
        return Fact(text, ends)

    def _together_at(self, request: Request, *, first: bool) -> Fact:
        """Name the first or last episode that some people are in together, or say that there is none."""
        meant, episodes = self._in_common(request.people, request.where)
        if not episodes:
            return self.together(request.people, request)
        ends, names = ends_of(episodes, first=first), [each.name for each in meant]
        return Fact(introductions.appearance(names, ends, len(episodes), request.where.part, first=first), ends)

    def _how_often(self, somebody: Somebody, where: Where) -> Fact:
        """Count the episodes somebody is in, by the notes and the transcripts, and name some of them."""
        episodes = self._within(somebody.episodes, where)
        text = introductions.is_in(somebody.name, episodes, where.part)
        if not introductions.all_named(episodes):
            text = f"{text} {_from_first_to_last(episodes)}"
        counts = (Tally(somebody.name, len(episodes), "episodes"),)
        return Fact(text, (episodes or somebody.episodes)[:_LISTED], counts=counts)

    def _on_more(self, request: Request) -> Fact:
        """Say who of several people is in more episodes; of several with a name, the likeliest."""
        meant = [each.candidates[0] for each in request.people]
        theirs = {each.name: self._within(each.episodes, request.where) for each in meant}
        ranked = sorted(((name, len(there)) for name, there in theirs.items()), key=itemgetter(1), reverse=True)
        named = tuple(dict.fromkeys(each.episodes[0] for each in meant))
        return Fact(introductions.on_more(ranked, request.where.part), named, counts=tallies(ranked))

    def _beside(self, somebody: Somebody, where: Where) -> Fact:
        """Name those who are in episodes with somebody, most first."""
        there = self._within(somebody.episodes, where)
        counts = Counter(name for each in there for name in self._cast.of(each))
        del counts[somebody.name]
        named = counts.most_common(_BESIDE)
        text = introductions.beside_somebody(somebody.name, there, named, len(counts), where.part)
        return Fact(text, there[:_LISTED] or somebody.episodes[:1], counts=tallies(named))

    def _without(self, request: Request) -> Fact:
        """List the episodes that the first of two people is in and the second is not; of several, the likeliest."""
        one, other = (each.candidates[0] for each in request.people[:2])
        shared = _shared((one, other))
        there = tuple(each for each in self._within(one.episodes, request.where) if each.id not in shared)
        text = introductions.without(one.name, other.name, there, request.where.part)
        counts = (Tally(one.name, len(there), "episodes"),)
        return Fact(text, (there or one.episodes)[:_LISTED], counts=counts)

    def _interviewers(self, somebody: Somebody, where: Where) -> Fact:
        """Name who hosts the episodes with somebody, by the notes or as regulars; whoever is there where nobody is."""
        there = self._within(somebody.episodes, where)
        counts = Counter(name for each in there for name in self._cast.hosts(each) if name != somebody.name)
        if not counts:
            return self._beside(somebody, where)
        named = counts.most_common(_BESIDE)
        text = introductions.interviewers(somebody.name, there, named)
        return Fact(text, there[:_LISTED], counts=tallies(named))

    def _pairs(self, where: Where) -> Fact | NotFound:
        """Name the two people who are in most episodes together, and who comes next."""
        episodes = self._there(where)
        counts = Counter(pair for each in episodes for pair in combinations(sorted(self._cast.of(each)), 2))
        named = [(f"{one} and {other}", count) for (one, other), count in counts.most_common(_PAIRS)]
        return self._heard_most(introductions.pairs(named, self._among(where)), named, episodes)

    def _on_each_show(self, where: Where) -> Fact | NotFound:
        """Name those who speak in every one of some shows, those in most episodes first."""
        episodes = self._there(where)
        shows = {each.show for each in episodes}
        of: defaultdict[str, list[Episode]] = defaultdict(list)
        for episode in episodes:
            for name in self._cast.of(episode):
                of[name].append(episode)
        counts = Counter({name: len(there) for name, there in of.items() if {each.show for each in there} == shows})
        if not counts:
            return self._catalogue.nothing(introductions.nobody_on_each(where.part))
        named = counts.most_common(_MOST)
        theirs = tuple(dict.fromkeys(each for name, _ in named for each in of[name]))
        text = introductions.on_each_show(named, len(counts), where.part)
        return Fact(text, theirs[:_LISTED], counts=tallies(named))

    def _most_often(self, where: Where, top: int | None) -> Fact | NotFound:
        """Name those who speak in most episodes."""
        episodes = self._there(where)
        counts = Counter(name for each in episodes for name in self._cast.of(each))
        named = counts.most_common(min(top or _TOP, _MOST))
        return self._heard_most(introductions.most_often(named, self._among(where)), named, episodes)

    def _heard_most(self, text: str, named: Sequence[tuple[str, int]], episodes: Sequence[Episode]) -> Fact | NotFound:
        """Tell of those who are in most of some episodes, or that nobody is named there."""
        if not named:
            return self._catalogue.nothing(introductions.nobody_named(len(episodes)))
        return Fact(text, tuple(episodes[:_LISTED]), counts=tallies(named))

    def _guests(self, want: Guests, where: Where) -> Fact | NotFound:
        """Name the guests, those with most episodes first: by the notes, or else who speaks and is no regular."""
        there, among = self._there(where), self._among(where)
        if want.nth is not None:
            return self._nth_guests(want.nth, there) or self._catalogue.nothing(introductions.no_guests(among, want))
        of: defaultdict[str, list[Episode]] = defaultdict(list)
        for episode in there:
            for name in self._cast.guests(episode):
                of[name].append(episode)
        enough = {
            name: len(theirs)
            for name, theirs in of.items()
            if len(theirs) >= want.least and len({each.show for each in theirs}) >= want.shows
        }
        counts = Counter(enough)
        if not counts and want == Guests(top=want.top) and not any(each.guests for each in there):
            return self._most_often(where, want.top)  # where everybody is a regular, nobody tells guests from hosts
        if not counts:
            return self._catalogue.nothing(introductions.no_guests(among, want))
        named = counts.most_common(want.top or _MOST)
        last = named[-1][1]
        tied = [*counts.values()].count(last) - [count for _, count in named].count(last)
        text = introductions.guests(named, len(counts), tied, among, want)
        episodes = tuple(dict.fromkeys(episode for name, _ in named for episode in of[name]))
        counted = (Tally("guests", len(counts), "people"), *tallies(named))
        return Fact(text, episodes[:_LISTED], counts=counted)

    def _nth_guests(self, nth: int, episodes: Sequence[Episode]) -> Fact | None:
        """Name who was the first guest, or another, with those who came with them; None where nobody was.

        Of each show, where nothing puts the shows in order.
        """
        told: list[tuple[tuple[str, ...], Episode]] = []
        for row in chronological(episodes):
            came: dict[str, Episode] = {}
            for episode in row if nth < 0 else row[::-1]:
                came |= {name: episode for name in self._cast.guests(episode) if name not in came}
            if len(came) >= abs(nth):
                there = [*came.values()][abs(nth) - 1]
                told.append((tuple(name for name, episode in came.items() if episode is there), there))
        if not told:
            return None
        names = tallies((name, 1) for each, _ in told for name in each)
        return Fact(introductions.nth_guests(nth, told), tuple(there for _, there in told), counts=names)

    def _there(self, where: Where) -> tuple[Episode, ...]:
        return self._within(self._catalogue.episodes.values(), where)

    def _within(self, episodes: Iterable[Episode], where: Where) -> tuple[Episode, ...]:
        return tuple(each for each in episodes if (each.id == where.episode if where.episode else where.has(each.id)))

    def _among(self, where: Where) -> introductions.Among:
        episodes = self._there(where)
        named = all(self._catalogue.speakers.get(each.id) for each in episodes)
        only = episodes[0] if len(episodes) == 1 else None
        of_a_show = where.show is not None and where.season is None and where.year is None
        return introductions.Among(len(episodes), where.part, of_a_show, only, named)

    def _newest_first(self, passages: Iterable[Passage]) -> list[Passage]:
        order = {id: at for at, id in enumerate(self._catalogue.episodes)}
        return sorted(passages, key=lambda each: (order[each.episode], each.number))

    def _found(self, text: str, name: str, passages: Sequence[Passage]) -> Found:
        evidence = selection.mixed(selection.distinct(self._catalogue.evidence(each, 1.0) for each in passages))
        return selection.shown(text, evidence, name)


def profile(somebody: Somebody, episodes: Sequence[Episode], cast: Cast) -> Fact:
    """Say in which episodes somebody speaks, of which shows they are a regular, and which are the first and last."""
    counts = Counter(each.show for each in episodes).most_common()
    regular = [show for show, _ in counts if somebody.name in cast.regulars(show)]
    text = introductions.speaks_in(somebody.name, episodes, regular)
    if not introductions.names_all(episodes):
        text = f"{text} {_from_first_to_last(episodes)}"
    return Fact(text, tuple(episodes[:_LISTED]))


def tallies(counts: Iterable[tuple[str, int]]) -> tuple[Tally, ...]:
    """Return how many episodes each of some people, shows or years has, as figures of an answer."""
    return tuple(Tally(name, episodes, "episodes") for name, episodes in counts)


def ends_of(episodes: Sequence[Episode], *, first: bool) -> tuple[Episode, ...]:
    """Return the first or last of some episodes, newest first; of each show where no day tells the shows' order."""
    return tuple(row[-1] if first else row[0] for row in chronological(episodes))


def _from_first_to_last(episodes: Sequence[Episode]) -> str:
    return introductions.between(ends_of(episodes, first=True)[0], ends_of(episodes, first=False)[0])


def _shared(people: Iterable[Somebody]) -> frozenset[EpisodeId]:
    """Return the episodes that all of some people are in."""
    return frozenset.intersection(*(frozenset(each.id for each in person.episodes) for person in people))


def _ends(episodes: Sequence[Episode]) -> Sequence[Episode]:
    """Return the episodes of a guest, newest first; of a regular some of the newest, and some of the first."""
    if len(episodes) <= MOST_OF_A_GUEST:
        return episodes
    return tuple(dict.fromkeys((*episodes[:_READ], *episodes[-_READ:])))
