"""What other programs may ask for, whichever way they come: the names, the limits, and the JSON of each reply.

The signatures are what adapters publish: a schema is made of them, and what doesn't fit it never gets here. No wire.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Coroutine
from dataclasses import replace
from datetime import timedelta
from enum import StrEnum
from typing import Annotated, Any, Final, TypeAlias, TypeVar

from pydantic import Field

from bot.port.errors import OverheardError
from bot.port.failures import note_failure
from bot.port.messages import (
    LONGEST_QUESTION,
    Answer,
    Assistant,
    ConversationId,
    Division,
    EpisodeId,
    ItemId,
    Question,
    QuoteFilter,
    Scope,
)
from bot.port.record import EpisodeList, PersonList, Record, as_episode, as_person, as_record
from bot.port.wording import sorry

_log = logging.getLogger(__name__)

_T = TypeVar("_T")

AT_ONCE: Final = 16
"""Requests that are worked on or wait at the same time; further ones are turned away."""
WITHIN: Final = timedelta(seconds=30)
"""How long one may take."""
_LONGEST_NAME: Final = 200
"""Characters of an id or a name."""
_MOST_LISTED: Final = 1_000


class Refusal(StrEnum):
    """Why there is no reply."""

    UNKNOWN_EPISODE = "unknown_episode"
    BUSY = "busy"
    LATE = "late"
    FAILED = "failed"


class RefusedError(OverheardError):
    """There is no reply; the message says why, to the people who run the program."""

    def __init__(self, reason: Refusal, message: str) -> None:
        super().__init__(message)
        self.reason = reason


Words: TypeAlias = Annotated[str, Field(min_length=1, max_length=LONGEST_QUESTION)]
Matching: TypeAlias = Annotated[str, Field(max_length=_LONGEST_NAME, description="Words to look for; empty lists all.")]
Limit: TypeAlias = Annotated[int, Field(ge=1, le=_MOST_LISTED, description="No more than so many.")]
OneEpisode: TypeAlias = Annotated[
    str | None, Field(max_length=_LONGEST_NAME, description="The id of the one episode to ask; leave it out for all.")
]
Tool: TypeAlias = Callable[..., Coroutine[Any, Any, Record | EpisodeList | PersonList]]


class Tools:
    """All that a program may ask for, each a method that takes keywords; raises RefusedError and nothing else."""

    def __init__(
        self, assistant: Assistant, platform: str, *, at_once: int = AT_ONCE, within: timedelta = WITHIN
    ) -> None:
        """Ask an assistant; the conversations of a `platform` are its own."""
        self._assistant = assistant
        self._platform = platform
        self._at_once = at_once
        self._within = within
        self._under_way: set[asyncio.Task[Any]] = set()

    @property
    def all(self) -> tuple[Tool, ...]:
        """Each of them; it goes by the name of its method."""
        return self.ask, self.verify, self.quote, self.around, self.counts, self.episodes, self.people

    async def ask(
        self,
        *,
        question: Annotated[Words, Field(description="In anybody's words, misspelt or not.")],
        episode: OneEpisode = None,
        conversation: Annotated[
            str | None,
            Field(
                min_length=1,
                max_length=_LONGEST_NAME,
                description="Any name: a question may refer to those asked before under the same one.",
            ),
        ] = None,
    ) -> Record:
        """Answer a question about the podcast with the words that were really said.

        What is found, facts such as guests, dates and lengths, whether somebody said something, and numbers. All in
        `evidence` was said letter for letter, with speaker, episode, time and link where they are known; nothing is
        made up, and `kind` says when the library has nothing.
        """
        thread = ConversationId(f"{self._platform}/{conversation}") if conversation else None
        return await self._answered(
            question, episode, lambda scope: self._assistant.ask(Question(question, scope, thread))
        )

    async def verify(
        self,
        *,
        words: Annotated[Words, Field(description="What somebody is supposed to have said.")],
        speaker: Annotated[
            str | None,
            Field(max_length=_LONGEST_NAME, description="Who is supposed to have said it; anybody if left out."),
        ] = None,
        episode: OneEpisode = None,
    ) -> Record:
        """Check whether these words were said: exactly, nearly (and what differs), by somebody else, or by nobody."""
        return await self._answered(
            words, episode, lambda scope: self._assistant.verify(words, replace(scope, speaker=speaker))
        )

    async def quote(
        self,
        *,
        about: Annotated[
            str | None, Field(max_length=LONGEST_QUESTION, description="What it is about; anything if left out.")
        ] = None,
        speaker: Annotated[
            str | None, Field(max_length=_LONGEST_NAME, description="Who said it, as `people` writes the name.")
        ] = None,
        episode: OneEpisode = None,
    ) -> Record:
        """Draw one quote at random; `evidence` holds just that."""
        return await self._answered(
            about or "",
            episode,
            lambda scope: self._assistant.random_quote(QuoteFilter(about, replace(scope, speaker=speaker))),
        )

    async def around(
        self,
        *,
        id: Annotated[str, Field(min_length=1, max_length=_LONGEST_NAME, description="The `id` of some evidence.")],
    ) -> Record:
        """Show what was said in the half minute before and after some evidence, in the order it was said."""
        return await self._answered(id, None, lambda _: self._assistant.around(ItemId(id)))

    async def counts(
        self,
        *,
        words: Annotated[Words, Field(description="A word in any of its forms, or words that stand together.")],
        by: Annotated[
            Division | None, Field(description="Divide the number by this; leave it out for a total.")
        ] = None,
        episode: OneEpisode = None,
    ) -> Record:
        """Count exactly how often words come up in the transcripts; the numbers are in `counts`."""
        return await self._answered(words, episode, lambda scope: self._assistant.count(words, by, scope))

    async def episodes(self, *, matching: Matching = "", limit: Limit = 25) -> EpisodeList:
        """List episodes, best match first, or the newest first; their ids are what `episode` takes."""
        found = await self._worked(self._assistant.episodes(matching, limit + 1))
        return EpisodeList(episodes=[as_episode(each) for each in found[:limit]], more=len(found) > limit)

    async def people(self, *, matching: Matching = "", limit: Limit = 25) -> PersonList:
        """List who speaks, hosts or is a guest, those of most episodes first, with their shows and episodes."""
        found = await self._worked(self._assistant.people(matching, limit + 1))
        return PersonList(people=[as_person(each) for each in found[:limit]], more=len(found) > limit)

    async def _answered(
        self, words: str, episode: str | None, ask: Callable[[Scope], Coroutine[Any, Any, Answer]]
    ) -> Record:
        async def answered() -> Record:
            started = time.perf_counter()
            known = await self._assistant.episode(EpisodeId(episode)) if episode else None
            if episode and known is None:
                raise RefusedError(Refusal.UNKNOWN_EPISODE, "there is no episode of that id; `episodes` lists them")
            scope = Scope(known.id if known else None)
            answer = await ask(scope)
            return as_record(Question(words, scope), answer, timedelta(seconds=time.perf_counter() - started))

        return await self._worked(answered())

    async def _worked(self, work: Coroutine[Any, Any, _T]) -> _T:
        """Do some work unless there is too much, and give up waiting for it when it takes too long."""
        if len(self._under_way) >= self._at_once:
            work.close()
            raise RefusedError(Refusal.BUSY, f"{self._at_once} requests are being answered; try again in a moment")
        # It counts until it has ended: who gives up waiting for the core's thread doesn't make that any freer.
        task = asyncio.create_task(work)
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)
        try:
            await asyncio.wait({task}, timeout=self._within.total_seconds())
        finally:
            if not task.done():
                task.add_done_callback(_heard)
        if not task.done():
            raise RefusedError(Refusal.LATE, f"that took longer than {self._within.total_seconds():g} seconds")
        try:
            return task.result()
        except RefusedError:
            raise
        except Exception as error:
            raise RefusedError(Refusal.FAILED, sorry(note_failure(_log, error))) from error


def _heard(task: asyncio.Task[Any]) -> None:
    """Log what becomes of work that nobody waits for, where it fails."""
    if not task.cancelled() and (error := task.exception()) is not None:
        _log.error("an answer that came too late failed", exc_info=error)
