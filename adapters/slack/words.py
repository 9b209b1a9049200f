"""Slack's markup -> the words somebody typed.

The way in; the way out is `blocks`. Knows mentions, channels, links, emoji and entities, and answers nothing.
"""

from __future__ import annotations

import re

# What Slack writes between angle brackets: <@U1>, <@U1|ann>, <#C1|general>, <!here>, <!subteam^S1|@team>, <https://a.b|words>
_BRACKETS = re.compile(r"<([@#!]?)([^<>|]*)(?:\|([^<>]*))?>")
# An emoji comes by its name, :tada:, which nobody says; a time such as 1:02:03 is none.
_EMOJI = re.compile(r"(?<!\w):[\w+'-]{1,100}:(?!\w)")
_CODE = re.compile(r"```.*?(?:```|\Z)|`[^`\n]*`", re.DOTALL)
_QUOTED = re.compile(r"^(?:&gt;|>).*$", re.MULTILINE)


def addressed(markup: str, bot: str) -> bool:
    """Whether the mention of the bot is said to it, and not in a quotation or in code."""
    said = _QUOTED.sub("", _CODE.sub("", markup))
    return f"<@{bot}>" in said or f"<@{bot}|" in said


def mentions_somebody(markup: str) -> bool:
    """Whether something is said to somebody, to a user group or to everybody."""
    return any(found[1] in ("@", "!") for found in _BRACKETS.finditer(markup))


def plain(markup: str, bot: str | None = None) -> str:
    """Bring back the words as they were typed, without the mention of the bot and without emoji."""
    words = _BRACKETS.sub(lambda found: _words(found[1], found[2], found[3], bot), _EMOJI.sub("", markup))
    # `&amp;` last, or an escaped entity would be undone twice.
    return words.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&").strip()


def _words(kind: str, name: str, label: str | None, bot: str | None) -> str:
    match kind:
        case "@":
            return "" if name == bot or not label else label
        case "#":
            return label or ""
        case "!" if name.startswith("subteam^"):
            return ""  # those who are to read it, as with a mention of the bot
        case "!":
            return label or name.partition("^")[0]
        case _:
            return label or name.removeprefix("mailto:")
