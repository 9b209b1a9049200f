"""Everything that answers in one workspace, as one value.

No behaviour; `making` puts it together.
"""

from __future__ import annotations

from dataclasses import dataclass

from bot.port.backend import Backend
from bot.port.cards import Draw
from bot.port.feedback import Feedback
from bot.port.members import WishList
from bot.port.unasked import Talks

from .answering import Answering
from .filling import Fill
from .outbox import Outbox
from .places import Places
from .replies import Replies
from .settings import SettingsEditor


@dataclass(frozen=True, slots=True)
class Room:
    """The parts of one workspace.

    Attributes:
        bot: the app's bot user there.
        draw: draws pictures of quotations; None if its libraries aren't installed.
        reads_all: whether Slack may show the bot messages that don't mention it.
    """

    bot: str
    backend: Backend
    replies: Replies
    answering: Answering
    outbox: Outbox
    settings: SettingsEditor
    places: Places
    feedback: Feedback
    wishes: WishList
    fill: Fill
    talks: Talks
    draw: Draw | None
    reads_all: bool
