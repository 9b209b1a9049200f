"""Finds headings made of a name beside, above or below a time, and rewrites each as one line.

Every transcription service formats its headings differently. Interpreting names and times is up to the readers.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Final

from knowledge.formats.speakers import split_label

FEWEST: Final = 3
"""Minimum number of lines that begin with a bare `12:30` for it to count as a time in the episode, not of day."""
CLOCK: Final = r"\d{1,3}:\d{1,3}(?::\d{1,2})?(?:[.,]\d{1,3})?"

_TIME: Final = re.compile(rf"[\[(]?(?P<clock>{CLOCK})(?:[ ]?(?:-->|[-–—])[ ]?{CLOCK})?[\])]?[ ]?[-–—:|]?[ ]?")
_NAME: Final = re.compile(r"[^\W\d_][^!?…,;:()\[\]]{0,59}(?<!\.)")
_BESIDE, _BELOW, _ABOVE = 0, 1, -1


def with_headings(rows: Sequence[str]) -> Sequence[str]:
    """Return the rows of a text, as many as before, with headings rewritten as `Name [12:30]`.

    They are headings only if every time has a name in the same position and words after it, and at least half of the
    names recur: titles of chapters and a video's captions don't.
    """
    times = {at: time for at, row in enumerate(rows) if (time := _TIME.match(row))}
    if len(times) < FEWEST:
        return rows
    for where in (_BESIDE, _BELOW, _ABOVE):
        names = [_name(rows, at, time, where) for at, time in times.items()]
        recurring = sum(count for name, count in Counter(names).items() if name and count > 1)
        if None not in names and recurring * 2 >= len(names):
            written = list(rows)
            for (at, time), name in zip(times.items(), names, strict=True):
                written[at + where] = ""
                written[at] = f"{name} [{time['clock']}]"
            return written
    return rows


def _name(rows: Sequence[str], at: int, time: re.Match[str], where: int) -> str | None:
    """Return the name in a position relative to a time, with words below; None if there is none."""
    rest = rows[at][time.end() :]
    name, following = (rest if where == _BESIDE else _row(rows, at + where)), _row(rows, at + 1 + (where == _BELOW))
    if (rest and where != _BESIDE) or not following or _TIME.match(following) or not _NAME.fullmatch(name):
        return None
    return name if split_label(f"{name}: words") else None


def _row(rows: Sequence[str], at: int) -> str:
    return rows[at] if 0 <= at < len(rows) else ""
