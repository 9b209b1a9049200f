"""`/about`: what the bot is and which episodes it searches.

The wording is in `bot/port/about.py`.
"""

from __future__ import annotations

from functools import partial

import discord

from bot.port.about import TITLE, About, about
from bot.port.messages import Assistant

from .card import Card, Colour, Panel, Scene
from .commands import Tree
from .interactions import Interactions
from .replies import Reply
from .text import defuse, link


def register(tree: Tree, interactions: Interactions, assistant: Assistant) -> None:
    """Add the command."""

    async def description(*_: object) -> Reply:
        return Reply(partial(draw_about, await about(assistant, "/privacy")), private=True)

    @tree.command(name="about", description="See what I am, and what I can look through")
    async def about_command(interaction: discord.Interaction) -> None:
        await interactions.serve(interaction, description)


def draw_about(said: About, scene: Scene) -> Card:
    """Draw the bot's description of itself."""
    source = [link("Source", said.source)] if said.source else []
    panel = Panel((*map(defuse, said.lines), *source), Colour.NOTHING, title=TITLE)
    return Card((panel,), embeds=scene.embeds)
