"""Draws the emoji on our buttons, since a machine that takes pictures may lack a font for them.

Pages hold all pictures themselves.
"""

from __future__ import annotations

from base64 import b64encode
from typing import Final

_BIN: Final = "M6 19c0 1.1.9 2 2 2h8c1.1 0 2-.9 2-2V7H6zM19 4h-3.5l-1-1h-5l-1 1H5v2h14z"
_THUMB: Final = (
    "M2 10h4v11H2zM22 11c0-1.1-.9-2-2-2h-6l1-4.6v-.3c0-.4-.2-.8-.4-1L13.5 2 7.6 8c-.4.3-.6.8-.6 1.4V19c0 1.1.9 2 2 2"
    "h8.5c.8 0 1.5-.5 1.8-1.2l2.6-6.3c.1-.2.1-.5.1-.8z"
)
_PHONES: Final = "M12 3a9 9 0 0 0-9 9v7c0 1.1.9 2 2 2h4v-8H5v-1a7 7 0 0 1 14 0v1h-4v8h4a2 2 0 0 0 2-2v-7a9 9 0 0 0-9-9z"
_ICONS: Final = {"🎧": (_PHONES, 0), "🗑": (_BIN, 0), "👍": (_THUMB, 0), "👎": (_THUMB, 180)}
"""Each emoji's SVG path, and its rotation in degrees."""


def with_icons(html: str) -> str:
    """Replace a page's emoji with drawings."""
    for emoji, (path, turned) in _ICONS.items():
        icon = f'<svg viewBox="0 0 24 24" style="transform:rotate({turned}deg)"><path d="{path}"/></svg>'
        html = html.replace(emoji, icon)
    return html


def data_url(picture: bytes) -> str:
    """Write a PNG as a URL."""
    return f"data:image/png;base64,{b64encode(picture).decode()}"
