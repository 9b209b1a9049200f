"""How the Slack adapter is set up.

Values only: where they come from is the settings' business; nothing here reads the environment.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta

from bot.port.limits import PER_CHANNEL, PER_MEMBER, Rate

SLACK_API = "https://slack.com/api/"


@dataclass(frozen=True, slots=True)
class Client:
    """The app itself, as Slack's OAuth knows it: by it any number of workspaces install the app."""

    id: str
    secret: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class SlackConfig:
    """One app, in one workspace or in many, and how events reach it.

    Attributes:
        bot_token: that of the one workspace; "" where there is a client.
        client: lets workspaces install the app over HTTP, each with a token of its own; None for one workspace.
        app_token: brings events in over Socket Mode; None leaves it off.
        signing_secret: brings events in over HTTP; None leaves it off. Both may be on: an event counts once.
        host: the address to listen on for HTTP.
        api_url: the root of the Web API.
        feedback: whether answers get buttons to rate them by.
        ping_every: how often the websocket has to prove that it is alive; a dead one is replaced after at most
            three times as long.
        patience: how long a call to Slack may take before it counts as failed.
        pause: before what failed is tried again; longer before each further time.
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
