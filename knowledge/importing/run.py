"""Runs an import: sources in, events out, while the library fills.

Decides only the order of things: the sources decide what an episode is, the store how it is saved.
"""

from __future__ import annotations

import asyncio
import re
import sys
from collections import deque
from collections.abc import AsyncIterator, Coroutine, Iterable, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import TypeAlias, TypeVar
from urllib.parse import urlsplit

from knowledge.errors import KnowledgeError
from knowledge.formats import LARGEST, SUFFIXES, is_web_page
from knowledge.formats.rss import Item, read_feed
from knowledge.formats.transcript import Finding
from knowledge.importing.draft import Draft
from knowledge.importing.from_feeds import SAME_GUID, FeedEntry, entries_of, feed_origin
from knowledge.importing.from_files import (
    FEED_SUFFIXES,
    Entries,
    EpisodeFile,
    Skipped,
    episodes_among,
    episodes_in,
)
from knowledge.importing.pages import LARGEST_FEED, Page, pages, reach_to, whole
from knowledge.importing.store import Change, Store
from knowledge.importing.web import Fetched, Reach, UnchangedError, Web, WebError
from knowledge.library.inside import leads_out
from knowledge.links import without_login
from knowledge.workers import spread

_T = TypeVar("_T")

_AT_ONCE = 4
"""Number of feed entries fetched concurrently; few, to be polite to servers."""

_MANY = 200
"""Minimum number of files to read on all cores."""

_LOGIN = re.compile(r"(?:(?<=/)|^)[^/:@\s]*:[^/\s]*@")
"""A login, even in a mistyped address such as `https:/me:secret@feeds.example.com`."""

TOO_OLD = "published before {}"
_NO_PAGES = "give the feed's own address, or log in to this network first if it asks you to"
NO_DATE = "its date is unknown"


class SourceError(KnowledgeError):
    """A source that can't be imported at all; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Options:
    """How to import.

    Attributes:
        limit: maximum number of episodes to look at; a feed's newest first.
        since: skip episodes published before this date, or without a date.
        show: the show's name, instead of the source's.
        reach: where the links of feeds may lead.
        refresh: fetch even unchanged entries again.
        dry_run: report what would be done, and write nothing.
    """

    limit: int | None = None
    since: date | None = None
    show: str | None = None
    reach: Reach = Reach.PUBLIC
    refresh: bool = False
    dry_run: bool = False


@dataclass(frozen=True, slots=True)
class Planned:
    """This many more episodes will be looked at."""

    count: int


@dataclass(frozen=True, slots=True)
class Handled:
    """An episode has been looked at.

    Attributes:
        source: where it came from: a file's path or the title of a feed's entry.
        folder: the episode's folder in the library, None if it has none.
        notes: why it was skipped, which of a person's edits were kept, what could not be fetched.
        findings: what could not be read of its transcript and chapters.
        show: the name of a new episode's show if it was guessed from a folder, otherwise None.
    """

    source: str
    change: Change
    folder: str | None = None
    notes: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    show: str | None = None


@dataclass(frozen=True, slots=True)
class FeedRead:
    """A page of a feed has been read; `findings` says what could not be."""

    source: str
    findings: tuple[Finding, ...] = ()


Event: TypeAlias = Planned | Handled | FeedRead


async def run(sources: Iterable[str], library: Path, web: Web, options: Options) -> AsyncIterator[Event]:
    """Import feeds, folders and files into a library, with an event for every episode.

    Raises:
        SourceError: a source doesn't exist or can't be imported; nothing has been written.
        StoreError: the library can't be written to, or another import is running in it.
    """
    with Store.opened(library, writing=not options.dry_run) as store:
        work = _Import(store, web, options)
        async for event in work.run(tuple(sources)):
            yield event


class _Import:
    """One run of an import."""

    def __init__(self, store: Store, web: Web, options: Options) -> None:
        self._store = store
        self._web = web
        self._options = options
        self._left = sys.maxsize if options.limit is None else options.limit
        self._whole = options.limit is None and options.since is None and not options.refresh
        self._seen: set[str] = set()

    async def run(self, sources: Sequence[str]) -> AsyncIterator[Event]:
        places = on_disk(sources)
        feeds: list[Page] = []
        for source in sources:
            if _is_feed(source):
                read: list[Page] = []
                async for page in self._pages(source, needed=not all(map(_is_feed, sources))):
                    read.append(page)
                    yield FeedRead(_page_name(source, page), page.feed.findings)
                if read:
                    feeds.append(whole(read))
                else:
                    unchanged = self._store.of_feed(feed_origin(source))
                    yield Planned(len(unchanged))
                    for name in unchanged:
                        yield Handled(_redacted(source), Change.UNCHANGED, name)
        files = self._within_limit(self._files([place for place in places if not _is_feed(str(place))], feeds))
        used = {file.item for file in files if isinstance(file, EpisodeFile) and file.item}
        yield Planned(len(files))
        checked = [(file, self._unchanged_folder(file)) for file in files]
        changed = [file for file, known in checked if isinstance(file, EpisodeFile) and known is None]
        with closing(spread(EpisodeFile.draft, changed, worth=_MANY)) as drafts:
            for file, known in checked:
                if isinstance(file, Skipped):
                    yield _skipped(file.path, file.reason)
                elif known is not None:
                    yield Handled(str(file.path), Change.UNCHANGED, known)
                else:
                    yield self._file(file, next(drafts))
                await asyncio.sleep(0)  # let the event loop notice Ctrl-C
        for feed in feeds:
            async for event in self._entries(feed, used):
                yield event

    def _files(self, places: Sequence[Path], feeds: Sequence[Page]) -> list[EpisodeFile | Skipped]:
        given = [feed.feed for feed in feeds]
        found: list[EpisodeFile | Skipped] = []
        alone: dict[Path, list[Path]] = {}
        for place in places:
            if place.is_dir():
                inside = (path for path in sorted(place.iterdir()) if not leads_out(path, place))
                own = [read_feed(_read_file(path)[1].data) for path in inside if _is_feed(str(path))]
                found.extend(episodes_in(place, Entries([*given, *own]), self._options.show))
            elif place.suffix.lower() in SUFFIXES:
                alone.setdefault(place.absolute().parent, []).append(place)
            else:
                endings = ", ".join(sorted(SUFFIXES | FEED_SUFFIXES))
                raise SourceError(f"{place} is not a transcript or feed; their names end in {endings}")
        for paths in alone.values():
            found.extend(episodes_among(paths, Entries(given), self._options.show))
        return found

    def _within_limit(self, found: list[EpisodeFile | Skipped]) -> list[EpisodeFile | Skipped]:
        kept: list[EpisodeFile | Skipped] = []
        for file in found:
            if isinstance(file, EpisodeFile):
                if not self._left:
                    continue
                self._left -= 1
            kept.append(file)
        return kept

    def _unchanged_folder(self, file: EpisodeFile | Skipped) -> str | None:
        """Return the folder of a file that has not changed since it was imported, otherwise None."""
        if isinstance(file, Skipped):
            return None
        try:
            return self._store.unchanged(file.origin, file.fingerprint())
        except OSError:  # reading it will report why
            return None

    def _file(self, file: EpisodeFile, draft: Draft | Skipped) -> Handled:
        if isinstance(draft, Skipped):
            return _skipped(draft.path, draft.reason)
        published = draft.fields.get("published")
        if reason := self._too_old(date.fromisoformat(published) if isinstance(published, str) else None):
            return _skipped(file.path, reason)
        done = self._put(draft, str(file.path))
        guessed = file.by_folder and done.change is Change.ADDED and draft.fields["show"] == file.show
        return replace(done, show=file.show) if guessed else done

    async def _pages(self, source: str, *, needed: bool) -> AsyncIterator[Page]:
        """Yield a feed's pages; none if neither they nor the linked files have changed since a complete import.

        With `needed`, they are yielded anyway: files take titles and links from them.
        """
        first: Fetched | None
        if _is_address(source):
            place, first = source, await self._first_page(source, needed=needed)
        else:
            place, first = _read_file(Path(source))
        if first is None:
            return
        if is_web_page(first.data):
            raise SourceError(f"{_redacted(source)} is a web page, not a feed; {_suggestion(first.data, source)}")
        async for page in pages(place, first, self._web, self._options.reach):
            yield page

    async def _first_page(self, source: str, *, needed: bool) -> Fetched | None:
        """Fetch a feed's first page; None if nothing in the whole feed has changed."""
        kept = self._whole and not needed
        known = self._store.feed_version(feed_origin(source), self._options.show) if kept else None
        reach = reach_to(source, source, self._options.reach)
        get = partial(self._web.get, source, most=LARGEST_FEED, reach=reach)
        try:
            try:
                return await get(known=known)
            except UnchangedError:
                checks = _side_by_side(map(self._link_changed, self._store.of_feed(feed_origin(source))))
                return await get() if any([changed async for changed in checks]) else None
        except WebError as error:
            raise SourceError(f"the feed {_redacted(source)} could not be fetched: {error}") from error

    async def _link_changed(self, name: str) -> bool:
        """Check whether a linked file of an episode has changed; one that can't be fetched counts as unchanged."""
        for url, version in self._store.links(name).items():
            with suppress(WebError):
                fetched = await self._web.get(url, most=LARGEST, reach=self._options.reach, known=version)
                if fetched.version != version:
                    return True
        return False

    async def _entries(self, read: Page, used: set[Item]) -> AsyncIterator[Event]:
        offered = list(entries_of(read.feed, read.address, self._options.show))
        self._seen |= {entry.origin for entry in offered if entry.item in used}
        entries = [entry for entry in offered if entry.item not in used]
        entries = entries[: self._left]
        self._left -= len(entries)
        yield Planned(len(entries))
        complete = True
        waiting: list[FeedEntry] = []
        for entry in entries:
            if reason := self._not_wanted(entry):
                yield _skipped(_quoted_title(entry), reason)
            else:
                waiting.append(entry)
        async for entry, draft in _side_by_side(self._drafted(entry) for entry in waiting):
            if isinstance(draft, str):
                yield Handled(_quoted_title(entry), Change.UNCHANGED, draft)
            else:
                complete = complete and bool(draft.fingerprint)
                yield self._put(draft, _quoted_title(entry))
        version = read.version if complete and self._whole else None
        self._store.remember_feed(feed_origin(read.address), version, self._options.show)

    def _not_wanted(self, entry: FeedEntry) -> str | None:
        """Return why an entry is skipped, None if it isn't."""
        if entry.origin in self._seen:
            return SAME_GUID
        self._seen.add(entry.origin)
        return self._too_old(entry.item.published)

    async def _drafted(self, entry: FeedEntry) -> tuple[FeedEntry, Draft | str]:
        """Draft an entry, fetching what it links to; if nothing has changed, return its folder's name instead."""
        known = None if self._options.refresh else self._store.unchanged(entry.origin, entry.fingerprint())
        if known is not None and not await self._link_changed(known):
            return entry, known
        return entry, await entry.draft(self._web, self._options.reach)

    def _too_old(self, published: date | None) -> str | None:
        since = self._options.since
        if since is None or (published is not None and published >= since):
            return None
        return NO_DATE if published is None else TOO_OLD.format(since)

    def _put(self, draft: Draft, source: str) -> Handled:
        stored = self._store.put(draft)
        return Handled(source, stored.change, stored.name, draft.notes + stored.notes, draft.findings)


def on_disk(sources: Sequence[str]) -> list[Path]:
    """Return the sources that are on disk.

    Raises:
        SourceError: a source doesn't exist, or is neither an address nor a path.
    """
    for source in sources:
        if not source.strip():
            raise SourceError("a source is empty; give a feed's address, a folder or files")
        if "://" in source and not _is_address(source):
            raise SourceError(
                f"{_redacted(source)} is not an http(s) address; for something on this machine, give its path"
            )
    places = [Path(source) for source in sources if not _is_address(source)]
    for place in places:
        if not place.exists():
            raise SourceError(
                f"there is no file or folder {_redacted(str(place))}; give a folder, files or a feed's address, which "
                "begins with https://"
            )
    return places


def _skipped(source: str | Path, reason: str) -> Handled:
    return Handled(str(source), Change.SKIPPED, notes=(reason,))


def _quoted_title(entry: FeedEntry) -> str:
    """Quote an entry's title, which may contain commas."""
    return f"“{entry.item.title}”"


async def _side_by_side(work: Iterable[Coroutine[object, object, _T]]) -> AsyncIterator[_T]:
    """Run coroutines concurrently, a few at a time, and yield their results in order."""
    under_way: deque[asyncio.Task[_T]] = deque()
    try:
        for each in work:
            under_way.append(asyncio.create_task(each))
            if len(under_way) == _AT_ONCE:
                yield await under_way.popleft()
        while under_way:
            yield await under_way.popleft()
    finally:
        for task in under_way:
            task.cancel()
        await asyncio.gather(*under_way, return_exceptions=True)


def _read_file(path: Path) -> tuple[str, Fetched]:
    try:
        if not path.is_file() or path.stat().st_size > LARGEST_FEED:
            raise SourceError(f"{path} is not a file, or larger than any feed; give the feed's own file")
        return str(path.absolute()), Fetched(path.read_bytes())
    except OSError as error:
        raise SourceError(f"{path} can't be opened ({error.strerror})") from error


def _suggestion(page: bytes, source: str) -> str:
    """Say what to give instead of a page: the feed it links to, otherwise the feed's own address."""
    from knowledge.formats.web_page import feed_named_by

    named = feed_named_by(page, source)
    return f"it names {_redacted(named)} as its feed" if named else _NO_PAGES


def _redacted(source: str) -> str:
    """Return a feed's address for messages, without the parts that may be a secret."""
    return _LOGIN.sub("", without_login(source.partition("?")[0] if _is_address(source) else source))


def _page_name(source: str, page: Page) -> str:
    return _redacted(source) if page.number == 1 else f"page {page.number} at {_redacted(page.address)}"


def _is_address(source: str) -> bool:
    try:
        return urlsplit(source).scheme in {"http", "https"}
    except ValueError:  # "http://["
        return False


def _is_feed(source: str) -> bool:
    return _is_address(source) or (Path(source).suffix.lower() in FEED_SUFFIXES and not Path(source).is_dir())
