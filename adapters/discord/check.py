"""`overheard check discord`: checks the set-up with Discord before anybody asks a question.

Only reports problems; the operator fixes them.
"""

from __future__ import annotations

import discord

from bot.port.backend import Backend
from bot.port.checks import Report
from bot.port.serving import StartError

from .client import OverheardClient
from .config import DiscordConfig
from .service import BotRefusedError, log_in
from .sync import PERMISSIONS, differs, invite

_PORTAL = "https://discord.com/developers/applications"


async def check(config: DiscordConfig, backend: Backend) -> tuple[Report, ...]:
    """Check each part of the set-up, a report for each; asks the assistant nothing."""
    async with OverheardClient(config, backend) as client:
        try:
            await log_in(client, config)
        except BotRefusedError as error:
            return (Report("Token: not usable.", (str(error),)),)
        except StartError as error:
            return (Report("Token: not checked.", (str(error),)),)
        token = Report(f"Token: belongs to {client.user}.")
        application = _application(client), *_hearing(client, config)
        if config.test_guild is None:
            none = "Test server: none; the commands are for all servers (DISCORD_TEST_GUILD_ID names one)."
            return token, *application, Report(none), await _commands(client, None)
        try:
            guild = await client.fetch_guild(config.test_guild)
        except discord.HTTPException:
            fix = f"Check DISCORD_TEST_GUILD_ID, or invite the bot with {_invite(client, config.test_guild)}"
            outside = Report(f"Test server: the bot isn't in a server with the id {config.test_guild}.", (fix,))
            return token, *application, outside
        inside = Report(f"Test server: {guild.name}, and the bot is in it.")
        permissions = await _permissions(client, guild)
        return token, *application, inside, permissions, await _commands(client, guild)


def _hearing(client: OverheardClient, config: DiscordConfig) -> tuple[Report, ...]:
    if not config.message_content:
        return ()
    flags = client.application.flags if client.application else discord.ApplicationFlags()
    if flags.gateway_message_content or flags.gateway_message_content_limited:
        return (Report("Messages without a mention: Discord shows them."),)
    fix = f"Switch “Message Content Intent” on under Bot at {_PORTAL}/{client.application_id}/bot"
    return (Report("Messages without a mention: Discord hides them.", (fix,)),)


def _application(client: OverheardClient) -> Report:
    application = client.application
    name = application.name if application else ""
    if application and application.interactions_endpoint_url:
        fix = f"Empty “Interactions Endpoint URL” under General Information at {_PORTAL}/{application.id}/information"
        return Report(f"Application: {name} sends its commands to another address.", (fix,))
    return Report(f"Application: {name}; invite the bot with {_invite(client, None)}")


async def _permissions(client: OverheardClient, guild: discord.Guild) -> Report:
    try:
        me = await guild.fetch_member(client.user.id if client.user else 0)
    except discord.HTTPException as error:
        return Report("Permissions: unknown.", (f"Discord didn't say what the bot may do there: {error}",))
    missing = [name for name, needed in PERMISSIONS if needed and not getattr(me.guild_permissions, name)]
    if not missing:
        return Report("Permissions: all that are needed.")
    names = ", ".join(map(shown_as, missing))
    fix = f"Allow its role {names}: Server Settings, Roles. Or invite it again with {_invite(client, guild.id)}"
    return Report("Permissions: some are missing.", (fix,))


async def _commands(client: OverheardClient, guild: discord.Guild | None) -> Report:
    place = guild.name if guild else "all servers"
    try:
        changed = await differs(client.tree, guild)
    except discord.Forbidden:
        fix = f"Invite the bot again with {_invite(client, guild.id if guild else None)}"
        return Report("Commands: the bot isn't allowed any there.", (fix,))
    except discord.HTTPException as error:
        return Report("Commands: unknown.", (f"Discord didn't list them: {error}",))
    if changed:
        return Report(f"Commands: for {place}, missing or out of date; they are updated when the bot starts.")
    return Report(f"Commands: up to date, for {place}.")


def _invite(client: OverheardClient, guild: int | None) -> str:
    return invite(client.application_id or 0, guild)


def shown_as(permission: str) -> str:
    """Name a permission as Discord's settings do."""
    shown = {"read_messages": "View Channels"}
    return shown.get(permission, permission.replace("_", " ").title().replace(" In ", " in "))
