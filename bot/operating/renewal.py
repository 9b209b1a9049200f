"""Keeps a running bot up to date: when the library changes, its assistant answers from the new one.

Shared by all platforms. Doesn't know what has changed, or how to open a library.
"""

from __future__ import annotations

import logging
import threading
import time
import weakref
from collections.abc import Callable
from datetime import timedelta
from typing import Final

from bot.assistant import EpisodeAssistant, OpenLibrary
from bot.port.errors import OverheardError

_log = logging.getLogger(__name__)

_UNEXPECTED = "unexpected"
EVERY = timedelta(seconds=5)
"""Default interval between checks for changes."""
_REST: Final = 10
"""Minimum ratio of the interval to the duration of a check, to leave the processor to questions in large libraries."""

Reopen = Callable[[], OpenLibrary | None]
"""Reopens the library if it has changed, otherwise returns None; may raise OverheardError or OSError."""


def follow(assistant: EpisodeAssistant, reopen: Reopen, *, every: timedelta = EVERY) -> None:
    """Watch for changes on a separate thread, and give the assistant the new library; until then, the old one answers.

    The thread ends with the assistant, and never keeps the process alive.
    """
    ended = threading.Event()
    weakref.finalize(assistant, ended.set)
    watch = threading.Thread(
        target=_watch, args=(weakref.ref(assistant), reopen, every, ended), name="library", daemon=True
    )
    watch.start()


def _watch(watched: weakref.ref[EpisodeAssistant], reopen: Reopen, every: timedelta, ended: threading.Event) -> None:
    complaint = ""
    pause = every.total_seconds()
    while not ended.wait(pause):
        began = time.monotonic()
        try:
            newer = reopen()
        except (OverheardError, OSError) as error:
            # Complain once, not every few seconds: somebody is probably still editing.
            if str(error) != complaint:
                complaint = str(error)
                _log.warning("the library has changed and can't be used; the old one still answers: %s", error)
            continue
        except Exception:  # noqa: BLE001 - the edge: if the thread ended, no change would be noticed any more
            if complaint != _UNEXPECTED:
                complaint = _UNEXPECTED
                _log.exception("the library has changed and can't be used; the old one still answers")
            continue
        if newer is None:
            pause = max(every.total_seconds(), _REST * (time.monotonic() - began))
        current = watched()
        if newer is not None and current is not None:
            complaint = ""
            current.renew(newer)
            _log.info("the library has changed; answering from what it has now")
        del current, newer
