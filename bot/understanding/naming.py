"""Finds the episodes that a question names: by show, season and number, as the latest, or as those it is limited to.

Only names: which of several is meant, and what is asked about it, is for the assistant to say.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from bot.port.messages import Episode, EpisodeId
from bot.understanding.intents import subject, wants_first, wants_latest
from bot.understanding.phrasebook import EPISODE, FIRST
from bot.understanding.text import Words

_NUMBER = re.compile(r"(?:\b(?:episode|ep|s\d{1,4}\s?e)\.?\s*#?\s*|#\s*)(\d+(?:\.\d+)?)\b", re.IGNORECASE)
_SEASON = re.compile(r"\bseason\s*#?(\d{1,4})\b|\bs(\d{1,4})(?=\s?e)", re.IGNORECASE)
_NUMBERED = re.compile(r"^(.+?) \d+$")
_PREPOSITION = r"(?:on|in|from|at|by|of|across|during)"
_LIMITS = (
    r"\b(?P<name>{name}) (?:episodes?|eps?|interviews?|guests?|quotes?)\b",  # "which Night Sky episodes mention tea"
    r"\b(?P<name>{preposition} (?:the )?{name}(?: podcast| show)?)(?= |$)",  # "what about tea on Night Sky"
    r"^(?P<name>(?:the )?{name} (?:on|about)) ",  # "Night Sky on tea"
    r"\b(?:do|does|did|has|have) (?P<they>(?:the )?{name}) (?:ever |really )?(?:say|said|think|talk|mention|cover)\b",
    r"\b(?:an?|any|the|latest|newest|last|first) (?P<episode>{name}) (?:about|on|with|where)\b",  # "a Night Sky on tea"
)
"""Where a show limits a question, by its name; the group says what to put in its place."""
_SEASON_NAMED = re.compile(rf"\b(?P<name>(?:{_PREPOSITION} )?season \d{{1,4}})(?= |$)")
_LATEST = r"(?:latest|newest|most recent|last)(?: episode| ep| one| podcast| interview| show)?"
_DROPPED = frozenset({"the", "podcast", "show"})
"""Words of a show's name that people leave out."""
_SHARED = 2
"""Titles that begin alike and end in a number, from which that beginning is a name of their show."""


@dataclass(frozen=True, slots=True)
class Named:
    """What a question names an episode by, and the episodes of that name.

    Attributes:
        number: None for the latest.
        episodes: newest first; empty where the library has none of that name.
    """

    number: str | None
    episodes: tuple[Episode, ...]


@dataclass(frozen=True, slots=True)
class Where:
    """Where to look for an answer.

    Attributes:
        episode: in this one alone.
        within: in these, such as those of a show; None for all there are.
        part: what people call those: a show's name, "season 2", "season 2 of Hive Talk".
    """

    episode: EpisodeId | None = None
    within: frozenset[EpisodeId] | None = None
    part: str = ""


EVERYWHERE = Where()


class Naming:
    """The names that episodes and shows go by.

    A show goes by its name, and by what its titles have in common: where "The Changelog 500" and "The Changelog 501"
    are titles, "changelog" is a name of their show.
    """

    def __init__(self, episodes: Iterable[Episode]) -> None:
        """Take episodes newest first."""
        self._of_show: dict[str, list[Episode]] = {}
        self._numbered: dict[str, list[Episode]] = {}
        begun: Counter[tuple[str, str]] = Counter()
        for episode in episodes:
            show = Words(episode.show).plain
            self._of_show.setdefault(show, []).append(episode)
            if episode.number:
                self._numbered.setdefault(episode.number, []).append(episode)
            if titled := _NUMBERED.match(Words(episode.title).plain):
                begun[titled[1], show] += 1
        begun_alike = {name.removeprefix("the "): show for (name, show), times in begun.items() if times >= _SHARED}
        self._shows = {name: show for name, show in begun_alike.items() if subject(name, EPISODE)}
        self._shows |= {show: show for show in self._of_show}
        self._shows |= {alias: show for show, held in self._of_show.items() for alias in _aliases(held[0].show)}
        self._seasons = {each.season for of_show in self._of_show.values() for each in of_show} - {None}
        self._parts: dict[tuple[str, int | None], frozenset[EpisodeId]] = {}

    def named(self, text: str) -> Named | None:
        """Return what a text names an episode by, None where it names none."""
        plain = Words(text).plain
        called = self._called(plain)
        show = self._shows[called] if called else None
        if number := _number(text, plain, called):
            theirs = _of_season(text, self._numbered.get(number, ()))
            return Named(number, tuple(each for each in theirs if show is None or Words(each.show).plain == show))
        if wants_latest(_instead_of(called, plain, "episode")):  # "the latest Night Sky"
            return Named(None, self.latest(plain))
        return None

    def latest(self, plain: str = "") -> tuple[Episode, ...]:
        """Return the latest episode of the show that plain text names, or of all; of each show where no day tells.

        Of a season that is named, the latest of that; the first where that is what the text asks for.
        """
        season, show = season_in(plain), self.of_show(plain)
        of_shows = [show] if show else self._of_show.values()
        theirs = (tuple(each for each in of_show if season in {None, each.season}) for of_show in of_shows)
        if wants_first(_instead_of(self._called(plain), plain, "episode")):
            placed = (tuple(each for each in episodes if each.published or each.number) for episodes in theirs)
            return _one_if_dated([episodes[-1] for episodes in placed if episodes][::-1])
        return _one_if_dated([episodes[0] for episodes in theirs if episodes])

    def words_in(self, plain: str) -> frozenset[str]:
        """List the words of the show's name that plain text has; "go" alone is no name where "Go Time" is one."""
        return frozenset((self._called(plain) or "").split())

    def of_show(self, plain: str) -> Sequence[Episode]:
        """List the episodes of the show that plain text names, newest first; empty where it names none."""
        called = self._called(plain)
        # A show called "Podcast" is not meant by everybody who says so.
        return self._of_show[self._shows[called]] if called and subject(called, EPISODE) else ()

    def part(self, words: Words) -> tuple[Where, Words] | None:
        """Return the part of the library that a question is limited to, and the question without its name.

        None where that is all of it or nothing is named. A show whose name may be a word like any other ("Backstage")
        counts only where a show's name has to stand. A season that no episode has is a part with nothing in it.
        """
        words, show = self._without_show(words)
        season = season_in(words.plain) if self._seasons else None
        if season is not None and (found := _SEASON_NAMED.search(words.plain)):
            words = _without(words, found)
        if show is None and season is None:
            return None
        within = self._within(show, season)
        if len(within) == sum(map(len, self._of_show.values())):
            return None
        return Where(within=within, part=part_name(self._of_show[show][0].show if show else None, season)), words

    def apart(self, words: Words, named: Named) -> Words:
        """Return a question without what names its episode."""
        called = self._called(words.plain)
        which = rf"(?:episode |ep |number |no |s\d{{1,4}} ?e)?{re.escape(named.number)}" if named.number else _LATEST
        name = rf"(?:{re.escape(called)} )?" if called else ""
        shape = rf"\b(?P<name>(?:{_PREPOSITION} )?(?:the )?{name}(?:season \d{{1,4}} )?{which})(?= |$)"
        if found := re.search(shape, words.plain):
            words = _without(words, found)
        words, _ = self._without_show(words)
        return _without(words, season) if (season := _SEASON_NAMED.search(words.plain)) else words

    def _without_show(self, words: Words) -> tuple[Words, str | None]:
        """Return a question without the show that it is limited to, and that show, None where there is none."""
        if called := self._called(words.plain):
            shapes = (limit.format(preposition=_PREPOSITION, name=re.escape(called)) for limit in _LIMITS)
            if found := next(filter(None, (re.search(shape, words.plain) for shape in shapes)), None):
                return _without(words, found), self._shows[called]
        return words, None

    def _within(self, show: str | None, season: int | None) -> frozenset[EpisodeId]:
        """List the episodes of a show, of a season or of a show's season; one set for all who ask."""
        key = (show or "", season)
        if key not in self._parts:
            theirs = self._of_show[show] if show else chain.from_iterable(self._of_show.values())
            self._parts[key] = frozenset(each.id for each in theirs if season in {None, each.season})
        return self._parts[key]

    def is_all(self, plain: str) -> bool:
        """Tell whether plain text has the name of an episode, a season or a show and asks nothing about it."""
        called = self._called(plain)
        rest = subject(_instead_of(called, plain, ""), EPISODE | FIRST)
        return all(word.isdigit() or _NUMBER.fullmatch(word) for word in rest) and (
            called is not None or self.named(plain) is not None or season_in(plain) is not None
        )

    def _called(self, plain: str) -> str | None:
        """Return the name by which plain text calls a show, the longest where one is part of another."""
        return max((name for name in self._shows if f" {name} " in f" {plain} "), key=len, default=None)


def _without(words: Words, named: re.Match[str]) -> Words:
    """Return a question without the name it has, and with what has to stand there."""
    group = named.lastgroup or "name"
    return words.instead(*named.span(group), "" if group == "name" else group)


def _aliases(show: str) -> Iterator[str]:
    """Yield other ways of writing a show's name: "lex fridman", "changelog and friends", "gotime"."""
    plain = Words(show).plain
    if subject(short := " ".join(word for word in plain.split() if word not in _DROPPED), EPISODE):
        yield short
    if "&" in show:
        yield Words(show.replace("&", " and ")).plain
    if plain.count(" ") == 1:
        yield from (plain.replace(" ", ""), plain.replace(" ", "-"))


def _one_if_dated(episodes: Sequence[Episode]) -> tuple[Episode, ...]:
    return tuple(episodes[:1] if episodes and episodes[0].published else episodes)


def part_name(show: str | None, season: int | None) -> str:
    """Name a part of the library as people do: "season 2 of Hive Talk"; empty for all of it."""
    return " of ".join(filter(None, (None if season is None else f"season {season}", show)))


def season_in(text: str) -> int | None:
    """Return the season that a text names, None where it names none."""
    named = _SEASON.search(text)
    return int(named[1] or named[2]) if named else None


def _instead_of(name: str | None, plain: str, word: str) -> str:
    return " ".join(f" {plain} ".replace(f" {name} ", f" {word} ").split()) if name else plain


def _of_season(text: str, episodes: Sequence[Episode]) -> Sequence[Episode]:
    """Choose those of the season that a text names; one whose season is not known may be of each."""
    season = season_in(text)
    return episodes if season is None else [each for each in episodes if each.season in {None, season}]


def _number(text: str, plain: str, show: str | None) -> str | None:
    if named := _NUMBER.search(text):
        return named[1]
    after = re.search(rf"(?<!\S){re.escape(show)} (\d+(?:\.\d+)?)(?!\S)", plain) if show else None
    return after[1] if after else None
