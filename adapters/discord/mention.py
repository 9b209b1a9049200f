"""Converts Discord's markup to the words somebody typed, and detects whether they address the bot.

For the other direction see `text`. Pure: strings only, no message objects.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

_CODE = re.compile(r"(`{1,3})(?!`).*?(?<!`)\1(?!`)", re.DOTALL)
_QUOTED_LINE = re.compile(r"^> .*$", re.MULTILINE)
_QUOTED_REST = re.compile(r"^>>> .*\Z", re.MULTILINE | re.DOTALL)
_QUOTE_MARK = re.compile(r"^>(?:>>)? ", re.MULTILINE)
_TOKEN = re.compile(r"<(?:@!?(?P<user>\d+)|@&(?P<role>\d+)|#(?P<channel>\d+)|a?:\w+:\d+|(?P<command>/[^:<>]+):\d+)>")


def addressed(content: str, bot: int) -> bool:
    """Whether a message mentions the bot outside of quotations and code."""
    said = _QUOTED_LINE.sub("", _QUOTED_REST.sub("", _CODE.sub("", content)))
    return re.search(rf"<@!?{bot}>", said) is not None


def words(content: str, bot: int, names: Mapping[int, str]) -> str:
    """Return the text as people read it: names for ids, without quotation marks and mentions of the bot.

    Drops custom emoji: their names, such as "kekw", aren't words of the question.
    """

    def spoken(token: re.Match[str]) -> str:
        if token["user"] and int(token["user"]) == bot:
            return " "
        for kind in ("user", "role", "channel"):
            if token[kind]:
                return names.get(int(token[kind]), "")
        return token["command"] or ""

    return _TOKEN.sub(spoken, _QUOTE_MARK.sub("", content)).strip()
