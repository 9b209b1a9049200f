"""A quotation as a picture to pass on: its shapes, how one is got, and what is said where it can't be drawn.

How it looks, and the libraries that draw it, are an adapter's business.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Final, TypeAlias

from bot.port.messages import Assistant, Evidence, ItemId
from bot.port.opened import piece_of
from bot.port.wording import STALE

CARD: Final = "Card"
NO_WORDS: Final = "There are no words to draw."
TOO_LONG: Final = "That's too long for a picture: it could only be read with a magnifying glass."


class Shape(Enum):
    """Width and height in pixels: as links are previewed, or as timelines show pictures."""

    WIDE = (1200, 630)
    SQUARE = (1080, 1080)


@dataclass(frozen=True, slots=True)
class Drawn:
    """A PNG of some words."""

    piece: Evidence
    picture: bytes


@dataclass(frozen=True, slots=True)
class NotDrawn:
    """Why there is no picture, as a sentence for the person who asked for it."""

    text: str


Draw: TypeAlias = Callable[[Evidence, Shape], bytes | NotDrawn]
"""Draws a PNG. Takes up to 300 ms, and 2 s more where the show's picture has to be fetched, so not in an event loop.

Safe on any thread; raises for no words whatever.
"""


async def picture_of(assistant: Assistant, item: ItemId, draw: Draw | None) -> Drawn | NotDrawn:
    """Draw the words that an id names, beside the loop; None draws nothing."""
    piece = await piece_of(assistant, item)
    if piece is None or draw is None:
        return NotDrawn(STALE)
    picture = await asyncio.to_thread(draw, piece, Shape.WIDE)
    return picture if isinstance(picture, NotDrawn) else Drawn(piece, picture)


def lacking(letters: str) -> NotDrawn:
    """Say which letters the font lacks."""
    shown = ", ".join(f"“{each}”" if each.isprintable() else f"U+{ord(each):04X}" for each in letters)
    return NotDrawn(f"I can't draw {shown}: the picture's font has Latin, Greek and Cyrillic letters only.")
