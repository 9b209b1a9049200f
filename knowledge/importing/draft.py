"""The draft of an episode, and how to make one from a feed's entry.

Pure. A field says what the source says; if the source says nothing, there is no field.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import timedelta
from itertools import zip_longest

from knowledge import lists
from knowledge.formats.chapters import Chapter
from knowledge.formats.rss import Item, Soundbite
from knowledge.formats.transcript import Finding
from knowledge.ids import EPISODE_ID_LENGTH, ITEM_NAME_LENGTH, numbered, slug
from knowledge.importing.web import Version
from knowledge.library.episode_text import Fields, Value
from knowledge.library.transcripts import SOURCE as FROM_TRANSCRIPT
from knowledge.links import clock
from knowledge.passages import Turn

ON_DISK = "file:"
"""Prefix of the origin of an episode from a file, before its path."""

FROM_FEED = "the show's feed"
FROM_CHAPTERS = "the episode's chapters"
FROM_SOUNDBITES = "moments the publisher picked out"

_MOST_TOPICS = 200
_FEWEST_WORDS, _MOST_WORDS = 5, 120
"""Limits on the words of a moment that is quoted: more than a nod, less than a speech."""
_SLACK = timedelta(seconds=1.5)
"""Typical difference between a publisher's times and a transcript's."""


@dataclass(frozen=True, slots=True)
class File:
    """An unmodified transcript, and its file name in the episode's folder."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Draft:
    """An episode as its source describes it.

    Attributes:
        origin: identifies the episode at its source, such as a feed's address and the entry's guid.
        fingerprint: changes with the source; "" if something was missing, so that the next import tries again.
        name: the preferred name of its folder.
        transcript: None if there is none.
        findings: what could not be read of the transcript and chapters.
        notes: what else a person should know, such as a transcript that could not be fetched.
        guid: identifies the episode even if its feed moves or its words come from a file; "" without a feed.
        unknown: fields that depend on something that could not be fetched.
        links: what was fetched, to ask for changes the next time.
    """

    origin: str
    fingerprint: str
    name: str
    fields: Fields
    transcript: File | None = None
    findings: tuple[Finding, ...] = ()
    notes: tuple[str, ...] = ()
    guid: str = ""
    unknown: tuple[str, ...] = ()
    links: Mapping[str, Version] = field(default_factory=dict)


def fingerprint(*parts: object) -> str:
    """Return a short digest of values that have an exact text form."""
    return hashlib.blake2b("\0".join(map(repr, parts)).encode(errors="backslashreplace"), digest_size=12).hexdigest()


def folder_name(show: str, number: str | None, season: str | None, title: str) -> str:
    """Name an episode's folder after the show and the number, or the show and the title."""
    if number:
        number = f"s{season}e{number}" if season else number
        tail = slug(number.replace(".", "-"), 20)
        return f"{slug(show, EPISODE_ID_LENGTH - len(tail) - 1)}-{tail}"
    # The title gets its own id first, so that one in a non-Latin script becomes a checksum.
    return slug(f"{slug(show, EPISODE_ID_LENGTH // 2)} {slug(title, EPISODE_ID_LENGTH)}", EPISODE_ID_LENGTH)


def fields_of(item: Item, show: str, chapters: Sequence[Chapter] = (), turns: Sequence[Turn] = ()) -> dict[str, Value]:
    """Convert a feed's entry to the fields of an `episode.yaml`, with chapters as topics and soundbites as quotes."""
    duration = item.duration
    moments = [bite for bite in item.soundbites if duration is None or bite.start <= duration]
    quotes = list(_quotes(moments, turns))
    unheard = [bite for bite in moments if bite.start not in {start for start, _ in quotes}]
    topics = [
        *_topics([chapter for chapter in chapters if duration is None or chapter.start <= duration]),
        *(_moment(bite, bite.title) for bite in unheard if bite.title),
    ]
    links = {
        "page": item.page,
        "youtube": item.youtube,
        "spotify": item.spotify,
        "audio": item.audio,
        "apple": item.apple,
    }
    fields: dict[str, Value | None] = {
        "title": item.title,
        "show": show,
        "number": item.number,
        "season": item.season,
        "subtitle": item.subtitle if item.subtitle != item.summary else None,
        "published": item.published.isoformat() if item.published else None,
        "duration": clock(duration) if duration else None,
        "hosts": [{"name": name} for name in item.hosts],
        "guests": [{"name": name} for name in item.guests],
        "links": {place: url for place, url in links.items() if url},
        "ids": {name: id for name, id in asdict(item.ids).items() if id},
        "image": item.image,
        "summary": item.summary,
        "source": FROM_FEED,
        "quotes": _with_ids((quote for _, quote in quotes), "text"),
        "topics": _with_ids(topics[:_MOST_TOPICS], "title"),
    }
    return {name: value for name, value in fields.items() if value}


def _topics(chapters: Sequence[Chapter]) -> Iterable[dict[str, Value]]:
    ends = [chapter.start for chapter in chapters[1:]]
    for chapter, following in zip_longest(chapters, ends):
        if chapter.title.casefold().strip(" .!") in lists.words(__file__, "chapters.txt"):
            continue
        end = chapter.end or following
        length = f"{clock(chapter.start)} to {clock(end)}" if end else f"from {clock(chapter.start)} on"
        yield _topic(chapter.title, f"A chapter of the episode, {length}.", FROM_CHAPTERS, chapter.start)


def _moment(bite: Soundbite, title: str) -> dict[str, Value]:
    length = f"{clock(bite.start)} to {clock(bite.start + bite.duration)}"
    return _topic(title, f"A moment of the episode, {length}.", FROM_SOUNDBITES, bite.start)


def _topic(title: str, summary: str, source: str, start: timedelta) -> dict[str, Value]:
    return {"title": title, "summary": summary, "source": source, "start": clock(start)}


def _quotes(moments: Iterable[Soundbite], turns: Sequence[Turn]) -> Iterable[tuple[timedelta, dict[str, Value]]]:
    """Find the words of each moment with a single speaker, as quotes, in transcripts that have times."""
    timed = [(turn.start, turn) for turn in turns if turn.start is not None and turn.text]
    if len(timed) * 2 < len(turns):  # too few times to tell which words belong to a moment
        return
    for bite in moments:
        begin, end = bite.start - _SLACK, bite.start + bite.duration - _SLACK
        said = [turn for start, turn in timed if begin <= start < end]
        speakers = {turn.speaker for turn in said}
        text = " ".join(turn.text for turn in said)
        if len(speakers) == 1 and _FEWEST_WORDS <= len(text.split()) <= _MOST_WORDS:
            (speaker,) = speakers
            quote: dict[str, Value] = {"text": text, "source": FROM_TRANSCRIPT, "start": clock(bite.start)}
            yield bite.start, quote | ({"speaker": speaker} if speaker else {})


def _with_ids(things: Iterable[dict[str, Value]], titled: str) -> list[Value]:
    """Give each thing a unique id made from its field `titled`."""
    named: list[Value] = []
    taken: set[str] = set()
    for thing in things:
        name = next(each for each in numbered(slug(str(thing[titled])), ITEM_NAME_LENGTH) if each not in taken)
        taken.add(name)
        named.append({"id": name, **thing})
    return named
