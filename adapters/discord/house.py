"""`/settings`: what is chosen for a server and a channel, and how whoever manages the server changes it.

Also which names those places go by. What can be chosen is in `bot/port/house.py`, how it is worded in `house_words`;
what is posted unasked is `posting`'s part of the command.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Literal, TypeAlias

import discord
from discord import app_commands

from bot.port import house_words, post_words
from bot.port.house import USUAL, Change, House, Houses, Usual
from bot.port.messages import Assistant
from bot.port.posts import PostingChange, Posts
from bot.port.state import StateAwayError

from .card import Card, Colour, Panel, Scene
from .desk import Desk, scene_of, tell
from .posting import HOURS, Wanted, change_of, complete_zone, described
from .text import defuse, fitted
from .views import pack

if TYPE_CHECKING:
    from .commands import Tree

_SHOWN = 100
_CHOICES = 25

_Words: TypeAlias = app_commands.Range[str, 1, _SHOWN]
_Answers: TypeAlias = Literal["for everybody", "for the asker alone", "as usual"]
_Switch: TypeAlias = Literal["on", "off", "as usual"]
_OnOff: TypeAlias = Literal["on", "off"]
_Where: TypeAlias = Literal["this channel", "the whole server"]

_CHANNEL: _Where = "this channel"


class Settings:
    """Shows and changes what is chosen."""

    def __init__(self, houses: Houses, assistant: Assistant, posts: Posts | None = None) -> None:
        """Keep what is chosen in houses, and what is posted unasked in `posts`; None where nothing is."""
        self._houses = houses
        self._assistant = assistant
        self._posts = posts

    def register(self, tree: Tree, desk: Desk) -> None:
        """Add the command, for servers alone and at first for those who manage one."""

        @tree.command(name="settings", description="See and change how I answer here")
        @app_commands.allowed_contexts(guilds=True, dms=False, private_channels=False)
        @app_commands.allowed_installs(guilds=True, users=False)
        @app_commands.default_permissions(manage_guild=True)
        @app_commands.describe(
            show="Searched where a question names no other",
            answers="Who sees the answers to commands",
            answering="Whether I answer at all",
            feedback="Buttons that rate an answer",
            where="What this is to hold for; what I post by myself is always for this channel",
            announcements="Whether I post new episodes here",
            ping="The role that a new episode pings; nobody if you leave it out",
            quote_of_the_day="The hour at which I post a quote here",
            time_zone="Whose hours these are; UTC if none is chosen",
            digest="Whether I post here on Mondays what people asked",
        )
        @app_commands.autocomplete(show=self._complete, time_zone=complete_zone)
        @app_commands.choices(quote_of_the_day=HOURS)
        async def settings(
            interaction: discord.Interaction,
            show: _Words | None = None,
            answers: _Answers | None = None,
            answering: _Switch | None = None,
            feedback: _Switch | None = None,
            where: _Where = _CHANNEL,
            announcements: _OnOff | None = None,
            ping: discord.Role | None = None,
            quote_of_the_day: app_commands.Choice[int] | None = None,
            time_zone: _Words | None = None,
            digest: _OnOff | None = None,
        ) -> None:
            private = {None: None, "for everybody": False, "for the asker alone": True}.get(answers, Usual.AGAIN)
            change = Change(None, private, _switched(answering, on=False), _switched(feedback, on=True))
            hour = None if quote_of_the_day is None else quote_of_the_day.value
            posting = change_of(Wanted(announcements, ping, hour, time_zone, digest))

            async def act() -> None:
                if isinstance(posting, str):
                    await tell(interaction, posting)
                elif posting.changes and self._posts is None:
                    await tell(interaction, post_words.NOT_KEPT)
                else:
                    await self._serve(interaction, show, change, where, posting)

            await desk.attend(interaction, act, even_if_off=True)

    async def _serve(
        self, interaction: discord.Interaction, show: str | None, change: Change, where: _Where, posting: PostingChange
    ) -> None:
        if show is not None:
            meant = house_words.show_meant(show, await house_words.shows(self._assistant))
            if meant is None:
                await tell(interaction, house_words.unknown_show(show))
                return
            change = Change(meant, change.private, change.off, change.feedback)
        whole, channel = _names(interaction.guild_id or 0, interaction.channel)
        try:
            if change.changes:
                await self._houses.change(channel if where == _CHANNEL else whole, change)
            if posting.changes and self._posts is not None:
                await self._posts.change(channel, posting)
        except StateAwayError:
            await tell(interaction, house_words.NOT_CHANGED)
            return
        card = draw_settings(await self._houses.at(whole, channel), scene_of(interaction, private=True))
        posted = await described(self._posts, channel, interaction)
        parcel = pack(replace(card, panels=(*card.panels, posted)))
        await interaction.response.send_message(parcel.content, embeds=parcel.embeds, ephemeral=True)

    async def _complete(self, _: discord.Interaction, typed: str) -> list[app_commands.Choice[str]]:
        known = [*await house_words.shows(self._assistant), house_words.EVERY, house_words.AS_USUAL]
        fitting = (each for each in known if typed.casefold() in each.casefold() and len(each) <= _SHOWN)
        return [app_commands.Choice(name=fitted(each, _SHOWN), value=each) for each in fitting][:_CHOICES]


async def house_at(houses: Houses, guild: int | None, channel: object) -> House:
    """Tell what holds in a channel of a server; what is usual, outside of servers."""
    return USUAL if guild is None else await houses.at(*_names(guild, channel))


def draw_settings(house: House, scene: Scene) -> Card:
    """Draw what holds and why."""
    lines = "\n".join(f"- {defuse(line)}" for line in house_words.described(house, "server"))
    return Card((Panel((lines,), Colour.NOTHING, title=house_words.TITLE),), embeds=scene.embeds)


def _names(guild: int, channel: object) -> tuple[str, str]:
    """Name a server and a channel; a thread is of its channel."""
    id = channel.parent_id if isinstance(channel, discord.Thread) else getattr(channel, "id", 0)
    return f"discord/{guild}", f"discord/{guild}/{id}"


def _switched(word: _Switch | None, *, on: bool) -> bool | Usual | None:
    match word:
        case None:
            return None
        case "on":
            return on
        case "off":
            return not on
        case _:
            return Usual.AGAIN
