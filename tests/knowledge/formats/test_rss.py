"""Feeds: what real ones have, and what broken and hostile ones try."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from html import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.formats.rss import (
    BAD_DATE,
    BAD_LINK,
    ENTITIES,
    NO_TITLE,
    NOT_A_FEED,
    NOT_XML,
    UNTITLED,
    Item,
    Offer,
    read_feed,
)
from knowledge.links import is_address
from knowledge.model import Ids
from tests.fakes.examples import examples

NEW = "https://podcastindex.org/namespace/1.0"
OLD = "https://github.com/Podcastindex-org/podcast-namespace/blob/main/docs/1.0.md"


def feed(*items: str, channel: str = "", namespace: str = NEW) -> bytes:
    entries = "\n".join(f"<item>{item}</item>" for item in items)
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0" xmlns:podcast="{namespace}" '
        f'xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" xmlns:content="http://purl.org/rss/1.0/modules/content/">'
        f"<channel><title>Hive Talk</title>{channel}\n{entries}</channel></rss>"
    ).encode()


def item(*tags: str, channel: str = "", namespace: str = NEW) -> Item:
    read = read_feed(feed("<title>Bees</title>" + "".join(tags), channel=channel, namespace=namespace))
    assert read.title == "Hive Talk"
    return read.items[0]


@pytest.mark.parametrize("namespace", [NEW, OLD, f"{NEW}/"])
def test_both_addresses_of_the_namespace_mean_the_same(namespace: str) -> None:
    tag = '<podcast:transcript url="https://x.org/a.vtt" type="text/vtt"/>'

    assert item(tag, namespace=namespace).transcripts[0].url == "https://x.org/a.vtt"


def test_namespaces_are_known_however_their_addresses_are_written() -> None:
    read = read_feed(
        b'<rss xmlns:i="http://www.itunes.com/DTDs/Podcast-1.0.dtd" xmlns:p="http://podcastindex.org/namespace/1.0">'
        b"<channel><title>Hive Talk</title><item><title>Bees</title><i:duration>62:03</i:duration>"
        b"<p:person role='guest'>Tomas Ortega</p:person></item></channel></rss>"
    )

    assert (read.items[0].duration, read.items[0].guests) == (timedelta(seconds=3723), ("Tomas Ortega",))


def test_tags_of_other_namespaces_are_not_taken_for_the_feeds_own() -> None:
    read = read_feed(
        b'<rss xmlns:media="http://search.yahoo.com/mrss/"><channel><media:title>Cover</media:title><title>Hive Talk'
        b"</title><item><media:title>Picture</media:title><title>Bees</title></item></channel></rss>"
    )

    assert (read.title, read.items[0].title) == ("Hive Talk", "Bees")


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("https://me:s3cret@x.org/1.mp3", "https://x.org/1.mp3"),
        ("https://t.org/plays/https://me@x.org/1.mp3", "https://t.org/plays/https://x.org/1.mp3"),
        ("https://x.org/@hive/talk:12@2.mp3?to=a@b.org", "https://x.org/@hive/talk:12@2.mp3?to=a@b.org"),
        ("1.mp3", "https://feed.org/1.mp3"),
    ],
)
def test_a_login_is_no_part_of_an_address_that_is_kept(given: str, kept: str) -> None:
    read = read_feed(feed(f'<title>Bees</title><enclosure url="{given}"/>'), "https://me:s3cret@feed.org/feed")

    assert read.items[0].audio == kept


def test_addresses_that_leave_out_their_beginning_are_completed_by_the_feeds_own() -> None:
    tags = '<title>Bees</title><link>/12</link><podcast:transcript url="12.vtt" type="text/vtt"/>'

    read = read_feed(feed(tags, tags.replace("/12<", "http://[<")), "https://hive.example/feeds/all.xml")

    assert read.items[0].page == "https://hive.example/12"
    assert read.items[0].transcripts[0].url == "https://hive.example/feeds/12.vtt"
    assert [(finding.reason, finding.count) for finding in read.findings] == [(BAD_LINK, 1)]


@pytest.mark.parametrize(
    ("tags", "channel", "kept"),
    [
        ('<itunes:image href="/a.jpg"/>', '<itunes:image href="/show.jpg"/>', "https://hive.example/a.jpg"),
        ("", '<itunes:image href="/show.jpg"/>', "https://hive.example/show.jpg"),
        ("", "<image><url>https://u:p@b.example/rss.png</url></image>", "https://b.example/rss.png"),
        ('<podcast:image href="https://b.example/p.png"/>', "", "https://b.example/p.png"),
        ('<itunes:image href="javascript:1"/>', "", None),
    ],
)
def test_an_episode_has_its_picture_or_its_shows(tags: str, channel: str, kept: str | None) -> None:
    data = feed(f"<title>Bees</title>{tags}", channel=channel)
    (read,) = read_feed(data, "https://hive.example/feed.xml").items

    assert read.image == kept
    assert repr(read) == repr(replace(read, image="https://moved.example/"))  # which an import tells changes by


@pytest.mark.parametrize(
    "day", ["Sun, 01 Mar 2026 06:00:00 GMT", "2026-03-01T06:00:00Z", "2026-03-01", "1 Mar 26 6:00"]
)
def test_dates_are_read_in_the_forms_that_feeds_write(day: str) -> None:
    assert item(f"<pubDate>{day}</pubDate>").published == date(2026, 3, 1)


def test_markup_in_a_title_is_no_part_of_it() -> None:
    (read,) = read_feed(feed("<title><![CDATA[How bees <b>decide</b> &amp; move, a<b]]></title>")).items

    assert read.title == "How bees decide & move, a<b"


def link(relation: str, address: str) -> str:
    return f'<link xmlns="http://www.w3.org/2005/Atom" rel="{relation}" href="{escape(address)}"/>'


@pytest.mark.parametrize("address", ["https://hive.example/feeds/all.xml?page=2", "?page=2", "/feeds/all.xml?page=2"])
def test_a_feed_of_several_pages_says_where_it_goes_on(address: str) -> None:
    links = link("self", "https://hive.example/feeds/all.xml") + link("next", address) + link("last", "?page=9")

    read = read_feed(feed("<title>Bees</title>", channel=links), "https://hive.example/feeds/all.xml")

    assert (read.next_page, read.findings) == ("https://hive.example/feeds/all.xml?page=2", ())


def test_what_comes_after_an_episode_is_not_where_the_feed_goes_on() -> None:
    of_the_episode = link("next", "https://hive.example/13")

    assert read_feed(feed("<title>Bees</title>" + of_the_episode, channel=link("prev", "/1"))).next_page is None


def test_a_next_page_that_is_not_on_the_web_is_told() -> None:
    read = read_feed(feed("<title>Bees</title>", channel=link("next", "file:///etc/passwd")), "https://hive.example")

    assert (read.next_page, [finding.reason for finding in read.findings]) == (None, [BAD_LINK])


@given(address=st.text() | st.from_regex(r"(https?:)?//[\[\]a-z@:%?#/.\s]*", fullmatch=True))
@examples(100)
def test_wherever_a_feed_says_that_it_goes_on_it_is_an_address_or_nowhere(address: str) -> None:
    data = feed("<title>Bees</title>", channel="{next}").decode().replace("{next}", link("next", address))

    read = read_feed(data.encode(errors="replace"), "https://hive.example/feed")

    assert read.next_page is None or is_address(read.next_page)


def test_all_transcripts_are_kept_the_richest_in_the_shows_language_first() -> None:
    offers = [
        ("a.txt", "text/plain", ""),
        ("b.srt", "application/x-subrip", ""),
        ("c.json", "application/json", "fr"),
        ("d", "text/vtt", "en-GB"),
    ]
    tags = (
        f'<podcast:transcript url="https://x.org/{name}" type="{type_}" language="{tongue}"/>'
        for name, type_, tongue in offers
    )

    found = item(*tags, channel="<language>en-us</language>").transcripts

    assert [offer.url[-5:].strip("/") for offer in found] == ["org/d", "b.srt", "a.txt", ".json"]


def test_people_of_an_item_replace_those_of_the_channel() -> None:
    host = "<podcast:person>Maya Keller</podcast:person>"
    guest = '<podcast:person role="Guest">Tomas Ortega</podcast:person>'
    guest += '<podcast:person role="editor" group="post-production">Ed</podcast:person>'

    assert item(channel=host).hosts == ("Maya Keller",)
    assert (item(guest, channel=host).hosts, item(guest, channel=host).guests) == ((), ("Tomas Ortega",))


ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xmlns:podcast="https://podcastindex.org/namespace/1.0"
    xmlns:media="http://search.yahoo.com/mrss/" xml:base="https://hive.example/">
  <title>Hive Talk</title>
  <link rel="self" href="https://hive.example/feed"/>
  <link rel="next" href="feed/2"/>
  <podcast:person role="host">Maya Keller</podcast:person>
  <entry>
    <title type="html">How &lt;em&gt;bees&lt;/em&gt; decide</title>
    <id>hive-12</id>
    <published>2026-03-01T06:00:00Z</published>
    <updated>2026-04-01T06:00:00Z</updated>
    <link href="episodes/12"/>
    <link rel="enclosure" type="image/png" href="12.png"/>
    <link rel="enclosure" type="audio/mpeg" href="12.mp3"/>
    <summary type="html">&lt;p&gt;Tomas Ortega on swarms.&lt;/p&gt;</summary>
    <podcast:transcript url="12.vtt" type="text/vtt"/>
  </entry>
  <entry>
    <id>yt:video:abcdefghijk</id>
    <link rel="alternate" href="https://www.youtube.com/watch?v=abcdefghijk"/>
    <updated>2026-03-08T06:00:00+00:00</updated>
    <media:group>
      <media:content url="https://www.youtube.com/v/abcdefghijk" type="application/x-shockwave-flash"/>
    </media:group>
    <media:title>Bees on film</media:title>
  </entry>
</feed>"""


def test_atom_says_the_same_in_other_words() -> None:
    read = read_feed(ATOM.encode(), "https://elsewhere.example/feed")

    assert (read.title, read.next_page, read.findings) == ("Hive Talk", "https://hive.example/feed/2", ())
    assert read.items == (
        Item(
            guid="hive-12",
            ids=Ids(guid="hive-12"),
            title="How bees decide",
            summary="Tomas Ortega on swarms.",
            published=date(2026, 3, 1),
            hosts=("Maya Keller",),
            page="https://hive.example/episodes/12",
            audio="https://hive.example/12.mp3",
            transcripts=(Offer("https://hive.example/12.vtt", "text/vtt"),),
        ),
        Item(
            guid="yt:video:abcdefghijk",
            ids=Ids(guid="yt:video:abcdefghijk"),
            title="Bees on film",
            published=date(2026, 3, 8),
            hosts=("Maya Keller",),
            youtube="https://www.youtube.com/watch?v=abcdefghijk",
        ),
    )


def test_atom_is_known_without_its_namespace() -> None:
    read = read_feed(ATOM.replace('xmlns="http://www.w3.org/2005/Atom"', "").encode())

    assert read == read_feed(ATOM.encode())


@pytest.mark.parametrize(
    ("tags", "audio"),
    [
        ('<media:content url="https://x.org/a.jpg" medium="image"/>', None),
        ('<media:content url="https://x.org/a.jpg" type="image/jpeg"/><media:content url="https://x.org/a.mp3"/>', "a"),
        ('<media:group><media:content url="https://x.org/a.mp3" type="audio/mpeg"/></media:group>', "a"),
        ('<enclosure url="https://x.org/a.png" type="image/png"/><enclosure url="https://x.org/b.mp3"/>', "b"),
        ('<media:content url="https://x.org/a.mp3"/><enclosure url="https://x.org/b.mp3" type="audio/mpeg"/>', "b"),
    ],
)
def test_the_sound_may_be_in_any_of_its_tags_and_is_no_picture(tags: str, audio: str | None) -> None:
    read = read_feed(
        feed(f"<title>Bees</title>{tags}").replace(b"<rss", b'<rss xmlns:media="http://search.yahoo.com/mrss/"')
    )

    assert read.items[0].audio == (audio and f"https://x.org/{audio}.mp3")


@pytest.mark.parametrize(
    ("tags", "title"),
    [
        ('<enclosure url="https://x.org/how-bees_dance.mp3?id=1"/>', "How Bees Dance"),
        ('<enclosure url="https://x.org/12%20How%20bees%20dance.mp3"/>', "12 How bees dance"),
        (
            '<enclosure url="https://x.org/3f2a-dead-beef-8c1b9.mp3"/><description>All on bees. And ants</description>',
            "All on bees",
        ),
        ('<enclosure url="https://x.org/ep12.mp3"/>', "Ep12"),
        ("<description>On bees, ants</description>", "On bees, ants"),
        (f"<description>{'bees and ' * 9}</description>", "bees and bees and bees and bees and bees and …"),
    ],
)
def test_an_episode_without_a_title_is_named_by_its_file_or_its_first_words(tags: str, title: str) -> None:
    read = read_feed(feed(tags))

    assert [entry.title for entry in read.items] == [title]
    assert [finding.reason for finding in read.findings] == [UNTITLED]


@pytest.mark.parametrize(
    ("tags", "number"),
    [
        ("<podcast:episode>3.5</podcast:episode>", "3.5"),
        ('<podcast:episode display="Ch. 3">204</podcast:episode>', "Ch. 3"),
        ('<podcast:episode display="&#8203;Ch.&#8206; 3">204</podcast:episode>', "Ch. 3"),
        ('<podcast:episode display="&#8203;">204</podcast:episode>', "204"),
        ('<podcast:episode display="12&#8205;b&#8204;">12</podcast:episode>', "12b"),
        ("<itunes:episode>12</itunes:episode>", "12"),
        ("<itunes:episode>twelve</itunes:episode>", None),
        ("<itunes:title>#494 – Jensen Huang</itunes:title>", "494"),
        ("<itunes:title>Episode 12: Bees</itunes:title>", "12"),
        ("<itunes:title>12 bees</itunes:title>", None),
    ],
)
def test_the_number_is_the_one_that_the_show_prints(tags: str, number: str | None) -> None:
    assert item(tags).number == number


@pytest.mark.parametrize(
    ("text", "duration"),
    [
        ("1:02:03", 3723),
        ("62:03", 3723),
        ("3723", 3723),
        ("3722.6", 3723),
        ("", None),
        ("0", None),
        ("long", None),
        ("9" * 400, None),
    ],
)
def test_a_duration_is_read_in_all_its_forms(text: str, duration: int | None) -> None:
    expected = None if duration is None else timedelta(seconds=duration)

    assert item(f"<itunes:duration>{text}</itunes:duration>").duration == expected


def test_dates_links_seasons_and_descriptions() -> None:
    read = item(
        "<pubDate>Sun, 01 Mar 2026 23:30:00 -0800</pubDate>",
        "<link>https://www.youtube.com/watch?v=dQw4w9WgXcQ</link>",
        '<podcast:contentLink href="https://open.spotify.com/episode/abc">Spotify</podcast:contentLink>',
        "<podcast:season name='The hive'>2</podcast:season>",
        "<description><![CDATA[<p>First&nbsp;paragraph.</p><p>Second.</p>]]></description>",
        "<content:encoded>Longer.</content:encoded>",
    )

    assert read.published == date(2026, 3, 1)
    assert (read.page, read.youtube, read.spotify) == (
        None,
        "https://www.youtube.com/watch?v=dQw4w9WgXcQ",
        "https://open.spotify.com/episode/abc",
    )
    assert read.season == "2"
    assert read.summary == "First paragraph. Second."


def test_an_episode_has_the_ids_that_its_feed_and_its_links_tell() -> None:
    read = item(
        '<guid isPermaLink="false"> hive-12 </guid>',
        '<podcast:contentLink href="https://podcastindex.org/podcast/920666?episode=16795089">Index</podcast:contentLink>',
        "<link>https://podcasts.apple.com/de/podcast/hive-talk/id1434243584?i=1000394367287</link>",
        channel="<podcast:guid>917393E3-1b1e-5cef-ace4-edaa54e1f810</podcast:guid>",
    )

    assert read.ids == Ids(
        podcast="917393e3-1b1e-5cef-ace4-edaa54e1f810",
        guid="hive-12",
        apple="1434243584",
        podcastindex="920666",
        podcastindex_episode="16795089",
    )


@pytest.mark.parametrize(
    ("channel", "ids"),
    [
        ("<link>https://podcasts.apple.com/podcast/id1434243584</link>", Ids(apple="1434243584")),
        ("<link>https://itunes.apple.com/us/podcast/bees/id12?mt=2</link>", Ids(apple="12")),
        ('<podcast:id platform="x" url="https://podcastindex.org/podcast/920666"/>', Ids(podcastindex="920666")),
        ("<link>https://podcasts.apple.com.example/podcast/id12</link>", Ids()),
        ("<link>https://hive.example/?at=https://podcasts.apple.com/podcast/id12</link>", Ids()),
        ("<link>https://podcastindex.org/podcast/12abc?episode=x</link>", Ids()),
        ("<description>Like https://podcasts.apple.com/podcast/id12, our favourite.</description>", Ids()),
        ("<podcast:guid>hive-talk</podcast:guid>", Ids()),
    ],
)
def test_ids_are_taken_from_a_shows_own_links_alone(channel: str, ids: Ids) -> None:
    assert item(channel=channel).ids == ids


def test_what_stands_in_for_a_guid_is_not_kept_as_one() -> None:
    read = item('<enclosure url="https://hive.example/12.mp3" type="audio/mpeg"/>')

    assert (read.guid, read.ids) == ("https://hive.example/12.mp3", Ids())


def test_a_long_description_is_cut_where_a_sentence_ends() -> None:
    summary = item(f"<description>{'Some words. ' * 500}</description>").summary
    endless = item(f"<description>{'words ' * 900}</description>").summary

    assert summary is not None
    assert endless is not None
    assert summary.endswith("words.")
    assert 3900 < len(summary) <= 4000
    assert endless.endswith("words …")


def test_soundbites_have_a_title_or_none() -> None:
    read = item(
        '<podcast:soundbite startTime="73.5" duration="60"/>',
        '<podcast:soundbite startTime="1" duration="2">Nice</podcast:soundbite>',
        '<podcast:soundbite startTime="x" duration="2"/>',
    )

    assert [(bite.start.total_seconds(), bite.title) for bite in read.soundbites] == [(73.5, None), (1, "Nice")]


def test_what_is_wrong_is_told_with_its_line_and_the_rest_is_read() -> None:
    read = read_feed(
        feed(
            "<title>One</title><pubDate>yesterday</pubDate>",
            "<description> </description>",
            "<title>Two</title><link>javascript:alert(1)</link><enclosure url='file:///etc/passwd'/>",
            "<title>Three &nope; four</title>",
        )
    )

    assert [entry.title for entry in read.items] == ["One", "Two", "Three &nope; four"]
    assert [(finding.line, finding.reason, finding.count) for finding in read.findings] == [
        (3, BAD_DATE, 1),
        (4, NO_TITLE, 1),
        (5, BAD_LINK, 2),
        (6, NOT_XML, 1),
    ]


def test_a_feed_that_breaks_off_keeps_what_came_before() -> None:
    whole = feed("<title>One</title>", "<title>Two</title>")

    read = read_feed(whole[: whole.index(b"Two")])

    assert [entry.title for entry in read.items][:1] == ["One"]
    assert NOT_XML in {finding.reason for finding in read.findings}


@pytest.mark.parametrize("data", [b"", b"\0", b"hello", b"<html></html>", b"<rss><channel></channel></rss>", b"<rss/>"])
def test_what_is_no_feed_is_said_to_be_none(data: bytes) -> None:
    read = read_feed(data)

    assert read.items == ()
    assert NOT_A_FEED in {finding.reason for finding in read.findings}


def test_entities_are_never_expanded_or_fetched() -> None:
    bomb = b"<!DOCTYPE rss [" + b"".join(
        b'<!ENTITY a%d "%s">' % (depth, b"&a%d;" % (depth - 1) * 10 if depth else b"ha") for depth in range(12)
    )
    bomb += b"]><rss><channel><title>&a11;</title><item><title>&a11;</title></item></channel></rss>"
    stranger = (
        b'<!DOCTYPE rss [<!ENTITY f SYSTEM "file:///etc/passwd">]><rss><channel><title>&f;</title></channel></rss>'
    )

    for data in (bomb, bomb.decode().encode("utf-16"), stranger):
        read = read_feed(data)
        assert "hahaha" not in read.title
        assert "root:" not in read.title
    assert [finding.reason for finding in read_feed(bomb).findings] == [ENTITIES]
