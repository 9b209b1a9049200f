"""The command line of `overheard`.

Parses arguments, asks the assistant and passes the answer to the terminal, which decides how it looks. The terminal and
the assistant come from the composition root, `__main__`.
"""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Sequence
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import Annotated, assert_never

import typer

from bot.operating import hosting, settings
from bot.operating.composition import Composition, SetupPart, Terminal
from bot.operating.options import EpisodeOption, ExampleOption, LibraryOption
from bot.operating.running import make_sure_of, serve_platforms, serve_programs
from bot.operating.session import Status, open_session
from bot.port.cards import Draw, NotDrawn, Shape
from bot.port.checks import Report, as_json, worst
from bot.port.errors import ConfigError, UsageError
from bot.port.messages import ConversationId, Found, Question, QuoteFilter, Scope
from bot.port.wording import NO_TOPICS

_CONVERSATION = ConversationId("command line")
_STANDARD_INPUT = "-"

app = typer.Typer(
    help="Answers questions about podcast episodes with the words that were really said.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,  # rich takes longer to load than most answers take
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _show_version(wanted: bool) -> None:  # noqa: FBT001 - typer calls it with the option's value
    if wanted:
        typer.echo(f"overheard {version('overheard')}")
        raise typer.Exit


@app.callback()
def _main(
    *,
    version: Annotated[
        bool, typer.Option("--version", help="Show the version and exit.", is_eager=True, callback=_show_version)
    ] = False,
) -> None:
    """Handle the options before the command."""


@app.command()
def chat(
    context: typer.Context,
    *,
    library: LibraryOption = None,
    episode: EpisodeOption = None,
    example: ExampleOption = False,
) -> None:
    """Chat in this terminal."""
    with open_session(context.obj, _chosen(library, example=example)) as session:
        session.terminal.chat(session.assistant, session.episode(episode), session.settings.history_file())


@app.command()
def run(context: typer.Context, *, library: LibraryOption = None, example: ExampleOption = False) -> None:
    """Serve every platform that is set up. If there is none, chat in this terminal."""
    composition: Composition = context.obj
    library, chosen = _chosen(library, example=example), settings.load()
    platforms = [platform for platform in composition.platforms.values() if platform.is_set_up(chosen)]
    if platforms:
        serve_platforms(composition, library, platforms)
    else:
        chat(context, library=library)


@app.command()
def setup(context: typer.Context) -> None:
    """Set up Overheard step by step. Asks for a podcast, and for the tokens of Discord and Slack."""
    from bot.operating.guide import guided

    ending = guided(context.obj)
    if ending.start:
        run(context, library=Path(ending.library) if ending.library else None)


@app.command()
def discord(context: typer.Context, *, library: LibraryOption = None, example: ExampleOption = False) -> None:
    """Answer in Discord."""
    serve_platforms(context.obj, _chosen(library, example=example), [context.obj.platforms[SetupPart.DISCORD]])


@app.command()
def slack(context: typer.Context, *, library: LibraryOption = None, example: ExampleOption = False) -> None:
    """Answer in Slack."""
    serve_platforms(context.obj, _chosen(library, example=example), [context.obj.platforms[SetupPart.SLACK]])


@app.command()
def serve(
    context: typer.Context,
    *,
    http: Annotated[str, typer.Option("--http", metavar="HOST:PORT", help="Address to listen on.")] = "127.0.0.1:8080",
    library: LibraryOption = None,
    example: ExampleOption = False,
) -> None:
    """Answer other programs over HTTP, in JSON."""
    serve_programs(context.obj, _chosen(library, example=example), http, context.obj.http)


@app.command()
def mcp(
    context: typer.Context,
    *,
    http: Annotated[
        str | None,
        typer.Option("--http", metavar="HOST:PORT", help="Serve here, under /mcp, not on stdin.", show_default=False),
    ] = None,
    library: LibraryOption = None,
    example: ExampleOption = False,
) -> None:
    """Answer an AI assistant, over the Model Context Protocol."""
    composition: Composition = context.obj
    library = _chosen(library, example=example)
    if http is not None:
        serve_programs(composition, library, http, composition.mcp)
    # Ctrl-C has to end the process itself: a thread is blocked reading a line that may never come.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    with open_session(composition, library) as session:
        session.run(composition.mcp_stdio(session.assistant))


@app.command()
def ask(
    context: typer.Context,
    question: Annotated[list[str], typer.Argument(metavar="QUESTION", help="In your own words, or “-”.")],
    *,
    json: Annotated[bool, typer.Option("--json", help="Print one JSON object per line.")] = False,
    conversation: Annotated[bool, typer.Option("--conversation", help="Let lines refer to earlier ones.")] = False,
    library: LibraryOption = None,
    episode: EpisodeOption = None,
    example: ExampleOption = False,
) -> None:
    """Ask a question, or every line of standard input with “-”."""
    with open_session(context.obj, _chosen(library, example=example)) as session:
        scope = Scope(session.episode(episode))
        thread = _CONVERSATION if conversation else None
        if question != [_STANDARD_INPUT]:
            raise typer.Exit(session.ask(Question(" ".join(question), scope, thread), json=json))
        for line in session.terminal.lines():
            session.ask(Question(line, scope, thread), json=json)


@app.command()
def quote(
    context: typer.Context,
    *,
    about: Annotated[str | None, typer.Option(metavar="WORDS", help="What to quote on.", show_default=False)] = None,
    speaker: Annotated[str | None, typer.Option(metavar="NAME", help="Whom to quote.", show_default=False)] = None,
    card: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Also save it as a picture (PNG).", dir_okay=False, show_default=False),
    ] = None,
    square: Annotated[bool, typer.Option("--square", help="Make the picture square.")] = False,
    library: LibraryOption = None,
    episode: EpisodeOption = None,
) -> None:
    """Show a quote, drawn at random."""
    if square and card is None:
        raise UsageError("--square is the picture's shape; add --card FILE")
    draw = _card_drawer(context.obj) if card else None
    with open_session(context.obj, library) as session:
        answer = session.run(
            session.assistant.random_quote(QuoteFilter(about, Scope(session.episode(episode), speaker=speaker)))
        )
        session.terminal.answer(answer)
        # Without a fitting quote, the assistant may answer with something else.
        quoted = answer.evidence if isinstance(answer, Found) else ()
        status = Status.ANSWERED if quoted else Status.NOT_ANSWERED
        if quoted and card and draw:
            status = _save_card(session.terminal, draw(quoted[0], Shape.SQUARE if square else Shape.WIDE), card)
    raise typer.Exit(status)


def _card_drawer(composition: Composition) -> Draw:
    draw = composition.cards()
    if draw is None:
        raise UsageError(
            "--card needs two more libraries: pip install 'pillow>=12,<14' 'fontpkg-source-serif-4>=4.4,<5', "
            "in Overheard's own environment"
        )
    return draw


def _save_card(terminal: Terminal, drawn: bytes | NotDrawn, file: Path) -> Status:
    if isinstance(drawn, NotDrawn):
        terminal.say(drawn.text)
        return Status.NOT_ANSWERED
    try:
        file.write_bytes(drawn)
    except OSError as error:
        raise UsageError(f"the picture can't be written to {file}: {error.strerror or error}") from error
    terminal.say(f"The picture is in {file}.")
    return Status.ANSWERED


@app.command()
def topics(context: typer.Context, *, library: LibraryOption = None, episode: EpisodeOption = None) -> None:
    """List the topics you can ask about."""
    with open_session(context.obj, library) as session:
        listed = session.run(session.assistant.topics(Scope(session.episode(episode))))
        if not listed:
            session.terminal.say(NO_TOPICS)
            raise typer.Exit(Status.NOT_ANSWERED)
        session.terminal.topics(listed)


@app.command()
def episodes(
    context: typer.Context,
    matching: Annotated[
        list[str] | None, typer.Argument(metavar="WORDS", help="Words to look for.", show_default=False)
    ] = None,
    *,
    limit: Annotated[int, typer.Option(min=1, metavar="N", help="List at most N.")] = 25,
    library: LibraryOption = None,
) -> None:
    """List the episodes, each with the id that --episode takes."""
    with open_session(context.obj, library) as session:
        listed = session.run(session.assistant.episodes(" ".join(matching or ()), limit + 1))
        if not listed:
            session.terminal.say("I don't know any episode called something like that.")
            raise typer.Exit(Status.NOT_ANSWERED)
        session.terminal.episodes(listed[:limit])
        if len(listed) > limit:
            session.terminal.say("There are more. Add some words, or raise --limit.")


@app.command()
def check(
    context: typer.Context,
    part: Annotated[
        SetupPart | None,
        typer.Argument(metavar="PART", help="Only settings, library, discord or slack.", show_default=False),
    ] = None,
    *,
    json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
    library: LibraryOption = None,
) -> None:
    """Check the set-up and say what to fix. Without PART, the settings and the library."""
    composition: Composition = context.obj
    parts = [part] if part else [SetupPart.SETTINGS, SetupPart.LIBRARY]
    try:
        checked = [(each, report) for each in parts for report in _check_part(each, composition, library)]
    except ConfigError as error:
        if not json:
            raise
        checked = [(each, Report("Not checked.", (str(error),))) for each in parts]
    if json:
        typer.echo(as_json(checked))
    else:
        terminal = composition.terminal()
        for _, report in checked:
            terminal.say(*report.problems, *report.warnings, *report.notes, report.summary)
    raise typer.Exit(worst(report for _, report in checked))


@app.command(name="import")
def import_(
    context: typer.Context,
    sources: Annotated[list[str], typer.Argument(metavar="SOURCE", help="A feed's address, a folder or a file.")],
    *,
    library: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Folder to fill; created if missing.", file_okay=False, show_default=False),
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would be done, write nothing.")] = False,
    limit: Annotated[
        int | None, typer.Option(min=1, metavar="N", help="At most N episodes, a feed's newest.", show_default=False)
    ] = None,
    since: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], metavar="DATE", help="Only episodes published since.", show_default=False),
    ] = None,
    show: Annotated[str | None, typer.Option(metavar="NAME", help="The show's name.", show_default=False)] = None,
    refresh: Annotated[bool, typer.Option("--refresh", help="Fetch even what seems unchanged.")] = False,
    allow_private: Annotated[
        bool, typer.Option("--allow-private", help="Let a feed's links lead into your own network.")
    ] = False,
) -> None:
    """Import a podcast's feed, or transcripts from folders and files."""
    from bot.operating.importing import ways_on
    from knowledge.importing.run import Options
    from knowledge.importing.web import Reach

    composition: Composition = context.obj
    named = settings.load().library
    folder = library or named
    if folder is None:
        raise UsageError("say which folder to fill: --library DIR, or the setting OVERHEARD_LIBRARY")
    reach = Reach.ANYWHERE if allow_private else Reach.PUBLIC
    options = Options(limit, since.date() if since else None, show, reach, refresh=refresh, dry_run=dry_run)
    outcome = composition.importer(sources, folder, options)
    terminal = composition.terminal()
    terminal.say(*outcome.notes, outcome.summary)
    if not outcome.episodes:
        raise typer.Exit(Status.NOT_ANSWERED)
    if not dry_run:
        terminal.say(*ways_on(folder, is_set=folder == named))


app.command()(hosting.report)
app.command()(hosting.fill)
app.command()(hosting.key)
app.command()(hosting.manifest)


def _check_part(part: SetupPart, composition: Composition, library: Path | None) -> Sequence[Report]:
    match part:
        case SetupPart.SETTINGS:
            return [settings.check()]
        case SetupPart.LIBRARY:
            try:
                return [composition.library_check(library or settings.load().library)]
            except ConfigError:
                fix = "Fix the settings first: they say which library to check."
                return [Report("Library: not checked.", (fix,))]
        case SetupPart.DISCORD | SetupPart.SLACK:
            chosen = settings.load()
            make_sure_of(composition.platforms[part], chosen)
            return asyncio.run(composition.platforms[part].check(chosen))
        case _:
            assert_never(part)


def _chosen(library: Path | None, *, example: bool) -> Path | None:
    """Return the library's folder; for the example's, say on standard error that it is invented."""
    from knowledge.library import EXAMPLE

    if not example:
        return library
    if library is not None:
        raise UsageError("--example is a library of its own; leave out --library or --example")
    typer.echo("Hive Talk is a made-up show: nobody in it exists, and its links lead nowhere.", err=True)
    return EXAMPLE
