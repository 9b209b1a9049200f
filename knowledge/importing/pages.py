"""Reads the pages of a feed one after another: https://www.rfc-editor.org/rfc/rfc5005#section-3.

What their entries become is decided elsewhere.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urldefrag, urlsplit

from knowledge.formats.rss import Feed, read_feed
from knowledge.formats.transcript import Finding
from knowledge.importing.web import Fetched, Reach, Version, Web, WebError

LARGEST_FEED = 64 * 2**20
"""Maximum size of a page in bytes; once the pages have this many in total, no further one is read."""
MOST_PAGES = 500
"""Maximum number of pages; at WordPress's ten entries a page, enough for a dozen years of a daily show."""

BREAKS_OFF = "not read, {}; the pages before it are imported, and importing again once it is back completes the feed"
ENDLESS = f"not read, nor anything after it: no feed has more than {MOST_PAGES} pages or {LARGEST_FEED // 2**20} MB"


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a feed.

    Attributes:
        number: counted from 1.
        version: None if it can't be read (a finding says why), or if several pages were combined.
    """

    address: str
    number: int
    feed: Feed
    version: Version | None


async def pages(source: str, first: Fetched, web: Web, reach: Reach) -> AsyncIterator[Page]:
    """Yield the pages of the feed that begins with `first`, up to the end or the first that can't be read.

    All are needed even for a few episodes or those since a date: feeds don't promise that the newest come first.
    `reach` limits where the links of feeds may lead.
    """
    page = Page(source, 1, read_feed(first.data, source), first.version)
    sizes = {source: len(first.data)}
    yield page
    # Some servers link the last page to itself or to the first.
    while (address := urldefrag(page.feed.next_page or "").url) and address not in sizes:
        number = len(sizes) + 1
        if number > MOST_PAGES or sum(sizes.values()) >= LARGEST_FEED:
            page = _unread(address, number, ENDLESS)
        else:
            page, sizes[address] = await _page(address, number, web, reach_to(address, source, reach))
        yield page


def whole(pages: Sequence[Page]) -> Page:
    """Combine all pages of a feed into one, which has no version if there are several.

    So they are read each time: an old episode that gets a transcript changes only its own page, whose address may
    contain a private feed's key and so must not be stored in a library.
    """
    first, *others = pages
    if not others:
        return first
    items = tuple(item for page in pages for item in page.feed.items)
    return replace(first, feed=replace(first.feed, items=items), version=None)


async def _page(address: str, number: int, web: Web, reach: Reach) -> tuple[Page, int]:
    """Fetch a page, and return it with its size in bytes."""
    try:
        fetched = await web.get(address, most=LARGEST_FEED, reach=reach)
    except WebError as error:
        return _unread(address, number, BREAKS_OFF.format(error)), 0
    feed = read_feed(fetched.data, address)
    if not (feed.title or feed.items):
        reason = feed.findings[-1].reason.removesuffix("; skipped")
        return _unread(address, number, BREAKS_OFF.format(reason)), 0
    found = feed if feed.items else Feed(feed.title, next_page=feed.next_page)  # an empty page is not a mistake
    return Page(address, number, found, fetched.version), len(fetched.data)


def reach_to(address: str, source: str, reach: Reach) -> Reach:
    """Return the reach for a page: that of typed addresses at the feed's own host, otherwise that of links."""
    typed = urlsplit(address).hostname == urlsplit(source).hostname
    return Reach.TYPED if typed and reach is Reach.PUBLIC else reach


def _unread(address: str, number: int, reason: str) -> Page:
    return Page(address, number, Feed("", findings=(Finding(None, reason),)), None)
