"""Writes an index to a folder: documents with tantivy, words with SQLite, and a catalogue of them.

Always to a new folder that nobody reads yet; the cache decides when to switch to it and who may write.
"""

from __future__ import annotations

import os
import shutil
from collections import Counter
from collections.abc import Callable, Generator, Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import cache, partial
from hashlib import blake2b
from importlib.metadata import version
from itertools import chain
from pathlib import Path, PurePosixPath
from typing import Final

import knowledge
from knowledge.library import Problem, read_one
from knowledge.library.transcripts import spoken as transcript
from knowledge.model import Episode, EpisodeId, Passage
from knowledge.search.index import catalogue, documents, lexicon
from knowledge.search.index.catalogue import IndexCatalogue, IndexEntry, Mark
from knowledge.search.index.texts import GROWING, PARTS, Prepared, Texts, TextsWriter, prepared
from knowledge.workers import spread

_WORTH_SPREADING: Final = 60
"""Number of episodes from which we read them on all cores."""
WORDS: Final = "words.sqlite"
CATALOGUE: Final = "catalogue.json"


@cache
def made_by() -> str:
    """Identify what writes an index: this code with its data, and this version of tantivy.

    A hash of the files themselves, so that nobody has to remember to raise a version number.
    """
    digest = blake2b(digest_size=8)
    home = Path(knowledge.__file__).parent
    for file in sorted((*home.rglob("*.py"), *home.rglob("*.txt"), *home.rglob("*.npy"), *home.rglob("*.json"))):
        digest.update(file.relative_to(home).as_posix().encode())
        digest.update(file.read_bytes())
    return f"{digest.hexdigest()} with tantivy {version('tantivy')}"


def read(place: Path) -> IndexCatalogue:
    """Read the catalogue of an index that `write` finished.

    Raises:
        ValueError, OSError: there is none, another version wrote it, or files are missing or truncated.
    """
    found = catalogue.read((place / CATALOGUE).read_bytes())
    if found.made_by != made_by():
        raise ValueError("another version of Overheard made it")
    there, noted = _files(place), found.files
    if there.keys() != noted.keys() or not all(_whole(name, there[name], noted[name]) for name in noted):
        raise ValueError("files are missing or cut short")
    return found


def copy(source: Path, place: Path) -> None:
    """Copy an index to a new folder, where it can be changed.

    Uses hard links if the file system has them: files are only appended to or replaced. The words are really copied,
    because SQLite changes its file in place.
    """
    for part in PARTS:
        (place / part).mkdir(parents=True)
        for file in (source / part).iterdir():
            if file.suffix != ".lock":
                _link(file, place / part / file.name)
    shutil.copyfile(source / WORDS, place / WORDS)


@dataclass(frozen=True, slots=True)
class ReadEpisode:
    """An episode that was read for the index; `prepared` is None if reading failed."""

    id: EpisodeId
    episode: Episode | None
    problems: tuple[Problem, ...]
    speakers: tuple[str, ...]
    prepared: Prepared | None
    words: Counter[str]


def read_all(folder: Path, episodes: Sequence[EpisodeId]) -> closing[Generator[ReadEpisode, None, None]]:
    """Read episodes of a library in order, on all cores if there are many. The caller closes the generator."""
    return closing(spread(partial(_read, folder), episodes, worth=_WORTH_SPREADING))


def _read(folder: Path, id: EpisodeId) -> ReadEpisode:
    episode, problems = read_one(folder / id)
    if episode is None:
        return ReadEpisode(id, None, problems, (), None, Counter())
    said: tuple[Passage, ...] = transcript(folder / id, episode)
    words = documents.words(episode, said)
    return ReadEpisode(id, episode, problems, catalogue.speakers(said), prepared(episode, said), words)


def write(
    place: Path,
    folder: Path,
    marks: Mapping[EpisodeId, Mark],
    before: IndexCatalogue | None,
    new: Iterable[ReadEpisode],
    advance: Callable[[], None] = lambda: None,
) -> IndexCatalogue:
    """Add episodes to the index in a folder, and remove those that changed or disappeared.

    Args:
        place: an empty folder, or a copy of an index.
        folder: the library's folder.
        marks: what the library contains now.
        before: the catalogue of the index that `place` is a copy of.
        new: the episodes to add; may be only part of those missing.
        advance: called after each episode added.

    Raises:
        OSError: something can't be written.
    """
    known, following = (before.entries, before.following) if before else ({}, 0)
    old = {id: entry for id, entry in known.items() if marks.get(id) != entry.mark}
    counts = Counter[str]()
    counts.subtract(_words_of(place, old) if old else ())
    writer = TextsWriter(place, without=old)
    entries = {id: entry for id, entry in known.items() if id not in old}
    for read in new:
        if read.prepared:
            writer.add(read.prepared, following)
            counts.update(read.words)
        entries[read.id] = IndexEntry(marks[read.id], following, read.episode, read.problems, read.speakers)
        following += 1
        advance()
    writer.finish()
    lexicon.store(place / WORDS, counts)
    done = IndexCatalogue(made_by(), str(folder), following, entries, _files(place))
    (place / CATALOGUE).write_bytes(catalogue.written(done))
    return done


def _words_of(place: Path, gone: Mapping[EpisodeId, IndexEntry]) -> Counter[str]:
    """Count the words of episodes as indexed, since their files may have changed since then."""
    spoken = Texts.open(place).spoken
    counts: Counter[str] = Counter()
    for id, entry in gone.items():
        if entry.episode:
            counts.update(documents.words(entry.episode, spoken.said_in(id)))
    return counts


def _whole(name: str, size: int, noted: int) -> bool:
    return size >= noted if PurePosixPath(name).parts[0] in GROWING else size == noted


def _files(place: Path) -> dict[str, int]:
    files = chain([place / WORDS], *((place / part).iterdir() for part in PARTS))
    return {file.relative_to(place).as_posix(): file.stat().st_size for file in sorted(files) if file.suffix != ".lock"}


def _link(file: Path, copy: Path) -> None:
    try:
        os.link(file, copy)
    except OSError:
        shutil.copyfile(file, copy)
