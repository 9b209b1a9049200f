"""Drafts episodes from a feed's entries, and fetches the files they link to.

All requests go through the `Web` passed in.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from mimetypes import guess_extension
from pathlib import PurePath
from urllib.parse import urlsplit

from knowledge.formats import LARGEST, SUFFIXES, is_web_page, read_transcript, suffix_of
from knowledge.formats.chapters import Chapters, read_chapters
from knowledge.formats.rss import Feed, Item, Offer
from knowledge.formats.transcript import Transcript
from knowledge.importing.draft import Draft, File, fields_of, fingerprint, folder_name
from knowledge.importing.web import Fetched, Reach, Version, Web, WebError
from knowledge.links import without_login

NO_TRANSCRIPT = "the feed offers no transcript"
MISSING = "the {} could not be fetched: {}"
WEB_PAGE = "the server sent a web page instead, perhaps one to log in on"
UNUSABLE = "the transcript can't be used: {}"
SAME_GUID = "another entry of the feed has the same guid"

_TRIED = 3
"""Maximum number of an entry's transcripts to fetch in search of one that names speakers."""
_PAGES = {".html", ".htm"}
_SUFFIXES = {
    "text/vtt": ".vtt",
    "application/x-subrip": ".srt",
    "application/srt": ".srt",
    "text/srt": ".srt",
    "application/json": ".json",
    "text/html": ".html",
    "text/markdown": ".md",
}


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """An entry of a feed, ready to be imported.

    Attributes:
        feed: the feed's address or path.
    """

    feed: str
    show: str
    item: Item

    @property
    def origin(self) -> str:
        """The entry's permanent identity."""
        return f"{feed_origin(self.feed)}{self.item.guid}"

    def fingerprint(self) -> str:
        """Return a digest that changes with the entry."""
        return fingerprint(self.show, self.item)

    async def draft(self, web: Web, reach: Reach) -> Draft:
        """Fetch the entry's transcript and chapters."""
        item = self.item
        notes: list[str] = []
        links: dict[str, Version] = {}
        file, transcript = await _best_transcript(item, web, reach, notes, links) or (None, Transcript())
        chapters = await _chapters(item.chapters, web, reach, notes, links)
        complete = not notes
        if not item.transcripts:
            notes.append(NO_TRANSCRIPT)
        return Draft(
            self.origin,
            self.fingerprint() if complete else "",
            folder_name(self.show, item.number, item.season, item.title),
            fields_of(item, self.show, chapters.chapters, transcript.turns),
            file,
            transcript.findings + chapters.findings,
            tuple(notes),
            item.guid,
            () if complete else ("quotes", "topics"),
            links,
        )


def feed_origin(feed: str) -> str:
    """Return the prefix of the origins of a feed's entries.

    It has the host and a digest, not the address: private feeds' addresses are secrets, and libraries are shared.
    """
    return f"feed:{urlsplit(feed).hostname or PurePath(feed).name}:{fingerprint(without_login(feed))}#"


def entries_of(feed: Feed, address: str, show: str | None) -> Iterator[FeedEntry]:
    """Yield a feed's entries, newest first; those without a date come last."""
    dated = sorted(feed.items, key=lambda item: item.published.toordinal() if item.published else 0, reverse=True)
    for item in dated:
        yield FeedEntry(address, show or feed.title or urlsplit(address).hostname or "Podcast", item)


async def _best_transcript(
    item: Item, web: Web, reach: Reach, notes: list[str], links: dict[str, Version]
) -> tuple[File, Transcript] | None:
    """Fetch transcripts, richest first, until one names speakers; otherwise keep the first with words."""
    best: tuple[File, Transcript] | None = None
    missing: list[str] = []
    for offer in item.transcripts[:_TRIED]:
        page_expected = _declared(offer) not in SUFFIXES - _PAGES
        try:
            fetched = await _fetched(offer, web, reach, links, page_expected=page_expected)
        except WebError as error:
            missing.append(MISSING.format("transcript", error))
            continue
        # Trust the feed's media type first, then the address, then the server's media type.
        suffix = _declared(offer) or _SUFFIXES.get(fetched.type) or guess_extension(fetched.type) or ""
        name = f"transcript{suffix_of(f'transcript{suffix}', fetched.data)}"
        transcript = read_transcript(name, fetched.data)
        if not transcript.turns:
            missing.append(UNUSABLE.format(transcript.findings[-1].reason))
            continue
        found = File(name, fetched.data), transcript
        if any(turn.speaker for turn in transcript.turns):
            return found
        best = best or found
    if best is None:
        notes.extend(dict.fromkeys(missing))
    return best


def _declared(offer: Offer) -> str:
    """Return the file suffix that the feed's media type or address implies; "" if neither does."""
    suffix = PurePath(urlsplit(offer.url).path).suffix.lower()
    named = suffix if suffix in SUFFIXES else ""
    return _SUFFIXES.get(offer.type) or named or (".txt" if offer.type == "text/plain" else "")


async def _chapters(
    offer: Offer | None, web: Web, reach: Reach, notes: list[str], links: dict[str, Version]
) -> Chapters:
    if offer is None:
        return Chapters()
    try:
        return read_chapters((await _fetched(offer, web, reach, links, page_expected=False)).data)
    except WebError as error:
        notes.append(MISSING.format("list of chapters", error))
        return Chapters()


async def _fetched(offer: Offer, web: Web, reach: Reach, links: dict[str, Version], *, page_expected: bool) -> Fetched:
    """Fetch a file that a feed offers, and record its version in `links`.

    Raises:
        WebError: it can't be fetched, or the server sent an unexpected web page.
    """
    fetched = await web.get(offer.url, most=LARGEST, reach=reach)
    if not page_expected and is_web_page(fetched.data):
        raise WebError(WEB_PAGE)
    links[offer.url] = fetched.version
    return fetched
