"""What a conversation remembers, so that "and China?", "who said that?" and "the second one" are understood.

Everything is remembered by id or name, so it survives a change of the library. `Conversations` keeps a bounded number
in memory for a limited time. What a question and its answer leave behind is decided in `remembering.py`. To survive a
restart, `written.py` turns conversations into text that others store.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Final

from bot.port.messages import Answer, ConversationId, EpisodeId, ItemId, QuoteFilter
from bot.understanding.request import EVERYWHERE, Where
from bot.understanding.wants import Count, FactKind, Want

_LASTS: Final = timedelta(minutes=30)
"""Time after which a conversation is forgotten."""
_MOST_CONVERSATIONS: Final = 5_000
"""Maximum number of conversations in memory."""
_MOST_DRAWN: Final = 2_000
"""Number of random quotes of a conversation to remember, so that they don't repeat."""


@dataclass(frozen=True, slots=True)
class Thread:
    """The state of one conversation.

    Attributes:
        topic: the topic of the last answer.
        seen: the topics, quotes and passages shown so far, the latest at the end.
        shown: the quotes and passages shown last, best first.
        more: evidence on the same subject that hasn't been shown, best first.
        episode: the episode of the last answer.
        quoting: the kind of quote that the last question asked for, None if it asked for none; "another one" repeats
            it, and "and on China?" asks for a quote, too.
        drawn: random quotes so far, oldest first.
        checked: the words about which the last question asked whether or by whom they were said.
        subject: the last subject: "and Bob?" asks for his words on it.
        subjects: the last two or three subjects: "which comes up more?" compares them.
        people: the names of the people asked about last; "he" is the first of them.
        earlier: the people asked about before them: "were they on together?" is about both.
        told: the names that the last answer gave; "he" if nobody was asked about.
        spoke: the speakers of the passages shown from the best one's episode; "he" if there is no other candidate.
        counting: the last count, None if the last question counted nothing; "and rust?" counts that as well.
        fact: the fact asked about an episode last: "and episode 11?" and "the other one" ask for the same.
        of_place: the last want about a show or the whole library without a subject, or about somebody's part in it:
            "and Hive Talk?" asks the same there.
        where: the part of the library that the last question was limited to.
        listed: the episodes, topics or guesses listed last, in order, so that a question can pick one.
        those: the episodes listed last, while the conversation is still about what they were listed for.
        answer: the last answer, which may be asked for again.
        within_message: whether an earlier part of the message that is being read set the subject and the people.
    """

    topic: ItemId | None = None
    seen: tuple[ItemId, ...] = ()
    shown: tuple[ItemId, ...] = ()
    more: tuple[ItemId, ...] = ()
    episode: EpisodeId | None = None
    quoting: QuoteFilter | None = None
    drawn: tuple[ItemId, ...] = ()
    checked: str = ""
    subject: str = ""
    subjects: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    earlier: tuple[str, ...] = ()
    told: tuple[str, ...] = ()
    spoke: tuple[str, ...] = ()
    counting: Count | None = None
    fact: FactKind | None = None
    of_place: Want | None = None
    where: Where = EVERYWHERE
    listed: tuple[ItemId, ...] = ()
    those: tuple[EpisodeId, ...] = ()
    answer: Answer | None = None
    within_message: bool = False

    @property
    def begun(self) -> bool:
        """Whether there is anything that a question can go on from."""
        return self.answer is not None or self.within_message

    def draw(self, candidates: Sequence[ItemId], choose: Callable[[Sequence[ItemId]], ItemId]) -> tuple[ItemId, Thread]:
        """Draw one of `candidates`, of which there must be one; none is repeated before all have come."""
        fresh = [each for each in candidates if each not in self.drawn]
        drawn = self.drawn
        if not fresh:
            last = drawn[-1]
            drawn = tuple(each for each in drawn if each not in candidates)
            fresh = [each for each in candidates if each != last] or list(candidates)
        chosen = choose(fresh)
        return chosen, replace(self, drawn=(*drawn, chosen)[-_MOST_DRAWN:])


class Conversations:
    """Current conversations; the least recently used are dropped first."""

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
        """Return a conversation's thread, empty for None and if the conversation is new or forgotten."""
        if conversation is None or conversation not in self._threads:
            return Thread()
        kept_at, thread = self._threads[conversation]
        return thread if self._clock() - kept_at < self._lasts else Thread()

    def keep(self, conversation: ConversationId | None, thread: Thread) -> None:
        """Remember a conversation's thread; do nothing for None."""
        if conversation is None:
            return
        self._threads[conversation] = (self._clock(), thread)
        self._threads.move_to_end(conversation)
        while len(self._threads) > self._most:
            self._threads.popitem(last=False)

    def __len__(self) -> int:
        return len(self._threads)
