"""Shows payloads for Discord much as Discord does: dark, with embeds, buttons and menus."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from html import escape
from pathlib import Path
from typing import Any, Final

from benchmarks.looks.icons import data_url, with_icons

_STYLE: Final = Path(__file__).with_name("discord.css").read_text("utf-8")


def page(
    question: str,
    content: str,
    embeds: Iterable[Mapping[str, Any]],
    components: Iterable[Any],
    *,
    command: str | None,
    picture: bytes | None = None,
) -> str:
    """Return a page with the question and the answer, which may have a picture attached."""
    asked = f"<div class=r>ada used <a>{command}</a></div>" if command else ""
    typed = "" if command else _message("ada", "p", f"<a>@Overheard</a> {escape(question)}")
    shown = "".join(_line(each) for each in content.split("\n")) + (f"<img src={data_url(picture)}>" if picture else "")
    shown += "".join(map(_embed, embeds)) + "".join(map(_row, components))
    return with_icons(
        f"<!doctype html><meta charset=utf-8><style>{_STYLE}</style>{typed}{_message('Overheard', '', shown, asked)}"
    )


def _line(line: str) -> str:
    small = line.startswith("-# ")
    return f"<div class={'f' if small else 'd'}>{_inline(line.removeprefix('-# '))}</div>"


def _message(name: str, kind: str, body: str, above: str = "") -> str:
    app = "" if kind else "<small>APP</small>"
    return (
        f'{above}<div class=m><div class="a {kind}">{name[0].upper()}</div><div><div class=n>{name}{app}</div>'
        f"{body}</div></div>"
    )


def _embed(embed: Mapping[str, Any]) -> str:
    footer = (embed.get("footer") or {}).get("text")
    parts = [
        f"<div class=t>{_markup(embed['title'])}</div>" if embed.get("title") else "",
        f"<div class=d>{_markup(embed.get('description') or '')}</div>",
        f"<div class=f>{escape(footer)}</div>" if footer else "",
    ]
    if embed.get("thumbnail"):
        parts.insert(0, "<div class=art></div>")
    return f'<div class=e style="border-color:#{embed["color"]:06x}">{"".join(parts)}</div>'


def _row(row: Mapping[str, Any]) -> str:
    return f"<div class=row>{''.join(map(_component, row['components']))}</div>"


def _component(part: Mapping[str, Any]) -> str:
    if part["type"] == 3:
        return f"<div class=s><span>{escape(part['placeholder'])}</span><span>⌄</span></div>"
    arrow = " ↗" if part.get("url") else ""
    return f'<div class="b s{part["style"]}">{escape(part["label"])}{arrow}</div>'


def _markup(text: str) -> str:
    lines = []
    for line in text.split("\n"):
        words = _inline(line.removeprefix("> "))
        lines.append(f"<blockquote>{words}</blockquote>" if line.startswith("> ") else f"{words}<br>")
    return "".join(lines)


def _inline(line: str) -> str:
    kept = re.sub(r"\\(.)", lambda found: f"\x00{ord(found[1]):x};", line)
    shown = re.sub(r"\*\*(.+?)\*\*", r"<b>\1</b>", escape(kept, quote=False))
    shown = re.sub(r"~~(.+?)~~", r"<s>\1</s>", shown)
    shown = re.sub(r"\[([^\]]+)\]\([^)]+\)", r"<a>\1</a>", shown)
    shown = re.sub(r"^- ", "• ", shown)
    return re.sub("\x00([0-9a-f]+);", lambda found: escape(chr(int(found[1], 16))), shown)
