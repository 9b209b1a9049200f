"""Who said it, in Slack: a quote with four names to press, and who it was.

How a riddle is made, and who is right, is the port's; everything else that takes is in the buttons.
"""

from __future__ import annotations

from random import Random
from typing import Final

from bot.port.excerpts import spoken
from bot.port.messages import Assistant, ItemId
from bot.port.quiz import REVEAL, TOO_FEW_NAMES, WHO_SAID_IT, Riddle, judged, revealed, riddle
from bot.port.wording import STALE

from . import blocks as b
from .incoming import Source
from .render import Extras, Message, controls, draw, message, notice
from .replies import Reply

PRESS_NAME: Final = "name"
PRESS_REVEAL: Final = "reveal"

_STALE: Final = Reply(notice(STALE), aside=True)


async def set_riddle(assistant: Assistant, source: Source, show: str | None) -> Reply:
    """Set a riddle that was not set in this place yet, of the show that is usual there."""
    made = await riddle(assistant, source.room, Random(), show)  # noqa: S311 - it picks names and guards nothing
    return Reply(notice(TOO_FEW_NAMES), aside=True) if made is None else Reply(draw_riddle(made, source.user))


async def guess(assistant: Assistant, value: str) -> Reply:
    """Say whether the name on a button is right."""
    match b.carried(value):
        case [str(name), str(quote)] if (told := await judged(assistant, ItemId(quote), name)) is not None:
            return Reply(draw(told), aside=True)
        case _:
            return _STALE


async def reveal(assistant: Assistant, quote: str, asker: str) -> Reply:
    """Tell everybody who it was, as somebody asked for."""
    told = await revealed(assistant, ItemId(quote))
    return _STALE if told is None else Reply(draw(told, Extras(asker=asker)))


def draw_riddle(made: Riddle, asker: str) -> Message:
    """Draw a quote over the names it may be by; the person who asked for it may delete it."""
    values = ((name, b.carrying([name, made.quote.id])) for name in made.names)
    names = [
        b.button(name, f"{PRESS_NAME}:{n}", value) for n, (name, value) in enumerate(values) if b.fits(value, b.VALUE)
    ]
    words = b.rich_text(b.quote(b.text(spoken(made.quote.text))))
    rest = b.actions([b.button(REVEAL, PRESS_REVEAL, made.quote.id), *controls(Extras(asker=asker))])
    blocks = (b.header(WHO_SAID_IT), words, *([b.actions(names)] if names else []), rest)
    return message(f"{WHO_SAID_IT} “{spoken(made.quote.text)}”", blocks)
