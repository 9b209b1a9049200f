"""Which messages belong to one conversation.

A thread or a direct message is one conversation; elsewhere a chain of replies is.
"""

from __future__ import annotations

import discord

from bot.port.messages import ConversationId
from bot.port.state import Notes


class ConversationNames:
    """Names conversations, and remembers which one each answer belongs to."""

    def __init__(self, notes: Notes) -> None:
        self._notes = notes

    async def of_message(self, message: discord.Message) -> ConversationId:
        """Name the conversation that a question in chat belongs to."""
        if _is_one(message.channel):
            return channel_of(message)
        replied_to = message.reference.message_id if message.reference else None
        return await self._of_answer(replied_to) if replied_to else _named(message.id)

    async def of_interaction(self, interaction: discord.Interaction, *, private: bool) -> ConversationId:
        """Name the conversation that a command or a press belongs to; a private question has its own."""
        if private and interaction.channel_id:
            return _named(interaction.user.id, interaction.channel_id)
        if interaction.channel_id and _is_one(interaction.channel):
            return _in(interaction.channel, interaction.channel_id, interaction.user.id)
        return await self._of_answer(interaction.message.id) if interaction.message else _named(interaction.id)

    async def remember(self, answer: int, conversation: ConversationId) -> None:
        """Remember which conversation a message of the bot belongs to."""
        if conversation != _named(answer):
            await self._notes.write(_note(answer), conversation)

    async def _of_answer(self, answer: int) -> ConversationId:
        kept = await self._notes.read(_note(answer))
        return _named(answer) if kept is None else ConversationId(kept)


def channel_of(event: discord.Interaction | discord.Message) -> ConversationId:
    """Name a whole channel, in which no quote should appear twice."""
    if isinstance(event, discord.Message):
        return _in(event.channel, event.channel.id, event.author.id)
    return _in(event.channel, event.channel_id or event.id, event.user.id)


def person(member: int) -> str:
    """Return the name under which stores keep a member's data."""
    return f"discord/{member}"


def _is_one(channel: object) -> bool:
    return isinstance(channel, discord.Thread | discord.DMChannel | discord.GroupChannel)


def _in(channel: object, id: int, member: int) -> ConversationId:
    """Name a channel; a direct message with the bot belongs to its member."""
    return _named(member, id) if isinstance(channel, discord.DMChannel) else _named(id)


def _named(*ids: int) -> ConversationId:
    """Join ids to a name; a member's own data begins with their id, so that it is deleted with them."""
    return ConversationId("/".join(("discord", *map(str, ids))))


def _note(answer: int) -> str:
    return f"discord/answer/{answer}"
