"""How the bot performs in Slack under load: the real process against a stand-in server, over Socket Mode.

Times include the stand-in's own work on the same machine. The quality of answers is `ranking`'s business.
"""

from __future__ import annotations

import asyncio
import statistics
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path

from tests.fakes.process import Process, overheard
from tests.fakes.slack_server import APP_TOKEN, BOT_TOKEN, Call, SlackServer

_QUESTIONS = (
    "what did they say about scaling laws?",
    "who is the guest?",
    "did they say compute is the currency of AI?",
    "what abuot china",
    "how do I cook rice",
    "random quote",
)
_WARM_UP = 2_000
_AT_A_TIME = 100


@dataclass(frozen=True)
class Burst:
    """The outcome of many concurrent events.

    Attributes:
        acknowledged: seconds until the last acknowledgement.
        answered: seconds until the last answer.
        answers: the number of answers.
    """

    acknowledged: float
    answered: float
    answers: int


@dataclass(frozen=True)
class Memory:
    """Resident memory of the process in megabytes, after the warm-up and after everything."""

    warm: float
    end: float
    questions: int
    seconds: float


@asynccontextmanager
async def serving() -> AsyncIterator[tuple[SlackServer, Process]]:
    """Start the bot from its command line and wait until it is connected."""
    tokens = {"SLACK_BOT_TOKEN": BOT_TOKEN, "SLACK_APP_TOKEN": APP_TOKEN}
    with tempfile.TemporaryDirectory() as folder:
        async with SlackServer() as slack:
            settings = {**tokens, "SLACK_API_URL": slack.api_url, "OVERHEARD_LOG_LEVEL": "error"}
            async with overheard(Path(folder), settings, "slack") as process:
                await slack.connected()
                yield slack, process


def _mention(slack: SlackServer, number: int, words: str) -> dict[str, object]:
    """Return a mention by one member in a channel of their own, so that no rate limit applies."""
    return slack.mention(words, {"channel": f"C{number}"}, user=f"U{number}")


async def burst(slack: SlackServer, events: int, *, deliveries: int = 1) -> Burst:
    """Deliver events concurrently, each `deliveries` times."""
    slack.calls.clear()
    slack.acks.clear()
    mentions = [_mention(slack, number, words) for number, words in enumerate(islice(cycle(_QUESTIONS), events))]
    started = time.monotonic()
    for _ in range(deliveries):
        await asyncio.gather(*(slack.deliver(mention) for mention in mentions))
    await slack.until(lambda: len(slack.acks) == events * deliveries, within=120)
    acknowledged = max(slack.acked_at[envelope] for envelope in slack.acks) - started
    answers = await _answers(slack, events)
    await asyncio.sleep(1)  # in case there are answers too many
    return Burst(acknowledged, answers[-1].at - started, len(await _answers(slack, events)))


async def _answers(slack: SlackServer, number: int) -> list[Call]:
    await slack.until(lambda: len(slack.calls) >= number, within=120)
    return [call for call in slack.calls if call.method == "chat.postMessage"]


async def acknowledgements(slack: SlackServer, events: int) -> list[float]:
    """Deliver events one at a time; return the milliseconds until each is acknowledged."""
    times = []
    for number, words in enumerate(islice(cycle(_QUESTIONS), events)):
        mention = _mention(slack, number, words)
        started = time.monotonic()
        await slack.deliver_acked(mention)
        times.append((time.monotonic() - started) * 1000)
        await slack.sent(number + 1, "chat.postMessage")
    return times


async def memory(slack: SlackServer, process: Process, questions: int) -> Memory:
    """Ask many questions, and return what that does to the process's memory."""
    warm, started = 0.0, time.monotonic()
    words = cycle(_QUESTIONS)
    for first in range(0, questions, _AT_A_TIME):
        slack.calls.clear()
        slack.acks.clear()
        slack.acked_at.clear()
        for number in range(first, first + _AT_A_TIME):
            await slack.deliver(_mention(slack, number, next(words)))
        await _answers(slack, _AT_A_TIME)
        if first + _AT_A_TIME == _WARM_UP:
            warm = process.megabytes()
    return Memory(warm, process.megabytes(), questions, time.monotonic() - started)


async def _measure() -> None:
    async with serving() as (slack, _):
        await burst(slack, 20)  # the first answers load what is only loaded once
        slack.calls.clear()
        times = await acknowledgements(slack, 300)
        quantiles = statistics.quantiles(times, n=100)
        print(f"  event to acknowledgement: p50 {quantiles[49]:.1f} ms, p99 {quantiles[98]:.1f} ms")
        once = await burst(slack, 200)
        print(
            f"  200 events at once: acknowledged within {once.acknowledged:.2f} s, "
            f"{once.answers} answers within {once.answered:.2f} s"
        )
        twice = await burst(slack, 1000, deliveries=2)
        print(f"  1,000 events delivered twice: {twice.answers:,} answers, the last after {twice.answered:.1f} s")
    async with serving() as (slack, process):
        held = await memory(slack, process, 20_000)
        print(
            f"  {held.questions:,} questions: {held.questions / held.seconds:.0f} a second, "
            f"{held.warm:.1f} MB after {_WARM_UP:,}, {held.end:.1f} MB at the end"
        )


def run() -> None:
    """Measure and print."""
    print("Slack (loopback, Socket Mode)")
    asyncio.run(_measure())


if __name__ == "__main__":
    run()
