"""What the composition root provides to the command line: a terminal, an assistant, platforms to serve.

Each part is made only by the command that needs it. What makes them is `__main__`; what is typed is in `cli.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from bot.operating.settings import Settings
from bot.port.addresses import Address
from bot.port.cards import Draw
from bot.port.checks import Report
from bot.port.messages import Answer, Assistant, Episode, EpisodeId, Topic
from bot.port.record import Record

if TYPE_CHECKING:
    from bot.operating.importing import Outcome
    from bot.port.metering import Meter, Watch
    from bot.port.serving import Service
    from bot.port.state import Notes, State
    from knowledge.importing.run import Options


class Terminal(Protocol):
    """Where commands read and show things."""

    def answer(self, answer: Answer) -> None:
        """Show an answer."""

    def record(self, record: Record) -> None:
        """Write an answer, or why there is none, for another program, on one line, at once."""

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
        """Ask for a line; raises EOFError and KeyboardInterrupt for somebody who leaves."""

    def ask_secretly(self, question: str) -> str:
        """Ask for a line that isn't shown as it is typed."""

    def chat(self, assistant: Assistant, episode: EpisodeId | None, history: Path | None) -> None:
        """Answer what is typed until the person leaves or the input ends."""


@dataclass(frozen=True, slots=True)
class Composition:
    """All of it.

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
    state: Callable[[Settings], State] = lambda _: _in_memory()
    manifest: Callable[[str | None, bool], Mapping[str, object]] = lambda *_: {}
    watch: Callable[[Settings, Assistant], Watch] = lambda *_: _unwatched()
    programs: Programs | None = None
    cards: Callable[[], Draw | None] = lambda: None


# What only serving needs is loaded where it is made: most commands serve nothing.


def _in_memory() -> State:
    from bot.port.state import State

    return State()


def _unwatched() -> Watch:
    from bot.port.metering import Watch

    return Watch()


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

    is_set_up: Callable[[Settings], bool]
    needs: str
    service: Callable[[Settings, Assistant, State, Meter], Service]
    check: Callable[[Settings], Coroutine[object, object, Sequence[Report]]]


class Part(StrEnum):
    """What can be checked alone."""

    SETTINGS = "settings"
    LIBRARY = "library"
    DISCORD = "discord"
    SLACK = "slack"
