"""Compares our readers with feedparser, podcastparser, webvtt-py and srt, on their own test files and on oddities.

Run by itself: `python -m benchmarks.formats [CACHE]`, with the extra `bench`. The peers' source archives, which contain
their tests, are downloaded once from the package index into the cache folder, in the installed versions. A file on
which two readers disagree is counted under the reason; unexplained differences are printed.
"""

from __future__ import annotations

import html
import io
import logging
import random
import re
import subprocess
import sys
import tarfile
import tempfile
import time
import warnings
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import Final, TypeAlias

from platformdirs import user_cache_path

from knowledge.formats import read_transcript
from knowledge.formats.rss import ENTITIES, NOT_XML, Feed, Item, read_feed
from knowledge.formats.text import NOT_UTF8, words
from knowledge.formats.times import seconds

PEERS: Final = ("feedparser", "podcastparser", "webvtt-py", "srt")
_ADDRESS: Final = "https://feed.example/"
_SEED: Final = 14
_CUES: Final = 200
_LARGE: Final = 20_000
_SHOWN: Final = 5
"""Number of unexplained differences printed as examples."""
_MARKUP: Final = re.compile(r"<[^<>]*>")

Cues: TypeAlias = list[tuple[float | None, str]]


@dataclass
class _Tally:
    """The outcome of comparing with one peer: counts by reason, and unexplained examples."""

    peer: str
    same: int = 0
    reasons: Counter[str] = field(default_factory=Counter)
    unexplained: list[str] = field(default_factory=list)

    def count(self, reason: str | None, example: str) -> None:
        if reason is None:
            self.unexplained.append(example)
        else:
            self.reasons[reason] += 1

    def report(self, of: str) -> None:
        print(
            f"\n{self.peer}: {self.same:,} {of} the same, {self.reasons.total():,} differ for a reason that is known:"
        )
        for reason, count in self.reasons.most_common():
            print(f"  {count:5,}  {reason}")
        print(f"  {len(self.unexplained):5,}  unexplained")
        for example in self.unexplained[:_SHOWN]:
            print(f"         {example[:200]}")


def report(cache: Path) -> None:
    """Print everything."""
    warnings.simplefilter("ignore")  # the peers' deprecations, and complaints about the files
    logging.disable()
    with tempfile.TemporaryDirectory() as folder:
        tests = [path for peer in PEERS for path in _tests(peer, cache, Path(folder))]
        feeds = [path for path in tests if path.suffix in {".xml", ".rss"}]
        print(f"Feeds: {len(feeds):,} test files of feedparser and podcastparser, every entry by five fields")
        for peer, read in (("feedparser", _by_feedparser), ("podcastparser", _by_podcastparser)):
            _compare_feeds(feeds, peer, read)
        captions = [path for path in tests if path.suffix in {".vtt", ".srt"}]
        print(f"\nCaptions: {len(captions):,} test files of webvtt-py and srt, every cue by its start and words")
        for peer, reader in (("webvtt-py", _by_webvtt), ("srt", _by_srt)):
            _compare_captions(captions, peer, reader)
    _oddities()
    _speed()


def _tests(peer: str, cache: Path, folder: Path) -> list[Path]:
    """Return a peer's unpacked test files; none if its archive can't be downloaded."""
    name = f"{peer.replace('-', '?')}-{version(peer)}.tar.gz"
    if not list(cache.glob(name)):
        cache.mkdir(parents=True, exist_ok=True)
        wanted = f"{peer}=={version(peer)}"
        command = ["download", "--quiet", "--no-deps", "--no-binary", peer, "--dest", str(cache), wanted]
        # No part of the command comes from outside.
        subprocess.run([sys.executable, "-m", "pip", *command], check=False, stderr=subprocess.DEVNULL)  # noqa: S603
    if not list(cache.glob(name)):
        print(f"The tests of {peer} can't be had from the package index; compared without them")
    for archive in cache.glob(name):
        with tarfile.open(archive) as packed:
            packed.extractall(folder, filter="data")
    return [path for path in sorted(folder.glob(f"{name.removesuffix('.tar.gz')}/**/*")) if path.is_file()]


# Feeds.


@dataclass(frozen=True)
class _Entry:
    """A feed entry as a peer reads it, in our terms; None for what it doesn't have."""

    title: str
    guid: str | None
    page: str | None
    audio: str | None
    published: str | None


def _compare_feeds(paths: Sequence[Path], peer: str, read: Callable[[bytes], list[_Entry] | None]) -> None:
    tally = _Tally(peer)
    neither = refused = 0
    for path in paths:
        data = path.read_bytes()
        theirs, ours = read(data), read_feed(data, _ADDRESS)
        if theirs is None:
            refused += 1
        elif not theirs and not ours.items:
            neither += 1
        elif len(theirs) != len(ours.items):
            tally.count(_why_count(ours, theirs, data), f"{path.name}: {len(ours.items)} entries, not {len(theirs)}")
        else:
            for mine, other in zip(ours.items, theirs, strict=True):
                _compare_entries(path, ours, mine, other, tally)
    print(f"\n{peer}: refuses {refused:,} files; in {neither:,} neither finds an entry")
    tally.report("fields")


def _compare_entries(path: Path, feed: Feed, mine: Item, other: _Entry, tally: _Tally) -> None:
    published = mine.published.isoformat() if mine.published else None
    pages = {mine.page, mine.youtube, mine.spotify, mine.apple}
    for name, ours, theirs, why in (
        ("title", mine.title, other.title, _why_title(feed, mine, other)),
        ("guid", mine.guid, other.guid, _why_guid(mine, other)),
        ("page", other.page if other.page in pages else mine.page, other.page, _why_page(mine.page, other.page)),
        ("audio", mine.audio, other.audio, _why_audio(mine.audio, other.audio)),
        ("date", published, other.published, _why_date(published, other.published)),
    ):
        if ours == theirs:
            tally.same += 1
        else:
            tally.count(why, f"{path.parent.name}/{path.name}, {name}: ours {ours!r}, theirs {theirs!r}")


def _why_count(ours: Feed, theirs: Sequence[_Entry], data: bytes) -> str | None:
    reasons = {finding.reason for finding in ours.findings}
    if ENTITIES in reasons:
        return "entries: it defines XML entities, which attacks use; we refuse such feeds"
    if re.search(rb"<CHANNEL|<feed [^>]*>\s*<item", data) or b"<" not in data:
        return "entries: of CDF, or RSS within Atom; no podcast is published so"
    if len(ours.items) < len(theirs) and not any(entry.title for entry in theirs[len(ours.items) :]):
        return "entries: without a title, sound and words there is nothing to call it; we leave it out"
    if re.search(rb"(?s)<item>(?:(?!</item>).)*<image>", data):
        return "entries: theirs takes the title of a picture in it for its own"
    if NOT_XML in reasons:
        return "entries: not well-formed; theirs reads on as loosely as HTML, or stops earlier"
    return "entries: theirs leaves out what has no sound" if len(ours.items) > len(theirs) else None


def _why_title(feed: Feed, mine: Item, other: _Entry) -> str | None:
    if not other.title:
        return "title: none; ours is named by its file or the first words about it"
    plain = [words(_MARKUP.sub("", html.unescape(title))) for title in (mine.title, other.title)]
    if plain[0] == plain[1] or not plain[1] or "<" in mine.title + other.title or "&" in mine.title + other.title:
        return "title: theirs keeps markup or makes it safe for a page, ours is words alone"
    if any(finding.reason == NOT_XML for finding in feed.findings) or "\ufffd" in mine.title:
        return "title: an encoding that the file doesn't say, or a broken document; theirs guesses"
    if re.fullmatch(r"[A-Za-z0-9+/=]+", mine.title):
        return "title: Base64, of Atom 0.3; no podcast is published so"
    return "title: they prefer the long one, we the one that iTunes shows" if other.title.endswith(mine.title) else None


def _why_guid(mine: Item, other: _Entry) -> str | None:
    if other.guid is None or other.guid == "":
        return "guid: none; ours is its sound, page or title"
    if mine.guid in {mine.audio, mine.page, mine.title}:
        return "guid: of RDF, or of Atom's tags without their namespace; ours is its sound, page or title"
    return "guid: theirs makes an address of it" if mine.guid in other.guid or other.guid.startswith(_ADDRESS) else None


def _why_page(mine: str | None, other: str | None) -> str | None:
    if mine is None and other is not None and not other.startswith("http"):
        return "page: no web address; we leave it out"
    if other is None:
        return "page: theirs knows none of Atom's or of Podcasting 2.0"
    if mine is None:
        return "page: theirs takes the guid or the sound for one, or Atom's tags without their namespace"
    if mine.endswith(other.lstrip("./")) or mine.rstrip("/") == other.rstrip("/"):
        return "page: theirs is not completed, or written otherwise"
    return "page: of several, another one" if mine.startswith("http") else None


def _why_audio(mine: str | None, other: str | None) -> str | None:
    if other is None:
        return "sound: theirs knows none of Media RSS or Atom"
    if mine is None:
        return "sound: a picture, no web address, or in Atom's tags without their namespace; we leave it out"
    if mine.endswith(other.strip().lstrip("./")):
        return "sound: theirs is not completed, or has space around it"
    return "sound: of several, theirs is the first, a picture or no sound"


def _why_date(mine: str | None, other: str | None) -> str | None:
    if mine is None:
        return "date: in a form or a tag that no podcast uses; we leave it out and tell it"
    if other is None:
        return "date: theirs knows no such form or tag"
    apart = abs((datetime.fromisoformat(mine) - datetime.fromisoformat(other)).days)
    return (
        "date: theirs is the day in Greenwich, ours where it was published"
        if apart <= 1
        else ("date: of several, theirs is that of the last change" if mine < other else None)
    )


def _by_feedparser(data: bytes) -> list[_Entry] | None:
    import feedparser

    try:
        read = feedparser.parse(data, response_headers={"content-location": _ADDRESS})
    except Exception:  # noqa: BLE001, whatever a peer raises is what is counted
        return None
    return [
        _Entry(
            words(entry.get("title", "")),
            entry.get("id"),
            entry.get("link"),
            next((str(sound.get("href")) for sound in entry.get("enclosures", ())), None),
            _day(entry.get("published_parsed") or entry.get("updated_parsed")),
        )
        for entry in read.entries
    ]


def _by_podcastparser(data: bytes) -> list[_Entry] | None:
    import podcastparser

    try:
        read = podcastparser.parse(_ADDRESS, io.BytesIO(data))
    except Exception:  # noqa: BLE001, whatever a peer raises is what is counted
        return None
    # podcastparser reverses the entries of a show that declares itself serial.
    turned = b">serial<" in data
    return [
        _Entry(
            words(episode.get("title", "")),
            episode.get("guid"),
            episode.get("link") or None,
            next((str(sound["url"]) for sound in episode["enclosures"]), None),
            datetime.fromtimestamp(stamp, UTC).date().isoformat() if (stamp := episode.get("published")) else None,
        )
        for episode in read["episodes"][:: -1 if turned else 1]
    ]


def _day(parsed: Sequence[int] | None) -> str | None:
    return f"{parsed[0]:04}-{parsed[1]:02}-{parsed[2]:02}" if parsed else None


# Captions.


def _compare_captions(paths: Iterable[Path], peer: str, read: Callable[[str, bytes], Cues | None]) -> None:
    tally = _Tally(peer)
    for path in paths:
        data = path.read_bytes()
        if peer == "srt" and path.suffix == ".vtt":
            continue
        theirs, ours = read(path.name, data), _ours(path.name, data)
        if theirs == ours:
            tally.same += 1
        else:
            tally.count(
                _why_captions(path.name, data, ours, theirs), f"{path.name}: {ours[:2]} and {(theirs or [])[:2]}"
            )
    tally.report("files")


def _why_captions(name: str, data: bytes, ours: Cues, theirs: Cues | None) -> str | None:
    if theirs is None:
        return "theirs refuses the file; ours reads what is there" if ours else "theirs refuses it, ours finds no words"
    if any(finding.reason == NOT_UTF8 for finding in read_transcript(name, data).findings):
        return "in an encoding that it doesn't say; ours reads Windows-1252 and tells it, theirs nothing"
    mine, other = (_flat(cues) for cues in (ours, theirs))
    if len(mine) < len(other) and re.search(rb"<\d\d:\d\d", data):
        return "captions that roll: ours reads each line once"
    if mine == other:
        return "the same words; a cue without any is none to us, and a change of speaker divides one"
    if mine == _flat((start, html.unescape(_MARKUP.sub("", text))) for start, text in theirs):
        return "the same words; theirs leaves tags or entities in them"
    if len(mine) > len(other):
        return "theirs drops a cue whose times it can't read; ours keeps the words"
    if any(text.strip() and "-->" in text for _, text in theirs) or data.count(b"-->") > len(theirs):
        return "a line of times among words: a cue to ours"
    return None


def _flat(cues: Iterable[tuple[float | None, str]]) -> str:
    """Join the text of some cues without the dashes that mark a change of speaker."""
    return " ".join(word for _, text in cues for word in text.split() if word != "-")


def _ours(name: str, data: bytes) -> Cues:
    turns = read_transcript(name, data).turns
    return [(turn.start.total_seconds() if turn.start is not None else None, turn.text) for turn in turns if turn.text]


def _by_webvtt(name: str, data: bytes) -> Cues | None:
    import webvtt

    try:
        text = data.decode("utf-8-sig")
        read = webvtt.from_buffer(io.StringIO(text), format="vtt" if name.endswith(".vtt") else "srt")
        return [(seconds(cue.start), " ".join(cue.text.split())) for cue in read]
    except Exception:  # noqa: BLE001, whatever a peer raises is what is counted
        return None


def _by_srt(_: str, data: bytes) -> Cues | None:
    import srt

    try:
        read = srt.parse(data.decode("utf-8-sig", errors="replace"))
        return [(cue.start.total_seconds(), " ".join(cue.content.split())) for cue in read]
    except Exception:  # noqa: BLE001, whatever a peer raises is what is counted
        return None


def _cues(count: int) -> Iterator[tuple[float, str]]:
    chance = random.Random(_SEED)
    said = ["swarms", "move", "if", "scouts", "agree", "café", "it's", "I", "honey", "bees"]
    for number in range(count):
        yield (
            round(number * 30 + chance.randrange(20_000) / 1000, 3),
            f"{number} {' '.join(chance.choices(said, k=8))}.",
        )


def _clock(at: float, mark: str = ".", hours: int = 2) -> str:
    whole, thousandths = divmod(round(at * 1000), 1000)
    return f"{whole // 3600:0{hours}}:{whole // 60 % 60:02}:{whole % 60:02}{mark}{thousandths:03}"


def _vtt(clock: Callable[[float], str], between: str = "\n\n") -> str:
    cues = ((f"{clock(at)} --> {clock(at + 5)}", text) for at, text in _cues(_CUES))
    return "WEBVTT\n\n" + between.join(map("\n".join, cues)) + "\n"


def _subrip(clock: Callable[[float], str], between: str = "\n\n", count: int = _CUES) -> str:
    cues = (
        (str(number), f"{clock(at)} --> {clock(at + 5)}", text) for number, (at, text) in enumerate(_cues(count), 1)
    )
    return between.join(map("\n".join, cues)) + "\n"


def _comma(at: float) -> str:
    return _clock(at, ",")


def _alone(at: float) -> str:
    return f"{at:.3f}"


def _oddities() -> None:
    """Print for each odd file how many cues each reader gets fully right."""
    vtt, subrip = _vtt(_clock), _subrip(_comma)
    files = {
        "o.vtt, as specified": vtt,
        "o.vtt, times of seconds alone": _vtt(_alone),
        "o.vtt, commas in times": _vtt(_comma),
        "o.vtt, hours of one digit": _vtt(partial(_clock, hours=1)),
        "o.vtt, without its header": vtt.removeprefix("WEBVTT\n\n"),
        "o.vtt, nothing between cues": _vtt(_clock, between="\n"),
        "o.vtt, line ends of Windows": vtt.replace("\n", "\r\n"),
        "o.vtt, entities in its words": vtt.replace("honey", "honey &amp; wax"),
        "o.vtt, a NUL among its words": vtt.replace("honey", "ho\0ney", 1),
        "o.srt, as everybody writes it": subrip,
        "o.srt, points in times": _subrip(_clock),
        "o.srt, times of seconds alone": _subrip(_alone),
        "o.srt, without its numbers": re.sub(r"(?m)^\d+\n(?=\d\d:)", "", subrip),
        "o.srt, nothing between cues": _subrip(_comma, between="\n"),
        "o.srt, tags in its words": subrip.replace("honey", "<i>honey</i>"),
        "o.srt, a NUL among its words": subrip.replace("honey", "ho\0ney", 1),
    }
    print(f"\nOddities: of {_CUES} cues each, those with the right start and words\n")
    print(f"{'':34}{'ours':>8}{'webvtt-py':>11}{'srt':>8}")
    for name, text in files.items():
        file, _, what = name.partition(", ")
        right = {
            (at, said.replace("honey", "honey & wax") if "entities" in what else said) for at, said in _cues(_CUES)
        }
        found = [_ours(file, text.encode()), _by_webvtt(file, text.encode())]
        found.append(_by_srt(file, text.encode()) if file == "o.srt" else None)
        shares = ["-" if cues is None else str(len(right & set(cues))) for cues in found]
        print(f"{f'{file[1:]}, {what}':34}{shares[0]:>8}{shares[1]:>11}{shares[2]:>8}")


def _speed() -> None:
    subrip = _subrip(_comma, count=_LARGE)
    vtt = "WEBVTT\n\n" + re.sub(r"(\d\d),(\d{3})", r"\1.\2", subrip)
    print(f"\nSpeed, MB/s of {_LARGE:,} cues")
    for name, text, readers in (
        ("o.vtt", vtt, {"ours": _ours, "webvtt-py": _by_webvtt}),
        ("o.srt", subrip, {"ours": _ours, "webvtt-py": _by_webvtt, "srt": _by_srt}),
    ):
        data = text.encode()
        for reader, read in readers.items():
            began = time.perf_counter()
            read(name, data)
            print(f"  {name[1:]}  {reader:10} {len(data) / 1e6 / (time.perf_counter() - began):6.1f}")


if __name__ == "__main__":
    report(Path(sys.argv[1]) if len(sys.argv) > 1 else user_cache_path("overheard", appauthor=False) / "bench")
