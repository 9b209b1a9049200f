"""Discord's channels: the names that their settings are stored under, who may see them, and what the bot may do there.

Nothing is sent or answered here.
"""

from __future__ import annotations

import discord

from bot.port.logbook import AskedIn
from bot.port.place_settings import USUAL, PlaceSettings, SettingsStore


async def settings_at(place_settings: SettingsStore, guild: int | None, channel: object) -> PlaceSettings:
    """Return the settings of a channel; the defaults outside of servers."""
    return USUAL if guild is None else await place_settings.at(*names_of(guild, channel))


def place_of(guild: int | None, channel: discord.abc.Snowflake | None, *, private: bool = False) -> AskedIn:
    """Return where something was asked, for the logbook: its channel only if everybody there can read it."""
    public = channel is not None and not private and _is_open(channel)
    return AskedIn("discord", str(guild or ""), str(channel.id) if channel and public else "")


def whole_of(guild: int | None) -> str:
    """Name a server."""
    return f"discord/{guild or 0}"


def names_of(guild: int | None, channel: object) -> tuple[str, str]:
    """Name a server and a channel; a thread counts as its channel."""
    id = channel.parent_id if isinstance(channel, discord.Thread) else getattr(channel, "id", 0)
    return whole_of(guild), f"{whole_of(guild)}/{id}"


def may_embed(client: discord.Client, channel: int) -> bool:
    """Whether embeds are allowed in a channel; true if that isn't known."""
    known = client.get_channel(channel)
    if not isinstance(known, discord.abc.GuildChannel | discord.Thread) or _is_of_unknown(known):
        return True
    return known.permissions_for(known.guild.me).embed_links


def permissions_at(message: discord.Message) -> discord.Permissions:
    """Return the bot's permissions where a message was sent; all if unknown, as Discord checks them anyway."""
    channel = message.channel
    if message.guild is None or isinstance(channel, discord.PartialMessageable) or _is_of_unknown(channel):
        return discord.Permissions.all()
    return channel.permissions_for(message.guild.me)


def _is_open(channel: discord.abc.Snowflake) -> bool:
    """Whether everybody in the server may view a channel; false if that isn't known."""
    if isinstance(channel, discord.Thread):
        return not channel.is_private() and channel.parent is not None and _is_open(channel.parent)
    if not isinstance(channel, discord.abc.GuildChannel):
        return False
    # In an interaction from a server that the bot isn't in, the channel lacks its permission overwrites.
    known = channel.guild.get_channel(channel.id)
    return known is not None and known.permissions_for(known.guild.default_role).view_channel


def _is_of_unknown(channel: object) -> bool:
    return isinstance(channel, discord.Thread) and channel.parent is None
