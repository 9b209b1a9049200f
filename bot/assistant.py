"""Answers questions: reads each into requests, answers them one by one, and remembers what the conversation reached.

How a question is read is in `understanding/`, how a request is answered in `answering/`. No thresholds, no sentences,
no markup and no platform.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Coroutine, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from functools import cached_property, partial, wraps
from itertools import chain, islice, starmap
from random import Random
from typing import TYPE_CHECKING, Any, Concatenate, Final, ParamSpec, TypeVar
from weakref import WeakValueDictionary

from bot.answering import sentences
from bot.answering.answerer import Answerer
from bot.answering.catalogue import Catalogue
from bot.answering.completion import Completions, completions
from bot.answering.going_back import GoingBack
from bot.port.editions import Editions
from bot.port.messages import (
    Answer,
    Choice,
    Completion,
    ConversationId,
    Division,
    Episode,
    EpisodeId,
    Fact,
    Found,
    Help,
    ItemId,
    NotFound,
    Part,
    Participant,
    Question,
    QuoteCheck,
    QuoteFilter,
    Scope,
    Several,
    Topic,
)
from bot.understanding import replying, written
from bot.understanding.conversation import Conversations, Thread
from bot.understanding.reader import Reader, Reading
from bot.understanding.remembering import reached
from bot.understanding.request import EVERYWHERE, Request, Somebody, Where
from bot.understanding.text import Text, clean, plain
from bot.understanding.usual import Usual
from bot.understanding.wants import Count, Group, Measure
from bot.understanding.written import Known
from knowledge.errors import DamagedIndexError
from knowledge.search import Search
from knowledge.search.handles import said_of

if TYPE_CHECKING:
    from bot.port.state import Notes

_log = logging.getLogger(__name__)

_PARTS: Final = 3
"""Questions of one message that are answered, each in a part of its own."""

_P = ParamSpec("_P")
_R = TypeVar("_R")


@dataclass(frozen=True, slots=True)
class OpenLibrary:
    """A library that is ready to be asked.

    Attributes:
        episodes: newest first.
        search: the search over them.
        speakers: the names of the speakers in each episode's transcript.
    """

    episodes: tuple[Episode, ...]
    search: Search
    speakers: Mapping[EpisodeId, tuple[str, ...]] = field(default_factory=dict)


class _Core:
    """What answers from one library."""

    def __init__(self, library: OpenLibrary, random: Random) -> None:
        search = library.search
        self.reader = Reader(
            library.episodes,
            library.speakers,
            search.spell,
            partial(said_of, search=search),
            search.episodes,
            search.capitals,
        )
        names = self.reader.names
        self.catalogue = Catalogue(
            library.episodes, search.get, library.speakers, names.people.labels, spoken=search.size > 0
        )
        self.answerer = Answerer(self.catalogue, names.shows, names.guest_on, search, random)
        self.known = Known(self.catalogue.episodes, self.catalogue.topics, names.shows.part)

    @cached_property
    def completions(self) -> Mapping[Completion, Completions]:
        """What can be completed to; many a process never completes anything."""
        return completions(self.catalogue)


def _on_the_worker(
    method: Callable[Concatenate[EpisodeAssistant, _P], _R],
) -> Callable[Concatenate[EpisodeAssistant, _P], Coroutine[Any, Any, _R]]:
    """Run a method on the assistant's thread, so that the event loop never waits for it.

    Where the index turns out to be damaged, the library is opened anew and the method run again.
    """

    @wraps(method)
    async def waiting(self: EpisodeAssistant, /, *args: _P.args, **options: _P.kwargs) -> _R:
        return await self._worked(partial(method, self, *args, **options))

    return waiting


class EpisodeAssistant:
    """The assistant over one library; implements the port.

    All work is done on one thread of its own, a question after the other: the event loop stays free to acknowledge and
    to type, and a newer library takes over between two questions. What a conversation reached is fetched before and
    kept after that, and the next question of the same conversation waits for it.
    """

    def __init__(
        self,
        library: OpenLibrary,
        *,
        conversations: Conversations | None = None,
        notes: Notes | None = None,
        random: Random | None = None,
        reopen: Callable[[], OpenLibrary] | None = None,
    ) -> None:
        """Answer from a library.

        Args:
            library: what is asked.
            conversations: what is remembered, in memory.
            notes: where it is kept instead, if it has to outlive this process or be shared with others.
            random: draws quotes; handed in where the draws are to repeat.
            reopen: opens the library with a new index where the present one is damaged.
        """
        self._conversations = Conversations() if conversations is None else conversations
        self._notes = notes
        self._turns: WeakValueDictionary[ConversationId, asyncio.Lock] = WeakValueDictionary()
        self._random = random or Random()  # noqa: S311 - it draws quotes and guards nothing
        self._reopen = reopen
        self._worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="assistant")
        self._core = _Core(library, self._random)
        self._editions = Editions()

    def renew(self, library: OpenLibrary) -> None:
        """Answer from a newer library once the questions that wait are answered; may be called on any thread."""
        core = _Core(library, self._random)  # here: on the worker's thread questions would wait for it
        self._worker.submit(self._use, core)

    def _use(self, core: _Core) -> None:
        self._core = core
        self._editions.next()

    def _repaired(self, work: Callable[[], _R]) -> _R:
        try:
            return work()
        except StopIteration as error:  # no future can carry it, and the person who asked would wait for ever
            raise RuntimeError("a part of an answer is missing") from error
        except DamagedIndexError as error:
            if self._reopen is None:
                raise
            _log.warning("%s", error)
            self._use(_Core(self._reopen(), self._random))
            return work()

    async def _worked(self, work: Callable[[], _R]) -> _R:
        return await asyncio.get_running_loop().run_in_executor(self._worker, self._repaired, work)

    async def _continued(
        self, conversation: ConversationId | None, work: Callable[[Thread], tuple[_R, Thread]], id: str | None = None
    ) -> _R:
        """Do work on the assistant's thread that goes on from what a conversation reached.

        Work of the same `id` as the last goes on from where that did.
        """
        if self._notes is None or conversation is None:
            return await self._worked(partial(self._in_memory, conversation, work))
        async with self._turns.setdefault(conversation, asyncio.Lock()):
            last = written.Step.read(await self._notes.read(conversation))
            before = last.before if id and id == last.id else last.after
            answer, after = await self._worked(partial(self._in_writing, before, work))
            if after != last.after:
                await self._notes.write(conversation, written.Step(id or "", before, after).written())
        return answer

    def _in_memory(self, conversation: ConversationId | None, work: Callable[[Thread], tuple[_R, Thread]]) -> _R:
        answer, thread = work(self._conversations.recall(conversation))
        self._conversations.keep(conversation, thread)
        return answer

    def _in_writing(self, before: str, work: Callable[[Thread], tuple[_R, Thread]]) -> tuple[_R, str]:
        answer, thread = work(written.read(before, self._core.known))
        return answer, written.write(thread)

    async def ask(self, question: Question) -> Answer:
        """Answer a question of any length in any language."""
        return await self._continued(question.conversation, partial(self._ask, question), question.id)

    def _ask(self, question: Question, thread: Thread) -> tuple[Answer, Thread]:
        core = self._core
        thread = self._usual(question.scope.show).begun(thread)
        if question.about is None:
            reading = core.reader.read(question, thread)
        else:
            thread = replying.thread_on(clean(question.about))
            reading = self._read_reply(question, thread)
            if not reading.requests:
                return core.answerer.help(sentences.WORDS_HIDDEN), thread
        answers, thread = self._answered(reading, thread)
        if reading.then:
            further, thread = self._answered(core.reader.read(replace(question, text=reading.then), thread), thread)
            answers += further
        answers = _told_once(answers)
        if len(answers) > 1:
            return Several(tuple(chain.from_iterable(starmap(_parts, answers)))[:_PARTS]), thread
        request, answer = answers[0]
        understood = reading.typed if _by_a_namesake(request, answer) else reading.understood
        if understood and not isinstance(answer, Several | Help):
            answer = replace(answer, understood=understood)
        return answer, thread

    def _answered(self, reading: Reading, thread: Thread) -> tuple[list[tuple[Request, Answer]], Thread]:
        """Answer all that a reading asks, one after the other."""
        answers: list[tuple[Request, Answer]] = []
        for request in reading.requests:
            answer, thread = self._core.answerer.answer(request, thread)
            answers.append((request, answer))
        return answers, thread

    def _read_reply(self, question: Question, thread: Thread) -> Reading:
        """Read a reply to somebody else's words; no requests where it points to words that can't be seen."""
        reading, words = self._core.reader.read(question, thread), thread.subject
        requests = tuple(replying.pointed(reading.requests, words, asks="?" in question.text))
        if requests == reading.requests:
            return reading
        if requests or not words:
            return Reading(requests if words else (), None, None)
        return self._core.reader.read(replace(question, text=words), thread)

    @_on_the_worker
    def verify(self, words: str, scope: Scope = EVERYWHERE.scope) -> QuoteCheck | Help:
        """Say whether these words were said, and what was said really; help where there are no words."""
        said = Text.of(clean(words))
        if not said.words:
            return self._core.answerer.help(sentences.WHICH_WORDS)
        named, where = Text.of(clean(scope.speaker or "")), self._where(replace(scope, speaker=None))
        somebody = self._core.reader.names.people.called(named.plain, scope.episode) or Somebody(named.text)
        asked = (somebody,) if named.words else ()
        return self._core.answerer.attribution.check(said.quoted or said.text, where, asked)

    async def open(self, *items: ItemId, conversation: ConversationId | None = None) -> Found | Fact | NotFound:
        """Show what a guess, a related topic or `Found.more` names; not found where all of it is gone."""
        return await self._shown(
            # No id has anything to clean.
            lambda back: back.open([item for item in items if clean(item) == item]),
            conversation,
        )

    async def around(self, item: ItemId, conversation: ConversationId | None = None) -> Found | NotFound:
        """Show what was said in the half minute before and after some evidence, with it; not found where it is gone."""
        return await self._shown(lambda back: back.around(item if clean(item) == item else ItemId("")), conversation)

    async def _shown(self, show: Callable[[GoingBack], _R], conversation: ConversationId | None) -> _R:
        """Show what an answer named; what is found is what the conversation has then reached."""

        def shown(thread: Thread) -> tuple[_R, Thread]:
            answer = show(self._core.answerer.back)
            return answer, reached(thread, answer) if isinstance(answer, Found) else thread

        return await self._continued(conversation, shown)

    async def random_quote(self, wanted: QuoteFilter) -> Found | NotFound:
        """Draw one quote; `Found.evidence` holds just that."""
        about = clean(wanted.about) if wanted.about else None
        speaker = clean(wanted.scope.speaker) if wanted.scope.speaker else None
        scope = replace(wanted.scope, speaker=speaker or None)

        def drawn(thread: Thread) -> tuple[Found | NotFound, Thread]:
            bounded = replace(self._where(scope).scope, speaker=scope.speaker)
            return self._core.answerer.random_quote(replace(wanted, about=about or None, scope=bounded), thread)

        return await self._continued(wanted.conversation, drawn)

    def _where(self, scope: Scope) -> Where:
        """Return where to look: in the episodes of its show if nothing else limits a scope."""
        limits = replace(scope, show=None)
        return self._usual(scope.show).part if limits == EVERYWHERE.scope else Where.of(limits)

    def _usual(self, show: str | None) -> Usual:
        return Usual(show, self._core.reader.names.shows)

    @_on_the_worker
    def count(self, words: str, by: Division | None = None, scope: Scope = EVERYWHERE.scope) -> Answer:
        """Count how often some words come up, in all forms of them; help where there are no words."""
        said = Text.of(clean(words))
        if not said.words:
            return self._core.answerer.help(sentences.WHICH_WORDS)
        want = Count(Measure.MENTIONS, Group[by.name] if by else None)
        answer, _ = self._core.answerer.answer(Request(want, said.text, said.text, self._where(scope)), Thread())
        return answer

    @_on_the_worker
    def topics(self, scope: Scope = EVERYWHERE.scope) -> tuple[Topic, ...]:
        """List the topics in the library's order; empty for an episode that isn't there."""
        where, catalogue = self._where(scope), self._core.catalogue
        return catalogue.told_apart(each for each in catalogue.topics_in(where.episode) if where.has(each.episode))

    @_on_the_worker
    def episodes(self, matching: str = "", limit: int = 25, scope: Scope = EVERYWHERE.scope) -> tuple[Episode, ...]:
        """List episodes, best match first, newest first among equals; none for marks and markup without a word."""
        words = plain(clean(matching))
        part = self._where(scope)
        known = self._core.catalogue.episodes
        if not words:  # without completions: those of a large library take a second or two to make
            there = (episode for episode in known.values() if part.has(episode.id))
            return () if matching.strip() else tuple(islice(there, limit))
        chosen = self._core.completions[Completion.EPISODE].matching(words, limit, part)
        return tuple(known[EpisodeId(choice.value)] for choice in chosen)

    @_on_the_worker
    def episode(self, id: EpisodeId) -> Episode | None:
        """Look up one episode."""
        return self._core.catalogue.episodes.get(id)

    @_on_the_worker
    def people(self, matching: str = "", limit: int = 25) -> tuple[Participant, ...]:
        """List speakers, hosts and guests, best match first, then those in the most episodes."""
        found = self._core.completions[Completion.PERSON].matching(clean(matching), limit, EVERYWHERE)
        called = self._core.reader.names.people.called
        known = ((each.value, called(Text.of(each.value).plain, None)) for each in found)
        return tuple(self._core.answerer.cast.participant(name, one.episodes if one else ()) for name, one in known)

    @_on_the_worker
    def complete(
        self, kind: Completion, typed: str, limit: int = 25, scope: Scope = EVERYWHERE.scope
    ) -> Sequence[Choice]:
        """Complete what somebody is typing, fuzzily, best first, never more than `limit`; of a show, if any are."""
        return self._core.completions[kind].matching(clean(typed), limit, self._where(scope))

    async def renewed(self, since: int) -> int:
        """Wait until a library answers that is newer than the one of this number; -1 is older than any."""
        return await self._editions.after(since)


def _told_once(answers: Sequence[tuple[Request, Answer]]) -> list[tuple[Request, Answer]]:
    """Leave out questions with the same answer as one before: "who's Ann, and what does she do for work"."""
    given = [answer for _, answer in answers]
    return [each for at, each in enumerate(answers) if not (isinstance(each[1], Fact) and each[1] in given[:at])]


def _parts(request: Request, answer: Answer) -> tuple[Part, ...]:
    """Return what one of several questions adds to an answer: a comparison adds both its sides."""
    return answer.parts if isinstance(answer, Several) else (Part(request.text, answer),)


def _by_a_namesake(request: Request, answer: Answer) -> bool:
    """Tell whether the words are another's of the same first name than the one whose whole name was understood."""
    speakers = [each.speaker for each in answer.evidence] if isinstance(answer, Found) else []
    others = {each.name for each in request.person.namesakes} if request.person else set()
    return bool(speakers) and speakers[0] in others
