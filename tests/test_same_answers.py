"""The same questions get the same answer wherever they are asked: the same title, the same evidence."""

from __future__ import annotations

import asyncio
import io
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest

from adapters.discord.config import DiscordConfig
from adapters.discord.service import DiscordService
from adapters.slack.config import SlackConfig
from adapters.slack.service import SlackService
from adapters.terminal.client import TerminalClient
from bot.operating.opening import open_assistant
from bot.port import excerpts, presentation, wording
from bot.port.limits import Rate
from bot.port.messages import Answer, Assistant, Help, Question, Several
from tests.fakes.backend import backend
from tests.fakes.discord_server import TOKEN, serving
from tests.fakes.slack_server import APP_TOKEN, BOT_TOKEN, SlackServer, labels_of

pytestmark = pytest.mark.slow

QUESTIONS = (
    "what did they say about scaling laws?",
    "what did they say abuot china?",
    "scaling laws",
    "compute",
    "AGI",
    "open source",
    "is open source catching up?",
    "RLHF",
    "what about alignment",
    "what's the deal with AI agents",
    "tell me about NVIDIA",
    "nvidai",
    "rack scale enginering",
    "co-design",
    "energy efficiency",
    "gpu availability",
    "who builds chips in china?",
    "training costs",
    "post-training",
    "when will AGI come?",
    "are bigger models better?",
    "geopolitics",
    "hardware",
    "safety",
    "what are they optimistic about?",
    "who is the guest?",
    "who is the host?",
    "which show is this?",
    "what is it about?",
    "what is the title",
    "which number is the episode?",
    "which topics are there?",
    "how long is the episode?",
    "when was it published?",
    "did they say compute remains the currency of AI development?",
    "did they say 'compute is the currency of AI'?",
    "did they say 'the moon is made of cheese'?",
    "who said the path to AGI is not predetermined?",
    "a quote about open source",
    "a quote about scaling laws",
    "how do I cook rice",
    "did they discuss CUDA?",
    "did Jensen mention his leather jacket",
    "what's the weather in Paris",
    "hello",
    "thanks!",
    "what can you do?",
    "",
    "🤷",
    "asdf qwer zxcv",
)


@dataclass(frozen=True)
class Seen:
    """What somebody gets to see of an answer: its title and its quotations, and how many more there are."""

    title: str
    evidence: tuple[str, ...]
    more: str


async def expected_of(assistant: Assistant) -> list[Seen]:
    """What the port says that is to be seen."""
    answers = [await assistant.ask(Question(words)) for words in QUESTIONS]
    assert {type(answer).__name__ for answer in answers} >= {"Found", "Fact", "QuoteCheck", "NotFound", "Help"}
    return [_to_be_seen(answer) for answer in answers]


def _to_be_seen(answer: Answer) -> Seen:
    assert not isinstance(answer, Several)
    said = presentation.shown(answer)
    left = presentation.waiting(answer, len(said))
    quoted = tuple("".join(run.words for run in excerpts.quoted(piece)) for piece in said)
    return Seen(wording.headline(answer), quoted, wording.more(len(left)) if left else "")


async def in_the_terminal(assistant: Assistant) -> list[Seen]:
    seen = []
    for words in QUESTIONS:
        screen = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
        answer = await assistant.ask(Question(words))
        TerminalClient(io.StringIO(), screen).answer(answer)
        screen.seek(0)
        lines = screen.read().splitlines()
        title = wording.headline(answer) if not isinstance(answer, Several) else ""
        left = [found[1] for line in lines if (found := re.search(r"(\d+ more) quotation", line))]
        quoted = tuple(line.strip("│ “”") for line in lines if line.startswith("│ “"))
        assert title in lines or not title or isinstance(answer, Help)
        seen.append(Seen(title, quoted, "".join(left)))
    return seen


async def in_slack(assistant: Assistant) -> list[Seen]:
    plenty = Rate(1000, timedelta(seconds=1))
    async with SlackServer() as slack:
        config = SlackConfig(BOT_TOKEN, APP_TOKEN, api_url=slack.api_url, per_member=plenty, per_channel=plenty)
        stop = asyncio.Event()
        serving = asyncio.create_task(SlackService(config, backend(assistant)).run(stop))
        for number, words in enumerate(QUESTIONS, 1):
            await slack.deliver_acked(slack.mention(words))
            await slack.sent(number)
        answers = await slack.sent(len(QUESTIONS))
        stop.set()
        await serving
    return [_seen_in_slack(answer.body) for answer in answers]


def _seen_in_slack(body: Mapping[str, Any]) -> Seen:
    blocks = body["blocks"]
    titles = [block["text"]["text"] for block in blocks if block["type"] == "header"]
    parts = [part for block in blocks if block["type"] == "rich_text" for part in block["elements"]]
    quoted = [part for part in parts if part["type"] == "rich_text_quote"]
    left = [label for label in labels_of(body) if label.endswith(" more")]
    return Seen(
        "".join(titles), tuple("".join(leaf["text"] for leaf in part["elements"]) for part in quoted), *left or [""]
    )


async def in_discord(assistant: Assistant) -> list[Seen]:
    plenty = Rate(1000, timedelta(seconds=1))
    async with serving() as discord:
        config = DiscordConfig(TOKEN, api_url=discord.api_url, per_member=plenty, per_channel=plenty)
        stop = asyncio.Event()
        running = asyncio.create_task(DiscordService(config, backend(assistant)).run(stop))
        await discord.online()
        answers = [await discord.mention(words) for words in QUESTIONS]
        stop.set()
        await running
    return [_seen_in_discord(answer) for answer in answers]


def _seen_in_discord(message: Mapping[str, Any]) -> Seen:
    (embed,) = message["embeds"]
    quoted = re.findall(r"^> (.*)$", embed["description"], re.MULTILINE)
    labels = [part.get("label") or "" for row in message["components"] for part in row["components"]]
    left = [label for label in labels if label.endswith(" more")]
    return Seen(embed.get("title", ""), tuple(_unmarked(words) for words in quoted), "".join(left))


def _unmarked(words: str) -> str:
    return re.sub(r"\\(.)", r"\1", words.replace("**", ""))


@pytest.mark.unmeasured
async def test_fifty_questions_get_the_same_title_and_evidence_everywhere() -> None:
    assistant = open_assistant()
    expected = await expected_of(assistant)
    terminal = await in_the_terminal(assistant)
    slack = await in_slack(assistant)
    discord = await in_discord(assistant)

    assert len(QUESTIONS) == 50
    assert dict(zip(QUESTIONS, terminal, strict=True)) == dict(zip(QUESTIONS, expected, strict=True))
    assert dict(zip(QUESTIONS, slack, strict=True)) == dict(zip(QUESTIONS, expected, strict=True))
    assert dict(zip(QUESTIONS, discord, strict=True)) == dict(zip(QUESTIONS, expected, strict=True))
