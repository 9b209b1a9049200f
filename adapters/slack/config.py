"""The configuration of the Slack adapter, and what is wrong with its tokens and secrets as far as that shows.

`bot/operating/settings.py` reads the values from the environment. Nobody is asked here, and no value is ever said;
whether Slack takes them, `service` and `check` find out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta

from bot.port.limits import PER_CHANNEL, PER_MEMBER, Rate

from .manifest import SCOPES

SLACK_API = "https://slack.com/api/"

_SECRET = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True, slots=True)
class Client:
    """The app's OAuth client, with which any number of workspaces install it."""

    id: str
    secret: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class SlackConfig:
    """One app, in one workspace or in many, and how events reach it.

    Attributes:
        bot_token: that of the only workspace; "" if there is a client.
        client: lets workspaces install the app over HTTP, each with a token of its own; None for one workspace.
        app_token: receives events over Socket Mode; None turns it off.
        signing_secret: receives events over HTTP; None turns it off. With both, an event still counts once.
        host: the address to listen on for HTTP.
        api_url: the root of the Web API.
        feedback: whether answers have buttons that rate them.
        ping_every: the time between two pings of the websocket; a dead one is replaced after at most three times
            as long.
        patience: how long a call to Slack may take before it counts as failed.
        pause: the time before the first retry; it grows with each further one.
    """

    bot_token: str = field(repr=False)
    app_token: str | None = field(default=None, repr=False)
    signing_secret: str | None = field(default=None, repr=False)
    host: str = "127.0.0.1"
    port: int = 3000
    api_url: str = SLACK_API
    per_member: Rate = PER_MEMBER
    per_channel: Rate = PER_CHANNEL
    feedback: bool = True
    ping_every: timedelta = timedelta(seconds=5)
    client: Client | None = None
    patience: timedelta = timedelta(seconds=10)
    pause: timedelta = timedelta(seconds=0.5)


def wrong(config: SlackConfig) -> Iterator[str]:
    """Say what can't be right, a sentence each, by the name of its setting."""
    bot, app, secret = config.bot_token, config.app_token or "", config.signing_secret
    if bot.startswith("xapp-") and app.startswith("xoxb-"):
        yield "SLACK_BOT_TOKEN and SLACK_APP_TOKEN are swapped: the bot's begins with xoxb-, the app's with xapp-."
    elif bot.startswith("xapp-"):
        yield "SLACK_BOT_TOKEN holds an app-level token; the bot token begins with xoxb-, see “OAuth & Permissions”."
    elif app and not app.startswith("xapp-"):
        yield "SLACK_APP_TOKEN begins with xapp-; see “App-Level Tokens” under “Basic Information”."
    if secret is not None and not _SECRET.fullmatch(secret):
        yield "SLACK_SIGNING_SECRET is 32 digits and letters a to f; copy it from “Basic Information”."


def missing(scopes: frozenset[str]) -> tuple[str, ...]:
    """List the scopes that a token lacks; none where nobody said what it has."""
    return tuple(sorted(set(SCOPES) - scopes)) if scopes else ()
