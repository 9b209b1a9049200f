"""Retries requests that Discord or the network lost and that discord.py would give up on.

discord.py retries after 429 and most 5xx statuses itself. This module adds 503 and reset connections, for requests
that are idempotent: Discord sends one message per nonce, and accepts one answer per interaction.
"""

from __future__ import annotations

import asyncio
import errno
from collections.abc import Awaitable, Callable, Iterable
from typing import Any, Final, TypeVar, cast

import aiohttp
import discord
from discord.webhook.async_ import AsyncWebhookAdapter, async_context

_T = TypeVar("_T")

_PAUSES: Final = (0.2, 0.8)
"""Seconds before the second and third try: Discord drops an unanswered interaction after three seconds."""

_ALREADY_ANSWERED: Final = 40060
_UNAVAILABLE: Final = 503
_RESET: Final = {errno.ECONNRESET, errno.ECONNABORTED, errno.EPIPE}


def make_again(http: discord.http.HTTPClient) -> None:
    """Let a client retry lost requests: its own, and those of this task's interactions."""
    once = http.request

    async def request(route: discord.http.Route, **how: Any) -> Any:  # noqa: ANN401 - as discord.py has it
        return await _again(lambda: once(route, **how), _was_lost, how.get("files") or ())

    http.request = request  # type: ignore[method-assign]  # discord.py makes its HTTPClient itself
    async_context.set(_Interactions())  # type: ignore[no-untyped-call]  # discord.py left its annotation out


class _Interactions(AsyncWebhookAdapter):
    """Answers interactions; an accepted answer counts even if Discord's response to it was lost."""

    async def request(self, route: Any, session: aiohttp.ClientSession, **how: Any) -> Any:  # noqa: ANN401 - likewise
        if route.method == "POST" and not route.url.endswith("/callback"):
            return await super().request(route, session, **how)  # it has no nonce, so a retry would send it twice
        counted, once = _Counted(session), super().request
        try:
            return await _again(
                lambda: once(route, cast("aiohttp.ClientSession", counted), **how), _was_reset, how.get("files") or ()
            )
        except discord.HTTPException as error:
            if error.code != _ALREADY_ANSWERED or counted.requests == 1:
                raise
            return {"interaction": {"id": str(route.webhook_id), "type": 2}}


class _Counted:
    """A session that counts its requests: discord.py retries some silently."""

    def __init__(self, session: aiohttp.ClientSession) -> None:
        self._session = session
        self.requests = 0

    def request(self, *what: Any, **how: Any) -> Any:  # noqa: ANN401 - passed on unchanged
        self.requests += 1
        return self._session.request(*what, **how)


async def _again(
    make: Callable[[], Awaitable[_T]], passing: Callable[[Exception], bool], files: Iterable[discord.File]
) -> _T:
    for pause in _PAUSES:
        try:
            return await make()
        except (OSError, aiohttp.ClientError, discord.DiscordServerError) as error:
            if not passing(error):
                raise
        await asyncio.sleep(pause)
        for file in files:
            file.reset()
    return await make()


def _was_lost(error: Exception) -> bool:
    return _was_reset(error) or (isinstance(error, discord.DiscordServerError) and error.status == _UNAVAILABLE)


def _was_reset(error: Exception) -> bool:
    """Whether a connection ended; one that could not be made would fail again immediately."""
    ended = isinstance(error, OSError) and error.errno in _RESET
    return ended or isinstance(error, aiohttp.ServerDisconnectedError)
