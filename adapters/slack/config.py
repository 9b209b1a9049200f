"""The configuration of the Slack adapter.

Values only; `bot/operating/settings.py` reads them from the environment.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta

from bot.port.limits import PER_CHANNEL, PER_MEMBER, Rate

SLACK_API = "https://slack.com/api/"


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
