"""What answering takes on Discord, be it to a message or to an interaction: handed on as one value.

No behaviour but how places and people are looked up by Discord's ids.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from bot.port.feedback import Feedback
from bot.port.house import Houses
from bot.port.players import Player, Players
from bot.port.serving import InFlight
from bot.port.state import Deliveries, Limits

from .conversation import Conversations, person


@dataclass(frozen=True, slots=True)
class Means:
    """All that both need.

    Attributes:
        patience: how long an answer may take before the asker is shown that it is on its way.
        players: which player each listener likes; None where that isn't kept.
        cards: whether words that were said are offered as pictures.
        reads_all: whether Discord shows the bot what isn't said to it.
    """

    limits: Limits
    deliveries: Deliveries
    conversations: Conversations
    in_flight: InFlight
    patience: timedelta
    feedback: Feedback
    houses: Houses
    players: Players | None = None
    cards: bool = False
    reads_all: bool = False

    async def player(self, member: int) -> Player | None:
        """Tell which player a member likes; None where nobody knows."""
        return None if self.players is None else await self.players.of(person(member))
