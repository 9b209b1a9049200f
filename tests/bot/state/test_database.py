"""A database that is not there, is locked, full, comes back, is of an older version, or holds what is old."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import sqlite3
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Column, Connection, Double, Engine, Table, create_engine, insert, make_url, select, text
from sqlalchemy.pool import NullPool

from bot.__main__ import _state
from bot.operating import settings
from bot.port.errors import StateAwayError
from bot.port.limits import Rate
from bot.port.logbook import AskedIn
from bot.state import migrating
from bot.state.database import Database
from bot.state.stored import StoredState
from bot.state.tables import KEEP, Keep, day_of, deliveries, metadata, notes, now
from tests.bot.state.conftest import opened, until
from tests.fakes.assistant import COMETS, FOUND
from tests.fakes.databases import schema_with_tables
from tests.fakes.postgres import schema

MINUTE = timedelta(minutes=1)


def warnings_in(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [record.getMessage() for record in caplog.records if record.levelno >= logging.WARNING]


async def works_in_memory(state: StoredState) -> None:
    """Whatever a question needs goes on."""
    await state.notes.write("here", "bees")
    limits = state.limits(Rate(1, MINUTE), Rate(1, MINUTE))
    assert await state.notes.read("here") == "bees"
    assert [await state.deliveries.claim("slack/1", "{}") for _ in range(2)] == [True, False]
    await state.deliveries.done("slack/1")
    assert await state.deliveries.left_behind("slack") == ()
    assert [await limits.admit("ann", "general") is None for _ in range(2)] == [True, False]


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A database without any table: the test runs with either kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/state.db"
    return schema(request.getfixturevalue("postgres_server"))


def engine(url: str) -> Engine:
    driver = "sqlite" if url.startswith("sqlite") else "postgresql+psycopg"
    return create_engine(make_url(url).set(drivername=driver), poolclass=NullPool)


def test_an_empty_database_becomes_what_the_tables_say(empty_database_url: str) -> None:
    made = engine(empty_database_url)
    migrating.migrate(made)
    migrating.migrate(made)

    with made.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []


async def test_what_older_versions_count_for_all_servers_together_is_in_the_whole_report(
    database_url: str,
) -> None:
    older = engine(database_url)
    with older.begin() as connection:  # as an older process may still do, beside this one
        day, at = connection.execute(select(day_of(now()), now())).one()
        values = {"day": day, "at": at}
        connection.execute(text("INSERT INTO questions VALUES (:day, 'found', 3, :at)"), values)
        connection.execute(text("INSERT INTO subjects VALUES (:day, 'bees', 'Bees', 2, :at)"), values)

    async with opened(database_url) as state:
        state.logbook.note("comets", AskedIn("slack", "T1"), FOUND)
        whole, there = await state.logbook.read(1), await state.logbook.read(1, AskedIn("slack", "T1"))

    assert [[each.count for each in read.questions] for read in (whole, there)] == [[4], [1]]
    assert [each.subject.label for each in whole.subjects] == ["Bees", COMETS.title]


def test_an_older_database_loses_the_channels_that_may_be_private_and_nothing_else(
    empty_database_url: str,
) -> None:
    made = engine(empty_database_url)
    migrating.migrate(made, "0008")
    asked = "INSERT INTO missed VALUES (:name, 'rice?', 'not_found', NULL, :platform, :server, :channel, 1.0)"
    places = [("discord", "", "77"), ("discord", "1", "78"), ("slack", "T1", "D79"), ("slack", "T1", "C80")]
    with made.begin() as connection:
        for number, (platform, server, channel) in enumerate(places):
            row = {"name": str(number), "platform": platform, "server": server, "channel": channel}
            connection.execute(text(asked), row)

    migrating.migrate(made)

    with made.connect() as connection:
        kept = connection.execute(text("SELECT platform, server, channel FROM missed ORDER BY id")).all()
    assert [tuple(row) for row in kept] == [(platform, server, "") for platform, server, _ in places]


async def test_processes_that_start_together_make_the_tables_once(empty_database_url: str) -> None:
    states = [StoredState(Database(make_url(empty_database_url))) for _ in range(3)]

    async with states[0].opened(), states[1].opened(), states[2].opened():
        await states[0].notes.write("here", "bees")
        assert [await state.notes.read("here") for state in states] == ["bees"] * 3


async def test_a_database_of_a_newer_version_is_used_as_it_is(database_url: str) -> None:
    async with opened(database_url) as now_:
        await now_.notes.write("here", "bees")
        await now_._database.execute(text("UPDATE alembic_version SET version_num = 'newer'"))

    async with opened(database_url) as older:
        assert await older.notes.read("here") == "bees"


async def test_what_is_old_is_deleted_and_the_rest_stays(database_url: str) -> None:
    async with opened(database_url) as state:
        database = state._database
        for name, days in (("old", 3), ("new", 1)):
            await database.execute(insert(notes).values(name=name, text="x", written_at=now() - days * 86400.0))
        await state.deliveries.claim("slack/1")
        await database.clean()

        assert (await state.notes.read("old"), await state.notes.read("new")) == (None, "x")
        assert len(await database.execute(select(deliveries))) == 1


async def test_a_table_without_a_time_of_its_own_is_kept_as_long_as_the_setting_says(database_url: str) -> None:
    gaps = Table("gaps", metadata, Column("at", Double), info={KEEP: Keep("at")})
    try:
        database = Database(make_url(database_url), keep=timedelta(days=5))
        async with database.opened():
            await database.transact(gaps.create)
            for days in (1, 4, 6, 80):
                await database.execute(insert(gaps).values(at=now() - days * 86400.0))
            await database.clean()

            assert len(await database.execute(select(gaps))) == 2
    finally:
        metadata.remove(gaps)


async def test_of_a_transaction_all_is_kept_or_nothing(database_url: str) -> None:
    async with opened(database_url) as state:

        def fails(connection: Connection) -> None:
            connection.execute(insert(notes).values(name="here", text="x", written_at=now()))
            connection.execute(text("INSERT INTO nowhere VALUES (1)"))

        with pytest.raises(StateAwayError):
            await state._database.transact(fails)

        await until(lambda: _usable(state))
        assert await state.notes.read("here") is None


async def test_without_a_database_memory_does_and_one_warning_says_so(caplog: pytest.LogCaptureFixture) -> None:
    async with opened("postgresql://ann:hunter2@127.0.0.1:1/x") as state:
        await works_in_memory(state)
        await asyncio.sleep(0.2)  # it is tried again

    (warning,) = warnings_in(caplog)
    assert "the database cannot be used" in warning
    assert "hunter2" not in caplog.text


async def test_a_folder_that_may_not_be_written_is_no_database(caplog: pytest.LogCaptureFixture) -> None:
    async with opened("sqlite:////proc/none/state.db") as state:
        await works_in_memory(state)

    assert len(warnings_in(caplog)) == 1


async def test_a_file_that_is_no_database_is_left_alone(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / "state.db").write_text("my diary" * 200)

    async with opened(f"sqlite:///{tmp_path}/state.db") as state:
        await works_in_memory(state)

    assert (tmp_path / "state.db").read_text() == "my diary" * 200
    assert len(warnings_in(caplog)) == 1


async def test_a_locked_database_costs_one_answer_a_second_and_comes_back(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with opened(f"sqlite:///{tmp_path}/state.db") as state:
        locking = sqlite3.connect(tmp_path / "state.db")
        locking.execute("BEGIN IMMEDIATE")
        await works_in_memory(state)
        locking.rollback()
        locking.close()
        await until(lambda: _usable(state))
        await state.notes.write("there", "honey")

    async with opened(f"sqlite:///{tmp_path}/state.db") as later:
        assert await later.notes.read("there") == "honey"
    assert len(warnings_in(caplog)) == 1


async def test_a_full_database_loses_no_answer(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    async with opened(f"sqlite:///{tmp_path}/state.db") as state:
        await state._database.execute(text("PRAGMA max_page_count = 1"))
        for number in range(50):
            await state.notes.write(f"{number}", "x" * 1000)
        assert await state.notes.read("49") == "x" * 1000
        await until(lambda: _usable(state))
        await state.notes.write("50", "x" * 100_000)
        assert await state.notes.read("50") == "x" * 100_000

    assert len(warnings_in(caplog)) == 1


async def test_a_server_that_goes_away_in_mid_run_is_found_again(
    postgres_server: str, caplog: pytest.LogCaptureFixture
) -> None:
    url = schema_with_tables(postgres_server)
    async with opened(url) as state:
        await state.notes.write("here", "bees")
        await state.deliveries.claim("slack/0", "{}")
        with _refusing(url):
            await state.deliveries.done("slack/0")
            await works_in_memory(state)
        await until(lambda: _usable(state))
        await until(lambda: _told(state))
        async with opened(url, lease=timedelta()) as other:
            await other.deliveries.claim("slack/2", "{}")
            # Where nobody could renew a lease for a while, no process has ended for that.
            assert await state.deliveries.left_behind("slack") == ()
            assert [each.name for each in await other.deliveries.left_behind("slack")] == ["slack/2"]
        await state.notes.write("here", "honey")

    async with opened(url) as later:
        assert await later.notes.read("here") == "honey"
    assert len(warnings_in(caplog)) == 1


async def test_a_server_that_was_restarted_is_not_noticed(
    postgres_server: str, caplog: pytest.LogCaptureFixture
) -> None:
    url = schema_with_tables(postgres_server)
    async with opened(url) as state:
        await state.notes.write("here", "bees")
        _end_connections(url)

        assert await state.notes.read("here") == "bees"
    assert warnings_in(caplog) == []


async def test_a_letter_that_has_no_room_in_a_database_does_no_harm(database_url: str) -> None:
    async with opened(database_url) as state:
        await state.notes.write("h\0re", "bees")
        await state.notes.write("here", "honey")

    async with opened(database_url) as later:
        assert await later.notes.read("here") == "honey"


def test_settings_name_the_database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))

    made = _state(settings.load())

    assert isinstance(made, StoredState)
    assert made._database._url.database == str(tmp_path / "overheard" / "state.db")
    monkeypatch.setenv("OVERHEARD_DATABASE_URL", "off")
    assert not isinstance(_state(settings.load()), StoredState)
    assert list(tmp_path.iterdir()) == []


@contextlib.contextmanager
def _refusing(url: str) -> Iterator[None]:
    """Let a server take no connections to it, and end those that are there: as good as gone."""
    with psycopg.connect(_elsewhere(url), autocommit=True) as connection:
        name = make_url(url).database
        connection.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS false')
        _end(connection)
        try:
            yield
        finally:
            connection.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS true')


def _end_connections(url: str) -> None:
    with psycopg.connect(_elsewhere(url), autocommit=True) as connection:
        _end(connection)


def _end(connection: psycopg.Connection) -> None:
    # Each is waited for: what is only about to end may still answer, or may not.
    connection.execute("SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = 'postgres'")


def _elsewhere(url: str) -> str:
    return url.replace("/postgres?", "/template1?")


async def _usable(state: StoredState) -> bool:
    return state._database.usable_for(timedelta())


async def _told(state: StoredState) -> bool:
    rows = await state._database.execute(select(deliveries.c.event).where(deliveries.c.name == "slack/0"))
    return [row.event for row in rows] == [None]
