"""A command as somebody types it, in this process."""

from __future__ import annotations

from functools import cache

from typer import testing

from bot.operating import cli
from bot.operating.composition import Composition

# Commands are made of their functions' types, which takes longer than most of them: once will do.
testing._get_command = cache(testing._get_command)  # type: ignore[attr-defined]


def run(composition: Composition, *arguments: str, stdin: bytes = b"") -> tuple[int, str]:
    """Give the exit status and what was shown; raises what ends a process with a message."""
    result = testing.CliRunner().invoke(cli.app, arguments, input=stdin, obj=composition)
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.exit_code, result.output
