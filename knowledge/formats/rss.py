"""Reads podcast feeds: RSS and Atom with the tags of Podcasting 2.0, iTunes and Media RSS.

https://github.com/Podcastindex-org/podcast-namespace/blob/main/docs/1.0.md
Items are parsed one by one, so that a feed with thousands takes little memory. Nothing is fetched here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from email.utils import parsedate_to_datetime
from io import BytesIO
from urllib.parse import urljoin, urlsplit

from lxml import etree

from knowledge.directories import PODCAST_GUID, ids_in
from knowledge.formats.text import visible, words
from knowledge.formats.times import number, seconds
from knowledge.formats.titles import title_of_untitled
from knowledge.formats.transcript import Finding, Findings
from knowledge.formats.transcript_html import paragraphs_of
from knowledge.ids import SEASON
from knowledge.links import is_address, without_login, youtube_id
from knowledge.model import Ids

NOT_XML = "not well-formed XML; read as far as possible"
ENTITIES = "it defines XML entities, which attacks use and no podcast feed needs; skipped"
NOT_A_FEED = "not an RSS or Atom feed with episodes"
NO_TITLE = "an episode without a title, or anything to derive one from; skipped"
UNTITLED = "an episode without a title; named after its file or its description's first words"
BAD_DATE = "a date that can't be read; left out"
BAD_LINK = "an address that is not http(s); left out"

_PREFIXES = {
    "": "",
    "purl.org/rss/1.0": "",
    "my.netscape.com/rdf/simple/0.9": "",
    "backend.userland.com/rss": "",
    "backend.userland.com/rss2": "",
    "blogs.law.harvard.edu/tech/rss": "",
    "podcastindex.org/namespace/1.0": "podcast:",
    "github.com/podcastindex-org/podcast-namespace/blob/main/docs/1.0.md": "podcast:",
    "www.itunes.com/dtds/podcast-1.0.dtd": "itunes:",
    "purl.org/rss/1.0/modules/content": "content:",
    "www.w3.org/2005/atom": "atom:",
    "purl.org/atom/ns": "atom:",
    "search.yahoo.com/mrss": "media:",
    "purl.org/dc/elements/1.1": "dc:",
}
"""Prefixes by namespace, in lower case and without the scheme, because feeds write it in many ways."""
_ATOM = frozenset({"content", "entry", "feed", "id", "published", "summary", "updated"})
"""Element names that RSS doesn't have, so that they are Atom's even without a namespace."""
_PLACES = {
    "youtube.com": "youtube",
    "youtu.be": "youtube",
    "open.spotify.com": "spotify",
    "podcasts.apple.com": "apple",
}
_HOSTS = frozenset({"host", "co-host", "cohost", "guest host"})
_DESCRIPTIONS = (
    "itunes:summary",
    "description",
    "content:encoded",
    "atom:summary",
    "atom:content",
    "media:description",
)
_DATES = ("pubDate", "atom:published", "atom:issued", "dc:date", "atom:updated", "atom:modified")
_PICTURE = re.compile(r"image\b|text/|application/x-shockwave-flash")
_DECIMAL = re.compile(r"\d{1,7}(?:\.\d{1,3})?")
_MARKUP = re.compile(r"</?(?:b|em|i|span|strong|u)\b[^<>]{0,100}>", re.IGNORECASE)
_IN_TITLE = re.compile(r"(?:#|(?:episode|ep\.?)[ ]?#?)(\d{1,5}(?:\.\d{1,2})?)\b", re.IGNORECASE)
_LONGEST_TEXT = 20_000
_LONGEST_NAME = 128
_LONGEST_NUMBER = 20
_SUMMARY = 4_000
"""Maximum number of characters kept of a description, the same as in Apple's directory."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A file that a feed offers for an episode; type and language are "" if not given."""

    url: str
    type: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Soundbite:
    """A moment that the publisher picked; its title is not necessarily what was said."""

    start: timedelta
    duration: timedelta
    title: str | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """An episode as described by its feed.

    Attributes:
        guid: identifies the episode permanently; its audio file or link if the feed has nothing better.
        number: as shown, such as `494` or `3.5`.
        hosts: the channel's if the item names nobody.
        ids: include the show's; `guid` is None if the feed has none.
        transcripts: the richest format first.
        image: its picture, or the channel's; not in the repr, so that a new address doesn't count as a changed episode.
    """

    guid: str
    title: str
    subtitle: str | None = None
    summary: str | None = None
    published: date | None = None
    duration: timedelta | None = None
    number: str | None = None
    season: str | None = None
    hosts: tuple[str, ...] = ()
    guests: tuple[str, ...] = ()
    page: str | None = None
    audio: str | None = None
    youtube: str | None = None
    spotify: str | None = None
    apple: str | None = None
    ids: Ids = field(default_factory=Ids)
    transcripts: tuple[Offer, ...] = ()
    chapters: Offer | None = None
    soundbites: tuple[Soundbite, ...] = ()
    image: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Feed:
    """A show and its episodes, in the feed's order, and what could not be read.

    Attributes:
        next_page: address of the feed's next page, None if this is the last.
    """

    title: str
    items: tuple[Item, ...] = ()
    findings: tuple[Finding, ...] = ()
    next_page: str | None = None


def read_feed(data: bytes, address: str = "") -> Feed:
    """Read a feed; anything else gives an empty title, no items and a finding that says so.

    Relative addresses are resolved against `address`, where the feed was fetched from.
    """
    findings = Findings()
    if b"<!ENTITY" in data:
        findings.add(data.count(b"\n", 0, data.index(b"<!ENTITY")) + 1, ENTITIES)
        return Feed("", findings=findings.all())
    addresses = _Addresses(address, findings)
    channel, items = _parsed(data, addresses)
    if channel is None or not items:
        findings.add(None, NOT_A_FEED)
    if channel is None:
        return Feed("", tuple(items), findings.all())
    onward = _atom_links(channel, "next")  # https://www.rfc-editor.org/rfc/rfc5005#section-3
    next_page = addresses.absolute(onward[0].get("href"), onward[0]) if onward else None
    hosts, language = _people(channel)[0], channel.text("language").lower()[:2]
    image, ids = _image(channel, addresses), _ids(channel)
    completed = tuple(_completed(item, hosts, language, image, ids) for item in items)
    return Feed(channel.text("title", "atom:title"), completed, findings.all(), next_page)


def _parsed(data: bytes, addresses: _Addresses) -> tuple[_Tags | None, list[Item]]:
    # Entities are not resolved, nothing is fetched, and libxml2 limits depth and text size.
    events = etree.iterparse(
        BytesIO(data),
        events=("end",),
        recover=True,
        resolve_entities=False,
        no_network=True,
        remove_comments=True,
        remove_pis=True,
    )
    items: list[Item] = []
    channel: _Tags | None = None
    try:
        for _, element in events:
            name = _name(element)
            if name in {"item", "atom:entry"}:
                item = _item(_Tags(element), element.sourceline, addresses)
                if item is not None:
                    items.append(item)
                element.clear()
            elif name in {"channel", "atom:feed"}:
                channel = _Tags(element)
    except etree.XMLSyntaxError as error:
        addresses.findings.add(error.lineno or 1, NOT_XML)
    for flaw in events.error_log:
        addresses.findings.add(flaw.line or 1, NOT_XML)
    return channel, items


def _name(element: etree._Element) -> str:
    """Return an element's name with the usual prefix, whatever prefix the feed uses; "" if it is unknown."""
    if not isinstance(element.tag, str):
        return ""
    space, _, local = element.tag.rpartition("}")
    prefix = _PREFIXES.get(space[1:].lower().rpartition("://")[2].rstrip("/#"))
    if prefix == "" and (local in _ATOM or (local == "link" and element.get("href"))):
        prefix = "atom:"
    return "" if prefix is None else prefix + local


class _Tags:
    """An element's children by name."""

    def __init__(self, element: etree._Element) -> None:
        self._children: dict[str, list[etree._Element]] = {}
        for child in element:
            self._children.setdefault(_name(child), []).append(child)

    def all(self, name: str) -> list[etree._Element]:
        return self._children.get(name, [])

    def raw(self, name: str) -> str:
        """Return the text of the first child with a name, including any markup; "" if there is none."""
        found = self.all(name)
        return _text(found[0]) if found else ""

    def text(self, *names: str) -> str:
        """Return the words of the first named child that has any, otherwise ""."""
        return next((text for name in names if (text := words(self.raw(name)))), "")


def _text(element: etree._Element) -> str:
    return visible("".join(str(text) for text in element.itertext()))[:_LONGEST_TEXT]


class _Addresses:
    """Completes and checks the addresses of one feed, and removes logins from them."""

    def __init__(self, base: str, findings: Findings) -> None:
        self._base = without_login(base)
        self.findings = findings

    def absolute(self, url: str | None, element: etree._Element) -> str | None:
        """Return an element's address as an absolute http(s) one, or note a finding and return None."""
        if not url or not (url := visible(url).strip()):
            return None
        try:
            url = urljoin(urljoin(self._base, element.base or ""), url)
        except ValueError:
            url = ""
        if not is_address(url):
            self.findings.add(element.sourceline, BAD_LINK)
            return None
        return without_login(url)


def _item(tags: _Tags, line: int | None, addresses: _Addresses) -> Item | None:
    links = _links(tags, addresses)
    audio, duration = _media(tags, addresses)
    summary = _summary(tags)
    title = _MARKUP.sub("", tags.text("itunes:title", "title", "atom:title", "media:title", "dc:title"))
    if not title:
        title = title_of_untitled(audio or "", summary or "")
        addresses.findings.add(line, UNTITLED if title else NO_TITLE)
    if not title:
        return None
    hosts, guests = _people(tags)
    season = tags.text("podcast:season", "itunes:season")
    return Item(
        guid=tags.text("guid", "atom:id") or audio or links.get("page") or title,
        title=title,
        subtitle=tags.text("itunes:subtitle") or None,
        summary=summary,
        published=_published(tags, line, addresses.findings),
        duration=_duration(tags.text("itunes:duration") or duration),
        number=_number(tags, title),
        season=season if SEASON.fullmatch(season) else None,
        hosts=hosts,
        guests=guests,
        page=links.get("page"),
        audio=audio,
        youtube=links.get("youtube"),
        spotify=links.get("spotify"),
        apple=links.get("apple"),
        ids=replace(_ids(tags), guid=without_login(tags.text("guid", "atom:id")) or None),
        transcripts=tuple(_offers(tags.all("podcast:transcript"), addresses)),
        chapters=next(iter(_offers(tags.all("podcast:chapters"), addresses)), None),
        soundbites=tuple(_soundbites(tags.all("podcast:soundbite"))),
        image=_image(tags, addresses),
    )


def _completed(item: Item, hosts: tuple[str, ...], language: str, image: str | None, show: Ids) -> Item:
    """Add what the channel says about all items: people, a picture, ids, and the preferred language of transcripts."""
    offers = sorted(item.transcripts, key=lambda offer: _rank(offer, language))
    if not item.hosts and not item.guests:
        item = replace(item, hosts=hosts)
    ids = replace(
        item.ids,
        podcast=show.podcast,
        apple=show.apple or item.ids.apple,
        podcastindex=show.podcastindex or item.ids.podcastindex,
    )
    return replace(item, transcripts=tuple(offers), ids=ids, image=item.image or image)


def _rank(offer: Offer, language: str) -> tuple[bool, int]:
    foreign = bool(language and offer.language and offer.language.lower()[:2] != language)
    kinds = (("json", "vtt"), ("srt", "subrip"), ("html",), ("markdown",), ("plain", "txt"))
    kind = f"{offer.type} {urlsplit(offer.url).path.lower()[-5:]}"
    return foreign, next((rank for rank, names in enumerate(kinds) if any(name in kind for name in names)), len(kinds))


def _links(tags: _Tags, addresses: _Addresses) -> dict[str, str]:
    """Return an item's pages by site, with the publisher's own as `page`."""
    links: dict[str, str] = {}
    for element, text in _linked(tags):
        if (url := addresses.absolute(text, element)) is not None:
            place = _PLACES.get((urlsplit(url).hostname or "").removeprefix("www.").removeprefix("m."), "page")
            links.setdefault("page" if place == "youtube" and youtube_id(url) is None else place, url)
    return links


def _linked(tags: _Tags) -> list[tuple[etree._Element, str]]:
    given = [(element, _text(element)) for element in tags.all("link")]
    given += [(element, element.get("href") or "") for element in _atom_links(tags, "alternate")]
    return given + [(element, element.get("href") or "") for element in tags.all("podcast:contentLink")]


def _ids(tags: _Tags) -> Ids:
    """Return the ids in the links of a channel or item, and a channel's `podcast:guid`."""
    named = [element.get("url") or "" for element in tags.all("podcast:id")]
    podcast = tags.text("podcast:guid").lower()
    ids = ids_in([*named, *(address for _, address in _linked(tags))])
    return replace(ids, podcast=podcast if PODCAST_GUID.fullmatch(podcast) else None)


def _atom_links(tags: _Tags, relation: str) -> list[etree._Element]:
    return [link for link in tags.all("atom:link") if (link.get("rel") or "alternate") == relation]


def _media(tags: _Tags, addresses: _Addresses) -> tuple[str | None, str]:
    """Return the address of an item's audio or video, None if it has none, and its duration as written.

    What is declared as audio or video comes first, and enclosures before Media RSS; pictures don't count.
    """
    media = [*tags.all("media:content"), *(each for group in tags.all("media:group") for each in group)]
    given = [(element, element.get("url")) for element in tags.all("enclosure")]
    given += [(element, element.get("href")) for element in _atom_links(tags, "enclosure")]
    given += [(element, element.get("url")) for element in media if _name(element) == "media:content"]
    kinds = [((element.get("type") or element.get("medium") or "").lower(), element, url) for element, url in given]
    offered = [each for each in kinds if not _PICTURE.match(each[0])]
    for _, element, url in sorted(offered, key=lambda each: not each[0].startswith(("audio", "video"))):
        if address := addresses.absolute(url, element):
            return address, element.get("duration") or ""
    return None, ""


def _image(tags: _Tags, addresses: _Addresses) -> str | None:
    """Return the address of an episode's or a show's picture."""
    given = [(element, element.get("href")) for name in ("itunes:image", "podcast:image") for element in tags.all(name)]
    given += [(element, _Tags(element).text("url")) for element in tags.all("image")]
    given += [(element, element.get("url")) for element in tags.all("media:thumbnail")]
    given += [(element, _text(element)) for element in tags.all("atom:logo")]
    return next((found for element, url in given if (found := addresses.absolute(url, element))), None)


def _people(tags: _Tags) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the hosts and the guests, without the crew, who don't speak."""
    hosts: dict[str, None] = {}
    guests: dict[str, None] = {}
    for person in tags.all("podcast:person"):
        role, group = (person.get("role") or "host").strip().lower(), (person.get("group") or "cast").strip().lower()
        name = words(_text(person))[:_LONGEST_NAME]
        if not name or group != "cast":
            continue
        if role in _HOSTS:
            hosts[name] = None
        elif role == "guest":
            guests[name] = None
    return tuple(hosts), tuple(guests)


def _summary(tags: _Tags) -> str | None:
    """Return the first paragraphs of the description, in whole sentences if possible, up to a readable length."""
    described = next((text for name in _DESCRIPTIONS if (text := tags.raw(name).strip())), "")
    paragraphs = paragraphs_of(described) if "<" in described else tuple(map(words, described.split("\n\n")))
    summary = ""
    for paragraph in paragraphs:
        if summary and len(summary) + len(paragraph) > _SUMMARY:
            break
        summary = f"{summary} {paragraph}".strip()
    if len(summary) > _SUMMARY:
        end = max(summary.rfind(mark, 0, _SUMMARY) for mark in (". ", "! ", "? "))
        summary = summary[: end + 1] if end > 0 else summary[:_SUMMARY].rpartition(" ")[0] + " …"
    return summary or None


def _published(tags: _Tags, line: int | None, findings: Findings) -> date | None:
    text = tags.text(*_DATES)[:64]
    if not text:
        return None
    for read in (parsedate_to_datetime, datetime.fromisoformat):
        try:
            return read(text).date()
        except (ValueError, OverflowError):
            continue
    findings.add(line, BAD_DATE)
    return None


def _duration(text: str) -> timedelta | None:
    """Read `1:02:03`, `62:03` or a number of seconds."""
    found = seconds(text) if ":" in text else number(text)
    return timedelta(seconds=round(found)) if found else None


def _number(tags: _Tags, title: str) -> str | None:
    """Return the number as the show prints it; from the title only if that begins with `#494` or `Episode 12`."""
    displayed = next((visible(element.get("display") or "") for element in tags.all("podcast:episode")), "")
    # Joiners are invisible too: words may need them, numbers never do.
    shown = words(displayed.replace("\u200c", "").replace("\u200d", ""))
    if shown and len(shown) <= _LONGEST_NUMBER:
        return shown
    given = tags.text("podcast:episode", "itunes:episode")
    if _DECIMAL.fullmatch(given):
        return given
    titled = _IN_TITLE.match(tags.text("title")) or _IN_TITLE.match(title)
    return titled[1] if titled else None


def _offers(elements: Iterable[etree._Element], addresses: _Addresses) -> Iterator[Offer]:
    for element in elements:
        url = addresses.absolute(element.get("url"), element)
        if url is not None:
            kind = (element.get("type") or "").partition(";")[0].strip().lower()
            yield Offer(url, kind, (element.get("language") or "").strip())


def _soundbites(elements: Iterable[etree._Element]) -> Iterator[Soundbite]:
    for element in elements:
        start, length = number(element.get("startTime")), number(element.get("duration"))
        if start is not None and length:
            title = words(_text(element))[:_LONGEST_NAME] or None
            yield Soundbite(timedelta(seconds=start), timedelta(seconds=length), title)
