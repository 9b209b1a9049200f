"""A quotation as a picture to pass on: made into a file that says what it shows.

The drawing function decides how it looks, the outbox where it is shared.
"""

from __future__ import annotations

from typing import Final

from bot.port.cards import Draw, Drawn, NotDrawn, picture_of
from bot.port.excerpts import spoken
from bot.port.messages import Assistant, Evidence, ItemId
from bot.port.wording import byline, label, listen, moment

from . import blocks as b
from .calls import File
from .render import file, notice
from .replies import Reply

SCOPE: Final = "files:write"
"""What the bot token has to be allowed for it."""
IN_PRIVATE: Final = "The picture is in our direct messages."
NOT_SENT: Final = "I couldn't send the picture. Please try again later."

_SAID: Final = 600


async def pictured(assistant: Assistant, draw: Draw | None, item: ItemId) -> File | Reply:
    """Draw some words, or say why not."""
    match await picture_of(assistant, item, draw):
        case NotDrawn(text):
            return Reply(notice(text), aside=True)
        case Drawn(piece, picture):
            return file("quotation.png", label(piece.episode), picture, spoken(piece.text), _markup(piece))


def _markup(piece: Evidence) -> str:
    """Say whose words they are and where they are heard, in Slack's markup: a file's comment has no blocks."""
    line = b.fitted(f"— {' · '.join(byline(piece))}", _SAID)
    if piece.url is not None and (opens := b.markup_link(piece.url, listen(piece))):
        return f"{line} · {opens}"
    return f"{line} · {b.escape(time)}" if (time := moment(piece)) else line
