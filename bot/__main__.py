"""The composition root: the one place that knows the core, the terminal and the platforms.

Puts parts together and turns errors into a line and an exit status. What may be typed is in `cli.py`.
"""

from __future__ import annotations

import contextlib
import io
import os
import sys
from pathlib import Path
from typing import TextIO

from bot import cli
from bot.checks import Report
from bot.errors import OverheardError
from bot.port import Assistant

__all__ = ["main"]


def main() -> None:
    """Run the command line and end the process with its exit status."""
    with contextlib.redirect_stderr(_Defused(sys.stderr or io.StringIO())):
        try:
            cli.app(obj=cli.Composition(_terminal, _assistant, _library_check), prog_name="overheard")
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
