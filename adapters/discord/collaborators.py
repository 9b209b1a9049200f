"""What answering a message or an interaction on Discord needs, as one value.

No behaviour except adding to a scene what the buttons under an answer need.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta

from bot.port.feedback import Feedback
from bot.port.logbook import AnswerId
from bot.port.place_settings import PlaceSettings
from bot.port.serving import InFlight
from bot.port.state import Limits, State

from .card import Scene
from .conversation import ConversationNames, person


@dataclass(frozen=True, slots=True)
class Collaborators:
    """The parts of the bot that answer both.

    Attributes:
        patience: how long an answer may take before the bot acknowledges the question.
        cards: whether to offer quotations as pictures.
        reads_all: whether Discord shows the bot messages that don't mention it.
    """

    state: State
    limits: Limits
    conversations: ConversationNames
    in_flight: InFlight
    patience: timedelta
    feedback: Feedback
    cards: bool = False
    reads_all: bool = False

    async def dressed(self, scene: Scene, noted: AnswerId | None, settings: PlaceSettings) -> Scene:
        """Add to a scene what the buttons under an answer need: the answer to rate, and the asker's player."""
        player = await self.state.players.of(person(scene.asker))
        return replace(scene, rated=noted if settings.feedback else None, cards=self.cards, player=player)
