"""A Slack of our own and the bot in it, both in this process."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import TypeAlias

import aiohttp
import pytest

from adapters.slack.config import SlackConfig
from adapters.slack.service import SlackService
from bot.port.backend import Backend
from bot.port.limits import Rate
from bot.port.messages import EpisodeId
from tests.fakes.assistant import NotingAssistant
from tests.fakes.backend import backend
from tests.fakes.slack_server import ANN, APP_TOKEN, BOT_TOKEN, SlackServer

PLENTY = Rate(100_000, timedelta(seconds=1))
PAUSE = timedelta(milliseconds=100)
Bot: TypeAlias = contextlib.AbstractAsyncContextManager[SlackService]


@pytest.fixture
def assistant() -> NotingAssistant:
    return NotingAssistant()


@pytest.fixture
async def slack() -> AsyncIterator[SlackServer]:
    async with SlackServer() as server:
        yield server


@pytest.fixture
async def bot(slack: SlackServer, assistant: NotingAssistant) -> AsyncIterator[SlackService]:
    """The bot, connected over Socket Mode."""
    async with answering(slack, backend(assistant)) as service:
        yield service


@contextlib.asynccontextmanager
async def answering(
    slack: SlackServer, given: Backend, setup: SlackConfig | None = None
) -> AsyncIterator[SlackService]:
    """Run the bot over Socket Mode, with what it is given."""
    service = SlackService(setup or config(slack), given)
    async with running(service):
        await slack.connected()
        yield service


def config(
    slack: SlackServer, *, app_token: str | None = APP_TOKEN, signing_secret: str | None = None, port: int = 0
) -> SlackConfig:
    return SlackConfig(
        bot_token=BOT_TOKEN,
        app_token=app_token,
        signing_secret=signing_secret,
        port=port,
        api_url=slack.api_url,
        per_member=PLENTY,
        per_channel=PLENTY,
        ping_every=timedelta(milliseconds=300),
        pause=PAUSE,
    )


@contextlib.asynccontextmanager
async def running(service: SlackService) -> AsyncIterator[None]:
    """Run a service for as long as the context is open."""
    stop = asyncio.Event()
    task = asyncio.create_task(service.run(stop))
    try:
        yield
    finally:
        stop.set()
        await task


async def answers_at(http: aiohttp.ClientSession) -> None:
    """Wait until a service that is reached over HTTP is there."""
    async with asyncio.timeout(15):
        while True:
            with contextlib.suppress(aiohttp.ClientConnectorError):
                async with http.get("/healthz") as response:
                    assert response.status == 200
                    return
            await asyncio.sleep(0.01)


def submission(slack: SlackServer, words: str, episode: EpisodeId | None = None) -> dict[str, object]:
    """Somebody sends the dialogue off."""
    within = {"selected_option": {"value": episode}} if episode else {"selected_option": None}
    values = {"question": {"question": {"value": words}}, "within": {"within": within}}
    view = {"id": "V1", "type": "modal", "callback_id": "ask_dialogue", "state": {"values": values}}
    person = {"user": {"id": ANN}, "team": {"id": "T1"}, "trigger_id": slack.trigger()}
    return person | {"type": "view_submission", "view": view}
