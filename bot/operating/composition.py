"""What the composition root provides to the command line: a terminal, an assistant, platforms to serve.

Types only: `__main__` makes the parts, and each is made only by a command that needs it.
"""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
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
    from bot.operating.importing import ImportOutcome
    from bot.port.metering import Meter, Watch
    from bot.port.serving import Service
    from bot.port.state import Notes, State
    from knowledge.importing.run import Options


class Terminal(Protocol):
    """Where commands read input and show results."""

    def answer(self, answer: Answer) -> None:
        """Show an answer."""

    def record(self, record: Record) -> None:
        """Write an answer, or why there is none, on one line for another program, and flush it."""

    def topics(self, topics: Iterable[Topic]) -> None:
        """List topics."""

    def episodes(self, episodes: Iterable[Episode]) -> None:
        """List episodes."""

    def say(self, *notes: str) -> None:
        """Show sentences."""

    def lines(self) -> Iterator[str]:
        """Read standard input line by line, even if it isn't valid text."""

    def is_interactive(self) -> bool:
        """Return whether a person is there to answer questions."""

    def ask(self, question: str) -> str:
        """Ask for a line; raises EOFError for Ctrl-D, KeyboardInterrupt for Ctrl-C."""

    def ask_secretly(self, question: str) -> str:
        """Ask for a line that isn't shown as it is typed."""

    def chat(self, assistant: Assistant, episode: EpisodeId | None, history: Path | None) -> None:
        """Answer what is typed until the person leaves or the input ends."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Composition:
    """All parts, mostly as factories.

    Attributes:
        assistant: opens the library in a folder (None for the shipped one) with conversations in notes (None for
            memory); raises OverheardError.
        importer: imports sources into a library's folder; raises OverheardError.
        platforms: in the order in which they are started.
        state: makes the persistent state, which only commands that serve open.
        manifest: describes the Slack app, given its address for HTTP or None, and whether it is for many workspaces.
        watch: makes the server that shows metrics while a command serves.
        http: makes a service for other programs at an address, which requires the token unless it is None.
        mcp: the same, over the Model Context Protocol.
        mcp_stdio: serves one program over standard input and output, until it closes them.
        cards: returns the function that draws quotations, None if its libraries aren't installed.
    """

    terminal: Callable[[], Terminal]
    assistant: Callable[[Path | None, Notes | None], Assistant]
    library_check: Callable[[Path | None], Report]
    importer: Callable[[Sequence[str], Path, Options], ImportOutcome]
    platforms: Mapping[SetupPart, Platform]
    state: Callable[[Settings], State]
    manifest: Callable[[str | None, bool], Mapping[str, object]]
    watch: Callable[[Settings, Assistant], Watch]
    http: Callable[[Address, str | None, Assistant, Meter], Service]
    mcp: Callable[[Address, str | None, Assistant, Meter], Service]
    mcp_stdio: Callable[[Assistant], Coroutine[object, object, None]]
    cards: Callable[[], Draw | None]


@dataclass(frozen=True, slots=True)
class Platform:
    """A chat platform; its SDK is loaded only by the command that needs it.

    Attributes:
        is_set_up: whether the settings configure it.
        needs: the setting that configures it.
        service: makes the service that answers there.
        check: checks the set-up by asking the platform.
    """

    is_set_up: Callable[[Settings], bool]
    needs: str
    service: Callable[[Settings, Assistant, State, Meter], Service]
    check: Callable[[Settings], Coroutine[object, object, Sequence[Report]]]


class SetupPart(StrEnum):
    """A part of the set-up that can be checked separately."""

    SETTINGS = "settings"
    LIBRARY = "library"
    DISCORD = "discord"
    SLACK = "slack"
