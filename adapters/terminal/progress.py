"""Shows the progress of an import or an index: a bar with a rate and the time left, on standard error.

Silent if that is not a terminal. Shows only numbers, so nothing has to be escaped.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, ProgressColumn, Task, TextColumn, TimeRemainingColumn
from rich.progress import Progress as RichProgress
from rich.text import Text

_IMPORTING = "Importing"


class Bar:
    """A progress bar; `shown` puts one on the screen."""

    def __init__(self, progress: RichProgress, what: str) -> None:
        self._progress = progress
        self._what = what
        self._task = progress.add_task(what, total=None)
        self._total = 0
        self._pages = 0

    def turn(self) -> None:
        """Show that another page of a feed has been read."""
        self._pages += 1
        self._progress.update(self._task, description=f"Reading, page {self._pages:,}")

    def plan(self, episodes: int) -> None:
        """Add episodes to the total."""
        self._total += episodes
        self._progress.update(self._task, description=self._what, total=self._total)

    def advance(self) -> None:
        """Count one episode as done."""
        self._progress.advance(self._task)


class _Rate(ProgressColumn):
    def render(self, task: Task) -> Text:
        speed = task.finished_speed or task.speed
        return Text("" if speed is None else f"{speed:,.0f}/s" if speed >= 10 else f"{speed:.1f}/s")


@contextmanager
def shown(stream: TextIO | None = None, what: str = _IMPORTING) -> Iterator[Bar]:
    """Show a bar on a stream, by default standard error, and remove it at the end."""
    # The original standard error: a replacement may strip the escape sequences that draw the bar.
    console = Console(file=stream or sys.__stderr__ or io.StringIO(), markup=False)
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        _Rate(),
        TextColumn("time left"),
        TimeRemainingColumn(compact=True),
    )
    with RichProgress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        yield Bar(progress, what)
