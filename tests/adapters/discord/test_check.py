"""`overheard check discord`: a line for each part, and what to do."""

from __future__ import annotations

import discord
import pytest

from adapters.discord.check import check
from adapters.discord.config import DiscordConfig
from adapters.discord.sync import PERMISSIONS, invite
from bot.port.checks import Report
from tests.fakes.assistant import NotingAssistant
from tests.fakes.backend import backend
from tests.fakes.discord_server import APPLICATION, GUILD, TOKEN, DiscordServer, serving
from tests.fakes.web import FakeWeb


async def checked(server: DiscordServer, *, token: str = TOKEN, test_guild: int | None = None) -> tuple[Report, ...]:
    config = DiscordConfig(token, test_guild=test_guild, api_url=server.api_url)
    return await check(config, backend(NotingAssistant()))


async def test_a_test_server_that_is_ready() -> None:
    async with serving() as server:
        reports = await checked(server, test_guild=GUILD)

        assert [report.summary for report in reports] == [
            "Token: belongs to Overheard.",
            f"Application: Overheard; invite the bot with {invite(APPLICATION)}",
            "Test server: Stargazers, and the bot is in it.",
            "Permissions: all that are needed.",
            "Commands: for Stargazers, missing or out of date; they are updated when the bot starts.",
        ]
        assert not any(report.problems for report in reports)
        assert {request.method for request in server.requests} == {"GET"}


async def test_without_a_test_server_the_commands_are_for_all() -> None:
    async with serving() as server:
        reports = await checked(server)

        assert reports[2].summary.startswith("Test server: none")
        assert reports[3].summary.startswith("Commands: for all servers")


async def test_a_wrong_token_says_where_to_get_the_right_one() -> None:
    async with serving() as server:
        (report,) = await checked(server, token="wrong")

        assert report.summary == "Token: not usable."
        assert "press Reset Token" in report.problems[0]


async def test_a_page_in_place_of_discord_is_told_and_proves_nothing_of_the_token() -> None:
    async with FakeWeb.running() as hotel:
        hotel.files["/users/@me"] = b"<html>Please log in to our network</html>"

        (report,) = await check(DiscordConfig(TOKEN, api_url=hotel.url), backend(NotingAssistant()))

    assert report.summary == "Token: not checked."
    assert "is not Discord but a page" in report.problems[0]


async def test_a_test_server_without_the_bot_comes_with_the_invitation() -> None:
    async with serving() as server:
        report = (await checked(server, test_guild=77))[-1]

        assert report.summary == "Test server: the bot isn't in a server with the id 77."
        assert invite(APPLICATION, 77) in report.problems[0]


async def test_missing_permissions_are_named_as_discord_names_them() -> None:
    lacking = discord.Permissions(PERMISSIONS.value)
    lacking.update(embed_links=False, send_messages_in_threads=False, read_messages=False)
    async with serving(DiscordServer(guild_permissions=str(lacking.value))) as server:
        report = (await checked(server, test_guild=GUILD))[3]

        assert report.summary == "Permissions: some are missing."
        assert "View Channels, Embed Links, Send Messages in Threads" in report.problems[0]


async def test_an_application_whose_commands_go_elsewhere_is_told() -> None:
    async with serving() as server:
        server.interactions_go_to = "https://elsewhere.example"
        report = (await checked(server))[1]

        assert "sends its commands to another address" in report.summary
        assert "Interactions Endpoint URL" in report.problems[0]


@pytest.mark.parametrize(
    ("status", "told"), [(403, "Commands: the bot isn't allowed any there."), (400, "Commands: unknown.")]
)
async def test_commands_that_can_t_be_seen_are_told(status: int, told: str) -> None:
    async with serving() as server:
        server.fail("GET", r"/applications/.*/commands", status)
        report = (await checked(server, test_guild=GUILD))[-1]

        assert report.summary == told
        assert report.problems


@pytest.mark.parametrize("shown", [True, False])
async def test_it_tells_whether_discord_shows_messages_without_a_mention(shown: bool) -> None:
    async with serving() as server:
        server.application_flags = 1 << 19 if shown else 0
        reports = await check(
            DiscordConfig(TOKEN, api_url=server.api_url, message_content=True), backend(NotingAssistant())
        )

    told = next(report for report in reports if report.summary.startswith("Messages without a mention"))
    assert bool(told.problems) is not shown


async def test_permissions_that_can_t_be_seen_are_told() -> None:
    async with serving() as server:
        server.fail("GET", r"/guilds/\d+/members/\d+", 400)
        report = (await checked(server, test_guild=GUILD))[3]

        assert report.summary == "Permissions: unknown."
