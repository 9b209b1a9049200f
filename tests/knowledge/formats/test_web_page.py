"""Which feed a web page names."""

from __future__ import annotations

import pytest

from knowledge.formats.web_page import feed_named_by

ADDRESS = "https://hive.example.com/show/"


@pytest.mark.parametrize(
    ("head", "named"),
    [
        ('<link rel="alternate" type="application/rss+xml" href="/feed.xml">', "https://hive.example.com/feed.xml"),
        ('<link REL="Alternate home" type="application/atom+xml" href="https://f.example/a">', "https://f.example/a"),
        ('<link rel="alternate" type="application/rss+xml" href="javascript:1">', None),
        ('<link rel="alternate" type="application/rss+xml" href="http://[">', None),
        ('<link rel="alternate" type="application/rss+xml">', None),
        ('<link rel="alternate" hreflang="de" href="/de">', None),
        ("<title>Hotel</title>", None),
    ],
)
def test_it_is_the_first_feed_that_the_page_links_to(head: str, named: str | None) -> None:
    page = f"<!DOCTYPE html><html><head>{head}</head><body>Bees</body></html>".encode()

    assert feed_named_by(page, ADDRESS) == named


def test_bytes_that_are_no_page_name_none() -> None:
    assert feed_named_by(b"", ADDRESS) is None
    assert feed_named_by(b"\xff\xfe\x00<", ADDRESS) is None
