"""Who said it, in Discord: a quote with four names to press, and who it was.

How a riddle is made, and who is right, is the port's.
"""

from __future__ import annotations

from functools import partial
from random import Random

import discord

from bot.port.excerpts import spoken
from bot.port.messages import Assistant, ConversationId, Evidence, Found, ItemId
from bot.port.quiz import REVEAL, TOO_FEW_NAMES, WHO_SAID_IT, Riddle, riddle, right_or_wrong, solved
from bot.port.wording import DELETE, STALE

from .buttons import Delete, Name, Reveal, decode
from .card import Button, Card, Colour, Panel, Scene
from .render import draw
from .replies import Reply, say
from .text import defuse, fitted

_LABEL = 80
_WORDS = 700


class Quiz:
    """Sets riddles and judges guesses; everything that takes is in the buttons."""

    def __init__(self, assistant: Assistant, random: Random) -> None:
        self._assistant = assistant
        self._random = random

    async def set(self, place: ConversationId, show: str | None = None) -> Reply:
        """Set a riddle that was not set in this place yet, of the show that is usual there."""
        made = await riddle(self._assistant, place, self._random, show)
        if made is None:
            return say(TOO_FEW_NAMES)
        return Reply(partial(draw_riddle, made), private=False)

    async def guess(self, interaction: discord.Interaction, press: Name) -> Reply:
        """Say whether the name on a button is right."""
        quote = await solved(self._assistant, press.quote)
        if quote is None or interaction.message is None:
            return say(STALE)
        guessed = next(iter(_labels(interaction.message, press)), "")
        right = guessed == _name(quote.speaker or "")
        said = right_or_wrong(quote.speaker or "" if right else guessed, quote)
        return Reply(_telling(said, quote), private=True)

    async def reveal(self, quote: ItemId) -> Reply:
        """Tell everybody who it was."""
        told = await solved(self._assistant, quote)
        if told is None:
            return say(STALE)
        return Reply(_telling(f"It was {told.speaker}.", told), private=False)


def _telling(said: str, quote: Evidence) -> partial[Card]:
    return partial(draw, Found(said, 1.0, evidence=(quote,)))


def draw_riddle(made: Riddle, scene: Scene) -> Card:
    """Draw a quote over the names it may be by."""
    words = fitted(" ".join(spoken(made.quote.text).split()), _WORDS, defuse)
    names = tuple(Button(_name(name), Name(n, made.quote.id)) for n, name in enumerate(made.names))
    rest = (Button(REVEAL, Reveal(made.quote.id), quiet=True), Button(DELETE, Delete(scene.asker), quiet=True))
    return Card((Panel((f"> {words}",), Colour.SAID, WHO_SAID_IT),), (names, rest), embeds=scene.embeds)


def _name(name: str) -> str:
    return fitted(name, _LABEL) or "…"


def _labels(message: discord.Message, press: Name) -> list[str]:
    rows = [row for row in message.components if isinstance(row, discord.ActionRow)]
    buttons = [each for row in rows for each in row.children if isinstance(each, discord.Button)]
    return [each.label or "" for each in buttons if decode(each.custom_id or "") == press]
