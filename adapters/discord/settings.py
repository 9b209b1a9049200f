"""`/settings`: shows the settings of a server and a channel, and lets managers change them.

`bot/port/place_settings.py` defines the settings and `settings_words` their wording; `posting` handles the options of
scheduled posts.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

import discord
from discord import app_commands

from bot.port import settings_words
from bot.port.messages import Assistant
from bot.port.place_settings import PlaceSettings, Reset, Setting, SettingsChange
from bot.port.posts import PostingChange
from bot.port.state import State

from .card import Colour, compose, panel
from .card_parts import offered
from .commands import Tree
from .interactions import Interactions
from .places import names_of
from .posting import HOURS, change_of, complete_zone, described
from .replies import Reply, say
from .text import defuse, fitted

HIDDEN = (
    "Discord doesn't show me messages that don't mention me, so nothing has changed. Whoever runs me can allow it: "
    "“Message Content Intent” in Discord's developer portal, and DISCORD_MESSAGE_CONTENT=true where I run."
)
NO_THREADS = (
    "I can't open threads here yet: give me “Create Public Threads” and “Send Messages in Threads”. "
    "Until then I answer where I'm mentioned."
)

_OPTIONS = {
    "show": "Searched where a question names no other: a show, or a single episode",
    "answers": "Who sees the answers to commands",
    "answering": "Whether I answer at all",
    "feedback": "Buttons that rate an answer",
    "threads": "Whether I answer mentions in a thread of their own",
    "without_mention": "Whether I answer questions here that don't mention me, where I'm sure; this channel only",
    "where": "What this is to hold for; what I post by myself is always for this channel",
    "announcements": "Whether I post new episodes here",
    "ping": "The role that a new episode pings; nobody if you leave it out",
    "quote_of_the_day": "The hour at which I post a quote here",
    "time_zone": "Whose hours these are; UTC if none is chosen",
    "digest": "Whether I post here on Mondays what people asked",
}
"""Descriptions of the command's options; Discord shows them."""

_SHOWN = 100
_LINE = 300

_Words: TypeAlias = app_commands.Range[str, 1, _SHOWN]
_Answers: TypeAlias = Literal["for everybody", "for the asker alone", "as usual"]
_Switch: TypeAlias = Literal["on", "off", "as usual"]
_OnOff: TypeAlias = Literal["on", "off"]
_Where: TypeAlias = Literal["this channel", "the whole server"]

_CHANNEL: _Where = "this channel"


@dataclass(frozen=True, slots=True)
class SettingsEditor:
    """Shows and changes settings; `_reads_all` is whether Discord shows the bot what isn't said to it."""

    _state: State
    _assistant: Assistant
    _reads_all: bool

    def register(self, tree: Tree, interactions: Interactions) -> None:
        """Add the command, in servers only and by default for their managers."""

        @tree.command(name="settings", description="See and change how I answer here")
        @app_commands.allowed_contexts(guilds=True, dms=False, private_channels=False)
        @app_commands.allowed_installs(guilds=True, users=False)
        @app_commands.default_permissions(manage_guild=True)
        @app_commands.describe(**_OPTIONS)
        @app_commands.autocomplete(show=self._complete, time_zone=complete_zone)
        @app_commands.choices(quote_of_the_day=HOURS)
        async def settings(
            interaction: discord.Interaction,
            show: _Words | None = None,
            answers: _Answers | None = None,
            answering: _Switch | None = None,
            feedback: _Switch | None = None,
            threads: _Switch | None = None,
            without_mention: _OnOff | None = None,
            where: _Where = _CHANNEL,
            announcements: _OnOff | None = None,
            ping: discord.Role | None = None,
            quote_of_the_day: app_commands.Choice[int] | None = None,
            time_zone: _Words | None = None,
            digest: _OnOff | None = None,
        ) -> None:
            change = SettingsChange(
                private={None: None, "for everybody": False, "for the asker alone": True}.get(answers, Reset.AGAIN),
                off=_switched(answering, on=False),
                feedback=_switched(feedback, on=True),
                thread=_switched(threads, on=True),
                unmentioned=_switched(without_mention, on=True),
            )
            hour = None if quote_of_the_day is None else quote_of_the_day.value
            posting = change_of(announcements=announcements, ping=ping, quote_at=hour, zone=time_zone, digest=digest)

            async def reply(*_: object) -> Reply:
                return await self._reply(interaction, show, change, where, posting)

            await interactions.serve(interaction, reply, private=True, even_if_off=True)

    async def _reply(
        self,
        interaction: discord.Interaction,
        show: str | None,
        change: SettingsChange,
        where: _Where,
        posting: PostingChange | str,
    ) -> Reply:
        if change.unmentioned and change.unmentioned is not Reset.AGAIN and not self._reads_all:
            return say(HIDDEN)
        if show is not None:
            meant = await settings_words.show_meant(show, self._assistant)
            if meant is None:
                return say(settings_words.unknown_show(show))
            change = replace(change, show=meant)
        whole, channel = names_of(interaction.guild_id, interaction.channel)
        here, everywhere = change, SettingsChange()
        if where != _CHANNEL:
            here, everywhere = SettingsChange(unmentioned=change.unmentioned), replace(change, unmentioned=None)
        changes = {place: each for place, each in ((channel, here), (whole, everywhere)) if each.changes}
        if problem := await settings_words.save(self._state, changes, channel, posting):
            return say(problem)
        settings = await settings_words.in_words(await self._state.place_settings.at(whole, channel), self._assistant)
        panels = [
            panel_of(settings, interaction.app_permissions),
            await described(self._state.posts, channel, interaction),
        ]
        return Reply(lambda scene: compose(scene, panels), private=True)

    async def _complete(self, _: discord.Interaction, typed: str) -> list[app_commands.Choice[str]]:
        return offered(await settings_words.offered(typed, self._assistant))


def panel_of(settings: PlaceSettings, allowed: discord.Permissions) -> discord.Embed:
    """Draw the settings that apply and why, and the permissions that the bot lacks for them."""
    lines = [*settings_words.described(settings, "server", frozenset(Setting))]
    if settings.thread and not (allowed.create_public_threads and allowed.send_messages_in_threads):
        lines.append(NO_THREADS)
    listed = "\n".join(f"- {fitted(line, _LINE, defuse)}" for line in lines)
    return panel([listed], Colour.NOTHING, settings_words.TITLE)


def _switched(word: _Switch | None, *, on: bool) -> bool | Reset | None:
    return {None: None, "on": on, "off": not on}.get(word, Reset.AGAIN)
