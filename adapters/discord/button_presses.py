"""Handles presses of buttons and picks from menus.

A press carries everything needed, so no state here has to survive a restart.
"""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import TypeAlias, assert_never

import discord

from bot.port.feedback import Feedback
from bot.port.forgetting import Forgetters
from bot.port.messages import Assistant, ItemId
from bot.port.presentation import InContext, Open
from bot.port.wording import STALE

from . import buttons
from .about import forget
from .card import shared
from .conversation import channel_of, person
from .interactions import Interactions, tell
from .places import place_of
from .posting import open_question, typed_in
from .quiz import guess, reveal
from .replies import Replies
from .wishing import Wishing

_Deed: TypeAlias = (
    buttons.Share
    | buttons.Forget
    | buttons.Delete
    | buttons.RateAnswer
    | buttons.TellMe
    | buttons.Cancel
    | buttons.AskAbout
)
"""Presses that do something, rather than show an answer."""

_NOT_YOURS = "Only the person who asked can delete this, or somebody who manages messages here."


@dataclass(frozen=True, slots=True)
class ButtonPresses:
    """Passes each press to `Interactions`."""

    _interactions: Interactions
    _assistant: Assistant
    _replies: Replies
    _feedback: Feedback
    _wishing: Wishing
    _forgetting: Forgetters

    async def pressed(self, interaction: discord.Interaction) -> None:
        """Answer one press; an answer is as private as the message it was pressed on."""
        message = interaction.message
        press = buttons.decode(_text(interaction, "custom_id"))
        if message is None or press is None:
            await self._interactions.attend(interaction, partial(tell, interaction, STALE), counted=False)
            return
        await self._handle(interaction, message, press)

    async def _handle(self, interaction: discord.Interaction, message: discord.Message, press: buttons.Press) -> None:
        interactions, replies = self._interactions, self._replies
        private = message.flags.ephemeral
        match press:
            case Open(items):
                await interactions.serve(interaction, lambda known, _: replies.open(items, known), private=private)
            case InContext(item):
                await interactions.serve(interaction, lambda known, _: replies.around(item, known), private=private)
            case buttons.AsCard(item):
                await interactions.serve(interaction, lambda *_: replies.card(item), private=private)
            case buttons.ShowPlayers(item):
                await interactions.serve(interaction, lambda *_: replies.players(item), private=True)
            case buttons.ListenIn(item):
                chosen, who = _text(interaction, "values"), person(interaction.user.id)
                await interactions.serve(interaction, lambda *_: replies.listen(item, chosen, who), private=True)
            case buttons.Choose():
                chosen = ItemId(_text(interaction, "values"))
                await interactions.serve(interaction, lambda known, _: replies.open([chosen], known), private=private)
            case buttons.Another():
                await interactions.serve(
                    interaction,
                    lambda place, settings: replies.another(press, place, settings.show),
                    private=private,
                    conversation=channel_of(interaction),
                )
            case buttons.TurnPage(episode, number):
                await interactions.turn(
                    interaction, lambda _, settings: replies.page(episode, number, settings.show), private=private
                )
            case buttons.GuessName():
                await interactions.serve(interaction, lambda *_: guess(self._assistant, message, press), private=True)
            case buttons.Reveal(quote):
                await interactions.serve(interaction, lambda *_: reveal(self._assistant, quote), private=private)
            case buttons.AskAbout(episode) if interaction.type is discord.InteractionType.modal_submit:
                question = typed_in(interaction)
                await interactions.serve(interaction, lambda known, _: replies.ask(question, episode, known))
            case _:
                await self._act(interaction, message, press)

    async def _act(self, interaction: discord.Interaction, message: discord.Message, press: _Deed) -> None:
        interactions = self._interactions
        match press:
            case buttons.Share():
                await interactions.attend(interaction, partial(_share, interaction, message))
            case buttons.Forget():
                await interactions.attend(interaction, partial(forget, self._forgetting, interaction), even_if_off=True)
            case buttons.Delete(asker):
                await interactions.attend(
                    interaction, partial(_delete, interaction, asker), counted=False, even_if_off=True
                )
            case buttons.RateAnswer():
                await interactions.attend(interaction, partial(self._rate, interaction, press), counted=False)
            case buttons.TellMe():
                await interactions.attend(interaction, partial(self._wishing.keep, interaction, press))
            case buttons.Cancel():
                cancel = partial(self._wishing.cancel, interaction, press)
                await interactions.attend(interaction, cancel, counted=False, even_if_off=True)
            case buttons.AskAbout():
                await interactions.attend(interaction, partial(open_question, interaction, press), counted=False)
            case _:
                assert_never(press)

    async def _rate(self, interaction: discord.Interaction, press: buttons.RateAnswer) -> None:
        """Keep a vote; one that is only changed is acknowledged without words."""
        private = interaction.message is not None and interaction.message.flags.ephemeral
        who = person(interaction.user.id)
        place = place_of(interaction.guild_id, interaction.channel, private=private)
        if said := await self._feedback.rate(press.answer, who, place, useful=press.useful):
            await tell(interaction, said)
        else:
            await interaction.response.defer()


async def _share(interaction: discord.Interaction, message: discord.Message) -> None:
    card = await shared(message, interaction.user.id)
    files = card.files or discord.utils.MISSING
    await interaction.response.send_message(card.content, embeds=card.embeds, view=card.view, files=files)


async def _delete(interaction: discord.Interaction, asker: int) -> None:
    if interaction.user.id != asker and not interaction.permissions.manage_messages:
        await tell(interaction, _NOT_YOURS)
        return
    # By the interaction's own webhook: works where the bot itself is no member, too.
    await interaction.response.defer()
    with contextlib.suppress(discord.NotFound):  # somebody else has deleted it
        await interaction.delete_original_response()


def _text(interaction: discord.Interaction, key: str) -> str:
    """Read one word of what Discord sent with the press; the first of several."""
    sent: Mapping[str, object] = interaction.data or {}
    found = sent.get(key)
    if isinstance(found, list):
        found = found[0] if found else ""
    return found if isinstance(found, str) else ""
