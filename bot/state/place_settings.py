"""The choices made for servers and channels, in the database, cached for a few seconds.

There is one row per setting, so that concurrent changes are both kept; its value is JSON, null if it was reset.
"""

from __future__ import annotations

import contextlib
import json
import math
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from sqlalchemy import Row, bindparam, select

from bot.port.errors import StateAwayError
from bot.port.place_settings import (
    MOST_PLACES,
    NOTHING_CHOSEN,
    Chosen,
    PlaceSettings,
    Setting,
    SettingsChange,
    SettingsStore,
)
from bot.port.seen import Recent
from bot.state.database import Database
from bot.state.tables import insert, now, place_settings

_FRESH: Final = 3.0
"""Seconds for which choices are cached; another process's change is seen after that."""
_SETTINGS: Final = frozenset(each.value for each in Setting)

_ALL = select(place_settings.c.place, place_settings.c.setting, place_settings.c.value)
_READ = _ALL.where(place_settings.c.place.in_(bindparam("places", expanding=True)))
_CHANNELS = _ALL.where(place_settings.c.place.startswith(bindparam("whole"))).order_by(place_settings.c.place)


class StoredSettings(SettingsStore):
    """Choices that outlive a restart and are shared by processes."""

    def __init__(self, database: Database, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._database = database
        self._clock = clock
        self._read_at: Recent[str, float] = Recent(MOST_PLACES)

    async def at(self, whole: str, channel: str | None = None) -> PlaceSettings:
        """Return what applies in a place; during an outage, what was last known, otherwise the defaults."""
        started = self._clock()
        places = [place for place in (whole, channel) if place]
        stale = [place for place in places if started - self._read_at.get(place, -math.inf) >= _FRESH]
        with contextlib.suppress(StateAwayError):
            rows = await self._database.execute(_READ, {"places": stale}) if stale else ()
            for place, chosen in (dict.fromkeys(stale, NOTHING_CHOSEN) | _chosen(rows)).items():
                self._chosen[place] = chosen
                self._read_at[place] = self._clock()
        return await super().at(whole, channel)

    async def channels(self, whole: str) -> Mapping[str, Chosen]:
        """List the channels of a place with any choices; during an outage, those that are known."""
        try:
            rows = await self._database.execute(_CHANNELS, {"whole": f"{whole}/"})
        except StateAwayError:
            return await super().channels(whole)
        return {place: chosen for place, chosen in _chosen(rows).items() if chosen != NOTHING_CHOSEN}

    async def change(self, place: str, change: SettingsChange) -> None:
        if not change.changes:
            return
        new = insert(place_settings).values([
            {"place": place, "setting": setting, "value": json.dumps(value), "changed_at": now()}
            for setting, value in change.wanted.items()
        ])  # fmt: skip
        written = {"value": new.excluded.value, "changed_at": new.excluded.changed_at}
        await self._database.execute(new.on_conflict_do_update(index_elements=["place", "setting"], set_=written))
        await super().change(place, change)
        self._read_at.pop(place, None)  # read it again: others may have changed more


def _chosen(rows: Iterable[Row[Any]]) -> dict[str, Chosen]:
    chosen: defaultdict[str, dict[str, Any]] = defaultdict(dict)
    for row in rows:
        if row.setting in _SETTINGS:  # a newer version may know more
            chosen[row.place][row.setting] = json.loads(row.value)
    return {place: Chosen(**each) for place, each in chosen.items()}
