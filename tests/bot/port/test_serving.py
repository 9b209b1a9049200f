"""Platforms side by side, with services that do as they are told."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta

import pytest

from bot.port import serving as module
from bot.port.serving import EndedError, Exit, InFlight, StartError, serve, stop_on_signals


@dataclass
class Scripted:
    """A service that runs the given coroutine."""

    name: str
    script: Callable[[asyncio.Event], Awaitable[None]]
    closed: bool = False

    async def run(self, until: asyncio.Event) -> None:
        try:
            await self.script(until)
        finally:
            self.closed = True


async def until_told(until: asyncio.Event) -> None:
    await until.wait()


async def refused(_: asyncio.Event) -> None:
    raise StartError("DISCORD_TOKEN is wrong; copy it again")


async def broken(_: asyncio.Event) -> None:
    raise RuntimeError("lost")


async def test_services_run_until_told_to_stop() -> None:
    discord, slack = Scripted("Discord", until_told), Scripted("Slack", until_told)
    stop = asyncio.Event()
    serving = asyncio.create_task(serve([discord, slack], stop))
    await asyncio.sleep(0)
    assert not serving.done()

    stop.set()

    assert await serving is Exit.STOPPED
    assert discord.closed
    assert slack.closed


async def test_one_that_fails_while_serving_leaves_the_other_alone(caplog: pytest.LogCaptureFixture) -> None:
    slack = Scripted("Slack", until_told)
    stop = asyncio.Event()
    serving = asyncio.create_task(serve([Scripted("Discord", broken), slack], stop))
    await asyncio.sleep(0.01)

    assert "Discord failed" in caplog.text
    assert not slack.closed

    stop.set()

    assert await serving is Exit.FAILED


async def test_one_that_cannot_go_on_says_why_in_one_line(caplog: pytest.LogCaptureFixture) -> None:
    async def withdrawn(_: asyncio.Event) -> None:
        raise EndedError("DISCORD_TOKEN was withdrawn; copy the new one")

    assert await serve([Scripted("Discord", withdrawn)], asyncio.Event()) is Exit.FAILED
    (record,) = caplog.records
    assert record.message == "Discord is off until the next start: DISCORD_TOKEN was withdrawn; copy the new one"
    assert record.exc_info is None


async def test_nothing_left_to_serve_ends_the_process() -> None:
    assert await serve([Scripted("Discord", broken)], asyncio.Event()) is Exit.FAILED


async def test_one_that_cannot_start_closes_the_other_and_says_why() -> None:
    slack = Scripted("Slack", until_told)

    with pytest.raises(StartError, match="DISCORD_TOKEN"):
        await serve([Scripted("Discord", refused), slack], asyncio.Event())

    assert slack.closed


async def test_one_that_will_not_close_is_cut_off(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async def forever(_: asyncio.Event) -> None:
        await asyncio.Event().wait()

    monkeypatch.setattr(module, "FINISHING", timedelta())
    monkeypatch.setattr(module, "_CLOSING", timedelta(milliseconds=10))
    stuck = Scripted("Slack", forever)
    stop = asyncio.Event()
    serving = asyncio.create_task(serve([stuck], stop))
    await asyncio.sleep(0)
    stop.set()

    assert await serving is Exit.STOPPED
    assert stuck.closed
    assert "took too long" in caplog.text


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_a_signal_stops_the_services_and_the_old_handlers_come_back(number: signal.Signals) -> None:
    before = signal.getsignal(number)
    stop = asyncio.Event()

    with stop_on_signals(stop):
        os.kill(os.getpid(), number)
        async with asyncio.timeout(2):
            await stop.wait()

    assert signal.getsignal(number) is before


async def test_leaving_waits_for_the_answers_under_way() -> None:
    flight = InFlight()
    finished = []

    async def answer() -> None:
        with flight.answering():
            await asyncio.sleep(0.01)
            finished.append(1)

    async with asyncio.TaskGroup() as group:
        group.create_task(answer())
        group.create_task(answer())
        await asyncio.sleep(0)

        assert await flight.finished()
        assert finished == [1, 1]


async def test_leaving_does_not_wait_for_ever_and_cuts_off_what_is_left() -> None:
    flight = InFlight()

    async def answer() -> None:
        with flight.answering(), flight.answering():
            await asyncio.Event().wait()

    stuck = asyncio.create_task(answer())
    await asyncio.sleep(0)

    assert not await flight.finished(within=timedelta())
    await asyncio.wait([stuck])
    assert stuck.cancelled()
    assert await flight.finished()
