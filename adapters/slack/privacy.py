"""Draws `/overheard privacy`: what is kept of people, and the button that deletes it.

What that is and how it is worded, `bot/port/forgetting.py` knows.
"""

from __future__ import annotations

from bot.port import forgetting

from . import blocks as b
from .render import Message

PRESS_FORGET = "forget"


def draw_privacy() -> Message:
    """Draw what is kept, with the button under it."""
    lines = [forgetting.INTRODUCTION, *forgetting.KEPT, forgetting.NOTHING_ELSE, forgetting.WHAT_GOES]
    return Message(
        b.escape("\n".join(lines)),
        (
            b.header(forgetting.INTRODUCTION),
            b.rich_text(b.bullets([b.text(line)] for line in forgetting.KEPT)),
            b.section(f"{forgetting.NOTHING_ELSE} {forgetting.WHAT_GOES}"),
            b.actions([b.button(forgetting.FORGET, PRESS_FORGET, "me", style="danger")]),
        ),
    )
