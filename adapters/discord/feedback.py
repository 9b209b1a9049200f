"""What the host learns from answers in Discord, and the votes on them.

Where a question was asked is read from discord.py's objects here; what is kept, and how, is the logbook's business.
"""

from __future__ import annotations

import discord

from bot.port import wording
from bot.port.logbook import AnswerId, Logbook, Place
from bot.port.messages import Answer
from bot.port.state import StateAwayError

from .buttons import Rate
from .card import Scene
from .conversation import person
from .lists import notice
from .views import pack


class Feedback:
    """Notes answers, and takes the votes on them."""

    def __init__(self, logbook: Logbook, *, asks: bool) -> None:
        """Keep it in a logbook; `asks` is whether answers get the buttons to rate them by."""
        self._logbook = logbook
        self._asks = asks

    def note(self, words: str, place: Place, answer: Answer) -> AnswerId | None:
        """Note an answer; what it can be rated by, None where it gets no buttons."""
        noted = self._logbook.note(words, place, answer)
        return noted if self._asks else None

    async def rate(self, interaction: discord.Interaction, press: Rate) -> None:
        """Keep a vote, and say thanks to whoever gave it; to change it later is acknowledged without words."""
        who, place = person(interaction.user.id), place_of(interaction.guild_id, interaction.channel_id)
        try:
            first = await self._logbook.rate(press.answer, who, place, useful=press.useful, words=None)
        except StateAwayError:
            await _whisper(interaction, wording.NOT_KEPT)
            return
        if first:
            await _whisper(interaction, wording.THANKS)
        else:
            await interaction.response.defer()


def place_of(server: int | None, channel: int | None) -> Place:
    """Name a place by its ids."""
    return Place("discord", str(server or ""), str(channel or ""))


async def _whisper(interaction: discord.Interaction, words: str) -> None:
    embeds = interaction.guild_id is None or interaction.app_permissions.embed_links
    parcel = pack(notice(words, Scene(interaction.user.id, private=True, embeds=embeds)))
    await interaction.response.send_message(parcel.content, embeds=parcel.embeds, ephemeral=True)
