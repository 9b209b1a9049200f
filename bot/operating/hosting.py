"""What a host types: the report on what people asked, and the filling of a gap.

Reads arguments, and says what became of them. The report is made in `report/`, a library is changed in
`knowledge/importing/filling.py`.
"""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.operating import settings
from bot.port.errors import UsageError
from bot.port.logbook import Records

if TYPE_CHECKING:
    from bot.operating.cli import Composition
    from bot.port.state import State

_DAYS = 30


def report(
    context: typer.Context,
    *,
    days: Annotated[int, typer.Option(min=1, max=3650, metavar="N", help="The last N days.")] = _DAYS,
    csv: Annotated[
        Path | None, typer.Option("--csv", metavar="FILE", help="Write a table.", dir_okay=False, show_default=False)
    ] = None,
    html: Annotated[
        Path | None, typer.Option("--html", metavar="FILE", help="Write a page.", dir_okay=False, show_default=False)
    ] = None,
) -> None:
    """Show what people asked in vain, how questions were answered, and what people thought of answers."""
    from bot.operating.report.lines import lines
    from bot.operating.report.page import page
    from bot.operating.report.table import table
    from bot.operating.report.values import compiled
    from knowledge.search.meaning import Meanings

    composition: Composition = context.obj
    made = compiled(asyncio.run(_kept(composition.state(settings.load()), days)), Meanings.load())
    terminal = composition.terminal()
    for file, write in ((csv, table), (html, page)):
        if file is not None:
            _write(file, write(made))
            terminal.say(f"Written: {file}")
    if csv is None and html is None:
        terminal.say(*lines(made))


async def _kept(state: State, days: int) -> Records:
    async with state.opened():
        return await state.logbook.read(days)


def _write(file: Path, text: str) -> None:
    """Write a file.

    Raises:
        UsageError: it can't be written.
    """
    try:
        file.write_text(text, encoding="utf-8", newline="")
    except OSError as error:
        raise UsageError(f"{file} can't be written ({error.strerror}); name another file") from error
