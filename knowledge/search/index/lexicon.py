"""How often each word is said, and which words are spelt or sound much like another: in memory or in a file.

A file, because hundreds of thousands of words take a second to load and a question needs a dozen of them. Which near
word was meant is decided in `spelling`.
"""

from __future__ import annotations

import sqlite3
import weakref
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Final, TypeAlias

from knowledge.errors import DamagedIndexError
from knowledge.search import sounds
from knowledge.search.words import WORD, bare

SHORTEST: Final = 3
"""Letters of the shortest word that has near words."""
_BUCKETS: Final = 512
"""Groups of near words kept in memory; a misspelt word needs about twenty."""
_REMEMBERED: Final = 20_000
"""Words whose counts are kept in memory; a question looks up the same ones several times."""
_WORDS: Final = "its list of words"
_TABLES: Final = """
CREATE TABLE words(word TEXT PRIMARY KEY, count INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE near(key TEXT PRIMARY KEY, words TEXT NOT NULL) WITHOUT ROWID;
"""


def keys(word: str, length: int) -> tuple[str, ...]:
    """Return keys that a word shares with misspellings of this length: first or last letters survive a slip or two."""
    third = word[2] if len(word) > 2 else ""
    heads = (word[:2], word[1:2] + word[0], word[0] + third)
    return (*(f"{head}{length}" for head in dict.fromkeys(heads)), f"{length}{word[-2:]}")


def counted(texts: Iterable[str]) -> Counter[str]:
    """Count the words of texts as `words.split` splits them, but fold each written form only once."""
    counts: Counter[str] = Counter()
    forms = Counter(WORD.findall(" ".join(texts)))
    for form, times in forms.items():
        counts[bare(form)] += times
    return counts


class InMemory:
    """A lexicon in memory.

    Attributes:
        total: how many words are said in all, repetitions included.
    """

    def __init__(self, counts: Mapping[str, int]) -> None:
        """Take words with their counts."""
        # The most frequent first, and otherwise in one order: of words that are equally near, the first is taken.
        self._counts = dict(sorted(counts.items(), key=lambda each: (-each[1], each[0])))
        self.total = sum(self._counts.values())

    def count(self, word: str) -> int:
        """Count how often a word is said, 0 for one that never is."""
        return self._counts.get(word, 0)

    def near(self, key: str) -> Sequence[str]:
        """List the words with a key: of letters (see `keys`) or of sounds (see `sounds.keys`)."""
        return self._near.get(key, ())

    @cached_property
    def _near(self) -> dict[str, list[str]]:
        return _grouped(self._counts)


class OnDisk:
    """The same in a file, opened read-only."""

    def __init__(self, file: Path) -> None:
        """Open a file that `store` wrote.

        Raises:
            DamagedIndexError: the file is missing or damaged.
        """
        where = f"{file.resolve().as_uri()}?mode=ro&immutable=1"
        with _reading():
            self._db = sqlite3.connect(where, uri=True, check_same_thread=False)
        weakref.finalize(self, self._db.close)  # nothing closes it when a newer library takes over
        with _reading():
            self.total = _total(self._db)
        self.near = lru_cache(_BUCKETS)(self._near)
        self.count = lru_cache(_REMEMBERED)(self._count)
        self.near("")  # fails now if the file lacks this table

    def _count(self, word: str) -> int:
        match self._found("SELECT count FROM words WHERE word = ?", word):
            case None:
                return 0
            case (int(count),) if count > 0:
                return count
            case _:
                raise DamagedIndexError(f"{_WORDS} has a count that is not a number")

    def _near(self, key: str) -> Sequence[str]:
        match self._found("SELECT words FROM near WHERE key = ?", key):
            case None:
                return ()
            case (str(words),):
                return words.split()
            case _:
                raise DamagedIndexError(f"{_WORDS} has no words where words should be")

    def _found(self, query: str, key: str) -> tuple[object, ...] | None:
        with _reading():
            found: tuple[object, ...] | None = self._db.execute(query, (key,)).fetchone()
            return found


Lexicon: TypeAlias = InMemory | OnDisk
"""The words of a library."""


@contextmanager
def _reading() -> Iterator[None]:
    """Turn SQLite's errors on a damaged file into ours."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        raise DamagedIndexError(f"{_WORDS}: {error}") from error


def store(file: Path, more: Mapping[str, int]) -> None:
    """Add counts of words to a file, creating it if need be; negative counts subtract."""
    fresh = not file.exists()
    with closing(sqlite3.connect(file)) as db, db:
        if fresh:
            db.executescript(_TABLES)
        came, gone = _changed(db, more)
        _regroup(db, sorted(came, key=lambda word: -more[word]), frozenset(gone))


def _changed(db: sqlite3.Connection, more: Mapping[str, int]) -> tuple[list[str], list[str]]:
    """Change the counts; return the words that were added and those that were removed."""
    came: list[str] = []
    gone: list[str] = []
    for word, times in more.items():
        found = db.execute("SELECT count FROM words WHERE word = ?", (word,)).fetchone()
        now = (found[0] if found else 0) + times
        if now > 0:
            db.execute("INSERT OR REPLACE INTO words VALUES (?, ?)", (word, now))
            if not found:
                came.append(word)
        elif found:
            db.execute("DELETE FROM words WHERE word = ?", (word,))
            gone.append(word)
    return came, gone


def _regroup(db: sqlite3.Connection, came: Sequence[str], gone: frozenset[str]) -> None:
    added = _grouped(came)
    for key in dict.fromkeys((*added, *_grouped(gone))):
        found = db.execute("SELECT words FROM near WHERE key = ?", (key,)).fetchone()
        kept = [word for word in (found[0].split() if found else ()) if word not in gone]
        db.execute("INSERT OR REPLACE INTO near VALUES (?, ?)", (key, " ".join((*kept, *added.get(key, ())))))


def _grouped(words: Iterable[str]) -> dict[str, list[str]]:
    grouped: defaultdict[str, list[str]] = defaultdict(list)
    for word in words:
        if len(word) >= SHORTEST:
            # One table for both kinds of keys: those of letters contain a number, those of sounds never do.
            for key in (*keys(word, len(word)), *sounds.keys(word)):
                grouped[key].append(word)
    return grouped


def _total(db: sqlite3.Connection) -> int:
    (total,) = db.execute("SELECT sum(count) FROM words").fetchone()
    if not isinstance(total, int | None) or (total or 0) < 0:
        raise sqlite3.DatabaseError("its counts don't add up")
    return total or 0
