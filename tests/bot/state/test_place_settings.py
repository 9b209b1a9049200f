"""What is chosen for a server and its channels, with both databases and in memory."""

from __future__ import annotations

import asyncio

import pytest
from sqlalchemy import make_url

from bot.port import place_settings
from bot.port.errors import StateAwayError
from bot.port.place_settings import (
    EVERY_SHOW,
    USUAL,
    Chosen,
    PlaceSettings,
    Reset,
    Setting,
    SettingsChange,
    SettingsStore,
    Why,
)
from bot.state import place_settings as stored
from bot.state import tables
from bot.state.database import Database
from bot.state.place_settings import StoredSettings
from bot.state.tables import insert
from tests.bot.state.conftest import SOON, opened

SERVER, HERE, THERE = "discord/1", "discord/1/2", "discord/1/3"


def test_a_channel_s_choice_wins_over_the_server_s_and_that_over_what_is_usual() -> None:
    settings = PlaceSettings(Chosen(show="Hive Talk", private=True), Chosen(show=EVERY_SHOW, off=False))

    assert (settings.show, settings.private, settings.off, settings.feedback) == (None, True, False, True)
    assert [settings.why(each) for each in list(Setting)[:4]] == [Why.CHANNEL, Why.WHOLE, Why.CHANNEL, Why.USUAL]


async def _after_some_changes(kept: SettingsStore) -> tuple[PlaceSettings, PlaceSettings]:
    await kept.change(SERVER, SettingsChange(show="Hive Talk", private=True, feedback=False))
    await kept.change(HERE, SettingsChange(show="Night “Sky” 🌠", off=True))
    await kept.change(HERE, SettingsChange(off=Reset.AGAIN, private=False))
    return await kept.at(SERVER, HERE), await kept.at(SERVER, THERE)


WHOLE = Chosen("Hive Talk", private=True, feedback=False)
CHANGED = PlaceSettings(WHOLE, Chosen("Night “Sky” 🌠", private=False)), PlaceSettings(WHOLE)


async def test_what_is_chosen_outlives_a_restart_and_is_seen_by_other_processes(database_url: str) -> None:
    async with opened(database_url) as one, opened(database_url) as other:
        assert await _after_some_changes(one.place_settings) == CHANGED
        assert await other.place_settings.at(SERVER, HERE) == CHANGED[0]

    async with opened(database_url) as later:
        assert await later.place_settings.at(SERVER, THERE) == CHANGED[1]
        assert await later.place_settings.at("discord/4") == USUAL


async def test_channels_in_which_anything_is_chosen_are_listed(database_url: str) -> None:
    async with opened(database_url) as state:
        for kept in (state.place_settings, SettingsStore()):
            await kept.change(SERVER, SettingsChange(off=True))
            await kept.change(THERE, SettingsChange(off=False))
            await kept.change(HERE, SettingsChange(private=True, feedback=False))
            await kept.change("discord/1/4", SettingsChange(off=True))
            await kept.change("discord/1/4", SettingsChange(off=Reset.AGAIN))
            await kept.change("discord/12/5", SettingsChange(off=True))

            assert await kept.channels(SERVER) == {HERE: Chosen(private=True, feedback=False), THERE: Chosen(off=False)}


async def test_what_a_newer_version_keeps_beside_it_is_passed_over(database_url: str) -> None:
    async with opened(database_url) as state:
        await state.place_settings.change(SERVER, SettingsChange(off=True))
        await state.place_settings.change(SERVER, SettingsChange())
        newer = insert(tables.place_settings).values(
            place=SERVER, setting="digest", value="[1]", changed_at=tables.now()
        )
        await state._database.execute(newer)

        assert (await state.place_settings.at(SERVER)).whole == Chosen(off=True)


async def test_what_is_chosen_is_kept_in_memory_where_there_is_no_database() -> None:
    assert await _after_some_changes(SettingsStore()) == CHANGED


async def test_changes_at_the_same_time_are_all_kept(database_url: str) -> None:
    async with opened(database_url) as one, opened(database_url) as other:
        await one.place_settings.change(SERVER, SettingsChange(off=False))
        await asyncio.gather(
            one.place_settings.change(SERVER, SettingsChange(private=True)),
            other.place_settings.change(SERVER, SettingsChange(feedback=False)),
        )

    async with opened(database_url) as later:
        assert (await later.place_settings.at(SERVER)).whole == Chosen(private=True, off=False, feedback=False)


async def test_a_change_at_another_process_is_seen_after_some_seconds(database_url: str) -> None:
    time = 0.0
    database = Database(make_url(database_url), pause=SOON)
    slow = StoredSettings(database, lambda: time)
    async with opened(database_url) as other, database.opened():
        before = await slow.at(SERVER)
        await other.place_settings.change(SERVER, SettingsChange(off=True))
        meanwhile, time = await slow.at(SERVER), stored._FRESH
        after = await slow.at(SERVER)

    assert [each.off for each in (before, meanwhile, after)] == [False, False, True]


async def test_while_the_database_is_away_what_is_usual_holds_and_nothing_can_be_changed() -> None:
    async with opened("postgresql://x@127.0.0.1:1/x") as state:
        with pytest.raises(StateAwayError):
            await state.place_settings.change(SERVER, SettingsChange(off=True))

        assert await state.place_settings.at(SERVER, HERE) == USUAL


async def test_only_so_many_places_are_kept_in_mind(database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (place_settings, stored):
        monkeypatch.setattr(module, "MOST_PLACES", 1)
    async with opened(database_url) as state:
        await state.place_settings.change(SERVER, SettingsChange(off=True))

        assert (await state.place_settings.at(SERVER)).off
        assert not (await state.place_settings.at("discord/4")).off
