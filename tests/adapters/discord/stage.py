"""The bot in this process, connected to a Discord on loopback; what people see of its answers."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any, TypeAlias

from adapters.discord.card import Card
from adapters.discord.config import DiscordConfig
from adapters.discord.service import DiscordService
from bot.port.cards import Draw
from bot.port.charts import DrawChart
from bot.port.gaps import Gaps
from bot.port.limits import Rate
from bot.port.messages import Assistant
from bot.port.players import PLAYERS
from bot.port.posting import Poster
from bot.port.state import State
from tests.fakes.assistant import NotingAssistant
from tests.fakes.backend import backend
from tests.fakes.discord_server import TOKEN, DiscordServer, Interaction, serving

Json: TypeAlias = Any

SOMEBODY_ELSE = 1000025
THE_LAST = "what about the last of all things?"


def config(api_url: str = "", *, per_member: int = 1000, patience: timedelta = timedelta(seconds=5)) -> DiscordConfig:
    rate, plenty = (Rate(count, timedelta(minutes=1)) for count in (per_member, 1000))
    return DiscordConfig(TOKEN, api_url=api_url, per_member=rate, per_channel=plenty, patience=patience)


@dataclass
class Stage:
    server: DiscordServer
    assistant: NotingAssistant
    setup: DiscordConfig
    state: State | None = None
    poster: Poster | None = None
    draw: Draw | None = None
    draw_chart: DrawChart | None = None
    gaps: Gaps | None = None
    stop: asyncio.Event = field(default_factory=asyncio.Event)
    _passed_over: set[str] = field(default_factory=set)

    async def enter(self) -> None:
        """Let the bot connect."""
        known = len(self.server.sessions)
        given = backend(
            self.assistant, self.state, self.poster, draw=self.draw, draw_chart=self.draw_chart, gaps=self.gaps
        )
        service = DiscordService(self.setup, given)
        self._running = asyncio.create_task(service.run(self.stop))
        await self.server.until(lambda: len(self.server.sessions) > known)

    async def leave(self) -> None:
        """Let the bot go."""
        self.stop.set()
        await self._running

    async def close_the_doors(self) -> None:
        """Ask the bot to leave, and give it the turns of the loop that it takes to hear that."""
        self.stop.set()
        for _ in range(20):
            await asyncio.sleep(0)

    async def restart(self, assistant: NotingAssistant | None = None) -> None:
        """Start the bot anew, with nothing but its configuration."""
        await self.leave()
        self.assistant, self.stop = assistant or self.assistant, asyncio.Event()
        await self.enter()

    async def click(self, message: Json, label: str, **how: Json) -> Interaction:
        """Press the button of this label."""
        return await self.server.press(message, _buttons(message)[label], **how)

    async def players(self, message: Json) -> Json:
        """Press what offers other players, and return what that shows."""
        parts = (part for row in message["components"] for part in row["components"])
        (phones,) = (part for part in parts if part.get("label") == PLAYERS)
        pressed = await self.server.press(message, phones["custom_id"])
        assert pressed.private
        return pressed.shown

    async def choose(self, message: Json, value: str, **how: Json) -> Interaction:
        """Choose from the menu of a message that offers this."""
        menus = (part for row in message["components"] for part in row["components"] if part["type"] == 3)
        (menu,) = (each for each in menus if value in [option["value"] for option in each["options"]])
        return await self.server.press(message, menu["custom_id"], chosen=value, **how)

    async def heard(self) -> list[str]:
        """List what the assistant was asked, once whatever came before is done with."""
        await self._catch_up()
        return [question.text for question in self.assistant.asked if question.text != THE_LAST]

    async def said(self) -> list[Json]:
        """List what the bot said in chat, once whatever came before is done with."""
        await self._catch_up()
        return [message for message in self.server.messages if message["id"] not in self._passed_over]

    async def _catch_up(self) -> None:
        """Let somebody else's questions be answered: the assistant takes one after the other.

        Twice: the first answer may overtake those before it on its way, the second is only sent after it.
        """
        for _ in range(2):
            self._passed_over.add((await self.server.mention(THE_LAST, member=SOMEBODY_ELSE))["id"])


@asynccontextmanager
async def staged(
    assistant: Assistant | None = None,
    setup: DiscordConfig | None = None,
    state: State | None = None,
    poster: Poster | None = None,
    draw: Draw | None = None,
    draw_chart: DrawChart | None = None,
    gaps: Gaps | None = None,
    server: DiscordServer | None = None,
) -> AsyncIterator[Stage]:
    async with serving(server) as server:
        setup = replace(setup or config(), api_url=server.api_url)
        stage = Stage(server, assistant or NotingAssistant(), setup, state, poster, draw, draw_chart, gaps)
        await stage.enter()
        try:
            yield stage
        finally:
            await stage.leave()


def body_of(card: Card) -> Json:
    """What Discord gets of a card."""
    embeds, components = [embed.to_dict() for embed in card.embeds], card.view.to_components()
    return {"content": card.content, "embeds": embeds, "components": components, "allowed_mentions": {"parse": []}}


def text_of(message: Json) -> str:
    """All that is to be read in a message."""
    parts = [message["content"]]
    for embed in message["embeds"]:
        parts += [embed.get("title"), embed.get("description")]
        parts.append(embed.get("footer", {}).get("text"))
    return "\n".join(filter(None, parts))


def labels(message: Json) -> list[str]:
    """The buttons of a message, in order."""
    return list(_buttons(message))


def offered(message: Json) -> list[str]:
    """What the menu of a message offers, in order."""
    menus = [part for row in message["components"] for part in row["components"] if part["type"] == 3]
    return [option["label"] for menu in menus for option in menu["options"]]


def _buttons(message: Json) -> dict[str, str]:
    parts = [part for row in message["components"] for part in row["components"]]
    return {part["label"]: part.get("custom_id") or part["url"] for part in parts if part["type"] == 2}
