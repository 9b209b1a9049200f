"""Secrets are kept encrypted, under keys that can be changed: with both databases."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest
from cryptography.fernet import Fernet
from sqlalchemy import make_url, select, update

from bot.port.errors import StateAwayError
from bot.port.sealed import Sealed, SealedError
from bot.port.state import State
from bot.state.database import Database
from bot.state.stored import StoredState
from bot.state.tables import sealed
from tests.bot.state.conftest import opened

OLD, NEW = (Fernet.generate_key().decode() for _ in range(2))


@asynccontextmanager
async def sealing(url: str, *keys: str) -> AsyncIterator[tuple[Sealed, Database]]:
    database = Database(make_url(url))
    state = StoredState(database, keys=keys)
    async with state.opened():
        assert state.sealed is not None
        yield state.sealed, database


async def test_what_is_written_is_read_replaced_and_deleted_once(database_url: str) -> None:
    async with sealing(database_url, OLD) as (secrets, _):
        assert await secrets.read("a") is None
        await secrets.write("a", "x\0\N{OGHAM SPACE MARK}\ud800")
        await secrets.write("a", "honey")
        await secrets.write("b", "")
        read = [await secrets.read(name) for name in "ab"]
        deleted = await asyncio.gather(*(secrets.delete("a") for _ in range(3)))

        assert read == ["honey", ""]
        assert sorted(deleted) == [False, False, True]
        assert await secrets.read("a") is None


async def test_what_has_had_its_time_is_gone_and_cleaned_away(database_url: str) -> None:
    async with sealing(database_url, OLD) as (secrets, database):
        await secrets.write("a", "honey", timedelta(seconds=-1))
        await secrets.write("b", "bees")

        assert await secrets.read("a") is None
        assert await secrets.delete("a") is False
        await database.clean()
        assert [row.name for row in await database.execute(select(sealed.c.name))] == ["b"]


async def test_what_is_kept_shows_nothing_and_passes_for_nothing_else(database_url: str) -> None:
    async with sealing(database_url, OLD) as (secrets, database):
        await secrets.write("a", "honey")
        await secrets.write("b", "bees")
        [row] = await database.execute(select(sealed.c.text).where(sealed.c.name == "a"))
        await database.execute(update(sealed).where(sealed.c.name == "b").values(text=row.text))

        assert "honey" not in row.text
        with pytest.raises(SealedError, match="the secret stored as b was encrypted as a"):
            await secrets.read("b")


async def test_an_older_key_still_opens_until_all_is_renewed(database_url: str) -> None:
    async with sealing(database_url, OLD) as (secrets, _):
        await secrets.write("a", "honey")
        await secrets.write("b", "bees")
    async with sealing(database_url, NEW, OLD) as (secrets, _):
        await secrets.write("b", "more bees")
        assert await secrets.read("a") == "honey"
        await secrets.renew()
    async with sealing(database_url, NEW) as (secrets, _):
        await secrets.renew()

        assert [await secrets.read(name) for name in "ab"] == ["honey", "more bees"]


async def test_a_key_that_opens_nothing_is_told_by_the_settings_name(database_url: str) -> None:
    async with sealing(database_url, OLD) as (secrets, _):
        await secrets.write("a", "honey")
    async with sealing(database_url, NEW) as (secrets, _):
        await secrets.write("b", "bees")
        for of in (secrets.read("a"), secrets.renew()):
            with pytest.raises(SealedError, match=r"^OVERHEARD_ENCRYPTION_KEY does not decrypt the stored tokens"):
                await of
        assert await secrets.read("b") == "bees"


async def test_that_the_database_is_away_is_told() -> None:
    async with sealing("postgresql://x@127.0.0.1:1/x", OLD) as (secrets, _):
        for of in (secrets.read("a"), secrets.write("a", "x"), secrets.delete("a"), secrets.renew()):
            with pytest.raises(StateAwayError):
                await of


async def test_without_a_key_or_a_database_nothing_secret_is_kept(database_url: str) -> None:
    async with opened(database_url) as state:
        assert state.sealed is None
    assert State().sealed is None
