"""The real process, started from its command line with nothing but the environment, against the stand-in."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import sys
import time
from collections.abc import Mapping
from pathlib import Path

import aiohttp
import pytest

from tests.fakes.slack_server import (
    APP_TOKEN,
    BOT_TOKEN,
    SIGNING_SECRET,
    SlackServer,
    button,
    error,
    signed,
    words_of,
)

_ROOT = Path(__file__).parents[3]
_SOCKET = {"SLACK_BOT_TOKEN": BOT_TOKEN, "SLACK_APP_TOKEN": APP_TOKEN}


class Process:
    """One `overheard` in a folder of its own."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process

    @classmethod
    async def start(cls, folder: Path, settings: Mapping[str, str], *arguments: str) -> Process:
        clean = {name: value for name, value in os.environ.items() if not name.startswith(("SLACK_", "OVERHEARD_"))}
        proxied = {name: value for name, value in clean.items() if "proxy" not in name.lower()}
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "bot",
            *arguments,
            cwd=folder,
            env={**proxied, "PYTHONPATH": str(_ROOT), **settings},
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
        return cls(process)

    async def ended(self, *, by: signal.Signals | None = None) -> tuple[int, str, str]:
        """Its exit status and what it wrote to standard output and error."""
        if by is not None:
            self._process.send_signal(by)
        async with asyncio.timeout(20):
            out, err = await self._process.communicate()
        assert self._process.returncode is not None
        return self._process.returncode, out.decode(), err.decode()


@pytest.mark.parametrize("command", ["slack", "run"])
async def test_over_socket_mode_from_the_command_line(slack: SlackServer, tmp_path: Path, command: str) -> None:
    process = await Process.start(tmp_path, {**_SOCKET, "SLACK_API_URL": slack.api_url}, command)
    await slack.deliver_acked("events_api", slack.mention("what did they say abuot scaling laws?"))
    [answer] = await slack.sent()
    await slack.drop()
    await slack.connected(2)
    mention = slack.mention("who is the guest?")
    await slack.deliver_acked("events_api", mention)
    await slack.deliver_acked("events_api", mention)
    await slack.deliver_acked("slash_commands", slack.command("/topics"))
    await slack.deliver_acked("events_api", slack.event({"type": "app_home_opened", "user": "U1", "tab": "home"}))
    answers = await slack.sent(3)
    [home] = await slack.sent(1, "views.publish")

    status, _, log = await process.ended(by=signal.SIGTERM)

    assert "careful about assuming current scaling laws" in words_of(answer.body)
    assert "Jensen Huang" in answers[1].body["text"]
    assert len(answers) == 3
    assert "Lex Fridman Podcast" in words_of(home.body)
    assert status == 0
    assert "answering in the Slack workspace Listeners as overheard" in log
    for secret in (BOT_TOKEN, APP_TOKEN, "scaling", "Traceback"):
        assert secret not in log


async def test_even_the_most_talkative_log_holds_no_token(slack: SlackServer, tmp_path: Path) -> None:
    settings = {**_SOCKET, "SLACK_API_URL": slack.api_url, "OVERHEARD_LOG_LEVEL": "debug"}
    process = await Process.start(tmp_path, settings, "slack")
    await slack.deliver_acked("slash_commands", slack.command("/ask", "what about china?"))
    await slack.sent()

    status, _, log = await process.ended(by=signal.SIGTERM)

    assert status == 0
    assert "DEBUG" in log or "overheard:" in log
    assert BOT_TOKEN not in log
    assert APP_TOKEN not in log


async def test_over_http_from_the_command_line(slack: SlackServer, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    settings = {"SLACK_BOT_TOKEN": BOT_TOKEN, "SLACK_SIGNING_SECRET": SIGNING_SECRET, "SLACK_PORT": str(port)}
    (tmp_path / ".env").write_text("".join(f"{name}={value}\n" for name, value in settings.items()))

    process = await Process.start(tmp_path, {"SLACK_API_URL": slack.api_url}, "slack")
    async with aiohttp.ClientSession(f"http://127.0.0.1:{port}") as http:
        deadline = time.monotonic() + 15
        while time.monotonic() < deadline:
            try:
                async with http.get("/healthz") as response:
                    assert response.status == 200
                break
            except aiohttp.ClientConnectorError:
                await asyncio.sleep(0.05)
        for payload in (slack.mention("what about china?"), slack.command("/verify", "compute is the currency")):
            body, headers = signed(payload)
            async with http.post("/slack/events", data=body, headers=headers) as response:
                assert response.status == 200
        async with http.post("/slack/events", data=b"{}", headers={"Content-Type": "application/json"}) as response:
            assert response.status == 401
        answers = await slack.sent(2)
        private = next(answer for answer in answers if answer.method == "hook")
        press = slack.press(button(private.body, "Share"), slack.in_message(private=True))
        body, headers = signed(press, form=True)
        async with http.post("/slack/events", data=body, headers=headers) as response:
            assert response.status == 200
        shared = (await slack.sent(3))[2]

    status, _, log = await process.ended(by=signal.SIGINT)

    assert shared.body["response_type"] == "in_channel"
    assert "Compute remains the currency of AI development" in words_of(shared.body)
    assert (status, "Traceback" in log) == (0, False)


@pytest.mark.parametrize("method", ["auth.test", "apps.connections.open"])
async def test_a_wrong_token_is_one_line_and_status_two(slack: SlackServer, tmp_path: Path, method: str) -> None:
    slack.fail(method, error("invalid_auth"))

    process = await Process.start(tmp_path, {**_SOCKET, "SLACK_API_URL": slack.api_url}, "slack")
    status, _, log = await process.ended()

    assert status == 2
    assert len(log.strip().splitlines()) == 1
    assert "invalid_auth" in log


async def test_without_a_token_it_says_where_to_get_one(tmp_path: Path) -> None:
    status, _, log = await (await Process.start(tmp_path, {}, "slack")).ended()

    assert status == 2
    assert log.startswith("overheard: SLACK_BOT_TOKEN is not set; README.md says")


async def test_check_slack_tells_each_part_on_a_line(slack: SlackServer, tmp_path: Path) -> None:
    slack.scopes = "chat:write"

    process = await Process.start(tmp_path, {**_SOCKET, "SLACK_API_URL": slack.api_url}, "check", "slack")
    status, told, _ = await process.ended()

    assert status == 2
    assert "Bot token: belongs to overheard in the workspace Listeners." in told
    assert "Add app_mentions:read, assistant:write, commands, im:history" in told
    assert "Socket Mode: on" in told
