"""Discord's markup -> the words somebody typed, and whether they are said to the bot.

The way in; the way out is `text`. Pure: strings only, no message objects.
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
    """Whether a mention of the bot is said to it, and doesn't stand in a quotation or in code."""
    said = _QUOTED_LINE.sub("", _QUOTED_REST.sub("", _CODE.sub("", content)))
    return re.search(rf"<@!?{bot}>", said) is not None


def words(content: str, bot: int, names: Mapping[int, str]) -> str:
    """Bring back what was typed as people read it: names for ids, no marks of quotation, no mention of the bot.

    Custom emoji go: their names, such as "kekw", are no words of the question.
    """

    def spoken(token: re.Match[str]) -> str:
        if token["user"] and int(token["user"]) == bot:
            return " "
        for kind in ("user", "role", "channel"):
            if token[kind]:
                return names.get(int(token[kind]), "")
        return token["command"] or ""

    return _TOKEN.sub(spoken, _QUOTE_MARK.sub("", content)).strip()
