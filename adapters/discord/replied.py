"""Finds the words that a message replies to or forwards; the assistant reads the question about them.

Without the privileged intent, Discord's gateway shows a bot only messages that mention it. The HTTP API may show more
if the application's owner turned on "Message Content Intent" in the developer portal.
"""

from __future__ import annotations

import aiohttp
import discord

from .mention import words


def forwarded(message: discord.Message) -> str | None:
    """Return the words that a message forwards, without the names behind mentions; None if it forwards nothing."""
    copies = message.message_snapshots
    return "\n".join(words(copy.content, 0, {}) for copy in copies).strip() if copies else None


async def replied_to(message: discord.Message, me: int) -> str | None:
    """Return somebody else's words that a message is about, "" if Discord hides them; None for none."""
    if (copied := forwarded(message)) is not None:
        return copied
    reference = message.reference
    if message.type is not discord.MessageType.reply or reference is None or reference.message_id is None:
        return None
    replied = reference.resolved
    if isinstance(replied, discord.Message) and replied.author.id == me:
        return None
    said = _said(replied, me) if isinstance(replied, discord.Message) else ""
    return said or await _looked_up(message, reference.message_id, me)


async def _looked_up(message: discord.Message, id: int, me: int) -> str:
    try:
        return _said(await message.channel.fetch_message(id), me)
    except (discord.HTTPException, discord.InvalidData, OSError, aiohttp.ClientError):
        return ""


def _said(message: discord.Message, me: int) -> str:
    return forwarded(message) or spoken(message, me)


def spoken(message: discord.Message, me: int) -> str:
    """Return a message's text as people read it, without the mention of the bot."""
    names = {user.id: user.display_name for user in message.mentions}
    names |= {role.id: role.name for role in message.role_mentions}
    names |= {channel.id: channel.name for channel in message.channel_mentions}
    return words(message.content, me, names)
