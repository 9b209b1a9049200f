"""What a host types: the report on what people asked, the filling of a gap, and what setting Slack up needs.

Reads arguments, and says what became of them. The report is made in `report/`, a library is changed in `filling.py`.
"""

from __future__ import annotations

import asyncio
import base64
import json
import re
import secrets
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.operating import logs, settings
from bot.operating.options import LibraryOption
from bot.port.errors import UsageError

if TYPE_CHECKING:
    from bot.operating.composition import Composition
    from bot.port.logbook import Records
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
    """Show what people asked in vain. Also how questions were answered, and what people thought of answers."""
    from bot.operating.report.lines import lines
    from bot.operating.report.page import page
    from bot.operating.report.table import table
    from bot.operating.report.values import compiled
    from knowledge.search.meaning import Meanings

    composition: Composition = context.obj
    chosen = settings.load()
    logs.begin(settings.LogLevel.WARNING, chosen.log_format)
    made = compiled(asyncio.run(_kept(composition.state(chosen), days)), Meanings.load())
    terminal = composition.terminal()
    for file, write in ((csv, table), (html, page)):
        if file is not None:
            _write(file, write(made))
            terminal.say(f"Written: {file}")
    if csv is None and html is None:
        terminal.say(*lines(made))


def fill(
    context: typer.Context,
    words: Annotated[str, typer.Argument(metavar="QUESTION", help="What people ask, or the words for it.")],
    episode: Annotated[str, typer.Argument(metavar="EPISODE", help="The id of the episode that answers.")],
    time: Annotated[
        str | None, typer.Argument(metavar="TIME", help="When it is said, such as 12:30.", show_default=False)
    ] = None,
    *,
    topic: Annotated[
        str | None,
        typer.Option("--topic", metavar="ID", help="Instead of a time: the topic that answers.", show_default=False),
    ] = None,
    title: Annotated[
        str | None, typer.Option(metavar="WORDS", help="What the new topic is called.", show_default=False)
    ] = None,
    summary: Annotated[
        str | None, typer.Option(metavar="WORDS", help="What it says, in your words.", show_default=False)
    ] = None,
    library: LibraryOption = None,
) -> None:
    """Answer by hand what could not be answered. Adds a topic with what is said at a time, or another name for one."""
    from bot.operating.filling import Asked, add_name, add_topic

    composition: Composition = context.obj
    folder = library or settings.load().library
    if folder is None:
        raise UsageError("say which library to change: --library DIR, or the setting OVERHEARD_LIBRARY")
    terminal = composition.terminal()
    if topic is not None and time is None:
        filled = add_name(folder, episode, words, topic)
        terminal.say(f"“{filled.topic}” answers “{words}” now.", f"Written: {filled.file}")
    elif time is not None and topic is None:
        filled = add_topic(folder, episode, Asked(words, title, summary), time)
        said = filled.quote.text if filled.quote else ""
        terminal.say(f"“{filled.topic}” is a topic now, with what is said there:", said, f"Written: {filled.file}")
    else:
        raise UsageError("give a TIME, such as 12:30, or --topic and the topic that answers; not both")


def key() -> None:
    """Make a key for OVERHEARD_ENCRYPTION_KEY."""
    typer.echo(base64.urlsafe_b64encode(secrets.token_bytes(32)).decode())


def manifest(
    context: typer.Context,
    address: Annotated[
        str | None,
        typer.Argument(
            metavar="ADDRESS",
            help="For HTTP: where it is, such as https://bot.example.org.",
            show_default=False,
        ),
    ] = None,
    *,
    many: Annotated[
        bool, typer.Option("--many", help="For many workspaces; so it is with SLACK_CLIENT_ID set.")
    ] = False,
) -> None:
    """Print what Slack asks for as a manifest. It describes the app."""
    composition: Composition = context.obj
    many = many or settings.load().slack_client_id is not None
    if address is not None and not re.fullmatch(r"https://[^\s/]+/*", address):
        raise UsageError("an address is https:// and the name of a host, such as https://bot.example.org")
    if many and address is None:
        raise UsageError(
            "many workspaces install the app over HTTP: say at which address, as in https://bot.example.org"
        )
    described = composition.manifest(None if address is None else address.rstrip("/"), many)
    typer.echo(json.dumps(described, ensure_ascii=False, indent=2))


async def _kept(state: State, days: int) -> Records:
    """Read what is kept.

    Raises:
        UsageError: nothing was ever kept here.
    """
    if state.lacks:
        raise UsageError(
            f"nothing is kept in {state.lacks} yet: a bot makes that file once it serves Discord or Slack. "
            "If yours runs elsewhere or for another user, set OVERHEARD_DATABASE_URL to where it keeps things"
        )
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
