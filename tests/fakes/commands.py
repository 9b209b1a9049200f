"""A command as somebody types it, in this process."""

from __future__ import annotations

from functools import cache

import pytest
from typer import testing

from adapters.terminal.client import TerminalClient
from bot.operating import cli
from bot.operating.composition import Composition
from bot.port.checks import Report
from bot.port.metering import Watch
from bot.port.state import State

# Commands are made of their functions' types, which takes longer than most of them: once will do.
testing._get_command = cache(testing._get_command)  # type: ignore[attr-defined]

PARTS = Composition(
    terminal=TerminalClient,
    assistant=lambda *_: pytest.fail("nobody is asked"),
    library_check=lambda folder: Report(f"Library {folder}: fine."),
    importer=lambda *_: pytest.fail("nothing is imported"),
    platforms={},
    state=lambda _: State(),
    manifest=lambda *_: pytest.fail("no app is described"),
    watch=lambda *_: Watch(),
    http=lambda *_: pytest.fail("no program is served"),
    mcp=lambda *_: pytest.fail("no program is served"),
    mcp_stdio=lambda *_: pytest.fail("no program is served"),
    cards=lambda: None,
)
"""What a command gets besides the parts that a test provides."""


def run(composition: Composition, *arguments: str, stdin: bytes = b"") -> tuple[int, str]:
    """Give the exit status and what was shown; raises what ends a process with a message."""
    result = testing.CliRunner().invoke(cli.app, arguments, input=stdin, obj=composition)
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.exit_code, result.output
