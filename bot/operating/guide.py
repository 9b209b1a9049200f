"""`overheard setup`: carries out what the guided start asks for, one step after the other.

Asks and shows by the terminal, imports and checks by what the composition root provides. What comes next is decided in
`setting_up.py`.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, assert_never

import typer

from bot.operating import env_file, settings
from bot.operating.invoking import called
from bot.operating.setting_up import Ask, Check, Ending, Import, Known, Reply, Say, Step, Write, dialogue
from bot.port.checks import Report
from bot.port.errors import ConfigError, OverheardError, UsageError
from bot.port.failures import note_failure
from bot.port.wording import sorry

if TYPE_CHECKING:
    from bot.operating.composition import Composition, Terminal

_log = logging.getLogger(__name__)

_UNFINISHED = 1


def guided(composition: Composition) -> Ending:
    """Lead through the set-up.

    Raises:
        UsageError: there is nobody to ask.
        ConfigError: the settings that are there can't be used.
    """
    terminal = composition.terminal()
    if not terminal.is_interactive():
        raise UsageError("setup asks questions, so it needs a terminal; README.md says how to do the same by hand")
    settings.load()
    with _warnings_shown():
        return _led(composition, terminal)


@contextlib.contextmanager
def _warnings_shown() -> Iterator[None]:
    """Show warnings, and leave the log as it was: what is started afterwards sets up its own."""
    handler = logging.StreamHandler()
    handler.setLevel(logging.WARNING)
    handler.setFormatter(logging.Formatter("overheard: %(message)s"))
    log = logging.getLogger()
    log.addHandler(handler)
    try:
        yield
    finally:
        log.removeHandler(handler)


def _led(composition: Composition, terminal: Terminal) -> Ending:
    steps = dialogue(Known(_written(), _environment(), called()))
    reply: Reply | None = None
    try:
        while True:
            step = next(steps) if reply is None else steps.send(reply)
            reply = _done(step, composition, terminal)
    except StopIteration as end:
        ending: Ending = end.value
        return ending
    except (EOFError, KeyboardInterrupt):
        terminal.say(f"Stopped. What was finished stays; start again with: {called()} setup")
        raise typer.Exit(_UNFINISHED) from None


def _written() -> dict[str, str]:
    try:
        return env_file.values(settings.ENV_FILE)
    except OSError as error:
        raise ConfigError(f"{settings.ENV_FILE} cannot be read: {error.strerror}") from error


def _environment() -> frozenset[str]:
    return frozenset(name for name in settings.names() if os.environ.get(name))


def _done(step: Step, composition: Composition, terminal: Terminal) -> Reply:
    match step:
        case Say(lines):
            terminal.say(*lines)
            return Reply()
        case Ask(question, secret):
            ask = terminal.ask_secretly if secret else terminal.ask
            return Reply(ask(question).strip())
        case Import() | Check() | Write():
            try:
                return _work(step, composition)
            except OverheardError as error:
                return _failed(str(error))
            except OSError as error:
                return _failed(error.strerror or str(error))
            except Exception as error:  # noqa: BLE001 - the edge: logged, shown, and the question is asked again
                return _failed(sorry(note_failure(_log, error)))
        case _:
            assert_never(step)


def _work(step: Import | Check | Write, composition: Composition) -> Reply:
    match step:
        case Import():
            return _imported(step, composition)
        case Check(platform, given):
            from bot.operating.composition import Part

            chosen = settings.load(given=given)
            return Reply(reports=asyncio.run(composition.platforms[Part(platform)].check(chosen)))
        case Write(given):
            env_file.write(settings.ENV_FILE, given)
            return Reply(reports=(Report(f"Written to {settings.ENV_FILE}, which only you can read."),))
        case _:
            assert_never(step)


def _imported(wanted: Import, composition: Composition) -> Reply:
    from knowledge.importing.run import Options

    folder = Path(wanted.library).expanduser().absolute()
    # Nobody's shell has taken the quotation marks off, or put the home folder in.
    source = wanted.source if "://" in wanted.source else str(Path(wanted.source.strip("'\"")).expanduser())
    outcome = composition.importer([source], folder, Options(show=wanted.show or None))
    empty = () if outcome.episodes else ("There are no episodes in it; try another address or folder.",)
    return Reply(str(folder), (Report(outcome.summary, empty, outcome.notes),))


def _failed(why: str) -> Reply:
    return Reply(reports=(Report("That didn't work.", (why,)),))
