"""A web server on loopback that serves what a test puts into it and remembers what it was asked."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TypeAlias

from aiohttp import web

Answer: TypeAlias = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass
class FakeWeb:
    """Files by path; a function instead of bytes answers by itself.

    Attributes:
        asked: the requests so far.
    """

    url: str = ""
    files: dict[str, bytes | Answer] = field(default_factory=dict)
    asked: list[web.BaseRequest] = field(default_factory=list)

    @classmethod
    @asynccontextmanager
    async def running(cls) -> AsyncIterator[FakeWeb]:
        fake = cls()
        runner = web.ServerRunner(web.Server(fake._answer), shutdown_timeout=0)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        fake.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
        try:
            yield fake
        finally:
            await runner.cleanup()

    @property
    def paths(self) -> list[str]:
        return [request.path for request in self.asked]

    async def _answer(self, request: web.BaseRequest) -> web.StreamResponse:
        self.asked.append(request)
        file = self.files.get(request.path)
        if file is None:
            return web.Response(status=404)
        if not isinstance(file, bytes):
            return await file(request)  # type: ignore[arg-type]
        etag = f'"{hash(file)}"'
        if request.headers.get("If-None-Match") == etag:
            return web.Response(status=304)
        return web.Response(body=file, headers={"ETag": etag})
