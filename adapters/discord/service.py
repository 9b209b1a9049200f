"""Runs the bot: logs in, stays connected, starts again if a connection is lost for good, and shuts down cleanly.

Tells an operator in one line what to fix.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Coroutine, Sequence
from datetime import timedelta
from typing import Final

import aiohttp
import discord
import yarl
from discord.gateway import DiscordWebSocket
from discord.http import Route

from bot.port.backend import Backend
from bot.port.serving import EndedError, StartError, not_the_platform

from .again import make_again
from .client import OverheardClient
from .config import DISCORD_API, DiscordConfig

_log = logging.getLogger(__name__)

_CONNECTING: Final = timedelta(seconds=30)
"""Time limit for the gateway to accept the bot."""

_CLOSING: Final = timedelta(seconds=1)
"""Time limit for closing the connection, once no answer is being made."""

_FIRST_PAUSE: Final = timedelta(seconds=1)
_LONGEST_PAUSE: Final = timedelta(minutes=2)
_LIVED: Final = timedelta(minutes=5)
"""Lifetime of a connection after which the pauses between reconnections start small again."""

_OUT_OF_REACH = (OSError, aiohttp.ClientError, discord.DiscordException, ValueError)
"""Errors raised without a network, without Discord, or if something else answers at its address."""

_NOT_ACCEPTED = (
    "Discord does not accept DISCORD_TOKEN. In the developer portal, open your application, then Bot, "
    "press Reset Token and copy the new one into .env."
)
_OUT_OF_DATE = "Discord no longer takes what this version of Overheard asks of its gateway: install a newer one."
_REFUSED = {
    4004: _NOT_ACCEPTED,
    4010: "Discord refuses the shards: DISCORD_SHARD_IDS have to be below DISCORD_SHARD_COUNT.",
    4011: "Discord wants more shards for this bot: raise DISCORD_SHARD_COUNT, or leave it empty.",
    4012: _OUT_OF_DATE,
    4013: _OUT_OF_DATE,
    4014: (
        "Discord refuses to show what isn't said to the bot: switch “Message Content Intent” on in the developer "
        "portal (your application, then Bot), or leave DISCORD_MESSAGE_CONTENT empty."
    ),
}
"""What an operator can fix, by the gateway's close code."""


class BotRefusedError(StartError):
    """Discord refuses the bot until an operator fixes something."""


class DiscordService:
    """Discord, one of the platforms that a process serves."""

    name = "Discord"

    def __init__(self, config: DiscordConfig, backend: Backend) -> None:
        self._config = config
        self._backend = backend

    async def run(self, until: asyncio.Event) -> None:
        """Serve until the event is set, then finish pending answers and log out.

        Reconnects after a connection ends, with pauses that grow until one lasts.

        Raises:
            StartError: the token is wrong, or Discord can't be reached.
            EndedError: Discord refuses the token or the shards later on.
        """
        _hush_the_library()
        pause, served = _FIRST_PAUSE, False
        while not until.is_set():
            began = time.monotonic()
            client = OverheardClient(self._config, self._backend, again=served)
            try:
                await self._serve(client, until)
            except BotRefusedError as error:
                if served or client.connected.is_set():
                    raise EndedError(str(error)) from error
                raise
            except Exception as error:  # whatever ended it, the next connection may work
                served = served or client.connected.is_set()
                if not served:
                    raise
                if time.monotonic() - began > _LIVED.total_seconds():
                    pause = _FIRST_PAUSE
                said = f"{type(error).__name__}: {error}"
                _log.warning("Discord: the connection ended (%s); a new one in %.0f s", said, pause.total_seconds())
                _log.debug("Discord: what ended it", exc_info=error)
                await _first([until.wait()], pause)
                pause = min(2 * pause, _LONGEST_PAUSE)

    async def _serve(self, client: OverheardClient, until: asyncio.Event) -> None:
        connected = asyncio.create_task(self._connected(client), name="Discord")
        try:
            await _first([until.wait()], beside=[connected])
            leaving = not connected.done()
            if leaving:
                client.in_flight.closed = True
                await client.in_flight.finished()
        finally:
            await _closed(client, connected)
        if not leaving:
            connected.result()

    async def _connected(self, client: OverheardClient) -> None:
        """Connect, and stay connected until something ends it; raises StartError if Discord does not accept the bot."""
        make_again(client.http)
        await log_in(client, self._config)
        await client.register_commands()
        await _find_gateway(client, self._config)
        connecting = asyncio.create_task(client.connect())
        running = [connecting]
        try:
            await _let_in(client, connecting)
            running.append(asyncio.create_task(client.errands(), name="Discord errands"))
            done, _ = await asyncio.wait(running, return_when=asyncio.FIRST_COMPLETED)
            for task in done:
                task.result()
            raise ConnectionAbortedError("Discord's library closed it")
        except (discord.ConnectionClosed, discord.PrivilegedIntentsRequired, discord.LoginFailure) as error:
            if (advice := _advice(error)) is None:
                raise
            raise BotRefusedError(advice) from error
        finally:
            for task in running:
                task.cancel()
            await asyncio.gather(*running, return_exceptions=True)  # what matters is raised above


async def log_in(client: discord.Client, config: DiscordConfig) -> None:
    """Log in with the token.

    Raises:
        StartError: the token is wrong, or Discord can't be reached.
    """
    Route.BASE = config.api_url.rstrip("/")  # discord.py has one base address per process
    try:
        await client.login(config.token)
    except discord.LoginFailure as error:
        raise BotRefusedError(_NOT_ACCEPTED) from error
    except _OUT_OF_REACH as error:
        raise StartError(_unreachable(config, error)) from error
    except TypeError as error:  # discord.py indexes the text of a page as if it were a user object
        raise StartError(_not_discord(config)) from error


async def _find_gateway(client: discord.AutoShardedClient, config: DiscordConfig) -> None:
    """Ask for the websocket's address and the number of shards, if they aren't configured."""
    url = config.gateway_url
    if url is None or config.shard_count is None:
        try:
            shards, advertised, _ = await client.http.get_bot_gateway()
        except _OUT_OF_REACH as error:
            raise StartError(_unreachable(config, error)) from error
        except TypeError as error:
            raise StartError(_not_discord(config)) from error
        client.shard_count = config.shard_count or shards
        url = url or advertised
    # Set here, not passed as an argument: discord.py returns to this address when a session is lost.
    DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(url)


async def _let_in(client: OverheardClient, connecting: asyncio.Task[None]) -> None:
    await _first([client.connected.wait()], _CONNECTING, beside=[connecting])
    if connecting.done() and (error := connecting.exception()) is not None:
        if (advice := _advice(error)) is not None:
            raise BotRefusedError(advice) from error
        raise StartError(f"Discord's gateway refuses the bot: {error}") from error
    if not client.connected.is_set():
        raise StartError(
            f"Discord's gateway at {DiscordWebSocket.DEFAULT_GATEWAY} does not answer. "
            "Check the network, and DISCORD_GATEWAY_URL if it is set."
        )


async def _closed(client: OverheardClient, connected: asyncio.Task[None]) -> None:
    """Close the connection, waiting briefly; cancel whatever is left."""
    # First: discord.py would treat the end of its session as a lost connection, and reconnect.
    if not connected.done():
        connected.cancel()
        await asyncio.wait([connected])
    closing = asyncio.create_task(client.close())
    await asyncio.wait([closing], timeout=_CLOSING.total_seconds())
    if not closing.done():
        closing.cancel()
        await asyncio.wait([closing])
        await client.http.close()
    elif (error := closing.exception()) is not None:
        _log.info("Discord: goodbye was not heard (%s)", error)


async def _first(
    waits: Sequence[Coroutine[object, object, object]],
    within: timedelta | None = None,
    *,
    beside: Sequence[asyncio.Task[None]] = (),
) -> None:
    """Wait until one of either ends; cancel the former, and let the tasks beside them go on."""
    tasks = [asyncio.create_task(wait) for wait in waits]
    timeout = within.total_seconds() if within else None
    try:
        await asyncio.wait([*tasks, *beside], timeout=timeout, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()


def _advice(error: BaseException) -> str | None:
    """Say what an operator can do about a refusal; None if nothing."""
    match error:
        case discord.LoginFailure():
            return _NOT_ACCEPTED
        case discord.PrivilegedIntentsRequired():
            return _REFUSED[4014]
        case discord.ConnectionClosed(code=int(code)):
            return _REFUSED.get(code)
        case _:
            return None


def _unreachable(config: DiscordConfig, error: Exception) -> str:
    reason = str(error) or type(error).__name__
    setting = "" if config.api_url == DISCORD_API else ", and DISCORD_API_URL"
    return f"Discord can't be reached at {config.api_url}: {reason}. Check the network{setting}."


def _not_discord(config: DiscordConfig) -> str:
    return not_the_platform("Discord", config.api_url, None if config.api_url == DISCORD_API else "DISCORD_API_URL")


def _hush_the_library() -> None:
    """Silence discord.py's progress messages, and drop the tracebacks of its connection errors."""
    if not _log.isEnabledFor(logging.DEBUG):
        logging.getLogger("discord").setLevel(logging.WARNING)
    logging.getLogger("discord.shard").addFilter(_in_one_line)


def _in_one_line(record: logging.LogRecord) -> bool:
    """Drop the traceback of a lost connection: the network's fault, not a bug."""
    if record.exc_info and record.exc_info[1] is not None:
        error = record.exc_info[1]
        record.msg = f"{record.msg} ({type(error).__name__}: {str(error).replace('%', '%%')})"
        record.exc_info = None
    return True
