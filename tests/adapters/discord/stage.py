"""A Discord in the process: a server, a channel, people and the bot, every request of which is checked."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta

import discord
import simcord
from simcord.backend import serializers

from adapters.discord.client import OverheardClient
from adapters.discord.config import DiscordConfig
from bot.port.limits import Rate
from bot.port.messages import Answer
from tests.fakes.assistant import (
    CLOSE,
    EXACT,
    FACT,
    FOUND,
    NOT_FOUND,
    NOT_SAID,
    SNOWBALL,
    UNSURE,
    ScriptedAssistant,
)
from tests.fakes.discord_rules import complaints

SCRIPT: Mapping[str, Answer] = {
    "comets": FOUND,
    "who is the host": FACT,
    "dirty tea": UNSURE,
    "rice": NOT_FOUND,
    SNOWBALL.text: EXACT,
    CLOSE.asked: CLOSE,
    NOT_SAID.asked: NOT_SAID,
}


def config(*, per_member: int = 10, patience: timedelta = timedelta(seconds=1)) -> DiscordConfig:
    rate = Rate(per_member, timedelta(minutes=1))
    return DiscordConfig(token="not.a.token", shard_count=1, per_member=rate, patience=patience)


@dataclass
class Stage:
    env: simcord.Env
    bot: OverheardClient
    assistant: ScriptedAssistant
    guild: simcord.GuildHandle
    general: simcord.ChannelHandle
    ann: simcord.MemberActor
    bob: simcord.MemberActor
    setup: DiscordConfig

    @property
    def me(self) -> str:
        assert self.bot.user is not None
        return self.bot.user.mention

    @property
    def said(self) -> list[discord.Message]:
        """What the bot said in #general that is still there, in order."""
        assert self.bot.user is not None
        return [message for message in self.general.history() if message.author.id == self.bot.user.id]

    async def mention(self, text: str) -> discord.Message:
        """Let Ann mention the bot in #general, and return the bot's answer."""
        await self.ann.send(self.general, f"{self.me} {text}")
        return self.said[-1]

    @property
    def myself(self) -> dict[str, object]:
        """The bot, as Discord puts it among the mentioned."""
        assert self.bot.user is not None
        return dict(serializers.user_payload(self.env.backend.get_user(self.bot.user.id)))

    async def deliver(self, message: discord.Message, **changed: object) -> None:
        """Let a message that was sent come in again, with what the simulation can't send."""
        stored = self.env.backend.get_message(message.channel.id, message.id)
        payload = serializers.message_payload(self.env.backend, stored)
        self.env.backend.emit("MESSAGE_CREATE", {**payload, **changed})
        await self.env.settle()

    async def restart(self) -> None:
        """Start the bot anew, with nothing but its configuration."""
        self.bot = OverheardClient(self.setup, self.assistant)
        await self.env.restart_bot(self.bot)
        await self.bot.register_commands()


@asynccontextmanager
async def staged(
    assistant: ScriptedAssistant | None = None, setup: DiscordConfig | None = None
) -> AsyncIterator[Stage]:
    assistant = assistant or ScriptedAssistant(SCRIPT)
    setup = setup or config()
    bot = OverheardClient(setup, assistant)
    # Not simcord.run(): a fixture is set up and torn down in contexts of its own.
    env = simcord.Env(bot)
    await env.start()
    try:
        await bot.register_commands()
        guild = env.create_guild("Stargazers")
        general = guild.create_text_channel("general")
        ann, bob = (guild.add_member(env.create_user(name)) for name in ("ann", "bob"))
        yield Stage(env, bot, assistant, guild, general, ann, bob, setup)
        env.raise_errors()
        assert [
            complaint
            for request in env.http_requests
            for complaint in complaints(request.method, request.path, request.json)
        ] == []
    finally:
        await env.shutdown()


def text_of(message: discord.Message | simcord.ResponseMessage | None) -> str:
    """All that is to be read in a message."""
    assert message is not None
    parts = [message.content]
    for embed in message.embeds:
        parts += [embed.title or "", embed.description or "", embed.footer.text or ""]
    return "\n".join(filter(None, parts))


def labels(message: discord.Message | simcord.ResponseMessage | None) -> list[str]:
    """The buttons of a message, in order."""
    assert message is not None
    real = message.message if isinstance(message, simcord.ResponseMessage) else message
    return [
        component.label or ""
        for row in real.components
        if isinstance(row, discord.ActionRow)
        for component in row.children
        if isinstance(component, discord.Button)
    ]
