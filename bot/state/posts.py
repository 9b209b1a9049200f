"""What the bot posts of its own accord, in the database; see `bot/port/posts.py`.

Nothing is decided or sent here. There is no fallback in memory: all processes know what was posted, or none does.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import timedelta
from typing import Any, Final

from sqlalchemy import Connection, Row, bindparam, exists, func, or_, select, update

from bot.port.errands import TURN
from bot.port.messages import EpisodeId, ItemId
from bot.port.place_settings import Reset
from bot.port.posts import NEWS_LASTS, REFUSALS, News, Posting, PostingChange
from bot.port.posts import UTC as USUAL_ZONE
from bot.state.database import Database
from bot.state.tables import insert, known_episodes, now, posted, posting, time_of

_AT_ONCE: Final = 300
"""Maximum number of episodes in a statement; SQLite takes at least 999 values."""
_LATELY: Final = timedelta(days=3)
"""How far back posts are listed, which is longer than any post stays due."""
_PAUSE: Final = timedelta(minutes=20)
"""Delay from a refusal to the next attempt, in which somebody may fix the permissions."""
_COMPLETE: Final = EpisodeId("")
"""Marker row among the known episodes, written once all of the first library are; later ones are news."""

_FREE = {"claimed_until": 0.0, "refusals": 0}
_OFF = {"announces_since": None, "ping": "", "quote_at": None, "digest": 0}
_ANYTHING = or_(posting.c.announces_since.isnot(None), posting.c.quote_at.isnot(None), posting.c.digest == 1)
_CHOSEN = select(posting).where(posting.c.place.startswith(bindparam("whole")), _ANYTHING).order_by(posting.c.place)
_AT = select(posting).where(posting.c.place == bindparam("at"))
_SEEN = select(known_episodes.c.id).where(known_episodes.c.id.in_(bindparam("ids", expanding=True)))
_NEWS = (
    select(known_episodes.c.id, known_episodes.c.found_at, (now() - known_episodes.c.found_at).label("age"))
    .where(known_episodes.c.is_news == 1, known_episodes.c.found_at > now() - NEWS_LASTS.total_seconds())
    .order_by(known_episodes.c.found_at, known_episodes.c.id)
)
_POSTED = select(posted.c.place, posted.c.name).where(
    posted.c.place.startswith(bindparam("whole")), posted.c.posted_at > now() - _LATELY.total_seconds()
)
_QUOTED = (
    select(posted.c.quote)
    .where(posted.c.place == bindparam("at"), posted.c.quote.isnot(None))
    .group_by(posted.c.quote)
    .order_by(func.max(posted.c.posted_at), posted.c.quote)
)
_CLAIM = (
    update(posting)
    .where(
        posting.c.place == bindparam("at"),
        posting.c.claimed_until < now(),
        ~exists().where(posted.c.place == bindparam("at"), posted.c.name.in_(bindparam("names", expanding=True))),
    )
    .values(claimed_until=now() + bindparam("turn"))
    .returning(posting.c.place)
)
_NOTE = (
    insert(posted)
    .values(place=bindparam("at"), name=bindparam("what"), quote=bindparam("words"), posted_at=now())
    .on_conflict_do_nothing()
)
_RELEASE = update(posting).where(posting.c.place == bindparam("at")).values(_FREE)
_REFUSED = (
    update(posting)
    .where(posting.c.place == bindparam("at"))
    .values(refusals=posting.c.refusals + 1, claimed_until=now() + bindparam("pause"))
    .returning(posting.c.refusals)
)
_SWITCH_OFF = update(posting).where(posting.c.place == bindparam("at")).values(_OFF | _FREE)


class StoredPosts:
    """Posts that outlive a restart and are shared by processes."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._known: set[EpisodeId] = set()

    async def chosen(self, whole: str) -> Sequence[Posting]:
        return [_posting(row) for row in await self._database.execute(_CHOSEN, {"whole": f"{whole}/"})]

    async def at(self, place: str) -> Posting:
        rows = await self._database.execute(_AT, {"at": place})
        return _posting(rows[0]) if rows else Posting(place)

    async def change(self, place: str, change: PostingChange) -> None:
        values: dict[str, Any] = {"announces_since": now()} if change.announces else {}
        values |= {"announces_since": None, "ping": ""} if change.announces is False else {}
        values |= {} if change.ping is None else {"ping": change.ping}
        if change.quote_at is not None:
            values |= {"quote_at": None if isinstance(change.quote_at, Reset) else change.quote_at}
        values |= {} if change.digest is None else {"digest": int(change.digest)}
        values |= {} if change.zone is None else {"zone": change.zone}
        values |= _FREE | {"changed_at": now()}
        new = insert(posting).values({"place": place, "zone": USUAL_ZONE, **_OFF, **values})
        if change.announces:  # if announcements are already on, they keep their starting time
            values |= {"announces_since": func.coalesce(posting.c.announces_since, now())}
        await self._database.execute(new.on_conflict_do_update(index_elements=["place"], set_=values))

    async def take_stock(self, episodes: Sequence[EpisodeId]) -> None:
        ids = [id for id in episodes if id not in self._known]
        if not ids:
            return
        seen = {row.id for part in _parts([_COMPLETE, *ids]) for row in await self._database.execute(_SEEN, part)}
        new = [id for id in ids if id not in seen]
        # Either this process has taken stock before, or another has, and some of these are known.
        of_known_library = bool(self._known) or (_COMPLETE in seen and len(new) < len(ids))
        for part in _parts(new):
            await self._add(part["ids"], news=of_known_library)
        if not self._known and _COMPLETE not in seen:
            await self._add([_COMPLETE], news=False)
        self._known.update(ids)

    async def _add(self, ids: Sequence[EpisodeId], *, news: bool) -> None:
        rows = [{"id": id, "is_news": int(news), "found_at": now()} for id in ids]
        await self._database.execute(insert(known_episodes).values(rows).on_conflict_do_nothing())

    async def news(self) -> Sequence[News]:
        rows = await self._database.execute(_NEWS)
        return [News(EpisodeId(row.id), time_of(row.found_at), timedelta(seconds=row.age)) for row in rows]

    async def posted(self, whole: str) -> Mapping[str, Collection[str]]:
        by_place: defaultdict[str, set[str]] = defaultdict(set)
        for row in await self._database.execute(_POSTED, {"whole": f"{whole}/"}):
            by_place[row.place].add(row.name)
        return by_place

    async def claim(self, place: str, names: Sequence[str]) -> bool:
        return bool(
            await self._database.execute(_CLAIM, {"at": place, "names": list(names), "turn": TURN.total_seconds()})
        )

    async def note(self, place: str, names: Sequence[str], quote: ItemId | None = None) -> None:
        def note(connection: Connection) -> None:
            connection.execute(_NOTE, [{"at": place, "what": name, "words": quote} for name in names])
            connection.execute(_RELEASE, {"at": place})

        await self._database.transact(note)

    async def refused(self, place: str) -> bool:
        rows = await self._database.execute(_REFUSED, {"at": place, "pause": _PAUSE.total_seconds()})
        if not rows or rows[0].refusals < REFUSALS:
            return False
        await self._database.execute(_SWITCH_OFF, {"at": place})
        return True

    async def quoted(self, place: str) -> Sequence[ItemId]:
        return [ItemId(row.quote) for row in await self._database.execute(_QUOTED, {"at": place})]


def _parts(ids: Sequence[EpisodeId]) -> Iterator[Mapping[str, Sequence[EpisodeId]]]:
    return ({"ids": ids[first : first + _AT_ONCE]} for first in range(0, len(ids), _AT_ONCE))


def _posting(row: Row[Any]) -> Posting:
    since = None if row.announces_since is None else time_of(row.announces_since)
    return Posting(row.place, since, row.ping, row.quote_at, bool(row.digest), row.zone, row.claimed_until > 0)
