"""The operator's further commands: the report on what people asked, filling a gap, and what Slack's set-up needs.

Parses arguments and shows results. `report/` makes the report, `filling.py` changes a library.
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

_DEFAULT_DAYS = 30


def report(
    context: typer.Context,
    *,
    days: Annotated[int, typer.Option(min=1, max=3650, metavar="N", help="Cover the last N days.")] = _DEFAULT_DAYS,
    csv: Annotated[
        Path | None,
        typer.Option("--csv", metavar="FILE", help="Write a CSV table.", dir_okay=False, show_default=False),
    ] = None,
    html: Annotated[
        Path | None,
        typer.Option("--html", metavar="FILE", help="Write a web page.", dir_okay=False, show_default=False),
    ] = None,
) -> None:
    """Show which questions found no answer. Also how others were answered, and what people thought of the answers."""
    from bot.operating.report.lines import lines
    from bot.operating.report.page import page
    from bot.operating.report.table import table
    from bot.operating.report.values import compiled
    from knowledge.search.meaning import Meanings

    composition: Composition = context.obj
    chosen = settings.load()
    logs.begin(settings.LogLevel.WARNING, chosen.log_format)
    made = compiled(asyncio.run(_records(composition.state(chosen), days)), Meanings.load())
    terminal = composition.terminal()
    for file, write in ((csv, table), (html, page)):
        if file is not None:
            _write(file, write(made))
            terminal.say(f"Written: {file}")
    if csv is None and html is None:
        terminal.say(*lines(made))


def fill(
    context: typer.Context,
    words: Annotated[str, typer.Argument(metavar="QUESTION", help="What people ask, or words for its subject.")],
    episode: Annotated[str, typer.Argument(metavar="EPISODE", help="The id of the episode with the answer.")],
    time: Annotated[
        str | None, typer.Argument(metavar="TIME", help="When it is said, such as 12:30.", show_default=False)
    ] = None,
    *,
    topic: Annotated[
        str | None,
        typer.Option("--topic", metavar="ID", help="Instead of a time: the topic with the answer.", show_default=False),
    ] = None,
    title: Annotated[
        str | None, typer.Option(metavar="WORDS", help="The new topic's title.", show_default=False)
    ] = None,
    summary: Annotated[
        str | None, typer.Option(metavar="WORDS", help="Its summary, in your own words.", show_default=False)
    ] = None,
    library: LibraryOption = None,
) -> None:
    """Answer by hand a question that found no answer. Adds a topic with what is said, or another name for a topic."""
    from bot.operating.filling import NewTopic, add_name, add_topic

    composition: Composition = context.obj
    folder = library or settings.load().library
    if folder is None:
        raise UsageError("say which library to change: --library DIR, or the setting OVERHEARD_LIBRARY")
    terminal = composition.terminal()
    if topic is not None and time is None:
        filled = add_name(folder, episode, words, topic)
        terminal.say(f"“{filled.topic}” now answers “{words}”.", f"Written: {filled.file}")
    elif time is not None and topic is None:
        filled = add_topic(folder, episode, NewTopic(words, title, summary), time)
        said = filled.quote.text if filled.quote else ""
        terminal.say(f"“{filled.topic}” is now a topic, with what is said there:", said, f"Written: {filled.file}")
    else:
        raise UsageError("give a TIME, such as 12:30, or --topic and the topic that answers, but not both")


def key() -> None:
    """Make a key for OVERHEARD_ENCRYPTION_KEY."""
    typer.echo(base64.urlsafe_b64encode(secrets.token_bytes(32)).decode())


def manifest(
    context: typer.Context,
    address: Annotated[
        str | None,
        typer.Argument(
            metavar="ADDRESS",
            help="The app's address, if over HTTP, such as https://bot.example.org.",
            show_default=False,
        ),
    ] = None,
    *,
    many: Annotated[bool, typer.Option("--many", help="For many workspaces, as if SLACK_CLIENT_ID were set.")] = False,
) -> None:
    """Print the Slack app's manifest. Slack asks for it when you create the app."""
    composition: Composition = context.obj
    many = many or settings.load().slack_client_id is not None
    if address is not None and not re.fullmatch(r"https://[^\s/]+/*", address):
        raise UsageError("an address is https:// and a host name, such as https://bot.example.org")
    if many and address is None:
        raise UsageError("many workspaces install the app over HTTP: give its address, such as https://bot.example.org")
    described = composition.manifest(None if address is None else address.rstrip("/"), many)
    typer.echo(json.dumps(described, ensure_ascii=False, indent=2))


async def _records(state: State, days: int) -> Records:
    """Read the records of the last `days` days; raises UsageError if nothing was ever recorded here."""
    if state.lacks:
        raise UsageError(
            f"there is no {state.lacks} yet: a bot creates that file once it serves Discord or Slack. "
            "If yours runs elsewhere or as another user, set OVERHEARD_DATABASE_URL to its database"
        )
    async with state.opened():
        return await state.logbook.read(days)


def _write(file: Path, text: str) -> None:
    try:
        file.write_text(text, encoding="utf-8", newline="")
    except OSError as error:
        raise UsageError(f"{file} can't be written ({error.strerror}); name another file") from error
