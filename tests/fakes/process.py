"""The real process, started from its command line with nothing but the environment."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

_ROOT = Path(__file__).parents[2]
_OURS = ("OVERHEARD_", "DISCORD_", "SLACK_")


class Process:
    """One `overheard` in a folder of its own.

    Attributes:
        log: what it wrote to standard error so far.
        told: what it wrote to standard output so far.
    """

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process
        self.log = ""
        self.told = ""
        self._reading = asyncio.gather(self._read_log(), self._read_told())

    async def _read_log(self) -> None:
        assert self._process.stderr is not None
        async for line in self._process.stderr:
            self.log += line.decode()

    async def _read_told(self) -> None:
        assert self._process.stdout is not None
        async for line in self._process.stdout:
            self.told += line.decode()

    def megabytes(self) -> float:
        """Return its resident memory now."""
        status = Path(f"/proc/{self._process.pid}/status").read_text(encoding="utf-8")
        return int(status.partition("VmRSS:")[2].split()[0]) / 1024

    async def ended(self, by: signal.Signals | None = None) -> int:
        """Wait for its end, after a signal where one is given, and return its exit status."""
        if by is not None:
            self._process.send_signal(by)
        async with asyncio.timeout(20):
            status = await self._process.wait()
            await self._reading
        return status

    async def says(self, words: str) -> None:
        """Wait until it has written these words."""
        async with asyncio.timeout(20):
            while words not in self.log:  # noqa: ASYNC110 - its log is a pipe, no event
                await asyncio.sleep(0.01)

    async def kill(self) -> None:
        """End it for good, if it hasn't ended."""
        if self._process.returncode is None:
            self._process.kill()
        await self._process.wait()
        await self._reading


async def start(folder: Path, settings: Mapping[str, str], *arguments: str) -> Process:
    """Start a process that knows these settings and no others, and no proxy: all it speaks to is on loopback."""
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(_OURS) and "proxy" not in name.lower()
    }
    started = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bot",
        *arguments,
        cwd=folder,
        # It keeps nothing, and starts sooner, unless a test sets that to nothing: then what it keeps is in its folder.
        env={
            **kept,
            "PYTHONPATH": str(_ROOT),
            "XDG_DATA_HOME": str(folder / "data"),
            "OVERHEARD_DATABASE_URL": "off",
            **settings,
        },
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    return Process(started)


@asynccontextmanager
async def overheard(folder: Path, settings: Mapping[str, str], *arguments: str) -> AsyncIterator[Process]:
    """Start one, and end it for good."""
    process = await start(folder, settings, *arguments)
    try:
        yield process
    finally:
        await process.kill()
