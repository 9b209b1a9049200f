"""The same questions get the same answer wherever they are asked: the same kind, the same evidence."""

from __future__ import annotations

import asyncio
import io
import json
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
from bot.port.limits import Rate
from bot.port.messages import Assistant, Question
from tests.fakes.discord_server import TOKEN, serving
from tests.fakes.slack_server import APP_TOKEN, BOT_TOKEN, SlackServer

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

_HEADLINES = {
    "Did you mean…": "unsure",
    "Nothing on that": "not_found",
    "Ask Overheard": "help",
    "Word for word": "quote_check",
    "Nearly": "quote_check",
    "Not found": "quote_check",
}


@dataclass(frozen=True)
class Seen:
    """What somebody gets to see of an answer."""

    kind: str
    evidence: tuple[str, ...]


async def in_the_terminal(assistant: Assistant) -> list[Seen]:
    screen = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
    terminal = TerminalClient(io.StringIO(), screen)
    for words in QUESTIONS:
        question = Question(words)
        terminal.record(question, await assistant.ask(question), timedelta())
    screen.seek(0)
    records = [json.loads(line) for line in screen]
    return [Seen(each["kind"], tuple(said["text"] for said in each["evidence"])) for each in records]


async def in_slack(assistant: Assistant) -> list[Seen]:
    plenty = Rate(1000, timedelta(seconds=1))
    titles = {episode.title for episode in await assistant.episodes()}
    async with SlackServer() as slack:
        config = SlackConfig(BOT_TOKEN, APP_TOKEN, api_url=slack.api_url, per_member=plenty, per_channel=plenty)
        stop = asyncio.Event()
        serving = asyncio.create_task(SlackService(config, assistant).run(stop))
        for number, words in enumerate(QUESTIONS, 1):
            await slack.deliver_acked("events_api", slack.mention(words))
            await slack.sent(number)
        answers = await slack.sent(len(QUESTIONS))
        stop.set()
        await serving
    return [_seen_in_slack(answer.body["blocks"], titles) for answer in answers]


def _seen_in_slack(blocks: list[Mapping[str, Any]], titles: set[str]) -> Seen:
    headline = next(block["text"]["text"] for block in blocks if block["type"] == "header")
    parts = [part for block in blocks if block["type"] == "rich_text" for part in block["elements"]]
    quoted = [part for part in parts if part["type"] == "rich_text_quote"]
    kind = _HEADLINES.get(headline) or ("fact" if headline in {*titles, "In the library"} else "found")
    return Seen(kind, tuple(leaf["text"] for part in quoted for leaf in part["elements"]))


async def in_discord(assistant: Assistant) -> list[Seen]:
    plenty = Rate(1000, timedelta(seconds=1))
    titles = {episode.title for episode in await assistant.episodes()}
    async with serving() as discord:
        config = DiscordConfig(TOKEN, api_url=discord.api_url, per_member=plenty, per_channel=plenty)
        stop = asyncio.Event()
        running = asyncio.create_task(DiscordService(config, assistant).run(stop))
        await discord.online()
        answers = [await discord.mention(words) for words in QUESTIONS]
        stop.set()
        await running
    return [_seen_in_discord(answer["embeds"][0], titles) for answer in answers]


def _seen_in_discord(embed: Mapping[str, Any], titles: set[str]) -> Seen:
    headline = embed["title"]
    kind = _HEADLINES.get(headline) or ("fact" if headline in {*titles, "In the library"} else "found")
    quoted = re.findall(r"^> (?!— )(.*)$", embed["description"], re.MULTILINE)
    return Seen(kind, tuple(re.sub(r"\\(.)", r"\1", words) for words in quoted))


@pytest.mark.no_cover
async def test_fifty_questions_get_the_same_kind_and_evidence_everywhere() -> None:
    expected = await in_the_terminal(open_assistant())
    slack = await in_slack(open_assistant())
    discord = await in_discord(open_assistant())

    assert len(QUESTIONS) == 50
    assert dict(zip(QUESTIONS, slack, strict=True)) == dict(zip(QUESTIONS, expected, strict=True))
    assert dict(zip(QUESTIONS, discord, strict=True)) == dict(zip(QUESTIONS, expected, strict=True))
    assert {each.kind for each in expected} >= {"found", "fact", "quote_check", "not_found", "help"}
