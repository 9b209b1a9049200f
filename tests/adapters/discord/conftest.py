from __future__ import annotations

from collections.abc import AsyncIterator
from typing import TYPE_CHECKING

import pytest_asyncio

if TYPE_CHECKING:
    from tests.adapters.discord.stage import Stage

# discord.py is loaded by the tests that use it, and not for every run of any test.


@pytest_asyncio.fixture
async def stage() -> AsyncIterator[Stage]:
    from tests.adapters.discord.stage import staged

    async with staged() as opened:
        yield opened
