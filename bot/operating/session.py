"""What a command needs to ask questions, as one session: settings, terminal, assistant and event loop.

Decides the exit status of a question. The arguments are in `cli.py`.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
from collections.abc import Coroutine, Iterator
from dataclasses import dataclass
from datetime import timedelta
from enum import IntEnum
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import typer

from bot.operating import logs, settings
from bot.operating.composition import Composition, Terminal
from bot.port.errors import UsageError
from bot.port.failures import note_failure
from bot.port.messages import ALL, Assistant, EpisodeId, Help, Question
from bot.port.record import as_failure, as_record
from bot.port.visibility import for_the_asker_alone
from bot.port.wording import nearest, sorry

if TYPE_CHECKING:
    from bot.port.state import Notes

_log = logging.getLogger(__name__)

_T = TypeVar("_T")


class Status(IntEnum):
    """A command's exit status."""

    ANSWERED = 0
    NOT_ANSWERED = 1
    WRONG = 2


@dataclass(frozen=True, slots=True)
class Session:
    """Everything for one command; `open_session` makes one."""

    settings: settings.Settings
    terminal: Terminal
    assistant: Assistant
    runner: asyncio.Runner

    def run(self, work: Coroutine[object, object, _T]) -> _T:
        """Run a coroutine and return its result."""
        return self.runner.run(work)

    def ask(self, question: Question, *, json: bool) -> Status:
        """Ask, and show the answer to a person, or as JSON to another program."""
        started = time.perf_counter()
        try:
            # Not `Runner.run`: installing and removing its Ctrl-C handler takes .3 ms, and the default one will do.
            answer = self.runner.get_loop().run_until_complete(self.assistant.ask(question))
        except Exception as error:  # noqa: BLE001 - the edge: logged, and the asker gets an apology
            reference = note_failure(_log, error)
            if json:
                self.terminal.record(as_failure(question, reference, _since(started)))
            else:
                self.terminal.say(sorry(reference))
            return Status.WRONG
        if json:
            self.terminal.record(as_record(question, answer, _since(started)))
        else:
            self.terminal.answer(answer)
        # An answer for the asker alone is one without a sure result; help, however, is what was asked for.
        nothing = for_the_asker_alone(answer) and not isinstance(answer, Help)
        return Status.NOT_ANSWERED if nothing else Status.ANSWERED

    def episode(self, id: str | None) -> EpisodeId | None:
        """Make sure that an episode exists.

        Raises:
            UsageError: it doesn't; the message names the closest match.
        """
        if id is None or self.run(self.assistant.episode(EpisodeId(id))):
            return None if id is None else EpisodeId(id)
        known = [episode.id for episode in self.run(self.assistant.episodes(limit=ALL))]
        raise UsageError(f"there is no episode “{id}”; {nearest(id, known, 'none, the library is empty')}")


@contextlib.contextmanager
def open_session(
    composition: Composition,
    library: Path | None,
    log_level: settings.LogLevel = settings.LogLevel.WARNING,
    notes: Notes | None = None,
) -> Iterator[Session]:
    """Open a library, by default that of the settings, for one command; `log_level` applies if no setting has one."""
    chosen = settings.load()
    logs.begin(chosen.log_level or log_level, chosen.log_format)
    for oddity in settings.oddities():
        if chosen.log_format is settings.LogFormat.JSON:
            _log.warning("%s", oddity)
        else:
            typer.echo(f"overheard: {oddity}", err=True)
    with asyncio.Runner() as runner:
        yield Session(chosen, composition.terminal(), composition.assistant(library or chosen.library, notes), runner)


def _since(started: float) -> timedelta:
    return timedelta(seconds=time.perf_counter() - started)
