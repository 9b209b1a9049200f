"""What is chosen for a server and its channels, with both databases and in memory."""

from __future__ import annotations

import asyncio

import pytest
from sqlalchemy import make_url

from bot.port import house
from bot.port.errors import StateAwayError
from bot.port.house import EVERY_SHOW, USUAL, Change, Chosen, House, Houses, Setting, Usual, Why
from bot.state import houses, tables
from bot.state.database import Database
from bot.state.houses import StoredHouses
from bot.state.tables import insert
from tests.bot.state.conftest import SOON, opened

SERVER, HERE, THERE = "discord/1", "discord/1/2", "discord/1/3"


def test_a_channel_s_choice_wins_over_the_server_s_and_that_over_what_is_usual() -> None:
    house = House(Chosen(show="Hive Talk", private=True), Chosen(show=EVERY_SHOW, off=False))

    assert (house.show, house.private, house.off, house.feedback) == (None, True, False, True)
    assert [house.why(each) for each in list(Setting)[:4]] == [Why.CHANNEL, Why.WHOLE, Why.CHANNEL, Why.USUAL]


async def _after_some_changes(kept: Houses) -> tuple[House, House]:
    await kept.change(SERVER, Change(show="Hive Talk", private=True, feedback=False))
    await kept.change(HERE, Change(show="Night “Sky” 🌠", off=True))
    await kept.change(HERE, Change(off=Usual.AGAIN, private=False))
    return await kept.at(SERVER, HERE), await kept.at(SERVER, THERE)


WHOLE = Chosen("Hive Talk", private=True, feedback=False)
CHANGED = House(WHOLE, Chosen("Night “Sky” 🌠", private=False)), House(WHOLE)


async def test_what_is_chosen_outlives_a_restart_and_is_seen_by_other_processes(database_url: str) -> None:
    async with opened(database_url) as one, opened(database_url) as other:
        assert await _after_some_changes(one.houses) == CHANGED
        assert await other.houses.at(SERVER, HERE) == CHANGED[0]

    async with opened(database_url) as later:
        assert await later.houses.at(SERVER, THERE) == CHANGED[1]
        assert await later.houses.at("discord/4") == USUAL


async def test_channels_in_which_anything_is_chosen_are_listed(database_url: str) -> None:
    async with opened(database_url) as state:
        for kept in (state.houses, Houses()):
            await kept.change(SERVER, Change(off=True))
            await kept.change(THERE, Change(off=False))
            await kept.change(HERE, Change(private=True, feedback=False))
            await kept.change("discord/1/4", Change(off=True))
            await kept.change("discord/1/4", Change(off=Usual.AGAIN))
            await kept.change("discord/12/5", Change(off=True))

            assert await kept.channels(SERVER) == {HERE: Chosen(private=True, feedback=False), THERE: Chosen(off=False)}


async def test_what_a_newer_version_keeps_beside_it_is_passed_over(database_url: str) -> None:
    async with opened(database_url) as state:
        await state.houses.change(SERVER, Change(off=True))
        await state.houses.change(SERVER, Change())
        newer = insert(tables.houses).values(place=SERVER, setting="digest", value="[1]", changed_at=tables.now())
        await state._database.execute(newer)

        assert (await state.houses.at(SERVER)).whole == Chosen(off=True)


async def test_what_is_chosen_is_kept_in_memory_where_there_is_no_database() -> None:
    assert await _after_some_changes(Houses()) == CHANGED


async def test_changes_at_the_same_time_are_all_kept(database_url: str) -> None:
    async with opened(database_url) as one, opened(database_url) as other:
        await one.houses.change(SERVER, Change(off=False))
        await asyncio.gather(
            one.houses.change(SERVER, Change(private=True)), other.houses.change(SERVER, Change(feedback=False))
        )

    async with opened(database_url) as later:
        assert (await later.houses.at(SERVER)).whole == Chosen(private=True, off=False, feedback=False)


async def test_a_change_at_another_process_is_seen_after_some_seconds(database_url: str) -> None:
    time = 0.0
    database = Database(make_url(database_url), pause=SOON)
    slow = StoredHouses(database, lambda: time)
    async with opened(database_url) as other, database.opened():
        before = await slow.at(SERVER)
        await other.houses.change(SERVER, Change(off=True))
        meanwhile, time = await slow.at(SERVER), houses._FRESH
        after = await slow.at(SERVER)

    assert [each.off for each in (before, meanwhile, after)] == [False, False, True]


async def test_while_the_database_is_away_what_is_usual_holds_and_nothing_can_be_changed() -> None:
    async with opened("postgresql://x@127.0.0.1:1/x") as state:
        with pytest.raises(StateAwayError):
            await state.houses.change(SERVER, Change(off=True))

        assert await state.houses.at(SERVER, HERE) == USUAL


async def test_only_so_many_places_are_kept_in_mind(database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (house, houses):
        monkeypatch.setattr(module, "MOST_PLACES", 1)
    async with opened(database_url) as state:
        await state.houses.change(SERVER, Change(off=True))

        assert (await state.houses.at(SERVER)).off
        assert not (await state.houses.at("discord/4")).off
