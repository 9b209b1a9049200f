"""Detects messages meant for the bot, and questions to nobody in particular that it may answer.

From discord.py's message to its words; `chat` decides whether and how to answer.
"""

from __future__ import annotations

import discord

from bot.port.unasked import looks_like_a_question

from .mention import addressed
from .replied import spoken

_SAID_BY_PEOPLE = (discord.MessageType.default, discord.MessageType.reply)


def heard(message: discord.Message, me: discord.ClientUser) -> str | None:
    """Return the question, "" for a bare mention; None for a message that isn't for the bot."""
    if not _is_said_by_somebody(message):
        return None
    # Not by message.guild: that is None, too, for a server that discord.py doesn't know yet.
    if not isinstance(message.channel, discord.DMChannel) and not _is_for(message, me):
        return None
    return spoken(message, me.id)


def overheard(message: discord.Message, me: discord.ClientUser) -> str | None:
    """Return a question to nobody in particular; None if it addresses somebody or isn't a question."""
    said_to_somebody = message.mentions or message.role_mentions or message.reference or message.message_snapshots
    if message.guild is None or said_to_somebody or not _is_said_by_somebody(message):
        return None
    words = spoken(message, me.id)
    return words if looks_like_a_question(words) else None


def continued(message: discord.Message, me: discord.ClientUser) -> str | None:
    """Return a reply to the bot that doesn't mention it; None for anything else, or if Discord hides the words."""
    if not _is_said_by_somebody(message) or message.mentions or not _replies_to(message, me):
        return None
    return spoken(message, me.id) or None


def calls_its_role(message: discord.Message, me: discord.ClientUser) -> bool:
    """Whether a message mentions the role that Discord made for the bot."""
    return not message.author.bot and any(role.tags and role.tags.bot_id == me.id for role in message.role_mentions)


def _is_said_by_somebody(message: discord.Message) -> bool:
    return not message.author.bot and not message.webhook_id and message.type in _SAID_BY_PEOPLE


def _is_for(message: discord.Message, me: discord.ClientUser) -> bool:
    if all(user.id != me.id for user in message.mentions):
        return False
    return addressed(message.content, me.id) or _replies_to(message, me)


def _replies_to(message: discord.Message, me: discord.ClientUser) -> bool:
    replied_to = message.reference.resolved if message.reference else None
    return isinstance(replied_to, discord.Message) and replied_to.author.id == me.id
