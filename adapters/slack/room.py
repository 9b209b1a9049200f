"""All that answers in one workspace, handed on as one value.

No behaviour; `making` puts it together.
"""

from __future__ import annotations

from dataclasses import dataclass

from bot.port.cards import Draw
from bot.port.feedback import Feedback
from bot.port.forgetting import Forgetters
from bot.port.members import WishList
from bot.port.messages import Assistant
from bot.port.players import Players
from bot.port.unasked import Talks

from .answering import Answering
from .filling import Fill
from .house import HouseSettings
from .outbox import Outbox
from .places import Places
from .replies import Replies


@dataclass(frozen=True, slots=True)
class Room:
    """All of it.

    Attributes:
        bot: the app's own user there.
        players: what people listen in; None where that isn't kept.
        draw: makes pictures of quotations; None where there are none.
        reads_all: whether Slack may show the bot what isn't said to it.
    """

    bot: str
    assistant: Assistant
    replies: Replies
    answering: Answering
    outbox: Outbox
    settings: HouseSettings
    places: Places
    feedback: Feedback
    wishes: WishList
    fill: Fill
    talks: Talks
    forgetting: Forgetters
    players: Players | None
    draw: Draw | None
    reads_all: bool
