"""Events over Slack's websocket (Socket Mode), kept alive.

The SDK's client talks the protocol. This alone makes new connections: where one has closed, died without a word, or
is retired by Slack. The shorter connections live, the longer it waits before the next one.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable
from typing import Any

import websockets
from slack_bolt.adapter.socket_mode.async_internals import run_async_bolt_app, send_async_response
from slack_bolt.response import BoltResponse
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.builtin_async_handlers import AsyncRateLimitErrorRetryHandler
from slack_sdk.socket_mode.async_client import AsyncBaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.websockets import SocketModeClient
from slack_sdk.web.async_client import AsyncWebClient
from websockets.exceptions import WebSocketException

from .config import SlackConfig
from .incoming import understood
from .web import OUT_OF_REACH, TOKEN_REFUSED, refusal, retry_after
from .workspaces import Workspaces

_log = logging.getLogger(__name__)

_GLANCES = 10
"""Looks at whether the connection is open, for one ping that proves it alive."""

_PATIENCE = 2
"""How many times as long as between two pings a living connection may take to answer one."""

_OPENING = 10.0  # seconds for a new connection
_LONGEST_PAUSE = 60.0
_LIVED = 60.0  # seconds after which a connection has been a good one
_LARGEST = 16 * 1024 * 1024
"""Bytes of a frame; the library's own limit of 1 MiB is less than Slack sends."""


class _Client(SocketModeClient):
    """The SDK's client, which would make new connections by itself and at once."""

    retired: str | None = None
    """Why Slack wants the connection to be replaced."""

    async def issue_new_wss_url(self) -> str:
        answer = await self.web_client.apps_connections_open(app_token=self.app_token)
        return str(answer["url"])

    async def connect(self) -> None:
        old, address = self.current_session, await self.issue_new_wss_url()
        self.current_session = await websockets.connect(address, ping_interval=self.ping_interval, max_size=_LARGEST)
        self.retired = None
        if self.message_receiver is not None:
            self.message_receiver.cancel()
        self.message_receiver = asyncio.ensure_future(self.receive_messages())
        if old is not None:
            await old.close()

    async def run_message_listeners(self, message: dict[str, Any], raw_message: str) -> None:
        if message.get("type") == "disconnect":
            self.retired = str(message.get("reason") or "for no reason given")
        else:
            await super().run_message_listeners(message, raw_message)


class SocketMode:
    """One connection for one app."""

    def __init__(
        self,
        workspaces: Workspaces,
        app_token: str,
        web: AsyncWebClient,
        config: SlackConfig,
        on_lost: Callable[[], None],
    ) -> None:
        self._workspaces = workspaces
        self._on_lost = on_lost
        self._ping_every = config.ping_every.total_seconds()
        self._first_pause = config.pause.total_seconds()
        log = logging.getLogger("slack_sdk.socket_mode.quiet")
        log.setLevel(logging.CRITICAL)  # it reports each lost connection several times over; here it is logged once
        # How long Slack wants to be left alone is waited out here, and not under a time limit.
        web.retry_handlers = [
            each for each in web.retry_handlers if not isinstance(each, AsyncRateLimitErrorRetryHandler)
        ]
        self._client = _Client(app_token, log, web, auto_reconnect_enabled=False, ping_interval=self._ping_every)
        self._client.socket_mode_request_listeners.append(self._receive)
        self._pause = 0.0
        self._connected_at = 0.0

    async def connect(self) -> None:
        """Connect.

        Raises:
            SlackApiError: Slack refuses the app-level token.
            OSError, WebSocketException, aiohttp.ClientError, TimeoutError: Slack cannot be reached.
        """
        while True:
            try:
                async with asyncio.timeout(_OPENING * 3):
                    await self._client.connect()
            except SlackApiError as error:
                if (wait := retry_after(error)) is None:
                    raise
                _log.warning("Slack wants to be left alone for %d s before a connection", wait)
                await asyncio.sleep(wait)
            else:
                self._connected_at = time.monotonic()
                return

    async def close(self) -> None:
        """Leave; nothing comes in any more."""
        await self._client.close()  # type: ignore[no-untyped-call]  # the SDK left its annotation out

    async def keep_alive(self) -> None:
        """Look after the connection until cancelled."""
        while True:
            for _ in range(_GLANCES):
                await asyncio.sleep(self._ping_every / _GLANCES)
                if self._client.retired or not await self._client.is_connected():
                    break
            if self._client.retired or not await self._answers():
                await self._reconnect()

    async def _receive(self, client: AsyncBaseSocketModeClient, request: SocketModeRequest) -> None:
        started = time.time()
        response = BoltResponse(status=200)
        if understood(request.payload):
            response = await run_async_bolt_app(self._workspaces, request)  # type: ignore[arg-type]  # it only dispatches
        await send_async_response(client, request, response, started)

    async def _answers(self) -> bool:
        session = self._client.current_session
        if session is None or not await self._client.is_connected():
            return False
        try:
            async with asyncio.timeout(_PATIENCE * self._ping_every):
                await (await session.ping())
        except (TimeoutError, WebSocketException, OSError):
            return False
        return True

    async def _reconnect(self) -> None:
        lost, told = time.monotonic(), ""
        _log.warning("the connection to Slack is lost (%s); making a new one", self._client.retired or "closed")
        self._on_lost()
        if lost - self._connected_at >= _LIVED:
            self._pause = 0.0
        while True:
            await asyncio.sleep(self._pause)
            self._pause = min(max(self._pause * 2, self._first_pause), _LONGEST_PAUSE)
            if (obstacle := await self._obstacle()) is None:
                break
            if obstacle != told:
                _log.warning("no connection to Slack yet (%s); trying on", obstacle)
            told = obstacle
        self._connected_at = time.monotonic()
        _log.info("connected to Slack again after %.1f s", self._connected_at - lost)

    async def _obstacle(self) -> str | None:
        """What keeps a new connection from being made, or None once it is."""
        try:
            async with asyncio.timeout(_OPENING):
                await self._client.connect()
        except SlackApiError as error:
            reason = refusal(error)
            self._pause = max(self._pause, retry_after(error) or 0)
            return f"{reason}: SLACK_APP_TOKEN has to be replaced" if reason in TOKEN_REFUSED else reason
        except (WebSocketException, *OUT_OF_REACH) as error:
            return type(error).__name__
        return None
