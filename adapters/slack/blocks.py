"""Slack's building blocks: one function a block, each within Slack's limits whatever it is given.

No answers and no wording here. Words that came from outside go into plain text or rich text, where Slack
interprets nothing; `escape` is for the one place that it does read as markup, a message's `text`.
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
"""Elements in one actions block."""

OPTIONS = 100
"""Options in one select menu."""

VALUE = 2000
"""Characters in a button's value."""

OPTION_VALUE = 150
"""Characters in an option's value."""

OPENED = 5
"""Lines in one menu that opens addresses."""

_HEADER = 150
_PLAIN = 2000
_LABEL = 75
_LINK = 2990  # Slack takes 3,000
_ADDRESS = "%/:?#[]@!$&'()*+,;="
"""What stands in an address as it is, beside letters and digits; of the rest, Slack refuses some."""
_OPENS = re.compile(r"https?://[^/]")
# Slack names no limit for rich text and refuses very long ones (msg_blocks_too_long); a section's is safe.
_RICH = 3000

# Characters that turn the writing direction of what follows them, beyond the words they came with.
_OVERRIDES = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


# An invisible joiner keeps what looks like a mention from being one to the bridges, exports and bots that read
# Slack's messages less carefully than Slack does.
_MENTION = re.compile(r"<(?=[!@#])")
_UNMENTIONED = "<\u2060"
_NO_ADDRESS = re.compile(r"[\s<>|]")


def clean(words: str) -> str:
    """Take out controls, direction overrides and halves of surrogate pairs, and break what looks like a mention."""
    if not (words.isascii() and words.isprintable()):
        kept = (each for each in words if each in "\n\t" or unicodedata.category(each) not in {"Cc", "Cs"})
        words = "".join(each for each in kept if each not in _OVERRIDES)
    return _MENTION.sub(_UNMENTIONED, words)


def shorten(words: str, limit: int) -> str:
    """Cut at a word, with an ellipsis, so that at most `limit` characters are left."""
    if len(words) <= limit:
        return words
    cut = words[: limit - 1]
    at_word = cut.rpartition(" ")[0]
    kept = at_word if len(at_word) > limit // 2 else cut
    return kept.rstrip() + "…"


def escape(words: str) -> str:
    """Defuse Slack's markup: without `<` nothing can mention, link or name a channel."""
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
    """Whether a control can carry this value and bring it back unchanged."""
    return 0 < len(value) <= limit and not any("\ud800" <= character <= "\udfff" for character in value)


def carrying(what: object) -> str:
    """Write JSON for a control to carry, with `<` as JSON's escape for it: no value looks like a mention."""
    return json.dumps(what, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")


def carried(value: str) -> object:
    """Read the JSON that a control carries; None for what is none."""
    try:
        return json.loads(value)
    except (ValueError, RecursionError):
        return None


def _plain(words: str, limit: int) -> Element:
    """Text in which Slack reads no markup; never empty, which Slack refuses."""
    return {"type": "plain_text", "text": shorten(clean(words).strip(), limit) or "…", "emoji": False}


def header(words: str) -> Block:
    """A headline."""
    return {"type": "header", "text": _plain(" ".join(words.split()), _HEADER)}


def context(words: str, picture: str | None = None, described: str = "") -> Block:
    """A small grey line, behind a small picture if there is the address of one; `described` is for who can't see it."""
    line = _plain(words, _PLAIN)
    if picture is None:
        return {"type": "context", "elements": [line]}
    alone = shorten(clean(described).strip(), _PLAIN) or "…"
    return {"type": "context", "elements": [{"type": "image", "image_url": picture, "alt_text": alone}, line]}


def without_pictures(blocks: Iterable[Block]) -> list[Block]:
    """Take the pictures out of small grey lines."""
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
    """Words in rich text that open an address; just the words where there is none that a browser could open."""
    address = urllib.parse.quote(url or "", safe=_ADDRESS, errors="replace")
    if not _OPENS.match(address) or len(address) > _LINK:
        return text(words)
    return {"type": "link", "url": address, "text": shorten(clean(words), _PLAIN) or "…"}


def markup_link(url: str, words: str) -> str | None:
    """Words that open an address, in markup; None for an address that can't stand there."""
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
    """Name somebody in rich text, who is pinged: for whom asked for it alone."""
    return {"type": "user", "user_id": id}


def user_group(id: str) -> Element:
    """Name a user group in rich text, whose members are pinged: only where somebody who may chose that."""
    return {"type": "usergroup", "usergroup_id": id}


def channel(id: str) -> Element:
    """Name a channel in rich text."""
    return {"type": "channel", "channel_id": id}


def button(label: str, action: str, value: str, *, style: str | None = None, url: str | None = None) -> Element:
    """A button; `value` comes back when it is pressed and has to fit `VALUE`. It opens `url`, if there is one."""
    element: Element = {"type": "button", "text": _plain(label, _LABEL), "action_id": action, "value": value}
    return element | {name: given for name, given in (("style", style), ("url", url)) if given is not None}


def option(label: str, value: str, url: str | None = None) -> Element:
    """One line of a menu; `value` comes back and has to fit `OPTION_VALUE`. In an `overflow` it opens `url`."""
    element: Element = {"text": _plain(label, _LABEL), "value": value}
    return element if url is None else element | {"url": url}


def overflow(action: str, openings: Sequence[Element]) -> Element:
    """A small menu behind three dots, of at most `OPENED` lines, at least one, each of which opens its address."""
    return {"type": "overflow", "action_id": action, "options": list(openings[:OPENED])}


def static_select(placeholder: str, action: str, options: Sequence[Element]) -> Element:
    """A menu of at most `OPTIONS` lines, at least one."""
    return _select("static_select", placeholder, action) | {"options": list(options[:OPTIONS])}


def external_select(placeholder: str, action: str, chosen: Element | None = None) -> Element:
    """A menu whose lines are asked for while somebody types; `chosen` is the option picked at first."""
    element = _select("external_select", placeholder, action) | {"min_query_length": 0}
    return element if chosen is None else element | {"initial_option": chosen}


def channel_select(placeholder: str, action: str) -> Element:
    """A menu of the workspace's channels."""
    shown = {"include": ["public", "private"], "exclude_bot_users": True}
    return _select("conversations_select", placeholder, action) | {"filter": shown}


def _select(kind: str, placeholder: str, action: str) -> Element:
    return {"type": kind, "placeholder": _plain(placeholder, _LABEL), "action_id": action}


def text_input(action: str, placeholder: str, *, longest: int, several_lines: bool = False) -> Element:
    """A box to type a line into, or several, which is where typing begins."""
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
    """Two small thumbs, given as what each means and its value, which has to fit `VALUE`."""
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
