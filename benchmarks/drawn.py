"""Renders a thousand hostile strings on every platform, as questions, titles, names and spoken words.

Run by itself: `python -m benchmarks.drawn [--strings N] [--part NAME]`. It fails if anything raises, pings, becomes
markup or exceeds a platform's limit, by the rules of the tests' stand-ins for chats. Quality isn't measured.
"""

from __future__ import annotations

import argparse
import asyncio
import collections
import inspect
import io
import json
import random
import re
import sys
import traceback
import unicodedata
from collections.abc import AsyncIterator, Callable, Collection, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any, Final
from urllib.parse import quote

import aiohttp
from mcp.client import Client
from rich.console import Console
from yarl import URL

from adapters.discord import lists as discord_lists
from adapters.discord import posting as discord_posting
from adapters.discord import quiz as discord_quiz
from adapters.discord import render as discord
from adapters.discord.card import Card, Scene
from adapters.http.service import HttpConfig, HttpService
from adapters.mcp.server import server
from adapters.pictures.drawing import draw_evidence
from adapters.slack import cards as slack_cards
from adapters.slack import posting as slack_posting
from adapters.slack import quiz as slack_quiz
from adapters.slack import render as slack
from adapters.slack.views import answer_dialogue
from adapters.terminal import render as terminal
from adapters.terminal.client import TerminalClient
from bot.assistant import EpisodeAssistant, OpenLibrary
from bot.port import quiz
from bot.port.addresses import Address
from bot.port.cards import NotDrawn, Shape
from bot.port.logbook import AnswerId, AskedIn
from bot.port.messages import Answer, ConversationId, Evidence, Found, Question, QuoteFilter, Scope
from bot.port.metering import Meter
from bot.port.posting import Announcement, Announcements, Content, DailyQuote, Post, WeeklyQuestions, about
from bot.port.record import as_line, as_record
from bot.port.wishes import Wish, unanswered
from bot.state.stored import StoredState, stored_at
from bot.understanding import sentences
from knowledge.model import Episode, EpisodeId, ItemId, Links, Passage, Person, Quote, Topic
from knowledge.search import Search
from tests.fakes.discord_rules import complaints
from tests.fakes.slack_blocks import message_problems, view_problems

_STRINGS: Final = 1_000
_TOGETHER: Final = 100
"""Strings per library: drawing a quote reads every speaker's name, which dominates with a thousand strings in one."""
_PRINTED: Final = 25
"""Maximum number of kinds of problems printed with their string."""
_RIDDLES: Final = 200
# fmt: off
_PIECES: Final = (
    "@everyone", "@here", "<@1>", "<@!1>", "<@&1>", "<#1>", "<:smile:1>", "<a:x:1>", "</ask:1>", "<t:1:R>",
    "<id:guide>", "<!channel>", "<!here>", "<!everyone>", "<!subteam^S1|x>", "<@U1|x>", "<#C1|y>",
    "<https://evil.example|x>", "&lt;@U1&gt;", "&amp;", "&#64;everyone", "**bold**", "__under__", "_it_",
    "*b*", "~~no~~", "||spoiler||", "`code`", "```\nblock\n```", "# head", "-# small", "> quote", ">>> all",
    "- list", "1. one", "[x](https://evil.example)", "[x](<https://evil.example>)", "![i](http://a.b/c.png)",
    "https://evil.example/a_(b)", "discord.gg/abc", "discord.com/invite/abc", "HTTP://A.B",
    "javascript:alert(1)", "mailto:a@b.c", "<a@b.c>", "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>", "<b>x</b>", "\"'><svg/onload=1>", "</style>", "<!--", "]]>", "{{7*7}}",
    "${x}", "%s%n", "{0}", "{subject}", "\x1b[31mred\x1b[0m", "\x1b]8;;https://evil.example\x07x\x1b]8;;\x07",
    "\x1b]0;title\x07", "\x9b2J", "\x1bPq\x1b\\", "\x00", "a\x00b", "\x7f", "\x85", "\x07\x08\r\x0b\x0c",
    "\r\n", "\n\n\n", "\t", "\u202egnp.exe", "\u2066x\u2069", "\u200b", "\u200d", "\u200c", "\u2060", "\ufeff",
    "\u00ad", "\u034f", "\u2028", "\u2029", "\U000e0041", "\ufe0f", "\ud800", "\udfff\ud800", "\ufffe",
    "\U0010ffff", "\ue000", "שלום עולם", "مرحبا بالعالم", "ﷺ", "人工知能とエネルギー", "這一集的來賓是誰",
    "한국어 인터뷰",
    "ภาษาไทย", "हिन\u094dदी", "ｆｕｌｌ", "𝔣𝔯𝔞𝔨", "Ω≈ç√", "ßẞİıſ", "½²٣", "👩\u200d🚀" * 5,
    "🏳\ufe0f\u200d🌈", "🇩🇪🇩", "👍🏽", ":smile:", ":+1:",
    "e" + "\u0301" * 40,
    "Z\u0351\u036b\u0343a\u0335lgo", "' OR 1=1 --", "\\", "\\\\", "\\*", "\\n", "'", "\"", "“”", "«»", "?",
    "!?", "…", ".", "#", "0", "99999999999999999999", "s1e9999999", "1:02:03", "-1", "NaN", "null", "x" * 5000,
    "word " * 900, '\n' * 500, "*" * 300, "@everyone " * 300, "<" * 700, "&" * 700, "|" * 400, "漢" * 2000,
    "👍" * 1100, "(" * 400, '"' * 401, "? " * 300, "and " * 400, '\u200b' * 600, '\u0301' * 600,
    "what did they say about", "who said", "how often did", "the guest", "tea", "comets",
)
# fmt: on
_FRAMES: Final = ("{}", 'who said "{}"?', "what did {} say about {}?", "how often do they talk about {}?", "who is {}?")
_CALLS: Final = (
    ("ask", "question"),
    ("verify", "words"),
    ("quote", "about"),
    ("quote", "speaker"),
    ("counts", "words"),
    ("episodes", "matching"),
    ("people", "matching"),
    ("around", "id"),
)
_UNMEANT: Final = re.compile(r"(?<!\\)(?:\\\\)*(?:\|\||~~|`|__)|^(?:#{1,3} |>>> )", re.MULTILINE)
"""Discord markup that we never write ourselves, except in links and in words that a verdict strikes out."""
_MEANT: Final = re.compile(r"^- ~~.*|\]\(https?://\S+\)", re.MULTILINE)
_QUOTED: Final = re.compile("['\"]")
_OBEYED: Final = {"Cc", "Cf", "Cs"}
_ALL: Final = 1_000_000
_SCENE: Final = Scene(7, cards=True)
_BARE: Final = replace(_SCENE, embeds=False)


def strings(count: int) -> list[str]:
    """Make a fixed sequence of strings: each piece alone, then combinations."""
    chance = random.Random("hostile")
    made = dict.fromkeys(_PIECES)
    while len(made) < count:
        made["".join(chance.choices(_PIECES, k=chance.randint(2, 5)))[:6_000]] = None
    return list(made)[:count]


def library(words: Sequence[str]) -> OpenLibrary:
    """Make a library in which each string is a title, a topic, a guest's name and a speaker's words."""
    # No file reader lets lone surrogates through.
    words = [text.encode(errors="replace").decode() for text in words]
    draw = random.Random("library").choice
    episodes = [
        _episode(EpisodeId(f"e-{number}"), number, text, partial(draw, words)) for number, text in enumerate(words)
    ]
    passages = [
        Passage(
            ItemId(f"{episode.id}/passage/{place}"),
            episode.id,
            place,
            episode.title if place == 1 else draw(words),
            draw(words),
            words[number * 7 % len(words)] if place == 1 else draw((None, draw(words))),
            timedelta(seconds=draw((0, 3, 40_000)) + place),
        )
        for number, episode in enumerate(episodes)
        for place in range(3)
    ]
    named: dict[EpisodeId, dict[str, None]] = collections.defaultdict(dict)
    for each in passages:
        named[each.episode] |= {each.speaker: None} if each.speaker else {}
    search = Search.over(episodes, passages, extra_words=sentences.vocabulary())
    return OpenLibrary(tuple(episodes), search, {id: tuple(names) for id, names in named.items()})


def _episode(id: EpisodeId, number: int, text: str, draw: Callable[[], str]) -> Episode:
    said = Quote(ItemId(f"{id}/quote/0"), id, draw(), draw(), draw(), timedelta(seconds=number))
    return Episode(
        id,
        text,
        draw(),
        draw(),
        number=draw(),
        subtitle=draw(),
        summary=draw(),
        published=date(1990 + number % 40, 1, 1),
        duration=timedelta(seconds=number * 977),
        hosts=(Person(draw()),),
        guests=(Person(text, (draw(),)),),
        topics=(Topic(ItemId(f"{id}/topic/0"), id, text, draw(), draw(), (draw(),), quotes=(said.id,)),),
        quotes=(said,),
        links=Links(page=f"https://sky.example/{draw()}" if number % 3 else draw(), youtube=draw()),
    )


@dataclass
class Findings:
    """What was tried, and the problems found."""

    tries: collections.Counter[str] = field(default_factory=collections.Counter)
    wrong: collections.Counter[str] = field(default_factory=collections.Counter)

    async def tried(self, where: str, text: str, work: Callable[..., Any], *given: object) -> None:
        """Run something that returns its problems, directly or when awaited, and record them."""
        self.tries[where] += 1
        try:
            done = work(*given)
            problems: list[str] = list(await done if inspect.isawaitable(done) else done)
        except Exception as error:  # noqa: BLE001 - whatever is raised is what is looked for
            last = traceback.extract_tb(error.__traceback__)[-1]
            problems = [f"raised {error!r:.120} at {Path(last.filename).name}:{last.lineno}"]
        for problem in problems:
            kind = f"{where}: {_QUOTED.split(problem)[0][:120]}"
            self.wrong[kind] += 1
            if len(self.wrong) <= _PRINTED and self.wrong[kind] == 1:
                print(f"  {where}: {problem[:200]}\n    by {text[:120]!r}")


def on_discord(draw: Callable[..., Card], *given: object, **named: object) -> Iterator[str]:
    """Draw a card; return what Discord would refuse, or interpret as more than plain text."""
    card = draw(*given, **named)
    embeds = [each.to_dict() for each in card.embeds]
    body = {"content": card.content, "embeds": embeds, "components": card.view.to_components()}
    yield from complaints("POST", "/channels/1/messages", {**body, "allowed_mentions": {"parse": []}})
    for text in (card.content, *(each.get("description", "") for each in embeds)):
        if found := _UNMEANT.search(_MEANT.sub("", text)):
            yield f"markup: {found[0]!r}"
    yield from ("a picture's words" for each in card.files if len(each.description or "") > 1024)


def on_slack(draw: Callable[..., slack.Message], *given: object, **named: object) -> list[str]:
    """Draw a message; return what Slack would refuse, or interpret as more than plain text."""
    message = draw(*given, **named)
    body = {"text": message.text, "blocks": list(message.blocks), "parse": "none", "mrkdwn": False}
    return message_problems({**body, "unfurl_links": False, "unfurl_media": False})


def on_a_terminal(answer: Answer) -> Iterator[str]:
    """Return what a terminal would obey or couldn't show."""
    for width in (None, 30):
        text = terminal.lay_out(terminal.draw(answer, terminal.Offers.NAMED), Console(file=io.StringIO()), width).plain
        if obeyed := {each for each in text if unicodedata.category(each) in _OBEYED} - {"\n"}:
            yield f"obeyed: {sorted(obeyed)}"
    for encoding in ("ascii", "utf-8"):
        screen = io.TextIOWrapper(io.BytesIO(), encoding=encoding)
        TerminalClient(io.StringIO(), screen).answer(answer)
        if re.search(rb"[\x00-\x09\x0b-\x1f\x7f]", screen.buffer.getvalue()):
            yield f"controls in {encoding}"


def in_json(text: str, answer: Answer) -> Iterator[str]:
    """Return the problem if the JSON isn't one line of ASCII."""
    line = as_line(as_record(Question(text), answer, timedelta(0)))
    if not line.isascii() or not line.isprintable() or not json.loads(line):
        yield "no line of ASCII"


def in_a_dialogue(answer: Answer, extras: slack.Extras) -> list[str]:
    """Draw an answer in a Slack modal; return what would be refused."""
    return view_problems(answer_dialogue(slack.draw(answer, extras)))


async def drawn(answer: Answer, text: str, found: Findings) -> None:
    """Draw an answer on every platform."""
    for private, embeds in ((False, False), (False, True), (True, False), (True, True)):
        scene = replace(_SCENE, private=private, embeds=embeds, asked=text, rated=AnswerId("x" * 12))
        await found.tried("Discord", text, on_discord, discord.draw, answer, scene)
    extras = slack.Extras(asked=text, asker="U1")
    await found.tried("Slack", text, on_slack, slack.draw, answer, extras)
    await found.tried("Slack's dialogues", text, in_a_dialogue, answer, extras)
    await found.tried("terminal", text, on_a_terminal, answer)
    await found.tried("JSON", text, in_json, text, answer)


async def posted(content: Content, text: str, found: Findings) -> None:
    """Draw a post on every platform."""
    post = Post("platform/server/channel", "name", content)
    for scene in (_SCENE, _BARE):
        await found.tried("Discord's posts", text, on_discord, discord_posting.draw_post, post, scene)
    await found.tried("Slack's posts", text, on_slack, slack_posting.draw_post, post)


async def pictured(piece: Evidence, text: str, found: Findings) -> None:
    """Draw a quotation as a picture, and show it."""

    def picture(shape: Shape) -> Iterator[str]:
        made = draw_evidence(piece, shape)
        if isinstance(made, NotDrawn):
            found.tries["pictures refused"] += 1
            return on_discord(discord_lists.notice, made.text, _SCENE)
        return on_discord(discord_lists.draw_card, piece, made, _SCENE)

    for shape in Shape:
        await found.tried("pictures", text, picture, shape)


async def asked(opened: OpenLibrary, words: Sequence[str], found: Findings) -> None:
    """Ask each string in every way, and draw the answers."""
    assistant = EpisodeAssistant(opened, random=random.Random(1))
    chance = random.Random("asked")
    for number, text in enumerate(words):
        here = ConversationId(f"{number // 5}")
        frame = chance.choice(_FRAMES)
        framed = frame.format(*[text] * frame.count("{}"))
        ways = (
            partial(assistant.ask, Question(text, conversation=here)),
            partial(assistant.ask, Question(framed, conversation=here)),
            partial(assistant.ask, Question("is that true?", about=text)),
            partial(assistant.verify, text),
            partial(assistant.count, text),
            partial(assistant.random_quote, QuoteFilter(text)),
            partial(assistant.random_quote, QuoteFilter(scope=Scope(speaker=text))),
            partial(assistant.open, ItemId(f"e-{number}/topic/0")),
            partial(assistant.around, ItemId(f"e-{number}/passage/1")),
        )
        for way in ways:
            await found.tried("asked", framed, _answered, way, text, found)
        said = await ways[-1]()
        for piece in said.evidence[:1] if isinstance(said, Found) else ():
            await pictured(replace(piece, text=text), text, found)
            await posted(DailyQuote(piece), text, found)


async def _answered(way: Callable[[], Any], text: str, found: Findings) -> list[str]:
    await drawn(await way(), text, found)
    return []


async def listed(opened: OpenLibrary, words: Sequence[str], found: Findings) -> None:
    """Draw everything that isn't an answer: episode cards, posts, quizzes, pending notifications."""
    assistant = EpisodeAssistant(opened, random=random.Random(1))
    every = await assistant.episodes("", _ALL)
    for episode in every:
        title, topics = episode.title, await assistant.topics(Scope(episode.id))
        quoted = await assistant.random_quote(QuoteFilter(scope=Scope(episode.id)))
        quotes = quoted.evidence[:2] if isinstance(quoted, Found) else ()
        for scene in (_SCENE, _BARE):
            await found.tried(
                "Discord's episodes", title, on_discord, discord_lists.draw_episode, episode, topics, scene
            )
        card = partial(slack_cards.episode_card, episode, others=True)
        await found.tried("Slack's episodes", title, on_slack, card)
        await posted(Announcement(episode, about(episode), quotes), title, found)
    for first in range(0, len(words), 20):
        some = words[first : first + 20]
        await posted(Announcements(every[first : first + 25]), some[0], found)
        await posted(WeeklyQuestions("\n".join(some)), some[0], found)
        wishes = [Wish("discord/1", "1", text) for text in some]
        await found.tried("what people wait for", some[0], on_discord, discord_lists.draw_wishes, wishes, _SCENE)
    for number in range(_RIDDLES):
        if (made := await quiz.riddle(assistant, None, random.Random(number))) is None:
            break  # too few names in so small a library
        await found.tried("riddles", str(number), on_discord, discord_quiz.draw_riddle, made, _SCENE)
        await found.tried("riddles", str(number), on_slack, slack_quiz.draw_riddle, made, "U1")


async def by_programs(opened: OpenLibrary, words: Sequence[str], found: Findings) -> None:
    """Ask over HTTP and MCP, with the same input."""
    assistant = EpisodeAssistant(opened, random=random.Random(1))
    async with _site(assistant) as get, Client(server(assistant, "1")) as client:

        async def over_http(tool: str, name: str, text: str) -> list[str]:
            status = await get(tool, name, text)
            return [] if status in {200, 400} or (status, tool) == (404, "around") else [f"{tool}: status {status}"]

        async def over_mcp(tool: str, name: str, text: str) -> list[str]:
            result = await client.call_tool(tool, {name: text})
            told = str(result.content)
            return [f"{tool}: {told[:120]}"] if result.is_error and "validation error" not in told else []

        for text in words:
            for tool, name in _CALLS:
                await found.tried("HTTP", text, over_http, tool, name, text)
                await found.tried("MCP", text, over_mcp, tool, name, text)


@asynccontextmanager
async def _site(assistant: EpisodeAssistant) -> AsyncIterator[Callable[[str, str, str], Any]]:
    service = HttpService(HttpConfig(Address("127.0.0.1", 0), "1"), assistant, Meter())
    async with service.opened() as address, aiohttp.ClientSession() as session:

        async def get(tool: str, name: str, text: str) -> int:
            url, sent = f"http://{address}/{tool}", text.encode(errors="replace").decode()[:400]
            if tool in {"ask", "verify"}:
                request = session.post(url, json={name: text})
            elif tool == "around":
                request = session.get(URL(f"{url}/{quote(sent[:150], safe='')}", encoded=True))
            else:
                request = session.get(url, params={name: sent})
            async with request as response:
                json.loads(await response.read())
                return response.status

        yield get


async def kept(opened: OpenLibrary, words: Sequence[str], found: Findings) -> None:
    """Ask with state that stores the strings: conversations, the logbook, and pending notifications."""
    with TemporaryDirectory() as folder:
        state = stored_at(f"sqlite:///{folder}/state.db", None)
        async with state.opened():
            await _kept_in(state, opened, words, found)


async def _kept_in(state: StoredState, opened: OpenLibrary, words: Sequence[str], found: Findings) -> None:
    assistant = EpisodeAssistant(opened, notes=state.notes, random=random.Random(1))

    async def remembered(number: int, text: str) -> list[str]:
        answer = await assistant.ask(Question(text, conversation=ConversationId(f"discord/1/{number // 3}")))
        state.logbook.note(text, AskedIn("discord", "1", "1"), answer)
        if state.wishes is not None and (question := unanswered(text, answer)):
            await state.notes.write(f"discord/tell/{number}", question)
            await state.wishes.note(Wish(f"discord/{number}", "1", question))
            if await state.notes.read(f"discord/tell/{number}") != question:
                return ["forgotten"]
        return []

    for number, text in enumerate(words):
        await found.tried("kept", text, remembered, number, text)


_PARTS: Final = {part.__name__: part for part in (asked, listed, by_programs, kept)}


async def run(count: int, parts: Collection[str]) -> int:
    """Run these parts; return the number of problems."""
    words, found = strings(count), Findings()
    for first in range(0, len(words), _TOGETHER):
        some, began = words[first : first + _TOGETHER], perf_counter()
        opened = library(some)
        for name in parts:
            await _PARTS[name](opened, some, found)
        print(f"  {first + len(some):,} strings: {perf_counter() - began:.0f} s", flush=True)
    print("  " + ", ".join(f"{tries:,} {where}" for where, tries in found.tries.items()))
    for kind, times in found.wrong.most_common():
        print(f"  {times:,} x {kind}")
    print(f"  {len(words):,} strings, {found.wrong.total():,} things wrong")
    return found.wrong.total()


def main() -> int:
    """Read the arguments and run."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--strings", type=int, default=_STRINGS)
    parser.add_argument("--part", action="append", choices=_PARTS, help="run this part only; may be repeated")
    given = parser.parse_args()
    return min(asyncio.run(run(given.strings, given.part or _PARTS)), 1)


if __name__ == "__main__":
    sys.exit(main())
