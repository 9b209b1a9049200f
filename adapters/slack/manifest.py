"""The app's manifest: scopes, events, commands, shortcuts.

The only list of each. `slack-manifest.yaml` is a copy for Slack's form; a test checks that they are equal.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict

from .commands import COMMANDS, SHORTCUTS

EVENTS = ("app_home_opened", "app_mention", "assistant_thread_started", "message.im")
"""Events that the app subscribes to."""

SCOPES = ("app_mentions:read", "assistant:write", "chat:write", "commands", "im:history", "users:read")
"""Scopes that the bot token needs."""

OPTIONAL = {
    "channels:read": "quoting questions from public channels in the digest",
    "files:write": "pictures of quotations and charts",
}
"""What it asks for besides, each with what for, and goes without where the person who installs it says no."""

READS_ALL = frozenset({"channels:history", "groups:history"})
"""Scopes to read all messages in the app's channels; not requested.

Channels may then choose to be answered without a mention, if the app subscribes to message.channels or message.groups.
Several processes see whether an answer was sent by one that ended meanwhile.
"""

_SHORT = "Answers with the words that were really said in the episodes."
_LONG = (
    "Ask what was said in your podcast episodes and get the words themselves: who said them, in which episode, "
    "at which second, with a link that opens there. Where the episodes don’t say, Overheard says so. "
    "It makes nothing up: every answer is words from the library."
)


INSTALL_PATH = "/slack/install"
REDIRECT_PATH = "/slack/oauth_redirect"
EVENTS_PATH = "/slack/events"

LEAVING = ("app_uninstalled", "tokens_revoked")
"""Further events that an app in many workspaces subscribes to."""


def manifest(address: str | None = None, *, many: bool = False) -> dict[str, object]:
    """Describe the app in Slack's manifest format.

    For Socket Mode, or for HTTP at an address such as https://bot.example.org; `many` workspaces install it there.
    """
    at = None if address is None else f"{address}{EVENTS_PATH}"
    requests = {} if at is None else {"request_url": at}
    menus = {} if at is None else {"message_menu_options_url": at}
    back = {"redirect_urls": [f"{address}{REDIRECT_PATH}"]} if many else {}
    return {
        "display_information": {
            "name": "Overheard",
            "description": _SHORT,
            "long_description": _LONG,
            "background_color": "#1f3a4d",
        },
        "features": _features({} if at is None else {"url": at}),
        "oauth_config": {**back, "scopes": {"bot": [*SCOPES, *OPTIONAL], "bot_optional": list(OPTIONAL)}},
        "settings": {
            "event_subscriptions": {**requests, "bot_events": [*EVENTS, *(LEAVING if many else ())]},
            "interactivity": {"is_enabled": True, **requests, **menus},
            "org_deploy_enabled": many,
            "socket_mode_enabled": address is None,
            "token_rotation_enabled": False,  # nobody can turn it off again; see docs/slack-workspaces.md
        },
    }


def _features(url: Mapping[str, str]) -> dict[str, object]:
    return {
        "app_home": {
            "home_tab_enabled": True,
            "messages_tab_enabled": True,
            "messages_tab_read_only_enabled": False,
        },
        "bot_user": {"display_name": "Overheard", "always_online": True},
        "assistant_view": {"assistant_description": _SHORT},
        "shortcuts": [asdict(shortcut) for shortcut in SHORTCUTS],
        "slash_commands": [
            {
                "command": command.name,
                "description": command.description,
                "usage_hint": command.usage,
                "should_escape": False,
                **url,
            }
            for command in COMMANDS
        ],
    }
