"""The real assistant over two small episodes, whose one thread a test can keep busy."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.port.messages import ConversationId, Question
from bot.understanding.conversation import Conversations
from tests.fakes.assistant import BrokenAssistant


class BusyAssistant(BrokenAssistant):
    """Answers at once, but for as long as a question is held: the clock that the core reads then stands still."""

    def __init__(self) -> None:
        self._free = threading.Event()
        self._free.set()
        super().__init__(conversations=Conversations(clock=self._clock))

    @asynccontextmanager
    async def held(self) -> AsyncIterator[asyncio.Event]:
        """Hold the thread with a question until the event is set, or the context is left."""
        let_go = asyncio.Event()
        self._free.clear()
        question = asyncio.create_task(super().ask(Question("comets", conversation=ConversationId("held"))))
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
