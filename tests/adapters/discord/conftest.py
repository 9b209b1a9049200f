import asyncio
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from bot.port.messages import Answer, Question
from tests.adapters.discord.stage import SCRIPT, Stage, staged
from tests.fakes.assistant import ScriptedAssistant


@pytest_asyncio.fixture
async def stage() -> AsyncIterator[Stage]:
    async with staged() as opened:
        yield opened


@pytest.fixture
def slow() -> ScriptedAssistant:
    """An assistant that thinks for a fifth of a second."""

    class Slow(ScriptedAssistant):
        async def ask(self, question: Question) -> Answer:
            await asyncio.sleep(0.2)
            return await super().ask(question)

    return Slow(SCRIPT)
