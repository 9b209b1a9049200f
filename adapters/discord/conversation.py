"""Which messages belong to one conversation.

A thread or a direct message is one; elsewhere a chain of replies is. Nothing here knows what was said.
"""

from __future__ import annotations

from collections import OrderedDict

import discord

from bot.port.messages import ConversationId

_REMEMBERED = 10_000
"""Answers whose conversation is kept in mind; a reply to an older one starts anew."""


class Conversations:
    """Names conversations, and remembers which one each answer belongs to."""

    def __init__(self) -> None:
        self._by_answer: OrderedDict[int, ConversationId] = OrderedDict()

    def of_message(self, message: discord.Message) -> ConversationId:
        """Name the conversation that a question in chat belongs to."""
        if _is_one(message.channel):
            return _named(message.channel.id)
        replied_to = message.reference.message_id if message.reference else None
        return self._of_answer(replied_to) if replied_to else _named(message.id)

    def of_interaction(self, interaction: discord.Interaction, *, private: bool) -> ConversationId:
        """Name the conversation that a command or a press belongs to; what is asked in private stays apart."""
        if private and interaction.channel_id:
            return _named(interaction.channel_id, interaction.user.id)
        if interaction.channel_id and _is_one(interaction.channel):
            return _named(interaction.channel_id)
        return self._of_answer(interaction.message.id) if interaction.message else _named(interaction.id)

    def remember(self, answer: int, conversation: ConversationId) -> None:
        """Keep in mind that a message of the bot belongs to a conversation."""
        self._by_answer[answer] = conversation
        if len(self._by_answer) > _REMEMBERED:
            self._by_answer.popitem(last=False)

    def _of_answer(self, answer: int) -> ConversationId:
        return self._by_answer.get(answer, _named(answer))


def channel_of(interaction: discord.Interaction) -> ConversationId:
    """Name a whole channel, in which no quote is to come twice."""
    return _named(interaction.channel_id or interaction.id)


def _is_one(channel: object) -> bool:
    return isinstance(channel, discord.Thread | discord.DMChannel | discord.GroupChannel)


def _named(*ids: int) -> ConversationId:
    return ConversationId("/".join(("discord", *map(str, ids))))
