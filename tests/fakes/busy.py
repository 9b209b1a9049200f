"""The real assistant over two small episodes, whose one thread a test can keep busy."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import cache

from bot.assistant import EpisodeAssistant, OpenLibrary
from bot.port.messages import ConversationId, Question
from bot.understanding.conversation import Conversations
from knowledge.search import Search
from tests.fakes.assistant import NIGHT_SKY, TEA_TIME

_EPISODES = (NIGHT_SKY, TEA_TIME)


class BusyAssistant(EpisodeAssistant):
    """Answers at once, but for as long as a question is held: the clock that the core reads then stands still."""

    def __init__(self) -> None:
        self._free = threading.Event()
        self._free.set()
        super().__init__(OpenLibrary(_EPISODES, _search()), conversations=Conversations(clock=self._clock))

    @asynccontextmanager
    async def held(self) -> AsyncIterator[asyncio.Event]:
        """Hold the thread with a question until the event is set, or the context is left."""
        let_go = asyncio.Event()
        self._free.clear()
        question = asyncio.create_task(self.ask(Question("comets", conversation=ConversationId("held"))))
        watch = asyncio.create_task(self._free_when(let_go))
        try:
            yield let_go
        finally:
            let_go.set()
            await watch
            await question

    async def _free_when(self, let_go: asyncio.Event) -> None:
        await let_go.wait()
        self._free.set()

    def _clock(self) -> float:
        self._free.wait(30)
        return 0.0


@cache
def _search() -> Search:
    return Search.over(_EPISODES)
