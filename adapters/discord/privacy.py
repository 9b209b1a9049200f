"""`/privacy`: what is stored about members, and the button that deletes it.

The wording is in `bot/port/forgetting.py`.
"""

from __future__ import annotations

from functools import partial

import discord

from bot.port import forgetting
from bot.port.forgetting import Forgetters

from .buttons import Forget
from .card import Button, Card, Colour, Panel, Scene
from .commands import Tree
from .conversation import person
from .interactions import Interactions, scene_of, tell
from .text import defuse
from .views import pack


def register(tree: Tree, interactions: Interactions) -> None:
    """Add the command."""

    @tree.command(name="privacy", description="See what I keep of you, and delete it")
    async def privacy(interaction: discord.Interaction) -> None:
        await interactions.attend(interaction, partial(_show, interaction), even_if_off=True)


async def forget(forgetters: Forgetters, interaction: discord.Interaction) -> None:
    """Delete what is stored about the member who pressed the button."""
    await tell(interaction, await forgetters.answered(person(interaction.user.id)))


async def _show(interaction: discord.Interaction) -> None:
    parcel = pack(draw_privacy(scene_of(interaction, private=True)))
    await interaction.response.send_message(parcel.content, embeds=parcel.embeds, view=parcel.view, ephemeral=True)


def draw_privacy(scene: Scene) -> Card:
    """Draw what is stored, with the button under it."""
    kept = "\n".join(f"- {defuse(line)}" for line in forgetting.KEPT)
    blocks = (kept, forgetting.NOTHING_ELSE, forgetting.WHAT_GOES)
    panel = Panel(blocks, Colour.NOTHING, title=forgetting.INTRODUCTION)
    return Card((panel,), rows=((Button(forgetting.FORGET, Forget(), quiet=True),),), embeds=scene.embeds)
