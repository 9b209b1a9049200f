"""The real process, started from its command line with nothing but the environment, against the stand-in.

What only a process shows: how it is set up, its exit status, signals, what its log keeps to itself. A start takes a
second of the core, so there are two: each way of being reached is one process, for all tests of a worker.
"""

from __future__ import annotations

import contextlib
import json
import signal
import socket
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp
import pytest
import pytest_asyncio

from adapters.slack.commands import COMMANDS
from bot.port.wording import DELETE
from tests.adapters.slack.conftest import answers_at
from tests.fakes.process import start
from tests.fakes.slack_server import (
    ANN,
    APP_TOKEN,
    BOT_TOKEN,
    DIRECT,
    SIGNING_SECRET,
    SlackServer,
    actions_of,
    button,
    picked,
    signed,
    words_of,
)

pytestmark = pytest.mark.slow

_PLENTY = {"OVERHEARD_QUESTIONS_PER_MEMBER": "1000", "OVERHEARD_QUESTIONS_PER_CHANNEL": "1000"}
_SOCKET = {"SLACK_BOT_TOKEN": BOT_TOKEN, "SLACK_APP_TOKEN": APP_TOKEN}


Deliver = Callable[[Mapping[str, Any]], Awaitable[dict[str, Any]]]
"""Brings the bot what somebody did, as an envelope or as a request; what the acknowledgement carries."""


@contextlib.asynccontextmanager
async def over_socket_mode(slack: SlackServer, folder: Path) -> AsyncIterator[Deliver]:
    settings = {**_SOCKET, **_PLENTY, "SLACK_API_URL": slack.api_url, "OVERHEARD_LOG_LEVEL": "debug"}
    process = await start(folder, settings, "slack")
    try:
        yield slack.deliver_acked
    finally:
        status, log = await process.ended(signal.SIGTERM), process.log
    assert status == 0
    assert "DEBUG" in log or "overheard:" in log
    for secret in (BOT_TOKEN, APP_TOKEN, "Traceback"):  # even in the most talkative log
        assert secret not in log


@contextlib.asynccontextmanager
async def over_http(slack: SlackServer, folder: Path) -> AsyncIterator[Deliver]:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    settings = {"SLACK_BOT_TOKEN": BOT_TOKEN, "SLACK_SIGNING_SECRET": SIGNING_SECRET, "SLACK_PORT": str(port)}
    (folder / ".env").write_text("".join(f"{name}={value}\n" for name, value in settings.items()))
    process = await start(folder, {**_PLENTY, "SLACK_API_URL": slack.api_url}, "slack")
    try:
        async with aiohttp.ClientSession(f"http://127.0.0.1:{port}") as http:
            await answers_at(http)

            async def deliver(payload: Mapping[str, Any]) -> dict[str, Any]:
                body, headers = signed(payload, form="event" not in payload)
                async with http.post("/slack/events", data=body, headers=headers) as response:
                    assert response.status == 200
                    answer = await response.text()
                    return dict(json.loads(answer)) if answer.startswith("{") else {}

            yield deliver
            async with http.post("/slack/events", data=b"{}", headers={"Content-Type": "application/json"}) as response:
                assert response.status == 401
    finally:
        status, log = await process.ended(signal.SIGINT), process.log
    assert status == 0
    assert "answering in the Slack workspace Listeners as overheard" in log
    for secret in (BOT_TOKEN, SIGNING_SECRET, "scaling", "Traceback"):
        assert secret not in log


@dataclass
class Served:
    """A Slack, and the process that serves it in one of the two ways."""

    slack: SlackServer
    deliver: Deliver


@pytest_asyncio.fixture(scope="module", loop_scope="module", params=[over_socket_mode, over_http])
async def process(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Served]:
    async with SlackServer() as slack, request.param(slack, tmp_path_factory.mktemp("served")) as deliver:
        yield Served(slack, deliver)


@pytest.fixture
def served(process: Served) -> Served:
    """The process, which has done nothing yet that a test would see."""
    process.slack.forget()
    return process


served_by_one = pytest.mark.asyncio(loop_scope="module")


@served_by_one
async def test_questions_in_a_channel_in_private_and_in_the_pane(served: Served) -> None:
    slack, deliver = served.slack, served.deliver
    begun = {"user_id": ANN, "channel_id": DIRECT, "thread_ts": "7.1"}
    mention = slack.mention("what abuot china?")
    for _ in range(3):
        await deliver(mention)
    [in_channel] = await slack.sent()
    await deliver(slack.mention("and agents?", {"thread_ts": mention["event"]["ts"]}))
    await deliver(slack.direct("who is the guest?"))
    await deliver(slack.event({"type": "assistant_thread_started", "assistant_thread": begun}))
    [prompts] = await slack.sent(1, "assistant.threads.setSuggestedPrompts")
    await deliver(slack.direct("scaling laws", {"thread_ts": "7.1"}))
    await slack.sent(1, "assistant.threads.setTitle")
    answers = [words_of(answer.body) for answer in await slack.sent(4)]

    assert in_channel.body["thread_ts"] == mention["event"]["ts"]
    assert "China's role in AI" in answers[0]
    assert len(answers) == 4
    for words in ("AI agents", "Jensen Huang", "careful about assuming current scaling laws"):
        assert any(words in answer for answer in answers[1:])
    assert len(prompts.body["prompts"]) == 4


@served_by_one
async def test_commands_and_the_buttons_under_their_answers(served: Served) -> None:
    slack, deliver = served.slack, served.deliver
    typed = {"/ask": "scaling laws", "/verify": "compute is the currency"}
    answers: dict[str, Mapping[str, Any]] = {}
    for number, command in enumerate(COMMANDS, 1):
        await deliver(slack.command(command.name, typed.get(command.name, "")))
        answers[command.name] = (await slack.sent(number))[-1].body
    menu = actions_of(answers["/topics"])[0]
    pick = {"action_id": menu["action_id"], "selected_option": menu["options"][0]}
    for number, (action, private) in enumerate(
        [
            (pick, True),
            (picked(answers["/ask"], "AGI"), True),
            (button(answers["/quote"], "Another quote"), False),
            (button(answers["/verify"], "Share"), True),
        ],
        len(COMMANDS) + 1,
    ):
        await deliver(slack.press(action, slack.in_message(private=private)))
        await slack.sent(number)
    *_, topic, near, another, shared, dismissed = await slack.sent(number + 1)
    await deliver(slack.press(button(shared.body, DELETE), slack.in_message()))
    deleted = (await slack.sent(number + 2))[-1]

    shown = {name: words_of(answer) for name, answer in answers.items()}
    for name, words in {
        "/ask": "careful about assuming",
        "/quote": "Lex Fridman Podcast #494",
        "/topics": "Rack-scale engineering",
        "/episode": "Hosted by",
        "/verify": "It's “remains”, not “is”",
        "/overheard": "Who is the guest?",
    }.items():
        assert words in shown[name]
    assert "NVIDIA" in words_of(topic.body)
    assert "AGI" in words_of(near.body)
    assert another.body["response_type"] == shared.body["response_type"] == "in_channel"
    assert "Compute remains the currency of AI development" in words_of(shared.body)
    assert dismissed.body == deleted.body == {"delete_original": True}
