"""Keeps a running bot up to date: when the library changes, its assistant answers from the new one.

One place for every platform. What has changed, and how a library is opened, is not known here.
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
"""How often a library is looked at ..."""
_REST: Final = 10
"""... or, if that takes long because it is very large, after so many times as long: questions need the processor."""

Reopen = Callable[[], OpenLibrary | None]
"""Opens the library again where it has changed, None where it hasn't; may raise OverheardError or OSError."""


def follow(assistant: EpisodeAssistant, reopen: Reopen, *, every: timedelta = EVERY) -> None:
    """Look for changes on a thread of its own, and hand the assistant the new library while the old one answers.

    The thread ends with the assistant, and never keeps a process alive.
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
            # Once, not every few seconds: somebody is in the midst of editing.
            if str(error) != complaint:
                complaint = str(error)
                _log.warning("the library has changed and can't be used; the old one still answers: %s", error)
            continue
        except Exception:  # noqa: BLE001 - the edge: a thread that ended would follow no change any more
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
