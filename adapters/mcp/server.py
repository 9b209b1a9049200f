"""Offers the tools over the Model Context Protocol, with its official SDK: to one program over stdio, or over HTTP.

`bot/port/tools.py` defines the tools and their JSON. Over stdio, only the protocol goes to standard output.
"""

from __future__ import annotations

import asyncio
import contextlib
import functools
import hmac
import logging
import socket
from collections.abc import AsyncIterator, Iterator
from typing import Any, Final

import uvicorn
from mcp.server.mcpserver import MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp.server.mcpserver.tools import Tool as ServedTool
from mcp.server.mcpserver.utilities.func_metadata import ArgModelBase
from mcp.server.transport_security import TransportSecuritySettings
from mcp.types import ToolAnnotations
from starlette.types import ASGIApp, Receive, Scope, Send

from bot.port.addresses import Address
from bot.port.messages import Assistant
from bot.port.metering import Meter, Metered
from bot.port.record import EpisodeList, PersonList, Record
from bot.port.serving import cannot_listen
from bot.port.tools import Refusal, RefusedError, Tool, Tools

_log = logging.getLogger(__name__)

PATH: Final = "/mcp"
_LARGEST: Final = 256 * 1024  # maximum size of a message in bytes
_INSTRUCTIONS: Final = (
    "Overheard searches podcast episodes and answers with the words that were really said. Quote `evidence` "
    "verbatim, with its speaker and link. If `kind` is not_found, the library has nothing: say so."
)
_READS_ONLY: Final = ToolAnnotations(read_only_hint=True, destructive_hint=False, open_world_hint=False)


def server(assistant: Assistant, version: str, meter: Meter | None = None) -> MCPServer[Any]:
    """Make the server, without a transport."""
    _hush_the_libraries()
    meter = meter or Meter()
    tools = [_strict(_with_reasons(tool, meter)) for tool in Tools(Metered(assistant, "mcp", meter), "mcp").all]
    return MCPServer("overheard", tools=tools, instructions=_INSTRUCTIONS, version=version, log_level="WARNING")


async def serve_stdio(assistant: Assistant, version: str) -> None:
    """Serve the program at the other end of standard input and output, until it closes them."""
    await server(assistant, version).run_stdio_async()


class McpService:
    """The protocol over HTTP, as one of the platforms that a process serves."""

    name = "MCP"

    def __init__(self, address: Address, token: str | None, assistant: Assistant, version: str, meter: Meter) -> None:
        """Configure the service; every request needs the token, unless it is None."""
        self._address = address
        self._token = token
        self._server = server(assistant, version, meter)

    async def run(self, until: asyncio.Event) -> None:
        """Serve until the event is set, then finish what is under way.

        Raises:
            StartError: the address is taken or is not this machine's.
        """
        async with self.opened() as address:
            _log.info("answering at http://%s%s", address, PATH)
            await until.wait()

    @contextlib.asynccontextmanager
    async def opened(self) -> AsyncIterator[Address]:
        """Serve for as long as the context lasts; yields the address, with the actual port if 0 was given.

        Raises:
            StartError: the address is taken or is not this machine's.
        """
        # Without a token, admit only programs on this machine, and no web pages whose host leads here (DNS rebinding).
        hosts = ["127.0.0.1:*", "localhost:*", "[::1]:*"]
        security = TransportSecuritySettings(
            enable_dns_rebinding_protection=self._token is None,
            allowed_hosts=hosts,
            allowed_origins=[f"http://{host}" for host in hosts],
        )
        app: ASGIApp = self._server.streamable_http_app(
            streamable_http_path=PATH,
            json_response=True,
            max_request_body_size=_LARGEST,
            transport_security=security,
            host=self._address.host,
        )
        if self._token is not None:
            app = _Guarded(app, self._token)
        config = uvicorn.Config(app, log_config=None, access_log=False, timeout_graceful_shutdown=4, lifespan="on")
        serving = _Uvicorn(config)
        listening = self._listen()
        task = asyncio.create_task(serving.serve([listening]), name="MCP over HTTP")
        try:
            yield Address(self._address.host, listening.getsockname()[1])
        finally:
            serving.should_exit = True
            await task

    def _listen(self) -> socket.socket:
        try:
            family = socket.AF_INET6 if ":" in self._address.host else socket.AF_INET
            return socket.create_server((self._address.host, self._address.port), family=family)
        except OSError as error:
            raise cannot_listen(self._address, error, "name another with --http") from error


class _Uvicorn(uvicorn.Server):
    """A uvicorn server that leaves signals to the code that runs the platforms."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


class _Guarded:
    """ASGI middleware that lets in requests with the token."""

    def __init__(self, app: ASGIApp, token: str) -> None:
        self._app = app
        self._expected = f"Bearer {token}".encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            sent = next((value for name, value in scope["headers"] if name == b"authorization"), b"")
            if not hmac.compare_digest(sent, self._expected):
                headers = [(b"www-authenticate", b"Bearer"), (b"content-length", b"0")]
                await send({"type": "http.response.start", "status": 401, "headers": headers})
                await send({"type": "http.response.body", "body": b""})
                return
        await self._app(scope, receive, send)


def _with_reasons(tool: Tool, meter: Meter) -> Tool:
    """Make a tool report why it refuses: the SDK hides the messages of all errors but its own."""

    @functools.wraps(tool)
    async def wrapped(**arguments: object) -> Record | EpisodeList | PersonList:
        try:
            return await tool(**arguments)
        except RefusedError as error:
            if error.reason is Refusal.BUSY:
                meter.refused("mcp")
            raise ToolError(str(error)) from error

    return wrapped


def _strict(tool: Tool) -> ServedTool:
    """Make a tool refuse arguments that it doesn't have: the SDK ignores them, and a misspelt filter with them."""
    made = ServedTool.from_function(tool, annotations=_READS_ONLY)
    lenient = made.fn_metadata.arg_model
    strict: type[ArgModelBase] = type(lenient.__name__, (lenient,), {}, extra="forbid")
    return made.model_copy(
        update={
            "fn_metadata": made.fn_metadata.model_copy(update={"arg_model": strict}),
            "parameters": strict.model_json_schema(by_alias=True),
        }
    )


def _hush_the_libraries() -> None:
    """Keep the libraries' messages out of the log, including session ids, with which sessions could be hijacked."""
    if not _log.isEnabledFor(logging.DEBUG):
        for name in ("mcp", "uvicorn"):
            logging.getLogger(name).setLevel(logging.WARNING)
