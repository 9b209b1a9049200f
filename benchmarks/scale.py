"""What import, index, start, questions and quotations cost with thousands of episodes, beside bare engines.

Run by itself: `python -m benchmarks.scale [ARCHIVE] [--episodes N]`. Fewer episodes than the archive has are sampled
evenly; more are generated (`larger`), as in `--episodes 20000`. The archive has Markdown transcripts in one folder per
show, by default the Changelog's public ones (CC BY-SA 4.0). Everything is made in a temporary folder, 10 GB for 20,000
episodes. Imports, memory and starts are measured in processes of their own.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import sqlite3
import subprocess
import sys
import tarfile
import tempfile
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

from benchmarks.data import HARMED, half_remembered, misspelt
from benchmarks.larger import enlarge
from benchmarks.speed import timed
from bot.answering.attribution import NEAREST
from bot.operating.opening import open_assistant
from bot.port.messages import Question
from bot.understanding.sentences import vocabulary
from knowledge.library import places
from knowledge.model import EVERYWHERE, EpisodeId, Passage
from knowledge.passages import stretches
from knowledge.search import Search
from knowledge.search.index.cache import IndexCache
from knowledge.search.index.stemming import stems
from knowledge.search.quotations import Alignment
from knowledge.search.words import carries, split

ARCHIVE: Final = Path("../shared/corpora/changelog-transcripts.tar.xz")
PLOT: Final = Path("benchmarks/results/scale.png")

_GROWTH: Final = (20, 200, 2_063)
_BARE: Final = 5_000
"""Maximum number of episodes for measuring peers too; some of them keep everything in memory."""
_EVERY: Final = 0.5
"""Seconds between two samples of memory use."""
_QUESTIONS: Final = 1000
_PEERS: Final = 200
"""Number of questions put to the slower peers."""
_QUOTATIONS: Final = 300
_DRAWN: Final = 2000
"""Number of passages that questions and quotations are drawn from."""

_PROBE: Final = """
import asyncio, sys
from pathlib import Path
from bot.operating.opening import open_assistant
from bot.port.messages import Question
assistant = open_assistant(Path(sys.argv[1]), Path(sys.argv[2]))
for question in sys.stdin:
    asyncio.run(assistant.ask(Question(question)))
status = Path("/proc/self/status")
lines = status.read_text().splitlines() if status.exists() else []
print(*(sum(int(line.split()[1]) // 1024 for line in lines if line.startswith(name)) for name in ("VmRSS", "RssAnon")))
"""


@dataclass(frozen=True, slots=True)
class _Cost:
    """What a command and its child processes took.

    Attributes:
        seconds: wall-clock time.
        work: CPU seconds of all cores, which other load hardly affects.
        megabytes: peak memory of all its processes together, without mapped files.
    """

    seconds: float
    work: float
    megabytes: float
    output: str


@dataclass(frozen=True, slots=True)
class _Times:
    """Milliseconds per question: median and 99th percentile of wall-clock time and of CPU time."""

    p50: float
    p99: float
    work50: float
    work99: float

    def __str__(self) -> str:
        return f"p50 {self.p50:.1f}   p99 {self.p99:.1f}   (work {self.work50:.1f} and {self.work99:.1f})"


@dataclass(frozen=True, slots=True)
class _Size:
    """What a library of a given size takes.

    Attributes:
        made: importing and indexing all of it.
        one: importing and indexing one more episode.
        first: from the start of a process to its first answer.
        resident: megabytes while answering, with mapped files and without.
        disk: megabytes of the index.
    """

    episodes: int
    stretches: int
    made: _Cost
    one: _Cost
    first: _Cost
    resident: tuple[int, int]
    disk: float
    times: _Times


def report(archive: Path = ARCHIVE, episodes: int | None = None, plot: Path = PLOT) -> None:
    """Print everything, and plot how it grows."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        with tarfile.open(archive) as packed:
            packed.extractall(home / "archive", filter="data")
        every = sorted(path for path in (home / "archive").rglob("*.md") if path.parent != home / "archive")
        count = episodes or len(every)
        sizes: list[_Size] = []
        for size in (*(size for size in _GROWTH if size < count), count):
            sizes.append(_measured(home, every, size))
            _show(sizes[-1])
        library, cache = home / f"library-{count}", home / f"cache-{count}"
        indexed = IndexCache(cache, vocabulary()).open(library)
        drawn = _drawn(indexed.search, [episode.id for episode in indexed.library.episodes])
        slips = [misspelt(question, question) for question in _phrased(drawn, _QUESTIONS)]
        print(f"\nQuestions with typos, all {count:,} episodes: {_asked(library, cache, slips)}")
        _quotations(indexed.search, drawn)
        _growth(sizes, plot)
        if count <= _BARE:
            _peers(cache, library, indexed.search, drawn, sizes[-1].times.p50)


def _measured(home: Path, every: Sequence[Path], size: int) -> _Size:
    source, library, cache = (home / f"{name}-{size}" for name in ("source", "library", "cache"))
    enlarge(_spread(every, size), source, size)
    made = _import(source, library, cache)
    new = next(source.iterdir()) / "one-more-9999.md"
    new.write_text(f"{every[-1].read_text(encoding='utf-8')}\n\nAnd goodbye.\n", encoding="utf-8")
    one = _import(source, library, cache)
    question = ["-m", "bot", "ask", "--library", str(library), "how does garbage collection work in Go?"]
    starts = sorted((_run(question, OVERHEARD_CACHE=str(cache)) for _ in range(5)), key=lambda cost: cost.seconds)
    typed = "\n".join(("what is kubernetes", "who maintains sqlite", "garbage colection in go", "typescript") * 50)
    answering = _run(["-c", _PROBE, str(library), str(cache)], typed).output.split()
    indexed = IndexCache(cache, vocabulary()).open(library)
    drawn = _drawn(indexed.search, [episode.id for episode in indexed.library.episodes])
    times = _asked(library, cache, _phrased(drawn, _QUESTIONS))
    disk = sum(path.stat().st_size for path in cache.rglob("*") if path.is_file()) / 1e6
    resident = (int(answering[0]), int(answering[1]))
    return _Size(size, indexed.search.size, made, one, starts[len(starts) // 2], resident, disk, times)


def _import(source: Path, library: Path, cache: Path) -> _Cost:
    return _run(["-m", "bot", "import", str(source), "--library", str(library)], OVERHEARD_CACHE=str(cache))


def _show(size: _Size) -> None:
    print(f"\n{size.episodes:,} episodes, {size.stretches:,} stretches of talk")
    print(f"  import and index         {_row(size.made)}")
    print(f"  one more                 {_row(size.one)}")
    print(f"  start to first answer    {_row(size.first)}   (median of 5)")
    print(f"  resident while answering {size.resident[0]:,} MB, without mapped files {size.resident[1]:,} MB")
    print(f"  the index on disk        {size.disk:,.0f} MB")
    print(f"  {_QUESTIONS:,} questions          {size.times}", flush=True)


def _asked(library: Path, cache: Path, questions: Iterable[str]) -> _Times:
    """Ask an assistant in one event loop, as a bot does."""
    assistant = open_assistant(library, cache)

    async def ask() -> list[tuple[float, float]]:
        await assistant.ask(Question("something to begin with"))
        taken: list[tuple[float, float]] = []
        for question in questions:
            began, worked = time.perf_counter(), time.process_time()
            await assistant.ask(Question(question))
            taken.append(((time.perf_counter() - began) * 1000, (time.process_time() - worked) * 1000))
        return taken

    by_clock, work = (sorted(each) for each in zip(*asyncio.run(ask()), strict=True))
    middle, worst = len(work) // 2, int(len(work) * 0.99)
    return _Times(by_clock[middle], by_clock[worst], work[middle], work[worst])


def _quotations(search: Search, drawn: Sequence[Passage]) -> None:
    chance = random.Random("quotations")
    said = [(half_remembered(_stretch(passage, chance), chance), passage) for passage in drawn[:_QUOTATIONS]]
    pool = [word for passage in drawn for word in passage.text.split()]
    never = [" ".join(chance.choices(pool, k=chance.randint(8, 30))) for _ in range(_QUOTATIONS)]
    found: dict[str, Alignment | None] = {}
    taken: list[bool] = []

    def check(words: str) -> None:
        best = search.quotation(words, scope=EVERYWHERE)[:1]
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
    """Tell whether the passage was found, or an identical one: some episodes were published twice."""
    return found is not None and (found.item.id == passage.id or found.words in passage.text)


def _growth(sizes: Sequence[_Size], plot: Path) -> None:
    print("\n| Episodes | Stretches | Import and index | One more | First answer | Resident | Disk | p50 | p99 |")
    print("| ---: " * 9 + "|")
    for size in sizes:
        print(
            f"| {size.episodes:,} | {size.stretches:,} | {size.made.seconds:,.0f} s ({size.made.work:,.0f} s of work, "
            f"{size.made.megabytes:,.0f} MB) | {size.one.seconds:.1f} s ({size.one.work:.1f}) | "
            f"{size.first.seconds:.1f} s ({size.first.work:.1f}) | {size.resident[0]:,} MB ({size.resident[1]:,}) | "
            f"{size.disk:,.0f} MB | {size.times.p50:.1f} ms ({size.times.work50:.1f}) | "
            f"{size.times.p99:.1f} ms ({size.times.work99:.1f}) |"
        )
    import matplotlib as mpl

    mpl.use("agg")
    from matplotlib import pyplot as plt

    figure, axes = plt.subplots(1, 5, figsize=(20, 4), layout="constrained")
    counts = [size.episodes for size in sizes]
    lines = {
        "import and index, seconds of work": ([size.made.work for size in sizes],),
        "one more, seconds of work": ([size.one.work for size in sizes],),
        "first answer, seconds of work": ([size.first.work for size in sizes],),
        "resident, MB (with mapped files, without)": tuple(zip(*(size.resident for size in sizes), strict=True)),
        "a question, ms of work (p50, p99)": (
            [size.times.work50 for size in sizes],
            [size.times.work99 for size in sizes],
        ),
    }
    for axis, (name, drawn) in zip(axes, lines.items(), strict=True):
        for values in drawn:
            axis.plot(counts, values, marker="o")
        axis.set(title=name, xlabel="episodes", xscale="log")
        axis.set_ylim(0, None)
    plot.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(plot, dpi=100)
    print(f"\nDrawn in {plot}")


def _peers(cache: Path, library: Path, search: Search, drawn: Sequence[Passage], ours: float) -> None:
    """Ask peers about the same stretches of talk; we also do spelling, neighbours, confidence and evidence."""
    print("\nBeside bare engines (top 10 of the same stretches; milliseconds; p50 as a multiple of ours)")
    questions = _phrased(drawn, _QUESTIONS)
    _peer("tantivy", _tantivy(cache), questions, ours)
    texts = [
        " ".join(passage.text for passage in stretch)
        for place in places(library)
        for stretch in stretches(search.said_in(EpisodeId(place.name)))
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
    if len(episodes) > _DRAWN:
        episodes = chance.sample(episodes, _DRAWN)
    per = max(1, _DRAWN // len(episodes))
    drawn: list[Passage] = []
    for episode in episodes:
        long = [passage for passage in search.said_in(episode) if len(passage.text.split()) >= 12]
        drawn += chance.sample(long, min(per, len(long)))
    chance.shuffle(drawn)
    return drawn


def _phrased(drawn: Sequence[Passage], count: int) -> list[str]:
    """Make questions as people would from three to five consecutive content words of a passage."""
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
            [sys.executable, *arguments],
            stdin=asked,
            stdout=output,
            # As in an installation: otherwise every start would compile everything again.
            env={**os.environ, "PYTHONDONTWRITEBYTECODE": "", **settings},
            start_new_session=True,
        )
        most, ended = [0.0], threading.Event()
        looking = threading.Thread(target=_look, args=(process.pid, most, ended))
        looking.start()
        _, status, usage = os.wait4(process.pid, 0)
        took = time.perf_counter() - began
        ended.set()
        looking.join()
        process.returncode = os.waitstatus_to_exitcode(status)
        output.seek(0)
        if process.returncode not in {0, 1}:
            raise subprocess.CalledProcessError(process.returncode, arguments)
        return _Cost(took, usage.ru_utime + usage.ru_stime, most[0], output.read())


def _look(session: int, most: list[float], ended: threading.Event) -> None:
    """Sample the memory of a session's processes, in megabytes, and keep the peak."""
    while not ended.wait(_EVERY):
        held = 0
        for place in Path("/proc").glob("[0-9]*"):
            with suppress(OSError, ValueError, IndexError):
                if int((place / "stat").read_text().rpartition(")")[2].split()[3]) == session:
                    held += _kilobytes(place / "status", "RssAnon")
        most[0] = max(most[0], held / 1024)


def _kilobytes(status: Path, name: str) -> int:
    return sum(int(line.split()[1]) for line in status.read_text().splitlines() if line.startswith(name))


def _spread(paths: Sequence[Path], count: int | None) -> list[Path]:
    """Return `count` evenly spread paths."""
    if count is None or count >= len(paths):
        return list(paths)
    return [paths[number * len(paths) // count] for number in range(count)]


def _row(cost: _Cost) -> str:
    return f"{cost.seconds:,.1f} s, {cost.work:,.1f} s of work, {cost.megabytes:,.0f} MB"


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
