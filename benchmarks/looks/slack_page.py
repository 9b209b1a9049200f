"""Shows blocks much as Slack does: light, with buttons and menus."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape
from pathlib import Path
from typing import Any, Final

from benchmarks.looks.icons import data_url, with_icons

_STYLE: Final = Path(__file__).with_name("slack.css").read_text("utf-8")
_PICTURE: Final = "uploaded.png"
_STYLES: Final = (("bold", "b"), ("strike", "s"), ("italic", "i"))


def page(
    question: str, blocks: Iterable[Mapping[str, Any]], *, command: str | None, picture: bytes | None = None
) -> str:
    """Return a page with the question and the answer, which may show an uploaded picture."""
    typed = "" if command else _message("ada", "p", f"<a>@Overheard</a> {escape(question)}")
    shown = _message("Overheard", "", "".join(f"<div class=k>{_block(block)}</div>" for block in blocks))
    made = with_icons(f"<!doctype html><meta charset=utf-8><style>{_STYLE}</style>{typed}{shown}")
    return made.replace(_PICTURE, data_url(picture)) if picture else made


def _message(name: str, kind: str, body: str) -> str:
    app = "" if kind else "<small>APP</small>"
    return (
        f'<div class=m><div class="a {kind}">{name[0].upper()}</div><div class=w><div class=n>{name}{app}</div>'
        f"{body}</div></div>"
    )


def _block(block: Mapping[str, Any]) -> str:
    match block:
        case {"type": "header", "text": {"text": text}}:
            return f"<div class=h>{escape(text)}</div>"
        case {"type": "section", "text": {"text": text}}:
            return escape(text)
        case {"type": "context", "elements": elements}:
            return f"<div class=c>{''.join(map(_small, elements))}</div>"
        case {"type": "rich_text", "elements": elements}:
            return "".join(map(_rich, elements))
        case {"type": "actions", "elements": elements}:
            return f"<div class=row>{''.join(map(_element, elements))}</div>"
        case {"type": "image"}:
            return f"<img src={_PICTURE}>"
        case {"type": "context_actions"}:
            return "<div class=c>👍 👎</div>"
        case _:
            return ""


def _small(element: Mapping[str, Any]) -> str:
    return "<i></i>" if element["type"] == "image" else f"<span>{escape(element['text'])}</span>"


def _rich(part: Mapping[str, Any]) -> str:
    if part["type"] == "rich_text_list":
        return f"<ul>{''.join(f'<li>{_rich(each)}</li>' for each in part['elements'])}</ul>"
    words = "".join(map(_leaf, part["elements"])).replace("\n", "<br>")
    return f"<blockquote>{words}</blockquote>" if part["type"] == "rich_text_quote" else f"<div>{words}</div>"


def _leaf(leaf: Mapping[str, Any]) -> str:
    words = escape(leaf.get("text", ""))
    if leaf["type"] == "link":
        return f"<a>{words}</a>"
    for name, tag in _STYLES:
        if leaf.get("style", {}).get(name):
            words = f"<{tag}>{words}</{tag}>"
    return words


def _element(element: Mapping[str, Any]) -> str:
    if element["type"] == "button":
        return f"<div class=b>{escape(element['text']['text'])}</div>"
    if element["type"] == "overflow":
        return "<div class=b>⋯</div>"
    return f"<div class=b style='font-weight:400'>{escape(element['placeholder']['text'])} ⌄</div>"
