"""Serves metrics at /metrics and health at /healthz, beside whatever else the process serves.

`meter.py` defines the metrics. Nothing here has the words of a question.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator
from datetime import timedelta
from http import HTTPStatus
from typing import Final

from aiohttp import web
from prometheus_client.aiohttp import make_aiohttp_handler

from bot.port.messages import Assistant, EpisodeId
from bot.port.metering import Watch, follow_library
from bot.port.serving import cannot_listen

from .meter import PrometheusMeter

_log = logging.getLogger(__name__)

PATIENCE: Final = timedelta(seconds=5)
"""How long a look-up in the library may take before the process counts as stuck."""


class PrometheusWatch(Watch):
    """Serves one process's metrics at an address of its own.

    Attributes:
        port: the port to listen on; if it is 0, opening sets it to a free one.
    """

    meter: PrometheusMeter

    def __init__(
        self, assistant: Assistant, host: str, port: int, version: str, patience: timedelta = PATIENCE
    ) -> None:
        self.meter = PrometheusMeter(version)
        self.port = port
        self._host = host
        self._assistant = assistant
        self._patience = patience

    @contextlib.asynccontextmanager
    async def opened(self) -> AsyncIterator[None]:
        """Listen for as long as the context lasts.

        Raises:
            StartError: the address is taken or is not this machine's.
        """
        site = web.Application()
        site.add_routes(
            [
                web.get("/metrics", make_aiohttp_handler(self.meter.registry)),
                web.get("/healthz", self._health),
            ]
        )
        runner = web.AppRunner(site, access_log=None, shutdown_timeout=1)
        await runner.setup()
        try:
            await self._listen(runner)
            following = asyncio.create_task(follow_library(self._assistant, self.meter), name="library figures")
            yield
            following.cancel()
        finally:
            await runner.cleanup()

    async def _listen(self, runner: web.AppRunner) -> None:
        try:
            await web.TCPSite(runner, self._host, self.port).start()
        except OSError as error:
            fix = "set OVERHEARD_METRICS_HOST and OVERHEARD_METRICS_PORT"
            raise cannot_listen(f"{self._host}:{self.port}", error, fix) from error
        self.port = runner.addresses[0][1]
        _log.info("metrics are at http://%s:%d/metrics", self._host, self.port)

    async def _health(self, _: web.Request) -> web.Response:
        """Check that the core's thread still answers: a process can be connected and yet stuck."""
        try:
            async with asyncio.timeout(self._patience.total_seconds()):
                await self._assistant.episode(EpisodeId(""))
        except TimeoutError:
            return web.json_response({"status": "stuck"}, status=HTTPStatus.SERVICE_UNAVAILABLE)
        return web.json_response({"status": "ok"})
