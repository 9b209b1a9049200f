"""The quiz "Who said it?" in Discord: a quote with four names to press, and the solution.

The port makes riddles and checks guesses; the buttons carry all other state.
"""

from __future__ import annotations

from functools import partial
from random import Random

import discord

from bot.port.excerpts import spoken
from bot.port.messages import Assistant, ConversationId, Found, ItemId
from bot.port.quiz import REVEAL, TOO_FEW_NAMES, WHO_SAID_IT, Riddle, riddle, right_or_wrong, solved
from bot.port.wording import DELETE, STALE

from .buttons import Delete, GuessName, Reveal, decode
from .card import Button, Card, Colour, Panel, Scene
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
    quote = await solved(assistant, press.quote)
    if quote is None:
        return say(STALE)
    guessed = next(iter(_labels(message, press)), "")
    right = guessed == _name(quote.speaker or "")
    said = right_or_wrong(quote.speaker or "" if right else guessed, quote)
    return Reply(partial(draw, Found(said, 1.0, evidence=(quote,))), private=True)


async def reveal(assistant: Assistant, quote: ItemId) -> Reply:
    """Show everybody who said it."""
    told = await solved(assistant, quote)
    if told is None:
        return say(STALE)
    return Reply(partial(draw, Found(f"It was {told.speaker}.", 1.0, evidence=(told,))), private=False)


def draw_riddle(made: Riddle, scene: Scene) -> Card:
    """Draw a quote above the possible speakers."""
    words = fitted(" ".join(spoken(made.quote.text).split()), _WORDS, defuse)
    names = tuple(Button(_name(name), GuessName(n, made.quote.id)) for n, name in enumerate(made.names))
    rest = (Button(REVEAL, Reveal(made.quote.id), quiet=True), Button(DELETE, Delete(scene.asker), quiet=True))
    return Card((Panel((f"> {words}",), Colour.SAID, WHO_SAID_IT),), (names, rest), embeds=scene.embeds)


def _name(name: str) -> str:
    return fitted(name, _LABEL) or "…"


def _labels(message: discord.Message, press: GuessName) -> list[str]:
    rows = [row for row in message.components if isinstance(row, discord.ActionRow)]
    buttons = [each for row in rows for each in row.children if isinstance(each, discord.Button)]
    return [each.label or "" for each in buttons if decode(each.custom_id or "") == press]
