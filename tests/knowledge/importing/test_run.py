"""Imports from end to end: feeds over real HTTP, folders and files, again and again."""

from __future__ import annotations

import asyncio
import os
from datetime import date
from pathlib import Path

import pytest
from aiohttp import web

from knowledge import library as libraries
from knowledge.importing.from_feeds import MISSING, NO_TRANSCRIPT, SAME_GUID, WEB_PAGE
from knowledge.importing.from_files import CLOSED, LINKED, NO_FILE, NOT_READ
from knowledge.importing.run import Event, FeedRead, Handled, Options, Planned, SourceError
from knowledge.importing.store import BESIDE, Change
from knowledge.importing.web import Reach
from knowledge.library.inside import LEADS_OUT
from knowledge.library.transcripts import spoken, transcript_in
from knowledge.model import Episode, Ids, Links, Person
from tests.fakes.web import Answer, FakeWeb
from tests.knowledge.importing.conftest import Import

ANYWHERE = Options(reach=Reach.ANYWHERE)

VTT = b"""WEBVTT

00:00:00.000 --> 00:00:05.000
<v Maya Keller>Welcome back. What does a swarm do first?

00:00:05.000 --> 00:00:15.000
<v Tomas Ortega>A swarm moves when enough scouts agree, not when all of them do.
"""

FEED = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:podcast="https://podcastindex.org/namespace/1.0"
     xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd">
<channel>
  <title>Hive Talk</title>
  <language>en</language>
  <podcast:guid>917393e3-1b1e-5cef-ace4-edaa54e1f810</podcast:guid>
  <atom:link xmlns:atom="http://www.w3.org/2005/Atom" href="https://podcasts.apple.com/podcast/id1434243584"/>
  <podcast:person role="host">Maya Keller</podcast:person>
  <item>
    <title>Older: how bees dance</title>
    <guid isPermaLink="false">hive-11</guid>
    <pubDate>Sun, 22 Feb 2026 06:00:00 +0000</pubDate>
  </item>
  <item>
    <title>#12 How bees decide</title>
    <itunes:title>How bees decide</itunes:title>
    <itunes:duration>1:02:03</itunes:duration>
    <podcast:episode>12</podcast:episode>
    <guid isPermaLink="false">hive-12</guid>
    <link>https://hive.example/12</link>
    <pubDate>Sun, 01 Mar 2026 06:00:00 +0000</pubDate>
    <description><![CDATA[<p>Tomas Ortega on scouts &amp; swarms.</p>]]></description>
    <enclosure url="https://cdn.example/hive-12.mp3" length="1" type="audio/mpeg"/>
    <podcast:person role="host">Maya Keller</podcast:person>
    <podcast:person role="guest">Tomas Ortega</podcast:person>
    <podcast:person role="editor" group="post-production">Ed Itor</podcast:person>
    <podcast:transcript url="{server}/12.txt" type="text/plain"/>
    <podcast:transcript url="{server}/12.vtt" type="text/vtt"/>
    <podcast:chapters url="{server}/12.json" type="application/json+chapters"/>
    <podcast:soundbite startTime="5.0" duration="10.0">Enough is enough</podcast:soundbite>
    <podcast:soundbite startTime="1800.0" duration="10.0">Never heard</podcast:soundbite>
  </item>
</channel>
</rss>
"""


def handled(events: list[Event]) -> list[Handled]:
    return [event for event in events if isinstance(event, Handled)]


def changes(events: list[Event]) -> list[Change]:
    return [event.change for event in handled(events)]


def only(library: Path) -> Episode:
    (episode,) = libraries.read(library).episodes
    return episode


def only_of(library: Path, folder: str) -> Episode:
    return next(each for each in libraries.read(library).episodes if each.id == folder)


@pytest.fixture
def hive(server: FakeWeb) -> FakeWeb:
    """Serve a feed of two episodes; one of them has all that a feed can have."""
    server.files |= {
        "/feed.xml": FEED.replace("{server}", server.url).encode(),
        "/12.vtt": VTT,
        "/12.txt": b"Welcome back.",
        "/12.json": b'{"chapters": [{"startTime": 0, "title": "Hello"}, {"startTime": 60, "title": "Scouts"},'
        b'{"startTime": 90, "title": "Outro"}]}',
    }
    return server


async def test_a_feed_becomes_a_library(hive: FakeWeb, imported: Import, library: Path) -> None:
    events = await imported(f"{hive.url}/feed.xml", options=ANYWHERE)

    assert changes(events) == [Change.ADDED, Change.ADDED]
    assert sum(event.count for event in events if isinstance(event, Planned)) == 2
    newest, oldest = libraries.read(library).episodes
    assert newest.id == "hive-talk-12"
    assert (newest.title, newest.show, newest.number) == ("How bees decide", "Hive Talk", "12")
    assert newest.published == date(2026, 3, 1)
    assert (newest.hosts, newest.guests) == ((Person("Maya Keller"),), (Person("Tomas Ortega"),))
    assert newest.links == Links(page="https://hive.example/12", audio="https://cdn.example/hive-12.mp3")
    assert newest.ids == Ids(podcast="917393e3-1b1e-5cef-ace4-edaa54e1f810", guid="hive-12", apple="1434243584")
    assert newest.summary == "Tomas Ortega on scouts & swarms."
    assert [(topic.title, topic.summary) for topic in newest.topics] == [
        ("Hello", "A chapter of the episode, 0:00 to 1:00."),
        ("Scouts", "A chapter of the episode, 1:00 to 1:30."),
        ("Never heard", "A moment of the episode, 30:00 to 30:10."),
    ]
    (quote,) = newest.quotes
    assert (quote.speaker, quote.text) == (
        "Tomas Ortega",
        "A swarm moves when enough scouts agree, not when all of them do.",
    )
    assert (library / "hive-talk-12" / "transcript.vtt").read_bytes() == VTT
    assert [passage.speaker for passage in spoken(library / newest.id, newest)] == [
        "Maya Keller",
        "Tomas Ortega",
    ]
    assert oldest.id == "hive-talk-older-how-bees-dance"
    assert handled(events)[1].notes == (NO_TRANSCRIPT,)


async def test_what_has_not_changed_is_asked_about_and_not_sent_again(hive: FakeWeb, imported: Import) -> None:
    await imported(f"{hive.url}/feed.xml", options=ANYWHERE)
    hive.asked.clear()

    again = await imported(f"{hive.url}/feed.xml", options=ANYWHERE)

    assert changes(again) == [Change.UNCHANGED, Change.UNCHANGED]
    assert sorted(hive.paths) == ["/12.json", "/12.vtt", "/feed.xml"]
    assert all("If-None-Match" in request.headers for request in hive.asked)


async def test_another_name_for_the_show_counts_for_an_unchanged_feed(
    hive: FakeWeb, imported: Import, library: Path
) -> None:
    await imported(f"{hive.url}/feed.xml", options=ANYWHERE)

    again = await imported(f"{hive.url}/feed.xml", options=Options(reach=Reach.ANYWHERE, show="Bee Talk"))

    assert changes(again) == [Change.UPDATED, Change.UPDATED]
    assert {episode.show for episode in libraries.read(library).episodes} == {"Bee Talk"}


@pytest.mark.parametrize("deleted", ["hive-talk-12/transcript.vtt", "hive-talk-older-how-bees-dance"])
async def test_what_is_deleted_comes_back_though_the_feed_is_unchanged(
    hive: FakeWeb, imported: Import, library: Path, deleted: str
) -> None:
    await imported(f"{hive.url}/feed.xml", options=ANYWHERE)
    (library / deleted).rename(library.parent / "bin")

    await imported(f"{hive.url}/feed.xml", options=ANYWHERE)

    assert (library / deleted).exists()


async def test_of_a_changed_feed_only_what_changed_is_fetched(hive: FakeWeb, imported: Import, library: Path) -> None:
    await imported(f"{hive.url}/feed.xml", options=ANYWHERE)
    feed = hive.files["/feed.xml"]
    assert isinstance(feed, bytes)
    hive.files["/feed.xml"] = feed.replace(b"Older: how bees dance", b"How bees dance")
    hive.asked.clear()

    again = await imported(f"{hive.url}/feed.xml", options=ANYWHERE)

    assert changes(again) == [Change.UNCHANGED, Change.UPDATED]
    assert all("If-None-Match" in request.headers for request in hive.asked)
    assert libraries.read(library).episodes[1].title == "How bees dance"


@pytest.mark.parametrize("also_changed", [b"", b"Older: "])
async def test_a_corrected_transcript_comes_with_the_next_import(
    hive: FakeWeb, imported: Import, library: Path, also_changed: bytes
) -> None:
    await imported(f"{hive.url}/feed.xml", options=ANYWHERE)
    feed = hive.files["/feed.xml"]
    assert isinstance(feed, bytes)
    hive.files["/feed.xml"] = feed.replace(also_changed, b"") if also_changed else feed
    hive.files["/12.vtt"] = VTT.replace(b"Welcome back", b"Hello again")

    again = await imported(f"{hive.url}/feed.xml", options=ANYWHERE)

    assert changes(again) == [Change.UPDATED, Change.UPDATED if also_changed else Change.UNCHANGED]
    assert b"Hello again" in (library / "hive-talk-12" / "transcript.vtt").read_bytes()


async def test_refreshing_fetches_what_seems_unchanged(hive: FakeWeb, imported: Import, library: Path) -> None:
    answered = [VTT, VTT.replace(b"Welcome back", b"Hello again")]

    async def without_a_version(_: web.Request) -> web.StreamResponse:
        return web.Response(body=answered[0])

    hive.files["/12.vtt"] = without_a_version
    await imported(f"{hive.url}/feed.xml", options=ANYWHERE)
    answered.pop(0)
    assert changes(await imported(f"{hive.url}/feed.xml", options=ANYWHERE)) == [Change.UNCHANGED, Change.UNCHANGED]

    again = await imported(f"{hive.url}/feed.xml", options=Options(reach=Reach.ANYWHERE, refresh=True))

    assert changes(again) == [Change.UPDATED, Change.UNCHANGED]
    assert b"Hello again" in (library / "hive-talk-12" / "transcript.vtt").read_bytes()


async def test_what_cannot_be_had_any_more_stays_as_it_was(hive: FakeWeb, imported: Import, library: Path) -> None:
    await imported(f"{hive.url}/feed.xml", options=ANYWHERE)
    before = only_of(library, "hive-talk-12")
    del hive.files["/12.vtt"], hive.files["/12.txt"], hive.files["/12.json"]

    assert changes(await imported(f"{hive.url}/feed.xml", options=ANYWHERE)) == [Change.UNCHANGED, Change.UNCHANGED]
    refreshed = await imported(f"{hive.url}/feed.xml", options=Options(reach=Reach.ANYWHERE, refresh=True))

    assert changes(refreshed) == [Change.UNCHANGED, Change.UNCHANGED]
    assert only_of(library, "hive-talk-12") == before
    assert before.quotes
    assert before.topics


async def test_a_page_in_place_of_a_transcript_is_told_and_asked_for_again(
    hive: FakeWeb, imported: Import, library: Path
) -> None:
    hive.files["/12.vtt"] = b"<!doctype html><html><body><p>Please log in</p></body></html>"
    del hive.files["/12.txt"]

    first = handled(await imported(f"{hive.url}/feed.xml", options=ANYWHERE))[0]
    hive.files["/12.vtt"] = VTT
    second = handled(await imported(f"{hive.url}/feed.xml", options=ANYWHERE))[0]

    assert MISSING.format("transcript", WEB_PAGE) in first.notes
    assert second.change is Change.UPDATED
    assert transcript_in(library / "hive-talk-12") is not None


async def test_a_page_in_place_of_the_chapters_is_told(hive: FakeWeb, imported: Import) -> None:
    hive.files["/12.json"] = b"<?xml version='1.0'?>\n<!-- hotel -->\n<html><body>Please log in</body></html>"

    told = handled(await imported(f"{hive.url}/feed.xml", options=ANYWHERE))[0]

    assert (told.notes, told.findings) == ((MISSING.format("list of chapters", WEB_PAGE),), ())


async def test_a_feed_that_has_moved_goes_on_with_its_episodes(hive: FakeWeb, imported: Import, library: Path) -> None:
    await imported(f"{hive.url}/feed.xml", options=ANYWHERE)
    hive.files["/new.xml"] = hive.files["/feed.xml"]

    assert changes(await imported(f"{hive.url}/new.xml", options=ANYWHERE)) == [Change.UNCHANGED, Change.UNCHANGED]
    assert len(libraries.read(library).episodes) == 2


async def test_a_feed_that_has_moved_may_change_a_title_meanwhile(
    hive: FakeWeb, imported: Import, library: Path
) -> None:
    await imported(f"{hive.url}/feed.xml", options=ANYWHERE)
    feed = hive.files["/feed.xml"]
    assert isinstance(feed, bytes)
    hive.files["/new.xml"] = feed.replace(b"Older: how bees dance", b"How bees dance")

    assert changes(await imported(f"{hive.url}/new.xml", options=ANYWHERE)) == [Change.UNCHANGED, Change.UPDATED]
    assert only_of(library, "hive-talk-older-how-bees-dance").title == "How bees dance"


async def test_words_from_files_join_the_episodes_of_a_feed_that_was_imported_before(
    hive: FakeWeb, imported: Import, library: Path, tmp_path: Path
) -> None:
    (tmp_path / "files").mkdir()
    (tmp_path / "files" / "hive-12.txt").write_text("Maya Keller: Words from a file.")
    feed = f"{hive.url}/feed.xml"
    await imported(feed, options=ANYWHERE)

    both = await imported(feed, tmp_path / "files", options=ANYWHERE)

    assert changes(both) == [Change.UPDATED, Change.UNCHANGED]
    assert (library / "hive-talk-12" / "transcript.txt").exists()
    await imported(feed, options=ANYWHERE)
    assert len(libraries.read(library).episodes) == 2


async def test_files_that_would_take_an_episodes_name_say_how_to_join_it(
    hive: FakeWeb, imported: Import, tmp_path: Path
) -> None:
    (tmp_path / "hive-talk-12.txt").write_text("Maya Keller: Words from a file.")
    await imported(f"{hive.url}/feed.xml", options=ANYWHERE)

    (told,) = handled(await imported(tmp_path / "hive-talk-12.txt"))

    assert told.folder == "hive-talk-12-2"
    assert told.notes == (BESIDE.format("hive-talk-12"),)


async def test_what_could_not_be_had_is_told_and_tried_again_by_the_next_import(
    hive: FakeWeb, imported: Import, library: Path
) -> None:
    transcript = hive.files.pop("/12.vtt")
    del hive.files["/12.txt"], hive.files["/12.json"]

    first = handled(await imported(f"{hive.url}/feed.xml", options=ANYWHERE))[0]
    assert first.notes == (
        "the transcript could not be fetched: the server answers 404",
        "the list of chapters could not be fetched: the server answers 404",
    )
    assert transcript_in(library / "hive-talk-12") is None

    hive.files["/12.vtt"] = transcript
    second = await imported(f"{hive.url}/feed.xml", options=ANYWHERE)
    assert sorted(changes(second)) == [Change.UNCHANGED, Change.UPDATED]
    assert transcript_in(library / "hive-talk-12") == library / "hive-talk-12" / "transcript.vtt"


async def test_a_transcript_without_speakers_does_where_there_is_no_better_one(
    hive: FakeWeb, imported: Import, library: Path
) -> None:
    hive.files["/12.vtt"] = b"WEBVTT\n"

    await imported(f"{hive.url}/feed.xml", options=ANYWHERE)

    assert (library / "hive-talk-12" / "transcript.txt").read_bytes() == b"Welcome back."


async def test_links_into_a_private_network_are_not_followed(hive: FakeWeb, imported: Import) -> None:
    events = await imported(f"{hive.url}/feed.xml")

    assert hive.paths == ["/feed.xml"]
    assert all("private network" in note for note in handled(events)[0].notes)


async def test_the_newest_so_many_and_those_since_a_date(hive: FakeWeb, imported: Import, library: Path) -> None:
    source = f"{hive.url}/feed.xml"

    since = await imported(source, options=Options(reach=Reach.ANYWHERE, since=date(2026, 3, 1)))
    assert sorted((each.change, each.notes) for each in handled(since)) == [
        (Change.ADDED, ()),
        (Change.SKIPPED, ("published before 2026-03-01",)),
    ]
    limited = await imported(source, options=Options(reach=Reach.ANYWHERE, limit=1))
    assert changes(limited) == [Change.UNCHANGED]
    assert only(library).id == "hive-talk-12"
    assert changes(await imported(source, options=ANYWHERE)) == [Change.UNCHANGED, Change.ADDED]


async def test_a_dry_run_says_what_would_be_done(hive: FakeWeb, imported: Import, library: Path) -> None:
    events = await imported(f"{hive.url}/feed.xml", options=Options(reach=Reach.ANYWHERE, dry_run=True))

    assert changes(events) == [Change.ADDED, Change.ADDED]
    assert not library.exists()


async def test_entries_with_the_same_guid_are_told_and_the_first_is_kept(
    hive: FakeWeb, imported: Import, library: Path
) -> None:
    hive.files["/feed.xml"] = FEED.replace("hive-11", "hive-12").replace("{server}", hive.url).encode()

    events = handled(await imported(f"{hive.url}/feed.xml", options=ANYWHERE))

    assert {event.notes for event in events if event.change is Change.SKIPPED} == {(SAME_GUID,)}
    assert only(library).id == "hive-talk-12"


async def test_an_entry_with_the_guid_of_one_that_has_a_file_is_told_as_well(
    imported: Import, library: Path, tmp_path: Path
) -> None:
    (tmp_path / "hive-12.txt").write_text("Maya Keller: Welcome back.")
    (tmp_path / "feed.xml").write_text(FEED.replace("hive-11", "hive-12"))

    events = handled(await imported(tmp_path / "feed.xml", tmp_path / "hive-12.txt"))

    assert [event.notes for event in events if event.change is Change.SKIPPED] == [(SAME_GUID,)]
    assert only(library).id == "hive-talk-12"


async def test_the_address_of_a_private_feed_is_written_nowhere(hive: FakeWeb, imported: Import, library: Path) -> None:
    feed = hive.files["/feed.xml"]

    async def private(request: web.Request) -> web.StreamResponse:
        assert isinstance(feed, bytes)
        return web.Response(body=feed if request.query["token"] == "s3cret" else b"")

    hive.files["/feed.xml"] = private

    await imported(f"{hive.url}/feed.xml?token=s3cret", options=ANYWHERE)

    assert not [path for path in library.rglob("*") if path.is_file() and b"s3cret" in path.read_bytes()]


async def test_the_login_of_a_private_feed_goes_to_its_server_and_nowhere_else(
    hive: FakeWeb, imported: Import, library: Path
) -> None:
    files = dict(hive.files)

    def private(path: str) -> Answer:
        async def answer(request: web.Request) -> web.StreamResponse:
            assert request.headers.get("Authorization") == "Basic bWU6czNjcmV0"
            body = files[path]
            assert isinstance(body, bytes)
            return web.Response(body=body.replace(f'"{hive.url}/'.encode(), b'"/'))

        return answer

    hive.files |= {path: private(path) for path in files}
    feed = hive.url.replace("//", "//me:s3cret@")

    events = await imported(f"{feed}/feed.xml", options=ANYWHERE)
    with pytest.raises(SourceError) as gone:
        await imported(f"{feed}/gone.xml")

    assert transcript_in(library / "hive-talk-12") is not None
    assert "s3cret" not in f"{events} {gone.value}"
    assert not [path for path in library.rglob("*") if path.is_file() and b"s3cret" in path.read_bytes()]


async def test_a_feed_that_is_none_is_told(server: FakeWeb, imported: Import) -> None:
    link = b"<link rel=alternate type=application/rss+xml href=/feed.xml>"
    server.files |= {"/page": b"<html><body>Subscribe!</body></html>", "/text": b"Subscribe!"}
    server.files["/show"] = b"<html><head>" + link + b"</head></html>"

    events = await imported(f"{server.url}/text")

    (read,) = [event for event in events if isinstance(event, FeedRead)]
    assert "not an RSS or Atom feed with episodes" in [finding.reason for finding in read.findings]
    with pytest.raises(SourceError, match="/page is a web page, not a feed; give the feed's own address, or log in"):
        await imported(f"{server.url}/page")
    with pytest.raises(
        SourceError, match=f"/show is a web page, not a feed; it names {server.url}/feed.xml as its feed"
    ):
        await imported(f"{server.url}/show")
    with pytest.raises(SourceError, match="could not be fetched: the server answers 404"):
        await imported(f"{server.url}/gone")


@pytest.mark.parametrize(
    ("folder", "files", "shows"),
    [
        ("news", "changelog-news-1 changelog-news-2 changelog-news-bonus-2021", "Changelog News"),
        ("rfc", "request-for-commits-1 request-for-commits-2", "Request For Commits"),
        ("transcripts", "hive-talk-1 hive-talk-2", "Hive Talk"),
        ("transcripts", "1-bees 2-comets", "Transcripts"),
        ("nr", "night-rails-s01e01 night-rails-s02e02", "Night Rails"),
        ("Hive Talk", "ep-1 ep-2", "Hive Talk"),
        ("hive", "1-trends-of-2024 2-bees", "Hive"),
        ("99", "99-percent-invisible-1 99-percent-invisible-2", "99 Percent Invisible"),
    ],
)
async def test_a_show_is_called_as_its_folder_or_as_its_files_where_they_say_more(
    imported: Import, library: Path, tmp_path: Path, folder: str, files: str, shows: str
) -> None:
    (tmp_path / folder).mkdir()
    for name in files.split():
        (tmp_path / folder / f"{name}.txt").write_text("Welcome back.")

    await imported(tmp_path / folder)

    episodes = libraries.read(library).episodes
    assert {episode.show for episode in episodes} == {shows}
    assert sorted(episode.number or "" for episode in episodes) == ["", "1", "2"][-len(episodes) :]


async def test_a_season_and_a_number_in_a_name_are_written_as_the_answers_write_them(
    imported: Import, library: Path, tmp_path: Path
) -> None:
    (tmp_path / "night-rails-s01e02.txt").write_text("Welcome back.")

    await imported(tmp_path / "night-rails-s01e02.txt")

    assert [episode.title for episode in libraries.read(library).episodes] == ["Night Rails S1E2"]


async def test_a_folder_becomes_a_library(imported: Import, library: Path, tmp_path: Path) -> None:
    show = tmp_path / "podcasts" / "hivetalk"
    show.mkdir(parents=True)
    (show / "hive-talk-12.vtt").write_bytes(VTT)
    (show / "hive-talk-12.txt").write_bytes(b"Welcome back.")
    (show / "hive-talk-12.chapters.json").write_text('{"chapters": [{"startTime": 3, "title": "Scouts"}]}')
    (show / "README.md").write_text("# About")
    (show / "cover.jpg").write_bytes(b"\xff\xd8")
    (show / ".hidden.txt").write_text("no")
    (show / "empty.srt").write_text("")
    (show / "picture.txt").write_bytes(b"\0\1\2")

    events = handled(await imported(tmp_path / "podcasts"))

    assert sorted((Path(each.source).name, each.change, each.notes) for each in events) == [
        ("README.md", Change.SKIPPED, ("not an episode, judging by its name",)),
        ("empty.srt", Change.SKIPPED, ("no words found in it",)),
        ("hive-talk-12.txt", Change.SKIPPED, ("another format of hive-talk-12.vtt, which is richer",)),
        ("hive-talk-12.vtt", Change.ADDED, ()),
        ("picture.txt", Change.SKIPPED, ("not a text file; no words found in it",)),
    ]
    episode = only(library)
    assert (episode.id, episode.title, episode.show, episode.number) == (
        "hive-talk-12",
        "Hive Talk 12",
        "Hive Talk",
        "12",
    )
    assert [topic.title for topic in episode.topics] == ["Scouts"]


async def test_front_matter_says_what_an_episode_is(imported: Import, library: Path, tmp_path: Path) -> None:
    (tmp_path / "Hive Talk").mkdir()
    (tmp_path / "Hive Talk" / "2026-03-01-bees.md").write_text(
        """---
title: How bees decide
episode: 12
date: 2026-03-02T08:00:00
guests: [Tomas Ortega]
host: Maya Keller
url: https://hive.example/12
youtube: javascript:alert(1)
layout: post
---

**Maya Keller:** Welcome back.
"""
    )

    await imported(tmp_path / "Hive Talk")

    episode = only(library)
    assert (episode.title, episode.number, episode.show) == ("How bees decide", "12", "Hive Talk")
    assert episode.published == date(2026, 3, 2)
    assert (episode.hosts, episode.guests) == ((Person("Maya Keller"),), (Person("Tomas Ortega"),))
    assert episode.links == Links(page="https://hive.example/12")
    (passage,) = spoken(library / episode.id, episode)
    assert (passage.speaker, passage.text) == ("Maya Keller", "Welcome back.")


async def test_files_take_title_and_links_from_the_entry_of_a_feed(
    imported: Import, library: Path, tmp_path: Path
) -> None:
    (tmp_path / "hive").mkdir()
    (tmp_path / "hive" / "feed.xml").write_text(FEED)
    (tmp_path / "hive" / "hive-12.srt").write_text("1\n00:00:01,000 --> 00:00:02,000\nMaya Keller: Hi.\n")

    await imported(tmp_path / "hive")

    episode = only(library)
    assert (episode.id, episode.title, episode.show) == ("hive-talk-12", "How bees decide", "Hive Talk")
    assert episode.links.audio == "https://cdn.example/hive-12.mp3"


async def test_a_file_goes_with_the_entry_of_its_season_and_with_none_where_that_is_open(
    imported: Import, library: Path, tmp_path: Path
) -> None:
    (tmp_path / "hive-talk").mkdir()
    entries = "".join(
        f"<item><title>Bees {season}</title><i:season>{season}</i:season><i:episode>5</i:episode></item>"
        for season in (1, 2)
    )
    (tmp_path / "hive-talk" / "feed.xml").write_text(
        '<rss xmlns:i="http://www.itunes.com/dtds/podcast-1.0.dtd"><channel><title>Hive Talk</title>'
        f"{entries}</channel></rss>"
    )
    (tmp_path / "hive-talk" / "hive-talk-s02e05.txt").write_text("Welcome back.")
    (tmp_path / "hive-talk" / "hive-talk-5.txt").write_text("Welcome back.")

    await imported(tmp_path / "hive-talk")

    found = {(each.title, each.season, each.number) for each in libraries.read(library).episodes}
    assert found == {("Bees 2", 2, "5"), ("Hive Talk 5", None, "5")}


async def test_ids_come_to_what_was_imported_before_and_stay_as_edited(
    hive: FakeWeb, imported: Import, library: Path
) -> None:
    whole = hive.files["/feed.xml"]
    hive.files["/feed.xml"] = b"".join(line for line in whole.splitlines(True) if b"<atom:link" not in line)
    await imported(f"{hive.url}/feed.xml", options=ANYWHERE)
    edited, other = (episode.id for episode in libraries.read(library).episodes)
    file = library / edited / "episode.yaml"
    file.write_text(file.read_text().replace("ids:\n", "ids:\n  podcastindex: 920666  # ours\n"))

    hive.files["/feed.xml"] = whole
    events = await imported(f"{hive.url}/feed.xml", options=ANYWHERE)

    assert [event.notes for event in handled(events) if event.notes] == [
        ("kept as edited: ids",),
        ("the feed offers no transcript",),
    ]
    assert only_of(library, other).ids.apple == "1434243584"
    assert only_of(library, edited).ids.apple is None
    assert "  podcastindex: 920666  # ours\n" in file.read_text()


async def test_a_feed_file_beside_files_fetches_only_what_has_no_file(
    hive: FakeWeb, imported: Import, tmp_path: Path
) -> None:
    feed = tmp_path / "feed.xml"
    feed.write_bytes(FEED.replace("{server}", hive.url).encode())
    transcript = tmp_path / "12.vtt"
    transcript.write_bytes(VTT)

    events = await imported(feed, transcript, options=ANYWHERE)

    assert changes(events) == [Change.ADDED, Change.ADDED]
    assert hive.paths == []


@pytest.mark.parametrize(
    ("stem", "title", "number", "published"),
    [
        ("practical-ai-200", "Practical AI 200", "200", None),
        ("2026-03-01-how-bees-decide", "How Bees Decide", None, date(2026, 3, 1)),
        ("2026-13-41-never", "13 41 Never", "2026", None),
        ("012 How bees decide", "How bees decide", "12", None),
        ("468-python-trends-of-2024", "Python Trends Of 2024", "468", None),
        ("2024-recap-12", "2024 Recap 12", "12", None),
        ("ep7", "Ep7", "7", None),
        ("12-34", "12 34", "34", None),
        ("Ep. 12 - Bees (final) [v2]", "Bees (final) [v2]", "12", None),
        ("Hive Talk Ep 12 - Catch 22", "Hive Talk Ep 12 Catch 22", "12", None),
        ("Hive Talk #12 How bees decide", "Hive Talk #12 How bees decide", "12", None),
        ("468-star-wars-episode-4-again", "Star Wars Episode 4 Again", "468", None),
        ("Step 12 of a long way", "Step 12 of a long way", None, None),
        ("7", "Hive 7", "7", None),
        ("Дом пчёл", "Дом пчёл", None, None),
    ],
)
async def test_a_name_of_a_file_says_title_number_and_date(
    imported: Import, library: Path, tmp_path: Path, stem: str, title: str, number: str | None, published: date | None
) -> None:
    (tmp_path / "hive").mkdir()
    (tmp_path / "hive" / f"{stem}.txt").write_text("Welcome back.")

    await imported(tmp_path / "hive")

    episode = only(library)
    assert (episode.title, episode.number, episode.published) == (title, number, published)


async def test_captions_are_named_without_their_language_and_open_their_video(
    imported: Import, library: Path, tmp_path: Path
) -> None:
    (tmp_path / "hive").mkdir()
    for language, words in (("de", "Willkommen."), ("en-orig", "Welcome back."), ("fr", "Bienvenue.")):
        file = tmp_path / "hive" / f"How bees decide [dQw4w9WgXcQ].{language}.vtt"
        file.write_text(f"WEBVTT\n\n00:01.000 --> 00:02.000\n{words}\n")

    events = handled(await imported(tmp_path / "hive"))

    episode = only(library)
    assert [each.notes for each in events if each.change is Change.SKIPPED] == [
        ("the same episode as How bees decide [dQw4w9WgXcQ].en-orig.vtt, in another language",)
    ] * 2
    assert (episode.title, episode.links.youtube) == ("How bees decide", "https://www.youtube.com/watch?v=dQw4w9WgXcQ")
    assert "Welcome back." in (library / "how-bees-decide" / "transcript.vtt").read_text()


@pytest.mark.parametrize("stem", ["about-node.js", "Bees [explanation]", "mr.no one"])
async def test_what_only_looks_like_a_language_or_a_video_stays(
    imported: Import, library: Path, tmp_path: Path, stem: str
) -> None:
    (tmp_path / f"{stem}.txt").write_text("Welcome back.")

    await imported(tmp_path / f"{stem}.txt")

    episode = only(library)
    assert episode.links.youtube is None
    assert episode.title.casefold().replace(" ", "-") == stem.casefold().replace(" ", "-")


async def test_a_folder_again_reads_only_what_changed(imported: Import, library: Path, tmp_path: Path) -> None:
    for number in (1, 2):
        (tmp_path / f"hive-{number}.txt").write_text("Welcome back.")
    await imported(*sorted(tmp_path.glob("*.txt")))
    assert changes(await imported(*sorted(tmp_path.glob("*.txt")))) == [Change.UNCHANGED, Change.UNCHANGED]

    (tmp_path / "hive-1.txt").write_text("Welcome back, all.")
    os.utime(tmp_path / "hive-2.txt", (1, 1))

    assert changes(await imported(*sorted(tmp_path.glob("*.txt")))) == [Change.UPDATED, Change.UNCHANGED]
    assert (library / "hive-1" / "transcript.txt").read_text() == "Welcome back, all."


async def test_a_limit_holds_for_files_and_a_date_needs_one(imported: Import, tmp_path: Path) -> None:
    for number in (1, 2, 3):
        (tmp_path / f"hive-{number}.txt").write_text("Welcome back.")

    assert changes(await imported(tmp_path, options=Options(limit=2))) == [Change.ADDED, Change.ADDED]
    undated = handled(await imported(tmp_path, options=Options(since=date(2026, 1, 1), limit=3)))
    assert undated[-1].notes == ("its date is unknown",)


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("nowhere", "there is no file or folder nowhere"),
        ("file:///etc/passwd", "is not an http\\(s\\) address"),
        ("ftp://me:s3cret@x.org/feed", "^ftp://x.org/feed is not an http"),
        ("https:/me:s3cret@x.org/feed", "the feed https:/x.org/feed could not be fetched"),
        ("me:s3cret@x.org/feed", "file or folder x.org/feed"),
        ("http://[", "^http://\\[ is not an http"),
        ("http://", "could not be fetched: it is not an http"),
        (" ", "a source is empty"),
        ("cover.jpg", "is not a transcript or feed; their names end in .htm"),
        ("pipe.xml", "pipe.xml is not a file, or larger than any feed"),
    ],
)
async def test_what_is_no_source_is_told_before_anything_is_written(
    imported: Import, library: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, source: str, message: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "cover.jpg").write_bytes(b"")
    os.mkfifo(tmp_path / "pipe.xml")

    with pytest.raises(SourceError, match=message):
        await imported(source)

    assert not list(library.glob("[!.]*"))


async def test_a_file_that_cannot_be_opened_or_is_too_large_is_skipped(
    imported: Import, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere")
    (tmp_path / "large.txt").write_text("Welcome back.")
    monkeypatch.setattr("knowledge.importing.from_files.LARGEST", 5)
    monkeypatch.setattr("knowledge.formats.LARGEST", 5)

    events = handled(await imported(tmp_path))

    assert [each.notes for each in events] == [
        ("it can't be opened (No such file or directory)",),
        ("larger than 32 MB, more than any transcript",),
    ]


async def test_what_may_hold_words_and_is_not_read_is_told(imported: Import, tmp_path: Path) -> None:
    show = tmp_path / "hive"
    (show / "more").mkdir(parents=True)
    (show / "hive-1.docx").write_bytes(b"PK")
    (show / "hive-1.mp3").write_bytes(b"ID3")
    (show / "again").symlink_to(show)
    os.mkfifo(show / "hive-2.txt")
    (show / "hive-3.vtt").symlink_to("/dev/zero")
    (show / "hive-4.vtt").symlink_to(show / "hive-2.txt")
    (show / "feed.xml").symlink_to("/dev/zero")

    events = handled(await imported(show))

    assert sorted((Path(each.source).name, each.notes) for each in events) == [
        ("again", (LINKED,)),
        ("hive-1.docx", (NOT_READ,)),
        ("hive-2.txt", (NO_FILE,)),
        ("hive-3.vtt", (LEADS_OUT,)),
        ("hive-4.vtt", (NO_FILE,)),
    ]


async def test_a_folder_may_be_called_like_a_feed(imported: Import, tmp_path: Path) -> None:
    (tmp_path / "hive.rss").mkdir()
    (tmp_path / "hive.rss" / "hive-1.txt").write_text("Welcome back.")

    assert changes(await imported(tmp_path / "hive.rss")) == [Change.ADDED]


async def test_a_folder_that_may_not_be_opened_is_told(
    imported: Import, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "hive" / "closed").mkdir(parents=True)
    scandir = os.scandir

    def closed(path: str) -> object:
        if Path(path).name == "closed":
            raise PermissionError(13, "Permission denied", path)
        return scandir(path)

    monkeypatch.setattr("os.scandir", closed)  # permissions don't bind root, who runs tests in containers

    events = handled(await imported(tmp_path / "hive"))

    assert [(Path(each.source).name, each.notes) for each in events] == [
        ("closed", (CLOSED.format("Permission denied"),))
    ]


async def test_a_library_inside_a_source_is_not_imported_into_itself(imported: Import, tmp_path: Path) -> None:
    (tmp_path / "hive-1.txt").write_text("Welcome back.")

    assert changes(await imported(tmp_path)) == [Change.ADDED]
    assert changes(await imported(tmp_path)) == [Change.UNCHANGED]


async def test_an_import_can_be_stopped_between_two_episodes_and_goes_on_later(
    imported: Import, library: Path, tmp_path: Path
) -> None:
    for number in range(20):
        (tmp_path / f"hive-{number}.txt").write_text("Welcome back.")

    stopped = asyncio.ensure_future(imported(tmp_path))
    for _ in range(9):  # each gives the import its turn for one episode
        await asyncio.sleep(0)
    stopped.cancel()
    with pytest.raises(asyncio.CancelledError):
        await stopped

    done = len(libraries.read(library).episodes)
    assert 0 < done < 20
    assert changes(await imported(tmp_path)).count(Change.ADDED) == 20 - done
