"""What the host learns from answers in Discord, and the votes on them.

Where a question was asked is read from discord.py's objects here; what is kept, and how, is the logbook's business.
"""

from __future__ import annotations

import discord

from bot.port.errors import StateAwayError
from bot.port.logbook import AnswerId, Logbook, Place
from bot.port.messages import Answer
from bot.port.wording import NOT_KEPT, THANKS

from .buttons import Rate
from .conversation import person


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

    async def rate(self, interaction: discord.Interaction, press: Rate) -> str | None:
        """Keep a vote, and return what to say about it; nothing about a vote that is only changed."""
        who, place = person(interaction.user.id), place_of(interaction.guild_id, interaction.channel_id)
        try:
            first = await self._logbook.rate(press.answer, who, place, useful=press.useful, words=None)
        except StateAwayError:
            return NOT_KEPT
        return THANKS if first else None


def place_of(server: int | None, channel: int | None) -> Place:
    """Name a place by its ids."""
    return Place("discord", str(server or ""), str(channel or ""))
