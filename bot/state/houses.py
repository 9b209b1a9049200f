"""What is chosen for servers and channels, in the database; what is read is a few seconds old at the most.

A row a setting, so that two changes at the same time are both kept; its value is JSON, null where it was taken back.
"""

from __future__ import annotations

import json
import math
import time
from collections import OrderedDict
from collections.abc import Callable
from typing import Any, Final

from sqlalchemy import bindparam, delete, select

from bot.port.forgetting import belongs_to
from bot.port.house import NOTHING_CHOSEN, Change, Chosen, House, Setting
from bot.port.state import StateAwayError
from bot.state.database import Database
from bot.state.forgetting import own
from bot.state.tables import houses, insert, now

_FRESH: Final = 3.0
"""Seconds for which what was read once is not read again; a change at another process is seen after that."""
_MOST: Final = 10_000
_SETTINGS: Final = frozenset(each.value for each in Setting)

_READ = select(houses.c.place, houses.c.setting, houses.c.value).where(
    houses.c.place.in_(bindparam("places", expanding=True))
)


class StoredHouses:
    """What was chosen, at any process."""

    def __init__(self, database: Database, clock: Callable[[], float] = time.monotonic) -> None:
        self._database = database
        self._clock = clock
        self._read_at: OrderedDict[str, tuple[float, Chosen]] = OrderedDict()

    async def at(self, whole: str, channel: str | None = None) -> House:
        """Tell what holds in a place; what was known last, or else what is usual, while the database is away."""
        places = [place for place in (whole, channel) if place]
        known = {place: self._read_at.get(place, (-math.inf, NOTHING_CHOSEN)) for place in places}
        stale = [place for place, (at, _) in known.items() if self._clock() - at >= _FRESH]
        chosen = {place: each for place, (_, each) in known.items()} | await self._read(stale)
        return House(*(chosen[place] for place in places))

    async def change(self, place: str, change: Change) -> None:
        """Choose for a place.

        Raises:
            StateAwayError: nothing is changed.
        """
        if not change.changes:
            return
        new = insert(houses).values([
            {"place": place, "setting": setting, "value": json.dumps(value), "changed_at": now()}
            for setting, value in change.wanted.items()
        ])  # fmt: skip
        written = {"value": new.excluded.value, "changed_at": new.excluded.changed_at}
        await self._database.execute(new.on_conflict_do_update(index_elements=["place", "setting"], set_=written))
        _, before = self._read_at.get(place, (0.0, NOTHING_CHOSEN))
        self._keep(place, -math.inf, change.applied(before))  # to be read again: others may have chosen more

    async def forget(self, person: str) -> None:
        """Forget what was chosen for a workspace and its channels; nothing is chosen for a person."""
        for place in [place for place in self._read_at if belongs_to(place, person)]:
            del self._read_at[place]
        await self._database.execute(delete(houses).where(own(houses.c.place, person)))

    async def _read(self, places: list[str]) -> dict[str, Chosen]:
        if not places:
            return {}
        try:
            rows = await self._database.execute(_READ, {"places": places})
        except StateAwayError:
            return {}
        chosen: dict[str, dict[str, Any]] = {place: {} for place in places}
        for row in rows:
            if row.setting in _SETTINGS:  # a newer version may know more
                chosen[row.place][row.setting] = json.loads(row.value)
        read = {place: Chosen(**each) for place, each in chosen.items()}
        for place, each in read.items():
            self._keep(place, self._clock(), each)
        return read

    def _keep(self, place: str, at: float, chosen: Chosen) -> None:
        self._read_at[place] = (at, chosen)
        self._read_at.move_to_end(place)
        if len(self._read_at) > _MOST:
            self._read_at.popitem(last=False)
