"""Keeps a running bot up to date: when the library changes, the assistant over it is replaced by a new one.

One place for every platform. What has changed, and how a new assistant is made, is for whoever composes it to say.
"""

from __future__ import annotations

import logging
import threading
import weakref
from collections.abc import Callable, Sequence
from datetime import timedelta

from bot.port.errors import OverheardError
from bot.port.messages import (
    Answer,
    Assistant,
    Choice,
    Completion,
    ConversationId,
    Episode,
    EpisodeId,
    Fact,
    Found,
    Help,
    ItemId,
    NotFound,
    Question,
    QuoteCheck,
    QuoteFilter,
    Topic,
)

_log = logging.getLogger(__name__)

_UNEXPECTED = "unexpected"
_EVERY = timedelta(seconds=5)

Renew = Callable[[], Assistant | None]
"""Makes a new assistant where the library has changed, None where it hasn't; may raise OverheardError or OSError."""


class RenewedAssistant:
    """An assistant that is replaced by a newer one; implements the port.

    A thread looks for changes and makes the new assistant while the old one answers. A question is answered by the one
    that was there when it came. The thread ends with this object, and never keeps a process alive.
    """

    def __init__(self, first: Assistant, renew: Renew, *, every: timedelta = _EVERY) -> None:
        """Begin with an assistant, and look for changes so often."""
        self._current = first
        ended = threading.Event()
        weakref.finalize(self, ended.set)
        watch = threading.Thread(
            target=_watch, args=(weakref.ref(self), renew, every, ended), name="library", daemon=True
        )
        watch.start()

    def replace(self, assistant: Assistant) -> None:
        """Let another one answer from now on."""
        self._current = assistant

    async def ask(self, question: Question) -> Answer:
        """Answer a question of any length in any language."""
        return await self._current.ask(question)

    async def verify(self, words: str, episode: EpisodeId | None = None) -> QuoteCheck | Help:
        """Say whether these words were said, and what was said really; help where there are no words."""
        return await self._current.verify(words, episode)

    async def open(self, *items: ItemId, conversation: ConversationId | None = None) -> Found | Fact | NotFound:
        """Show what a guess, a related topic or `Found.more` names; not found where all of it is gone."""
        return await self._current.open(*items, conversation=conversation)

    async def random_quote(self, wanted: QuoteFilter) -> Found | NotFound:
        """Draw one quote; `Found.evidence` holds just that."""
        return await self._current.random_quote(wanted)

    async def topics(self, episode: EpisodeId | None = None) -> tuple[Topic, ...]:
        """List the topics in the library's order; empty for an episode that isn't there."""
        return await self._current.topics(episode)

    async def episodes(self, matching: str = "", limit: int = 25) -> tuple[Episode, ...]:
        """List episodes, best match first, newest first among equals."""
        return await self._current.episodes(matching, limit)

    async def episode(self, id: EpisodeId) -> Episode | None:
        """Look up one episode."""
        return await self._current.episode(id)

    async def complete(self, kind: Completion, typed: str, limit: int = 25) -> Sequence[Choice]:
        """Complete what somebody is typing, fuzzily, best first, never more than `limit`."""
        return await self._current.complete(kind, typed, limit)


def _watch(watched: weakref.ref[RenewedAssistant], renew: Renew, every: timedelta, ended: threading.Event) -> None:
    complaint = ""
    while not ended.wait(every.total_seconds()):
        try:
            newer = renew()
        except (OverheardError, OSError) as error:
            # Once, not every few seconds: somebody is in the midst of editing.
            if str(error) != complaint:
                complaint = str(error)
                _log.warning("the library has changed and can't be used; the old one still answers: %s", error)
            continue
        except Exception:  # noqa: BLE001 - the edge: a thread that ended would follow no change any more
            if complaint != _UNEXPECTED:
                complaint = _UNEXPECTED
                _log.exception("the library has changed and can't be used; the old one still answers")
            continue
        current = watched()
        if newer is not None and current is not None:
            complaint = ""
            current.replace(newer)
            _log.info("the library has changed; answering from what it has now")
        del current, newer
