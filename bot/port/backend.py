"""Everything a chat platform is given besides its own configuration, as one value.

No behaviour; the composition root puts it together.
"""

from __future__ import annotations

from dataclasses import dataclass

from bot.port.cards import Draw
from bot.port.charts import DrawChart
from bot.port.gaps import Gaps
from bot.port.messages import Assistant
from bot.port.metering import Meter
from bot.port.posting import Poster
from bot.port.state import State


@dataclass(frozen=True, slots=True)
class Backend:
    """The parts of the bot that a chat platform uses.

    Attributes:
        state: shared by all processes.
        poster: posts what channels subscribed to.
        draw: draws pictures of quotations; None if its libraries aren't installed.
        draw_chart: draws charts, likewise.
        gaps: unanswered questions that people may answer from a chat.
    """

    assistant: Assistant
    state: State
    poster: Poster
    meter: Meter
    draw: Draw | None
    draw_chart: DrawChart | None
    gaps: Gaps
