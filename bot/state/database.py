"""The connections to one database, and what happens during an outage.

Any failure raises StateAwayError within a few seconds, is logged once, and is followed by a new attempt after a pause;
stores then fall back on memory. The only thing known about tables here is how long their rows are kept.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import math
import random
import sqlite3
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from typing import Any, Final, TypeAlias, TypeVar

from sqlalchemy import URL, Connection, Engine, Executable, Row, create_engine, delete, event
from sqlalchemy.exc import DataError, DBAPIError, SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import NullPool

from bot.port.errors import StateAwayError
from bot.port.seen import Once
from bot.state.migrating import NewerDatabaseError, migrate
from bot.state.tables import KEEP, Keep, metadata, now

_log = logging.getLogger(__name__)

_T = TypeVar("_T")

Chore: TypeAlias = Callable[[], Awaitable[object]]

_POLL: Final = 0.1
"""Seconds between two looks at whether an operation has finished."""
_MAX_POLLS: Final = 25
"""Maximum number of polls per operation. We count polls rather than seconds, because on a busy machine it may be this
process that is late, not the database; if it gave up, processes would lose sight of each other."""
_BUSY: Final = 800
"""Milliseconds that SQLite waits for another process's write lock."""
_CONNECTING: Final = 2
"""Timeout for a connection to PostgreSQL in seconds, the smallest that its library allows; no answer waits for it."""
_PAUSE: Final = timedelta(seconds=1)
"""Delay from a failure to the next attempt; no answer waits for it."""
_ROUND: Final = timedelta(seconds=2.5)
"""Interval between rounds of chores."""
_CLEANING: Final = timedelta(hours=1)
_LOGGED_AGAIN: Final = timedelta(hours=1)
KEEP_DAYS: Final = timedelta(days=90)
"""Default retention of rows that have no shorter one of their own."""

_TRIES: Final = 8
_BACKOFF: Final = 0.02
"""Maximum backoff in seconds after the first collision of transactions; grows linearly with each attempt."""
_COLLISIONS: Final = {"40001", "40P01"}
"""PostgreSQL's codes for a serialization failure and a deadlock."""
_ON_CONNECTING: Final = {
    "sqlite": (
        "PRAGMA journal_mode=WAL",
        "PRAGMA synchronous=NORMAL",  # a power failure may undo the last second, but corrupts nothing
        f"PRAGMA busy_timeout={_BUSY}",
    ),
    "postgresql": ("SET synchronous_commit TO off", "SET statement_timeout TO 5000"),  # likewise
}


class Database:
    """One database; may be created anywhere, and is used in the event loop in which it is opened."""

    def __init__(self, url: URL, *, keep: timedelta = KEEP_DAYS, pause: timedelta = _PAUSE) -> None:
        """Describe a database, without connecting to it: `sqlite` with a file, or `postgresql`; without a driver.

        `keep` is the retention of rows that have none of their own, `pause` the delay from a failure to the next try.
        """
        self._url = url
        self._keep = keep
        self._pause = pause.total_seconds()
        self._logged = Once()
        self._usable = False
        self._retry_at = 0.0
        self._back_since = -math.inf
        self._chores: list[Chore] = []
        sqlite = url.get_backend_name() == "sqlite"
        self._migrating = url.set(drivername="sqlite" if sqlite else "postgresql+psycopg")
        self._connecting = {"timeout": _BUSY / 1000} if sqlite else {"connect_timeout": _CONNECTING}
        options: dict[str, Any] = {
            "isolation_level": "AUTOCOMMIT",  # each statement is a transaction, and nothing else is sent
            "skip_autocommit_rollback": True,
            "pool_reset_on_return": None,
            "max_overflow": 0,
            "connect_args": self._connecting,
            "hide_parameters": True,  # errors are logged, and must not contain what people wrote
        }
        self._connections = (
            _InThread(create_engine(self._migrating, pool_size=1, **options))
            if sqlite
            else _InLoop(create_async_engine(self._migrating, **options))
        )
        event.listen(self._connections.engine, "connect", _prepare)

    @property
    def lacks(self) -> Path | None:
        """SQLite's file if it doesn't exist yet, otherwise None; opening the database creates it."""
        return file if (file := self._file) is not None and not file.exists() else None

    @property
    def _file(self) -> Path | None:
        named = self._url.database if self._url.get_backend_name() == "sqlite" else None
        return Path(named) if named else None

    def on_each_round(self, chore: Chore) -> None:
        """Register something to do every few seconds while the database can be used."""
        self._chores.append(chore)

    def usable_for(self, long: timedelta) -> bool:
        """Return whether the database can be used and has had no outage for this long."""
        return self._usable and time.monotonic() - self._back_since >= long.total_seconds()

    async def execute(self, statement: Executable, values: Mapping[str, object] | None = None) -> Sequence[Row[Any]]:
        """Run one statement in a transaction of its own, and return its rows, if any.

        Raises:
            StateAwayError: it was not run, or that is unknown.
        """

        def work(connection: Connection) -> Sequence[Row[Any]]:
            result = connection.execute(statement, values)
            return result.all() if result.returns_rows else ()

        return await self._attempt(work)

    async def transact(self, work: Callable[[Connection], _T]) -> _T:
        """Run several statements in one transaction.

        Raises:
            StateAwayError: it was not run, or that is unknown.
        """

        def whole(connection: Connection) -> _T:
            with connection.execution_options(isolation_level="SERIALIZABLE").begin():
                return work(connection)

        return await self._attempt(whole)

    @contextlib.asynccontextmanager
    async def opened(self) -> AsyncIterator[None]:
        """Migrate the database, and maintain it for as long as the context lasts."""
        await self._open()
        closing = asyncio.Event()
        tending = asyncio.create_task(self._maintain(closing), name="database")
        try:
            yield
        finally:
            closing.set()  # not cancelled, which would interrupt a statement
            await asyncio.wait({tending}, timeout=_CONNECTING)
            tending.cancel()
            self._usable = False
            with contextlib.suppress(TimeoutError, SQLAlchemyError):
                await _with_timeout(self._connections.close())

    async def clean(self) -> None:
        """Delete rows whose retention has ended.

        Raises:
            StateAwayError: not all of them are deleted.
        """
        for table in metadata.sorted_tables:
            kept: Keep = table.info[KEEP]
            lasts = self._keep if kept.lasts is None else kept.lasts
            await self.execute(delete(table).where(table.c[kept.since] < now() - lasts.total_seconds()))

    async def _attempt(self, work: Callable[[Connection], _T]) -> _T:
        if not self._usable:
            raise StateAwayError("the database can't be reached at the moment")
        try:
            return await _with_timeout(self._run(work))
        except (DataError, UnicodeEncodeError) as error:  # an unsupported character; the next statement may be fine
            raise StateAwayError("the database can't store that") from error
        except (SQLAlchemyError, sqlite3.Error, OSError, TimeoutError) as error:
            self._note_outage(error)
            raise StateAwayError("the database can't be reached at the moment") from error

    async def _run(self, work: Callable[[Connection], _T]) -> _T:
        tries = 0
        while True:
            try:
                return await self._connections.run(work)
            except DBAPIError as error:
                tries += 1
                # Retry if the server was restarted (SQLAlchemy has dropped all its old connections by now), if it went
                # away before the statement was sent, or if transactions collided and this one has to start again.
                lost = error.connection_invalidated or error.statement is None
                if tries == _TRIES or not (lost or getattr(error.orig, "sqlstate", None) in _COLLISIONS):
                    raise
            await asyncio.sleep(random.uniform(0, tries * _BACKOFF))  # noqa: S311 - not for security

    async def _maintain(self, closing: asyncio.Event) -> None:
        clean_at = 0.0
        while not closing.is_set():
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(closing.wait(), min(_ROUND.total_seconds(), self._pause))
                return
            if not self._usable and time.monotonic() >= self._retry_at:
                await self._open()
            with contextlib.suppress(StateAwayError):
                for chore in self._chores:
                    await chore()
                if time.monotonic() >= clean_at:
                    await self.clean()
                    clean_at = time.monotonic() + _CLEANING.total_seconds()

    async def _open(self) -> None:
        try:
            await asyncio.to_thread(self._migrate)
        except NewerDatabaseError as error:
            # A newer version has migrated it, and may run beside this one; migrations only add.
            _log.debug("the database is of a newer version: %s", error)
        except (SQLAlchemyError, OSError) as error:
            self._note_outage(error)
            return
        if self._retry_at:
            _log.info("the database can be used again")
            self._back_since = time.monotonic()
        self._usable = True

    def _migrate(self) -> None:
        if self._file is not None:
            self._file.parent.mkdir(parents=True, exist_ok=True)
        engine = create_engine(self._migrating, poolclass=NullPool, connect_args=self._connecting, hide_parameters=True)
        migrate(engine)

    def _note_outage(self, error: Exception) -> None:
        self._usable = False
        self._retry_at = time.monotonic() + self._pause
        # Without the statement, which may contain what people wrote.
        cause = error.orig if isinstance(error, DBAPIError) and error.orig is not None else error
        reason = (str(cause).strip() or type(cause).__name__).splitlines()[0]
        if self._logged.first(reason, quiet_for=_LOGGED_AGAIN):
            _log.warning("the database cannot be used (%s): answers go on, and state is kept in memory", reason)


async def _with_timeout(work: Coroutine[Any, Any, _T]) -> _T:
    """Wait for something that may never end; if it takes too long, cancel it and raise TimeoutError."""
    task = asyncio.create_task(work)
    task.add_done_callback(lambda ended: ended.cancelled() or ended.exception())  # mark an exception as retrieved
    try:
        for _ in range(_MAX_POLLS):
            await asyncio.wait({task}, timeout=_POLL)
            if task.done():
                return task.result()
    finally:
        task.cancel()
    raise TimeoutError


class _InLoop:
    """Connections to a server, used in the event loop, where a statement can be cancelled."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self.engine = engine.sync_engine

    async def run(self, work: Callable[[Connection], _T]) -> _T:
        async with self._engine.connect() as connection:
            return await connection.run_sync(work)

    async def close(self) -> None:
        await self._engine.dispose()


class _InThread:
    """The connection to a file, on a thread of its own.

    One is enough, because SQLite has one writer at a time. It never waits longer than `_BUSY`. Switching threads once
    per statement takes .23 ms; aiosqlite switches for every step of a statement and takes .65 ms.
    """

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="database")

    async def run(self, work: Callable[[Connection], _T]) -> _T:
        def connected() -> _T:
            with self.engine.connect() as connection:
                return work(connection)

        return await asyncio.get_running_loop().run_in_executor(self._thread, connected)

    async def close(self) -> None:
        await asyncio.get_running_loop().run_in_executor(self._thread, self.engine.dispose)
        self._thread.shutdown(wait=False)


def _prepare(connection: Any, _: object) -> None:  # noqa: ANN401 - either driver's
    statements = _ON_CONNECTING["sqlite" if "sqlite" in type(connection).__module__ else "postgresql"]
    cursor = connection.cursor()
    for statement in statements:
        cursor.execute(statement)
    cursor.close()
