"""The real process with the real library, started from its command line, against the stand-in on the wire.

What only a process shows: its first lines, its exit status, signals, what its log keeps to itself. A start takes a
second of the core, so there are two; all else is tested with the bot in this process.
"""

from __future__ import annotations

import signal
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from tests.bot.state.conftest import opened
from tests.fakes.discord_server import BOT, GUILD, TOKEN, DiscordServer, serving
from tests.fakes.process import overheard
from tests.fakes.slack_server import APP_TOKEN, BOT_TOKEN, SlackServer

pytestmark = pytest.mark.slow

_LIMITED = {"message": "You are being rate limited.", "retry_after": 0.2, "global": False}
_HEADERS = {"Retry-After": "0.2", "X-RateLimit-Reset-After": "0.2", "Via": "1.1 google"}


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
    database = f"sqlite:///{tmp_path}/state.db"
    chosen = settings(server, DISCORD_TEST_GUILD_ID=str(GUILD), OVERHEARD_DATABASE_URL=database)
    async with overheard(tmp_path, chosen, "discord") as process:
        await server.online()
        asked = await server.slash("ask", question="what did they say abuot scaling laws?")
        private = await server.slash("ask", question="how do I cook rice", private=True)
        server.fail("POST", r"/interactions/.*", 429, _LIMITED, headers=_HEADERS)
        limited = await server.slash("ask", question="scaling laws")
        server.fail("POST", r"/interactions/.*", 500)
        again = await server.slash("help")
        await process.says("invite with")
        server.fail("POST", r"/channels/\d+/messages", 429, _LIMITED, headers=_HEADERS)
        under_way = server.ask_in_the_background("scaling laws")
        await server.until(lambda: any(request.path.endswith("/messages") for request in server.requests))
        status = await process.ended(signal.SIGTERM)
    async with opened(database) as state:
        kept = await state.logbook.read(1)

    assert "careful about assuming current scaling laws will continue" in words_of(asked.shown)
    assert "Understood as" in words_of(asked.shown)
    assert private.private
    assert [len(each.callbacks) for each in (limited, again)] == [1, 1]
    assert "Lex Fridman Podcast #494" in words_of(await under_way)
    assert len(server.commands[GUILD]) == 14
    assert server.commands[None] == []
    assert [each.words for each in kept.missed] == ["how do I cook rice"]
    assert (status, server.closed_with) == (0, 1000)
    told = [line for line in process.log.splitlines() if "rate limited" not in line and "answered on" not in line]
    assert told[:3] == [
        f"overheard: Discord: the commands are registered in the test server {GUILD} alone",
        f"overheard: Discord: Overheard ({BOT}) is here",
        "overheard: Discord: in 1 server: 'Stargazers'",
    ]
    for secret in (TOKEN, "scaling", "rice", "Traceback"):
        assert secret not in process.log


async def test_platforms_are_served_side_by_side_and_one_that_is_lost_leaves_the_other_alone(
    server: DiscordServer, tmp_path: Path
) -> None:
    async with SlackServer() as slack:
        both = settings(server, SLACK_BOT_TOKEN=BOT_TOKEN, SLACK_APP_TOKEN=APP_TOKEN, SLACK_API_URL=slack.api_url)
        async with overheard(tmp_path, both, "run") as process:
            session = await server.online()
            in_discord = await server.mention("scaling laws")
            await process.says("invite with")
            assert session.socket is not None
            await session.socket.close(code=4004)
            await process.says("Discord is off until the next start: Discord does not accept DISCORD_TOKEN.")
            await slack.deliver_acked(slack.mention("scaling laws"))
            [in_slack] = await slack.sent()
            assert await process.ended(signal.SIGINT) == 1

    quotation = "careful about assuming current scaling laws"
    assert quotation in words_of(in_discord)
    assert quotation in str(in_slack.body)
