"""Discord's channels: the names that what is chosen there goes by, and what the bot may do in them.

Nothing is sent or answered here.
"""

from __future__ import annotations

import discord

from bot.port.house import USUAL, House, Houses
from bot.port.logbook import Place


async def house_at(houses: Houses, guild: int | None, channel: object) -> House:
    """Tell what holds in a channel of a server; what is usual, outside of servers."""
    return USUAL if guild is None else await houses.at(*names_of(guild, channel))


def place_of(guild: int | None, channel: int | None, *, private: bool = False) -> Place:
    """Name where something was asked as the host's logbook does; no channel, where only the asker sees the answer."""
    return Place("discord", str(guild or ""), str(channel or "") if guild and not private else "")


def names_of(guild: int, channel: object) -> tuple[str, str]:
    """Name a server and a channel; a thread is of its channel."""
    id = channel.parent_id if isinstance(channel, discord.Thread) else getattr(channel, "id", 0)
    return f"discord/{guild}", f"discord/{guild}/{id}"


def may_embed(client: discord.Client, channel: int) -> bool:
    """Whether embeds are shown in a channel; true where that isn't known."""
    known = client.get_channel(channel)
    if not isinstance(known, discord.abc.GuildChannel | discord.Thread) or _is_of_unknown(known):
        return True
    return known.permissions_for(known.guild.me).embed_links


def permissions_at(message: discord.Message) -> discord.Permissions:
    """Look up what the bot may do where something was said; all where that is unknown: Discord has the last word."""
    channel = message.channel
    if message.guild is None or isinstance(channel, discord.PartialMessageable) or _is_of_unknown(channel):
        return discord.Permissions.all()
    return channel.permissions_for(message.guild.me)


def _is_of_unknown(channel: object) -> bool:
    return isinstance(channel, discord.Thread) and channel.parent is None
