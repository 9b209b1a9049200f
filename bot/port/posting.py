"""Sends the scheduled posts of channels: each once, by one of many processes, with retries.

The scheduler that all platforms share, and the contents of a post. `posts` decides when something is due; adapters draw
and send it.
"""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import islice
from typing import Final, TypeAlias, assert_never

from bot.port.errands import Errands
from bot.port.errors import OverheardError
from bot.port.excerpts import excerpt
from bot.port.messages import (
    ALL,
    Assistant,
    ConversationId,
    Episode,
    EpisodeId,
    Evidence,
    Found,
    ItemId,
    QuoteFilter,
    Scope,
)
from bot.port.place_settings import SettingsStore
from bot.port.posts import (
    SETTLED,
    ChannelRefusedError,
    Due,
    NewEpisodes,
    Posting,
    Posts,
    QuoteOfTheDay,
    WeeklyDigest,
    due,
    is_recent,
    names,
)
from bot.port.seen import Once
from bot.port.state import State
from bot.port.wording import listed
from knowledge.passages import sentences

_log = logging.getLogger(__name__)

_EVERY: Final = timedelta(minutes=1)
_SENTENCES: Final = 2
_ABOUT: Final = 300
"""Maximum number of characters of an episode's description."""
_TOPICS: Final = 5
_QUOTES: Final = 2
_TRIES: Final = 2_000
"""Maximum number of quotes to draw in search of one that wasn't posted yet."""


class Clock:
    """The time of this machine, and a tick every minute."""

    def now(self) -> datetime:
        """Return the time, with its time zone."""
        return datetime.now(UTC)

    async def tick(self) -> None:
        """Wait for the next tick."""
        await asyncio.sleep(_EVERY.total_seconds())


@dataclass(frozen=True, slots=True)
class Announcement:
    """A new episode.

    Attributes:
        about: its description in a sentence or two; "" if there is none.
        quotes: at most two quotations.
    """

    episode: Episode
    about: str
    quotes: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Announcements:
    """Many new episodes at once."""

    episodes: tuple[Episode, ...]


@dataclass(frozen=True, slots=True)
class DailyQuote:
    """A quote of the day."""

    quote: Evidence


@dataclass(frozen=True, slots=True)
class WeeklyQuestions:
    """What people asked, one line for each question.

    Attributes:
        gaps: whether it lists unanswered questions.
    """

    text: str
    gaps: bool = False


Content: TypeAlias = Announcement | Announcements | DailyQuote | WeeklyQuestions
"""Everything that is posted on a schedule; a closed union."""


@dataclass(frozen=True, slots=True)
class Post:
    """A post to send.

    Attributes:
        place: the channel, as in `Posting`.
        name: the same for the same post to the same channel, whichever process sends it.
        ping: the role or user group to ping; "" for nobody.
        perhaps_sent: whether it may have been sent already, by a process that ended before it recorded that.
    """

    place: str
    name: str
    content: Content
    ping: str = ""
    perhaps_sent: bool = False


Send: TypeAlias = Callable[[Post], Awaitable[None]]
"""Sends a post, or raises ChannelRefusedError or NotSentError."""
WriteDigest: TypeAlias = Callable[[str], Awaitable[WeeklyQuestions | None]]
"""Writes the digest of the last week for a server or workspace; None if nobody asked anything."""


class Poster:
    """The scheduled posts of one process."""

    def __init__(
        self,
        state: State,
        assistant: Assistant,
        digest: WriteDigest | None = None,
        *,
        clock: Clock | None = None,
        settled: timedelta = SETTLED,
    ) -> None:
        """Post what a state says, from what an assistant knows.

        None for `digest` writes none, for `clock` takes this machine's. `settled` is how long no further episode has
        to come before those that did are announced.
        """
        posts, place_settings = state.posts, state.place_settings
        self._rounds = None if posts is None else _Rounds(posts, place_settings, assistant, digest, settled)
        self._clock = clock or Clock()

    async def run(self, whole: str, send: Send) -> None:
        """Post in a platform's channels, or a workspace's, until cancelled; nothing where nothing is kept."""
        if self._rounds is None:
            return
        complaints = Once()
        while True:
            try:
                await self._rounds.one(whole, send, self._clock.now())
            except OverheardError as error:
                _log.debug("posts have to wait: %s", error)
            except Exception as error:  # noqa: BLE001 - the edge: a loop that ended would post nothing any more
                if complaints.first(type(error).__name__, quiet_for=timedelta(hours=1)):
                    _log.error("what is to be posted could not be found out", exc_info=error)
            await self._clock.tick()


@dataclass(slots=True)
class _Rounds:
    """Looks what is due, makes it and has it posted."""

    _posts: Posts
    _place_settings: SettingsStore
    _assistant: Assistant
    _digest: WriteDigest | None
    _settled: timedelta
    _errands: Errands = field(default_factory=Errands)
    _edition: int = -1

    async def one(self, whole: str, send: Send, now: datetime) -> None:
        """Post what is due now."""
        await self._take_stock()
        chosen = await self._posts.chosen(whole)
        if not chosen:
            return
        posted = await self._posts.posted(whole)
        found = [(each, await self._assistant.episode(each.episode)) for each in await self._posts.news()]
        news = [(each, episode) for each, episode in found if episode is not None and is_recent(episode, now)]
        for posting in chosen:
            show = await self._show(posting.place)
            # A channel that is about one episode hears of the others of its show.
            about = await self._assistant.episode(EpisodeId(show)) if show else None
            show = about.show if about else show
            here = [each for each, episode in news if show in {None, episode.show}]
            for each in due(now, posting, here, posted.get(posting.place, ()), settled=self._settled):
                await self._post(posting, each, send)

    async def _take_stock(self) -> None:
        edition = await self._assistant.renewed(-1)
        if edition != self._edition:
            await self._posts.take_stock([episode.id for episode in await self._assistant.episodes(limit=ALL)])
            self._edition = edition

    async def _post(self, posting: Posting, what: Due, send: Send) -> None:
        place, about = posting.place, names(what)
        quote: ItemId | None = None

        async def act() -> None:
            nonlocal quote
            content = await self.compose(posting, what)
            if content is None:
                return
            quote = content.quote.id if isinstance(content, DailyQuote) else None
            ping = posting.ping if isinstance(what, NewEpisodes) else ""
            try:
                await send(Post(place, f"{place}/{about[0]}", content, ping, posting.begun))
            except ChannelRefusedError as error:
                if await self._posts.refused(place):
                    _log.warning("nothing is posted in %s any more: it refused three times (%s)", place, error)
                raise

        await self._errands.settled(
            f"{place}/{about[0]}",
            claim=partial(self._posts.claim, place, about),
            act=act,
            finish=lambda: self._posts.note(place, about, quote),
        )

    async def _show(self, place: str) -> str | None:
        return (await self._place_settings.at(_whole(place), place)).show

    async def compose(self, posting: Posting, what: Due) -> Content | None:
        """Make a post; None where there is nothing to say."""
        match what:
            case NewEpisodes((id,)):
                return await self._announcement(id)
            case NewEpisodes(ids):
                known = [await self._assistant.episode(id) for id in ids]
                there = tuple(episode for episode in known if episode is not None)
                return Announcements(there) if there else None
            case QuoteOfTheDay():
                return await self._quote(posting.place)
            case WeeklyDigest():
                return await self._digest(_whole(posting.place)) if self._digest else None
            case _:
                assert_never(what)

    async def _announcement(self, id: EpisodeId) -> Announcement | None:
        episode = await self._assistant.episode(id)
        if episode is None:
            return None
        wanted = QuoteFilter(scope=Scope(id), conversation=_nowhere(id))
        drawn = [await self._assistant.random_quote(wanted) for _ in range(_QUOTES)]
        said = {each.id: each for found in drawn if isinstance(found, Found) for each in found.evidence}
        return Announcement(episode, about(episode), tuple(said.values())[:_QUOTES])

    async def _quote(self, place: str) -> DailyQuote | None:
        """Draw a quote that was not posted in a channel yet; once all were, the one that wasn't for longest."""
        used = {id: number for number, id in enumerate(await self._posts.quoted(place))}
        wanted = QuoteFilter(scope=Scope(show=await self._show(place)), conversation=_nowhere(place))
        drawn: dict[ItemId, Evidence] = {}
        for tries in range(_TRIES):
            found = await self._assistant.random_quote(wanted)
            if not isinstance(found, Found) or not found.evidence:
                break
            quote = found.evidence[0]
            if quote.id not in used:
                return DailyQuote(quote)
            drawn[quote.id] = quote
            if tries > 2 * len(drawn):  # each comes once before any comes again
                break
        oldest = min(drawn.values(), key=lambda each: used[each.id], default=None)
        return None if oldest is None else DailyQuote(oldest)


def about(episode: Episode) -> str:
    """Say what an episode is about: the first sentences of its summary, or else its topics."""
    if said := episode.summary or episode.subtitle:
        return excerpt(" ".join(islice(sentences(said), _SENTENCES)), _ABOUT)
    return listed([topic.title for topic in episode.topics[:_TOPICS]])


def _whole(place: str) -> str:
    return place.rpartition("/")[0]


def _nowhere(name: str) -> ConversationId:
    """Name a conversation of its own, in which nothing was drawn."""
    return ConversationId(f"{name}/post/{secrets.token_hex(8)}")
