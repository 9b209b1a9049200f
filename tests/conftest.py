"""What every test may use; a package's own fixtures live beside its tests."""

from __future__ import annotations

import os

import pytest
from hypothesis import settings

# No deadline: how long an example takes depends on the machine, and a timing is no test. In CI the examples are the
# same every time, so that a change is judged by what it changed; elsewhere new ones are tried at every run.
settings.register_profile("here", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True, database=None)
settings.load_profile("ci" if os.environ.get("CI") else "here")


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    """Reach the servers of tests straight, whatever the environment says."""
    for name in ("http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
