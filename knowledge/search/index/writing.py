"""Writes an index to a folder: documents by tantivy, words in SQLite, and the catalogue of what is in them.

Into a folder of its own that nothing reads yet; the cache decides when it is read, and who may write.
"""

from __future__ import annotations

import os
import shutil
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from hashlib import blake2b
from importlib.metadata import version
from itertools import chain
from pathlib import Path
from typing import Final

import knowledge
from knowledge.library import read_one
from knowledge.library.transcripts import spoken as transcript
from knowledge.model import EpisodeId, Passage
from knowledge.search.index import catalogue, documents, lexicon
from knowledge.search.index.catalogue import Catalogue, Entry, Mark
from knowledge.search.index.texts import PARTS, Texts, TextsWriter

WORDS: Final = "words.sqlite"
CATALOGUE: Final = "catalogue.json"


@cache
def made_by() -> str:
    """Identify what writes an index: this code with its data, and this tantivy.

    A hash over the files themselves, so that nobody has to remember to raise a version number.
    """
    digest = blake2b(digest_size=8)
    home = Path(knowledge.__file__).parent
    for file in sorted((*home.rglob("*.py"), *home.rglob("*.txt"), *home.rglob("*.npy"), *home.rglob("*.json"))):
        digest.update(file.relative_to(home).as_posix().encode())
        digest.update(file.read_bytes())
    return f"{digest.hexdigest()} with tantivy {version('tantivy')}"


def read(place: Path) -> Catalogue:
    """Read the catalogue of an index that `write` finished.

    Raises:
        ValueError, OSError: there is none, another version wrote it, or files are missing or cut short.
    """
    found = catalogue.read((place / CATALOGUE).read_bytes())
    if found.made_by != made_by():
        raise ValueError("another version of Overheard made it")
    if found.files != _files(place):
        raise ValueError("files are missing or cut short")
    return found


def copy(source: Path, place: Path) -> None:
    """Copy an index to a new folder, where it can be changed.

    By hard links where the file system has them: a file of an index is never changed, it is replaced. The words are
    really copied: SQLite changes its file in place.
    """
    for part in PARTS:
        (place / part).mkdir(parents=True)
        for file in (source / part).iterdir():
            if file.suffix != ".lock":
                _link(file, place / part / file.name)
    shutil.copyfile(source / WORDS, place / WORDS)


def write(
    place: Path,
    folder: Path,
    marks: Mapping[EpisodeId, Mark],
    before: Catalogue | None,
    advance: Callable[[], None] = lambda: None,
) -> Catalogue:
    """Bring the index in a folder up to date with a library.

    Args:
        place: an empty folder, or a copy of an index.
        folder: the library's.
        marks: what the library has now.
        before: the catalogue of the index that `place` is a copy of.
        advance: called after each episode that is read.

    Raises:
        OSError: something can't be written.
    """
    known = before.entries if before else {}
    old = {id: entry for id, entry in known.items() if marks.get(id) != entry.mark}
    new = [id for id, mark in marks.items() if id not in known or known[id].mark != mark]
    counts = Counter[str]()
    if old:
        counts.subtract(_words_of(place, old))
    writer = TextsWriter(place, without=old)
    entries = {id: entry for id, entry in known.items() if id not in old}
    following = before.following if before else 0
    for number, id in enumerate(new):
        episode, problems = read_one(folder / id)
        said: tuple[Passage, ...] = transcript(folder / id, episode).passages if episode else ()
        if episode:
            writer.add(episode, said, following + number)
            counts.update(documents.words(episode, said))
        entries[id] = Entry(marks[id], following + number, episode, problems, catalogue.speakers(said))
        advance()
    writer.finish()
    lexicon.store(place / WORDS, counts)
    done = Catalogue(made_by(), str(folder), following + len(new), entries, _files(place))
    (place / CATALOGUE).write_bytes(catalogue.written(done))
    return done


def _words_of(place: Path, gone: Mapping[EpisodeId, Entry]) -> Counter[str]:
    """Count the words of episodes from the index: as they were when they were counted, whatever the files say now."""
    spoken = Texts.open(place).spoken
    counts: Counter[str] = Counter()
    for id, entry in gone.items():
        if entry.episode:
            counts.update(documents.words(entry.episode, spoken.said_in(id)))
    return counts


def _files(place: Path) -> dict[str, int]:
    return dict(sorted(_sizes(place, (WORDS, *chain.from_iterable(_in(place, part) for part in PARTS)))))


def _in(place: Path, part: str) -> Iterator[str]:
    return (f"{part}/{file.name}" for file in (place / part).iterdir() if file.suffix != ".lock")


def _sizes(place: Path, names: Iterable[str]) -> Iterator[tuple[str, int]]:
    return ((name, (place / name).stat().st_size) for name in names)


def _link(file: Path, copy: Path) -> None:
    try:
        os.link(file, copy)
    except OSError:
        shutil.copyfile(file, copy)
