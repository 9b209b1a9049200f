"""Shows how far an import or an index is: a bar with a rate and the time left, on standard error.

Quiet where that is no terminal. Shows numbers alone, so nothing in it has to be defused.
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
    """A bar that grows; `shown` puts one on the screen."""

    def __init__(self, progress: RichProgress, what: str) -> None:
        self._progress = progress
        self._what = what
        self._task = progress.add_task(what, total=None)
        self._total = 0
        self._pages = 0

    def turn(self) -> None:
        """Take in that a page of a feed has been read."""
        self._pages += 1
        self._progress.update(self._task, description=f"Reading, page {self._pages:,}")

    def plan(self, episodes: int) -> None:
        """Take in that so many episodes more are to come."""
        self._total += episodes
        self._progress.update(self._task, description=self._what, total=self._total)

    def advance(self) -> None:
        """Take in that one of them is done."""
        self._progress.advance(self._task)


class _Rate(ProgressColumn):
    """Episodes a second."""

    def render(self, task: Task) -> Text:
        speed = task.finished_speed or task.speed
        return Text("" if speed is None else f"{speed:,.0f}/s" if speed >= 10 else f"{speed:.1f}/s")


@contextmanager
def shown(stream: TextIO | None = None, what: str = _IMPORTING) -> Iterator[Bar]:
    """Show a bar on a stream, standard error by default, and take it away in the end."""
    # The process' own standard error: what stands in for it takes the escape sequences out that a bar is made of.
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
