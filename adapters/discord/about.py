"""`/about` and `/privacy`: what the bot is, which episodes it searches, and what it stores about members.

The wording is in `bot/port/about.py` and `bot/port/forgetting.py`.
"""

from __future__ import annotations

from functools import partial

import discord

from bot.port import forgetting
from bot.port.about import TITLE, About, about
from bot.port.forgetting import Forgetters
from bot.port.messages import Assistant

from .buttons import Forget
from .card import Card, Colour, Scene, button, compose, panel
from .commands import Tree
from .conversation import person
from .interactions import Interactions, scene_of, send_beside, tell
from .replies import Reply
from .text import defuse, link


def register(tree: Tree, interactions: Interactions, assistant: Assistant) -> None:
    """Add both commands."""

    async def description(*_: object) -> Reply:
        return Reply(partial(draw_about, await about(assistant, "/privacy")), private=True)

    @tree.command(name="about", description="See what I am, and what I can look through")
    async def about_command(interaction: discord.Interaction) -> None:
        await interactions.serve(interaction, description)

    @tree.command(name="privacy", description="See what I keep of you, and delete it")
    async def privacy(interaction: discord.Interaction) -> None:
        card = draw_privacy(scene_of(interaction, private=True))
        await interactions.attend(interaction, partial(send_beside, interaction, card), even_if_off=True)


async def forget(forgetters: Forgetters, interaction: discord.Interaction) -> None:
    """Delete what is stored about the member who pressed the button."""
    await tell(interaction, await forgetters.answered(person(interaction.user.id)))


def draw_about(said: About, scene: Scene) -> Card:
    """Draw the bot's description of itself."""
    source = [link("Source", said.source)] if said.source else []
    return compose(scene, [panel((*map(defuse, said.lines), *source), Colour.NOTHING, TITLE)])


def draw_privacy(scene: Scene) -> Card:
    """Draw what is stored, with the button under it."""
    kept = "\n".join(f"- {defuse(line)}" for line in forgetting.KEPT)
    blocks = (kept, forgetting.NOTHING_ELSE, forgetting.WHAT_GOES)
    drawn = panel(blocks, Colour.NOTHING, forgetting.INTRODUCTION)
    return compose(scene, [drawn], [[button(forgetting.FORGET, Forget(), quiet=True)]])
