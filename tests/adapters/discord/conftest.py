from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import TYPE_CHECKING

import pytest
import pytest_asyncio

from bot.port.messages import Answer, Question
from tests.fakes.assistant import ScriptedAssistant

if TYPE_CHECKING:
    from tests.adapters.discord.stage import Stage

# The simulated Discord is loaded by the tests that use it, and not for every run of any test.


@pytest_asyncio.fixture
async def stage() -> AsyncIterator[Stage]:
    from tests.adapters.discord.stage import staged

    async with staged() as opened:
        yield opened


@pytest.fixture
def slow() -> ScriptedAssistant:
    """An assistant that thinks for a fifth of a second."""
    from tests.adapters.discord.stage import SCRIPT

    class Slow(ScriptedAssistant):
        async def ask(self, question: Question) -> Answer:
            await asyncio.sleep(0.2)
            return await super().ask(question)

    return Slow(SCRIPT)
