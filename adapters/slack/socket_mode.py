"""Events over Slack's websocket (Socket Mode), kept alive.

Bolt's client talks the protocol and moves on when Slack retires an address. This notices a connection that has
closed, or died without a word, and makes a new one.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable
from datetime import timedelta

import aiohttp
from slack_bolt.adapter.socket_mode.websockets import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web.async_client import AsyncWebClient
from websockets.exceptions import WebSocketException

from .web import TOKEN_REFUSED, refusal

_log = logging.getLogger(__name__)

_GLANCES = 10
"""Looks at whether the connection is open, for one ping that proves it alive."""

_PATIENCE = 2
"""How many times as long as between two pings a living connection may take to answer one."""

_OPENING = 10.0  # seconds for a new connection
_FIRST_PAUSE = 0.5  # seconds before a second try; twice as long before each further one
_LONGEST_PAUSE = 30.0


class SocketMode:
    """One connection for one app."""

    def __init__(
        self,
        app: AsyncApp,
        app_token: str,
        web: AsyncWebClient,
        ping_every: timedelta,
        on_lost: Callable[[], None] = lambda: None,
    ) -> None:
        self._on_lost = on_lost
        self._ping_every = ping_every.total_seconds()
        log = logging.getLogger("slack_sdk.socket_mode.quiet")
        log.setLevel(logging.CRITICAL)  # it reports each lost connection several times over; here it is told once
        self._handler = AsyncSocketModeHandler(app, app_token, log, web, self._ping_every)
        self._client = self._handler.client
        # Its own monitor looks only as often as it pings, and believes in a socket that just says nothing.
        self._client.default_auto_reconnect_enabled = self._client.auto_reconnect_enabled = False

    async def connect(self) -> None:
        """Connect.

        Raises:
            SlackApiError: Slack refuses the app-level token.
            OSError, WebSocketException, aiohttp.ClientError, TimeoutError: Slack cannot be reached.
        """
        async with asyncio.timeout(_OPENING * 3):
            await self._handler.connect_async()  # type: ignore[no-untyped-call]  # the SDK left its annotation out

    async def close(self) -> None:
        """Leave; nothing comes in any more."""
        await self._handler.close_async()  # type: ignore[no-untyped-call]  # likewise

    async def keep_alive(self) -> None:
        """Look after the connection until cancelled."""
        while True:
            for _ in range(_GLANCES):
                await asyncio.sleep(self._ping_every / _GLANCES)
                if not await self._client.is_connected():
                    break
            if not await self._answers():
                await self._reconnect()

    async def _answers(self) -> bool:
        session = self._client.current_session
        if session is None or not await self._client.is_connected():
            return False
        try:
            async with asyncio.timeout(_PATIENCE * self._ping_every):
                await (await session.ping())
        except (TimeoutError, WebSocketException, OSError):
            # Slack may have retired it meanwhile, and the client moved on to another.
            return session is not self._client.current_session
        return True

    async def _reconnect(self) -> None:
        _log.warning("the connection to Slack is lost; making a new one")
        self._on_lost()
        lost, pause, told = time.monotonic(), _FIRST_PAUSE, ""
        while (obstacle := await self._obstacle()) is not None:
            if obstacle != told:
                _log.warning("no connection to Slack yet (%s); trying on", obstacle)
            told = obstacle
            await asyncio.sleep(pause)
            pause = min(pause * 2, _LONGEST_PAUSE)
        _log.info("connected to Slack again after %.1f s", time.monotonic() - lost)

    async def _obstacle(self) -> str | None:
        """What keeps a new connection from being made, or None once it is."""
        try:
            async with asyncio.timeout(_OPENING):
                await self._client.connect_to_new_endpoint(force=True)
        except SlackApiError as error:
            reason = refusal(error)
            return f"{reason}: SLACK_APP_TOKEN has to be replaced" if reason in TOKEN_REFUSED else reason
        except (SlackClientError, aiohttp.ClientError, WebSocketException, TimeoutError, OSError) as error:
            return type(error).__name__
        return None
