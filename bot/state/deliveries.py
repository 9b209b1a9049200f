"""Which process answers what was delivered, until when that is its own, and what is left behind by one that ended.

A claim is a lease: its process renews it for as long as it lives. Whether an answer was sent, an adapter finds out.
"""

from __future__ import annotations

import contextlib
import secrets
from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from sqlalchemy import bindparam, select, update

from bot.port.errors import StateAwayError
from bot.port.state import Deliveries, Delivery
from bot.state.database import Database
from bot.state.tables import deliveries, insert, now

LEASE: Final = timedelta(seconds=10)
"""How long a process may be silent before what it claimed is taken over."""

TRIES: Final = 10
"""Processes that may try to answer the same: many, as they may end for reasons of their own, and not for ever."""
_AT_ONCE: Final = 20
_MOST_UNTOLD: Final = 10_000

_CLAIM = (
    insert(deliveries)
    .values(owner=bindparam("me"), leased_until=now() + bindparam("lease"), tries=1, received_at=now())
    .on_conflict_do_nothing()
    .returning(deliveries.c.name)
)
_DONE = update(deliveries).where(deliveries.c.name.in_(bindparam("names", expanding=True))).values(event=None)
_RENEW = (
    update(deliveries)
    .where(deliveries.c.event.isnot(None), deliveries.c.owner == bindparam("me"))
    .values(leased_until=now() + bindparam("lease"))
)
_LEFT_BEHIND = (
    select(deliveries.c.name)
    .where(
        deliveries.c.event.isnot(None),
        deliveries.c.leased_until < now(),
        deliveries.c.tries < TRIES,
        deliveries.c.name.startswith(bindparam("platform")),
    )
    .order_by(deliveries.c.received_at)
    .limit(_AT_ONCE)
    .with_for_update(skip_locked=True)
)
_TAKE_OVER = (
    update(deliveries)
    .where(deliveries.c.name.in_(_LEFT_BEHIND.scalar_subquery()))
    .values(owner=bindparam("me"), leased_until=now() + bindparam("lease"), tries=deliveries.c.tries + 1)
    .returning(deliveries.c.name, deliveries.c.event)
)


class StoredDeliveries(Deliveries):
    """Claims that outlive a restart and hold for all processes."""

    def __init__(self, database: Database, lease: timedelta = LEASE) -> None:
        super().__init__()
        self._database = database
        self._lease = lease
        self._who = {"me": secrets.token_hex(8), "lease": lease.total_seconds()}
        self._untold: set[str] = set()
        database.on_each_round(self._renew)

    async def claim(self, name: str, event: str | None = None) -> bool:
        """Whether this process is to answer."""
        if not await super().claim(name):
            return False
        try:
            return bool(await self._database.execute(_CLAIM, {"name": name, "event": event, **self._who}))
        except StateAwayError:
            return True

    async def done(self, name: str) -> None:
        """Note that it is answered, now or as soon as the database is back."""
        if len(self._untold) < _MOST_UNTOLD:
            self._untold.add(name)
        with contextlib.suppress(StateAwayError):
            await self._tell()

    async def left_behind(self, platform: str) -> Sequence[Delivery]:
        """Claim a few that were claimed by a process which has ended since."""
        # Where nobody could renew a lease for a while, all seem to have ended.
        if not self._database.usable_for(self._lease):
            return ()
        try:
            rows = await self._database.execute(_TAKE_OVER, {"platform": f"{platform}/", **self._who})
        except StateAwayError:
            return ()
        return [Delivery(row.name, row.event) for row in rows]

    async def _renew(self) -> None:
        await self._tell()
        await self._database.execute(_RENEW, self._who)

    async def _tell(self) -> None:
        if told := frozenset(self._untold):
            await self._database.execute(_DONE, {"names": list(told)})
            self._untold -= told
