"""Everything a chat platform is given besides its own configuration, and what each does beside answering.

The composition root puts a `Backend` together.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bot.port.cards import Draw
from bot.port.charts import DrawChart
from bot.port.gaps import Gaps
from bot.port.messages import Assistant
from bot.port.metering import Meter
from bot.port.posting import Poster, Send
from bot.port.state import Delivery, State, take_over
from bot.port.wishes import Tell, tell_when_answered


@dataclass(frozen=True, slots=True)
class Backend:
    """The parts of the bot that a chat platform uses.

    Attributes:
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

    async def errands(
        self, platform: str, *, answer: Callable[[Delivery], Awaitable[None]], tell: Tell, post: Send
    ) -> None:
        """Answer what ended processes left behind, notify people and send posts, until cancelled.

        `platform` is what the names of its deliveries, people and channels begin with.
        """
        async with asyncio.TaskGroup() as errands:
            errands.create_task(take_over(platform, self.state.deliveries, answer))
            errands.create_task(self.poster.run(platform, post))
            if self.state.wishes is not None:
                errands.create_task(tell_when_answered(platform, self.assistant, self.state.wishes, tell))
