"""Thousands of episodes: what import, index, start, questions and quotations cost, beside bare engines in one run.

Run by itself: `python -m benchmarks.scale [ARCHIVE] [--episodes N]`, N of them, spread over all, instead of all. The
archive holds Markdown transcripts in a folder a show, the Changelog's public ones by default (CC BY-SA 4.0); everything
is made in a temporary folder. What is measured of memory and of starts is measured in processes of their own.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import sqlite3
import subprocess
import sys
import tarfile
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

from benchmarks.data import HARMED, counted, half_remembered, misspelt
from benchmarks.speed import answered, timed
from bot.answering.attribution import NEAREST
from bot.operating.opening import open_assistant
from bot.understanding.sentences import vocabulary
from knowledge.library import places
from knowledge.model import EpisodeId, Passage
from knowledge.passages import stretches
from knowledge.search import Search
from knowledge.search.index.cache import IndexCache
from knowledge.search.index.fulltext import stems
from knowledge.search.quotations import Alignment
from knowledge.search.words import carries, split

ARCHIVE: Final = Path("../shared/corpora/changelog-transcripts.tar.xz")
PLOT: Final = Path("benchmarks/results/scale.png")

_GROWTH: Final = (20, 200)
_QUESTIONS: Final = 1000
_PEERS: Final = 200
"""Questions that the slower peers are asked."""
_QUOTATIONS: Final = 300
_DRAWN: Final = 2000
"""Passages that questions and quotations are drawn from."""

_PROBE: Final = """
import asyncio, sys, time
from pathlib import Path
began = time.perf_counter()
from bot.operating.opening import open_assistant
from bot.port.messages import Question
assistant = open_assistant(Path(sys.argv[1]), Path(sys.argv[2]))
for question in sys.stdin:
    asyncio.run(assistant.ask(Question(question)))
status = Path("/proc/self/status")
lines = status.read_text().splitlines() if status.exists() else []
print(next((int(line.split()[1]) // 1024 for line in lines if line.startswith("VmRSS")), 0))
"""


@dataclass(frozen=True, slots=True)
class _Cost:
    """What a process took: seconds, and megabytes at its peak."""

    seconds: float
    megabytes: float
    output: str


@dataclass(frozen=True, slots=True)
class _Size:
    """What a library of some size takes: to index, on disk, and for a question in the middle and at worst."""

    episodes: int
    passages: int
    index: _Cost
    disk: float
    p50: float
    p99: float


def report(archive: Path = ARCHIVE, episodes: int | None = None, plot: Path = PLOT) -> None:
    """Print everything, and draw how it grows."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        with tarfile.open(archive) as packed:
            packed.extractall(home / "source", filter="data")
        every = sorted(path for path in (home / "source").rglob("*.md") if path.parent != home / "source")
        for path in set(every) - set(_spread(every, episodes)):
            path.unlink()
        whole = _imports(home)
        library = home / "library"
        _starts(home, library)
        sizes = [_grown(home, library, size) for size in _GROWTH if size < len(places(library))]
        indexed = IndexCache(home / "cache").open(library, vocabulary())
        drawn = _drawn(indexed.search, [episode.id for episode in indexed.library.episodes])
        p50, p99 = _questions(home, library, drawn)
        sizes.append(_Size(len(indexed.library.episodes), indexed.search.size, whole, _disk(home), p50, p99))
        _quotations(indexed.search, drawn)
        _growth(sizes, plot)
        _peers(home, library, indexed.search, drawn, p50)


def _imports(home: Path) -> _Cost:
    print("\nImport and index (a process each; seconds, MB at the peak)")
    first, opened = _import(home), _index(home)
    print(f"  all of it            import {_row(first)}   open  {_row(opened)}   together {_sum(first, opened):.1f} s")
    index = _index(home, cache="cache-alone")
    print(f"  the index alone of that     {_row(index)}")
    again, opened = _import(home), _index(home)
    print(f"  again, unchanged     import {_row(again)}   open  {_row(opened)}   together {_sum(again, opened):.1f} s")
    changed = next((home / "source").rglob("*-1*.md"))
    changed.write_text(changed.read_text(encoding="utf-8") + "\n\nAnd goodbye.\n", encoding="utf-8")
    again, opened = _import(home), _index(home)
    print(f"  again, one changed   import {_row(again)}   open  {_row(opened)}   together {_sum(again, opened):.1f} s")
    print(f"  on disk {_disk(home):.0f} MB; {counted(first.output)}")
    return index


def _import(home: Path) -> _Cost:
    command = ["-m", "bot", "import", str(home / "source"), "--library", str(home / "library")]
    return _run(command, OVERHEARD_CACHE=str(home / "cache"))


def _index(home: Path, library: str = "library", cache: str = "cache") -> _Cost:
    return _run(["-c", _PROBE, str(home / library), str(home / cache)])


def _starts(home: Path, library: Path) -> None:
    command = ["-m", "bot", "ask", "--library", str(library), "how does garbage collection work in Go?"]
    took = sorted(_run(command, OVERHEARD_CACHE=str(home / "cache")).seconds for _ in range(5))
    print(f"  new process to first answer: {took[2]:.2f} s (median of 5)")
    questions = "\n".join(("what is kubernetes", "who maintains sqlite", "garbage colection in go", "typescript") * 50)
    answering = _run(["-c", _PROBE, str(library), str(home / "cache")], questions)
    print(f"  resident while answering: {answering.output.strip()} MB (peak {answering.megabytes:.0f} MB)")


def _grown(home: Path, library: Path, size: int) -> _Size:
    part, cache = home / f"library-{size}", f"cache-{size}"
    part.mkdir()
    for place in _spread(places(library), size):
        shutil.copytree(place, part / place.name, copy_function=os.link)  # symbolic links are not followed
    index = _index(home, part.name, cache)
    indexed = IndexCache(home / cache).open(part, vocabulary())
    drawn = _drawn(indexed.search, [episode.id for episode in indexed.library.episodes])
    times = _asked(part, home / cache, _phrased(drawn, _QUESTIONS // 4))
    return _Size(size, indexed.search.size, index, _disk(home, cache), *times)


def _questions(home: Path, library: Path, drawn: Sequence[Passage]) -> tuple[float, float]:
    print(f"\nQuestions over the whole library ({_QUESTIONS}, of its own words; milliseconds in the core)")
    clean = _phrased(drawn, _QUESTIONS)
    times = _asked(library, home / "cache", clean)
    print(f"  clean            p50 {times[0]:.1f}   p99 {times[1]:.1f}")
    slips = _asked(library, home / "cache", [misspelt(question, question) for question in clean])
    print(f"  with typos       p50 {slips[0]:.1f}   p99 {slips[1]:.1f}")
    return times


def _asked(library: Path, cache: Path, questions: Iterable[str]) -> tuple[float, float]:
    return answered(open_assistant(library, cache), questions)


def _quotations(search: Search, drawn: Sequence[Passage]) -> None:
    chance = random.Random("quotations")
    said = [(half_remembered(_stretch(passage, chance), chance), passage) for passage in drawn[:_QUOTATIONS]]
    pool = [word for passage in drawn for word in passage.text.split()]
    never = [" ".join(chance.choices(pool, k=chance.randint(8, 30))) for _ in range(_QUOTATIONS)]
    found: dict[str, Alignment | None] = {}
    taken: list[bool] = []

    def check(words: str) -> None:
        best = search.quotation(words)[:1]
        found[words] = best[0] if best else None
        taken.append(bool(best) and (best[0].exact or best[0].similarity >= NEAREST))

    times = timed(partial(check, words) for words, _ in said)
    right = sum(_is(passage, found[words]) for words, passage in said) / len(said)
    close = sum(taken) / len(said)
    taken.clear()
    for words in never:
        check(words)
    print(f"\nQuotations (8 to 30 words, one in {HARMED} dropped, swapped or misspelt)")
    print(f"  {len(said)} that were said: right passage first {right:.1%}, shown {close:.1%}")
    print(f"  p50 {times[0]:.1f} ms   p99 {times[1]:.1f} ms")
    print(f"  {len(never)} that nobody said: shown {sum(taken) / len(never):.1%}")


def _is(passage: Passage, found: Alignment | None) -> bool:
    """Tell whether a passage was found, or the same words letter for letter: some episodes were published twice."""
    return found is not None and (found.item.id == passage.id or found.words in passage.text)


def _growth(sizes: Sequence[_Size], plot: Path) -> None:
    print("\nGrowth (index: seconds and MB at the peak; disk MB; questions: milliseconds)")
    for size in sizes:
        print(
            f"  {size.episodes:5,} episodes {size.passages:8,} stretches   index {_row(size.index)}   "
            f"disk {size.disk:6.1f}   p50 {size.p50:.1f}   p99 {size.p99:.1f}"
        )
    import matplotlib as mpl

    mpl.use("agg")
    from matplotlib import pyplot as plt

    figure, axes = plt.subplots(1, 4, figsize=(16, 4), layout="constrained")
    counts = [size.episodes for size in sizes]
    lines = {
        "index, seconds": [size.index.seconds for size in sizes],
        "index, MB at the peak": [size.index.megabytes for size in sizes],
        "on disk, MB": [size.disk for size in sizes],
        "a question, ms (p50, p99)": [size.p50 for size in sizes],
    }
    for axis, (name, values) in zip(axes, lines.items(), strict=True):
        axis.plot(counts, values, marker="o")
        axis.set(title=name, xlabel="episodes", xscale="log", ylim=(0, None))
    axes[-1].plot(counts, [size.p99 for size in sizes], marker="o")
    axes[-1].set_ylim(0, None)
    plot.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(plot, dpi=100)
    print(f"  drawn in {plot}")


def _peers(home: Path, library: Path, search: Search, drawn: Sequence[Passage], ours: float) -> None:
    """Ask others about the same stretches of talk; ours does more: spelling, neighbours, confidence, evidence."""
    print("\nBeside bare engines (top 10 of the same stretches; milliseconds; p50 as a multiple of ours)")
    questions = _phrased(drawn, _QUESTIONS)
    _peer("tantivy", _tantivy(home / "cache"), questions, ours)
    texts = [
        " ".join(passage.text for passage in stretch)
        for place in places(library)
        for stretch in stretches(sorted(search.said_in(EpisodeId(place.name)), key=lambda passage: passage.number))
    ]
    _peer("SQLite FTS5", _fts5(texts), questions[:_PEERS], ours)
    _peer("bm25s", _bm25s(texts), questions[:_PEERS], ours)


def _peer(name: str, ask: Callable[[str], object], questions: Sequence[str], ours: float) -> None:
    p50, p99 = timed(partial(ask, question) for question in questions)
    print(f"  {name:12} p50 {p50:7.1f}   p99 {p99:7.1f}   {p50 / ours:6.2f} times ours")


def _tantivy(cache: Path) -> Callable[[str], object]:
    import tantivy

    (place,) = cache.glob("*/index-*/spoken")
    index = tantivy.Index.open(str(place))
    schema, searcher = index.schema, index.searcher()

    def ask(question: str) -> object:
        terms = [tantivy.Query.term_query(schema, "words", stem) for stem in stems(question)]
        query = tantivy.Query.boolean_query([(tantivy.Occur.Should, term) for term in terms])
        return [searcher.doc(address) for _, address in searcher.search(query, 10).hits]

    return ask


def _fts5(texts: Iterable[str]) -> Callable[[str], object]:
    db = sqlite3.connect(":memory:")
    db.execute("CREATE VIRTUAL TABLE said USING fts5(words, tokenize = 'porter')")
    db.executemany("INSERT INTO said VALUES (?)", ((text,) for text in texts))

    def ask(question: str) -> object:
        wanted = " OR ".join(f'"{word}"' for word in split(question))
        return db.execute("SELECT words FROM said WHERE said MATCH ? ORDER BY rank LIMIT 10", (wanted,)).fetchall()

    return ask


def _bm25s(texts: Iterable[str]) -> Callable[[str], object]:
    import bm25s

    index = bm25s.BM25()
    index.index([stems(text) for text in texts], show_progress=False)

    def ask(question: str) -> object:
        known = [stem for stem in stems(question) if stem in index.vocab_dict]
        return index.retrieve([known], k=10, show_progress=False) if known else ()

    return ask


def _drawn(search: Search, episodes: Sequence[EpisodeId]) -> list[Passage]:
    chance = random.Random("passages")
    per = max(1, _DRAWN // len(episodes))
    drawn: list[Passage] = []
    for episode in episodes:
        long = [passage for passage in search.said_in(episode) if len(passage.text.split()) >= 12]
        long.sort(key=lambda passage: passage.number)
        drawn += chance.sample(long, min(per, len(long)))
    chance.shuffle(drawn)
    return drawn


def _phrased(drawn: Sequence[Passage], count: int) -> list[str]:
    """Ask about some words of a passage, as people do: three to five that say something, in their order."""
    chance = random.Random("questions")
    asked = ("what did they say about {}?", "what about {}", "{}", "why is {} hard?", "how does {} work")
    questions: list[str] = []
    for number in range(count):
        telling = [word for word in split(drawn[number % len(drawn)].text) if carries(word)] or ["nothing"]
        begin = chance.randrange(len(telling))
        words = " ".join(telling[begin : begin + chance.randint(3, 5)])
        questions.append(asked[number % len(asked)].format(words))
    return questions


def _stretch(passage: Passage, chance: random.Random) -> list[str]:
    words = passage.text.split()
    length = chance.randint(8, min(30, len(words)))
    begin = chance.randrange(len(words) - length + 1)
    return words[begin : begin + length]


def _run(arguments: Sequence[str], typed: str = "", **settings: str) -> _Cost:
    began = time.perf_counter()
    with (
        tempfile.TemporaryFile("w+") as output,
        tempfile.TemporaryFile("w+") as asked,
    ):
        asked.write(typed)
        asked.seek(0)
        process = subprocess.Popen(  # noqa: S603 - our own commands
            [sys.executable, *arguments], stdin=asked, stdout=output, env={**os.environ, **settings}
        )
        _, status, usage = os.wait4(process.pid, 0)
        took = time.perf_counter() - began
        process.returncode = os.waitstatus_to_exitcode(status)
        output.seek(0)
        if process.returncode not in {0, 1}:
            raise subprocess.CalledProcessError(process.returncode, arguments)
        return _Cost(took, usage.ru_maxrss / 1024, output.read())


def _spread(paths: Sequence[Path], count: int | None) -> list[Path]:
    """Take so many paths, evenly spread."""
    if count is None or count >= len(paths):
        return list(paths)
    return [paths[number * len(paths) // count] for number in range(count)]


def _disk(home: Path, cache: str = "cache") -> float:
    return sum(path.stat().st_size for path in (home / cache).rglob("*") if path.is_file()) / 1e6


def _row(cost: _Cost) -> str:
    return f"{cost.seconds:5.1f} s {cost.megabytes:4.0f} MB"


def _sum(*costs: _Cost) -> float:
    return sum(cost.seconds for cost in costs)


def main() -> int:
    """Read the arguments and measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("archive", nargs="?", type=Path, default=ARCHIVE)
    parser.add_argument("--episodes", type=int)
    parser.add_argument("--plot", type=Path, default=PLOT)
    given = parser.parse_args()
    if not given.archive.exists():
        print(f"No transcripts at {given.archive}: name their archive, as in `python -m benchmarks.scale ARCHIVE`.")
        return 2
    report(given.archive, given.episodes, given.plot)
    return 0


if __name__ == "__main__":
    sys.exit(main())
