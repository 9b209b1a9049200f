"""Tells Discord about the commands, where they belong and only when they changed; and how the bot is invited.

What the commands are is `commands`' business.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import discord
from discord import app_commands

from .commands import Tree
from .refusals import UNSENT

_log = logging.getLogger(__name__)

PERMISSIONS = discord.Permissions(
    view_channel=True,
    send_messages=True,
    send_messages_in_threads=True,
    embed_links=True,
    read_message_history=True,
)
"""What answering takes: seeing a question, replying to it, in threads too, with an embed."""

SCOPES = ("bot", "applications.commands")


def invite(application: int, guild: int | None = None) -> str:
    """Write the link that lets the bot into a server, with the guild chosen where one is given."""
    return discord.utils.oauth_url(
        application,
        permissions=PERMISSIONS,
        scopes=SCOPES,
        guild=discord.Object(guild) if guild else discord.utils.MISSING,
    )


async def sync(tree: Tree, test_guild: int | None) -> bool:
    """Make Discord's commands equal to the tree's: in the test guild alone where there is one, else everywhere.

    Returns whether there was something to change everywhere. What Discord refuses is logged and leaves the bot
    running: mentions work without commands.
    """
    guild = None if test_guild is None else discord.Object(test_guild)
    try:
        updated = await differs(tree, guild)
        if updated:
            # Sent by hand: `tree.sync` would translate them once more, and only sends a server what is copied for it.
            await tree.client.http.request(discord.http.Route("PUT", _path(tree, guild)), json=await _ours(tree))
            where = "for all servers" if guild is None else f"in the test server {guild.id} alone"
            _log.info("Discord: the commands are registered %s", where)
        if guild is None:
            return updated
        for leftover in await tree.fetch_commands():
            await leftover.delete()
    except discord.Forbidden:
        link = invite(tree.client.application_id or 0, test_guild)
        _log.error("Discord: no commands in server %s: the bot has to be invited there with %s", test_guild, link)
    except UNSENT as error:
        _log.error("Discord: the commands could not be registered; what was registered stays: %s", error)
    return False


async def remove_leftovers(tree: Tree, guilds: Sequence[discord.abc.Snowflake]) -> None:
    """Take back what these servers have of their own from having been a test guild: it would show twice."""
    try:
        for guild in guilds:
            for leftover in await tree.fetch_commands(guild=guild):
                await leftover.delete()
    except UNSENT as error:
        _log.warning("Discord: commands of a former test server could not be removed: %s", error)


async def differs(tree: Tree, guild: discord.abc.Snowflake | None) -> bool:
    """Whether Discord's commands, in a server or global, are others than the tree's.

    Raises:
        discord.HTTPException: Discord does not tell.
    """
    # As they came: discord.py 2.7's AppCommand misreads where a command may be used and installed.
    # With the languages, for which it never asks.
    path = f"{_path(tree, guild)}?with_localizations=true"
    registered: Sequence[Mapping[str, Any]] = await tree.client.http.request(discord.http.Route("GET", path))
    return _outlines(await _ours(tree)) != _outlines(registered)


async def _ours(tree: Tree) -> Sequence[Mapping[str, Any]]:
    # As the tree would send them, which has a translator since it was set up.
    translator = tree.translator or app_commands.Translator()
    return [await command.get_translated_payload(tree, translator) for command in tree.get_commands()]


def _path(tree: Tree, guild: discord.abc.Snowflake | None) -> str:
    where = "" if guild is None else f"/guilds/{guild.id}"
    return f"/applications/{tree.client.application_id or 0}{where}/commands"


def _outlines(commands: Iterable[Mapping[str, Any]]) -> list[str]:
    return sorted(repr(_outline(command)) for command in commands)


def _outline(command: Mapping[str, Any]) -> tuple[object, ...]:
    """Keep what makes a command what it is.

    Discord adds much that was never sent, and leaves out what is the default.
    """
    permissions = command.get("default_member_permissions")
    return (
        command["name"],
        command.get("type", 1),
        command.get("description") or "",
        sorted(command.get("contexts") or ()),
        sorted(command.get("integration_types") or ()),
        bool(command.get("nsfw")),
        None if permissions is None else str(permissions),  # Discord writes a number in quotation marks
        _languages(command),
        [_option(option) for option in command.get("options") or ()],
    )


def _option(option: Mapping[str, Any]) -> tuple[object, ...]:
    kept = ("type", "name", "description", "min_length", "max_length")
    choices = [(each.get("name"), each.get("value"), _languages(each)) for each in option.get("choices") or ()]
    switches = bool(option.get("required")), bool(option.get("autocomplete"))
    return (*(option.get(key) for key in kept), *switches, choices, _languages(option))


def _languages(named: Mapping[str, Any]) -> list[list[tuple[str, str]]]:
    return [sorted((named.get(f"{part}_localizations") or {}).items()) for part in ("name", "description")]
