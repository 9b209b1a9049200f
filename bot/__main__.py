"""The composition root: the one place that knows the core, the terminal and the platforms.

Puts parts together and turns errors into a line and an exit status. What may be typed is in `cli.py`.
"""

from __future__ import annotations

import contextlib
import io
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from bot import cli
from bot.checks import Report
from bot.errors import OverheardError
from bot.port import Assistant

if TYPE_CHECKING:
    from bot.importing import Options, Outcome

__all__ = ["main"]


def main() -> None:
    """Run the command line and end the process with its exit status."""
    with contextlib.redirect_stderr(_Defused(sys.stderr or io.StringIO())):
        try:
            cli.app(obj=cli.Composition(_terminal, _assistant, _library_check, _importer), prog_name="overheard")
        except OverheardError as error:
            _end_with(str(error))
        except OSError as error:
            # A full disk or a closed terminal; without this the last flush would print a traceback.
            os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
            _end_with(f"{error.strerror or error}")


def _end_with(message: str) -> None:
    print(f"overheard: {message}", file=sys.stderr)  # noqa: T201
    sys.exit(cli.Status.WRONG)


# Each imports what it makes: `overheard --help` needs neither, and `ask` no line editor.


def _terminal() -> cli.Terminal:
    from adapters.terminal.client import TerminalClient

    return TerminalClient()


def _assistant(folder: Path | None) -> Assistant:
    from bot.compose import open_assistant

    return open_assistant(folder)


def _library_check(folder: Path | None) -> Report:
    from bot.compose import check_library

    return check_library(folder)


def _importer(sources: Sequence[str], library: Path, options: Options) -> Outcome:
    import asyncio

    from adapters.terminal.progress import shown
    from adapters.web.client import WebClient
    from bot.importing import import_sources

    try:
        with shown() as bar:
            return asyncio.run(import_sources(sources, library, options, WebClient.opened(), bar))
    except KeyboardInterrupt:
        print("overheard: stopped; what is imported stays, and the next import goes on", file=sys.stderr)  # noqa: T201
        raise


class _Defused(io.TextIOBase):
    """Standard error without anything that a terminal would obey: messages quote arguments, settings and files."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        from adapters.terminal.render import safe

        return self._stream.write(safe(text))

    def flush(self) -> None:
        self._stream.flush()


if __name__ == "__main__":
    main()
