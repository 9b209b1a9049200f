"""The pages of a feed, which may go on at other addresses: https://www.rfc-editor.org/rfc/rfc5005#section-3.

Reads them one after another. What their entries become is not decided here.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from urllib.parse import urldefrag, urlsplit

from knowledge.formats import Finding
from knowledge.formats.rss import Feed, read_feed
from knowledge.importing.web import Fetched, Reach, Version, Web, WebError

LARGEST_FEED = 64 * 2**20
"""Bytes of a page; after pages that have as many together no further one is read."""
MOST_PAGES = 500
"""Of ten entries, as WordPress writes them, these hold a dozen years of a daily show."""

BREAKS_OFF = (
    "not read, {}; the pages before it are imported, and importing again completes the feed when this one is back"
)
ENDLESS = f"not read, nor anything after it: no feed has more than {MOST_PAGES} pages or {LARGEST_FEED // 2**20} MB"


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a feed.

    Attributes:
        number: counted from 1.
        version: None where nothing could be read of it; a finding says why.
    """

    address: str
    number: int
    feed: Feed
    version: Version | None


class Pages:
    """The pages of one feed, fetched through the `Web` passed in."""

    def __init__(self, source: str, web: Web, reach: Reach) -> None:
        """Begin with a feed's address, or its path on disk; `reach` is where the links of feeds may lead."""
        self._source = source
        self._web = web
        self._reach = reach

    async def first(self, known: Version | None = None) -> Fetched:
        """Fetch the first page.

        Raises:
            UnchangedError: it still is what it was in the version that is known.
            WebError: it can't be fetched, or must not be.
        """
        reach = self._reach_to(self._source)
        return await self._web.get(self._source, most=LARGEST_FEED, reach=reach, known=known)

    async def read(self, first: Fetched) -> AsyncIterator[Page]:
        """Yield the pages to the feed's end, or to the first that can't be read.

        All of them, also for a few episodes or those since a date: nobody promises that the newest come first.
        """
        page = Page(self._source, 1, read_feed(first.data, self._source), first.version)
        sizes = {self._source: len(first.data)}
        yield page
        # Some servers let the last page lead back to itself or to the first; all has been read then.
        while (address := urldefrag(page.feed.next_page or "").url) and address not in sizes:
            number = len(sizes) + 1
            if number > MOST_PAGES or sum(sizes.values()) >= LARGEST_FEED:
                page = _unread(address, number, ENDLESS)
            else:
                page, sizes[address] = await self._page(address, number)
            yield page

    async def _page(self, address: str, number: int) -> tuple[Page, int]:
        """Fetch a page, and return its size with it."""
        try:
            fetched = await self._web.get(address, most=LARGEST_FEED, reach=self._reach_to(address))
        except WebError as error:
            return _unread(address, number, BREAKS_OFF.format(error)), 0
        feed = read_feed(fetched.data, address)
        if not (feed.title or feed.items):
            reason = feed.findings[-1].reason.removesuffix("; skipped")
            return _unread(address, number, BREAKS_OFF.format(reason)), 0
        found = feed if feed.items else Feed(feed.title, next_page=feed.next_page)  # an empty page is no fault
        return Page(address, number, found, fetched.version), len(fetched.data)

    def _reach_to(self, address: str) -> Reach:
        """Say where a page may be: where a person said that the feed is, and otherwise where its links may lead."""
        typed = urlsplit(address).hostname == urlsplit(self._source).hostname
        return Reach.TYPED if typed and self._reach is Reach.PUBLIC else self._reach


def _unread(address: str, number: int, reason: str) -> Page:
    return Page(address, number, Feed("", findings=(Finding(None, reason),)), None)
