"""Serves interactions: commands, context menus, buttons and menus, from the acknowledgement to the apology.

Every interaction gets exactly one answer, in time. `replies` and `render` make it.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta
from functools import partial

import discord

from bot.port import settings_words, wording
from bot.port.failures import new_reference, note_failure
from bot.port.messages import ConversationId
from bot.port.place_settings import PlaceSettings

from .card import Card, Scene, asker_of
from .collaborators import Collaborators
from .conversation import channel_of, person
from .lists import notice
from .places import place_of, settings_at
from .refusals import TOO_LATE, UNSENT, Whisper, meaning
from .replies import Reply

_log = logging.getLogger(__name__)

_UNKNOWN_INTERACTION = 10062
_ALREADY_ANSWERED = 40060
_TOO_LATE = {_UNKNOWN_INTERACTION, 10015, 50027}
"""Discord's error codes for an interaction, webhook or token that no longer exists."""

Work = Callable[[ConversationId, PlaceSettings], Awaitable[Reply]]
"""Makes a reply in a conversation, given the settings of its place."""


class Interactions:
    """Serves interactions; has no state that matters after a restart."""

    def __init__(self, collaborators: Collaborators) -> None:
        self._collaborators = collaborators
        self._whisper = Whisper()

    async def serve(
        self,
        interaction: discord.Interaction,
        work: Work,
        *,
        private: bool | None = None,
        conversation: ConversationId | None = None,
        even_if_off: bool = False,
    ) -> None:
        """Answer with a new message, in private if `private` or the reply says so.

        None leaves that to the settings of the channel.
        """

        async def answer() -> None:
            settings = await self.settings(interaction)
            hidden = bool(settings.private) if private is None else private
            place = conversation or await self._collaborators.conversations.of_interaction(interaction, private=hidden)
            # Acknowledge in private: a public message can't be made private once the answer turns out to be.
            thinking = partial(interaction.response.defer, ephemeral=True, thinking=True)
            reply = await self._in_time(work(place, settings), thinking)
            noted, answered = None, None
            if reply.answered is not None:
                words, answered = reply.answered
                where = place_of(interaction.guild_id, interaction.channel, private=hidden)
                noted = self._collaborators.feedback.note(words, where, answered)
            hidden = hidden or reply.private
            scene = scene_of(interaction, private=hidden)
            scene = await self._collaborators.dressed(scene, noted, settings, answered)
            sent = await _send(interaction, reply.draw(scene), private=hidden)
            await self._collaborators.conversations.remember(sent, place)

        await self.attend(interaction, answer, even_if_off=even_if_off)

    async def turn(self, interaction: discord.Interaction, work: Work, *, private: bool) -> None:
        """Answer by editing the message whose button was pressed."""

        async def answer() -> None:
            settings = await self.settings(interaction)
            place = await self._collaborators.conversations.of_interaction(interaction, private=private)
            reply = await self._in_time(work(place, settings), interaction.response.defer)
            if reply.private:
                await send_beside(interaction, reply.draw(scene_of(interaction, private=True)))
                return
            scene = scene_of(interaction, private=private)
            # Turning a page of somebody else's list doesn't make it theirs to delete.
            asker = asker_of(interaction.message) if interaction.message else None
            card = reply.draw(scene if asker is None else replace(scene, asker=asker))
            done = interaction.response.is_done()
            change = interaction.edit_original_response if done else interaction.response.edit_message
            await change(content=card.content, embeds=card.embeds, view=card.view)

        await self.attend(interaction, answer)

    async def attend(
        self,
        interaction: discord.Interaction,
        act: Callable[[], Awaitable[None]],
        *,
        counted: bool = True,
        even_if_off: bool = False,
    ) -> None:
        """Act on an interaction unless a rate limit or a shutdown forbids it; any failure is reported to the member."""
        with self._collaborators.in_flight.answering():
            try:
                if not await self._collaborators.state.deliveries.claim(f"discord/interaction/{interaction.id}"):
                    return
                if self._collaborators.in_flight.closed:
                    await tell(interaction, wording.RESTARTING)
                elif counted and (wait := await self._wait(interaction)) is not None:
                    await tell(interaction, wording.wait(wait))
                elif not even_if_off and (await self.settings(interaction)).off:
                    await tell(interaction, settings_words.OFF)
                else:
                    await act()
            except Exception as error:  # noqa: BLE001 - the adapter's edge: logged, and the asker gets an apology
                await apologise(interaction, error, self._whisper)

    async def settings(self, interaction: discord.Interaction) -> PlaceSettings:
        """Return the settings of the place of an interaction."""
        return await settings_at(self._collaborators.state.place_settings, interaction.guild_id, interaction.channel)

    async def _wait(self, interaction: discord.Interaction) -> timedelta | None:
        return await self._collaborators.limits.admit(person(interaction.user.id), channel_of(interaction))

    async def _in_time(self, work: Awaitable[Reply], acknowledge: Callable[[], Awaitable[object]]) -> Reply:
        """Wait for a reply; if it takes long, acknowledge the interaction before Discord drops it."""
        task = asyncio.ensure_future(work)
        try:
            done, _ = await asyncio.wait([task], timeout=self._collaborators.patience.total_seconds())
            if not done:
                await acknowledge()
            return await task
        finally:
            task.cancel()  # if acknowledging failed, nothing awaits it


def scene_of(interaction: discord.Interaction, *, private: bool) -> Scene:
    """Describe where the answer to an interaction is shown."""
    # Outside servers Discord reports no permissions, and embeds and files are always allowed.
    outside, allowed = interaction.guild_id is None, interaction.app_permissions
    embeds, files = outside or allowed.embed_links, outside or allowed.attach_files
    return Scene(interaction.user.id, private=private, embeds=embeds, files=files)


async def tell(interaction: discord.Interaction, words: str) -> None:
    """Send one of the adapter's own messages to the asker alone."""
    card = notice(words, scene_of(interaction, private=True))
    if interaction.response.type is discord.InteractionResponseType.deferred_channel_message:
        await interaction.edit_original_response(content=card.content, embeds=card.embeds)
    else:
        await send_beside(interaction, card)


def noted(error: Exception) -> str:
    """Log an error and return its reference; a refusal by Discord needs no traceback."""
    if not isinstance(error, discord.DiscordException):
        return note_failure(_log, error)
    reference = new_reference()
    _log.error("Discord refused an answer (reference %s): %s", reference, error)
    return reference


async def apologise(interaction: discord.Interaction, error: Exception, whisper: Whisper) -> None:
    """Log an error and tell the asker: where they asked, otherwise in a direct message."""
    code = error.code if isinstance(error, discord.HTTPException) else None
    if code in _TOO_LATE:
        _log.warning("An answer came too late for Discord (%s); is this machine, or its connection, overloaded?", code)
        await whisper.tell(interaction.user, TOO_LATE, "late")
        return
    if code == _ALREADY_ANSWERED:
        _log.warning("Another process answered first; is Overheard running twice with one token?")
        return
    reference = noted(error)
    words = meaning(error) or wording.sorry(reference)
    try:
        await tell(interaction, words)
    except UNSENT as second:
        _log.warning("The apology for %s could not be sent: %s", reference, second)
        await whisper.tell(interaction.user, words, interaction.channel_id)


async def send_beside(interaction: discord.Interaction, card: Card) -> None:
    """Answer the asker alone, without editing the message whose button was pressed."""
    done = interaction.response.is_done()
    send = interaction.followup.send if done else interaction.response.send_message
    await send(card.content, embeds=card.embeds, view=card.view, ephemeral=True)


async def _send(interaction: discord.Interaction, card: Card, *, private: bool) -> int:
    files = card.files or discord.utils.MISSING
    if not interaction.response.is_done():
        sent = await interaction.response.send_message(
            card.content, embeds=card.embeds, view=card.view, files=files, ephemeral=private
        )
        return sent.message_id or interaction.id
    if private:
        await interaction.edit_original_response(
            content=card.content, embeds=card.embeds, view=card.view, attachments=files
        )
        return interaction.id
    # A follow-up that replaces "thinking" is as private as that; only a later one can be public.
    await interaction.edit_original_response(content="Here it is.")
    followup = await interaction.followup.send(card.content, embeds=card.embeds, view=card.view, files=files, wait=True)
    with contextlib.suppress(discord.HTTPException):
        await interaction.delete_original_response()
    return followup.id
