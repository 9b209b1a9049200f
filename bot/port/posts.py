"""What is posted unasked in channels that chose it, and when: a new episode, a quote a day, a digest a week.

Values, the protocol of what keeps them, and a pure decision: what is due now, by what is chosen and what was posted.
Composing and sending is `posting`'s business, the words are in `post_words`.
"""

from __future__ import annotations

import datetime as dt
import zoneinfo
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Final, Protocol, TypeAlias, assert_never
from zoneinfo import ZoneInfo

from bot.port.errors import OverheardError
from bot.port.messages import Episode, EpisodeId, ItemId
from bot.port.place_settings import Reset

UTC: Final = "UTC"
"""The time zone where none is chosen."""
REFUSALS: Final = 3
"""Times that a channel refuses a post before nothing is posted there any more."""
NEWS_LASTS: Final = timedelta(days=1)
"""How long after it was found a new episode is announced, where that was not possible before."""
RECENT: Final = timedelta(days=30)
"""The age from which an episode that is new in the library is old news."""
SETTLED: Final = timedelta(minutes=1)
"""How long no further episode has to come before those that did are announced: an import brings them one by one."""
_LONGEST_IMPORT: Final = timedelta(minutes=15)
"""How long that is waited for."""
EACH_ALONE: Final = 3
"""New episodes that have a post each; more have one together."""
MADE_UP_FOR: Final = timedelta(hours=3)
"""How long after its hour a post is still sent."""
_MONDAY: Final = 0
_NINE: Final = 9


class ChannelRefusedError(OverheardError):
    """A channel is gone, or nothing may be posted in it."""


class NotSentError(OverheardError):
    """Something didn't arrive, and may the next time."""


@dataclass(frozen=True, slots=True)
class Posting:
    """What is chosen for a channel.

    Attributes:
        place: the channel: the platform, the server or workspace and the channel's id, divided by slashes.
        announces_since: from when on new episodes are announced, on the database's clock; None for never.
        ping: the role or user group that a new episode pings; "" for nobody.
        quote_at: the hour of the quote of the day, 0 to 23; None for no such quote.
        digest: whether what people asked is posted on Mondays.
        zone: the time zone of the hours.
        begun: whether a process has begun to post and hasn't said how that ended: it is at it, or is no more.
    """

    place: str
    announces_since: datetime | None = None
    ping: str = ""
    quote_at: int | None = None
    digest: bool = False
    zone: str = UTC
    begun: bool = False

    @property
    def anything(self) -> bool:
        """Whether anything is posted."""
        return self.digest or self.announces_since is not None or self.quote_at is not None


@dataclass(frozen=True, slots=True)
class PostingChange:
    """What is to be chosen anew; None leaves it as it is. No announcements are no ping, either."""

    announces: bool | None = None
    ping: str | None = None
    quote_at: int | Reset | None = None
    digest: bool | None = None
    zone: str | None = None

    @property
    def changes(self) -> bool:
        """Whether there is anything to do."""
        return self != PostingChange()


@dataclass(frozen=True, slots=True)
class News:
    """An episode that wasn't there before.

    Attributes:
        found: when it came, on the database's clock.
        age: how long ago that is.
    """

    episode: EpisodeId
    found: datetime
    age: timedelta


class Posts(Protocol):
    """What is chosen, what is new and what was posted. Every method raises StateAwayError."""

    async def chosen(self, whole: str) -> Sequence[Posting]:
        """List what is chosen for the channels of a platform, a server or a workspace, where anything is posted."""

    async def at(self, place: str) -> Posting:
        """Tell what is chosen for a channel."""

    async def change(self, place: str, change: PostingChange) -> None:
        """Choose for a channel."""

    async def take_stock(self, episodes: Sequence[EpisodeId]) -> None:
        """Note which episodes there are: those not known are news, unless none is known, as in a new library."""

    async def news(self) -> Sequence[News]:
        """List what came lately, oldest first."""

    async def posted(self, whole: str) -> Mapping[str, Collection[str]]:
        """Return the names of what was posted lately, by channel."""

    async def claim(self, place: str, names: Sequence[str]) -> bool:
        """Whether this process is to post in a channel for a while; not if anything of that is posted."""

    async def note(self, place: str, names: Sequence[str], quote: ItemId | None = None) -> None:
        """Note what was posted, and which quote that was; the channel may be claimed again."""

    async def refused(self, place: str) -> bool:
        """Note that a channel refused a post: it isn't tried for a while; whether everything is off there now."""

    async def quoted(self, place: str) -> Sequence[ItemId]:
        """List the quotes that were posted in a channel, those that weren't for longest first."""


@dataclass(frozen=True, slots=True)
class NewEpisodes:
    """Episodes to announce in one post."""

    episodes: tuple[EpisodeId, ...]


@dataclass(frozen=True, slots=True)
class QuoteOfTheDay:
    """A quote to post, one a day."""

    day: date


@dataclass(frozen=True, slots=True)
class WeeklyDigest:
    """What people asked in the week before a Monday."""

    day: date


Due: TypeAlias = NewEpisodes | QuoteOfTheDay | WeeklyDigest
"""Closed: all that is posted unasked."""


def names(due: Due) -> tuple[str, ...]:
    """Name what a post is about, the same in every process."""
    match due:
        case NewEpisodes(episodes):
            return tuple(f"episode/{id}" for id in episodes)
        case QuoteOfTheDay(day):
            return (f"quote/{day}",)
        case WeeklyDigest(day):
            return (f"digest/{day}",)
        case _:
            assert_never(due)


def due(
    now: datetime,
    posting: Posting,
    news: Sequence[News],
    posted: Collection[str],
    *,
    settled: timedelta = SETTLED,
) -> Sequence[Due]:
    """Say what is to be posted in a channel now, by what is chosen, what is new there and what was posted."""
    zone = ZoneInfo(posting.zone) if posting.zone in zones() else dt.UTC  # which this machine may not know
    every: list[Due] = [*_episodes(posting, news, posted, settled)]
    if posting.quote_at is not None and (day := _day_of(now, posting.quote_at, zone)):
        every.append(QuoteOfTheDay(day))
    if posting.digest and (day := _day_of(now, _NINE, zone)) and day.weekday() == _MONDAY:
        every.append(WeeklyDigest(day))
    return [each for each in every if not any(name in posted for name in names(each))]


def is_recent(episode: Episode, now: datetime) -> bool:
    """Whether an episode is worth announcing: not if it came out long ago."""
    return episode.published is None or now.date() - episode.published <= RECENT


def zone_meant(words: str) -> str | None:
    """Return the name of the time zone that is meant; None where none goes by these words."""
    typed = words.strip().casefold().replace(" ", "_")
    return next((name for name in sorted(zones()) if name.casefold() == typed), None)


@cache
def zones() -> frozenset[str]:
    """Return the names of all time zones, read once."""
    return frozenset({UTC, *zoneinfo.available_timezones()})


def _episodes(
    posting: Posting, news: Sequence[News], posted: Collection[str], settled: timedelta
) -> Iterator[NewEpisodes]:
    since = posting.announces_since
    waiting = [each for each in news if since and each.found >= since and f"episode/{each.episode}" not in posted]
    ages = [each.age for each in waiting]
    if not ages or (min(ages) < settled and max(ages) < _LONGEST_IMPORT):
        return
    ids = tuple(each.episode for each in waiting)
    yield from [NewEpisodes((id,)) for id in ids] if len(ids) <= EACH_ALONE else [NewEpisodes(ids)]


def _day_of(now: datetime, hour: int, zone: dt.tzinfo) -> date | None:
    """Return the day, by the clocks of a time zone, whose hour began a short while ago; None where none did.

    An hour that the clocks skip begins when they have gone forward; one that comes twice, the first time.
    """
    today = now.astimezone(zone).date()
    for day in (today, today - timedelta(days=1)):
        began = datetime.combine(day, time(hour), zone).astimezone(dt.UTC)
        if began <= now < began + MADE_UP_FOR:
            return day
    return None
