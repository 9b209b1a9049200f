"""The names of shows and episodes: which are in a question, and which episodes they mean.

What is asked about them is read in `reader.py`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import Final, Literal

from bot.port.messages import Episode, EpisodeId
from bot.port.wording import listed
from bot.understanding.coding import coded
from bot.understanding.request import Where, Years
from bot.understanding.text import plain
from knowledge.search.rarity import is_common

_NUMBERED: Final = re.compile(r"^(.+?) (?:# )?\d+$")
"""A title that ends in a number: "The Changelog 500"."""
_DROPPED: Final = frozenset({"the", "podcast", "show"})
"""Words of a show's name that people omit."""
_MARKS: Final = ".,:;!?()'\""
"""Marks beside the words of a show's name."""
_LEAST_SPACES_OF_A_TITLE: Final = 1
"""Minimum number of spaces in a title that names an episode; a single word may be a subject."""
_LEAST_INITIALS: Final = 3
"""Minimum number of initials that name a show."""
_BESIDE_INITIALS: Final = 4
"""One more than the number of words after initials among which to look for a number: "AFK ep. #6"."""
EARLIEST: Final = date.min.year
"""The first year of a range without a start."""
LATEST: Final = date.max.year
"""The last year of a range without an end."""
NAMED: Final = "SHOW"
"""Replaces the name of a show in a text."""
_LEAST_ALIKE: Final = 2
"""Minimum number of numbered titles with the same beginning for that to be a name of their show."""


@dataclass(frozen=True, slots=True)
class _Show:
    name: str
    episodes: tuple[Episode, ...]


class Shows:
    """The shows of a library, with their episodes newest first.

    A show is known by its name, and by the common beginning of numbered titles: titles such as "The Changelog 500" and
    "The Changelog 501" make "changelog" a name of their show.
    """

    def __init__(self, episodes: Iterable[Episode], generic: Collection[str], initials: re.Pattern[str]) -> None:
        """Take episodes newest first, words that name no show by themselves, and phrases around initials."""
        self._generic = frozenset(generic)
        self._initials = initials
        self._show_of: dict[EpisodeId, str] = {}
        of_show: dict[str, list[Episode]] = {}
        self._numbered: dict[str, list[Episode]] = {}
        begun: Counter[tuple[str, str]] = Counter()
        title_of: dict[EpisodeId, str] = {}
        for episode in episodes:
            self._show_of[episode.id] = episode.show
            of_show.setdefault(episode.show, []).append(episode)
            if episode.number:
                self._numbered.setdefault(_bare(episode.number), []).append(episode)
            title = title_of[episode.id] = plain(episode.title)
            if titled := _NUMBERED.match(title):
                begun[titled[1].removeprefix("the "), episode.show] += 1
        self._shows = {name: _Show(name, tuple(theirs)) for name, theirs in of_show.items()}
        names = {name: show for (name, show), times in begun.items() if times >= _LEAST_ALIKE}
        names |= {alias: show for show in of_show for alias in _aliases(show)}
        names |= {plain(show): show for show in of_show}
        self._called = {name: show for name, show in names.items() if self._tells(name)}
        self._begins = frozenset(name.partition(" ")[0] for name in self._called)
        short = Counter(map(_initials, of_show))
        self._short = {
            name: show for show in of_show if short[name := _initials(show)] == 1 and len(name) >= _LEAST_INITIALS
        }
        words = (word.strip(_MARKS) for show in of_show for word in show.split())
        self.subjects = {name: word for word in words if (name := plain(word)) and not is_common(name)}
        """Words that may be the subject of a show, each as its name has it: "Go" in "Go Time"."""
        self._on = {word: tuple(show for show in of_show if word in plain(show).split()) for word in self.subjects}
        self._longest = max((name.count(" ") + 1 for name in self._called), default=0)
        self._parts: dict[tuple[str | None, int | None, Years | None], frozenset[EpisodeId]] = {}
        titles = {title_of[each.id]: each for each in reversed(tuple(self.all))}
        self._titled = {title: each for title, each in titles.items() if title.count(" ") >= _LEAST_SPACES_OF_A_TITLE}
        self._titles_begin = frozenset(title.partition(" ")[0] for title in self._titled)
        self._longest_title = max((title.count(" ") + 1 for title in self._titled), default=0)
        self.dated = any(each.published for each in self.all)
        self.seasons = frozenset(each.season for each in self.all if each.season is not None)

    @property
    def every(self) -> Where:
        """All shows together, with each show's name."""
        return self.together(tuple(self._shows))

    def _tells(self, name: str) -> bool:
        """Tell whether a name is more than generic words such as "podcast", which may mean any show."""
        return any(word not in self._generic for word in name.split())

    @property
    def all(self) -> Iterator[Episode]:
        """All episodes, show by show."""
        return (episode for show in self._shows.values() for episode in show.episodes)

    def find(self, words: Sequence[str]) -> tuple[int, int, str] | None:
        """Find the first and longest full name: the positions of its first word and after its last, and the show."""
        for begin in (at for at, word in enumerate(words) if word in self._begins):
            for end in range(min(begin + self._longest, len(words)), begin, -1):
                if show := self._called.get(" ".join(words[begin:end])):
                    return begin, end, show
        return None

    def find_initials(self, words: Sequence[str]) -> tuple[int, int, str] | None:
        """Find the first initials that name a show, once full names of shows and people are replaced; see `find`.

        They name it if they are the whole text, or are before a number, or are where the name of a show would be:
        "RFC 7" and "guests on RFC" name one, "an RFC" may be anything.
        """
        meant = (at for at, word in enumerate(words) if word in self._short and self._is_meant(words, at))
        return next(((at, at + 1, self._short[words[at]]) for at in meant), None)

    def _is_meant(self, words: Sequence[str], at: int) -> bool:
        """Tell whether initials in a text name their show."""
        beside = words[at + 1 : at + _BESIDE_INITIALS]
        following = next((each for each in beside if each != "#" and each not in self._generic), "")
        there = coded((*words[:at], NAMED, *words[at + 1 :]))
        around = (found.span() for found in self._initials.finditer(there))
        return len(words) == 1 or following.isdecimal() or any(begin <= at < end for begin, end in around)

    def find_title(self, words: Sequence[str]) -> tuple[int, int, Episode] | None:
        """Find the first and longest title: the positions of its first word and after its last, and the episode."""
        for begin in (at for at, word in enumerate(words) if word in self._titles_begin):
            for end in range(min(begin + self._longest_title, len(words)), begin + _LEAST_SPACES_OF_A_TITLE, -1):
                if episode := self._titled.get(" ".join(words[begin:end])):
                    return begin, end, episode
        return None

    def episodes_of(self, show: str) -> tuple[Episode, ...]:
        """List the episodes of a show, newest first."""
        return self._shows[show].episodes if show in self._shows else ()

    def show_of(self, id: EpisodeId | None) -> str | None:
        """Return the show of an episode; None if the library doesn't have it."""
        return self._show_of.get(id) if id else None

    def numbered(self, number: str, show: str | None, season: int | None) -> tuple[Episode, ...]:
        """List the episodes with a number, newest first; one without a season may be of any."""
        theirs = (each for each in self._numbered.get(_bare(number), ()) if show in {None, each.show})
        return tuple(each for each in theirs if season is None or each.season in {None, season})

    def beside(self, id: EpisodeId | None, step: Literal[-1, 1]) -> Episode | None:
        """Return the episode of the same show with the next number (1) or the one before (-1); None if there is none.

        Numbers may start again with each season; without such a number, the order of release decides.
        """
        theirs = [each for each in self.episodes_of(self.show_of(id) or "") if each.published or each.number]
        at = next((at for at, each in enumerate(theirs) if each.id == id), None)
        if at is None:
            return None
        number, season = theirs[at].number or "", theirs[at].season
        wanted = str(int(number) + step) if number.isdecimal() else None
        numbered = [each for each in theirs if wanted and each.season == season and _bare(each.number or "") == wanted]
        if len(numbered) == 1:
            return numbered[0]
        return theirs[at - step] if 0 <= at - step < len(theirs) else None

    def newest(
        self,
        show: str | None = None,
        season: int | None = None,
        *,
        among: Collection[EpisodeId] | None = None,
        first: bool = False,
        surely: bool = False,
    ) -> tuple[Episode, ...]:
        """Return the newest or the oldest episode of a show, a season, some or all; one of each show if undated.

        The oldest has a date or a number, unless it is the only one; so has the newest if `surely`.
        """
        shows = [self._shows[show]] if show in self._shows else self._shows.values()
        of_shows = [[each for each in one.episodes if season in {None, each.season}] for one in shows]
        if among is not None:
            of_shows = [[each for each in theirs if each.id in among] for theirs in of_shows]
        if first or surely:
            of_shows = [
                [each for each in theirs if each.published or each.number or len(theirs) == 1] for theirs in of_shows
            ]
        if first:
            oldest = [theirs[-1] for theirs in of_shows if theirs][::-1]
            return _one_if_dated(sorted(oldest, key=lambda each: each.published or date.max))
        newest = [theirs[0] for theirs in of_shows if theirs]
        return _one_if_dated(sorted(newest, key=lambda each: each.published or date.min, reverse=True))

    def part(self, show: str | None, season: int | None = None, year: int | Years | None = None) -> Where:
        """Return a part of the library, or all of it if the show, the season and the year leave nothing out.

        If no episode has the season or the year, the part is empty.
        """
        years = _years(year)
        key = (show, season, years)
        if key not in self._parts:
            theirs = self.episodes_of(show) if show else self.all
            of_season = (each for each in theirs if season in {None, each.season})
            self._parts[key] = frozenset(each.id for each in of_season if years is None or _is_of(each, years))
        within = self._parts[key]
        if len(within) == sum(len(each.episodes) for each in self._shows.values()):
            return Where(show=show, season=season, year=year)
        return Where(within=within, part=part_name(show, season, year), show=show, season=season, year=year)

    def besides(self, show: str) -> Where | None:
        """Return the part of the library that has all other shows; None if there are none."""
        others = tuple(each for each in self._shows if each != show)
        return self.together(others) if others else None

    def on(self, subject: str) -> Sequence[str]:
        """List the shows with one of `subjects` in their names."""
        return self._on[subject]

    def together(self, shows: Sequence[str], season: int | None = None, year: int | Years | None = None) -> Where:
        """Return the part of the library that has some shows, or a season or a year of them."""
        if len(shows) == 1:
            return self.part(shows[0], season, year)
        parts = (self.part(show, season, year).within for show in shows)
        within = frozenset(chain.from_iterable(filter(None, parts)))
        return Where(within=within, part=part_name(listed(shows), season, year))


def part_name(show: str | None, season: int | None, year: int | Years | None = None) -> str:
    """Describe a part of the library: "season 2 of Hive Talk", "Hive Talk in 2024"; empty for all of it."""
    part = " of ".join(filter(None, (None if season is None else f"season {season}", show)))
    return " in ".join(filter(None, (part, _named(year) if year else "")))


def _named(year: int | Years) -> str:
    """Describe a year or a range: "2024", "2021 and 2022", "the years since 2020"."""
    first, last = (year, year) if isinstance(year, int) else year
    if first == last:
        return str(first)
    if last == LATEST:
        return f"the years since {first}"
    return f"the years until {last}" if first == EARLIEST else f"{first} {'and' if last == first + 1 else 'to'} {last}"


def _years(year: int | Years | None) -> Years | None:
    """Return a year as a range."""
    return (year, year) if isinstance(year, int) else year and (year[0], year[1])


def _is_of(episode: Episode, years: Years) -> bool:
    """Tell whether an episode is dated and came out in a range of years."""
    return episode.published is not None and years[0] <= episode.published.year <= years[1]


def _bare(number: str) -> str:
    """Return a number without leading zeros."""
    return number.lstrip("0") or number


def _initials(show: str) -> str:
    """Return the initials of a show's name, with words in capitals in full: "jsp" for "JS Party"."""
    return "".join(plain(word) if word.isupper() else plain(word)[:1] for word in show.split())


def _aliases(show: str) -> Iterator[str]:
    """Yield other ways of writing a show's name: "lex fridman", "changelog and friends", "gotime"."""
    name = plain(show)
    if short := " ".join(word for word in name.split() if word not in _DROPPED):
        yield short
    if "&" in show:
        yield plain(show.replace("&", " and "))
        yield plain(show.replace("&", " "))
    for joint in ("&", "n"):
        if " and " in f" {name} ":
            yield name.replace(" and ", f" {joint} ")
    if name.count(" ") == 1:
        yield from (name.replace(" ", ""), name.replace(" ", "-"))


def _one_if_dated(episodes: Sequence[Episode]) -> tuple[Episode, ...]:
    return tuple(episodes[:1] if episodes and episodes[0].published else episodes)
