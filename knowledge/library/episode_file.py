"""Reads one `episode.yaml`: bytes in, an Episode or its problems out.

The only place that knows the file's fields. Knows no folders, and opens nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import timedelta

from knowledge.directories import NUMBER, PODCAST_GUID
from knowledge.ids import ITEM_NAME_LENGTH, NUMBER_LENGTH, SEASON, is_id, slug
from knowledge.library.fields import Fields, kind_of, nearest, shown, unwanted_character
from knowledge.library.plain_yaml import Mapping, Text, parse
from knowledge.library.problems import ProblemLog, TooManyProblemsError
from knowledge.links import is_address, youtube_id
from knowledge.model import Episode, EpisodeId, Ids, ItemId, Links, Person, Quote, Topic

_SOURCE = "the episode's notes"


def read_episode(data: bytes, id: EpisodeId, report: ProblemLog) -> Episode | None:
    """Read an episode; None if anything is wrong, in which case `report` has all problems, or the first hundred."""
    try:
        text = _decoded(data, report)
        root = parse(text, report) if text is not None else None
        episode = _episode(Fields(root, "episode", report), id) if isinstance(root, Mapping) else None
    except TooManyProblemsError:
        return None
    if not (episode or report.problems):
        what = "is empty" if root is None or root == Text("", root.line) else f"holds {kind_of(root)} instead of fields"
        report.add(None, None, f'the file {what}; begin it with two lines, "title: ..." and "show: ..."')
    return None if report.problems else episode


def _decoded(data: bytes, report: ProblemLog) -> str | None:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        report.add(None, None, "the file is saved as UTF-16; save it as UTF-8")
        return None
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        wrong = error.object[error.start]
        report.add(line, None, f"the byte 0x{wrong:02X} on this line is not UTF-8; save the file as UTF-8")
        return None
    if unwanted := unwanted_character(text):
        place, message = unwanted
        report.add(text.count("\n", 0, place) + 1, None, message)
        return None
    return text


@dataclass(frozen=True, slots=True)
class _Shared:
    """What all topics and quotes of an episode share."""

    episode: EpisodeId
    source: str
    duration: timedelta | None


def _episode(fields: Fields, id: EpisodeId) -> Episode:
    with fields:
        title, show = fields.required("title"), fields.required("show")
        shared = _Shared(id, fields.text("source") or _SOURCE, fields.time("duration"))
        quotes = _with_names(fields.groups("quotes", "quote", short="text"), "text")
        topics = _with_names(fields.groups("topics", "topic", short="title"), "title")
        quote_names = {name for name, _ in quotes}
        topic_names = {name for name, _ in topics}
        return Episode(
            id=id,
            title=title,
            show=show,
            source=shared.source,
            number=_number(fields),
            season=_season(fields),
            subtitle=fields.text("subtitle"),
            summary=fields.text("summary"),
            published=fields.date("published"),
            duration=shared.duration,
            hosts=_people(fields, "hosts"),
            guests=_people(fields, "guests"),
            links=_links(fields.group("links", "list of links")),
            ids=_ids(fields.group("ids", "list of ids")),
            topics=tuple(_topic(topic, name, shared, quote_names, topic_names) for name, topic in topics),
            quotes=tuple(_quote(quote, name, shared) for name, quote in quotes),
            image=_address(fields, "image"),
        )


def _quote(fields: Fields, name: str, shared: _Shared) -> Quote:
    with fields:
        return Quote(
            id=ItemId(f"{shared.episode}/quote/{name}"),
            episode=shared.episode,
            text=fields.required("text"),
            source=fields.text("source") or shared.source,
            speaker=fields.text("speaker"),
            start=_start(fields, shared),
        )


def _topic(fields: Fields, name: str, shared: _Shared, quotes: Collection[str], topics: Collection[str]) -> Topic:
    with fields:
        related = _references(fields, "related", topics)
        if name in related:
            fields.wrong("related", "a topic is not related to itself; take its own id out of the list")
        return Topic(
            id=ItemId(f"{shared.episode}/topic/{name}"),
            episode=shared.episode,
            title=fields.required("title"),
            summary=fields.required("summary"),
            source=fields.text("source") or shared.source,
            names=_names(fields),
            quotes=tuple(ItemId(f"{shared.episode}/quote/{quote}") for quote in _references(fields, "quotes", quotes)),
            related=tuple(ItemId(f"{shared.episode}/topic/{topic}") for topic in related),
            start=_start(fields, shared),
        )


def _with_names(things: tuple[Fields, ...], titled: str) -> list[tuple[str, Fields]]:
    """Pair each thing with its name: its `id`, or one made from its field `titled`."""
    named = []
    taken: set[str] = set()
    for fields in things:
        written, words = fields.text("id"), fields.text(titled)
        name = written or (slug(words) if words else "")
        if written and not is_id(written, ITEM_NAME_LENGTH):
            rule = f"has lower-case letters, digits and hyphens, at most {ITEM_NAME_LENGTH} in all"
            fields.wrong("id", f'an id {rule}; write "{slug(written)}" instead of {shown(written)}')
        elif name in taken:
            fields.wrong("id", f'another {fields.noun} already has the id "{name}"; give this one an id of its own')
        elif name:
            taken.add(name)
        named.append((name, fields))
    return named


def _references(fields: Fields, name: str, known: Collection[str]) -> tuple[str, ...]:
    """Read references to quotes or topics, by id or by the words that the id is made from."""
    noun = "quote" if name == "quotes" else "topic"
    found: dict[str, None] = {}
    for text in fields.texts(name):
        target = text.value if text.value in known else slug(text.value)
        if target in known:
            found[target] = None
        else:
            missing = f"there is no {noun} with the id {shown(text.value)}{nearest(text.value, known)}"
            fields.wrong(name, missing, text.line)
    return tuple(found)


def _people(fields: Fields, name: str) -> tuple[Person, ...]:
    people = []
    for person in fields.groups(name, "person", short="name"):
        with person:
            people.append(Person(person.required("name"), _names(person)))
    return tuple(people)


def _names(fields: Fields) -> tuple[str, ...]:
    return tuple(text.value for text in fields.texts("also"))


def _checked(fields: Fields, name: str, is_right: Callable[[str], object], complaint: str) -> str | None:
    """Read a text in a particular format; if it is wrong, report it with the complaint and return None."""
    text = fields.text(name)
    if text and not is_right(text):
        fields.wrong(name, f"{shown(text)} {complaint}")
        return None
    return text


def _number(fields: Fields) -> str | None:
    number = fields.text("number")
    if number and len(number) > NUMBER_LENGTH:
        fields.wrong("number", f"this is too long for an episode's number; at most {NUMBER_LENGTH} characters")
    return number


def _season(fields: Fields) -> int | None:
    complaint = "is not a season number; write it in digits, such as 2"
    season = _checked(fields, "season", SEASON.fullmatch, complaint)
    return int(season) if season else None


def _start(fields: Fields, shared: _Shared) -> timedelta | None:
    start = fields.time("start")
    if start is not None and shared.duration is not None and start > shared.duration:
        fields.wrong("start", f"the episode is over by then: its duration is {shared.duration}")
    return start


def _links(fields: Fields) -> Links:
    with fields:
        youtube = _address(fields, "youtube")
        if youtube and not youtube_id(youtube):
            example = "https://www.youtube.com/watch?v=..."
            fields.wrong("youtube", f"this is not a YouTube video; it should look like {example}")
        return Links(
            page=_address(fields, "page"),
            youtube=youtube,
            spotify=_address(fields, "spotify"),
            audio=_address(fields, "audio"),
            apple=_address(fields, "apple"),
        )


def _ids(fields: Fields) -> Ids:
    with fields:
        complaint = "is not a podcast:guid; it should look like 917393e3-1b1e-5cef-ace4-edaa54e1f810"
        return Ids(
            podcast=_checked(fields, "podcast", PODCAST_GUID.fullmatch, complaint),
            guid=fields.text("guid"),
            apple=_digits(fields, "apple"),
            podcastindex=_digits(fields, "podcastindex"),
            podcastindex_episode=_digits(fields, "podcastindex_episode"),
        )


def _digits(fields: Fields, name: str) -> str | None:
    return _checked(fields, name, NUMBER.fullmatch, "is not such an id; write it in digits, such as 1434243584")


def _address(fields: Fields, name: str) -> str | None:
    return _checked(fields, name, is_address, "is not a web address; it should begin with https://")
