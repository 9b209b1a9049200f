"""`overheard setup`: carries out the guided start.

Asks and shows with the terminal, imports and checks with what the composition root provides. `setting_up.py` decides
what comes next.
"""

from __future__ import annotations

import asyncio
import contextlib
import functools
import logging
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import ParamSpec

import typer

from bot.operating import env_file, settings
from bot.operating.composition import Composition, SetupPart, Terminal
from bot.operating.invoking import called
from bot.operating.setting_up import Done, Ending, ExistingSettings, PlatformId, Settings, lead
from bot.port.checks import Report
from bot.port.errors import ConfigError, OverheardError, UsageError
from bot.port.failures import note_failure
from bot.port.wording import sorry

_log = logging.getLogger(__name__)

_P = ParamSpec("_P")

_UNFINISHED = 1


def guided(composition: Composition) -> Ending:
    """Lead through the set-up.

    Raises:
        UsageError: the terminal isn't interactive.
        ConfigError: the existing settings can't be used.
    """
    terminal = composition.terminal()
    if not terminal.is_interactive():
        raise UsageError("setup asks questions, so it needs a terminal; README.md says how to do the same by hand")
    settings.load()
    try:
        written = env_file.values(settings.ENV_FILE)
    except OSError as error:
        raise ConfigError(f"{settings.ENV_FILE} cannot be read: {error.strerror}") from error
    known = ExistingSettings(written, frozenset(filter(os.environ.get, settings.names())), called())
    try:
        with _warnings_shown():
            return lead(known, Hands(composition, terminal))
    except (EOFError, KeyboardInterrupt):
        terminal.say(f"Stopped. What was finished stays; start again with: {called()} setup")
        raise typer.Exit(_UNFINISHED) from None


@contextlib.contextmanager
def _warnings_shown() -> Iterator[None]:
    """Show warnings for now; the log is left as it was, because the command that follows sets up its own."""
    handler = logging.StreamHandler()
    handler.setLevel(logging.WARNING)
    handler.setFormatter(logging.Formatter("overheard: %(message)s"))
    log = logging.getLogger()
    log.addHandler(handler)
    try:
        yield
    finally:
        log.removeHandler(handler)


def _errors_as_reports(work: Callable[_P, Done]) -> Callable[_P, Done]:
    @functools.wraps(work)
    def trying(*args: _P.args, **options: _P.kwargs) -> Done:
        try:
            return work(*args, **options)
        except OverheardError as error:
            why = str(error)
        except OSError as error:
            why = error.strerror or str(error)
        except Exception as error:  # noqa: BLE001 - the edge: logged and shown
            why = sorry(note_failure(_log, error))
        return Done((Report("That didn't work.", (why,)),))

    return trying


class Hands:
    """Carries out what the dialogue wants; errors become reports, and the question is asked again."""

    def __init__(self, composition: Composition, terminal: Terminal) -> None:
        self._composition = composition
        self._terminal = terminal

    @property
    def example(self) -> str:
        """The absolute path of the example library."""
        from knowledge.library import EXAMPLE

        return str(EXAMPLE)

    def say(self, *lines: str) -> None:
        """Show lines."""
        self._terminal.say(*lines)

    def ask(self, question: str, *, secret: bool = False) -> str:
        """Ask for a line, which may be empty; a secret isn't echoed."""
        ask = self._terminal.ask_secretly if secret else self._terminal.ask
        return ask(question).strip()

    def missing(self, source: str) -> str:
        """Say why a source can't exist, without fetching anything; "" if it may."""
        from knowledge.importing.run import SourceError, on_disk

        try:
            on_disk([_place(source)])
        except SourceError as error:
            return str(error)
        return ""

    @_errors_as_reports
    def fetch(self, source: str, library: str, show: str) -> Done:
        """Import a feed or a folder into a library; if `show` is empty, the feed or the files name the show."""
        from knowledge.importing.run import Options

        folder = Path(library).expanduser().absolute()
        outcome = self._composition.importer([_place(source)], folder, Options(show=show or None))
        empty = () if outcome.episodes else ("There are no episodes in it; try another address or folder.",)
        return Done((Report(outcome.summary, empty, notes=outcome.notes),), str(folder))

    @_errors_as_reports
    def check(self, platform: PlatformId, given: Settings) -> Done:
        """Check settings that aren't written yet by asking the platform."""
        chosen = settings.load(given=given)
        return Done(asyncio.run(self._composition.platforms[SetupPart(platform)].check(chosen)))

    @_errors_as_reports
    def write(self, given: Settings) -> Done:
        """Write settings to `.env`, keeping everything else in it."""
        env_file.write(settings.ENV_FILE, given)
        return Done((Report(f"Written to {settings.ENV_FILE}, which only you can read."),))


def _place(source: str) -> str:
    """Interpret a typed source as a shell would: remove quotation marks, and expand the home folder."""
    return source if "://" in source else str(Path(source.strip("'\"")).expanduser())
