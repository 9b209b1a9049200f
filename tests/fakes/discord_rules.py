"""What Discord accepts in a request's body: its own API description where that is at hand, and what that leaves unsaid.

For the stand-in server and for the tests in the process alike; answers with complaints, never raises.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Final, TypeAlias

Json: TypeAlias = Any
"""What came over the wire."""

_BESIDE: Final = Path(__file__).parents[3] / "shared" / "spec" / "discord-openapi.json"
SPEC = Path(os.environ.get("DISCORD_API_SPEC") or _BESIDE)
"""Discord's description; not part of this project, and not needed for the other checks."""

_COMMAND_NAME = re.compile(r"[-_'\w]{1,32}")
_MENU_NAME = re.compile(r"[-_'\w ?]{1,32}")
_LIVE = re.compile(r"@everyone|@here|<@[!&]?\d|<#\d|<a?:\w+:\d|</[^:]+:\d|<t:\d|<id:\w")
_BARE_LINK = re.compile(r"https?://|discord(?:app)?\.(?:gg|com)/|<\w+@\w")
_BUTTON_URL = re.compile(r"https?://(?:[A-Za-z0-9-]+\.)+[A-Za-z]{2,}(?::\d+)?(?:[/?#][!-~]*)?")
_MASKED_LINK = re.compile(r"(?<!\\)(?:\\\\)*\]\((https?://[^\s()<>]+)\)")


def complaints(method: str, path: str, body: Json) -> list[str]:
    """Say what Discord would refuse about a request, and what it would let through but nobody wants."""
    return [*_by_the_spec(method, path, body), *_by_hand(method, path, body)]


def _by_hand(method: str, path: str, body: Json) -> Iterator[str]:
    if _has_lone_surrogate(body):
        yield "a lone surrogate is no text"
    if path.endswith("/callback"):
        yield from _callback(body)
    elif path.endswith("/commands") and method == "PUT":
        yield from _commands(body)
    elif _is_message(method, path):
        yield from _message(body, new=method == "POST")


def _callback(body: Json) -> Iterator[str]:
    data = body.get("data") or {}
    match body["type"]:
        case 4:
            yield from _message(data, new=True)
        case 7:
            yield from _message(data, new=False)
        case 8:
            choices = data.get("choices", [])
            if len(choices) > 25:
                yield f"{len(choices)} choices show nothing at all"
            for choice in choices:
                if not 1 <= _size(choice["name"]) <= 100 or not 1 <= _size(choice["value"]) <= 100:
                    yield f"a choice's name and value have 1 to 100 characters: {choice}"
        case 5 | 6:
            pass
        case 9:
            if not 1 <= _size(data["title"]) <= 45:
                yield f"a form's title has 1 to 45 characters: {data['title']!r}"
            yield from (f"{_size(data['custom_id'])} characters of id" for _ in [1] if _size(data["custom_id"]) > 100)
        case other:
            yield f"no callback of type {other} is expected"


def _message(body: Json, *, new: bool) -> Iterator[str]:
    content, embeds, components = body.get("content") or "", body.get("embeds") or [], body.get("components") or []
    if not content.strip() and not embeds:
        yield "an empty message"
    if _size(content) > 2000:
        yield f"{_size(content)} characters of content"
    if new and (body.get("allowed_mentions") or {}).get("parse") != []:
        yield "mentions are not switched off"
    if (body.get("allowed_mentions") or {}).get("replied_user"):
        yield "the asker would be pinged"
    invited = (body.get("allowed_mentions") or {}).get("users") or []
    roles = (body.get("allowed_mentions") or {}).get("roles") or []
    called = [f"<@{id}> " for id in invited] + [f"<@&{id}> " for id in roles]
    texts = [content.removeprefix(called[0]) if len(called) == 1 else content]
    total = 0
    for embed in embeds:
        parts = {"title": 256, "description": 4096}
        sizes = {part: _size(embed.get(part) or "") for part in parts}
        footer = _size((embed.get("footer") or {}).get("text") or "")
        yield from (f"{sizes[part]} characters of {part}" for part, most in parts.items() if sizes[part] > most)
        if footer > 2048:
            yield f"{footer} characters of footer"
        if not any(sizes.values()):
            yield "an empty embed"
        total += sum(sizes.values()) + footer
        texts += [
            embed.get("title") or "",
            embed.get("description") or "",
            (embed.get("footer") or {}).get("text") or "",
        ]
    if total > 6000:
        yield f"{total} characters over all embeds"
    for text in texts:
        yield from live(text)
    yield from _components(components)


def live(text: str) -> Iterator[str]:
    """Say what in a text would ping, or be more than the words it is made of."""
    if found := _LIVE.search(text):
        yield f"a live token: {found[0]!r}"
    if found := _BARE_LINK.search(_MASKED_LINK.sub("", text)):
        yield f"a bare link: {found[0]!r}"


def _components(rows: list[Json]) -> Iterator[str]:
    if len(rows) > 5:
        yield f"{len(rows)} rows"
    ids = []
    for row in rows:
        if row["type"] != 1 or not row["components"]:
            yield "a row without components"
            continue
        if len(row["components"]) > (5 if row["components"][0]["type"] == 2 else 1):
            yield "too many components in a row"
        for part in row["components"]:
            if part.get("style") == 5:
                if "custom_id" in part or len(part["url"]) > 512 or not _BUTTON_URL.fullmatch(part["url"]):
                    yield f"a link button to {part['url']!r}"
            else:
                ids.append(part["custom_id"])
                if not 1 <= len(part["custom_id"]) <= 100:
                    yield f"a custom_id of {len(part['custom_id'])} characters"
            if part["type"] == 2 and not 1 <= _size(part.get("label") or "") <= 80:
                yield f"a button label of {_size(part.get('label') or '')} characters"
            if part["type"] == 3:
                yield from _select(part)
    if len(set(ids)) < len(ids):
        yield f"a custom_id comes twice: {ids}"


def _select(part: Json) -> Iterator[str]:
    options = part["options"]
    if not 1 <= len(options) <= 25:
        yield f"{len(options)} options in a select"
    if len({option["value"] for option in options}) < len(options):
        yield "an option's value comes twice"
    for option in options:
        if not 1 <= _size(option["label"]) <= 100 or not 1 <= len(option["value"]) <= 100:
            yield f"an option's label and value have 1 to 100 characters: {option}"
    if _size(part.get("placeholder") or "") > 150:
        yield "a placeholder of over 150 characters"


def _localized(named: Json) -> Iterator[str]:
    """Say what is wrong with the names of commands, or of one command's options, in other languages."""
    taken: set[tuple[str, int, str]] = set()
    for each in named:
        is_menu = "description" not in each
        for language, name in (each.get("name_localizations") or {}).items():
            if not (_MENU_NAME if is_menu else _COMMAND_NAME).fullmatch(name) or not (is_menu or name == name.lower()):
                yield f"{each['name']} can't be called {name!r} in {language}"
            key = language, each["type"] if is_menu else 0, name
            if key in taken:
                yield f"two commands or options are called {name!r} in {language}"
            taken.add(key)


def _commands(body: Json) -> Iterator[str]:
    yield from _localized(body)
    for command in body:
        yield from _localized(command.get("options", []))
        is_menu = command["type"] != 1
        if not (_MENU_NAME if is_menu else _COMMAND_NAME).fullmatch(command["name"]):
            yield f"a command can't be called {command['name']!r}"
        if not is_menu and command["name"] != command["name"].lower():
            yield f"a command's name is in lower case: {command['name']!r}"
        if not is_menu and not 1 <= len(command["description"]) <= 100:
            yield f"the description of {command['name']} has {len(command['description'])} characters"
        required = [bool(option.get("required")) for option in command.get("options", [])]
        if required != sorted(required, reverse=True):
            yield f"{command['name']} has a required option after an optional one"
        for option in command.get("options", []):
            if not _COMMAND_NAME.fullmatch(option["name"]) or not 1 <= len(option["description"]) <= 100:
                yield f"the option {option['name']!r} of {command['name']} has no good name or description"


def _is_message(method: str, path: str) -> bool:
    if method == "POST":
        return path.endswith("/messages") or re.fullmatch(r"/webhooks/\d+/[^/]+", path) is not None
    return method == "PATCH" and "/messages/" in path


def _size(text: str) -> int:
    """UTF-16 units: what Discord's clients count, never fewer than its servers do."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _has_lone_surrogate(body: Json) -> bool:
    try:
        json.dumps(body, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return True
    return False


def _by_the_spec(method: str, path: str, body: Json) -> tuple[str, ...]:
    schema = _schema_for(method, path) if SPEC.exists() else None
    return () if schema is None or body is None else _told(json.dumps(schema), json.dumps(body))


@lru_cache(maxsize=500)
def _told(schema: str, body: str) -> tuple[str, ...]:
    """Look once at what is sent again and again: each bot of these tests registers the same commands."""
    errors = _validator(schema).iter_errors(json.loads(body))
    return tuple(f"{'/'.join(map(str, error.absolute_path))}: {error.message[:300]}" for error in errors)


def _schema_for(method: str, path: str) -> Json:
    for template, operations in _spec()["paths"].items():
        if re.fullmatch(re.sub(r"\{\w+\}", "[^/]+", template), path) and method.lower() in operations:
            content = operations[method.lower()].get("requestBody", {}).get("content", {})
            if "application/json" in content:
                return content["application/json"]["schema"]
    return None


@cache
def _spec() -> Json:
    spec = json.loads(SPEC.read_text("utf-8"))
    # Discord takes a snowflake as a number, too; discord.py sends both.
    spec["components"]["schemas"]["SnowflakeType"] = {"type": ["string", "integer"]}
    return spec


@cache
def _validator(schema: str) -> Json:
    from jsonschema import Draft202012Validator
    from referencing import Registry, Resource
    from referencing.jsonschema import DRAFT202012

    registry = Registry().with_resource("urn:discord", Resource.from_contents(_spec(), DRAFT202012))
    absolute = schema.replace('"#/components', '"urn:discord#/components')
    return Draft202012Validator(json.loads(absolute), registry=registry)
