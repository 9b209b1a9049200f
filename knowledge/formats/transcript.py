"""What a reader returns: turns of speech, and findings about what it couldn't read.

Frozen values and a collector for findings. Knows no format.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from knowledge.passages import Turn


@dataclass(frozen=True, slots=True)
class Finding:
    """Something in a file that could not be read.

    Attributes:
        line: where it first occurs, counted from 1; None if it concerns the whole file.
        reason: what is wrong and what was done about it, worded for the owner of the file.
        count: how often it occurs in the file.
    """

    line: int | None
    reason: str
    count: int = 1


@dataclass(frozen=True, slots=True)
class Transcript:
    """What was said, in the order of the file, and what could not be read.

    A turn is a unit of the source: a cue, a sentence or a paragraph. Its start is as in the source, never interpolated.
    A turn without words marks the time at which a pause begins.
    """

    turns: tuple[Turn, ...] = ()
    findings: tuple[Finding, ...] = ()


def unread(reason: str) -> Transcript:
    """Return an empty transcript for a file that can't be read at all."""
    return Transcript(findings=(Finding(None, reason),))


class Findings:
    """Collects findings, one per reason however often it occurs, so that a hostile file can't fill the memory."""

    def __init__(self) -> None:
        """Start with no findings; places are line numbers until `locate` is called."""
        self._line_of: Callable[[int], int | None] = lambda place: place
        self._found: dict[str, Finding] = {}

    def locate(self, line_of: Callable[[int], int | None]) -> None:
        """From now on, convert the places given to `add` to line numbers with `line_of`."""
        self._line_of = line_of

    def add(self, place: int | None, reason: str) -> None:
        """Note that `reason` occurs at `place`; a reason is a constant, never text from the file."""
        if found := self._found.get(reason):
            self._found[reason] = replace(found, count=found.count + 1)
        else:
            self._found[reason] = Finding(None if place is None else self._line_of(place), reason)

    def all(self) -> tuple[Finding, ...]:
        """Return the findings, in order of first occurrence."""
        return tuple(self._found.values())
