"""The quiz "Who said it?" in Discord: a quote with four names to press, and the solution.

The port makes riddles and checks guesses; the buttons carry all other state.
"""

from __future__ import annotations

from functools import partial
from random import Random

import discord

from bot.port.excerpts import spoken
from bot.port.messages import Assistant, ConversationId, ItemId
from bot.port.quiz import REVEAL, TOO_FEW_NAMES, WHO_SAID_IT, Riddle, judged, revealed, riddle
from bot.port.wording import DELETE, STALE

from .buttons import Delete, GuessName, Reveal
from .card import Card, Colour, Scene, button, compose, panel, presses_of
from .render import draw
from .replies import Reply, say
from .text import defuse, fitted

_LABEL = 80
_WORDS = 700


async def set_riddle(assistant: Assistant, place: ConversationId, show: str | None) -> Reply:
    """Set a riddle that is new in this place, from the show chosen there."""
    made = await riddle(assistant, place, Random(), show)  # noqa: S311 - not for security
    return say(TOO_FEW_NAMES) if made is None else Reply(partial(draw_riddle, made), private=False)


async def guess(assistant: Assistant, message: discord.Message, press: GuessName) -> Reply:
    """Say whether the name on a button is right."""
    guessed = next((label for label, each in presses_of(message) if each == press), "")
    told = await judged(assistant, press.quote, guessed, _name)
    return say(STALE) if told is None else Reply(partial(draw, told), private=True)


async def reveal(assistant: Assistant, quote: ItemId) -> Reply:
    """Show everybody who said it."""
    told = await revealed(assistant, quote)
    return say(STALE) if told is None else Reply(partial(draw, told), private=False)


def draw_riddle(made: Riddle, scene: Scene) -> Card:
    """Draw a quote above the possible speakers."""
    words = fitted(" ".join(spoken(made.quote.text).split()), _WORDS, defuse)
    names = [button(_name(name), GuessName(n, made.quote.id)) for n, name in enumerate(made.names)]
    rest = [button(REVEAL, Reveal(made.quote.id), quiet=True), button(DELETE, Delete(scene.asker), quiet=True)]
    return compose(scene, [panel([f"> {words}"], Colour.SAID, WHO_SAID_IT)], [names, rest])


def _name(name: str) -> str:
    return fitted(name, _LABEL) or "…"
