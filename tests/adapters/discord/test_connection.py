"""What becomes of a connection that is lost, and of a start or an end that does not go as it should. On the wire."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import replace
from datetime import timedelta

import discord
import pytest
from discord.backoff import ExponentialBackoff

from adapters.discord import again, service
from adapters.discord.service import DiscordService
from bot.port import serving as serving_module
from bot.port.serving import EndedError, StartError
from tests.adapters.discord.stage import Stage, config, staged, text_of
from tests.fakes.assistant import NotingAssistant
from tests.fakes.backend import backend
from tests.fakes.discord_server import CHANNEL, DiscordServer, serving

pytestmark = pytest.mark.slow

MESSAGES = f"/channels/{CHANNEL}/messages"
CALLBACKS = r"/interactions/.*/callback"


async def lose_connection(server: DiscordServer, *, code: int) -> None:
    """Close the newest connection with a code."""
    socket = (await server.online()).socket
    assert socket is not None
    await socket.close(code=code)


@pytest.fixture(autouse=True)
def _no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let discord.py connect again at once; how it makes its pauses is its own business."""

    async def at_once(*_: object, **__: object) -> None:
        pass

    monkeypatch.setattr(discord.Client, "before_identify_hook", at_once)
    monkeypatch.setattr(ExponentialBackoff, "delay", lambda _: 0.0)
    monkeypatch.setattr(again, "_PAUSES", (0.0, 0.0))
    monkeypatch.setattr(service, "_FIRST_PAUSE", timedelta(milliseconds=1))


async def test_a_lost_gateway_is_found_again_and_told_once(stage: Stage, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    server, session = stage.server, await stage.server.online()
    for number, lose in enumerate((server.drop, server.invalidate), 1):
        lost = session.socket
        await lose()
        await server.until(lambda lost=lost: server.sessions[-1].socket not in (None, lost))
        assert "dirty snowball" in text_of(await server.mention("comets"))
        assert len(server.sessions) == number  # resumed the first time, begun anew the second

    assert caplog.text.count("connection 0 is lost; trying again") == 2
    assert "Traceback" not in caplog.text


@pytest.mark.parametrize("taken", [False, True])
async def test_an_answer_whose_connection_is_cut_is_there_once(stage: Stage, taken: bool) -> None:
    stage.server.cut("POST", MESSAGES, taken=taken)

    assert "dirty snowball" in text_of(await stage.server.mention("comets"))
    assert len(await stage.said()) == 1


async def test_an_answer_that_discord_has_no_time_for_is_sent_again(stage: Stage) -> None:
    stage.server.fail("POST", MESSAGES, 503)

    assert "dirty snowball" in text_of(await stage.server.mention("comets"))


@pytest.mark.parametrize("taken", [False, True])
async def test_a_command_whose_connection_is_cut_is_answered_once(
    stage: Stage, taken: bool, caplog: pytest.LogCaptureFixture
) -> None:
    stage.server.cut("POST", CALLBACKS, taken=taken)
    asked = await stage.server.slash("ask", question="comets")
    await stage.said()

    assert "dirty snowball" in text_of(asked.shown)
    assert len(asked.callbacks) == 1
    assert caplog.text == ""  # and no second process is thought of


async def test_an_event_that_cannot_be_read_begins_a_new_connection(
    stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    session = await stage.server.online()
    await session.send("GUILD_CREATE", {"id": "nonsense"})
    await stage.server.until(lambda: len(stage.server.sessions) > 1)

    assert "dirty snowball" in text_of(await stage.server.mention("comets"))
    assert "the connection ended (" in caplog.text
    assert "Traceback" not in caplog.text


@pytest.mark.parametrize(
    ("code", "advice"),
    [(4004, "DISCORD_TOKEN"), (4010, "DISCORD_SHARD_IDS"), (4011, "DISCORD_SHARD_COUNT"), (4014, "Message Content")],
)
async def test_a_refusal_in_mid_run_ends_with_what_to_do(code: int, advice: str) -> None:
    async with serving() as server:
        running = asyncio.create_task(
            DiscordService(config(server.api_url), backend(NotingAssistant())).run(asyncio.Event())
        )
        await lose_connection(server, code=code)

        with pytest.raises(EndedError, match=advice):
            await running


async def test_a_wrong_token_stops_the_start_and_says_where_to_get_the_right_one() -> None:
    async with serving() as server:
        wrong = replace(config(server.api_url), token="wrong")

        with pytest.raises(StartError, match=r"does not accept DISCORD_TOKEN\. In the developer portal, [^\n]+$"):
            await DiscordService(wrong, backend(NotingAssistant())).run(asyncio.Event())


async def test_leaving_is_quiet_and_soon_while_discord_hangs(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(service, "_CLOSING", timedelta(milliseconds=50))
    limited = {"message": "You are being rate limited.", "retry_after": 50, "global": False}
    async with staged() as stage:
        stage.server.deaf = True
        stage.server.fail("POST", MESSAGES, 429, limited, headers={"Via": "1.1 google"})
        asking = stage.server.ask_in_the_background("comets")
        await stage.server.until(lambda: any(each.path.endswith("/messages") for each in stage.server.requests))
        monkeypatch.setattr(serving_module.InFlight.finished, "__defaults__", (timedelta(milliseconds=50),))
        async with asyncio.timeout(5):
            await stage.leave()
        asking.cancel()

    warnings = [each.message for each in caplog.records if each.name.startswith(("adapters", "bot", "asyncio"))]
    assert warnings == ["some answers took too long to finish and were given up"]
    assert "Traceback" not in caplog.text


async def test_leaving_does_not_wait_for_a_discord_that_lets_nobody_in(caplog: pytest.LogCaptureFixture) -> None:
    async with serving() as server:
        server.deaf = True
        until = asyncio.Event()
        running = asyncio.create_task(DiscordService(config(server.api_url), backend(NotingAssistant())).run(until))
        await server.until(lambda: any(each.path == "/gateway/bot" for each in server.requests))
        until.set()
        async with asyncio.timeout(5):
            await running

    assert caplog.text == ""
