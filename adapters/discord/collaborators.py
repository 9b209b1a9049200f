"""What answering a message or an interaction on Discord needs, as one value.

No behaviour except adding to a scene what goes with an answer.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta

from bot.port.charts import FILE, DrawChart, chart_of
from bot.port.feedback import Feedback
from bot.port.logbook import AnswerId
from bot.port.messages import Answer
from bot.port.place_settings import PlaceSettings
from bot.port.serving import InFlight
from bot.port.state import Limits, State

from .card import Scene, file
from .conversation import ConversationNames, person
from .text import fitted

_DESCRIBED = 1024
"""Maximum length of a picture's alternative text in characters, Discord's limit."""


@dataclass(frozen=True, slots=True)
class Collaborators:
    """The parts of the bot that answer both.

    Attributes:
        patience: how long an answer may take before the bot acknowledges the question.
        cards: whether to offer quotations as pictures.
        draw_chart: draws charts; None if they are shown as text.
        reads_all: whether Discord shows the bot messages that don't mention it.
    """

    state: State
    limits: Limits
    conversations: ConversationNames
    in_flight: InFlight
    patience: timedelta
    feedback: Feedback
    cards: bool = False
    draw_chart: DrawChart | None = None
    reads_all: bool = False

    async def dressed(
        self, scene: Scene, noted: AnswerId | None, settings: PlaceSettings, answer: Answer | None
    ) -> Scene:
        """Add to a scene what goes with an answer: its id to rate it, the asker's player, and its chart."""
        player = await self.state.players.of(person(scene.asker))
        drawn = await chart_of(answer, self.draw_chart) if answer and scene.files else None
        chart = None if drawn is None else file(drawn.picture, FILE, fitted(drawn.described, _DESCRIBED))
        rated = noted if settings.feedback else None
        return replace(scene, rated=rated, cards=self.cards, player=player, chart=chart)
