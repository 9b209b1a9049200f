"""Line editing, history and completion, with prompt_toolkit.

Doesn't interpret lines. Loaded only for a chat with a person at the keyboard.
"""

from __future__ import annotations

import logging
import re
from collections.abc import AsyncGenerator, Iterable
from pathlib import Path

from prompt_toolkit import PromptSession
from prompt_toolkit.auto_suggest import AutoSuggestFromHistory
from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.document import Document
from prompt_toolkit.history import FileHistory, History, InMemoryHistory
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent

from adapters.terminal.dialogue import COMMANDS
from adapters.terminal.render import safe_label
from bot.port.messages import Assistant
from bot.port.messages import Completion as Wanted

_log = logging.getLogger(__name__)

_PROMPT = "> "
_OFFERED = 8
_LONGEST_TO_COMPLETE = 80
_SHORTEST_REMEMBERED = 3  # anything shorter is a picked number
_LONGEST_REMEMBERED = 1000
_LOOKS_SECRET = re.compile(r"(?=\S*[0-9])(?=\S*[A-Za-z])[^\s/]{24,}")


def session(assistant: Assistant, history: Path | None) -> PromptSession[str]:
    """Make the line editor, whose history lasts only for the session if `history` is None.

    Its `prompt_async` raises KeyboardInterrupt for Ctrl-C on an empty line, and EOFError for Ctrl-D.
    """
    return PromptSession(
        _PROMPT,
        history=remembered(history),
        completer=SubjectCompleter(assistant),
        complete_while_typing=False,
        auto_suggest=AutoSuggestFromHistory(),
        key_bindings=_keys(),
    )


def remembered(file: Path | None) -> History:
    """Open the history; it is in memory if there is no file or it can't be written to."""
    if file is None:
        return InMemoryHistory()
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch(mode=0o600)
        file.open("ab").close()
    except OSError as error:
        _log.info("the history stays in memory: %s", error)
        return InMemoryHistory()
    return ChatHistory(file)


class ChatHistory(FileHistory):
    """The lines typed, in a file that only its owner can read.

    Omits lines that begin with a space, as shells do, very long and short ones, and those with a long word of letters
    and digits, which may be a token.
    """

    def store_string(self, string: str) -> None:
        """Remember a line, if it can be written to the disk."""
        worth_it = _SHORTEST_REMEMBERED <= len(string) <= _LONGEST_REMEMBERED
        if not worth_it or string.startswith(" ") or _LOOKS_SECRET.search(string):
            return
        try:
            super().store_string(string)
        except OSError as error:
            _log.info("the line is not remembered: %s", error)


class SubjectCompleter(Completer):
    """Completes commands and their episodes, and topics anywhere in a question."""

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant

    def get_completions(self, document: Document, complete_event: CompleteEvent) -> Iterable[Completion]:  # noqa: ARG002
        """Offer nothing, because the assistant is asynchronous."""
        return ()

    async def get_completions_async(
        self,
        document: Document,
        complete_event: CompleteEvent,  # noqa: ARG002 - prompt_toolkit's signature
    ) -> AsyncGenerator[Completion, None]:
        """Offer completions of the words before the cursor, or none if that fails."""
        try:
            for completion in await self._completions(document):
                yield completion
        except Exception:  # noqa: BLE001 - the adapter's edge: prompt_toolkit would stop and wait for a key
            _log.exception("completing failed")

    async def _completions(self, document: Document) -> list[Completion]:
        typed = document.text_before_cursor.lstrip()[-_LONGEST_TO_COMPLETE:]
        if typed.startswith("/") and " " not in typed:
            known = (command for command in COMMANDS if command.name.startswith(typed.casefold()))
            return [Completion(command.name, -len(typed), display_meta=command.does) for command in known]
        if typed.startswith("/episode "):
            wanted = typed.removeprefix("/episode ").lstrip()
            return [
                Completion(safe_label(choice.value), -len(wanted), display_meta=safe_label(choice.label))
                for choice in await self._assistant.complete(Wanted.EPISODE, wanted, _OFFERED)
            ]
        part, labels = await self._topics(typed)
        return [Completion(label, -len(part)) for label in labels]

    async def _topics(self, typed: str) -> tuple[str, list[str]]:
        """Find titles that contain the longest possible end of the typed words, or that resemble the last word."""
        words = list(re.finditer(r"\S+", typed))
        if not words:
            return "", await self._titles("")
        for word in words:
            part = typed[word.start() :]
            if titles := [title for title in await self._titles(part) if part.casefold() in title.casefold()]:
                return part, titles
        last = typed[words[-1].start() :]
        return last, await self._titles(last)

    async def _titles(self, typed: str) -> list[str]:
        choices = await self._assistant.complete(Wanted.TOPIC, typed, _OFFERED)
        return [safe_label(choice.label) for choice in choices]


def _keys() -> KeyBindings:
    keys = KeyBindings()

    @keys.add("c-c")
    def _(event: KeyPressEvent) -> None:
        if event.current_buffer.text:
            event.current_buffer.reset()
        else:
            event.app.exit(exception=KeyboardInterrupt, style="class:aborting")

    return keys
