"""What every test may use; a package's own fixtures live beside its tests."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests.fakes.postgres import postgres

pytest_plugins = ["tests.measuring"]

# No deadline: how long an example takes depends on the machine, and a timing is no test. In CI the examples are the
# same every time, so that a change is judged by what it changed; elsewhere new ones are tried at every run.
_SLOW = [HealthCheck.too_slow]  # hostile words of every kind take long to make up
# A third as many here, where the tests are run all day and others are tried each time.
settings.register_profile("here", deadline=None, suppress_health_check=_SLOW, max_examples=33)
settings.register_profile("ci", settings.get_profile("here"), max_examples=100, derandomize=True, database=None)
settings.register_profile("quick", settings.get_profile("here"), max_examples=10)
settings.load_profile("ci" if os.environ.get("CI") else "here")


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Leave whole files of slow tests unread in a quick run: to import what they need takes longer than most tests."""
    if config.option.markexpr != "not slow" or collection_path.suffix != ".py":
        return None
    return True if "\npytestmark = pytest.mark.slow\n" in collection_path.read_text(encoding="utf-8") else None


def pytest_collection_finish() -> None:
    """Leave what is made by now, which stays until the end, out of each later search for garbage."""
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    """Reach the servers of tests straight, whatever the environment says."""
    for name in ("http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """One server for all tests of a worker that need one."""
    with postgres() as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A database with nothing in its tables: the test runs with either kind."""
    from tests.fakes.databases import schema_with_tables, sqlite_in  # here: what is loaded by now is not measured

    if request.param == "sqlite":
        return sqlite_in(tmp_path)
    return schema_with_tables(request.getfixturevalue("postgres_server"))
