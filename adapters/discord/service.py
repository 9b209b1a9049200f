"""Runs the bot: logs in, stays connected, and leaves in good order.

What can go wrong before it serves is said in one line; nothing is answered here.
"""

from __future__ import annotations

import asyncio
import logging
from datetime import timedelta

import aiohttp
import discord
import yarl
from discord.gateway import DiscordWebSocket
from discord.http import Route

from bot.port.cards import Draw
from bot.port.messages import Assistant
from bot.port.posting import Poster
from bot.port.serving import StartError
from bot.port.state import State, StateInMemory

from .client import OverheardClient
from .config import DISCORD_API, DiscordConfig

_log = logging.getLogger(__name__)

_CONNECTING = timedelta(seconds=30)
"""How long the gateway may take to let the bot in."""

_OUT_OF_REACH = (OSError, aiohttp.ClientError, discord.DiscordException, ValueError)
"""What comes of no network, no Discord, or something at its address that is not Discord."""

_NOT_ACCEPTED = (
    "Discord does not accept DISCORD_TOKEN. In the developer portal, open your application, then Bot, "
    "press Reset Token and copy the new one into .env."
)
_REFUSED = {
    4004: _NOT_ACCEPTED,
    4010: "Discord refuses the shards: DISCORD_SHARD_IDS have to be below DISCORD_SHARD_COUNT.",
    4011: "Discord wants more shards for this bot: raise DISCORD_SHARD_COUNT, or leave it empty.",
}
"""The gateway's close codes that an operator can fix."""


class DiscordService:
    """Discord, as one of the platforms that a process serves."""

    def __init__(
        self,
        config: DiscordConfig,
        assistant: Assistant,
        state: State | None = None,
        poster: Poster | None = None,
        draw: Draw | None = None,
    ) -> None:
        """Answer by an assistant.

        `state` is what processes share, None for memory alone; `poster` posts unasked; `draw` makes pictures of
        quotations, None for none.
        """
        self._config = config
        self._assistant = assistant
        self._state = state
        self._draw = draw
        self._poster = poster or Poster(state or StateInMemory(), assistant)

    @property
    def name(self) -> str:
        """What people call it."""
        return "Discord"

    async def run(self, until: asyncio.Event) -> None:
        """Serve until the event is set, then finish the answers under way and log out.

        Raises:
            StartError: the token is wrong, or Discord can't be reached.
        """
        _hush_the_library()
        async with OverheardClient(self._config, self._assistant, self._state, self._draw) as client:
            await log_in(client, self._config)
            await client.register_commands()
            await _find_gateway(client, self._config)
            connecting = asyncio.create_task(client.connect())
            await _connected(client, connecting, until)
            stopping = asyncio.create_task(until.wait())
            taking_over = asyncio.create_task(client.take_over(), name="Discord left behind")
            telling = asyncio.create_task(client.tell_when_answered(), name="Discord tell me when")
            posting = asyncio.create_task(client.post_when_due(self._poster), name="Discord posts")
            await _first([connecting, stopping, taking_over])
            for task in (stopping, taking_over, telling, posting):
                task.cancel()
            if until.is_set():
                await client.stop_answering()
            await client.close()
            await connecting


def point_at(config: DiscordConfig) -> None:
    """Send discord.py's requests to the configured API; it has one address for the whole process."""
    Route.BASE = config.api_url.rstrip("/")


async def log_in(client: discord.Client, config: DiscordConfig) -> None:
    """Prove the token.

    Raises:
        StartError: it is wrong, or Discord can't be reached.
    """
    point_at(config)
    try:
        await client.login(config.token)
    except discord.LoginFailure as error:
        raise StartError(_NOT_ACCEPTED) from error
    except _OUT_OF_REACH as error:
        raise StartError(_unreachable(config, error)) from error


async def _find_gateway(client: discord.AutoShardedClient, config: DiscordConfig) -> None:
    """Learn where the websocket is and how many shards it takes, where the settings leave that open."""
    url = config.gateway_url
    if url is None or config.shard_count is None:
        try:
            shards, advertised, _ = await client.http.get_bot_gateway()
        except _OUT_OF_REACH as error:
            raise StartError(_unreachable(config, error)) from error
        client.shard_count = config.shard_count or shards
        url = url or advertised
    # Here and not as an argument: discord.py comes back to this address when a session is lost.
    DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(url)


async def _connected(client: OverheardClient, connecting: asyncio.Task[None], until: asyncio.Event) -> None:
    let_in, stopping = asyncio.create_task(client.connected.wait()), asyncio.create_task(until.wait())
    await _first([let_in, stopping, connecting], _CONNECTING)
    late = not (let_in.done() or stopping.done())
    let_in.cancel()
    stopping.cancel()
    if connecting.done() and (error := connecting.exception()) is not None:
        raise StartError(_refusal(error)) from error
    if late:
        connecting.cancel()
        raise StartError(
            f"Discord's gateway at {DiscordWebSocket.DEFAULT_GATEWAY} does not answer. "
            "Check the network, and DISCORD_GATEWAY_URL if it is set."
        )


async def _first(tasks: list[asyncio.Task[object]], within: timedelta | None = None) -> None:
    timeout = within.total_seconds() if within else None
    await asyncio.wait(tasks, timeout=timeout, return_when=asyncio.FIRST_COMPLETED)


def _refusal(error: BaseException) -> str:
    code = error.code if isinstance(error, discord.ConnectionClosed) else None
    return _REFUSED.get(code or 0, f"Discord's gateway refuses the bot: {error}")


def _unreachable(config: DiscordConfig, error: Exception) -> str:
    reason = str(error) or type(error).__name__
    setting = "" if config.api_url == DISCORD_API else ", and DISCORD_API_URL"
    return f"Discord can't be reached at {config.api_url}: {reason}. Check the network{setting}."


def _hush_the_library() -> None:
    """Leave discord.py's steps out of the log, and the tracebacks out of what it says about connections."""
    if not _log.isEnabledFor(logging.DEBUG):
        logging.getLogger("discord").setLevel(logging.WARNING)
    logging.getLogger("discord.shard").addFilter(_in_one_line)


def _in_one_line(record: logging.LogRecord) -> bool:
    """Take the traceback from what discord.py says about a lost connection: it is the network's doing, not a bug."""
    if record.exc_info and record.exc_info[1] is not None:
        error = record.exc_info[1]
        record.msg = f"{record.msg} ({type(error).__name__}: {str(error).replace('%', '%%')})"
        record.exc_info = None
    return True
