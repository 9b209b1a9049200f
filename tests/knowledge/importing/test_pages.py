"""Feeds of several pages from end to end, over real HTTP: all of them are one feed, whatever happens on the way."""

from __future__ import annotations

import json
from datetime import date
from html import escape
from pathlib import Path

import pytest
from aiohttp import web

from knowledge import library as libraries
from knowledge.importing.from_feeds import SAME_GUID, feed_origin
from knowledge.importing.pages import BREAKS_OFF, ENDLESS
from knowledge.importing.run import Event, FeedRead, Handled, Options
from knowledge.importing.store import RECORD, Change
from knowledge.importing.web import Reach
from tests.fakes.web import FakeWeb
from tests.knowledge.importing.conftest import Import

ANYWHERE = Options(reach=Reach.ANYWHERE)
HIVE = ["hive-talk-1", "hive-talk-2", "hive-talk-3", "hive-talk-4", "hive-talk-5", "hive-talk-6"]


def page(*numbers: int, goes_on_at: str = "", tags: str = "") -> bytes:
    """Write a page with some episodes, each a day after the one whose number comes before."""
    more = f'<atom:link rel="next" href="{escape(goes_on_at)}"/>' if goes_on_at else ""
    entries = "".join(
        f"<item><title>Bees {number}</title><guid>hive-{number}</guid><itunes:episode>{number}</itunes:episode>"
        f"<pubDate>2026-03-{number:02}</pubDate>{tags}</item>"
        for number in numbers
    )
    return (
        '<rss xmlns:atom="http://www.w3.org/2005/Atom" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" '
        'xmlns:podcast="https://podcastindex.org/namespace/1.0">'
        f"<channel><title>Hive Talk</title>{more}{entries}</channel></rss>"
    ).encode()


@pytest.fixture
def hive(server: FakeWeb) -> FakeWeb:
    """Serve a feed of three pages, two episodes each."""
    server.files |= {
        "/feed": page(6, 5, goes_on_at="/feed/2"),
        "/feed/2": page(4, 3, goes_on_at=f"{server.url}/feed/3"),
        "/feed/3": page(2, 1),
    }
    return server


def changes(events: list[Event]) -> list[Change]:
    return [event.change for event in events if isinstance(event, Handled)]


def told(events: list[Event]) -> list[tuple[str, str]]:
    return [(event.source, each.reason) for event in events if isinstance(event, FeedRead) for each in event.findings]


def folders(library: Path) -> list[str]:
    return sorted(episode.id for episode in libraries.read(library).episodes)


async def test_a_feed_of_three_pages_is_one_feed(hive: FakeWeb, imported: Import, library: Path) -> None:
    events = await imported(f"{hive.url}/feed")

    assert changes(events) == [Change.ADDED] * 6
    assert [event.source for event in events if isinstance(event, Handled)] == [f"“Bees {n}”" for n in range(6, 0, -1)]
    assert hive.paths == ["/feed", "/feed/2", "/feed/3"]
    assert folders(library) == HIVE
    origins = [json.loads((library / folder / RECORD).read_text())["origin"] for folder in HIVE]
    assert origins == [f"{feed_origin(f'{hive.url}/feed')}hive-{number}" for number in range(1, 7)]


@pytest.mark.parametrize("back_to", ["/feed", "/feed/2", "/feed/3"])
async def test_a_page_that_leads_back_is_the_last(hive: FakeWeb, imported: Import, library: Path, back_to: str) -> None:
    hive.files["/feed/3"] = page(2, 1, goes_on_at=back_to)

    events = await imported(f"{hive.url}/feed")

    assert (hive.paths, told(events)) == (["/feed", "/feed/2", "/feed/3"], [])
    assert folders(library) == HIVE


async def test_a_missing_page_is_told_and_the_next_import_completes_the_feed(
    hive: FakeWeb, imported: Import, library: Path
) -> None:
    second = hive.files.pop("/feed/2")

    events = await imported(f"{hive.url}/feed")

    assert told(events) == [(f"page 2 at {hive.url}/feed/2", BREAKS_OFF.format("the server answers 404"))]
    assert folders(library) == HIVE[4:]

    hive.files["/feed/2"] = second
    assert changes(await imported(f"{hive.url}/feed")) == [Change.UNCHANGED] * 2 + [Change.ADDED] * 4


async def test_a_page_that_goes_missing_takes_no_episode_with_it(
    hive: FakeWeb, imported: Import, library: Path
) -> None:
    await imported(f"{hive.url}/feed")
    third = hive.files.pop("/feed/3")
    assert changes(await imported(f"{hive.url}/feed")) == [Change.UNCHANGED] * 4

    hive.files["/feed"] = page(7, 6, goes_on_at="/feed/2")
    hive.files["/feed/2"] = page(5, 4, goes_on_at="/feed/3")
    assert changes(await imported(f"{hive.url}/feed")) == [Change.ADDED] + [Change.UNCHANGED] * 3
    assert folders(library) == [*HIVE, "hive-talk-7"]

    hive.files["/feed/3"] = third
    assert changes(await imported(f"{hive.url}/feed")) == [Change.UNCHANGED] * 6


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"<!doctype html><html><body><p>Please log in</p></body></html>", "not an RSS or Atom feed with episodes"),
        (
            b"<!DOCTYPE rss [<!ENTITY a 'b'>]><rss/>",
            "it defines XML entities, which attacks use and no podcast feed needs",
        ),
    ],
)
async def test_something_else_in_place_of_a_page_is_told_and_asked_for_again(
    hive: FakeWeb, imported: Import, library: Path, body: bytes, reason: str
) -> None:
    second, hive.files["/feed/2"] = hive.files["/feed/2"], body

    events = await imported(f"{hive.url}/feed")

    assert told(events) == [(f"page 2 at {hive.url}/feed/2", BREAKS_OFF.format(reason))]
    hive.files["/feed/2"] = second
    await imported(f"{hive.url}/feed")
    assert folders(library) == HIVE


async def test_an_empty_last_page_is_a_page(hive: FakeWeb, imported: Import) -> None:
    hive.files["/feed/3"] = page()

    events = await imported(f"{hive.url}/feed")

    assert (changes(events), told(events)) == ([Change.ADDED] * 4, [])


async def test_an_episode_on_two_pages_is_told_and_imported_once(
    hive: FakeWeb, imported: Import, library: Path
) -> None:
    hive.files["/feed/2"] = page(5, 4, 3, goes_on_at="/feed/3")

    events = await imported(f"{hive.url}/feed")

    skipped = [event for event in events if isinstance(event, Handled) and event.change is Change.SKIPPED]
    assert [(event.source, event.notes) for event in skipped] == [("“Bees 5”", (SAME_GUID,))]
    assert folders(library) == HIVE


async def test_a_page_in_a_private_network_is_read_at_the_feeds_own_host_alone(
    hive: FakeWeb, imported: Import, library: Path
) -> None:
    elsewhere = hive.url.replace("127.0.0.1", "localhost")
    hive.files["/feed/2"] = page(4, 3, goes_on_at=f"{elsewhere}/feed/3")

    events = await imported(f"{hive.url}/feed")

    ((place, reason),) = told(events)
    assert place == f"page 3 at {elsewhere}/feed/3"
    assert "it leads into a private network" in reason
    assert hive.paths == ["/feed", "/feed/2"]
    assert changes(await imported(f"{hive.url}/feed", options=ANYWHERE)) == [Change.UNCHANGED] * 4 + [Change.ADDED] * 2
    assert folders(library) == HIVE


@pytest.mark.parametrize(("limit", "most"), [("MOST_PAGES", 2), ("LARGEST_FEED", 800)])
async def test_a_feed_without_an_end_is_left_at_some_point_and_that_is_told(
    hive: FakeWeb, imported: Import, library: Path, monkeypatch: pytest.MonkeyPatch, limit: str, most: int
) -> None:
    monkeypatch.setattr(f"knowledge.importing.pages.{limit}", most)

    events = await imported(f"{hive.url}/feed")

    assert told(events) == [(f"page 3 at {hive.url}/feed/3", ENDLESS)]
    assert hive.paths == ["/feed", "/feed/2"]
    assert folders(library) == HIVE[2:]


async def test_a_transcript_that_an_old_episode_gets_on_a_later_page_comes_with_the_next_import(
    hive: FakeWeb, imported: Import, library: Path
) -> None:
    await imported(f"{hive.url}/feed", options=ANYWHERE)
    hive.files["/feed/3"] = page(2, 1, tags=f'<podcast:transcript url="{hive.url}/2.vtt" type="text/vtt"/>')
    hive.files["/2.vtt"] = b"WEBVTT\n\n00:01.000 --> 00:02.000\nWelcome back.\n"

    again = await imported(f"{hive.url}/feed", options=ANYWHERE)

    assert changes(again) == [Change.UNCHANGED] * 4 + [Change.UPDATED] * 2
    assert (library / "hive-talk-1" / "transcript.vtt").exists()


async def test_a_page_that_was_imported_as_a_feed_of_its_own_joins_its_feed(
    hive: FakeWeb, imported: Import, library: Path
) -> None:
    await imported(f"{hive.url}/feed/3")

    assert changes(await imported(f"{hive.url}/feed")) == [Change.ADDED] * 4 + [Change.UNCHANGED] * 2
    assert folders(library) == HIVE


async def test_the_newest_are_found_on_whatever_page_they_are(server: FakeWeb, imported: Import, library: Path) -> None:
    server.files |= {"/feed": page(1, 2, goes_on_at="/feed/2"), "/feed/2": page(3, 4)}

    await imported(f"{server.url}/feed", options=Options(limit=1))
    assert folders(library) == ["hive-talk-4"]
    since = await imported(f"{server.url}/feed", options=Options(since=date(2026, 3, 3)))
    assert sorted(changes(since)) == [Change.ADDED, Change.SKIPPED, Change.SKIPPED, Change.UNCHANGED]


async def test_a_dry_run_reads_all_pages_and_writes_nothing(hive: FakeWeb, imported: Import, library: Path) -> None:
    assert changes(await imported(f"{hive.url}/feed", options=Options(dry_run=True))) == [Change.ADDED] * 6
    assert not library.exists()


async def test_a_feed_on_disk_goes_on_where_its_links_may_lead(
    hive: FakeWeb, imported: Import, library: Path, tmp_path: Path
) -> None:
    (tmp_path / "f\udcffed.xml").write_bytes(page(6, 5, goes_on_at=f"{hive.url}/feed/2"))
    feed = tmp_path / "f\udcffed.xml"

    ((_, refused),) = told(await imported(feed))
    assert "it leads into a private network" in refused
    assert hive.paths == []

    assert changes(await imported(feed, options=ANYWHERE)) == [Change.UNCHANGED] * 2 + [Change.ADDED] * 4
    assert folders(library) == HIVE


async def test_words_from_files_join_entries_of_any_page(
    hive: FakeWeb, imported: Import, library: Path, tmp_path: Path
) -> None:
    (tmp_path / "hive-talk").mkdir()
    (tmp_path / "hive-talk" / "hive-talk-1.txt").write_text("Maya Keller: Welcome back.")

    await imported(f"{hive.url}/feed", tmp_path / "hive-talk")

    assert folders(library) == HIVE
    first = next(episode for episode in libraries.read(library).episodes if episode.id == "hive-talk-1")
    assert (first.title, first.published) == ("Bees 1", date(2026, 3, 1))


async def test_the_key_of_a_private_feed_in_its_pages_addresses_is_written_and_told_nowhere(
    server: FakeWeb, imported: Import, library: Path
) -> None:
    there = {"1"}

    async def private(request: web.Request) -> web.StreamResponse:
        number = request.query.get("page", "1")
        if request.query["token"] != "s3cret" or number not in there:
            return web.Response(status=404)
        goes_on_at = "?page=2&token=s3cret" if number == "1" else ""
        return web.Response(body=page(int(number), goes_on_at=goes_on_at), headers={"ETag": number})

    server.files["/feed"] = private
    source = f"{server.url}/feed?token=s3cret"

    missing = await imported(source)
    there.add("2")
    await imported(source)

    assert changes(await imported(source)) == [Change.UNCHANGED] * 2
    assert told(missing) == [(f"page 2 at {server.url}/feed", BREAKS_OFF.format("the server answers 404"))]
    assert not [path for path in library.rglob("*") if path.is_file() and b"s3cret" in path.read_bytes()]
