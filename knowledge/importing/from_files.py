"""Drafts episodes from transcripts on disk, by what their names and front matter say.

Opens files and writes none.
"""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path, PurePath
from urllib.parse import urlsplit

from knowledge.formats import LARGEST, SUFFIXES, read_transcript, suffix_of
from knowledge.formats.chapters import Chapters, read_chapters
from knowledge.formats.rss import Feed, Item
from knowledge.formats.text import visible
from knowledge.formats.titles import title_of_file
from knowledge.ids import EPISODE_ID_LENGTH, NUMBER_LENGTH, SEASON, slug
from knowledge.importing.draft import ON_DISK, Draft, File, fields_of, fingerprint, folder_name
from knowledge.library import EPISODE_FILE, episode_text
from knowledge.library.episode_text import Value
from knowledge.library.inside import LEADS_OUT, leads_out
from knowledge.library.transcripts import SOURCE
from knowledge.links import is_address, youtube_id

FEED_SUFFIXES = frozenset({".xml", ".rss"})
NO_EPISODE = "not an episode, judging by its name"
NOT_READ = "transcripts of this kind are not read; save it as WebVTT, SubRip or plain text"
NO_FILE = "not a file"
LINKED = "a link to a folder, which is not followed; give the folder itself"
CLOSED = "it can't be opened ({})"
ANOTHER_FORM = "another format of {}, which is richer"
ANOTHER_LANGUAGE = "the same episode as {}, in another language"

_NO_EPISODES = frozenset(
    {"changelog", "code_of_conduct", "contributing", "copying", "index", "license", "notice", "readme", "security"}
)
_OTHERS = frozenset({".ass", ".doc", ".docx", ".lrc", ".odt", ".pdf", ".rtf", ".sbv", ".tsv", ".ttml"})
"""Suffixes of possible transcripts in unsupported formats, to be reported; images and audio are ignored silently."""
_RICHEST = (".json", ".vtt", ".srt", ".html", ".htm", ".md", ".markdown", ".txt")
_CHAPTERS = re.compile(r"(.*?)[._-]?chapters\.json", re.IGNORECASE)
_FRONT_MATTER = re.compile(rb"\A(?:\xef\xbb\xbf)?---[ \t]*\r?\n(.{0,65536}?)\n---[ \t]*(?:\r?\n|\Z)", re.DOTALL)
_DATED = re.compile(r"((?:19|20)\d\d)-?([01]\d)-?([0-3]\d)[-_ .]+(?=\S)")
_NUMBERED = re.compile(r"(?:.*[-_ .]|^)(?:ep(?:isode)?|e|#)?[-_ .]{0,2}(\d{1,5})$", re.IGNORECASE)
_NUMBER_FIRST = re.compile(r"(?:ep(?:isode)?|e|#)?[-_ .]{0,2}(\d{1,5})[-_ .]+(?=\S)", re.IGNORECASE)
_NUMBER_CALLED = re.compile(r"(?:(?<![^\W_])ep(?:isode)?[-_ .]{0,2}|#)(\d{1,5})(?!\d)", re.IGNORECASE)
_YEAR = re.compile(r"(?:19|20)\d\d")
_SEASONED = re.compile(r"(?:.*[-_ .]|^)s(\d{1,3})[-_ .]?e(\d{1,5})(?:[-_ .].*)?", re.IGNORECASE)
_NUMBER_LAST = re.compile(r"(?:(?:^|[-_ .#]+)s\d{1,3}[-_ .]?e|[-_ .#]*)\d{1,5}$", re.IGNORECASE)
# fmt: off
_CAPTIONS = re.compile(
    r"(?P<stem>.*?\S)(?:[ _-]*\[(?P<video>[\w-]{11})\])?"
    r"\.(?P<language>ar|cs|da|de|el|en|es|fi|fr|he|hi|hu|id|it|iw|ja|ko|nb|nl|no|pl|pt|ro|ru|sv|tr|uk|vi|zh)"
    r"(?:-[A-Za-z]{2,4})?(?:-orig)?",
    re.ASCII,
)
# fmt: on
"""Names of caption files, with the language and, from yt-dlp, the video: `Bees [dQw4w9WgXcQ].en.vtt`."""
_ANY_SHOW = frozenset(
    {"captions", "downloads", "episodes", "podcast", "podcasts", "show", "shows", "subtitles", "transcripts"}
)
"""Folder names that never name a show."""


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file that is not an episode, and why."""

    path: Path
    reason: str


@dataclass(frozen=True, slots=True)
class EpisodeFile:
    """A transcript to import as an episode.

    Attributes:
        chapters: the matching file of chapters, None if there is none.
        item: the matching entry of a feed, None if there is none.
        by_folder: whether the show's name was guessed from the folder.
        usual: the text before the number in most names in its folder, None if they don't share one.
    """

    path: Path
    show: str
    chapters: Path | None = None
    item: Item | None = None
    by_folder: bool = False
    usual: str | None = None

    @property
    def origin(self) -> str:
        """The file's permanent identity."""
        return f"{ON_DISK}{self.path}"

    def fingerprint(self) -> str:
        """Return a digest that changes with the file, without opening it.

        Raises:
            OSError: the file's status can't be read.
        """
        stats = [path.stat() for path in (self.path, self.chapters) if path]
        return fingerprint(self.show, self.item, self.usual, *((stat.st_size, stat.st_mtime_ns) for stat in stats))

    def draft(self) -> Draft | Skipped:
        """Read the file."""
        try:
            return self._draft()
        except OSError as error:
            return Skipped(self.path, CLOSED.format(error.strerror))

    def _draft(self) -> Draft | Skipped:
        mark = self.fingerprint()
        if not self.path.is_file():  # a pipe or device would never end
            return Skipped(self.path, NO_FILE)
        data = _beginning(self.path)
        transcript = read_transcript(self.path.name, data)
        if not transcript.turns:
            reasons = (finding.reason.removesuffix("; skipped") for finding in transcript.findings)
            return Skipped(self.path, "; ".join(reasons))
        chapters = read_chapters(_beginning(self.chapters)) if self.chapters else Chapters()
        item = self.item or _item_from_name(self.path, self.show, self.usual)
        fields = fields_of(item, self.show, chapters.chapters, transcript.turns)
        if self.item is None:
            fields["source"] = SOURCE
        fields |= _front_matter(data)
        return Draft(
            self.origin,
            mark,
            folder_name(str(fields["show"]), item.number, item.season, item.title)
            if self.item
            else _folder_name(_stem(self.path), str(fields["show"])),
            fields,
            File(f"transcript{suffix_of(self.path.name, data)}", data),
            transcript.findings + chapters.findings,
            guid=item.guid,
        )


def _beginning(path: Path) -> bytes:
    """Read a file up to one byte past the limit, which suffices to see that it is too large."""
    if not path.is_file():
        return b""
    with path.open("rb") as file:
        return file.read(LARGEST + 1)


class Entries:
    """The entries of feeds, indexed by names and numbers that a file name may contain."""

    def __init__(self, feeds: Iterable[Feed]) -> None:
        self._by_name: dict[str, tuple[Feed, Item]] = {}
        self._by_number: dict[tuple[str, str], list[tuple[Feed, Item]]] = {}
        for feed in feeds:
            for item in feed.items:
                addresses = (*(offer.url for offer in item.transcripts), item.audio, item.page)
                for address in filter(None, addresses):
                    self._by_name.setdefault(slug(PurePath(urlsplit(address).path).stem), (feed, item))
                if item.number:
                    self._by_number.setdefault((_squashed(feed.title), item.number), []).append((feed, item))

    def of(self, path: Path, show: str, usual: str | None) -> tuple[Feed, Item] | None:
        """Find a file's entry: by the file names in its addresses, or by show and number."""
        if found := self._by_name.get(slug(path.stem)) or self._by_name.get(slug(_stem(path))):
            return found
        season, number = _numbers_of(_stem(path), usual)
        numbered = self._by_number.get((_squashed(show), number), ()) if number else ()
        theirs = [each for each in numbered if season is None or each[1].season in {None, season}]
        # If several seasons have this number, don't guess which one is meant.
        return theirs[0] if len({item.season for _, item in theirs}) == 1 else None


def episodes_in(folder: Path, entries: Entries, show: str | None = None) -> Iterator[EpisodeFile | Skipped]:
    """Yield a folder's transcripts, at any depth, sorted by name."""
    closed: list[OSError] = []
    for directory, folders, names in os.walk(folder, onerror=closed.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        linked = (path for name in folders if (path := Path(directory) / name).is_symlink())
        yield from (Skipped(path, LINKED) for path in linked)
        if EPISODE_FILE in names:  # an episode of a library, perhaps of the one being imported into
            continue
        paths = sorted(Path(directory) / name for name in names if not name.startswith("."))
        outside = {path for path in paths if path.is_symlink() and leads_out(path, folder)}
        yield from (Skipped(path, LEADS_OUT) for path in sorted(outside) if path.suffix.lower() in SUFFIXES)
        yield from episodes_among([path for path in paths if path not in outside], entries, show)
    yield from (Skipped(Path(error.filename), CLOSED.format(error.strerror)) for error in closed)


def episodes_among(paths: Sequence[Path], entries: Entries, show: str | None = None) -> Iterator[EpisodeFile | Skipped]:
    """Yield the transcripts among the files of one folder: the richest format of each, with its chapters."""
    chapters = {match[1].lower(): path for path in paths if (match := _CHAPTERS.fullmatch(path.name))}
    forms: dict[str, list[Path]] = {}
    for path in paths:
        if path.suffix.lower() in _OTHERS:
            yield Skipped(path, NOT_READ)
        if path.suffix.lower() not in SUFFIXES or path in chapters.values():
            continue
        if path.stem.lower() in _NO_EPISODES:
            yield Skipped(path, NO_EPISODE)
            continue
        forms.setdefault(_stem(path), []).append(path)
    usual = _usual(forms)
    named = show or (_show_of(paths[0].absolute().parent, usual) if paths else "")
    for stem, same in forms.items():
        best, *others = sorted(same, key=lambda path: (_language(path) != "en", _RICHEST.index(path.suffix.lower())))
        for path in others:
            reason = ANOTHER_FORM if _language(path) == _language(best) else ANOTHER_LANGUAGE
            yield Skipped(path, reason.format(best.name))
        found = entries.of(best, named, usual)
        of_feed = found[0].title if found else ""
        yield EpisodeFile(
            best.absolute(),
            show or of_feed or named,
            chapters.get(stem.lower()),
            found[1] if found else None,
            by_folder=not (show or of_feed),
            usual=usual,
        )


def _language(path: Path) -> str:
    """Return the language in a file's name, by default English."""
    captions = _CAPTIONS.fullmatch(path.stem)
    return captions["language"] if captions else "en"


def _stem(path: Path) -> str:
    """Return a file's name without suffix, language and video id."""
    captions = _CAPTIONS.fullmatch(path.stem)
    return captions["stem"] if captions else path.stem


def _usual(stems: Iterable[str]) -> str | None:
    """Return the text before the number in at least half of the numbered names: `go-time` in `go-time-12`.

    If a single name begins with a number, it may be the show's (`99-percent-invisible-12`) or the episode's
    (`468-python-trends-of-2024`), so there is none.
    """
    begun = Counter(_before_number(stem) for stem in stems if _NUMBER_LAST.search(stem))
    (name, count), *_ = begun.most_common(1) or [("", 0)]
    clear = count > 1 or (begun.total() == 1 and not (_NUMBER_FIRST.match(name) or _NUMBER_CALLED.search(name)))
    return name if name and clear and count >= begun.total() / 2 else None


def _before_number(stem: str) -> str:
    return _NUMBER_LAST.sub("", _DATED.sub("", stem, count=1))


def _show_of(folder: Path, usual: str | None) -> str:
    """Name a show after its folder, or after its files if they spell out the folder's name.

    As do `practical-ai-1` in `practicalai`, `changelog-news-1` in `news` and `request-for-commits-1` in `rfc`.
    """
    name = _squashed(folder.name)
    if usual and usual != folder.name:
        initials = "".join(word[0] for word in re.split(r"[\W_]+", usual.casefold()) if word)
        if name in _ANY_SHOW or name in _squashed(usual) or name == initials:
            return title_of_file(usual)
    return title_of_file(folder.name) if folder.name else "Podcast"


def _squashed(name: str) -> str:
    return re.sub(r"[\W_]+", "", name).casefold()


def _numbers_of(stem: str, usual: str | None) -> tuple[str | None, str | None]:
    """Read the season and the number from a file's name.

    If the usual name is `go-time`, the number of `go-time-12` is 12, and `go-time-best-of-2021` has none. Otherwise the
    number is at the beginning, marked as such (`Bees (Ep. 12)`, `Hive Talk #12`), or at the end; any other may belong
    to the title.
    """
    stem = _DATED.sub("", stem, count=1)
    if match := _SEASONED.fullmatch(stem):
        return str(int(match[1])), str(int(match[2]))
    last = _NUMBERED.fullmatch(stem) if usual is None or _before_number(stem) == usual else None
    first = _NUMBER_FIRST.match(stem) or _NUMBER_CALLED.search(stem)
    if last and (first is None or usual is not None or (_YEAR.fullmatch(first[1]) and not _YEAR.fullmatch(last[1]))):
        first = last
    return None, str(int(first[1])) if first else None


def _item_from_name(path: Path, show: str, usual: str | None) -> Item:
    published = None
    stem = rest = _stem(path)
    if match := _DATED.match(stem):
        try:
            published = date(int(match[1]), int(match[2]), int(match[3]))
            rest = stem[match.end() :]
        except ValueError:
            pass
    season, number = _numbers_of(stem, usual)
    first = _NUMBER_FIRST.match(rest)
    if first and number == str(int(first[1])) and any(map(str.isalpha, rest[first.end() :])):
        rest = rest[first.end() :]  # the number is shown before the title
    title = title_of_file(rest)
    if title.isdecimal():
        title = f"{show} {title}"
    captions = _CAPTIONS.fullmatch(path.stem)
    video = captions["video"] if captions else None
    youtube = f"https://www.youtube.com/watch?v={video}" if video else None
    return Item(guid="", title=title, published=published, number=number, season=season, youtube=youtube)


def _folder_name(stem: str, show: str) -> str:
    """Name an episode's folder after its file, and also after the show if that is too short to be clear."""
    name = slug(stem, EPISODE_ID_LENGTH)
    is_clear = any(letter.isalpha() for letter in name) and "-" in name
    return name if is_clear else folder_name(show, None, None, stem)


_TEXTS = {
    "title": ("title",),
    "show": ("show", "podcast", "series"),
    "number": ("number", "episode", "episode_number"),
    "subtitle": ("subtitle",),
    "summary": ("summary", "description"),
}
_PEOPLE = {"hosts": ("hosts", "host"), "guests": ("guests", "guest")}
_LINKS = {
    "page": ("page", "url", "link"),
    "youtube": ("youtube",),
    "spotify": ("spotify",),
    "audio": ("audio", "audio_url", "mp3"),
    "apple": ("apple",),
}


def _front_matter(data: bytes) -> dict[str, Value]:
    """Return the usable fields of a file's front matter."""
    match = _FRONT_MATTER.match(data)
    if match is None:
        return {}
    text = visible(match[1].decode(errors="replace"))
    given = {name.lower(): value for name, value in (episode_text.read(text) or {}).items()}
    fields: dict[str, Value] = {name: value for name, names in _TEXTS.items() if (value := _first_text(given, names))}
    if published := _date(_first_text(given, ("published", "date", "pubdate"))):
        fields["published"] = published
    for name, names in _PEOPLE.items():
        if people := _people(next((given[key] for key in names if key in given), "")):
            fields[name] = people
    links: dict[str, Value] = {
        name: url for name, names in _LINKS.items() if (url := _first_text(given, names)) and is_address(url)
    }
    if "youtube" in links and youtube_id(str(links["youtube"])) is None:
        del links["youtube"]
    if SEASON.fullmatch(season := _first_text(given, ("season",))):
        fields["season"] = season
    if len(str(fields.get("number", ""))) > NUMBER_LENGTH:
        del fields["number"]
    return fields | ({"links": links} if links else {})


def _first_text(given: dict[str, Value], names: Iterable[str]) -> str:
    return next((value for name in names if isinstance(value := given.get(name), str) and value), "")


def _date(text: str) -> str | None:
    try:
        return date.fromisoformat(text[:10]).isoformat()
    except ValueError:
        return None


def _people(value: Value) -> list[Value]:
    entries = value.split(",") if isinstance(value, str) else value
    names = (entry.get("name", "") if isinstance(entry, dict) else entry for entry in entries)
    return [{"name": name.strip()} for name in names if isinstance(name, str) and name.strip()]
