"""The words somebody typed: where in a message Slack puts them, or forwards them, and what its markup stands for.

The way in; the way out is `blocks`. Reads whatever comes: a payload that is not what it should be is no words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final, TypeAlias

from .blocks import escape

_Json: TypeAlias = Mapping[str, Any]

_FORWARDED: Final = ("is_share", "is_msg_unfurl")
_CODE_MARK: Final = "```"

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


def markup_of(message: _Json) -> str:
    """Return the markup of a message; where it has blocks alone, what its text would be."""
    text = message.get("text")
    if isinstance(text, str) and text.strip():
        return text
    return "\n".join(line for block in _each(message, "blocks") if (line := _block(block).strip()))


def forwarded_by(message: _Json) -> str | None:
    """Return the markup of the messages that a message forwards; None where it forwards none."""
    copies = [each for each in _each(message, "attachments") if any(each.get(sign) is True for sign in _FORWARDED)]
    return "\n".join(filter(None, map(_copied, copies))) if copies else None


def _copied(copy: _Json) -> str:
    inner = (each.get("message") for each in _each(copy, "message_blocks"))
    return markup_of(copy) or "\n".join(markup_of(each) for each in inner if isinstance(each, Mapping))


def _block(block: _Json) -> str:
    match block:
        case {"type": "rich_text"}:
            return "\n".join(map(_part, _each(block, "elements")))
        case {"type": "section" | "header", "text": {"type": "mrkdwn", "text": str(markup)}}:
            return markup
        case {"type": "section" | "header", "text": {"text": str(words)}} | {"type": "markdown", "text": str(words)}:
            return escape(words)
        case _:
            return ""  # small print, pictures and buttons are not what somebody says


def _part(part: _Json) -> str:
    leaves = "".join(map(_leaf, _each(part, "elements")))
    match part.get("type"):
        case "rich_text_list":
            return "\n".join(_part(each) for each in _each(part, "elements") if each.get("type") != "rich_text_list")
        case "rich_text_quote":
            return "\n".join(f"&gt; {line}" for line in leaves.splitlines())
        case "rich_text_preformatted":
            return f"{_CODE_MARK}{leaves}{_CODE_MARK}"
        case _:
            return leaves


def _leaf(leaf: _Json) -> str:
    match leaf:
        case {"type": "text", "text": str(text)}:
            code = isinstance(leaf.get("style"), Mapping) and leaf["style"].get("code") is True
            return f"`{escape(text)}`" if code else escape(text)
        case {"type": "link", "url": str(url)}:
            words = leaf.get("text")
            return escape(words if isinstance(words, str) and words else url)
        case {"type": "user", "user_id": str(id)}:
            return f"<@{id}>"
        case {"type": "usergroup", "usergroup_id": str(id)}:
            return f"<!subteam^{id}>"
        case _:
            return ""  # emoji and the like, which nobody says


def _each(of: _Json, name: str) -> Iterator[_Json]:
    listed = of.get(name)
    return (each for each in (listed if isinstance(listed, list) else ()) if isinstance(each, Mapping))
