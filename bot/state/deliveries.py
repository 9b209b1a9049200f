"""Decides which process answers a delivery, and recovers deliveries from processes that died.

A claim is a lease, which its process renews for as long as it lives. Adapters find out whether an answer was sent.
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
"""How long a process may be silent before its claims are taken over."""

TRIES: Final = 10
"""Maximum number of processes that try to answer a delivery; many, as they may die for unrelated reasons."""
_BATCH: Final = 20
"""Maximum number of deliveries taken over together."""
_MOST_UNWRITTEN: Final = 10_000
"""Maximum number of answered deliveries to remember during an outage of the database."""

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
    .limit(_BATCH)
    .with_for_update(skip_locked=True)
)
_TAKE_OVER = (
    update(deliveries)
    .where(deliveries.c.name.in_(_LEFT_BEHIND.scalar_subquery()))
    .values(owner=bindparam("me"), leased_until=now() + bindparam("lease"), tries=deliveries.c.tries + 1)
    .returning(deliveries.c.name, deliveries.c.event)
)


class StoredDeliveries(Deliveries):
    """Claims that outlive a restart and are shared by all processes."""

    def __init__(self, database: Database, lease: timedelta = LEASE) -> None:
        super().__init__()
        self._database = database
        self._lease = lease
        self._who = {"me": secrets.token_hex(8), "lease": lease.total_seconds()}
        self._unwritten: set[str] = set()
        database.on_each_round(self._renew)

    async def claim(self, name: str, event: str | None = None) -> bool:
        if not await super().claim(name):
            return False
        try:
            return bool(await self._database.execute(_CLAIM, {"name": name, "event": event, **self._who}))
        except StateAwayError:
            return True

    async def done(self, name: str) -> None:
        """Record that it is answered, now or as soon as the database is back."""
        if len(self._unwritten) < _MOST_UNWRITTEN:
            self._unwritten.add(name)
        with contextlib.suppress(StateAwayError):
            await self._write_done()

    async def left_behind(self, platform: str) -> Sequence[Delivery]:
        # After an outage, all leases seem to have expired, because nobody could renew them.
        if not self._database.usable_for(self._lease):
            return ()
        try:
            rows = await self._database.execute(_TAKE_OVER, {"platform": f"{platform}/", **self._who})
        except StateAwayError:
            return ()
        return [Delivery(row.name, row.event) for row in rows]

    async def _renew(self) -> None:
        await self._write_done()
        await self._database.execute(_RENEW, self._who)

    async def _write_done(self) -> None:
        if names := frozenset(self._unwritten):
            await self._database.execute(_DONE, {"names": list(names)})
            self._unwritten -= names
