"""Wishes in the database, see `bot/port/wishes.py`.

Nothing is asked or sent here. There is no fallback in memory: what is promised for a year has to be stored.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, bindparam, delete, func, select, update

from bot.port.errands import TURN
from bot.port.messages import EpisodeId
from bot.port.wishes import MOST_WISHES, WISHES_LAST, Noted, Wish
from bot.state.database import Database
from bot.state.tables import insert, now, wishes

_OLDEST = now() - WISHES_LAST.total_seconds()
_ADD = insert(wishes).values(claimed_until=0.0, made_at=now()).on_conflict_do_nothing().returning(wishes.c.name)
_COUNT = select(func.count()).where(wishes.c.member == bindparam("who"))
_LIST = select(wishes).where(wishes.c.made_at > _OLDEST).order_by(wishes.c.made_at, wishes.c.name)
_OF = _LIST.where(wishes.c.member == bindparam("who"))
_WAITING = _LIST.where(wishes.c.member.startswith(bindparam("platform")))
_CANCEL = (
    delete(wishes)
    .where(wishes.c.name == bindparam("named"), wishes.c.member == bindparam("who"))
    .returning(wishes.c.name)
)
_CLAIM = (
    update(wishes)
    .where(wishes.c.name == bindparam("named"), wishes.c.claimed_until < now())
    .values(claimed_until=now() + bindparam("turn"))
    .returning(wishes.c.name)
)


class StoredWishes:
    """Wishes that outlive a restart and are shared by processes."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def note(self, wish: Wish) -> Noted:
        values = {field: getattr(wish, field) for field in ("name", "member", "place", "question", "episode", "show")}
        if not await self._database.execute(_ADD, values):
            return Noted.ALREADY
        # Counted after inserting, so that two concurrent wishes see each other.
        rows = await self._database.execute(_COUNT, {"who": wish.member})
        if rows[0][0] <= MOST_WISHES:
            return Noted.NOTED
        await self.cancel(wish.member, wish.name)
        return Noted.TOO_MANY

    async def of(self, member: str) -> Sequence[Wish]:
        return [_wish(row) for row in await self._database.execute(_OF, {"who": member})]

    async def cancel(self, member: str, name: str) -> bool:
        return bool(await self._database.execute(_CANCEL, {"named": name, "who": member}))

    async def waiting(self, platform: str) -> Sequence[Wish]:
        return [_wish(row) for row in await self._database.execute(_WAITING, {"platform": f"{platform}/"})]

    async def claim(self, name: str) -> bool:
        return bool(await self._database.execute(_CLAIM, {"named": name, "turn": TURN.total_seconds()}))


def _wish(row: Row[Any]) -> Wish:
    episode = None if row.episode is None else EpisodeId(row.episode)
    return Wish(row.member, row.place, row.question, episode, row.claimed_until > 0, row.show)
