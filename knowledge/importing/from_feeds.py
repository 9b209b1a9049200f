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
        item, linked = self.item, _Linked(web, reach)
        file, transcript = await linked.transcript(item) or (None, Transcript())
        chapters = await linked.chapters(item)
        complete = not linked.notes
        return Draft(
            self.origin,
            self.fingerprint() if complete else "",
            folder_name(self.show, item.number, item.season, item.title),
            fields_of(item, self.show, chapters.chapters, transcript.turns),
            file,
            transcript.findings + chapters.findings,
            (*linked.notes, *(() if item.transcripts else (NO_TRANSCRIPT,))),
            item.guid,
            () if complete else ("quotes", "topics"),
            linked.versions,
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


class _Linked:
    """The files that an entry links to.

    Attributes:
        notes: what could not be fetched, and why.
        versions: of what was fetched, by address.
    """

    def __init__(self, web: Web, reach: Reach) -> None:
        self._web = web
        self._reach = reach
        self.notes: list[str] = []
        self.versions: dict[str, Version] = {}

    async def transcript(self, item: Item) -> tuple[File, Transcript] | None:
        """Fetch transcripts, richest first, until one names speakers; otherwise keep the first with words."""
        best: tuple[File, Transcript] | None = None
        missing: list[str] = []
        for offer in item.transcripts[:_TRIED]:
            try:
                fetched = await self._fetched(offer, page_expected=_declared(offer) not in SUFFIXES - _PAGES)
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
            self.notes.extend(dict.fromkeys(missing))
        return best

    async def chapters(self, item: Item) -> Chapters:
        """Fetch the chapters; none if there is no such file, or it can't be fetched."""
        try:
            return read_chapters((await self._fetched(item.chapters)).data) if item.chapters else Chapters()
        except WebError as error:
            self.notes.append(MISSING.format("list of chapters", error))
            return Chapters()

    async def _fetched(self, offer: Offer, *, page_expected: bool = False) -> Fetched:
        """Fetch a file and record its version; raises WebError if it can't be, or is an unexpected web page."""
        fetched = await self._web.get(offer.url, most=LARGEST, reach=self._reach)
        if not page_expected and is_web_page(fetched.data):
            raise WebError(WEB_PAGE)
        self.versions[offer.url] = fetched.version
        return fetched


def _declared(offer: Offer) -> str:
    """Return the file suffix that the feed's media type or address implies; "" if neither does."""
    suffix = PurePath(urlsplit(offer.url).path).suffix.lower()
    named = suffix if suffix in SUFFIXES else ""
    return _SUFFIXES.get(offer.type) or named or (".txt" if offer.type == "text/plain" else "")
