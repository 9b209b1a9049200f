"""A library to fill, a web to fetch from, and feeds in the shape of real ones."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import timedelta
from pathlib import Path

import pytest

from adapters.web.client import WebClient
from knowledge.importing.run import Event, Options, run
from tests.fakes.web import FakeWeb

Import = Callable[..., Awaitable[list[Event]]]


@pytest.fixture
def library(tmp_path: Path) -> Path:
    return tmp_path / "library"


@pytest.fixture
async def server() -> AsyncIterator[FakeWeb]:
    async with FakeWeb.running() as running:
        yield running


@pytest.fixture
async def imported(library: Path) -> AsyncIterator[Import]:
    """Import sources and give back everything that was told."""
    async with WebClient.opened(pause=timedelta(milliseconds=1)) as client:

        async def import_(*sources: str | Path, options: Options | None = None) -> list[Event]:
            given = [str(source) for source in sources]
            return [event async for event in run(given, library, client, options or Options())]

        yield import_
