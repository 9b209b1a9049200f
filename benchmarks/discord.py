"""How the bot performs in Discord under load: the real process against a stand-in server on loopback.

Times include the stand-in's own work on the same machine. The quality of answers is `ranking`'s business.
"""

from __future__ import annotations

import asyncio
import statistics
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path

from bot.operating.opening import open_assistant
from bot.port.messages import Question
from tests.fakes import discord_server
from tests.fakes.discord_server import TOKEN, DiscordServer
from tests.fakes.process import Process, overheard

_QUESTIONS = (
    "what did they say about scaling laws?",
    "who is the guest?",
    "did they say compute is the currency of AI?",
    "what abuot china",
    "how do I cook rice",
    "random quote",
)
_CHANNELS = range(10_000_000, 10_000_200)
_MEMBERS = range(20_000_000, 20_001_000)
_UNLIMITED = {"OVERHEARD_QUESTIONS_PER_MEMBER": "1000000", "OVERHEARD_QUESTIONS_PER_CHANNEL": "1000000"}
_WARM_UP = 2_000
_AT_A_TIME = 100


@dataclass(frozen=True)
class Bot:
    """A running process and the Discord it is connected to."""

    discord: DiscordServer
    process: Process

    async def mention(self, number: int, words: str) -> None:
        """Ask by mention, as one of a thousand members in one of two hundred channels."""
        await self.discord.mention(words, channel=_CHANNELS[number % 200], member=_MEMBERS[number % 1_000])

    async def slash(self, number: int, words: str) -> None:
        """Ask by command, likewise."""
        channel, member = _CHANNELS[number % 200], _MEMBERS[number % 1_000]
        await self.discord.slash("ask", question=words, channel=channel, member=member)


@asynccontextmanager
async def serving() -> AsyncIterator[Bot]:
    """Start the bot from its command line and wait until it is connected."""
    with tempfile.TemporaryDirectory() as folder:
        async with discord_server.serving() as discord:
            discord.keeps_requests = False
            discord.checks_bodies = False  # the tests check it; here it would cost more than the bot's own work
            settings = {"DISCORD_TOKEN": TOKEN, "DISCORD_API_URL": discord.api_url, "OVERHEARD_LOG_LEVEL": "error"}
            async with overheard(Path(folder), {**_UNLIMITED, **settings}, "discord") as process:
                await discord.online()
                yield Bot(discord, process)


async def burst(ask: Callable[[int, str], Awaitable[None]], questions: int) -> tuple[float, float]:
    """Ask questions concurrently; return the seconds to the slowest and to the median answer."""
    words = cycle(_QUESTIONS)

    async def asked(number: int, question: str) -> float:
        started = time.monotonic()
        await ask(number, question)
        return time.monotonic() - started

    times = await asyncio.gather(*(asked(number, next(words)) for number in range(questions)))
    return max(times), statistics.median(times)


async def added(ask: Callable[[int, str], Awaitable[None]], questions: int) -> float:
    """Ask questions one at a time; return the median milliseconds that Discord adds to the core's own time."""
    assistant = open_assistant()
    beyond = []
    for number, words in zip(range(questions), cycle(_QUESTIONS), strict=False):
        started = time.perf_counter()
        await ask(number, words)
        took = time.perf_counter() - started
        started = time.perf_counter()
        await assistant.ask(Question(words))
        beyond.append((took - (time.perf_counter() - started)) * 1000)
    return statistics.median(beyond)


async def memory(bot: Bot, questions: int) -> tuple[float, float, float]:
    """Ask many questions; return the megabytes after the warm-up and at the end, and questions per second."""
    warm, words, started = 0.0, cycle(_QUESTIONS), time.monotonic()
    for first in range(0, questions, _AT_A_TIME):
        numbers = range(first, first + _AT_A_TIME)
        asks = (bot.mention, bot.slash)
        await asyncio.gather(*(asks[number % 2](number, next(words)) for number in numbers))
        # Keep the latest: a public "thinking" may be removed before its private replacement is sent.
        for token in tuple(bot.discord.interactions)[: -2 * _AT_A_TIME]:
            del bot.discord.interactions[token]
        bot.discord.sessions[-1].events.clear()
        if first + _AT_A_TIME == _WARM_UP:
            warm = bot.process.megabytes()
    return warm, bot.process.megabytes(), questions / (time.monotonic() - started)


async def _measure() -> None:
    async with serving() as bot:
        await burst(bot.mention, 20)  # the first answers load what is only loaded once
        for name, ask in (("mention", bot.mention), ("slash command", bot.slash)):
            print(f"  {name}, beyond the core's own time: p50 {await added(ask, 300):.1f} ms")
            slowest, median = await burst(ask, 200)
            print(f"  200 {name}s at once: all answered, the slowest after {slowest:.2f} s, half within {median:.2f} s")
        # On exit the stand-in asserts that nothing was answered twice.
    async with serving() as bot:
        warm, end, rate = await memory(bot, 20_000)
        print(f"  20,000 questions: {rate:.0f} a second, {warm:.1f} MB after {_WARM_UP:,}, {end:.1f} MB at the end")


def run() -> None:
    """Measure and print."""
    print("Discord (loopback)")
    asyncio.run(_measure())


if __name__ == "__main__":
    run()
