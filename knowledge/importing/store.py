"""Writes drafts into a library: complete, once, and without overwriting people's edits.

Keeps the guarantees in the package's docstring. Doesn't know where drafts come from.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from enum import StrEnum
from pathlib import Path

from filelock import FileLock, Timeout

from knowledge.errors import KnowledgeError
from knowledge.ids import EPISODE_ID_LENGTH, numbered
from knowledge.importing.draft import ON_DISK, Draft, fingerprint
from knowledge.importing.web import Version
from knowledge.library import EPISODE_FILE, episode_text
from knowledge.library.episode_text import Value, normal
from knowledge.library.inside import leads_out
from knowledge.library.transcripts import transcript_in

RECORD = ".imported.json"
FEEDS = ".imported-feeds.json"
LOCK = ".importing.lock"

_UNFINISHED = ".importing-"
_FORM = 1
"""Version of the records' format; records of another version are ignored, so everything is compared again."""

KEPT_FIELDS = "kept as edited: {}"
KEPT_TRANSCRIPT = "kept the transcript as edited"
BESIDE = "{} is another episode in the library; to add transcripts to a feed's episodes, import both together"
KEPT_FILE = f"kept {EPISODE_FILE} as edited: its layout doesn't allow single fields to be changed"


class StoreError(KnowledgeError):
    """A library that can't be written to; the message says what to do."""


class Change(StrEnum):
    """What an import did with an episode."""

    ADDED = "added"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class StoredEpisode:
    """The result of storing a draft: the episode's folder, and notes on which edits were kept."""

    name: str
    change: Change
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Record:
    """What the last import wrote into an episode's folder."""

    origin: str
    fingerprint: str
    fields: Mapping[str, Value]
    transcript: str | None
    digest: str | None
    guid: str = ""
    links: Mapping[str, Version] = field(default_factory=dict)


class Store:
    """A library open for an import; `opened` makes one."""

    def __init__(self, folder: Path, *, writing: bool) -> None:
        self._folder = folder
        self._writing = writing
        self._records = dict(_records(folder))
        self._names = {record.origin: name for name, record in self._records.items()}
        self._guids = {_guid(record): name for name, record in self._records.items() if record.guid}
        self._taken = {place.name for place in folder.iterdir()} if folder.is_dir() else set()

    @classmethod
    @contextmanager
    def opened(cls, folder: Path, *, writing: bool = True) -> Iterator[Store]:
        """Open a library, and create its folder if necessary; without `writing`, nothing is written.

        Raises:
            StoreError: another import is running in it, or it can't be written to.
        """
        if not writing:
            yield cls(folder, writing=False)
            return
        try:
            folder.mkdir(parents=True, exist_ok=True)
            lock = FileLock(folder / LOCK)
            lock.acquire(timeout=0)
        except Timeout as error:
            raise StoreError(f"another import is running in {folder}; try again when it has finished") from error
        except OSError as error:
            raise StoreError(f"{folder} can't be written to ({error.strerror}); choose another folder") from error
        try:
            for leftover in folder.glob(f"{_UNFINISHED}*/"):
                shutil.rmtree(leftover, ignore_errors=True)
            yield cls(folder, writing=True)
        finally:
            lock.release()

    def unchanged(self, origin: str, mark: str) -> str | None:
        """Return the episode's folder if it is up to date with its source's fingerprint `mark`, otherwise None."""
        name = self._names.get(origin)
        if name is None or not mark or self._records[name].fingerprint != mark:
            return None
        return name if self._is_whole(name) else None

    def links(self, name: str) -> dict[str, Version]:
        """Return an episode's fetched files that have a version, so that their servers can be asked for changes."""
        return {url: version for url, version in self._records[name].links.items() if version != Version()}

    def of_feed(self, prefix: str) -> list[str]:
        """List the folders of the episodes whose origin begins with `prefix`."""
        return [name for origin, name in self._names.items() if origin.startswith(prefix)]

    def put(self, draft: Draft) -> StoredEpisode:
        """Add an episode or bring it up to date.

        Raises:
            StoreError: its files can't be written.
        """
        name = self._name_for(draft)
        namesake = self._records.get(draft.name)
        place = self._folder / name
        try:
            stored = self._update(draft, place) if place.exists() else self._add(draft, place)
        except OSError as error:
            raise StoreError(f"{place} can't be written ({error.strerror}); fix that and import again") from error
        self._taken.add(name)
        self._names[draft.origin] = name
        if draft.guid:
            self._guids[_guid(draft)] = name
        if stored.change is Change.ADDED and namesake and bool(namesake.guid) != bool(draft.guid):
            return replace(stored, notes=(*stored.notes, BESIDE.format(draft.name)))
        return stored

    def feed_version(self, origin: str, show: str | None) -> Version | None:
        """Return a feed's version at its last complete import, None if there was none.

        Also None if an episode or transcript was deleted since, or if `show` names the show differently.
        """
        known = _object(self._folder / FEEDS).get(origin)
        return _version(known) if isinstance(known, dict) and known.get("holds") == self._holds(origin, show) else None

    def remember_feed(self, origin: str, version: Version | None, show: str | None) -> None:
        """Record that all episodes of this version of a feed are imported; None forgets the last one."""
        if not self._writing:
            return
        feeds = _object(self._folder / FEEDS)
        feeds.pop(origin, None)
        if version and (version.etag or version.modified):
            feeds[origin] = {**asdict(version), "holds": self._holds(origin, show)}
        replace_file(self._folder / FEEDS, _json(feeds))

    def _holds(self, origin: str, show: str | None) -> str:
        """Return a digest of what the library has of a feed: it differs once an episode or a transcript is deleted."""
        return fingerprint(show, *sorted(filter(self._is_whole, self.of_feed(origin))))

    def _is_whole(self, name: str) -> bool:
        """Return whether an episode still has the files that an import gave it."""
        transcript = self._records[name].transcript
        return all((self._folder / name / file).exists() for file in (EPISODE_FILE, transcript) if file)

    def _name_for(self, draft: Draft) -> str:
        """Return the folder's name: the existing one, or the draft's preferred one, with a number if it is taken.

        An episode whose feed has moved keeps its folder, even if its title has changed since.
        """
        if known := self._names.get(draft.origin) or (self._guids.get(_guid(draft)) if draft.guid else None):
            return known
        names = numbered(draft.name, EPISODE_ID_LENGTH)
        return next(name for name in names if name not in self._taken or self._adoptable(name, draft))

    def _adoptable(self, name: str, draft: Draft) -> bool:
        """Return whether an existing folder is the draft's, or no longer any other source's.

        It is the draft's if the feed has moved, or if a file and a feed's entry are the same episode. It has no source
        if it was made by hand, or from a file that no longer exists, perhaps because it was moved.
        """
        record = self._records.get(name)
        if record is None:
            place = self._folder / name
            return place.is_dir() and name not in self._names.values() and not leads_out(place, self._folder)
        if record.guid and record.guid == draft.guid:
            return True
        return record.origin.startswith(ON_DISK) and not Path(record.origin.removeprefix(ON_DISK)).exists()

    def _add(self, draft: Draft, place: Path) -> StoredEpisode:
        if self._writing:
            unfinished = self._folder / f"{_UNFINISHED}{place.name}"
            unfinished.mkdir()
            (unfinished / EPISODE_FILE).write_text(episode_text.written(draft.fields), encoding="utf-8")
            if draft.transcript:
                (unfinished / draft.transcript.name).write_bytes(draft.transcript.data)
            (unfinished / RECORD).write_bytes(_serialized(_recorded(draft)))
            unfinished.rename(place)
        self._records[place.name] = _recorded(draft)
        return StoredEpisode(place.name, Change.ADDED)

    def _update(self, draft: Draft, place: Path) -> StoredEpisode:
        before = self._records.get(place.name)
        if before:
            fetched_before = {name: before.fields[name] for name in draft.unknown if name in before.fields}
            draft = replace(draft, fields={**draft.fields, **fetched_before})
        after = _recorded(draft)
        changes: dict[Path, bytes] = {}
        obsolete: Path | None = None
        notes: list[str] = []
        if draft.transcript is None:
            after = replace(after, transcript=before.transcript, digest=before.digest) if before else after
        else:
            target = place / draft.transcript.name
            old = transcript_in(place)
            current = old.read_bytes() if old else b""
            if old and current != draft.transcript.data and (before is None or _digest(current) != before.digest):
                notes.append(KEPT_TRANSCRIPT)
            elif old != target or current != draft.transcript.data:
                changes[target] = draft.transcript.data
                obsolete = old if old != target else None
        text, kept = _merged(place / EPISODE_FILE, draft.fields, before.fields if before else {})
        if text is not None:
            changes[place / EPISODE_FILE] = text.encode()
        notes.extend(kept)
        if self._writing:
            for path, data in changes.items():
                replace_file(path, data)
            if obsolete:
                obsolete.unlink()
            replace_file(place / RECORD, _serialized(after))
        self._records[place.name] = after
        return StoredEpisode(place.name, Change.UPDATED if changes else Change.UNCHANGED, tuple(notes))


def _guid(episode: Draft | _Record) -> tuple[str, str]:
    """Return what identifies an episode wherever its feed is: the show too, as some feeds merely count."""
    return str(episode.fields.get("show")), episode.guid


def _merged(path: Path, fields: Mapping[str, Value], before: Mapping[str, Value]) -> tuple[str | None, tuple[str, ...]]:
    """Return the new text of an `episode.yaml`, None if it doesn't change, and notes on what was kept."""
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return episode_text.written(fields), ()
    except UnicodeDecodeError:
        return None, (KEPT_FILE,)
    now = episode_text.read(text)
    if now is None:
        return None, (KEPT_FILE,)
    wanted = {name: normal(value) for name, value in fields.items()}
    base = {name: normal(value) for name, value in before.items()}
    changes: dict[str, Value | None] = {}
    kept: list[str] = []
    for name in (*wanted, *(name for name in base if name not in wanted)):
        if now.get(name) == wanted.get(name) or base.get(name) == wanted.get(name):
            continue
        if now.get(name) == base.get(name):
            changes[name] = fields.get(name)
        else:
            kept.append(name)
    notes = (KEPT_FIELDS.format(", ".join(kept)),) if kept else ()
    if not changes:
        return None, notes
    changed = episode_text.changed(text, changes)
    return (changed, notes) if changed is not None else (None, (KEPT_FILE,))


def _records(folder: Path) -> Iterator[tuple[str, _Record]]:
    if not folder.is_dir():
        return
    for place in sorted(folder.iterdir()):
        if place.name.startswith(".") or leads_out(place, folder):
            continue
        known = _object(place / RECORD)
        match known:
            case {"form": form, "origin": str(origin), "fingerprint": str(mark), "fields": dict(fields)} if (
                form == _FORM
            ):
                transcript, digest, guid = (_text(known.get(name)) for name in ("transcript", "digest", "guid"))
                yield place.name, _Record(origin, mark, fields, transcript, digest, guid or "", _links(known))


def _links(known: Mapping[str, object]) -> dict[str, Version]:
    links = known.get("links")
    return {url: _version(version) for url, version in links.items()} if isinstance(links, dict) else {}


def _version(known: object) -> Version:
    given = known if isinstance(known, dict) else {}
    return Version(_text(given.get("etag")), _text(given.get("modified")))


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _object(path: Path) -> dict[str, object]:
    try:
        known: object = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError):
        return {}
    return known if isinstance(known, dict) else {}


def _recorded(draft: Draft) -> _Record:
    file = draft.transcript
    return _Record(
        draft.origin,
        draft.fingerprint,
        draft.fields,
        file.name if file else None,
        _digest(file.data) if file else None,
        draft.guid,
        draft.links,
    )


def _serialized(record: _Record) -> bytes:
    return _json({"form": _FORM, **asdict(record)})


def _json(value: object) -> bytes:
    # ASCII, because file names may contain undecodable bytes, which JSON can only represent as escapes.
    return (json.dumps(value, indent=1) + "\n").encode()


def _digest(data: bytes) -> str:
    return hashlib.blake2b(data, digest_size=16).hexdigest()


def replace_file(path: Path, data: bytes) -> None:
    """Replace a file atomically: a reader sees either the old content or the new."""
    unfinished = path.with_name(f"{_UNFINISHED}file")
    unfinished.unlink(missing_ok=True)  # it may be a link, which writing would follow
    unfinished.write_bytes(data)
    unfinished.replace(path)
