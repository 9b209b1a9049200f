"""What of Discord is measured; what the figures are is tested with the port."""

from __future__ import annotations

import asyncio
from datetime import timedelta

from adapters.discord.config import DiscordConfig
from adapters.discord.service import DiscordService
from adapters.metrics.meter import PrometheusMeter
from bot.port.limits import Rate
from tests.fakes.assistant import NotingAssistant
from tests.fakes.backend import backend
from tests.fakes.discord_server import TOKEN, serving


async def test_questions_refusals_and_lost_connections_are_measured() -> None:
    meter, stop = PrometheusMeter("1.2.3"), asyncio.Event()
    async with serving() as server:
        config = DiscordConfig(TOKEN, api_url=server.api_url, per_member=Rate(2, timedelta(minutes=1)))
        running = asyncio.create_task(DiscordService(config, backend(NotingAssistant(), meter=meter)).run(stop))
        session = await server.online()
        await server.mention("comets")
        await server.slash("ask", question="comets")
        await server.slash("ask", question="comets")
        lost = session.socket
        await server.drop()
        await server.until(lambda: server.sessions[-1].socket not in (None, lost))
        stop.set()
        await running

    value = meter.registry.get_sample_value
    assert value("overheard_questions_total", {"platform": "discord", "kind": "found"}) == 2
    assert value("overheard_refused_total", {"platform": "discord"}) == 1
    assert value("overheard_reconnects_total", {"platform": "discord"}) == 1
