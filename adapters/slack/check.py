"""`overheard check slack`: checks the set-up with Slack before anybody asks a question.

Only reports problems; the operator fixes them.
"""

from __future__ import annotations

import socket

import aiohttp
from slack_sdk.errors import SlackApiError

from bot.port.checks import Report
from bot.port.serving import StartError

from .config import Client, SlackConfig, missing, wrong
from .install import prove_client
from .installations import scopes_of
from .manifest import INSTALL_PATH, OPTIONAL, READS_ALL, SCOPES
from .service import identify
from .web import OUT_OF_REACH, not_slack, open_session, refusal, web_client

_SOCKET_MODE = "Turn “Socket Mode” on in the app's settings, and give it an app-level token with connections:write."

_UNMENTIONED = (
    " Channels may choose to be answered without a mention, if the app also subscribes to message.channels "
    "(private ones: message.groups)."
)


async def check(config: SlackConfig) -> tuple[Report, ...]:
    """Check each part of the set-up, a report for each; changes nothing."""
    if problems := tuple(wrong(config)):
        return (Report("Tokens and secrets: fix these first.", problems), _http_mode(config))
    async with open_session(config.patience) as session:
        if config.client is not None:
            many = await _many_workspaces(config, config.client, session)
            return (many, await _socket_mode(config, session), _http_mode(config))
        try:
            owner, name = await identify(web_client(config.bot_token, config, session), config.bot_token)
        except StartError as error:
            bot = [Report("Bot token: not usable.", (str(error),))]
        else:
            bot = [
                Report(f"Bot token: belongs to {name} in the workspace {owner.team_name}."),
                _scopes(scopes_of(owner)),
            ]
        ways = [await _socket_mode(config, session), _http_mode(config)]
        if not (config.app_token or config.signing_secret):
            fix = "Set SLACK_APP_TOKEN for Socket Mode, or SLACK_SIGNING_SECRET for HTTP."
            ways.append(Report("Events: no way in.", (fix,)))
        return (*bot, *ways)


async def _many_workspaces(config: SlackConfig, client: Client, session: aiohttp.ClientSession) -> Report:
    try:
        await prove_client(client, web_client("", config, session))
    except StartError as error:
        return Report("Many workspaces: the app can't be installed.", (str(error),))
    return Report(f"Many workspaces: each can install the app, at {INSTALL_PATH} of your address.")


def _scopes(granted: frozenset[str]) -> Report:
    lacking = missing(granted)
    beyond = sorted(granted - set(SCOPES) - set(OPTIONAL) - READS_ALL)
    if lacking:
        fix = f"Add {', '.join(lacking)} under “OAuth & Permissions” and install the app to the workspace again."
        return Report("Scopes: some are missing.", (fix,))
    more = f" Not needed: {', '.join(beyond)}." if beyond else ""
    besides = (f" For {what} add {scope}." for scope, what in OPTIONAL.items() if scope not in granted)
    unasked = _UNMENTIONED if granted & READS_ALL else ""
    return Report(f"Scopes: all {len(SCOPES)} granted.{''.join(besides)}{unasked}{more}")


async def _socket_mode(config: SlackConfig, session: aiohttp.ClientSession) -> Report:
    if config.app_token is None:
        return Report("Socket Mode: off, as SLACK_APP_TOKEN is not set.")
    web = web_client(config.app_token, config, session)
    try:
        await web.apps_connections_open(app_token=config.app_token)
    except SlackApiError as error:
        if problem := not_slack(config.api_url, error):
            return Report("Socket Mode: not checked.", (problem,))
        return Report(f"Socket Mode: refused ({refusal(error)}).", (_SOCKET_MODE,))
    except OUT_OF_REACH as error:
        return Report(f"Socket Mode: Slack cannot be reached ({type(error).__name__}).", ("Check the network.",))
    return Report("Socket Mode: on, and the app token opens it.")


def _http_mode(config: SlackConfig) -> Report:
    if config.signing_secret is None:
        return Report("HTTP: off, as SLACK_SIGNING_SECRET is not set.")
    try:
        socket.create_server((config.host, config.port)).close()
    except OSError as error:
        reason = error.strerror or "not an address of this machine"
        where = f"{config.host}:{config.port} cannot be listened on ({reason})"
        return Report("HTTP: fix these.", (f"{where}; is Overheard running? Or set SLACK_PORT.",))
    return Report(f"HTTP: ready to listen on http://{config.host}:{config.port}.")
