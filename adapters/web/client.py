"""Fetches files, with limits on size, time, redirects and retries, and politely.

A proxy (HTTP_PROXY, HTTPS_PROXY, NO_PROXY) is used only for addresses that may lead anywhere: it resolves names itself,
so we couldn't tell whether one leads into a private network.

Implements `bot.port.fetching.Web`. Doesn't know what the files are for.
"""

from __future__ import annotations

import asyncio
from base64 import b64encode
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from importlib.metadata import version
from math import inf
from typing import Final
from urllib.request import getproxies, proxy_bypass

import aiohttp
from yarl import URL

from adapters.web.addresses import PrivateAddressError, public_socket
from bot.port.fetching import Fetched, Reach, UnchangedError, Version, WebError

_CONNECTIONS: Final = 4
_CONNECTIONS_PER_HOST: Final = 2
_REDIRECTS: Final = 5
_TRIES: Final = 3
_MAX_RETRY_AFTER: Final = 30.0
"""Maximum Retry-After in seconds; if a server asks for more, we give up until the next import."""
_MAX_FAILURES: Final = 3
"""Number of consecutive failures after which a host isn't asked for further files."""
_TIMES: Final = aiohttp.ClientTimeout(total=180, sock_connect=10, sock_read=20)
_MOVED: Final = frozenset({301, 302, 303, 307, 308})
_BUSY: Final = frozenset({408, 425, 429, 500, 502, 503, 504})
_LEAVE_ALONE: Final = frozenset({429, 503})
_CHUNK: Final = 64 * 1024

PRIVATE = "it leads into a private network, which a feed's links may do only with --allow-private"
TOO_LARGE = "it is larger than {} MB"
TOO_MANY_REDIRECTS = "it is redirected too often"
NOT_HTTP = "it is not an http(s) address"
TOO_SLOW = "the server takes too long"
NOT_ITSELF = "the server has no valid certificate for that host; perhaps this network asks people to log in first"
NO_PROXY = "the proxy can't be reached"
UNREACHABLE = "the host can't be reached"
BEHIND_PROXY = f"{UNREACHABLE}; through a proxy, a feed's links are followed only with --allow-private"
GIVEN_UP = "its host answered none of the last requests, so it was not asked"


class _BusyError(Exception):
    """The server can't answer now; `pause` is its Retry-After in seconds, None if it doesn't say."""

    def __init__(self, reason: str, pause: float | None = None) -> None:
        super().__init__(reason)
        self.pause = pause


class _SilentError(_BusyError):
    """The whole host can't answer now, or asks to be left alone, so its other files can't be fetched either."""


class WebClient:
    """Fetches files; `opened` makes one and closes its connections."""

    def __init__(self, public: aiohttp.ClientSession, anywhere: aiohttp.ClientSession, pause: timedelta) -> None:
        self._public = public
        self._anywhere = anywhere
        self._pause = pause.total_seconds()
        self._unanswered: Counter[str] = Counter()
        self._logins: dict[URL, str] = {}

    @classmethod
    @asynccontextmanager
    async def opened(
        cls, *, pause: timedelta = timedelta(seconds=1), times: aiohttp.ClientTimeout = _TIMES
    ) -> AsyncIterator[WebClient]:
        """Open a client; `pause` is its delay before the first retry, which doubles with each further one."""
        async with _session(times, public_socket) as public, _session(times) as anywhere:
            yield cls(public, anywhere, pause)

    async def get(self, url: str, *, most: int, reach: Reach, known: Version | None = None) -> Fetched:
        """Fetch one file of at most `most` bytes after decompression, with retries if they may help.

        Raises:
            UnchangedError: it has not changed since the version `known`.
            WebError: it can't be fetched, or must not be.
        """
        first = self._without_login(url)
        host = f"{first.host}:{first.port}"
        if self._unanswered[host] >= _MAX_FAILURES:
            raise WebError(GIVEN_UP)
        pause = self._pause
        for left in reversed(range(_TRIES)):
            try:
                response = await self._try(first, most, reach, known)
            except _BusyError as busy:
                if not left or (busy.pause or 0) > _MAX_RETRY_AFTER:
                    self._unanswered[host] += isinstance(busy, _SilentError)
                    raise WebError(str(busy)) from busy
                await asyncio.sleep(pause if busy.pause is None else busy.pause)
                pause *= 2
            except UnchangedError:
                self._unanswered[host] = 0
                raise
            else:
                self._unanswered[host] = 0
                return response
        raise AssertionError("the last try returns or raises")

    async def _try(self, first: URL, most: int, reach: Reach, known: Version | None) -> Fetched:
        try:
            place = first
            for _ in range(_REDIRECTS + 1):
                session = self._session(place, first, reach)
                proxy = _proxy(place) if session is self._anywhere else None
                cached, login = known or Version(), self._logins.get(place.origin())
                fields = {"If-None-Match": cached.etag, "If-Modified-Since": cached.modified, "Authorization": login}
                headers = {name: value for name, value in fields.items() if value}
                async with session.get(place, allow_redirects=False, headers=headers, proxy=proxy) as response:
                    if response.status not in _MOVED:
                        return await _read(response, most)
                    place = place.join(URL(response.headers.get("Location", "")))
        except aiohttp.ServerTimeoutError as error:
            raise _SilentError(TOO_SLOW) from error
        except TimeoutError as error:  # the total timeout: the server is sending, but a retry would take as long
            raise _SilentError(TOO_SLOW, inf) from error
        except aiohttp.ClientProxyConnectionError as error:
            raise _SilentError(NO_PROXY) from error
        except aiohttp.ClientConnectorCertificateError as error:
            raise WebError(NOT_ITSELF) from error
        except aiohttp.ClientConnectorError as error:
            if isinstance(error.os_error, PrivateAddressError):
                raise WebError(PRIVATE) from error
            raise _SilentError(BEHIND_PROXY if session is self._public and _proxy(place) else UNREACHABLE) from error
        except (aiohttp.ClientPayloadError, aiohttp.ClientOSError, aiohttp.ServerDisconnectedError) as error:
            raise _BusyError("it breaks off in the middle") from error
        except aiohttp.InvalidURL as error:
            raise WebError(NOT_HTTP) from error
        except (aiohttp.ClientError, ValueError) as error:
            raise WebError(f"the server's answer makes no sense ({type(error).__name__})") from error
        raise WebError(TOO_MANY_REDIRECTS)

    def _without_login(self, url: str) -> URL:
        """Remove the login from an address, and remember it for further requests to its server.

        The addresses that a feed links to don't contain it, because they are stored, printed and shared.
        """
        try:
            typed = URL(url)
        except ValueError as error:
            raise WebError(NOT_HTTP) from error
        if typed.user is None or not typed.host:
            return typed
        place = typed.with_user(None)
        servers = [place, place.with_scheme("https")] if place.is_default_port() else [place]
        login = b64encode(f"{typed.user}:{typed.password or ''}".encode()).decode()
        self._logins |= {server.origin(): f"Basic {login}" for server in servers}
        return place

    def _session(self, place: URL, first: URL, reach: Reach) -> aiohttp.ClientSession:
        """Pick the session for `place`, to which the request for `first` leads.

        Raises:
            WebError: it isn't an http(s) address.
        """
        if place.scheme not in {"http", "https"} or not place.host:
            raise WebError(NOT_HTTP)
        may_be_private = reach is Reach.ANYWHERE or (reach is Reach.TYPED and place.host == first.host)
        return self._anywhere if may_be_private else self._public


@asynccontextmanager
async def _session(
    times: aiohttp.ClientTimeout, socket_factory: aiohttp.SocketFactoryType | None = None
) -> AsyncIterator[aiohttp.ClientSession]:
    connector = aiohttp.TCPConnector(
        resolver=aiohttp.ThreadedResolver(),
        limit=_CONNECTIONS,
        limit_per_host=_CONNECTIONS_PER_HOST,
        socket_factory=socket_factory,
    )
    async with aiohttp.ClientSession(
        connector=connector,
        timeout=times,
        cookie_jar=aiohttp.DummyCookieJar(),
        headers={"User-Agent": f"overheard/{version('overheard')}"},
    ) as session:
        yield session


def _proxy(place: URL) -> str | None:
    """Return the proxy for an address from the environment, None for a direct connection."""
    proxy = None if proxy_bypass(place.host or "") else getproxies().get(place.scheme)
    return proxy and (proxy if "://" in proxy else f"http://{proxy}")


async def _read(response: aiohttp.ClientResponse, most: int) -> Fetched:
    if response.status == 304:
        raise UnchangedError("it has not changed")
    if response.status in _BUSY:
        after = response.headers.get("Retry-After", "")
        kind = _SilentError if response.status in _LEAVE_ALONE else _BusyError
        raise kind(f"the server answers {response.status}", float(after) if after.isdecimal() else None)
    if response.status != 200:
        raise WebError(f"the server answers {response.status}")
    if (response.content_length or 0) > most:
        raise WebError(TOO_LARGE.format(most // 2**20))
    # Chunks arrive decompressed and are counted one by one, because a small compressed file may become huge.
    data = bytearray()
    async for chunk in response.content.iter_chunked(_CHUNK):
        data += chunk
        if len(data) > most:
            raise WebError(TOO_LARGE.format(most // 2**20))
    state = Version(response.headers.get("ETag"), response.headers.get("Last-Modified"))
    return Fetched(bytes(data), response.content_type.lower(), state)
