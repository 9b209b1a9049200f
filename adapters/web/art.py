"""Fetches shows' pictures with a timeout, and caches recent ones.

Blocking and thread-safe. A picture that arrives too late is there the next time; a missing one is never an error.
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field
from datetime import timedelta
from threading import Lock, Thread
from typing import Final

from adapters.web.client import WebClient
from bot.port.fetching import Reach, WebError
from bot.port.seen import Recent

_PATIENCE: Final = timedelta(seconds=2)
_MAX_CACHED: Final = 50
_CACHE_SECONDS: Final = 3600.0
"""Seconds for which a picture, or its absence, is cached."""
_MAX_FETCHES: Final = 4
_TIMEOUT: Final = 20.0
"""Seconds after which a fetch is cancelled."""
_LARGEST: Final = 8 * 2**20


@dataclass(frozen=True, slots=True)
class _Fetching:
    picture: Future[bytes | None] = field(default_factory=Future)
    began: float = field(default_factory=time.monotonic)


class Art:
    """A cache of pictures by address."""

    def __init__(
        self,
        small: Callable[[bytes], bytes | None],
        *,
        patience: timedelta = _PATIENCE,
        reach: Reach = Reach.PUBLIC,
    ) -> None:
        """Set up an empty cache; `small` shrinks a picture before it is cached, and returns None if it isn't one.

        `patience` is how long a caller waits for a picture, `reach` says which hosts may be asked.
        """
        self._small = small
        self._patience = patience.total_seconds()
        self._reach = reach
        self._lock = Lock()
        self._pictures: Recent[str, _Fetching] = Recent(_MAX_CACHED)

    def __call__(self, url: str) -> bytes | None:
        """Return the small picture at an address; None if there is none, or none in time."""
        fetching = self._fetching(url)
        with contextlib.suppress(TimeoutError):
            return None if fetching is None else fetching.picture.result(self._patience)
        return None

    def _fetching(self, url: str) -> _Fetching | None:
        """Return the latest fetch of an address, or start one; None if too many are under way."""
        with self._lock:
            known = self._pictures.get(url)
            if known is not None and time.monotonic() - known.began < _CACHE_SECONDS:
                return known
            if sum(not each.picture.done() for each in self._pictures.values()) >= _MAX_FETCHES:
                return None
            begun = self._pictures[url] = _Fetching()
        # A daemon thread, so that it doesn't delay the process's exit: resolving a name can't be cancelled.
        Thread(target=self._fetch, args=(url, begun.picture), name="art", daemon=True).start()
        return begun

    def _fetch(self, url: str, picture: Future[bytes | None]) -> None:
        found = None
        try:
            found = self._small(asyncio.run(self._get(url)))
        except (WebError, TimeoutError):
            pass
        finally:
            picture.set_result(found)

    async def _get(self, url: str) -> bytes:
        async with asyncio.timeout(_TIMEOUT), WebClient.opened() as web:
            return (await web.get(url, most=_LARGEST, reach=self._reach)).data
