"""What Discord's refusals mean for the member who asked, and a way to tell them: rarely, by direct message.

The bot writes to somebody first only if they can't see its answer. The log has what the operator needs to know.
"""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import Final

import aiohttp
import discord

from bot.port.seen import Once

from .card import Scene
from .lists import notice

_log = logging.getLogger(__name__)

UNSENT: Final = (discord.DiscordException, OSError, aiohttp.ClientError)
"""Errors raised if a message can't be sent."""

_TOLD_AGAIN: Final = timedelta(hours=1)

NOT_ALLOWED: Final = (
    "I saw your question, but I'm not allowed to write in that channel. Somebody who manages the server can "
    "give me “View Channel” and “Send Messages” there (in threads: “Send Messages in Threads”). "
    "In a direct message you can always ask me."
)
LOCKED: Final = "I saw your question, but that thread is locked. Please ask me in the channel, or in a direct message."
MODERATED: Final = (
    "I have an answer, but the server's AutoMod doesn't let it through. Please ask me in a direct message."
)
SLOWED: Final = (
    "I have an answer, but slow mode or a limit of Discord's keeps me from writing there. "
    "Please ask me in a direct message."
)
TOO_LATE: Final = "I was too slow for Discord just now, and my answer is lost. Please ask me again."

_MEANING: Final = {
    20016: SLOWED,
    20028: SLOWED,
    50001: NOT_ALLOWED,
    50013: NOT_ALLOWED,
    50083: LOCKED,
    160005: LOCKED,
    200000: MODERATED,
    200001: MODERATED,
}
"""By Discord's error codes."""


def meaning(error: BaseException) -> str | None:
    """Say what a refusal means for the member who asked; None if it is the bot's own fault."""
    match error:
        case discord.RateLimited():
            return SLOWED
        case discord.HTTPException(code=code) if code in _MEANING:
            return _MEANING[code]
        case discord.Forbidden():
            return NOT_ALLOWED
        case _:
            return None


class Whisper:
    """Sends direct messages, at most one an hour about the same thing."""

    def __init__(self) -> None:
        self._told = Once()

    async def tell(self, member: discord.User | discord.Member, words: str, about: object) -> None:
        """Write to somebody; if they don't accept messages, only log it."""
        if not self._told.first(f"{member.id}/{about}/{words}", quiet_for=_TOLD_AGAIN):
            return
        try:
            await member.send(embeds=notice(words, Scene(member.id, private=True)).embeds)
        except UNSENT as error:
            _log.info("Somebody could not be told in private either: %s", error)
