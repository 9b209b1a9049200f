"""Coverage, of what a test does and is given alone: a plugin of pytest, beside pytest-cov, which reports it.

To be watched doubles the time of whatever is written in Python, and what pytest, its plugins and the workers do between
tests is a third of it. So watching is interrupted there, for the thread of the tests: other threads go on being
watched, as those do that an assistant for many tests works on. Coverage's own stop ends that for good.
"""

from __future__ import annotations

import contextlib
import sys
import threading
from collections.abc import Generator, Iterator
from importlib.machinery import SourceFileLoader
from pathlib import Path
from types import ModuleType
from typing import Any, TypeAlias

import pytest

_Trace: TypeAlias = Any
"""What sys.settrace and threading.settrace take."""

_UNMEASURED = tuple(Path(__file__).parent / folder for folder in ("adapters", "bank", "benchmarks"))
_OURS = {"bot", "knowledge"}
_BY_NOBODY = None, None
_WATCHING = pytest.StashKey[tuple[_Trace, _Trace]]()


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "unmeasured: what the test reaches is no coverage")


@pytest.hookimpl(tryfirst=True)
def pytest_sessionstart(session: pytest.Session) -> None:
    """End what pytest-cov began too early.

    It begins twice in a worker, and the first would go on in the place of the second where that is interrupted. In what
    hands the tests out to workers, none is run.
    """
    plugin = session.config.pluginmanager.getplugin("_cov")
    spread = hasattr(session.config, "workerinput") or session.config.getoption("numprocesses", None)
    if spread and plugin is not None and plugin.cov_controller is not None:
        plugin.cov_controller.cov.stop()


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_collection(session: pytest.Session) -> Generator[None, object, object]:
    """Watch what is imported of ours, from now on, and not how tests are collected, nor what is imported of others."""
    watching = session.config.stash[_WATCHING] = sys.gettrace(), threading.gettrace()
    load = SourceFileLoader.exec_module

    def exec_module(loader: SourceFileLoader, module: ModuleType) -> None:
        ours = module.__name__.partition(".")[0] in _OURS
        with _watched_by(*(watching if ours else _BY_NOBODY)):
            load(loader, module)

    patch = pytest.MonkeyPatch()
    patch.setattr(SourceFileLoader, "exec_module", exec_module)
    session.config.add_cleanup(patch.undo)
    with _watched_by(*_BY_NOBODY):
        return (yield)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Measure no coverage where chance picks the examples, nor where a rate, an adapter or a benchmark is tested.

    It would count lines of bot/ and knowledge/ that no assertion is about, others in each run, and take up to four
    times as long.
    """
    for item in items:
        by_chance = getattr(getattr(item, "obj", None), "is_hypothesis_test", False)
        if by_chance or any(item.path.is_relative_to(folder) for folder in _UNMEASURED):
            item.add_marker(pytest.mark.unmeasured)


@pytest.hookimpl(wrapper=True)
def pytest_runtestloop() -> Generator[None, object, object]:
    """Watch nothing but the tests."""
    with _watched_by(*_BY_NOBODY):
        return (yield)


@pytest.hookimpl(wrapper=True, trylast=True)
def pytest_runtest_setup(item: pytest.Item) -> Generator[None]:
    return (yield from _watched(item))


@pytest.hookimpl(wrapper=True, trylast=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None]:
    return (yield from _watched(item))


@pytest.hookimpl(wrapper=True, trylast=True)
def pytest_runtest_teardown(item: pytest.Item) -> Generator[None]:
    return (yield from _watched(item))


def _watched(item: pytest.Item) -> Generator[None]:
    if item.get_closest_marker("unmeasured"):
        return (yield)
    with _watched_by(*item.config.stash[_WATCHING]):
        return (yield)


@contextlib.contextmanager
def _watched_by(trace: _Trace, of_new_threads: _Trace) -> Iterator[None]:
    before = sys.gettrace(), threading.gettrace()
    if before == (trace, of_new_threads):
        yield
        return
    sys.settrace(trace)
    threading.settrace(of_new_threads)
    try:
        yield
    finally:
        sys.settrace(before[0])
        threading.settrace(before[1])
