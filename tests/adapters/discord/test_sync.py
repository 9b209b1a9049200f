"""Which commands Discord is told about, where, and how often; and what the log begins with. On the wire."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import discord
import pytest
import pytest_asyncio

from adapters.discord.config import DiscordConfig
from adapters.discord.service import DiscordService
from adapters.discord.sync import PERMISSIONS, SCOPES, invite
from adapters.discord.translations import languages
from bot.port import wording
from bot.port.serving import StartError
from bot.understanding import sentences
from tests.fakes.assistant import NotingAssistant
from tests.fakes.backend import backend
from tests.fakes.discord_server import APPLICATION, GUILD, TOKEN, DiscordServer, serving

pytestmark = pytest.mark.slow

SPOKEN = {each.name for each in Path(sentences.__file__).parent.iterdir() if (each / "rules.yaml").exists()} - {"en"}
COMMANDS = [
    "Ask Overheard",
    "Did they say this?",
    "about",
    "ask",
    "episode",
    "fill",
    "help",
    "mine",
    "privacy",
    "quiz",
    "quote",
    "settings",
    "topics",
    "verify",
]


@pytest_asyncio.fixture
async def server() -> AsyncIterator[DiscordServer]:
    async with serving() as started:
        yield started


@asynccontextmanager
async def bot(server: DiscordServer, **settings: object) -> AsyncIterator[None]:
    config = DiscordConfig(TOKEN, api_url=server.api_url, **settings)
    stop = asyncio.Event()
    running = asyncio.create_task(DiscordService(config, backend(NotingAssistant())).run(stop))
    known = len(server.sessions)
    await server.until(lambda: running.done() or len(server.sessions) > known)
    yield
    stop.set()
    await running


def puts(server: DiscordServer) -> list[str]:
    return [request.path for request in server.requests if request.method == "PUT"]


def names(server: DiscordServer, guild: int | None) -> list[str]:
    return sorted(command["name"] for command in server.commands[guild])


async def ready(caplog: pytest.LogCaptureFixture) -> None:
    """Wait until the log has begun: discord.py waits for servers that it has not heard of yet."""
    async with asyncio.timeout(10):
        while "Discord: invite with" not in caplog.text:  # noqa: ASYNC110 - a log is no event
            await asyncio.sleep(0.02)


async def test_without_a_test_guild_the_commands_are_everywhere(server: DiscordServer) -> None:
    async with bot(server):
        assert names(server, None) == COMMANDS
        assert names(server, GUILD) == []


async def test_the_commands_are_sent_again_only_when_they_changed(server: DiscordServer) -> None:
    for _ in range(2):
        async with bot(server):
            pass
    assert len(puts(server)) == 1

    del server.commands[None][0]
    async with bot(server):
        assert names(server, None) == COMMANDS


Change = Callable[[dict[str, Any]], object]


@pytest.mark.parametrize(
    "change",
    [
        lambda ask: ask["options"][0].update(description="something older"),
        lambda ask: ask["options"][0].update(max_length=10),
        lambda ask: ask.update(nsfw=True),
        lambda ask: ask.update(default_member_permissions="8"),
        lambda ask: ask["description_localizations"].pop("de"),
        lambda ask: ask["options"][0]["description_localizations"].update(de="etwas Älteres"),
        lambda ask: ask.pop("name_localizations"),
        lambda ask: ask["options"][0]["name_localizations"].update(de="älteres"),
    ],
)
async def test_whatever_differs_of_a_command_is_sent_again(server: DiscordServer, change: Change) -> None:
    async with bot(server):
        pass
    change(next(each for each in server.commands[None] if each["name"] == "ask"))
    async with bot(server):
        assert len(puts(server)) == 2


async def test_commands_are_named_and_described_in_every_language_that_questions_are_read_in(
    server: DiscordServer,
) -> None:
    async with bot(server):
        menus = [each for each in server.commands[None] if each["type"] != 1]
        typed = [each for each in server.commands[None] if each["type"] == 1]
    options = [option for each in typed for option in each["options"]]
    parts = [*typed, *options]
    choices = [choice for part in parts for choice in part.get("choices", [])]

    for language in SPOKEN:
        texts = [part["description_localizations"][language] for part in parts]
        assert all(0 < len(text) <= 100 for text in texts)
        assert all(language in choice["name_localizations"] for choice in choices)
        assert all(language in named["name_localizations"] for named in (*parts, *menus))
        names = {f"/{command['name']}" for command in (*typed, *menus)} | {option["name"] for option in options}
        known = names | {part["description"] for part in parts} | {choice["name"] for choice in choices}
        assert set(languages()[language]) == known  # and nothing that is said no more


async def test_the_bot_is_told_of_messages_and_servers_alone(server: DiscordServer) -> None:
    async with bot(server):
        assert server.intents == discord.Intents(guilds=True, guild_messages=True, dm_messages=True).value


async def test_the_commands_can_be_used_everywhere_and_installed_by_anybody(server: DiscordServer) -> None:
    async with bot(server):
        for command in (each for each in server.commands[None] if each["name"] not in {"settings", "fill"}):
            assert command["contexts"] == [0, 1, 2]
            assert command["integration_types"] == [0, 1]


async def test_settings_are_for_servers_and_for_who_manages_one(server: DiscordServer) -> None:
    async with bot(server):
        [settings] = [each for each in server.commands[None] if each["name"] == "settings"]

    assert (settings["contexts"], settings["integration_types"]) == ([0], [0])
    assert int(settings["default_member_permissions"]) == discord.Permissions(manage_guild=True).value


async def test_with_a_test_guild_the_commands_are_there_alone(server: DiscordServer) -> None:
    for _ in range(2):
        async with bot(server, test_guild=GUILD):
            assert names(server, GUILD) == COMMANDS
            assert names(server, None) == []
            assert (await server.slash("ask", question="comets")).callbacks[0]["type"] == 4

    assert len(puts(server)) == 1


async def test_a_test_guild_does_not_show_twice_what_was_everywhere_before(server: DiscordServer) -> None:
    async with bot(server):
        pass
    async with bot(server, test_guild=GUILD):
        assert names(server, GUILD) == COMMANDS
        assert names(server, None) == []


async def test_a_former_test_guild_does_not_show_everything_twice_either(server: DiscordServer) -> None:
    async with bot(server, test_guild=GUILD):
        pass
    async with bot(server):
        await server.until(lambda: names(server, GUILD) == [])
        assert names(server, None) == COMMANDS


async def test_a_test_guild_without_the_bot_is_told_with_its_invitation(
    server: DiscordServer, caplog: pytest.LogCaptureFixture
) -> None:
    async with bot(server, test_guild=77):
        (record,) = [record for record in caplog.records if record.levelname == "ERROR"]
        assert "no commands in server 77" in record.message
        assert invite(APPLICATION, 77) in record.message
        assert "Comets" in (await server.mention("comets"))["embeds"][0]["title"]


async def test_a_failure_of_discord_s_leaves_what_was_registered(
    server: DiscordServer, caplog: pytest.LogCaptureFixture
) -> None:
    server.fail("GET", r"/applications/\d+/commands", 400)
    async with bot(server):
        assert "could not be registered; what was registered stays" in caplog.text


async def test_being_let_into_the_test_guild_brings_the_commands(
    server: DiscordServer, caplog: pytest.LogCaptureFixture
) -> None:
    server.fail("GET", rf"/applications/\d+/guilds/{GUILD}/commands", 403, {"code": 50001, "message": "Missing Access"})
    caplog.set_level(logging.INFO, "adapters.discord")
    async with bot(server, test_guild=GUILD):
        joined = next(event["d"] for event in server.sessions[-1].events if event["t"] == "GUILD_CREATE")
        await ready(caplog)
        await server.sessions[-1].send("GUILD_DELETE", {"id": str(GUILD)})
        await server.sessions[-1].send("GUILD_CREATE", joined)
        await server.until(lambda: names(server, GUILD) == COMMANDS)


async def test_the_log_begins_with_the_bot_its_servers_and_its_invitation(
    server: DiscordServer, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO, "adapters.discord"):
        async with bot(server):
            await ready(caplog)

    assert [record.message for record in caplog.records if record.name == "adapters.discord.client"] == [
        "Discord: Overheard (1000002) is here",
        "Discord: in 1 server: 'Stargazers'",
        f"Discord: invite with {invite(APPLICATION)}",
    ]


async def test_a_command_of_another_version_says_so_kindly(server: DiscordServer) -> None:
    async with bot(server):
        server.commands[None] += [{"id": "1", "name": "summarize", "type": 1}]
        unknown = await server.slash("summarize")
        server.commands[None][0]["name"] = "ask"
        changed = await server.slash("ask")

    for interaction in (unknown, changed):
        (answer,) = interaction.callbacks
        assert wording.STALE in answer["data"]["embeds"][0]["description"]
        assert answer["data"]["flags"] == 64


async def test_of_several_processes_the_one_with_the_first_shard_registers_the_commands(server: DiscordServer) -> None:
    async with bot(server, shard_ids=(1,), shard_count=2):
        assert (await server.online()).shard == [1, 2]

    assert not any("/commands" in request.path for request in server.requests)


async def test_a_gateway_that_wants_more_shards_stops_the_start_with_what_to_do(server: DiscordServer) -> None:
    server.refuses_with = 4011

    with pytest.raises(StartError, match="raise DISCORD_SHARD_COUNT, or leave it empty"):
        await DiscordService(DiscordConfig(TOKEN, api_url=server.api_url), backend(NotingAssistant())).run(
            asyncio.Event()
        )


def test_the_invitation_asks_for_what_is_needed_and_no_more() -> None:
    needed = {name for name, granted in PERMISSIONS if granted}

    assert SCOPES == ("bot", "applications.commands")
    assert needed == {
        "read_messages",  # discord.py's other name for view_channel
        "send_messages",
        "send_messages_in_threads",
        "embed_links",
        "read_message_history",
    }
    assert invite(5, 6) == (
        "https://discord.com/oauth2/authorize?client_id=5&scope=bot+applications.commands"
        f"&permissions={discord.Permissions(**dict.fromkeys(needed, True)).value}&guild_id=6"
    )
