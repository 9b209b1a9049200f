"""What the names of episodes, seasons and years in a question say, by the ways of naming in `entities.yaml`.

Where a text has such a name, and which part of the library it means, is found in `names.py`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from bot.port.messages import EpisodeId
from bot.understanding.request import EVERYWHERE, Where, Years
from bot.understanding.shows import EARLIEST, LATEST
from bot.understanding.text import Text, Word, plain
from bot.understanding.wants import WhichEpisode

_CODE: Final = re.compile(r"s(\d+)e([\d.]+)")
"""A season and an episode: "s2e13"."""


@dataclass(frozen=True, slots=True)
class NamedEpisode:
    """How a question names an episode.

    Attributes:
        number: its number; None for the newest, or the oldest if `first`.
        first: whether the oldest is meant.
        show: the show that it belongs to, if named.
        season: the season that it belongs to, if named.
        year: the year or range of years in which it came out, if named.
        episode: the episode itself if we know it, by its title or from a list; then nothing else is set.
        called: the show's name as typed, plain; titles may begin with it.
        bare: whether it is only a number at the end: "the link for 12", but also "set an alarm for 7".
    """

    number: str | None = None
    first: bool = False
    show: str | None = None
    season: int | None = None
    year: int | Years | None = None
    episode: EpisodeId | None = None
    called: str = ""
    bare: bool = False


@dataclass(frozen=True, slots=True)
class Season:
    """A season, or a year or range of years, and the show if named."""

    number: int | None
    show: str | None
    year: int | Years | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """The part of the library that a question is limited to.

    Attributes:
        where: the episodes in it.
        named: how the question names an episode; None if it names none.
        unclear: the candidates if several episodes have that name, or none has.
        around: the part without regard to that episode.
    """

    where: Where
    named: NamedEpisode | None = None
    unclear: WhichEpisode | None = None
    around: Where = EVERYWHERE


def episode_named(kind: str, slots: Mapping[str, Word], text: Text) -> NamedEpisode:
    """Return the episode that a name means, given the words in the slots of its pattern."""
    season, show = season_named(slots), slots.get("show")
    named = NamedEpisode(_number(kind, slots), kind == "first", season.show, season.number, bare=kind == "bare")
    if "code" in slots and (code := _CODE.fullmatch(slots["code"].plain)):
        named = replace(named, season=int(code[1]), number=code[2])
    return replace(named, called=plain(text.text[show.begin : show.end])) if show else named


def season_named(slots: Mapping[str, Word]) -> Season:
    """Return the season that a name means, and its show."""
    season, show = slots.get("of_season"), slots.get("show")
    return Season(int(season.plain) if season else None, str(show.named) if show else None)


def is_of_years(kind: str) -> bool:
    """Tell whether a way of naming names years."""
    return kind in {"year", "last_year", "this_year"} or kind.startswith("years")


def years_named(kind: str, slots: Mapping[str, Word], this_year: int) -> int | Years:
    """Return the year or the range of years that a name means."""
    match kind, [int(slots[name].plain) for name in ("of_year", "of_year_") if name in slots]:
        case "year", [year, *_]:
            return year
        case "this_year", _:
            return this_year
        case "years_since", [year]:
            return year, LATEST
        case "years_after", [year]:
            return year + 1, LATEST
        case "years_before", [year]:
            return EARLIEST, year - 1
        case "years_until", [year]:
            return EARLIEST, year
        case "years_between", [first, last]:
            return min(first, last), max(first, last)
        case _:
            return this_year - 1, this_year - 1


def _number(kind: str, slots: Mapping[str, Word]) -> str | None:
    """Return an episode's number, from "300", "300th" or the kind of name ("second"); None if it has none."""
    word = next((slots[name] for name in ("number", "ordinal", "late_ordinal") if name in slots), None)
    if word is None:
        _, _, number = kind.partition("numbered_")
        return number or None
    return word.plain.rstrip("stndrh")
