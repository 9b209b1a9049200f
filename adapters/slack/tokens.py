"""What tokens and secrets look like, and what is wrong with those in the settings as far as that shows.

Asks nobody, and never says a value. Whether Slack takes them, `service` and `check` find out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from .config import SlackConfig
from .manifest import SCOPES

_SECRET = re.compile(r"[0-9a-f]{32}")


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
