"""Counts who is in which episodes: how often, when first and last, with whom, and who the guests are.

Counts are exact, over the episodes that the question is about. The sentences are in `introductions.py`; who takes part
in an episode is decided in `cast.py`.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations, product
from operator import itemgetter
from typing import Final, assert_never

from bot.answering import introductions, selection
from bot.answering.cast import Cast
from bot.answering.catalogue import Catalogue, chronological
from bot.answering.charts import of_episodes
from bot.port.messages import Episode, EpisodeId, Fact, NotFound, Tally
from bot.understanding.request import Request, Somebody, Where
from bot.understanding.wants import Appearance, Ask, Counted, Guests, MostOften, OnTimes
from knowledge.search.words import fold

_BESIDE: Final = 10
"""Maximum number of people named who are on with somebody."""
_PAIRS: Final = 3
"""Number of pairs of people named who are on together most."""
_LISTED: Final = 10
"""Maximum number of episodes that come with an answer."""
_TOP: Final = 5
"""Number of people named unless the question says how many."""
_MOST: Final = 25
"""Maximum number of people named."""


@dataclass(frozen=True)
class Appearances:
    """Counts the appearances of people in one library."""

    _catalogue: Catalogue
    _cast: Cast

    def ambiguous(self, somebody: Somebody) -> Fact:
        """Ask which of several people with a name is meant."""
        people = [(each.name, len(each.episodes)) for each in somebody.candidates]
        newest = tuple(dict.fromkeys(each.episodes[0] for each in somebody.candidates))
        return Fact(introductions.several(somebody.name, people), newest, counts=tallies(people))

    def together(self, people: Sequence[Somebody], request: Request) -> Fact:
        """List the episodes that all of some people are in; of namesakes, those who are together most are meant."""
        meant, episodes = self._in_common(people, request.where)
        names = [each.name for each in meant]
        if not episodes:
            alone = [(each.name, len(self._within(each.episodes, request.where))) for each in meant]
            newest = tuple(each.episodes[0] for each in meant)
            return Fact(introductions.never_together(alone), newest, counts=tallies(alone))
        return Fact(introductions.together(names, episodes), episodes[:_LISTED])

    def _in_common(self, people: Sequence[Somebody], where: Where) -> tuple[tuple[Somebody, ...], tuple[Episode, ...]]:
        """Return the namesakes who are together most, with the episodes that all of them are in."""
        meant = max(product(*(each.candidates for each in people)), key=lambda each: len(_shared(each)))
        shared = _shared(meant)
        return meant, self._within((each for each in meant[0].episodes if each.id in shared), where)

    def counted(self, want: Counted, request: Request) -> Fact | NotFound:
        """Say who is on with whom, how often, and when first and last."""
        match want:
            case MostOften(top):
                return self._most_often(request.where, top, request.besides)
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
            case OnTimes(least, most):
                return self._as_often(somebody, request.where, least or 0, most)
            case _:
                assert_never(want)

    def _appearance(self, somebody: Somebody, where: Where, *, first: bool) -> Fact:
        """Name the first or last episode somebody is in; one for each show without dates."""
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

    def _as_often(self, somebody: Somebody, where: Where, least: int, most: int | None) -> Fact:
        """Say whether somebody is in at least and at most some numbers of episodes, and in how many they are."""
        often = len(self._within(somebody.episodes, where))
        told = self._how_often(somebody, where)
        so = least <= often and (most is None or often <= most)
        return selection.introduced(told, introductions.YES if so else introductions.NO)

    def _on_more(self, request: Request) -> Fact:
        """Say which of several people is in more episodes; of namesakes, the likeliest is meant."""
        meant = [each.candidates[0] for each in request.people]
        theirs = {each.name: self._within(each.episodes, request.where) for each in meant}
        ranked = sorted(((name, len(there)) for name, there in theirs.items()), key=itemgetter(1), reverse=True)
        named = tuple(dict.fromkeys(each.episodes[0] for each in meant))
        return Fact(introductions.on_more(ranked, request.where.part), named, counts=tallies(ranked))

    def _beside(self, somebody: Somebody, where: Where) -> Fact:
        """Name those who are in episodes with somebody, most frequent first."""
        there = self._within(somebody.episodes, where)
        counts = Counter(name for each in there for name in self._cast.of(each))
        del counts[somebody.name]
        named = counts.most_common(_BESIDE)
        text = introductions.beside_somebody(somebody.name, there, named, len(counts), where.part)
        return Fact(text, there[:_LISTED] or somebody.episodes[:1], counts=tallies(named))

    def _without(self, request: Request) -> Fact:
        """List the episodes that the first of two people is in without the second; of namesakes, the likeliest."""
        one, other = (each.candidates[0] for each in request.people[:2])
        shared = _shared((one, other))
        there = tuple(each for each in self._within(one.episodes, request.where) if each.id not in shared)
        text = introductions.without(one.name, other.name, there, request.where.part)
        counts = (Tally(one.name, len(there), "episodes"),)
        return Fact(text, (there or one.episodes)[:_LISTED], counts=counts)

    def _interviewers(self, somebody: Somebody, where: Where) -> Fact:
        """Name who hosts the episodes with somebody, or if nobody does, everybody who is in them."""
        there = self._within(somebody.episodes, where)
        counts = Counter(name for each in there for name in self._cast.hosts(each) if name != somebody.name)
        if not counts:
            return self._beside(somebody, where)
        named = counts.most_common(_BESIDE)
        text = introductions.interviewers(somebody.name, there, named)
        return Fact(text, there[:_LISTED], counts=tallies(named))

    def _pairs(self, where: Where) -> Fact | NotFound:
        """Name the pairs of people who are in the most episodes together."""
        episodes = self._there(where)
        counts = Counter(pair for each in episodes for pair in combinations(sorted(self._cast.of(each)), 2))
        named = [(f"{one} and {other}", count) for (one, other), count in counts.most_common(_PAIRS)]
        return self._heard_most(introductions.pairs(named, self.among(where)), named, episodes)

    def _on_each_show(self, where: Where) -> Fact | NotFound:
        """Name those who speak in every one of some shows, those in the most episodes first."""
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

    def _most_often(self, where: Where, top: int | None, besides: str = "") -> Fact | NotFound:
        """Name those who speak in the most episodes, but nobody with a name in `besides`."""
        episodes, left_out = self._there(where), set(fold(besides).split())
        every = Counter(name for each in episodes for name in self._cast.of(each))
        counts = Counter({name: on for name, on in every.items() if left_out.isdisjoint(fold(name).split())})
        named = counts.most_common(min(top or _TOP, _MOST))
        return self._heard_most(introductions.most_often(named, self.among(where)), named, episodes)

    def _heard_most(self, text: str, named: Sequence[tuple[str, int]], episodes: Sequence[Episode]) -> Fact | NotFound:
        """Name those who are in the most episodes, or say that nobody is named there."""
        if not named:
            return self._catalogue.nothing(introductions.nobody_named(len(episodes)))
        chart = of_episodes(introductions.EPISODES_EACH, named)
        return Fact(text, tuple(episodes[:_LISTED]), counts=tallies(named), chart=chart)

    def _guests(self, want: Guests, where: Where) -> Fact | NotFound:
        """Name the guests, those with the most episodes first."""
        there, among = self._there(where), self.among(where)
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
            return self._most_often(where, want.top)  # if everybody is a regular, guests can't be told from hosts
        if not counts:
            return self._catalogue.nothing(introductions.no_guests(among, want))
        named = counts.most_common(want.top or _MOST)
        last = named[-1][1]
        tied = [*counts.values()].count(last) - [count for _, count in named].count(last)
        text = introductions.guests(named, len(counts), tied, among, want)
        episodes = tuple(dict.fromkeys(episode for name, _ in named for episode in of[name]))
        counted = (Tally("guests", len(counts), "people"), *tallies(named))
        chart = of_episodes(introductions.EPISODES_EACH, named)
        return Fact(text, episodes[:_LISTED], counts=counted, chart=chart)

    def _nth_guests(self, nth: int, episodes: Sequence[Episode]) -> Fact | None:
        """Name the nth guest and those who came with them, for each show without dates; None if there is none.

        A negative `nth` counts from the last.
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

    def among(self, where: Where) -> introductions.Among:
        """Describe the episodes of a part of the library."""
        episodes = self._there(where)
        named = all(self._catalogue.speakers.get(each.id) for each in episodes)
        only = episodes[0] if len(episodes) == 1 else None
        of_a_show = where.show is not None and where.season is None and where.year is None
        return introductions.Among(len(episodes), where.part, of_a_show, only, named)


def profile(somebody: Somebody, episodes: Sequence[Episode], cast: Cast) -> Fact:
    """Say in which episodes somebody speaks, on which shows they are a regular, and which are the first and last."""
    counts = Counter(each.show for each in episodes).most_common()
    regular = [show for show, _ in counts if somebody.name in cast.regulars(show)]
    text = introductions.speaks_in(somebody.name, episodes, regular)
    if not introductions.names_all(episodes):
        text = f"{text} {_from_first_to_last(episodes)}"
    return Fact(text, tuple(episodes[:_LISTED]))


def tallies(counts: Iterable[tuple[str, int]]) -> tuple[Tally, ...]:
    """Return the numbers of episodes of people, shows or years as tallies of an answer."""
    return tuple(Tally(name, episodes, "episodes") for name, episodes in counts)


def ends_of(episodes: Sequence[Episode], *, first: bool) -> tuple[Episode, ...]:
    """Return the first or last of some episodes, newest first; one for each show without dates."""
    return tuple(row[-1] if first else row[0] for row in chronological(episodes))


def _from_first_to_last(episodes: Sequence[Episode]) -> str:
    return introductions.between(ends_of(episodes, first=True)[0], ends_of(episodes, first=False)[0])


def _shared(people: Iterable[Somebody]) -> frozenset[EpisodeId]:
    """Return the episodes that all of some people are in."""
    return frozenset.intersection(*(frozenset(each.id for each in person.episodes) for person in people))
