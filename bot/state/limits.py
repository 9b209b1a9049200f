"""Rate limits for members and channels across all processes: GCRA as in `bot/port/limits.py`, in one statement.

Counting only; during an outage, each process counts for itself.
"""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import String, bindparam, case, delete, exists, func, literal, or_, select, union_all

from bot.port.errors import StateAwayError
from bot.port.limits import Rate, RateLimiter
from bot.state.database import Database
from bot.state.forgetting import own
from bot.state.tables import insert, limits, now


class StoredLimits:
    """One time per member and per channel: when its full allowance is restored."""

    def __init__(self, database: Database, per_member: Rate, per_channel: Rate) -> None:
        self._database = database
        self._memory = RateLimiter(per_member, per_channel)
        member, channel = bindparam("member", type_=String), bindparam("channel", type_=String)
        asking = (member, per_member.interval), (channel, per_channel.interval)
        tolerance = case((limits.c.name == member, per_member.tolerance), else_=per_channel.tolerance)
        waits = limits.c.full_at - tolerance - now()
        refused = exists().where(or_(limits.c.name == member, limits.c.name == channel), waits > 0)
        new = union_all(*(select(name, now() + literal(interval)).where(~refused) for name, interval in asking))
        interval = case((limits.c.name == member, per_member.interval), else_=per_channel.interval)
        self._take = (
            insert(limits)
            .from_select(["name", "full_at"], new)
            .on_conflict_do_update(
                index_elements=["name"],
                # `case`, because the two databases have different names for the maximum of two values.
                set_={"full_at": case((limits.c.full_at > now(), limits.c.full_at), else_=now()) + interval},
                # Checked again, because another process may have counted a question since the statement began.
                where=waits <= 0,
            )
            .returning(limits.c.name)
        )
        self._wait = select(func.max(waits)).where(or_(limits.c.name == member, limits.c.name == channel))

    async def admit(self, member: str, channel: str) -> timedelta | None:
        names = {"member": f"member/{member}", "channel": f"channel/{channel}"}
        try:
            if len(await self._database.execute(self._take, names)) == len(names):
                return None
            ((wait,),) = await self._database.execute(self._wait, names)
        except StateAwayError:
            return await self._memory.admit(member, channel)
        return timedelta(seconds=max(0.0, wait or 0.0))

    async def forget(self, person: str) -> None:
        await self._memory.forget(person)
        counted = (own(limits.c.name, f"{kind}/{person}") for kind in ("member", "channel"))
        await self._database.execute(delete(limits).where(or_(*counted)))
