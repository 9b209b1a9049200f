"""Slack's building blocks: one function for each block, within Slack's limits for any input.

Text from outside goes into plain text or rich text, in which Slack interprets nothing. `escape` is for the only
place with markup, a message's `text`.
"""

from __future__ import annotations

import json
import re
import unicodedata
import urllib.parse
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from typing import TypeAlias

Block: TypeAlias = dict[str, object]
"""A layout block, as Slack takes it in JSON."""

Element: TypeAlias = dict[str, object]
"""A part of a block."""

ACTIONS = 25
"""Maximum number of elements in an actions block."""

OPTIONS = 100
"""Maximum number of options in a select menu."""

VALUE = 2000
"""Maximum length of a button's value in characters."""

OPTION_VALUE = 150
"""Maximum length of an option's value in characters."""

OPENED = 5
"""Maximum number of options in an overflow menu."""

_HEADER = 150
_PLAIN = 2000
_LABEL = 75
_LINK = 2990  # Slack takes 3,000
_ADDRESS = "%/:?#[]@!$&'()*+,;="
"""Characters left unescaped in a URL, besides letters and digits; Slack refuses some others."""
_OPENS = re.compile(r"https?://[^/]")
# Slack documents no limit for rich text, but refuses long ones (msg_blocks_too_long); a section's limit is safe.
_RICH = 3000

# Characters that change the writing direction of the text after them, beyond the words they came with.
_OVERRIDES = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


# An invisible joiner breaks what looks like a mention: bridges, exports and other bots parse messages less carefully
# than Slack does.
_MENTION = re.compile(r"<(?=[!@#])")
_UNMENTIONED = "<\u2060"
_NO_ADDRESS = re.compile(r"[\s<>|]")


def clean(words: str) -> str:
    """Remove control characters, direction overrides and lone surrogates, and break what looks like a mention."""
    if not (words.isascii() and words.isprintable()):
        kept = (each for each in words if each in "\n\t" or unicodedata.category(each) not in {"Cc", "Cs"})
        words = "".join(each for each in kept if each not in _OVERRIDES)
    return _MENTION.sub(_UNMENTIONED, words)


def shorten(words: str, limit: int) -> str:
    """Cut at a word, with an ellipsis, to at most `limit` characters."""
    if len(words) <= limit:
        return words
    cut = words[: limit - 1]
    at_word = cut.rpartition(" ")[0]
    kept = at_word if len(at_word) > limit // 2 else cut
    return kept.rstrip() + "…"


def escape(words: str) -> str:
    """Escape Slack's markup: without `<` nothing can mention, link or name a channel."""
    return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def fitted(words: str, limit: int) -> str:
    """Clean and escape: at most `limit` characters, at least one, and no entity cut in two."""
    words = clean(words).strip() or "…"
    if len(escape(words)) <= limit:
        return escape(words)
    cuts = range(1, min(len(words), limit) + 1)
    kept = bisect_right(cuts, limit, key=lambda cut: len(escape(shorten(words, cut))))
    return escape(shorten(words, max(kept, 1)))


def fits(value: str, limit: int) -> bool:
    """Whether a control can hold this value and return it unchanged."""
    return 0 < len(value) <= limit and not any("\ud800" <= character <= "\udfff" for character in value)


def carrying(what: object) -> str:
    """Return JSON for the value of a control, with `<` escaped so that no value looks like a mention."""
    return json.dumps(what, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")


def carried(value: str) -> object:
    """Parse the JSON in a control's value; None if it isn't any."""
    try:
        return json.loads(value)
    except (ValueError, RecursionError):
        return None


def _plain(words: str, limit: int) -> Element:
    """Text in which Slack parses no markup; never empty, as Slack refuses that."""
    return {"type": "plain_text", "text": shorten(clean(words).strip(), limit) or "…", "emoji": False}


def header(words: str) -> Block:
    """A headline."""
    return {"type": "header", "text": _plain(" ".join(words.split()), _HEADER)}


def context(words: str, picture: str | None = None, described: str = "") -> Block:
    """A small grey line, after a small picture if its URL is given; `described` is its alternative text."""
    line = _plain(words, _PLAIN)
    if picture is None:
        return {"type": "context", "elements": [line]}
    alone = shorten(clean(described).strip(), _PLAIN) or "…"
    return {"type": "context", "elements": [{"type": "image", "image_url": picture, "alt_text": alone}, line]}


def picture(file: str, described: str) -> Block:
    """A picture that was uploaded to Slack, given the file's id; `described` is its alternative text."""
    return {"type": "image", "slack_file": {"id": file}, "alt_text": shorten(clean(described).strip(), _PLAIN) or "…"}


def without_pictures(blocks: Iterable[Block]) -> list[Block]:
    """Remove the pictures from context blocks."""
    return [_without_picture(block) if block["type"] == "context" else block for block in blocks]


def _without_picture(block: Block) -> Block:
    elements = block["elements"]
    assert isinstance(elements, list)  # noqa: S101 - it is `context`'s
    return block | {"elements": [each for each in elements if each["type"] != "image"]}


def section(words: str) -> Block:
    """A paragraph."""
    return {"type": "section", "text": _plain(words, _PLAIN)}


def divider() -> Block:
    """A thin line."""
    return {"type": "divider"}


def text(words: str, *, bold: bool = False, strike: bool = False, limit: int = _RICH) -> Element:
    """Words in rich text, shown as they are."""
    style = {name: True for name, on in (("bold", bold), ("strike", strike)) if on}
    element: Element = {"type": "text", "text": shorten(clean(words), limit) or "…"}
    return element | {"style": style} if style else element


def link(url: str | None, words: str) -> Element:
    """A link in rich text; only the words if no browser could open the URL."""
    address = urllib.parse.quote(url or "", safe=_ADDRESS, errors="replace")
    if not _OPENS.match(address) or len(address) > _LINK:
        return text(words)
    return {"type": "link", "url": address, "text": shorten(clean(words), _PLAIN) or "…"}


def markup_link(url: str, words: str) -> str | None:
    """A link in markup; None if the URL isn't allowed there."""
    fits = url.startswith(("https://", "http://")) and len(url) <= _LINK and not _NO_ADDRESS.search(url)
    return f"<{escape(clean(url))}|{escape(clean(words))}>" if fits else None


def quote(*elements: Element) -> Element:
    """A block quote in rich text."""
    return {"type": "rich_text_quote", "elements": list(elements)}


def bullets(lines: Iterable[Sequence[Element]]) -> Element:
    """A bulleted list in rich text."""
    items = [{"type": "rich_text_section", "elements": list(line)} for line in lines]
    return {"type": "rich_text_list", "style": "bullet", "elements": items}


def rich_text(*parts: Element | Sequence[Element]) -> Block:
    """A rich text block of quotes, lists and plain lines, the last given as a sequence of their elements."""
    return {
        "type": "rich_text",
        "elements": [
            part if isinstance(part, dict) else {"type": "rich_text_section", "elements": list(part)} for part in parts
        ],
    }


def user(id: str) -> Element:
    """Mention somebody in rich text, which pings them: only if they asked for it."""
    return {"type": "user", "user_id": id}


def user_group(id: str) -> Element:
    """Mention a user group in rich text, which pings its members: only if a manager chose that."""
    return {"type": "usergroup", "usergroup_id": id}


def channel(id: str) -> Element:
    """Name a channel in rich text."""
    return {"type": "channel", "channel_id": id}


def button(label: str, action: str, value: str, *, style: str | None = None, url: str | None = None) -> Element:
    """A button; Slack sends `value`, at most `VALUE` long, when it is pressed. It opens `url`, if given."""
    element: Element = {"type": "button", "text": _plain(label, _LABEL), "action_id": action, "value": value}
    return element | {name: given for name, given in (("style", style), ("url", url)) if given is not None}


def option(label: str, value: str, url: str | None = None) -> Element:
    """An option of a menu; Slack sends `value`, at most `OPTION_VALUE` long. In an `overflow` it opens `url`."""
    element: Element = {"text": _plain(label, _LABEL), "value": value}
    return element if url is None else element | {"url": url}


def overflow(action: str, openings: Sequence[Element]) -> Element:
    """A menu behind three dots, of one to `OPENED` options, each of which opens its URL."""
    return {"type": "overflow", "action_id": action, "options": list(openings[:OPENED])}


def static_select(placeholder: str, action: str, options: Sequence[Element]) -> Element:
    """A menu of one to `OPTIONS` options."""
    return _select("static_select", placeholder, action) | {"options": list(options[:OPTIONS])}


def external_select(placeholder: str, action: str, chosen: Element | None = None) -> Element:
    """A menu that loads its options while somebody types; `chosen` is preselected."""
    element = _select("external_select", placeholder, action) | {"min_query_length": 0}
    return element if chosen is None else element | {"initial_option": chosen}


def channel_select(placeholder: str, action: str) -> Element:
    """A menu of the workspace's channels."""
    shown = {"include": ["public", "private"], "exclude_bot_users": True}
    return _select("conversations_select", placeholder, action) | {"filter": shown}


def _select(kind: str, placeholder: str, action: str) -> Element:
    return {"type": kind, "placeholder": _plain(placeholder, _LABEL), "action_id": action}


def text_input(action: str, placeholder: str, *, longest: int, several_lines: bool = False) -> Element:
    """A text field of one line or several, which has the focus."""
    element: Element = {
        "type": "plain_text_input",
        "action_id": action,
        "multiline": several_lines,
        "max_length": longest,
        "placeholder": _plain(placeholder, 150),
    }
    return element | {"focus_on_load": True} if several_lines else element


def input_block(label: str, name: str, element: Element, *, optional: bool = False) -> Block:
    """A labelled field of a dialogue."""
    return {
        "type": "input",
        "block_id": name,
        "label": _plain(label, _PLAIN),
        "element": element,
        "optional": optional,
    }


def feedback(action: str, good: tuple[str, str], bad: tuple[str, str]) -> Block:
    """Two small thumbs, each given as label and value; a value is at most `VALUE` long."""
    buttons = {
        name: {"text": _plain(label, _LABEL), "value": value, "accessibility_label": label[:_LABEL]}
        for name, (label, value) in (("positive_button", good), ("negative_button", bad))
    }
    return {
        "type": "context_actions",
        "elements": [{"type": "feedback_buttons", "action_id": action, **buttons}],
    }


def actions(elements: Sequence[Element]) -> Block:
    """A row of buttons and menus, at least one."""
    return {"type": "actions", "elements": list(elements[:ACTIONS])}
