"""Judges messages and views as strictly as Slack does, and says what it would refuse.

Asks the SDK's models first, then checks what they let pass. Knows nothing of answers.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from slack_sdk.errors import SlackObjectFormationError
from slack_sdk.models.blocks import Block

Json = Mapping[str, Any]

_MESSAGE_BLOCKS, _VIEW_BLOCKS = 50, 100
_MENTION = re.compile(r"<(?:!|@|#)")

# A block or element: the keys it may have, those it must have.
_KEYS: dict[str, tuple[set[str], set[str]]] = {
    "header": ({"type", "text", "block_id"}, {"text"}),
    "section": ({"type", "text", "block_id", "fields", "accessory", "expand"}, set()),
    "context": ({"type", "elements", "block_id"}, {"elements"}),
    "divider": ({"type", "block_id"}, set()),
    "actions": ({"type", "elements", "block_id"}, {"elements"}),
    "input": (
        {"type", "label", "element", "block_id", "optional", "hint", "dispatch_action"},
        {"label", "element"},
    ),
    "rich_text": ({"type", "elements", "block_id"}, {"elements"}),
    # https://docs.slack.dev/reference/block-kit/blocks/context-actions-block, in messages alone
    "context_actions": ({"type", "elements", "block_id"}, {"elements"}),
    "feedback_buttons": (
        {"type", "action_id", "positive_button", "negative_button"},
        {"positive_button", "negative_button"},
    ),
    "button": ({"type", "text", "action_id", "value", "style", "url", "confirm"}, {"text", "action_id"}),
    "static_select": (
        {"type", "placeholder", "action_id", "options", "initial_option", "focus_on_load"},
        {"action_id", "options"},
    ),
    "overflow": ({"type", "action_id", "options", "confirm"}, {"action_id", "options"}),
    "external_select": (
        {"type", "placeholder", "action_id", "min_query_length", "initial_option", "focus_on_load"},
        {"action_id"},
    ),
    "conversations_select": ({"type", "placeholder", "action_id", "filter"}, {"action_id"}),
    "plain_text_input": (
        {"type", "action_id", "multiline", "max_length", "min_length", "placeholder", "initial_value", "focus_on_load"},
        {"action_id"},
    ),
    "image": ({"type", "image_url", "slack_file", "alt_text"}, {"alt_text"}),
    "plain_text": ({"type", "text", "emoji"}, {"text"}),
    "mrkdwn": ({"type", "text", "verbatim"}, {"text"}),
    "rich_text_section": ({"type", "elements"}, {"elements"}),
    "rich_text_quote": ({"type", "elements", "border"}, {"elements"}),
    "rich_text_preformatted": ({"type", "elements", "border"}, {"elements"}),
    "rich_text_list": ({"type", "elements", "style", "indent", "offset", "border"}, {"elements", "style"}),
    "text": ({"type", "text", "style"}, {"text"}),
    "link": ({"type", "url", "text", "style", "unsafe"}, {"url"}),
    "user": ({"type", "user_id", "style"}, {"user_id"}),
    "usergroup": ({"type", "usergroup_id", "style"}, {"usergroup_id"}),
    "channel": ({"type", "channel_id", "style"}, {"channel_id"}),
}
_IDS = {"user": "[UW][A-Z0-9]+", "usergroup": "S[A-Z0-9]+", "channel": "[CG][A-Z0-9]+"}
_IN_MESSAGES = {"header", "section", "context", "divider", "actions", "rich_text"}
_ONLY_IN_MESSAGES = {"context_actions", "image"}
_INTERACTIVE = {"button", "static_select", "external_select"}


def message_problems(body: Json) -> list[str]:
    """What Slack would refuse, or show otherwise than it is meant, in a message."""
    return list(_message(body))


def comment_problems(markup: str) -> Iterator[str]:
    """What Slack would show otherwise than it is meant above a file: markup, in which links alone are wanted."""
    yield from _no_markup(re.sub(r"<https?://[^\s<>|]+\|[^<>|]+>", "", markup), "comment")


def view_problems(view: Json) -> list[str]:
    """What Slack would refuse in a view."""
    return list(_view(view))


def _thumbs(element: Json, actions: list[str]) -> Iterator[str]:
    yield from _keys(element)
    if element["type"] != "feedback_buttons":
        yield f"{element['type']} among context actions"
        return
    actions.append(element["action_id"])
    for thumb in (element["positive_button"], element["negative_button"]):
        if set(thumb) - {"text", "value", "accessibility_label"}:
            yield f"a thumb with {sorted(thumb)}"
        yield from _plain(thumb["text"], 75, "thumb")
        if not 0 < len(thumb["value"]) <= 2000:
            yield f"a value of {len(thumb['value'])} characters"
        if len(thumb.get("accessibility_label", "")) > 75:
            yield "a label for screen readers over 75"


def _message(body: Json) -> Iterator[str]:
    text = body.get("text")
    if not isinstance(text, str) or not text.strip():
        yield "no text to fall back on"
        text = ""
    if len(text) > 4000:
        yield f"a text of {len(text)} characters"
    yield from _no_markup(text, "text")
    if _lone_surrogate(json.dumps(body, ensure_ascii=False)):
        yield "half a surrogate pair"
    for setting, harmless in (("unfurl_links", False), ("unfurl_media", False), ("parse", "none"), ("mrkdwn", False)):
        if body.get(setting) != harmless:
            yield f"{setting} is {body.get(setting)!r}"
    if body.get("link_names"):
        yield "link_names is on"
    blocks = body.get("blocks", [])
    yield from _no_mention(blocks)
    if len(blocks) > _MESSAGE_BLOCKS:
        yield f"{len(blocks)} blocks"
    yield from _blocks(blocks, _IN_MESSAGES | _ONLY_IN_MESSAGES)


def _view(view: Json) -> Iterator[str]:
    kind = view.get("type")
    keys = {"type", "blocks", "private_metadata", "callback_id", "external_id"}
    if kind == "modal":
        keys |= {"title", "submit", "close", "clear_on_close", "notify_on_close"}
        for part in ("title", "submit", "close"):
            if part in view:
                yield from _plain(view[part], 24, part)
        if "title" not in view:
            yield "a dialogue without a title"
        if "submit" not in view and any(block["type"] == "input" for block in view["blocks"]):
            yield "an input without submit"
    elif kind != "home":
        yield f"a view of type {kind!r}"
    if extra := set(view) - keys:
        yield f"unknown keys in a view: {sorted(extra)}"
    if not 0 < len(view["blocks"]) <= _VIEW_BLOCKS:
        yield f"{len(view['blocks'])} blocks in a view"
    yield from _no_mention(view["blocks"])
    allowed = _IN_MESSAGES | ({"input"} if kind == "modal" else set())
    yield from _blocks(view["blocks"], allowed)


def _blocks(blocks: Sequence[Json], allowed: set[str]) -> Iterator[str]:
    actions: list[str] = []
    names = [block["block_id"] for block in blocks if "block_id" in block]
    if len(names) != len(set(names)):
        yield "two blocks of the same block_id"
    for block in blocks:
        if block.get("type") not in allowed:
            yield f"a block of type {block.get('type')!r}"
            continue
        yield from _by_the_sdk(block)
        yield from _block(block, actions)
    if len(actions) != len(set(actions)):
        yield f"duplicate action_id in {actions}"


def _by_the_sdk(block: Json) -> Iterator[str]:
    try:
        for parsed in Block.parse_all([dict(block)]):
            parsed.to_dict()
    except SlackObjectFormationError as error:
        yield f"{block['type']}: {error}"


def _block(block: Json, actions: list[str]) -> Iterator[str]:
    yield from _keys(block)
    match block["type"]:
        case "header":
            yield from _plain(block["text"], 150, "header")
        case "section":
            if "text" in block:
                yield from _any_text(block["text"], 3000, "section")
            elif not block.get("fields"):
                yield "a section without text"
            for field in block.get("fields", []):
                yield from _any_text(field, 2000, "field")
            if "accessory" in block:
                yield from _element(block["accessory"], actions)
        case "context":
            if not 0 < len(block["elements"]) <= 10:
                yield f"{len(block['elements'])} elements of context"
            for element in block["elements"]:
                yield from _image(element) if element["type"] == "image" else _any_text(element, 2000, "context")
        case "actions":
            if not 0 < len(block["elements"]) <= 25:
                yield f"{len(block['elements'])} actions"
            for element in block["elements"]:
                yield from _element(element, actions)
        case "context_actions":
            if not 0 < len(block["elements"]) <= 5:
                yield f"{len(block['elements'])} context actions"
            for element in block["elements"]:
                yield from _thumbs(element, actions)
        case "input":
            yield from _plain(block["label"], 2000, "label")
            yield from _element(block["element"], actions)
        case "rich_text":
            yield from _rich(block["elements"])
        case "image":
            yield from _image(block)


def _keys(thing: Json) -> Iterator[str]:
    kind = thing.get("type")
    if kind not in _KEYS:
        yield f"unknown type {kind!r}"
        return
    allowed, needed = _KEYS[kind]
    if extra := set(thing) - allowed:
        yield f"unknown keys in {kind}: {sorted(extra)}"
    if missing := needed - set(thing):
        yield f"missing keys in {kind}: {sorted(missing)}"
    if len(thing.get("block_id", "")) > 255:
        yield "a block_id over 255"


def _plain(text: Json, limit: int, where: str) -> Iterator[str]:
    yield from _keys(text)
    if text.get("type") != "plain_text":
        yield f"{where} is not plain text"
    if text.get("emoji") is not False:
        yield f"emoji in {where}"
    if not 0 < len(text["text"]) <= limit or not text["text"].strip():
        yield f"{where} of {len(text['text'])} characters"


def _any_text(text: Json, limit: int, where: str) -> Iterator[str]:
    if text.get("type") == "mrkdwn":
        yield from _keys(text)
        yield from _no_markup(text["text"], where)
        if not 0 < len(text["text"]) <= limit:
            yield f"{where} of {len(text['text'])} characters"
    else:
        yield from _plain(text, limit, where)


def _image(image: Json) -> Iterator[str]:
    yield from _keys(image)
    match image:
        case {"slack_file": {"id": str(id), **others}} if re.fullmatch("F[A-Z0-9]+", id) and not others:
            pass
        case {"image_url": str(url)} if _opens(url) and "slack_file" not in image:
            pass
        case _:
            yield f"a picture at {image!r}"
    if not 0 < len(image["alt_text"]) <= 2000:
        yield f"a picture described in {len(image['alt_text'])} characters"


def _element(element: Json, actions: list[str]) -> Iterator[str]:
    yield from _keys(element)
    actions.append(element["action_id"])
    if not 0 < len(element["action_id"]) <= 255:
        yield "an action_id over 255"
    match element["type"]:
        case "button":
            yield from _plain(element["text"], 75, "button")
            if not 0 < len(element.get("value", "x")) <= 2000:
                yield f"a value of {len(element['value'])} characters"
            if element.get("style", "primary") not in {"primary", "danger"}:
                yield f"style {element['style']}"
        case "static_select":
            if not 0 < len(element["options"]) <= 100:
                yield f"{len(element['options'])} options"
            yield from options_problems(element["options"])
        case "overflow":
            if not 0 < len(element["options"]) <= 5:
                yield f"{len(element['options'])} lines behind the dots"
            yield from options_problems([{k: v for k, v in each.items() if k != "url"} for each in element["options"]])
            yield from (f"a line to {url!r}" for each in element["options"] if not _opens(url := each.get("url", "")))
    if "placeholder" in element:
        yield from _plain(element["placeholder"], 150, "placeholder")


def _opens(url: str) -> bool:
    return re.fullmatch(r"https?://[^\s<>|]{1,2990}", url) is not None


def options_problems(options: Sequence[Json]) -> Iterator[str]:
    """What Slack would refuse in the lines of a menu."""
    if len(options) > 100:
        yield f"{len(options)} options"
    for option in options:
        if set(option) != {"text", "value"}:
            yield f"an option with {sorted(option)}"
        yield from _plain(option["text"], 75, "option")
        if not 0 < len(option["value"]) <= 150:
            yield f"an option's value of {len(option['value'])} characters"


def _rich(elements: Sequence[Json]) -> Iterator[str]:
    if not elements:
        yield "an empty rich_text"
    for element in elements:
        yield from _keys(element)
        match element["type"]:
            case "rich_text_list":
                yield from _rich(element["elements"])
            case "rich_text_section" | "rich_text_quote" | "rich_text_preformatted":
                yield from _leaves(element["elements"])


def _leaves(leaves: Sequence[Json]) -> Iterator[str]:
    if not leaves:
        yield "an empty line of rich text"
    if sum(len(leaf.get("text", "")) for leaf in leaves) > 4000:
        yield "a line of rich text over 4000"
    for leaf in leaves:
        yield from _keys(leaf)
        if leaf["type"] in _IDS:
            pattern, id = _IDS[leaf["type"]], leaf[f"{leaf['type']}_id"]
            if not re.fullmatch(pattern, id):
                yield f"{id!r} is no {leaf['type']}"
            continue
        if leaf["type"] not in {"text", "link"}:
            yield f"{leaf['type']} in rich text"
        if not leaf.get("text"):
            yield "empty rich text"
        if set(leaf.get("style", {})) - {"bold", "italic", "strike", "code"}:
            yield f"style {leaf['style']}"
        if leaf["type"] == "link" and not _opens(leaf["url"]):
            yield f"a link to {leaf['url']!r}"


def _no_mention(shown: object) -> Iterator[str]:
    """Anything like a mention, even where Slack reads no markup."""
    match shown:
        case str() if found := _MENTION.search(shown):
            yield f"a mention in a block: {shown[found.start() : found.start() + 20]!r}"
        case list() | tuple():
            for each in shown:
                yield from _no_mention(each)
        case dict():
            for each in shown.values():
                yield from _no_mention(each)


def _no_markup(text: str, where: str) -> Iterator[str]:
    if found := _MENTION.search(text):
        yield f"a live mention in {where}: {text[found.start() : found.start() + 20]!r}"
    if re.search(r"[<>]", text):
        yield f"live markup in {where}"
    if re.search(r"&(?!amp;|lt;|gt;)", text):
        yield f"a bare or broken entity in {where}"


def _lone_surrogate(text: str) -> bool:
    return any("\ud800" <= character <= "\udfff" for character in text)
