"""Opens a thread for an answer, if a server chose that.

The thread has the id of the message that it belongs to, and so continues the conversation that began there.
"""

from __future__ import annotations

import logging
from typing import Final

import discord

from .places import permissions_at
from .text import fitted

_log = logging.getLogger(__name__)

_LONGEST_NAME: Final = 100
_NAMELESS: Final = "Overheard"
_RESTS_AFTER: Final = 1440
"""Minutes without a message after which Discord archives a thread."""
_THERE_ALREADY: Final = 160004


async def thread_for(message: discord.Message, asked: str) -> discord.abc.Messageable | None:
    """Open a thread at a message; None if that is impossible, and the answer goes into the channel."""
    allowed = permissions_at(message)
    if not isinstance(message.channel, discord.TextChannel) or not allowed.send_messages_in_threads:
        return None
    if message.thread is not None:
        return message.thread
    if not allowed.create_public_threads:
        return None
    try:
        name = fitted(asked, _LONGEST_NAME) or _NAMELESS
        return await message.create_thread(name=name, auto_archive_duration=_RESTS_AFTER)
    except discord.HTTPException as error:
        if error.code == _THERE_ALREADY:  # by another process, or by a member who was quicker
            return discord.PartialMessageable(message._state, message.id, guild_id=message.channel.guild.id)  # noqa: SLF001
        _log.info("No thread could be opened for an answer: %s", error)
        return None
