"""Pictures of shows, fetched from a real server on loopback."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from aiohttp import web

from adapters.web.art import Art
from bot.port.fetching import Reach
from tests.fakes.web import FakeWeb

pytestmark = pytest.mark.slow

SOON = timedelta(milliseconds=300)


@pytest.fixture
async def server() -> AsyncIterator[FakeWeb]:
    async with FakeWeb.running() as running:
        yield running


def shouted(picture: bytes) -> bytes | None:
    return picture.upper() or None


def art(patience: timedelta = timedelta(seconds=10), reach: Reach = Reach.ANYWHERE) -> Art:
    return Art(shouted, patience=patience, reach=reach)


async def test_a_picture_is_fetched_once_and_made_small(server: FakeWeb) -> None:
    server.files["/art.png"] = b"bees"
    pictures = art()

    got = await asyncio.gather(*(asyncio.to_thread(pictures, f"{server.url}/art.png") for _ in range(3)))

    assert got == [b"BEES"] * 3
    assert server.paths == ["/art.png"]


async def test_what_is_no_picture_is_none_and_not_looked_for_again(server: FakeWeb) -> None:
    server.files["/empty.png"] = b""
    pictures = art()
    wanted = (f"{server.url}/gone.png", f"{server.url}/empty.png", "ftp://shows.example/art.png", "http://[")

    for _ in range(2):
        assert [await asyncio.to_thread(pictures, each) for each in wanted] == [None] * 4
    assert server.paths == ["/gone.png", "/empty.png"]


async def test_a_private_network_is_not_asked(server: FakeWeb) -> None:
    server.files["/art.png"] = b"bees"

    assert await asyncio.to_thread(art(reach=Reach.PUBLIC), f"{server.url}/art.png") is None
    assert server.paths == []


async def test_what_comes_too_late_is_there_the_next_time_and_few_are_fetched_at_once(server: FakeWeb) -> None:
    may_come = asyncio.Event()

    async def late(_: web.Request) -> web.Response:
        await may_come.wait()
        return web.Response(body=b"bees")

    server.files |= {f"/{number}.png": late for number in range(9)}
    pictures = art(SOON)

    assert [await asyncio.to_thread(pictures, f"{server.url}/{number}.png") for number in range(9)] == [None] * 9
    assert len(server.paths) == 4
    may_come.set()
    assert [await asyncio.to_thread(pictures, f"{server.url}/0.png") for _ in range(20)][-1] == b"BEES"
