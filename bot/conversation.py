"""What a conversation was about, so that "and China?" and "who said that?" are understood.

Held in memory, bounded in number, forgotten after a while; a restart forgets it all and nothing breaks.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from bot.port import ConversationId, EpisodeId, ItemId, QuoteFilter

_LASTS = timedelta(minutes=30)
_MOST_CONVERSATIONS = 5_000
_MOST_DRAWN = 2_000


@dataclass(frozen=True, slots=True)
class Thread:
    """What one conversation has reached.

    Attributes:
        topic: what the last answer was about.
        seen: the topics shown so far, the last one at the end.
        shown: the quotes and passages shown last, best first.
        more: evidence on the same subject that was not shown yet, best first.
        episode: the episode the last answer was about.
        quoting: which quotes the last question asked for, None where it asked for none; "another one" goes on
            with it, "and on China?" asks for a quote as well.
        drawn: quotes drawn at random so far, oldest first.
        asked: what was looked for last, without whose words it was: "and Bob?" asks for his on the same.
    """

    topic: ItemId | None = None
    seen: tuple[ItemId, ...] = ()
    shown: tuple[ItemId, ...] = ()
    more: tuple[ItemId, ...] = ()
    episode: EpisodeId | None = None
    quoting: QuoteFilter | None = None
    drawn: tuple[ItemId, ...] = ()
    asked: str = ""

    def draw(self, candidates: Sequence[ItemId], choose: Callable[[Sequence[ItemId]], ItemId]) -> tuple[ItemId, Thread]:
        """Draw one of `candidates` (at least one): none comes again until all the others have."""
        fresh = [each for each in candidates if each not in self.drawn]
        drawn = self.drawn
        if not fresh:
            last = drawn[-1]
            drawn = tuple(each for each in drawn if each not in candidates)
            fresh = [each for each in candidates if each != last] or list(candidates)
        chosen = choose(fresh)
        return chosen, replace(self, drawn=(*drawn, chosen)[-_MOST_DRAWN:])


class Conversations:
    """The conversations going on; the least recently used are dropped first."""

    def __init__(
        self,
        *,
        lasts: timedelta = _LASTS,
        most: int = _MOST_CONVERSATIONS,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._lasts = lasts.total_seconds()
        self._most = most
        self._clock = clock
        self._threads: OrderedDict[ConversationId, tuple[float, Thread]] = OrderedDict()

    def recall(self, conversation: ConversationId | None) -> Thread:
        """Return what was kept; an empty thread for None, for a new conversation and for a forgotten one."""
        if conversation is None or conversation not in self._threads:
            return Thread()
        kept_at, thread = self._threads[conversation]
        return thread if self._clock() - kept_at < self._lasts else Thread()

    def keep(self, conversation: ConversationId | None, thread: Thread) -> None:
        """Remember a thread; None is not remembered."""
        if conversation is None:
            return
        self._threads[conversation] = (self._clock(), thread)
        self._threads.move_to_end(conversation)
        while len(self._threads) > self._most:
            self._threads.popitem(last=False)

    def __len__(self) -> int:
        return len(self._threads)
