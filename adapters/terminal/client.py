"""Reads from and prints to the terminal: shows answers and lists, and runs the chat.

`dialogue.py` interprets a line, `render.py` decides how things look.
"""

from __future__ import annotations

import asyncio
import codecs
import io
import logging
import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TextIO

from rich.console import Console
from rich.text import Text

from adapters.terminal.dialogue import TerminalChat
from adapters.terminal.render import (
    Addresses,
    Drawing,
    Offers,
    ScreenLine,
    draw,
    draw_episodes,
    draw_notes,
    draw_topics,
    lay_out,
    safe,
)
from bot.port.failures import note_failure
from bot.port.messages import Answer, Assistant, Episode, EpisodeId, Topic
from bot.port.record import Record, as_line
from bot.port.wording import sorry

_log = logging.getLogger(__name__)

_NEAREST = "overheard.nearest"
_MAX_WIDTH = 100
_OPENING = frozenset({"iTerm.app", "WezTerm", "vscode", "ghostty", "Hyper", "rio", "xterm-kitty", "alacritty", "foot"})
"""Values of TERM_PROGRAM or TERM of terminals that support links behind words."""
_OPENING_HAVE = frozenset({"WT_SESSION", "KONSOLE_VERSION", "KITTY_WINDOW_ID", "WEZTERM_PANE"})
"""Environment variables that other such terminals set."""
_VTE = 5000
"""The first version of GNOME's terminal widget that supports them."""
_PLAIN = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "…": "...", "–": "-", "—": "-", "·": "-", "│": "|"})


class TerminalClient:
    """Shows things on standard output, and on a screen in colour and to its width."""

    def __init__(self, stdin: TextIO | None = None, stdout: TextIO | None = None) -> None:
        self._stdin = stdin or sys.stdin or io.StringIO()  # a process may have been started without them
        self._stdout = stdout or sys.stdout or io.StringIO()
        codecs.register_error(_NEAREST, _nearest)
        if isinstance(self._stdout, io.TextIOWrapper):
            self._stdout.reconfigure(errors=_NEAREST)
        self._console = Console(
            file=self._stdout,
            # With NO_COLOR, rich itself would keep bold and italics, but people who set it want plain text.
            color_system=None if os.environ.get("NO_COLOR") else "auto",
            markup=False,
            highlight=False,
            emoji=False,
        )
        opens = self._console.color_system is not None and _opens_words(os.environ)
        self._addresses = Addresses.BEHIND_WORDS if opens else Addresses.WRITTEN

    def answer(self, answer: Answer) -> None:
        self._show(draw(answer, Offers.NAMED, self._addresses))

    def record(self, record: Record) -> None:
        self._stdout.write(as_line(record) + "\n")
        self._stdout.flush()

    def topics(self, topics: Iterable[Topic]) -> None:
        self._show(draw_topics(topics, Offers.NAMED))

    def episodes(self, episodes: Iterable[Episode]) -> None:
        self._show(draw_episodes(episodes, Offers.NAMED))

    def say(self, *notes: str) -> None:
        self._show(draw_notes(*notes))

    def lines(self) -> Iterator[str]:
        """Read standard input line by line, without line ends; bytes that aren't UTF-8 become U+FFFD."""
        if isinstance(self._stdin, io.TextIOWrapper):
            self._stdin.reconfigure(encoding="utf-8", errors="replace", newline="\n")
        return (line.rstrip("\r\n") for line in self._stdin)

    def is_interactive(self) -> bool:
        return self._stdin.isatty() and self._stdout.isatty()

    def ask(self, question: str) -> str:
        """Ask for a line; Tab completes file names."""
        from prompt_toolkit import prompt
        from prompt_toolkit.completion import PathCompleter

        return prompt(f"{safe(question)}: ", completer=PathCompleter(expanduser=True), complete_while_typing=False)

    def ask_secretly(self, question: str) -> str:
        """Ask for a line, shown as asterisks."""
        from prompt_toolkit import prompt

        return prompt(f"{safe(question)}: ", is_password=True)

    def chat(self, assistant: Assistant, episode: EpisodeId | None, history: Path | None) -> None:
        """Chat until the person leaves or the input ends; if input isn't a terminal, just answer line by line."""
        dialogue = TerminalChat(assistant, episode, self._addresses)
        with asyncio.Runner() as runner:
            if self.is_interactive():
                runner.run(self._converse(dialogue, assistant, history))
            else:
                # Lines are read outside the event loop, where Ctrl-C interrupts immediately.
                for line in filter(str.strip, self.lines()):
                    if (drawing := runner.run(_reply(dialogue, line))) is None:
                        break
                    self._show_apart(drawing)

    async def _converse(self, dialogue: TerminalChat, assistant: Assistant, history: Path | None) -> None:
        from adapters.terminal.editing import session

        prompt = session(assistant, history)
        self._show_apart(await dialogue.welcome())
        while True:
            try:
                line = await prompt.prompt_async()
            except (EOFError, KeyboardInterrupt):
                break
            if not line.strip():
                continue
            drawing = await _reply(dialogue, line)
            if drawing is None:
                break
            self._show_apart(drawing)
        self.say("Goodbye!")

    def _show(self, drawing: Drawing) -> None:
        width = min(self._console.width, _MAX_WIDTH) if self._console.is_terminal else None
        self._console.print(lay_out(drawing, self._console, width), end="", soft_wrap=True)
        self._stdout.flush()

    def _show_apart(self, drawing: Drawing) -> None:
        self._show(Drawing((*drawing.lines, ScreenLine(Text()))))


def _opens_words(environment: Mapping[str, str]) -> bool:
    """Return whether the terminal supports links behind words (OSC 8); others would show only the words."""
    names = {environment.get("TERM_PROGRAM"), environment.get("TERM")}
    version = environment.get("VTE_VERSION", "")
    by_vte = version.isascii() and version.isdecimal() and int(version[:6]) >= _VTE
    return by_vte or bool(names & _OPENING) or not environment.keys().isdisjoint(_OPENING_HAVE)


async def _reply(dialogue: TerminalChat, line: str) -> Drawing | None:
    try:
        return await dialogue.reply(line)
    except Exception as error:  # noqa: BLE001 - the adapter's edge: logged, and the asker gets an apology
        return draw_notes(sorry(note_failure(_log, error)))


def _nearest(error: UnicodeError) -> tuple[str, int]:
    """Replace what the encoding lacks: typographic characters with ASCII, all others with question marks."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    missing = error.object[error.start : error.end].translate(_PLAIN)
    return "".join(each if each.isascii() else "?" for each in missing), error.end
