"""Whether several processes answer as one: three of one Slack app behind a round robin, each event delivered twice.

Runs the real processes with PostgreSQL against a stand-in for Slack on loopback. They are killed (`kill -9`) at random
moments and restarted. Counts questions lost, questions answered twice, and follow-ups misunderstood.
"""

from __future__ import annotations

import argparse
import asyncio
import collections
import contextlib
import itertools
import random
import socket
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import aiohttp
from aiohttp import web

from adapters.slack.manifest import EVENTS_PATH
from adapters.slack.render import draw
from bot.operating.opening import open_assistant
from bot.port.messages import ConversationId, Question
from tests.fakes.postgres import postgres
from tests.fakes.process import Process, start
from tests.fakes.slack_server import BOT_TOKEN, SCOPES, SIGNING_SECRET, SlackServer, signed

_TALK = ("what did they say about scaling laws?", "tell me more", "random quote", "another one")
_FIXED = 2
"""Number of questions in a conversation with fixed answers; the others draw quotes, none of them twice."""
_TALKS_AT_ONCE = 12
_PROCESSES = 3
_LIVES = (1.0, 8.0)
"""Minimum and maximum seconds that a process lives after it has started."""
_PATIENCE = 90.0
"""Seconds after which an answer counts as lost."""


@dataclass
class Counts:
    """How many questions had which outcome."""

    asked: int = 0
    lost: int = 0
    doubled: int = 0
    wrong: int = 0
    kills: int = 0
    refused: int = 0
    waits: list[float] = field(default_factory=list)


class DistantSlack(SlackServer):
    """As slow as the real Slack, so that a process may be killed after its message arrived but before it knows."""

    async def _api(self, request: web.Request) -> web.Response:
        response = await super()._api(request)
        await asyncio.sleep(random.uniform(0.02, 0.25))
        return response


class Cluster:
    """The processes of one app, behind a round robin."""

    def __init__(self, folder: Path, settings: dict[str, str]) -> None:
        self._folder = folder
        self._settings = settings
        self._ports = [_free_port() for _ in range(_PROCESSES)]
        self._running: dict[int, Process] = {}
        self._all: list[Process] = []
        self._turns: Iterator[int] = itertools.cycle(self._ports)
        self._session = aiohttp.ClientSession()

    async def start(self) -> None:
        """Start all processes."""
        for port in self._ports:
            await self._start(port)

    async def _start(self, port: int) -> None:
        settings = self._settings | {"SLACK_PORT": str(port)}
        self._running[port] = await start(self._folder, settings, "slack")
        self._all.append(self._running[port])
        listening = False
        while not listening:  # on a busy machine it may take longer than `says` waits
            with contextlib.suppress(TimeoutError):
                await self._running[port].says("listening for Slack")
                listening = True

    async def close(self) -> None:
        """Stop all processes, and print unusual lines of their logs."""
        await asyncio.gather(*(process.kill() for process in self._running.values()))
        await self._session.close()
        lines = collections.Counter(line for each in self._all for line in each.log.splitlines())
        odd = (line for line in lines if "listening" not in line and "answered on" not in line)
        print("\n".join(f"  {lines[line]} x {line}" for line in odd))

    async def kill_forever(self, number: int, counts: Counts) -> None:
        """Keep killing and restarting one process."""
        while True:
            await asyncio.sleep(random.uniform(*_LIVES))
            await self._running[self._ports[number]].kill()
            counts.kills += 1
            await self._start(self._ports[number])

    async def deliver(self, event: dict[str, object]) -> None:
        """Deliver an event to one process after another, as Slack and a load balancer do, until one acknowledges it."""
        while True:
            body, headers = signed(event)
            url = f"http://127.0.0.1:{next(self._turns)}{EVENTS_PATH}"
            try:
                async with self._session.post(url, data=body, headers=headers) as response:
                    if response.status == 200:
                        return
            except aiohttp.ClientError:
                await asyncio.sleep(0.02)


class Drill:
    """Asks questions and checks the answers."""

    def __init__(self, slack: SlackServer, cluster: Cluster, expected: list[str]) -> None:
        self._slack = slack
        self._cluster = cluster
        self._expected = expected
        self.counts = Counts()

    async def talk(self, number: int) -> None:
        """Hold a conversation in a thread; each question waits for the previous answer."""
        channel, user, thread = f"C{number % 50}", f"U{number}", self._slack.ts()
        said: list[str] = []
        for turn, words in enumerate(_TALK):
            place = {"channel": channel, "ts": self._slack.ts(), "thread_ts": thread}
            event = self._slack.mention(words, place, user=user)
            self.counts.asked += 1
            started = time.monotonic()
            await asyncio.gather(self._cluster.deliver(event), self._cluster.deliver(event))
            try:
                await self._slack.until(lambda: len(self._answers(channel, thread)) > turn, within=_PATIENCE)  # noqa: B023
            except TimeoutError:
                self.counts.lost += 1
                return
            self.counts.waits.append(time.monotonic() - started)
            said.append(self._answers(channel, thread)[turn])
        fixed, quotes = said[:_FIXED], said[_FIXED:]
        self.counts.wrong += sum(text != right for text, right in zip(fixed, self._expected, strict=True))
        self.counts.wrong += len(quotes) - len(set(quotes))

    def _answers(self, channel: str, thread: str) -> list[str]:
        return [
            str(call.body["text"])
            for call in self._slack.calls
            if call.method == "chat.postMessage" and (call.body["channel"], call.body["thread_ts"]) == (channel, thread)
        ]

    def count_doubled(self) -> None:
        """Count the answers to questions that already have one."""
        answered = collections.Counter(
            call.body["metadata"]["event_payload"]["answers"]
            for call in self._slack.calls
            if call.method == "chat.postMessage"
        )
        self.counts.doubled = answered.total() - len(answered)
        self.counts.refused = len(self._slack.refused)


async def _expected() -> list[str]:
    """Return the answers of a process that is never killed."""
    assistant, conversation = open_assistant(), ConversationId("drill")
    answers = [await assistant.ask(Question(words, conversation=conversation)) for words in _TALK[:_FIXED]]
    return [draw(answer).text for answer in answers]


async def drill(questions: int, *, kills: bool, may_look: bool) -> Counts:
    """Ask this many questions."""
    scopes = f"{SCOPES},channels:history" if may_look else SCOPES
    expected = await _expected()
    with postgres() as url, tempfile.TemporaryDirectory() as folder:
        async with DistantSlack(scopes=scopes) as slack:
            settings = {
                "SLACK_BOT_TOKEN": BOT_TOKEN,
                "SLACK_SIGNING_SECRET": SIGNING_SECRET,
                "SLACK_API_URL": slack.api_url,
                "OVERHEARD_DATABASE_URL": url,
                "OVERHEARD_LOG_LEVEL": "info",
                "OVERHEARD_QUESTIONS_PER_MEMBER": "1000000",
                "OVERHEARD_QUESTIONS_PER_CHANNEL": "1000000",
            }
            cluster = Cluster(Path(folder), settings)
            await cluster.start()
            asking = Drill(slack, cluster, expected)
            numbers = range(_PROCESSES if kills else 0)
            killing = [asyncio.create_task(cluster.kill_forever(number, asking.counts)) for number in numbers]
            try:
                await _talks(asking, questions // len(_TALK))
                await asyncio.sleep(15)  # in case there are answers too many
            finally:
                for each in killing:
                    each.cancel()
                await asyncio.gather(*killing, return_exceptions=True)
                await cluster.close()
            asking.count_doubled()
            return asking.counts


async def _talks(asking: Drill, number: int) -> None:
    left = iter(range(number))

    async def one_after_the_other() -> None:
        for each in left:
            await asking.talk(each)

    await asyncio.gather(*(one_after_the_other() for _ in range(_TALKS_AT_ONCE)))


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return int(listening.getsockname()[1])


def run() -> None:
    """Run the drill and print what it counted."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("questions", nargs="?", type=int, default=2_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--no-kills", action="store_true")
    parser.add_argument("--no-look", action="store_true", help="without the scope channels:history")
    arguments = parser.parse_args()
    random.seed(arguments.seed)
    started = time.monotonic()
    counts = asyncio.run(drill(arguments.questions, kills=not arguments.no_kills, may_look=not arguments.no_look))
    waits = sorted(counts.waits)
    print(
        f"{_PROCESSES} processes, PostgreSQL, each event delivered twice, {counts.kills} kills: "
        f"{counts.asked:,} questions, {counts.lost} lost, {counts.doubled} doubled, "
        f"{counts.wrong} follow-ups or quotes wrong, in {time.monotonic() - started:.0f} s; "
        f"answered after {waits[len(waits) // 2] * 1000:.0f} ms at the median, {waits[-1]:.1f} s at most"
    )


if __name__ == "__main__":
    run()
