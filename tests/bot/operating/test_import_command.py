"""`overheard import` from end to end: real files, a real server, the real command."""

from __future__ import annotations

import asyncio
import io
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from adapters.terminal.progress import Bar, shown
from bot.__main__ import _importer, _indexing
from bot.operating.opening import check_library, index_library
from bot.operating.session import Status
from bot.port.checks import Report
from bot.port.errors import UsageError
from knowledge.search.index.cache import IndexCache
from tests.fakes import commands
from tests.fakes.assistant import NotingAssistant
from tests.fakes.commands import PARTS
from tests.fakes.web import FakeWeb

Run = Callable[..., tuple[int, str]]


@pytest.fixture
def run() -> Run:
    def command(*arguments: str) -> tuple[int, str]:
        parts = replace(PARTS, assistant=lambda *_: NotingAssistant(), library_check=check, importer=_importer)
        status, shown = commands.run(parts, "import", *arguments)
        return status, " ".join(shown.split())

    return command


def check(folder: Path | None) -> Report:
    return check_library(folder)


def test_a_folder_is_imported_and_told_about(run: Run, tmp_path: Path) -> None:
    (tmp_path / "hive").mkdir()
    for number in range(1, 13):
        (tmp_path / "hive" / f"hive-{number}.txt").write_bytes(b"Caf\xe9.\n" + bytes(number == 12))

    status, told = run("hive", "--library", "library")

    assert status == Status.ANSWERED
    assert "hive-12.txt: skipped, not a text file; no words found in it" in told
    assert f"{tmp_path}/hive/hive-1.txt:1, " in told
    assert "and 1 more: not UTF-8; read as Windows-1252" in told
    assert "“Hive” (11 new)" in told
    assert "11 added, 0 updated, 0 unchanged, 1 skipped, in " in told
    assert re.search(r"Serve it with: overheard run --library \S+$", told)
    assert check_library(tmp_path / "library").problems == ()


def test_the_last_line_says_how_to_serve_what_was_imported(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "hive-1.txt").write_text("Hello.")

    _, named = run("hive-1.txt", "--library", "my library")
    monkeypatch.setenv("OVERHEARD_LIBRARY", "my library")
    _, set_ = run("hive-1.txt")
    _, dry = run("hive-1.txt", "--dry-run")

    assert named.endswith("overheard chat --library 'my library' Serve it with: overheard run --library 'my library'")
    assert set_.endswith("Serve it with: overheard run")
    assert "Serve it" not in dry


def test_an_import_leaves_nothing_for_the_first_question_to_index(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("OVERHEARD_CACHE", str(tmp_path / "cache"))
    (tmp_path / "hive-1.txt").write_text("\n\n".join(f"Bees make cell {n}. " * 20 for n in range(800)))

    run("hive-1.txt", "--library", "library")
    told = list(caplog.messages)
    caplog.clear()
    IndexCache(tmp_path / "cache").open(tmp_path / "library")

    assert told == [f"indexing 1 episode of {tmp_path / 'library'}"]
    assert caplog.messages == []


def test_what_is_wrong_with_a_library_is_not_for_its_indexing_to_tell(tmp_path: Path) -> None:
    (tmp_path / "hive-1").mkdir()
    (tmp_path / "hive-1" / "episode.yaml").write_text("title: [" + " " * 300_000)

    index_library(tmp_path, tmp_path / "cache", _indexing)

    assert "nothing in it can be used" in check_library(tmp_path).summary


def test_a_dry_run_writes_nothing_and_says_so(run: Run, tmp_path: Path) -> None:
    (tmp_path / "hive-1.txt").write_text("Hello.")

    status, told = run("hive-1.txt", "--library", "library", "--dry-run")

    assert status == Status.ANSWERED
    assert "Nothing was written; an import would give 1 added" in told
    assert not (tmp_path / "library").exists()


def test_the_library_may_be_a_setting(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "hive-1.txt").write_text("Hello.")
    (tmp_path / "mine").mkdir()
    monkeypatch.setenv("OVERHEARD_LIBRARY", str(tmp_path / "mine"))

    _, told = run("hive-1.txt", "--show", "Hive Talk")

    assert "named after" not in told
    assert "show: Hive Talk" in (tmp_path / "mine" / "hive-1" / "episode.yaml").read_text()


def test_without_a_library_it_asks_for_one(run: Run, tmp_path: Path) -> None:
    (tmp_path / "hive-1.txt").write_text("Hello.")

    with pytest.raises(UsageError, match="say which folder to fill"):
        run("hive-1.txt")


def test_a_source_that_is_none_is_told(run: Run) -> None:
    with pytest.raises(UsageError, match="there is no file or folder nowhere"):
        run("nowhere", "--library", "library")


def test_nothing_to_import_is_not_found(run: Run, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()

    assert run("empty", "--library", "library", "--since", "2026-01-01", "--limit", "3")[0] == Status.NOT_ANSWERED


async def test_a_feed_is_fetched_and_its_links_into_private_networks_are_told(run: Run, tmp_path: Path) -> None:
    async with FakeWeb.running() as server:
        offer = f'<podcast:transcript url="{server.url}/1.vtt" type="text/vtt"/>'
        server.files["/feed"] = (
            '<rss xmlns:podcast="https://podcastindex.org/namespace/1.0"><channel><title>Hive Talk</title>'
            f"<item><title>Bees</title><pubDate>soon</pubDate>{offer}</item></channel></rss>"
        ).encode()
        server.files["/1.vtt"] = b"WEBVTT\n\n00:01.000 --> 00:02.000\nHello.\n"

        refused = await asyncio.to_thread(run, f"{server.url}/feed", "--library", "library")
        allowed = await asyncio.to_thread(run, f"{server.url}/feed", "--library", "library", "--allow-private")

    assert "“Bees”: the transcript could not be fetched: it leads into a private network" in refused[1]
    assert "/feed:1: a date that can't be read; left out" in refused[1]
    assert "0 added, 1 updated" in allowed[1]
    assert (tmp_path / "library" / "hive-talk-bees" / "transcript.vtt").exists()


async def test_a_feed_of_several_pages_is_fetched_by_its_one_address(run: Run, tmp_path: Path) -> None:
    def page(number: int, more: str) -> bytes:
        return (
            f'<rss xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>Hive Talk</title>{more}'
            f"<item><title>Episode {number}: Bees</title></item></channel></rss>"
        ).encode()

    async with FakeWeb.running() as server:
        server.files["/feed"] = page(2, f'<atom:link rel="next" href="{server.url}/feed/2"/>')

        broken_off = await asyncio.to_thread(run, f"{server.url}/feed", "--library", "library")
        server.files["/feed/2"] = page(1, "")
        whole = await asyncio.to_thread(run, f"{server.url}/feed", "--library", "library")

    assert (
        f"page 2 at {server.url}/feed/2: not read, the server answers 404; the pages before it are imported, and "
        "importing again once it is back completes the feed" in broken_off[1]
    )
    assert "1 added, 0 updated, 1 unchanged" in whole[1]
    assert check_library(tmp_path / "library").problems == ()


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def grow(bar: Bar) -> None:
    bar.turn()
    bar.turn()
    bar.plan(2)
    bar.advance()
    bar.plan(2)
    bar.advance()


def test_the_bar_is_drawn_on_a_terminal_and_nowhere_else(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    screen, file = _Terminal(), io.StringIO()

    with shown(screen) as bar:
        grow(bar)
    with shown(file) as bar:
        grow(bar)

    assert "2/4" in screen.getvalue()
    assert "Importing" in screen.getvalue()
    assert "time left" in screen.getvalue()
    assert file.getvalue() == ""


def test_the_bar_of_an_index_is_called_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    screen = _Terminal()
    monkeypatch.setattr("sys.__stderr__", screen)

    with _indexing() as bar:
        bar.plan(2)
        bar.advance()

    assert "Indexing" in screen.getvalue()
    assert "1/2" in screen.getvalue()


def test_the_bar_counts_the_pages_of_a_feed_until_there_are_episodes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    screen = _Terminal()

    with shown(screen) as bar:
        bar.turn()
        bar.turn()

    assert "Reading, page 2" in screen.getvalue()
