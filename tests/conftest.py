"""What every test may use; a package's own fixtures live beside its tests."""

from __future__ import annotations

import gc
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests.fakes.postgres import postgres

pytest_plugins = ["tests.measuring"]

# No deadline: how long an example takes depends on the machine, and a timing is no test. In CI the examples are the
# same every time, so that a change is judged by what it changed, and more of them would find nothing that the first run
# didn't; elsewhere new ones are tried at every run, and most with `--hypothesis-profile=long`.
_SLOW = [HealthCheck.too_slow]  # hostile words of every kind take long to make up
settings.register_profile("here", deadline=None, suppress_health_check=_SLOW, max_examples=25)
settings.register_profile("ci", settings.get_profile("here"), derandomize=True, database=None)
settings.register_profile("quick", settings.get_profile("here"), max_examples=10)
settings.register_profile("long", settings.get_profile("here"), max_examples=500)
settings.load_profile("ci" if os.environ.get("CI") else "here")

_IN_MEMORY = Path("/dev/shm")  # noqa: S108 - Linux has it, and it is only the place for folders with names of their own
_ROOM = 2**30
"""What the tests write, in bytes, many times over."""


def pytest_configure() -> None:
    """Reach the servers of tests straight, and write files where no disk is waited for, if there is such a place.

    There are ten thousand of them, and two databases. What is loaded before the first test is hardly ever garbage.
    """
    gc.disable()
    for name in [name for name in os.environ if name.lower() in ("http_proxy", "https_proxy", "all_proxy")]:
        del os.environ[name]
    if "TMPDIR" in os.environ or not _IN_MEMORY.is_dir():
        return
    there = os.statvfs(_IN_MEMORY)
    if there.f_bavail * there.f_frsize > _ROOM and not there.f_flag & os.ST_NOEXEC:
        os.environ["TMPDIR"] = tempfile.tempdir = str(_IN_MEMORY)


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Leave whole files of slow tests unread in a quick run: to import what they need takes longer than most tests."""
    if config.option.markexpr != "not slow" or collection_path.suffix != ".py":
        return None
    return True if "\npytestmark = pytest.mark.slow\n" in collection_path.read_text(encoding="utf-8") else None


def pytest_collection_finish() -> None:
    """Search for garbage from now on, but seldom, and never among what is made by now, which stays until the end."""
    gc.freeze()
    gc.set_threshold(5_000)
    gc.enable()


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """One server for all tests of a worker that need one."""
    with postgres() as url:
        yield url


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.unmeasured)])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A database with nothing in its tables: the test runs with either kind, over the same lines of ours."""
    from tests.fakes.databases import schema_with_tables, sqlite_in  # here: what is loaded by now is not measured

    if request.param == "sqlite":
        return sqlite_in(tmp_path)
    return schema_with_tables(request.getfixturevalue("postgres_server"))
