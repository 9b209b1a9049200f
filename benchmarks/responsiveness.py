"""Whether the bot stays responsive while the core works: event loop gaps, acknowledgements, the cost of the thread.

Run by itself: `python -m benchmarks.responsiveness [ARCHIVE] [--episodes N]`, over the same archive as `scale`, or over
the shipped episode if there is none. The quality of answers isn't measured.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import statistics
import tarfile
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final

from adapters.discord.config import DiscordConfig
from adapters.discord.service import DiscordService
from benchmarks.data import imported
from benchmarks.scale import ARCHIVE
from bot.assistant import EpisodeAssistant
from bot.operating.opening import open_assistant
from bot.port.messages import Assistant, Question
from knowledge.library import SHIPPED
from knowledge.library.transcripts import transcript_in
from tests.fakes.backend import backend
from tests.fakes.discord_server import TOKEN, DiscordServer, serving

_CHECKS: Final = 12
_CHARACTERS: Final = 5_900
_PAIRS: Final = 300
_HEARTBEAT: Final = 0.001
_CHECKED: Final = ("what did they say about testing", "who is the guest", "how does garbage collection work in go")


def report(archive: Path, episodes: int | None) -> None:
    """Build a library, measure and print."""
    # The library watcher notices when the folder is deleted, and would index what is left.
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        home = Path(folder)
        library = _library(home, archive, episodes) if archive.exists() else SHIPPED
        assistant = open_assistant(library, home / "cache")
        said = _long_quotations(library)
        print(f"Responsiveness (over {sum(1 for _ in library.iterdir()):,} episodes)")
        asyncio.run(_measure(assistant, said))


async def _measure(assistant: Assistant, said: Sequence[str]) -> None:
    await assistant.ask(Question("something to begin with"))
    idle = await _largest_gap(asyncio.sleep(2))
    started = time.perf_counter()
    busy = await _largest_gap(_checks(assistant, said))
    took = time.perf_counter() - started
    print(f"  largest gap of the event loop, idle                                {idle:.1f} ms")
    print(f"  largest gap during {len(said)} checks of {_CHARACTERS:,} characters ({took:.1f} s)     {busy:.1f} ms")
    print(f"  /help acknowledged beside them, on the Discord stand-in            {await _help(assistant, said):.2f} s")
    direct, threaded = await _price(assistant)
    more = threaded - direct
    print(f"  a check of words, p50: on the loop {direct:.2f} ms, on the thread {threaded:.2f} ms, {more:+.2f} ms")


async def _checks(assistant: Assistant, said: Sequence[str]) -> None:
    await asyncio.gather(*(assistant.verify(words) for words in said))


async def _largest_gap(work: Awaitable[None]) -> float:
    """Return the longest time, in milliseconds, that the event loop was blocked during some work."""
    gaps = [0.0]

    async def beat() -> None:
        last = time.perf_counter()
        while True:
            await asyncio.sleep(_HEARTBEAT)
            now = time.perf_counter()
            gaps.append(now - last - _HEARTBEAT)
            last = now

    heart = asyncio.create_task(beat())
    await work
    heart.cancel()
    return max(gaps) * 1000


async def _help(assistant: Assistant, said: Sequence[str]) -> float:
    """Return the seconds until `/help` is acknowledged while the core is busy."""
    async with _connected(assistant) as server:
        checks = asyncio.create_task(_checks(assistant, said))
        await asyncio.sleep(0.1)
        started = time.perf_counter()
        asked = asyncio.create_task(server.slash("help"))
        await server.until(lambda: any(each.callbacks for each in server.interactions.values()))
        took = time.perf_counter() - started
        await asyncio.gather(checks, asked)
        return took


@asynccontextmanager
async def _connected(assistant: Assistant) -> AsyncIterator[DiscordServer]:
    async with serving() as server:
        stop = asyncio.Event()
        running = asyncio.create_task(
            DiscordService(DiscordConfig(TOKEN, api_url=server.api_url), backend(assistant)).run(stop)
        )
        await server.online()
        yield server
        stop.set()
        await running


async def _price(assistant: Assistant) -> tuple[float, float]:
    """Return the median milliseconds to verify a quotation in place and on the assistant's thread, alternating."""
    # The undecorated `verify`, which doesn't go through the thread.
    in_place: Callable[[Assistant, str], object] = EpisodeAssistant.verify.__wrapped__  # type: ignore[attr-defined]
    direct, threaded = [], []
    for number in range(_PAIRS):
        words = _CHECKED[number % len(_CHECKED)]
        started = time.perf_counter()
        in_place(assistant, words)
        between = time.perf_counter()
        await assistant.verify(words)
        direct.append(between - started)
        threaded.append(time.perf_counter() - between)
    return statistics.median(direct) * 1000, statistics.median(threaded) * 1000


def _library(home: Path, archive: Path, episodes: int | None) -> Path:
    """Import all transcripts, or an evenly spread sample."""
    with tarfile.open(archive) as packed:
        packed.extractall(home / "source", filter="data")
    every = sorted(path for path in (home / "source").rglob("*.md") if path.parent != home / "source")
    kept = every if episodes is None else every[:: max(1, len(every) // episodes)][:episodes]
    for path in set(every) - set(kept):
        path.unlink()
    imported(home)
    return home / "library"


def _long_quotations(library: Path) -> list[str]:
    """Make long texts of words from many places, which were never said like this."""
    chance = random.Random("responsiveness")
    folders = sorted(each for each in library.iterdir() if each.is_dir())
    words = [
        word
        for folder in chance.sample(folders, min(20, len(folders)))
        if (transcript := transcript_in(folder))
        for word in transcript.read_text(encoding="utf-8").split()
    ] or ["compute", "remains", "the", "currency", "of", "development"]
    return [" ".join(chance.choices(words, k=_CHARACTERS))[:_CHARACTERS] for _ in range(_CHECKS)]


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("archive", nargs="?", type=Path, default=ARCHIVE)
    parser.add_argument("--episodes", type=int)
    arguments = parser.parse_args()
    report(arguments.archive, arguments.episodes)
