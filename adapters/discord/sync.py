"""Registers the commands with Discord when they changed, and writes the invitation link.

`commands` defines the commands.
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
"""Permissions needed to answer: to see a question and to reply to it, also in threads, with an embed."""

SCOPES = ("bot", "applications.commands")


def invite(application: int, guild: int | None = None) -> str:
    """Return the link that invites the bot to a server, with the guild preselected if one is given."""
    return discord.utils.oauth_url(
        application,
        permissions=PERMISSIONS,
        scopes=SCOPES,
        guild=discord.Object(guild) if guild else discord.utils.MISSING,
    )


async def sync(tree: Tree, test_guild: int | None) -> bool:
    """Make Discord's commands equal to the tree's: in the test guild alone if there is one, otherwise everywhere.

    Returns whether the global commands changed. Logs a refusal and lets the bot run: mentions work without commands.
    """
    guild = None if test_guild is None else discord.Object(test_guild)
    try:
        updated = await differs(tree, guild)
        if updated:
            # Not by `tree.sync`, which would translate them again, and sends a server only commands copied for it.
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
    """Delete the commands that servers keep from having been a test guild, as they would appear twice."""
    try:
        for guild in guilds:
            for leftover in await tree.fetch_commands(guild=guild):
                await leftover.delete()
    except UNSENT as error:
        _log.warning("Discord: commands of a former test server could not be removed: %s", error)


async def differs(tree: Tree, guild: discord.abc.Snowflake | None) -> bool:
    """Whether Discord's commands, in a server or global, differ from the tree's.

    Raises:
        discord.HTTPException: they can't be listed.
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
    """Return the fields of a command to compare: Discord adds fields that were never sent, and omits defaults."""
    permissions = command.get("default_member_permissions")
    return (
        command["name"],
        command.get("type", 1),
        command.get("description") or "",
        sorted(command.get("contexts") or ()),
        sorted(command.get("integration_types") or ()),
        bool(command.get("nsfw")),
        None if permissions is None else str(permissions),  # Discord returns it as a string
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
