"""`/fill`: the managers of a server answer questions that the bot could not.

`bot/port/gaps.py` lists the questions and writes the answers; nothing is decided here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import discord
from discord import app_commands

from bot.port import gaps
from bot.port.errors import StateAwayError
from bot.port.gaps import Filling, Gaps
from bot.port.messages import Assistant, Completion, EpisodeId, Scope
from bot.port.wording import unknown_episode

from .card_parts import offered
from .commands import Tree
from .interactions import Interactions
from .places import whole_of
from .replies import Reply, say

COMMAND = "/fill"

_SHOWN = 100

_Question: TypeAlias = app_commands.Range[str, 1, gaps.LONGEST]
_Words: TypeAlias = app_commands.Range[str, 1, _SHOWN]
_Offered: TypeAlias = list[app_commands.Choice[str]]


@dataclass(frozen=True, slots=True)
class Fill:
    """Takes what answers a question, and completes it while it is typed."""

    _gaps: Gaps
    _assistant: Assistant

    def register(self, tree: Tree, interactions: Interactions) -> None:
        """Add the command, in servers only and by default for their managers."""

        @tree.command(name="fill", description="Answer what I couldn't, from an episode")
        @app_commands.allowed_contexts(guilds=True, dms=False, private_channels=False)
        @app_commands.allowed_installs(guilds=True, users=False)
        @app_commands.default_permissions(manage_guild=True)
        @app_commands.describe(
            question="What was asked; the list has what I couldn't answer here",
            episode="The episode that answers it",
            at="When it is said there, such as 12:30",
            topic="Instead of a time: the topic of that episode that answers it",
        )
        @app_commands.autocomplete(question=self._questions, episode=self._episodes, topic=self._topics)
        async def fill(
            interaction: discord.Interaction,
            question: _Question,
            episode: _Words,
            at: _Words | None = None,
            topic: _Words | None = None,
        ) -> None:
            filling = Filling(question, EpisodeId(episode), at or "", topic or "")
            await interactions.serve(
                interaction, lambda *_: self._filled(interaction, filling), private=True, even_if_off=True
            )

    async def _filled(self, interaction: discord.Interaction, filling: Filling) -> Reply:
        whole = whole_of(interaction.guild_id)
        if (refusal := self._gaps.refusal(whole)) is not None:
            return say(refusal)
        if await self._assistant.episode(filling.episode) is None:
            return say(unknown_episode(filling.episode))
        return say(await self._gaps.fill(whole, filling))

    async def _questions(self, interaction: discord.Interaction, typed: str) -> _Offered:
        try:
            asked = await self._gaps.asked(whole_of(interaction.guild_id))
        except StateAwayError:
            return []
        return offered((words, words) for words in asked if typed.casefold() in words.casefold())

    async def _episodes(self, interaction: discord.Interaction, typed: str) -> _Offered:
        if self._gaps.refusal(whole_of(interaction.guild_id)) is not None:
            return []
        found = await self._assistant.complete(Completion.EPISODE, typed)
        return offered((choice.label, choice.value) for choice in found)

    async def _topics(self, interaction: discord.Interaction, typed: str) -> _Offered:
        if self._gaps.refusal(whole_of(interaction.guild_id)) is not None:
            return []
        episode = EpisodeId(getattr(interaction.namespace, "episode", None) or "")
        if await self._assistant.episode(episode) is None:
            return []
        titles = [topic.title for topic in await self._assistant.topics(Scope(episode))]
        return offered((title, title) for title in titles if typed.casefold() in title.casefold())
