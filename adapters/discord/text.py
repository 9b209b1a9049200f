"""Escapes and shortens text from outside for Discord.

Everything that a listener typed or a library file contains passes through here on its way out.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable
from urllib.parse import quote

_ELLIPSIS = "…"
_BREAK = "\u200b"
"""A zero-width space: invisible, and keeps Discord from reading the characters around it as one token."""

_MARKDOWN = re.compile(r"([\\*_~`|\[\]])")
_LINE_START = re.compile(r"^(\s*)([-+#>]|\d+(?=[.)]))", re.MULTILINE)
_TOKEN = re.compile(r"(?<=<)(?=\S)|(?<=@)(?=[\w!&])")
"""Where `<@1>`, `<#1>`, `<:emoji:1>`, `</command:1>`, `<t:1>`, `<a@b.c>` and `@everyone` can be split."""

_LINK = re.compile(r"(?<=:)(?=//)|(?<=[\w-]\.)(?=[a-z]{2,}/)", re.IGNORECASE)
"""Where `https://a.b` and a bare `discord.gg/code`, which Discord turns into an invitation, can be split."""

_EVERYBODY = re.compile(r"@(?=everyone|here)")
"""Discord looks for these mentions even within URLs."""

_ADDRESSABLE = "!#$%&*+,/:;=?@^{}"
"""Characters left unescaped in a URL, besides letters, digits and `_.-~`: none is markup or ends a link."""

_KEPT_FORMAT = "\u200c\u200d"
"""Joiners that emoji and some scripts need; other format characters only serve to disguise."""


def size(text: str) -> int:
    """Count characters as Discord's clients do, in UTF-16 units: never fewer than its servers count."""
    return len(text) + sum(letter > "\uffff" for letter in text)


def plain(text: str) -> str:
    """Clean text for places where Discord parses no markup, such as labels, footers and options; one line."""
    kept = "".join(_visible(letter) for letter in text)
    return _LINK.sub(_BREAK, _TOKEN.sub(_BREAK, " ".join(kept.split())))


def defuse(text: str) -> str:
    """Escape text for places where Discord parses markup: none of it is markup, a mention, an emoji or a link.

    Keeps line breaks.
    """
    lines = (plain(line) for line in re.split(r"\r\n|[\r\n\v\f\x1c-\x1e\x85\u2028\u2029]", text))
    escaped = _MARKDOWN.sub(r"\\\1", "\n".join(lines))
    return _LINE_START.sub(_harmless_start, escaped)


def fitted(text: str, limit: int, make: Callable[[str], str] = plain) -> str:
    """Escape text and cut it at a word, with an ellipsis, so that its size is at most `limit`."""
    text = text.strip()
    if len(text) <= limit and size(made := make(text)) <= limit:
        return made
    words = text[: limit + 1]  # more could never fit: escaping shrinks nothing readable
    cuts = range(len(words) + 1)
    kept = bisect_right(cuts, limit, key=lambda cut: size(make(words[:cut].rstrip()) + _ELLIPSIS)) - 1
    return make(_at_a_word(words, kept)) + _ELLIPSIS if limit else ""


def link(label: str, url: str | None, limit: int = 300) -> str:
    """Write a masked link to an http(s) URL; only the label, which is markup already, if it isn't one.

    The same if the URL is longer than `limit`, as it can't be cut.
    """
    if url is None or not re.match(r"https?://[^\s/]", url, re.IGNORECASE):
        return label
    scheme, _, rest = url.partition(":")
    # In capitals it may be no link for a client, which would show the address, and open what stands in it.
    address = _EVERYBODY.sub("%40", f"{scheme.lower()}:{quote(rest, safe=_ADDRESSABLE, errors='replace')}")
    return f"[{label}]({address})" if size(address) <= limit else label


def _visible(letter: str) -> str:
    match unicodedata.category(letter):
        case "Cs":
            return "\N{REPLACEMENT CHARACTER}"
        case "Cc":
            return " " if letter.isspace() else ""
        case "Cf":
            return letter if letter in _KEPT_FORMAT else ""
        case _:
            return letter


def _harmless_start(found: re.Match[str]) -> str:
    space, mark = found.groups()
    # A backslash shows before a digit, so a number gets the break behind it instead.
    return f"{space}{mark}{_BREAK}" if mark.isdigit() else f"{space}\\{mark}"


def _at_a_word(text: str, length: int) -> str:
    kept = text[:length]
    if length < len(text) and not text[length].isspace() and (space := max(kept.rfind(" "), kept.rfind("\n"))) > 0:
        kept = kept[:space]
    return kept.rstrip().rstrip(",;:-–—").rstrip()
