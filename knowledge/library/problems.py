"""Problems in a library, worded for the person who edits it.

Values and exceptions only; the readers that find a problem word it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from knowledge.errors import KnowledgeError

_MOST_PROBLEMS = 100  # in one file; after fixing a hundred, people run the check again anyway


class LibraryError(KnowledgeError):
    """A library that can't be used.

    Attributes:
        problems: all problems found, at least one; the message has a line for each.
    """

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to correct. `str` gives `path:line: field: message` on one line, safe to print whatever the file has.

    Attributes:
        line: counted from 1; None if it concerns the whole file or folder.
        field: the path to the field, such as `topics → quotes`; None if it concerns no single field.
    """

    path: Path
    line: int | None
    field: str | None
    message: str

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}" if self.line else f"{self.path}"
        return _printable(": ".join(part for part in (place, self.field, self.message) if part))


class TooManyProblemsError(KnowledgeError):
    """A file has so many problems that listing more would not help."""


class ProblemLog:
    """Collects the problems of one file, so that a reader can go on and find the others."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._problems: dict[Problem, None] = {}

    def add(self, line: int | None, field: str | None, message: str) -> None:
        """Add a problem, unless it is already there.

        Raises:
            TooManyProblemsError: there are a hundred.
        """
        self._problems[Problem(self._path, line, field, message)] = None
        if len(self._problems) >= _MOST_PROBLEMS:
            raise TooManyProblemsError(f"{self._path} has {_MOST_PROBLEMS} problems or more; correct these first")

    @property
    def problems(self) -> tuple[Problem, ...]:
        """All problems, in the order of the file."""
        return tuple(sorted(self._problems, key=lambda problem: problem.line or 0))


def _printable(text: str) -> str:
    """Escape what a terminal would obey or choke on: control characters, lone surrogates, direction marks."""
    return "".join(char if char.isprintable() else char.encode("unicode_escape").decode() for char in text)
