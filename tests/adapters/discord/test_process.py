"""The real process with the real library, started from its command line, against the stand-in on the wire."""

from __future__ import annotations

import signal
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from tests.fakes.discord_server import BOT, GUILD, TOKEN, DiscordServer, serving
from tests.fakes.process import overheard
from tests.fakes.slack_server import APP_TOKEN, BOT_TOKEN, SlackServer

pytestmark = pytest.mark.slow


@pytest_asyncio.fixture
async def server() -> AsyncIterator[DiscordServer]:
    async with serving() as started:
        yield started


def settings(server: DiscordServer, **more: str) -> dict[str, str]:
    return {"DISCORD_TOKEN": TOKEN, "DISCORD_API_URL": server.api_url, **more}


def words_of(body: object) -> str:
    assert isinstance(body, dict)
    (embed,) = body["embeds"]
    description = embed["description"].replace("**", "")
    return f"{embed.get('title', '')}\n{description}\n{embed.get('footer', {}).get('text', '')}"


async def test_from_the_command_line_to_the_answers_and_out_again(server: DiscordServer, tmp_path: Path) -> None:
    async with overheard(tmp_path, settings(server, DISCORD_TEST_GUILD_ID=str(GUILD)), "discord") as process:
        await server.online()
        asked = await server.slash("ask", question="what did they say abuot scaling laws?")
        answer = await server.mention("scaling laws")
        private = await server.slash("ask", question="how do I cook rice", private=True)
        await process.says("invite with")
        status = await process.ended(signal.SIGTERM)

    assert "careful about assuming current scaling laws will continue" in words_of(asked.shown)
    assert "Understood as" in words_of(asked.shown)
    assert "Lex Fridman Podcast #494" in words_of(answer)
    assert private.private
    assert len(server.commands[GUILD]) == 12
    assert server.commands[None] == []
    assert status == 0
    assert server.closed_with == 1000
    assert process.log.splitlines()[:4] == [
        f"overheard: Discord: the commands are registered in the test server {GUILD} alone",
        f"overheard: Discord: Overheard ({BOT}) is here",
        "overheard: Discord: in 1 server: 'Stargazers'",
        process.log.splitlines()[3],
    ]
    assert TOKEN not in process.log


async def test_a_lost_gateway_is_found_again_and_told_once(server: DiscordServer, tmp_path: Path) -> None:
    async with overheard(tmp_path, settings(server), "run") as process:
        session = await server.online()
        await process.says("invite with")
        for number, lose in enumerate((server.drop, server.invalidate), 1):
            lost = session.socket
            await lose()
            await server.until(lambda lost=lost: server.sessions[-1].socket not in (None, lost))
            assert "currency of AI" in words_of(await server.mention("compute"))
            assert len(server.sessions) == number  # resumed the first time, begun anew the second
        assert await process.ended(signal.SIGINT) == 0

    assert process.log.count("connection 0 is lost; trying again") == 2
    assert "Traceback" not in process.log


async def test_rate_limits_and_failures_of_discord_s_are_waited_out(server: DiscordServer, tmp_path: Path) -> None:
    limited = {"message": "You are being rate limited.", "retry_after": 0.2, "global": False}
    headers = {"Retry-After": "0.2", "X-RateLimit-Reset-After": "0.2", "Via": "1.1 google"}
    server.fail("GET", r"/users/@me", 502)
    async with overheard(tmp_path, settings(server), "discord") as process:
        await server.online()
        server.fail("POST", r"/channels/\d+/messages", 429, limited, headers=headers)
        mentioned = await server.mention("scaling laws")
        server.fail("POST", r"/interactions/.*", 429, limited, headers=headers)
        asked = await server.slash("ask", question="scaling laws")
        server.fail("POST", r"/interactions/.*", 500)
        again = await server.slash("help")
        assert await process.ended(signal.SIGTERM) == 0

    assert words_of(mentioned)
    assert [len(each.callbacks) for each in (asked, again)] == [1, 1]
    assert "Traceback" not in process.log


async def test_a_wrong_token_is_one_clear_line(server: DiscordServer, tmp_path: Path) -> None:
    async with overheard(tmp_path, settings(server, DISCORD_TOKEN="wrong"), "discord") as process:
        status = await process.ended()

    assert status == 2
    assert process.log.startswith("overheard: Discord does not accept DISCORD_TOKEN. In the developer portal,")
    assert process.log.count("\n") == 1


async def test_leaving_finishes_what_is_under_way(server: DiscordServer, tmp_path: Path) -> None:
    limited = {"message": "You are being rate limited.", "retry_after": 0.6, "global": False}
    headers = {"Retry-After": "0.6", "X-RateLimit-Reset-After": "0.6", "Via": "1.1 google"}
    async with overheard(tmp_path, settings(server), "discord") as process:
        await server.online()
        server.fail("POST", r"/channels/\d+/messages", 429, limited, headers=headers)
        asking = server.ask_in_the_background("scaling laws")
        await server.until(lambda: any(request.path.endswith("/messages") for request in server.requests))
        status = await process.ended(signal.SIGTERM)

    assert status == 0
    assert words_of(await asking)


async def test_discord_and_slack_are_served_side_by_side(server: DiscordServer, tmp_path: Path) -> None:
    async with SlackServer() as slack:
        both = settings(server, SLACK_BOT_TOKEN=BOT_TOKEN, SLACK_APP_TOKEN=APP_TOKEN, SLACK_API_URL=slack.api_url)
        async with overheard(tmp_path, both, "run") as process:
            await server.online()
            in_discord = await server.mention("scaling laws")
            await slack.deliver_acked("events_api", slack.mention("scaling laws"))
            [in_slack] = await slack.sent()
            assert await process.ended(signal.SIGTERM) == 0

    quotation = "careful about assuming current scaling laws"
    assert quotation in words_of(in_discord)
    assert quotation in str(in_slack.body)


async def test_one_platform_lost_for_good_leaves_the_other_alone(server: DiscordServer, tmp_path: Path) -> None:
    async with SlackServer() as slack:
        both = settings(server, SLACK_BOT_TOKEN=BOT_TOKEN, SLACK_APP_TOKEN=APP_TOKEN, SLACK_API_URL=slack.api_url)
        async with overheard(tmp_path, both, "run") as process:
            session = await server.online()
            await process.says("invite with")
            assert session.socket is not None
            await session.socket.close(code=4004)
            await process.says("Discord failed and is off until the next start")
            await slack.deliver_acked("events_api", slack.mention("scaling laws"))
            assert await slack.sent()
            assert await process.ended(signal.SIGTERM) == 1
