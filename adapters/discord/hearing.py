"""Detects messages meant for the bot, questions to nobody in particular, and the words that a message is about.

From discord.py's message to its words as people read them; `text` is the other direction, and `chat` decides whether
and how to answer. Without the privileged intent, Discord's gateway shows a bot only messages that mention it. The HTTP
API may show more if the application's owner turned on "Message Content Intent" in the developer portal.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

import aiohttp
import discord

from bot.port.unasked import looks_like_a_question

_SAID_BY_PEOPLE = (discord.MessageType.default, discord.MessageType.reply)

_CODE = re.compile(r"(`{1,3})(?!`).*?(?<!`)\1(?!`)", re.DOTALL)
_QUOTED_LINE = re.compile(r"^> .*$", re.MULTILINE)
_QUOTED_REST = re.compile(r"^>>> .*\Z", re.MULTILINE | re.DOTALL)
_QUOTE_MARK = re.compile(r"^>(?:>>)? ", re.MULTILINE)
_TOKEN = re.compile(r"<(?:@!?(?P<user>\d+)|@&(?P<role>\d+)|#(?P<channel>\d+)|a?:\w+:\d+|(?P<command>/[^:<>]+):\d+)>")


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
    asked = spoken(message, me.id)
    return asked if looks_like_a_question(asked) else None


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


def addressed(content: str, bot: int) -> bool:
    """Whether a message mentions the bot outside of quotations and code."""
    said = _QUOTED_LINE.sub("", _QUOTED_REST.sub("", _CODE.sub("", content)))
    return re.search(rf"<@!?{bot}>", said) is not None


def words(content: str, bot: int, names: Mapping[int, str]) -> str:
    """Return the text as people read it: names for ids, without quotation marks and mentions of the bot.

    Drops custom emoji: their names, such as "kekw", aren't words of the question.
    """

    def spoken(token: re.Match[str]) -> str:
        if token["user"] and int(token["user"]) == bot:
            return " "
        for kind in ("user", "role", "channel"):
            if token[kind]:
                return names.get(int(token[kind]), "")
        return token["command"] or ""

    return _TOKEN.sub(spoken, _QUOTE_MARK.sub("", content)).strip()
