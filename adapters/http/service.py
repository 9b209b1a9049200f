"""Serves the tools over HTTP: a request in, JSON out, including one clear error for whatever is wrong with it.

`bot/port/tools.py` defines the replies. Web pages can't use it from somebody's browser: bodies have to be JSON, which
browsers send only after a preflight request, and without a token the Host header has to name this machine.
"""

from __future__ import annotations

import asyncio
import contextlib
import hmac
import json
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from http import HTTPStatus
from typing import Final

from aiohttp import web
from pydantic import ValidationError

from bot.port.addresses import Address, is_local_host
from bot.port.failures import note_failure
from bot.port.messages import Assistant
from bot.port.metering import Meter, Metered
from bot.port.serving import cannot_listen
from bot.port.tools import AT_ONCE, WITHIN, Refusal, RefusedError, Tools
from bot.port.wording import sorry

from .openapi import document
from .page import POLICY, page
from .routes import Route, routes

_log = logging.getLogger(__name__)

_Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

_OPEN_TO_ALL: Final = frozenset({"/healthz"})
_STATUS: Final = {
    Refusal.UNKNOWN_EPISODE: HTTPStatus.NOT_FOUND,
    Refusal.BUSY: HTTPStatus.SERVICE_UNAVAILABLE,
    Refusal.LATE: HTTPStatus.GATEWAY_TIMEOUT,
    Refusal.FAILED: HTTPStatus.INTERNAL_SERVER_ERROR,
}
_RETRY_AFTER: Final = timedelta(seconds=1)
_LARGEST: Final = 64 * 1024
"""Maximum size of a request's body in bytes."""


@dataclass(frozen=True, slots=True)
class HttpConfig:
    """Configuration of the service.

    Attributes:
        token: required in every request; None for no token, only on loopback.
        at_once: maximum number of concurrent requests, including waiting ones.
        within: timeout for an answer.
        sending: timeout for receiving a body.
    """

    address: Address
    version: str
    token: str | None = None
    at_once: int = AT_ONCE
    within: timedelta = WITHIN
    sending: timedelta = timedelta(seconds=10)


class _BadRequestError(Exception):
    """An invalid request; the message says what is wrong, worded for the author of the client."""

    def __init__(self, status: HTTPStatus, code: str, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.code = code


class HttpService:
    """HTTP as one of the platforms that a process serves."""

    name = "HTTP"

    def __init__(self, config: HttpConfig, assistant: Assistant, meter: Meter) -> None:
        self._config = config
        self._meter = meter
        self._assistant = assistant
        metered = Metered(assistant, "http", meter)
        self._routes = routes(Tools(metered, "http", at_once=config.at_once, within=config.within))
        self._document = document(self._routes, config.version, asks_for_token=config.token is not None)

    async def run(self, until: asyncio.Event) -> None:
        """Serve until the event is set, then finish what is under way.

        Raises:
            StartError: the address is taken or is not this machine's.
        """
        async with self.opened() as address:
            _log.info("answering at http://%s", address)
            await until.wait()

    @contextlib.asynccontextmanager
    async def opened(self) -> AsyncIterator[Address]:
        """Serve for as long as the context lasts; yields the address, with the actual port if 0 was given.

        Raises:
            StartError: the address is taken or is not this machine's.
        """
        site = web.Application(client_max_size=_LARGEST, middlewares=[self._errors_as_json, self._authorized])
        site.add_routes(
            [
                web.get("/", self._page),
                web.get("/openapi.json", self._openapi),
                web.get("/healthz", self._healthy),
                *(self._served(route) for route in self._routes),
            ]
        )
        runner = web.AppRunner(site, access_log=None, shutdown_timeout=4, lingering_time=1)
        await runner.setup()
        try:
            yield await self._listen(runner)
        finally:
            await runner.cleanup()

    async def _listen(self, runner: web.AppRunner) -> Address:
        address = self._config.address
        try:
            await web.TCPSite(runner, address.host, address.port).start()
        except OSError as error:
            raise cannot_listen(address, error, "name another with --http") from error
        return Address(address.host, runner.addresses[0][1])

    def _served(self, route: Route) -> web.RouteDef:
        async def handle(request: web.Request) -> web.Response:
            sent = await self._body(request) if route.takes_body else _in_address(request)
            try:
                arguments = route.arguments.model_validate(sent)
            except ValidationError as error:
                raise _BadRequestError(HTTPStatus.BAD_REQUEST, "bad_input", _complaint(error)) from error
            # Not `model_dump`, which would turn nested models into dicts.
            return _json(await route.tool(**{name: getattr(arguments, name) for name in route.arguments.model_fields}))

        # An id contains slashes.
        path = route.path.replace("{id}", "{id:.+}")
        return web.post(path, handle) if route.takes_body else web.get(path, handle)

    async def _body(self, request: web.Request) -> object:
        if request.content_type != "application/json":
            status = HTTPStatus.UNSUPPORTED_MEDIA_TYPE
            raise _BadRequestError(status, "not_json", "send JSON, with the header Content-Type: application/json")
        try:
            async with asyncio.timeout(self._config.sending.total_seconds()):
                body = await request.read()
        except TimeoutError as error:
            raise _BadRequestError(HTTPStatus.REQUEST_TIMEOUT, "slow", "the request took too long to arrive") from error
        try:
            return json.loads(body)
        except (ValueError, RecursionError) as error:
            raise _BadRequestError(HTTPStatus.BAD_REQUEST, "bad_json", "the body is not JSON in UTF-8") from error

    @web.middleware
    async def _errors_as_json(self, request: web.Request, handler: _Handler) -> web.StreamResponse:
        try:
            return await handler(request)
        except _BadRequestError as error:
            return _error(error.status, error.code, str(error))
        except RefusedError as error:
            if error.reason is Refusal.BUSY:
                self._meter.refused("http")
            return _error(_STATUS[error.reason], error.reason, str(error))
        except web.HTTPException as error:
            status = HTTPStatus(error.status)
            code, hint = _EXPLAINED.get(status) or (status.phrase.casefold().replace(" ", "_"), status.phrase)
            return _error(status, code, hint)
        except Exception as error:  # noqa: BLE001 - the adapter's edge: logged, and the program gets an apology
            return _error(HTTPStatus.INTERNAL_SERVER_ERROR, Refusal.FAILED, sorry(note_failure(_log, error)))

    @web.middleware
    async def _authorized(self, request: web.Request, handler: _Handler) -> web.StreamResponse:
        """Let in requests with the token or, if there is none, from programs on this machine."""
        token = self._config.token
        if token is None:
            if not is_local_host(request.headers.get("Host", "")):
                raise _BadRequestError(HTTPStatus.FORBIDDEN, "forbidden_host", "the Host header names another machine")
        elif request.path not in _OPEN_TO_ALL:
            sent = request.headers.get("Authorization", "")
            if not hmac.compare_digest(sent.encode(errors="replace"), f"Bearer {token}".encode()):
                raise _BadRequestError(HTTPStatus.UNAUTHORIZED, "unauthorized", "send Authorization: Bearer TOKEN")
        return await handler(request)

    async def _healthy(self, _: web.Request) -> web.Response:
        return _json({"status": "ok"})

    async def _openapi(self, _: web.Request) -> web.Response:
        return _json(self._document)

    async def _page(self, request: web.Request) -> web.Response:
        drawn = page(self._document, f"http://{request.host}")
        return web.Response(text=drawn, content_type="text/html", headers={"Content-Security-Policy": POLICY})


_EXPLAINED: Final = {
    HTTPStatus.NOT_FOUND: ("not_found", "there is nothing at this path; /openapi.json lists what there is"),
    HTTPStatus.METHOD_NOT_ALLOWED: ("method_not_allowed", "this path needs another method; /openapi.json says which"),
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: ("request_entity_too_large", "the body is too large"),
}
"""Code and message of what aiohttp refuses, because Python's own phrases differ between versions."""


def _in_address(request: web.Request) -> dict[str, object]:
    """Read the arguments in a URL; a repeated one becomes a list, which fails validation."""
    query = {name: request.query.getall(name) for name in request.query}
    return {**{name: each[0] if len(each) == 1 else each for name, each in query.items()}, **request.match_info}


def _complaint(error: ValidationError) -> str:
    """Say what is invalid, without repeating what was sent."""
    complaints = error.errors(include_input=False, include_url=False, include_context=False)
    return "; ".join(f"{'.'.join(map(str, each['loc'])) or 'body'}: {each['msg']}" for each in complaints[:5])


def _error(status: HTTPStatus, code: str, message: str) -> web.Response:
    headers = {}
    if status is HTTPStatus.SERVICE_UNAVAILABLE:
        headers["Retry-After"] = f"{_RETRY_AFTER.total_seconds():.0f}"
    elif status is HTTPStatus.UNAUTHORIZED:
        headers["WWW-Authenticate"] = "Bearer"
    return _json({"error": {"code": code, "message": message}}, status, headers)


def _json(reply: object, status: HTTPStatus = HTTPStatus.OK, headers: dict[str, str] | None = None) -> web.Response:
    # ASCII, like `ask --json`.
    return web.json_response(reply, status=status, headers={"X-Content-Type-Options": "nosniff", **(headers or {})})
