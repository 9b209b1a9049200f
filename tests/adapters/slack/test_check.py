from __future__ import annotations

from dataclasses import replace

import pytest
from aiohttp import web

from adapters.slack.check import check
from adapters.slack.config import Client
from bot.port.checks import Report
from tests.adapters.slack.conftest import config
from tests.fakes.slack_server import (
    CHANNELS,
    CLIENT,
    CLIENT_SECRET,
    FILES,
    SCOPES,
    SIGNING_SECRET,
    SlackServer,
    error,
)

pytestmark = pytest.mark.slow

_PORT = 0  # any free one


def problems(reports: tuple[Report, ...]) -> list[str]:
    return [problem for report in reports for problem in report.problems]


async def test_a_good_set_up_is_told_a_line_a_part(slack: SlackServer) -> None:
    reports = await check(config(slack, signing_secret=SIGNING_SECRET, port=_PORT))

    assert problems(reports) == []
    told = "\n".join(report.summary for report in reports)
    for part in ("overheard in the workspace Listeners", "all 6 granted", "Socket Mode: on", "HTTP: ready"):
        assert part in told


async def test_missing_and_needless_scopes_are_named(slack: SlackServer) -> None:
    slack.scopes = SCOPES.replace("im:history,", "").replace("commands,im:history", "commands,reactions:read")

    [scopes] = [report for report in await check(config(slack)) if report.summary.startswith("Scopes")]

    assert "im:history" in scopes.problems[0]
    assert "install the app to the workspace again" in scopes.problems[0]


async def test_scopes_that_may_be_declined_are_no_problem_whether_they_are_there_or_not(slack: SlackServer) -> None:
    without = await check(config(slack))
    slack.scopes = SCOPES + FILES + CHANNELS
    with_them = await check(config(slack))

    assert problems((*without, *with_them)) == []
    pictures, channels = "For pictures of quotations and charts add files:write.", "in the digest add channels:read."
    for told in (pictures, channels):
        assert any(told in report.summary for report in without)
        assert not any(told in report.summary for report in with_them)


async def test_scopes_beyond_need_are_told_and_no_problem(slack: SlackServer) -> None:
    slack.scopes = f"{SCOPES},reactions:read"

    reports = await check(config(slack))

    assert problems(reports) == []
    assert any("Not needed: reactions:read" in report.summary for report in reports)


@pytest.mark.parametrize(
    ("method", "told"), [("auth.test", "SLACK_BOT_TOKEN"), ("apps.connections.open", "Turn “Socket Mode” on")]
)
async def test_a_refused_token_says_what_to_do(slack: SlackServer, method: str, told: str) -> None:
    slack.fail(method, error("invalid_auth"))

    [problem] = problems(await check(config(slack)))

    assert told in problem


async def test_no_network_is_told(slack: SlackServer) -> None:
    found = problems(await check(replace(config(slack), api_url="http://127.0.0.1:9/api/")))

    assert "cannot be reached at 127.0.0.1:9" in found[0]
    assert found[1] == "Check the network."


async def test_a_network_that_asks_to_log_in_first_is_no_refusal_of_a_token(slack: SlackServer) -> None:
    def page() -> web.Response:
        return web.Response(text="<html>Please log in to our wireless network</html>", content_type="text/html")

    slack.fail("auth.test", page())
    slack.fail("apps.connections.open", page())
    alone = problems(await check(config(slack)))
    slack.fail("oauth.v2.access", page())
    many = problems(await check(replace(config(slack, app_token=None), client=Client(CLIENT, CLIENT_SECRET))))

    assert len(alone) == 2
    assert len(many) == 1
    for problem in (*alone, *many):
        assert "is not Slack but a page: a network that asks to log in first" in problem


async def test_a_signing_secret_and_a_port_that_cannot_be_right_are_told(slack: SlackServer) -> None:
    told = problems(await check(replace(config(slack, signing_secret="secret"), host="192.0.2.1")))

    assert "SLACK_SIGNING_SECRET is 32 digits" in told[0]
    assert "192.0.2.1:0 cannot be listened on" in told[1]


async def test_a_bot_that_nothing_could_reach_is_told(slack: SlackServer) -> None:
    assert "Set SLACK_APP_TOKEN" in problems(await check(config(slack, app_token=None)))[0]
