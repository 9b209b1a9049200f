"""What processes share, in SQLite and in PostgreSQL: each test runs with both."""

from __future__ import annotations

import asyncio
from datetime import timedelta

from sqlalchemy import func, select

from bot.port.limits import Rate
from bot.state.deliveries import TRIES
from bot.state.stored import StoredState
from bot.state.tables import deliveries
from tests.bot.state.conftest import opened, until

MINUTE = timedelta(minutes=1)
PLENTY = Rate(1_000, MINUTE)
AT_ONCE = timedelta()


async def test_a_note_is_read_by_another_process_and_after_a_restart(database_url: str) -> None:
    async with opened(database_url) as one, opened(database_url) as other:
        await one.notes.write("here", "bees")
        read = await other.notes.read("here")
        await other.notes.write("here", "“honey” 🐝 \\u0000")
        await other.notes.write("half", "a \ud800 pair")

    async with opened(database_url) as later:
        assert (read, await later.notes.read("here")) == ("bees", "“honey” 🐝 \\u0000")
        assert await later.notes.read("elsewhere") is None
        assert await later.notes.read("half") is None


async def test_of_many_processes_that_are_delivered_the_same_one_answers(database_url: str) -> None:
    async with opened(database_url) as one, opened(database_url) as two, opened(database_url) as three:
        claims = []
        for name in (f"slack/{n}" for n in range(20)):
            claims += await asyncio.gather(*(each.deliveries.claim(name, "{}") for each in (one, two, three, one)))
        await one.deliveries.done("slack/0")

    async with opened(database_url) as later:
        assert sum(claims) == 20
        assert not await later.deliveries.claim("slack/0", "{}")


async def test_what_an_ended_process_left_behind_is_taken_over_once(database_url: str) -> None:
    async with opened(database_url, lease=AT_ONCE) as ended:
        for name in ("slack/1", "slack/2", "discord/1"):
            assert await ended.deliveries.claim(name, f"event {name}")
        await ended.deliveries.claim("slack/3")  # for good
        await ended.deliveries.done("slack/2")

    async with opened(database_url, lease=AT_ONCE) as one:
        (left,) = await one.deliveries.left_behind("slack")

        assert (left.name, left.event) == ("slack/1", "event slack/1")
        assert [each.name for each in await one.deliveries.left_behind("discord")] == ["discord/1"]
        await one.deliveries.done("slack/1")
        assert await one.deliveries.left_behind("slack") == []


async def test_a_living_process_keeps_what_it_claimed_for_as_long_as_it_takes(database_url: str) -> None:
    async with opened(database_url) as slow, opened(database_url, lease=AT_ONCE) as other:
        await slow.deliveries.claim("slack/1", "{}")
        for _ in range(3):
            await _renewed(other)
            assert await other.deliveries.left_behind("slack") == []


async def test_what_ends_every_process_that_tries_is_given_up(database_url: str) -> None:
    taken = []
    for _ in range(TRIES + 1):
        async with opened(database_url, lease=AT_ONCE) as each:
            await each.deliveries.claim("slack/1", "{}")
            taken.append(len(await each.deliveries.left_behind("slack")))

    assert taken == [1] * (TRIES - 1) + [0, 0]


async def test_limits_hold_over_two_processes(database_url: str) -> None:
    async with opened(database_url) as one, opened(database_url) as other:
        limits = [each.limits(Rate(4, MINUTE), PLENTY) for each in (one, other)]

        waits = await asyncio.gather(*(limits[n % 2].admit("ann", "general") for n in range(10)))

        assert waits.count(None) == 4
        assert all(timedelta(seconds=10) < wait <= timedelta(seconds=15) for wait in waits if wait)
        assert await limits[0].admit("bob", "general") is None


async def test_a_question_refused_by_a_channel_counts_for_no_member(database_url: str) -> None:
    async with opened(database_url) as one:
        limits = one.limits(Rate(1, MINUTE), Rate(1, MINUTE))
        await limits.admit("ann", "general")

        assert await limits.admit("bob", "general") is not None
        assert await limits.admit("bob", "music") is None


async def test_who_waits_as_long_as_told_may_ask_again(database_url: str) -> None:
    async with opened(database_url) as one:
        limits = one.limits(Rate(1, timedelta(milliseconds=100)), PLENTY)
        await limits.admit("ann", "general")
        wait = await limits.admit("ann", "general")

        assert wait is not None
        await asyncio.sleep(wait.total_seconds())
        await until(lambda: _admitted(limits))


async def _admitted(limits: object) -> bool:
    return await limits.admit("ann", "general") is None  # type: ignore[attr-defined]


async def _renewed(state: StoredState) -> None:
    """Wait until all leases are for longer than they are now."""

    async def earliest() -> float:
        ((soonest,),) = await state._database.execute(select(func.min(deliveries.c.leased_until)))
        return float(soonest)

    before = await earliest()

    async def longer() -> bool:
        return await earliest() > before

    await until(longer)
