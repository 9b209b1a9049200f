"""Events over HTTP, signed by Slack (https://docs.slack.dev/authentication/verifying-requests-from-slack).

Checks every request before Bolt sees it: Bolt answers malformed ones with status 500, and logs their bodies. An invalid
request gets a status and an empty body.
"""

from __future__ import annotations

import asyncio
import contextlib
import errno
import json
import logging
import re
import urllib.parse
from collections.abc import Awaitable, Callable, Iterable, Mapping
from datetime import timedelta
from http import HTTPStatus
from typing import Any
from weakref import WeakSet

from aiohttp import web
from aiohttp.typedefs import Handler
from slack_bolt.adapter.aiohttp import to_aiohttp_response
from slack_bolt.async_app import AsyncBoltRequest
from slack_sdk.signature import SignatureVerifier

from bot.port.seen import Once

from .config import SlackConfig
from .manifest import EVENTS_PATH
from .workspaces import Workspaces

_log = logging.getLogger(__name__)


HEALTH_PATH = "/healthz"

_QUIET = timedelta(hours=1)
_A_WHILE = timedelta(minutes=1)
_NO_MORE = frozenset({errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM})
"""Errors that keep asyncio from accepting connections; it retries 100 times a second, with a traceback each time."""
_LARGEST = 1024 * 1024  # bytes
_TIMESTAMP = re.compile(r"[0-9]{1,12}")
_SIGNATURE = re.compile(r"v0=[0-9a-f]{64}")


class HttpMode:
    """An HTTP server for events."""

    def __init__(
        self,
        workspaces: Workspaces,
        config: SlackConfig,
        pages: Iterable[web.RouteDef],
        trouble: Callable[[], Awaitable[str | None]],
    ) -> None:
        """Pass events to workspaces, and serve `pages`; `trouble` says why the bot can't answer at present, if so."""
        self._trouble = trouble
        self._patience = config.patience.total_seconds()
        self._heard: WeakSet[asyncio.BaseTransport] = WeakSet()
        self._told = Once()
        self._listening: asyncio.Server | None = None
        self._before: Callable[[asyncio.AbstractEventLoop, dict[str, Any]], object] | None = None
        self._workspaces = workspaces
        self._verifier = SignatureVerifier(config.signing_secret or "")
        self._host = config.host
        self._port = config.port
        site = web.Application(client_max_size=_LARGEST, middlewares=[self._note])
        site.add_routes([web.post(EVENTS_PATH, self._receive), web.get(HEALTH_PATH, self._healthy), *pages])
        self._runner = web.AppRunner(site, access_log=None, shutdown_timeout=5)

    async def start(self) -> None:
        """Listen.

        Raises:
            OSError: the address is taken or is not this machine's.
        """
        await self._runner.setup()
        loop = asyncio.get_running_loop()
        self._before = loop.get_exception_handler()
        loop.set_exception_handler(self._note_trouble)
        self._listening = await loop.create_server(self._connection, self._host, self._port)
        _log.info("listening for Slack on http://%s:%d%s", self._host, self._port, EVENTS_PATH)

    async def close(self) -> None:
        """Accept no more requests, finish pending ones and free the address."""
        if self._listening is not None:
            self._listening.close()
        await self._runner.cleanup()
        loop = asyncio.get_running_loop()
        if loop.get_exception_handler() == self._note_trouble:
            loop.set_exception_handler(self._before)

    def _note_trouble(self, loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        """Log now and then that no connection can be accepted; pass other errors to the previous handler."""
        error = context.get("exception")
        if isinstance(error, OSError) and error.errno in _NO_MORE:
            if self._told.first("files", quiet_for=_A_WHILE):
                _log.error("no more connections can be taken (%s): raise the limit, see `ulimit -n`", error.strerror)
        elif self._before is not None:
            self._before(loop, context)
        else:
            loop.default_exception_handler(context)

    def _connection(self) -> asyncio.Protocol:
        """Accept a connection, and close it if no request arrives in time; aiohttp would wait for ever."""
        assert self._runner.server is not None  # noqa: S101 - it is set up
        connection = self._runner.server()
        asyncio.get_running_loop().call_later(self._patience, self._cut_off, connection)
        return connection

    def _cut_off(self, connection: web.RequestHandler) -> None:
        if (transport := connection.transport) is not None and transport not in self._heard:
            transport.abort()

    @web.middleware
    async def _note(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Record that a connection has delivered a request."""
        if request.transport is not None:
            self._heard.add(request.transport)
        return await handler(request)

    async def _healthy(self, _: web.Request) -> web.Response:
        if (trouble := await self._trouble()) is None:
            return web.Response(text="ok")
        return web.Response(status=HTTPStatus.SERVICE_UNAVAILABLE, text=trouble)

    async def _receive(self, request: web.Request) -> web.Response:
        try:
            async with asyncio.timeout(self._patience):
                body = (await request.read()).decode()  # aiohttp answers a body that is too large with 413
        except UnicodeDecodeError:
            return _refused(HTTPStatus.BAD_REQUEST)
        except TimeoutError:
            return _refused(HTTPStatus.REQUEST_TIMEOUT)
        if not self._signed(request.headers, body):
            return _refused(HTTPStatus.UNAUTHORIZED)
        match _understood(request.content_type, body):
            case None:
                return _refused(HTTPStatus.BAD_REQUEST)
            case {"type": "url_verification", "challenge": challenge}:
                return web.json_response({"challenge": challenge})
            case {"type": "app_rate_limited"}:
                if self._told.first("limited", quiet_for=_QUIET):
                    _log.warning("Slack holds events back: more than 30,000 came within an hour")
                return web.Response()
            case _:
                pass
        response = await self._workspaces.async_dispatch(AsyncBoltRequest(body=body, headers=dict(request.headers)))
        return await to_aiohttp_response(response)

    def _signed(self, headers: Mapping[str, str], body: str) -> bool:
        timestamp = headers.get("X-Slack-Request-Timestamp", "")
        signature = headers.get("X-Slack-Signature", "")
        # Check the format first: the verifier raises for a timestamp that isn't a number, and for non-ASCII text.
        if not (_TIMESTAMP.fullmatch(timestamp) and _SIGNATURE.fullmatch(signature)):
            return False
        return self._verifier.is_valid(body, timestamp, signature)


def _understood(content_type: str, body: str) -> object:
    """Parse an event, {} for an interaction; None for what Slack never sends, as Bolt raises for much of it."""
    with contextlib.suppress(ValueError, RecursionError):
        match content_type:
            case "application/json":
                match json.loads(body):
                    case (
                        {"type": "url_verification", "challenge": str()}
                        | {"type": "app_rate_limited"}
                        | {"type": "event_callback", "event": {"type": str()}}
                    ) as told:
                        return told
                    case _:
                        pass
            case "application/x-www-form-urlencoded" if _is_form(body):
                return {}
    return None


def _is_form(text: str) -> bool:
    fields = urllib.parse.parse_qs(text, keep_blank_values=True, max_num_fields=100, errors="strict")
    if "payload" in fields:
        payload = json.loads(fields["payload"][0])
        return isinstance(payload, dict) and isinstance(payload.get("type"), str)
    return "command" in fields or "ssl_check" in fields


def _refused(status: HTTPStatus) -> web.Response:
    _log.info("refused a request on %s: %d", EVENTS_PATH, status)
    return web.Response(status=status, text=status.phrase)
