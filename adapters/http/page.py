"""Renders the OpenAPI document as one page for people, without scripts or external resources.

Pure: the document in, HTML out.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from html import escape
from typing import Any, Final

POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'"
"""The page's Content-Security-Policy."""

_STYLE: Final = (
    "body{font:16px/1.5 system-ui,sans-serif;max-width:50rem;margin:2rem auto;padding:0 1rem;"
    "color:#1d1d1f;background:#fff}code,pre{font:14px/1.5 ui-monospace,monospace;background:#f3f3f5;"
    "border-radius:4px}code{padding:.1em .3em}pre{padding:.7em 1em;overflow-x:auto}"
    "h2{margin-top:2.5rem}h2 code{font-size:1.1rem}"
    "td,th{text-align:left;vertical-align:top;padding:.2em 1em .2em 0}"
    "@media(prefers-color-scheme:dark){body{color:#e6e6e8;background:#161618}code,pre{background:#26262a}a{color:#8ab4f8}}"
)
_EXAMPLES: Final[Mapping[str, Any]] = {
    "question": "what did they say about comets?",
    "words": "a comet is a dirty snowball",
    "id": "EVIDENCE-ID",
}


def page(document: Mapping[str, Any], base: str) -> str:
    """Render a document as a page, with examples for the server at `base`."""
    info = document["info"]
    body = "".join(
        _operation(path, method, operation, base)
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
    )
    token = "<p>Every request needs <code>Authorization: Bearer TOKEN</code>.</p>" if "security" in document else ""
    return (
        '<!doctype html><html lang="en"><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>{escape(info['title'])}</title><style>{_STYLE}</style>"
        f"<h1>{escape(info['title'])} <small>{escape(info['version'])}</small></h1>"
        f"<p>{escape(info['description'])} Every reply is JSON; "
        f'<a href="openapi.json">openapi.json</a> describes it for programs.</p>{token}{body}</html>'
    )


def _operation(path: str, method: str, operation: Mapping[str, Any], base: str) -> str:
    about = "".join(f"<p>{_with_code(each)}</p>" for each in operation["description"].split("\n\n"))
    rows = "".join(
        f"<tr><td><code>{escape(name)}</code>{' *' if required else ''}</td><td>{_with_code(words)}</td></tr>"
        for name, words, required in _arguments(operation)
    )
    return (
        f"<h2><code>{escape(method.upper())} {escape(path)}</code></h2>{about}<table>{rows}</table>"
        f"<pre>{escape(_example(path, method, operation, base))}</pre>"
    )


def _with_code(words: str) -> str:
    """Render text in backticks as code."""
    return re.sub(r"`([^`]+)`", r"<code>\1</code>", escape(words))


def _arguments(operation: Mapping[str, Any]) -> Iterator[tuple[str, str, bool]]:
    for each in operation.get("parameters", ()):
        yield each["name"], each["description"], each["required"]
    if "requestBody" in operation:
        schema = operation["requestBody"]["content"]["application/json"]["schema"]
        for name, described in schema["properties"].items():
            yield name, described.get("description", ""), name in schema.get("required", ())


def _example(path: str, method: str, operation: Mapping[str, Any], base: str) -> str:
    needed = {name: _EXAMPLES.get(name, "comets") for name, _, required in _arguments(operation) if required}
    if method == "post":
        return f"curl {base}{path} --json '{json.dumps(needed)}'"
    inside = {name: value for name, value in needed.items() if f"{{{name}}}" in path}
    query = " ".join(f"--data-urlencode '{name}={value}'" for name, value in needed.items() if name not in inside)
    return f"curl {base}{path.format(**inside)}{f' --get {query}' if query else ''}"
