"""What a platform is given, in memory unless a test provides something else."""

from __future__ import annotations

from bot.port.backend import Backend
from bot.port.cards import Draw
from bot.port.charts import DrawChart
from bot.port.gaps import Gaps
from bot.port.messages import Assistant
from bot.port.metering import Meter
from bot.port.posting import Poster
from bot.port.state import State


def backend(
    assistant: Assistant,
    state: State | None = None,
    poster: Poster | None = None,
    *,
    meter: Meter | None = None,
    draw: Draw | None = None,
    draw_chart: DrawChart | None = None,
    gaps: Gaps | None = None,
) -> Backend:
    state = state or State()
    poster = poster or Poster(state, assistant)
    return Backend(assistant, state, poster, meter or Meter(), draw, draw_chart, gaps or Gaps())
