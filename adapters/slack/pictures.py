"""A quotation as a picture to pass on: drawn beside the loop, and made into a file that says what it shows.

How it looks is whoever draws it's business, where it is shared the outbox's.
"""

from __future__ import annotations

import asyncio
from typing import Final

from bot.port.cards import Draw, NotDrawn, Shape
from bot.port.messages import Assistant, Evidence, Found, ItemId
from bot.port.wording import STALE, byline, label, listen, moment

from . import blocks as b
from .calls import File
from .render import Message, notice

SCOPE: Final = "files:write"
"""What the bot token has to be allowed for it."""
IN_PRIVATE: Final = "The picture is in our direct messages."
NOT_SENT: Final = "I couldn't send the picture. Please try again later."

_NAME: Final = "quotation.png"
_DESCRIBED: Final = 1000
_SAID: Final = 600
_TITLED: Final = 100


class Pictures:
    """Draws what was said; None draws nothing."""

    def __init__(self, assistant: Assistant, draw: Draw | None) -> None:
        self._assistant = assistant
        self._draw = draw

    async def of(self, item: ItemId) -> File | Message:
        """Draw some words, or say why not."""
        opened = await self._assistant.open(item)
        pieces = opened.evidence if isinstance(opened, Found) else ()
        piece = next((each for each in pieces if each.id == item), None)
        if piece is None or self._draw is None:
            return notice(STALE)
        drawn = await asyncio.to_thread(self._draw, piece, Shape.WIDE)
        match drawn:
            case NotDrawn(text):
                return notice(text)
            case picture:
                described = b.shorten(b.clean(piece.text), _DESCRIBED)
                title = b.shorten(b.clean(label(piece.episode)), _TITLED)
                return File(_NAME, title, picture, described, _markup(piece))


def _markup(piece: Evidence) -> str:
    """Say whose words they are and where they are heard, in Slack's markup: a file's comment has no blocks."""
    line = b.fitted(f"— {' · '.join(byline(piece))}", _SAID)
    if piece.url is not None and (opens := b.markup_link(piece.url, listen(piece))):
        return f"{line} · {opens}"
    return f"{line} · {b.escape(time)}" if (time := moment(piece)) else line
