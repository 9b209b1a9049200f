"""Makes requests again that Discord or the network lost, where discord.py would give them up.

It makes them again itself after 429 and most of 500 to 599. Of its own requests those after 503 are made again here,
and all that ended in a reset connection, where twice does no harm: Discord sends one message for a nonce, and takes one
answer to an interaction.
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
"""Seconds before the second try and the third: an interaction is over after three."""

_ALREADY_ANSWERED: Final = 40060
_UNAVAILABLE: Final = 503
_RESET: Final = {errno.ECONNRESET, errno.ECONNABORTED, errno.EPIPE}


def make_again(http: discord.http.HTTPClient) -> None:
    """Let a client make what was lost again: its own requests, and those of this task's interactions."""
    once = http.request

    async def request(route: discord.http.Route, **how: Any) -> Any:  # noqa: ANN401 - as discord.py has it
        return await _again(lambda: once(route, **how), _was_lost, how.get("files") or ())

    http.request = request  # type: ignore[method-assign]  # discord.py makes its HTTPClient itself
    async_context.set(_Interactions())  # type: ignore[no-untyped-call]  # discord.py left its annotation out


class _Interactions(AsyncWebhookAdapter):
    """Answers interactions; an answer that was taken is none the less so where Discord's reply to it was lost."""

    async def request(self, route: Any, session: aiohttp.ClientSession, **how: Any) -> Any:  # noqa: ANN401 - likewise
        if route.method == "POST" and not route.url.endswith("/callback"):
            return await super().request(route, session, **how)  # it has no nonce, and would be there twice
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
    """A session that counts its requests: discord.py makes some again without a word."""

    def __init__(self, session: aiohttp.ClientSession) -> None:
        self._session = session
        self.requests = 0

    def request(self, *what: Any, **how: Any) -> Any:  # noqa: ANN401 - handed on as it is
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
    """Tell a connection that ended from one that there was none of: that is no better at once."""
    ended = isinstance(error, OSError) and error.errno in _RESET
    return ended or isinstance(error, aiohttp.ServerDisconnectedError)
