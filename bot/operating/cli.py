"""The command line: what may be typed after `overheard`, and the exit status it ends with.

Reads arguments and settings, asks the assistant, hands the answer to the terminal. How things look is the terminal's
business; where terminal and assistant come from is the composition root's, `__main__`.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import signal
import time
from collections.abc import Callable, Coroutine, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from difflib import get_close_matches
from enum import IntEnum, StrEnum
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn, Protocol, TypeAlias, TypeVar, assert_never

import typer

from bot.operating import hosting, logs, settings
from bot.port.addresses import Address
from bot.port.cards import Draw, NotDrawn, Shape
from bot.port.checks import Report, as_json, worst
from bot.port.errors import ConfigError, UsageError
from bot.port.failures import note_failure
from bot.port.messages import (
    Answer,
    Assistant,
    ConversationId,
    Episode,
    EpisodeId,
    Fact,
    Found,
    Help,
    NotFound,
    Question,
    QuoteCheck,
    QuoteFilter,
    Scope,
    Several,
    Topic,
    Unsure,
    Verdict,
)
from bot.port.metering import Meter, NoWatch, Watch
from bot.port.state import Notes, State, StateInMemory
from bot.port.wording import NO_TOPICS

if TYPE_CHECKING:
    from bot.operating.importing import Outcome
    from bot.port.serving import Service
    from knowledge.importing.run import Options

_log = logging.getLogger(__name__)

_T = TypeVar("_T")

_CONVERSATION = ConversationId("command line")
_STANDARD_INPUT = "-"
_NEAREST = 3
_SEARCHED = 100_000


class Status(IntEnum):
    """What a command tells its parent."""

    ANSWERED = 0
    NOT_ANSWERED = 1
    WRONG = 2


class Terminal(Protocol):
    """Where commands read and show things."""

    def answer(self, answer: Answer) -> None:
        """Show an answer."""

    def record(self, question: Question, answer: Answer, took: timedelta) -> None:
        """Write an answer for another program, on one line, at once."""

    def failure(self, reference: str) -> None:
        """Apologise for a failure that is logged under a reference."""

    def record_failure(self, question: Question, reference: str, took: timedelta) -> None:
        """Write a failure for another program, on one line, at once."""

    def topics(self, topics: Iterable[Topic]) -> None:
        """List topics."""

    def episodes(self, episodes: Iterable[Episode]) -> None:
        """List episodes."""

    def say(self, *notes: str) -> None:
        """Show sentences."""

    def lines(self) -> Iterator[str]:
        """Read standard input line by line, whatever bytes it holds."""

    def is_interactive(self) -> bool:
        """Tell whether somebody is there who can be asked."""

    def ask(self, question: str) -> str:
        """Ask for a line; raises EOFError and KeyboardInterrupt for whoever leaves."""

    def ask_secretly(self, question: str) -> str:
        """Ask for a line that isn't shown as it is typed."""

    def chat(self, assistant: Assistant, episode: EpisodeId | None, history: Path | None) -> None:
        """Answer what is typed until the person leaves or the input ends."""


@dataclass(frozen=True, slots=True)
class Composition:
    """What the composition root provides; each part is made only by the command that needs it.

    Attributes:
        terminal: makes the terminal.
        assistant: opens the library in a folder, None for the shipped one, and keeps conversations in notes, None for
            memory; raises OverheardError.
        library_check: looks a library through.
        importer: imports sources into a library's folder; raises OverheardError.
        platforms: by name, in the order in which they are started.
        state: makes what outlives a restart; only a command that serves opens it.
        manifest: describes the Slack app, at an address for HTTP, for one workspace or many.
        watch: makes what shows metrics while a command serves.
        programs: serve other programs.
        cards: makes what draws quotations; None where its libraries aren't installed.
    """

    terminal: Callable[[], Terminal]
    assistant: Callable[[Path | None, Notes | None], Assistant]
    library_check: Callable[[Path | None], Report]
    importer: Callable[[Sequence[str], Path, Options], Outcome]
    platforms: Mapping[Part, Platform] = field(default_factory=dict)
    state: Callable[[settings.Settings], State] = lambda _: StateInMemory()
    manifest: Callable[[str | None, bool], Mapping[str, object]] = lambda *_: {}
    watch: Callable[[settings.Settings, Assistant], Watch] = lambda *_: NoWatch()
    programs: Programs | None = None
    cards: Callable[[], Draw | None] = lambda: None


@dataclass(frozen=True, slots=True)
class Programs:
    """The ways in which other programs ask.

    Attributes:
        http: makes what serves them at an address; a token is asked for where there is one.
        mcp: likewise, over the Model Context Protocol.
        mcp_stdio: serves one over standard input and output, until it closes them.
    """

    http: Callable[[Address, str | None, Assistant, Meter], Service]
    mcp: Callable[[Address, str | None, Assistant, Meter], Service]
    mcp_stdio: Callable[[Assistant], Coroutine[object, object, None]]


@dataclass(frozen=True, slots=True)
class Platform:
    """A chat platform; its SDK is loaded only by the command that needs it.

    Attributes:
        is_set_up: whether the settings name it.
        needs: the setting that sets it up.
        service: makes what serves it.
        check: asks it about its set-up.
    """

    is_set_up: Callable[[settings.Settings], bool]
    needs: str
    service: Callable[[settings.Settings, Assistant, State, Meter], Service]
    check: Callable[[settings.Settings], Coroutine[object, object, Sequence[Report]]]


class Part(StrEnum):
    """What can be checked alone."""

    SETTINGS = "settings"
    LIBRARY = "library"
    DISCORD = "discord"
    SLACK = "slack"


app = typer.Typer(
    help="Answers questions about podcast episodes with the words that were really said.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,  # rich takes longer to load than most answers take
    context_settings={"help_option_names": ["-h", "--help"]},
)

LibraryOption: TypeAlias = Annotated[
    Path | None,
    typer.Option(
        "--library", metavar="DIR", help="Folder of episodes.", exists=True, file_okay=False, show_default=False
    ),
]
EpisodeOption: TypeAlias = Annotated[
    str | None, typer.Option("--episode", metavar="ID", help="This episode only.", show_default=False)
]

ExampleOption: TypeAlias = Annotated[
    bool, typer.Option("--example", help="Ask the example library, two episodes of a made-up show.")
]


def _show_version(wanted: bool) -> None:  # noqa: FBT001 - typer calls it with the option's value
    if wanted:
        typer.echo(f"overheard {version('overheard')}")
        raise typer.Exit


@app.callback()
def _main(
    *,
    version: Annotated[
        bool, typer.Option("--version", help="Show the version and leave.", is_eager=True, callback=_show_version)
    ] = False,
) -> None:
    """Take what stands before the command."""


@app.command()
def chat(
    context: typer.Context,
    *,
    library: LibraryOption = None,
    episode: EpisodeOption = None,
    example: ExampleOption = False,
) -> None:
    """Chat in this terminal."""
    with _desk(context, _example(library) if example else library) as desk:
        desk.terminal.chat(desk.assistant, desk.episode(episode), desk.settings.history_file())


@app.command()
def run(context: typer.Context, *, library: LibraryOption = None) -> None:
    """Serve every platform that is set up. With none, chat in this terminal."""
    composition: Composition = context.obj
    chosen = settings.load()
    platforms = [platform for platform in composition.platforms.values() if platform.is_set_up(chosen)]
    if platforms:
        _serve(context, library, platforms)
    else:
        chat(context, library=library)


@app.command()
def setup(context: typer.Context) -> None:
    """Set it up, a question at a time. Asks for a podcast, and for the tokens of Discord and Slack."""
    from bot.operating.guide import guided

    ending = guided(context.obj)
    if ending.start:
        run(context, library=Path(ending.library) if ending.library else None)


@app.command()
def discord(context: typer.Context, *, library: LibraryOption = None) -> None:
    """Answer in Discord."""
    _serve_alone(context, library, Part.DISCORD)


@app.command()
def slack(context: typer.Context, *, library: LibraryOption = None) -> None:
    """Answer in Slack."""
    _serve_alone(context, library, Part.SLACK)


def _serve_alone(context: typer.Context, library: Path | None, part: Part) -> None:
    composition: Composition = context.obj
    platform = composition.platforms[part]
    _set_up(platform, settings.load())
    _serve(context, library, [platform])


def _serve(context: typer.Context, library: Path | None, platforms: Sequence[Platform]) -> None:
    """Serve platforms side by side until the process is asked to stop."""
    composition: Composition = context.obj
    state = composition.state(settings.load())
    with _desk(context, library, settings.LogLevel.INFO, state.notes) as desk:
        watch = composition.watch(desk.settings, desk.assistant)
        services = [platform.service(desk.settings, desk.assistant, state, watch.meter) for platform in platforms]
        status = _served(desk, services, state, watch)
    raise typer.Exit(status)


def _served(desk: _Desk, services: Sequence[Service], state: State, watch: Watch) -> int:
    """Serve until the process is asked to stop; returns its exit status.

    Raises:
        ConfigError: something cannot start.
    """
    from bot.port.serving import StartError, serve, stop_on_signals

    async def until_asked_to_stop() -> int:
        stop = asyncio.Event()
        with stop_on_signals(stop):
            async with state.opened(), watch.opened():
                return await serve(services, stop)

    try:
        return desk.run(until_asked_to_stop())
    except StartError as error:
        raise ConfigError(str(error)) from error


@app.command(name="serve")
def serve_programs(
    context: typer.Context,
    *,
    http: Annotated[str, typer.Option("--http", metavar="HOST:PORT", help="Where to listen.")] = "127.0.0.1:8080",
    library: LibraryOption = None,
) -> None:
    """Answer other programs over HTTP, in JSON."""
    _serve_program(context, library, http, _programs(context).http)


@app.command()
def mcp(
    context: typer.Context,
    *,
    http: Annotated[
        str | None,
        typer.Option("--http", metavar="HOST:PORT", help="Listen there, at /mcp; else to stdin.", show_default=False),
    ] = None,
    library: LibraryOption = None,
) -> None:
    """Answer an AI assistant, over the Model Context Protocol."""
    programs = _programs(context)
    if http is not None:
        _serve_program(context, library, http, programs.mcp)
    # Ctrl-C has to end it at once: its thread waits for a line that nobody may ever write.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    with _desk(context, library) as desk:
        desk.run(programs.mcp_stdio(desk.assistant))


def _programs(context: typer.Context) -> Programs:
    composition: Composition = context.obj
    if composition.programs is None:
        raise UsageError("no other programs can be served here")
    return composition.programs


def _serve_program(
    context: typer.Context,
    library: Path | None,
    http: str,
    make: Callable[[Address, str | None, Assistant, Meter], Service],
) -> NoReturn:
    """Serve programs at an address until the process is asked to stop."""
    composition: Composition = context.obj
    address = Address.read(http)
    token = settings.load().serve_token
    if token is None and not address.is_private:
        raise ConfigError(f"others can reach {address}: set OVERHEARD_SERVE_TOKEN to what they have to bring")
    with _desk(context, library, settings.LogLevel.INFO) as desk:
        watch = composition.watch(desk.settings, desk.assistant)
        service = make(address, token.get_secret_value() if token else None, desk.assistant, watch.meter)
        status = _served(desk, [service], StateInMemory(), watch)
    raise typer.Exit(status)


def _set_up(platform: Platform, chosen: settings.Settings) -> None:
    """Make sure that the settings name a platform.

    Raises:
        ConfigError: they don't.
    """
    if not platform.is_set_up(chosen):
        raise ConfigError(f"{platform.needs} is not set. README.md says where to get it; put it into .env")


@app.command()
def ask(
    context: typer.Context,
    question: Annotated[list[str], typer.Argument(metavar="QUESTION", help="In your own words, or “-”.")],
    *,
    json: Annotated[bool, typer.Option("--json", help="Print a JSON object a line.")] = False,
    conversation: Annotated[bool, typer.Option("--conversation", help="Lines may refer to earlier ones.")] = False,
    library: LibraryOption = None,
    episode: EpisodeOption = None,
    example: ExampleOption = False,
) -> None:
    """Ask a question, or with “-” every line of standard input."""
    with _desk(context, _example(library) if example else library) as desk:
        scope = desk.episode(episode)
        thread = _CONVERSATION if conversation else None
        show = _recorded if json else _shown
        if question != [_STANDARD_INPUT]:
            raise typer.Exit(show(desk, Question(" ".join(question), scope, thread)))
        for line in desk.terminal.lines():
            show(desk, Question(line, scope, thread))


@app.command()
def quote(
    context: typer.Context,
    *,
    about: Annotated[str | None, typer.Option(metavar="WORDS", help="What it is about.", show_default=False)] = None,
    speaker: Annotated[str | None, typer.Option(metavar="NAME", help="Who said it.", show_default=False)] = None,
    card: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Also make it a picture, a PNG.", dir_okay=False, show_default=False),
    ] = None,
    square: Annotated[bool, typer.Option("--square", help="Make the picture square.")] = False,
    library: LibraryOption = None,
    episode: EpisodeOption = None,
) -> None:
    """Show a quote, drawn at random."""
    if square and card is None:
        raise UsageError("--square is a shape of the picture; add --card FILE")
    draw = _drawing(context.obj) if card else None
    with _desk(context, library) as desk:
        answer = desk.run(
            desk.assistant.random_quote(QuoteFilter(about, Scope(desk.episode(episode), speaker=speaker)))
        )
        desk.terminal.answer(answer)
        # Asked for a quote where there is none, the assistant may answer with something else.
        quoted = answer.evidence if isinstance(answer, Found) else ()
        status = Status.ANSWERED if quoted else Status.NOT_ANSWERED
        if quoted and card and draw:
            status = _pictured(desk.terminal, draw(quoted[0], Shape.SQUARE if square else Shape.WIDE), card)
    raise typer.Exit(status)


def _drawing(composition: Composition) -> Draw:
    draw = composition.cards()
    if draw is None:
        raise UsageError("--card needs two libraries more: pip install 'overheard[cards]'")
    return draw


def _pictured(terminal: Terminal, drawn: bytes | NotDrawn, file: Path) -> Status:
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
    """List what can be asked about."""
    with _desk(context, library) as desk:
        listed = desk.run(desk.assistant.topics(desk.episode(episode)))
        if not listed:
            desk.terminal.say(NO_TOPICS)
            raise typer.Exit(Status.NOT_ANSWERED)
        desk.terminal.topics(listed)


@app.command()
def episodes(
    context: typer.Context,
    matching: Annotated[
        list[str] | None, typer.Argument(metavar="WORDS", help="Words to look for.", show_default=False)
    ] = None,
    *,
    limit: Annotated[int, typer.Option(min=1, metavar="N", help="List no more than this.")] = 25,
    library: LibraryOption = None,
) -> None:
    """List the episodes, each with the id that --episode takes."""
    with _desk(context, library) as desk:
        listed = desk.run(desk.assistant.episodes(" ".join(matching or ()), limit + 1))
        if not listed:
            desk.terminal.say("I don't know an episode called anything like that.")
            raise typer.Exit(Status.NOT_ANSWERED)
        desk.terminal.episodes(listed[:limit])
        if len(listed) > limit:
            desk.terminal.say("There are more. Add some words, or raise --limit.")


@app.command()
def check(
    context: typer.Context,
    part: Annotated[
        Part | None,
        typer.Argument(metavar="PART", help="Only this: settings, library, discord or slack.", show_default=False),
    ] = None,
    *,
    json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
    library: LibraryOption = None,
) -> None:
    """Check the set-up and say what to fix. Without PART, the settings and the library."""
    composition: Composition = context.obj
    parts = [part] if part else [Part.SETTINGS, Part.LIBRARY]
    try:
        checked = [(each, report) for each in parts for report in _checked(each, composition, library)]
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
        typer.Option(
            "--library",
            metavar="DIR",
            help="Folder to fill; created if need be.",
            file_okay=False,
            show_default=False,
        ),
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would be done; write nothing.")] = False,
    limit: Annotated[
        int | None,
        typer.Option(min=1, metavar="N", help="At most so many, of a feed the newest.", show_default=False),
    ] = None,
    since: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], metavar="DATE", help="Only those published since.", show_default=False),
    ] = None,
    show: Annotated[
        str | None, typer.Option(metavar="NAME", help="What the show is called.", show_default=False)
    ] = None,
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
    options = Options(
        limit=limit,
        since=since.date() if since else None,
        show=show,
        reach=Reach.ANYWHERE if allow_private else Reach.PUBLIC,
        refresh=refresh,
        dry_run=dry_run,
    )
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


def _checked(part: Part, composition: Composition, library: Path | None) -> Sequence[Report]:
    match part:
        case Part.SETTINGS:
            return [settings.check()]
        case Part.LIBRARY:
            try:
                return [composition.library_check(library or settings.load().library)]
            except ConfigError:
                fix = "Fix the settings first: they say which library to check."
                return [Report("Library: not checked.", (fix,))]
        case Part.DISCORD | Part.SLACK:
            chosen = settings.load()
            _set_up(composition.platforms[part], chosen)
            return asyncio.run(composition.platforms[part].check(chosen))
        case _:
            assert_never(part)


def _example(library: Path | None) -> Path:
    """Say that the example is invented, where no program reads it, and name its folder."""
    from knowledge.library import EXAMPLE

    if library is not None:
        raise UsageError("--example asks a library of its own; leave out --library or --example")
    typer.echo("Hive Talk is a made-up show: nobody in it exists, and its links lead nowhere.", err=True)
    return EXAMPLE


@dataclass(frozen=True, slots=True)
class _Failed:
    """No answer: something went wrong, and is logged under the reference."""

    reference: str


@dataclass(frozen=True, slots=True)
class _Desk:
    """What a command works with."""

    settings: settings.Settings
    terminal: Terminal
    assistant: Assistant
    runner: asyncio.Runner

    def run(self, work: Coroutine[object, object, _T]) -> _T:
        return self.runner.run(work)

    def ask(self, question: Question) -> tuple[Answer | _Failed, timedelta]:
        """Ask, and say how long that took; a question that fails is logged, and the next can be asked."""
        started = time.perf_counter()
        answer: Answer | _Failed
        try:
            answer = self.run(self.assistant.ask(question))
        except Exception as error:  # noqa: BLE001 - the edge: logged, and the asker gets an apology
            answer = _Failed(note_failure(_log, error))
        return answer, timedelta(seconds=time.perf_counter() - started)

    def episode(self, id: str | None) -> EpisodeId | None:
        """Make sure that an episode is there.

        Raises:
            UsageError: it isn't; the message names the nearest.
        """
        if id is None or self.run(self.assistant.episode(EpisodeId(id))):
            return None if id is None else EpisodeId(id)
        known = self.run(self.assistant.episodes(limit=_SEARCHED))
        near = get_close_matches(id, [episode.id for episode in known], n=_NEAREST, cutoff=0)
        raise UsageError(f"there is no episode “{id}”; the nearest: {', '.join(near) or 'none, the library is empty'}")


@contextlib.contextmanager
def _desk(
    context: typer.Context,
    library: Path | None,
    log_level: settings.LogLevel = settings.LogLevel.WARNING,
    notes: Notes | None = None,
) -> Iterator[_Desk]:
    composition: Composition = context.obj
    chosen = settings.load()
    logs.begin(chosen.log_level or log_level, chosen.log_format)
    for oddity in settings.oddities():
        if chosen.log_format is settings.LogFormat.JSON:
            _log.warning("%s", oddity)
        else:
            typer.echo(f"overheard: {oddity}", err=True)
    with asyncio.Runner() as runner:
        yield _Desk(chosen, composition.terminal(), composition.assistant(library or chosen.library, notes), runner)


def _shown(desk: _Desk, question: Question) -> Status:
    """Ask, and show the answer to a person."""
    answer, _ = desk.ask(question)
    if isinstance(answer, _Failed):
        desk.terminal.failure(answer.reference)
        return Status.WRONG
    desk.terminal.answer(answer)
    return _status(answer)


def _recorded(desk: _Desk, question: Question) -> Status:
    """Ask, and write the answer for another program."""
    answer, took = desk.ask(question)
    if isinstance(answer, _Failed):
        desk.terminal.record_failure(question, answer.reference, took)
        return Status.WRONG
    desk.terminal.record(question, answer, took)
    return _status(answer)


def _status(answer: Answer) -> Status:
    match answer:
        case Found() | Fact() | Help():
            return Status.ANSWERED
        case QuoteCheck(verdict=verdict):
            return Status.NOT_ANSWERED if verdict is Verdict.NOT_FOUND else Status.ANSWERED
        case Unsure() | NotFound():
            return Status.NOT_ANSWERED
        case Several(parts):
            return min(_status(part.answer) for part in parts)
        case _:
            assert_never(answer)
