"""Times in an episode, read from text and put in order.

Seconds are floats here. Knows no format, and interpolates nothing.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise

LONGEST = 100 * 3600.0
"""Seconds from which a time in an episode is taken for nonsense."""

_SECONDS = re.compile(r"(\d{1,6})(?:[.,](\d{1,3})\d{0,6})?")
_CLOCK = re.compile(r"(?:(\d{1,3}):)?(\d{1,3}):(\d{1,2})(?:[.,](\d{1,3})\d{0,6})?")


def seconds(clock: str) -> float | None:
    """Read `H:MM:SS`, `MM:SS` or `100:08`, with a fraction after a point or a comma; None for anything else."""
    match = _CLOCK.fullmatch(clock)
    if match is None:
        return None
    hours, minutes, rest, fraction = match.groups()
    if int(rest) >= 60 or (hours is not None and int(minutes) >= 60):
        return None
    return _within(int(hours or 0) * 3600 + int(minutes) * 60 + int(rest), fraction)


def seconds_alone(text: str) -> float | None:
    """Read `7.380` or `7,380`, in places where a number can only be a time; None for anything else."""
    match = _SECONDS.fullmatch(text)
    return _within(int(match[1]), match[2]) if match else None


def _within(whole: int, fraction: str | None) -> float | None:
    time = whole + (int(fraction.ljust(3, "0")) / 1000 if fraction else 0.0)
    return time if time < LONGEST else None


def number(value: object, unit: float = 1.0) -> float | None:
    """Read a time from JSON: a number or text in units of `unit` seconds, or a clock time; None for anything else."""
    if isinstance(value, str):
        if ":" in value:
            return seconds(value.strip())
        try:
            value = float(value[:32])
        except ValueError:
            return None
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return value * unit if 0 <= value < LONGEST / unit else None


def at(seconds: float) -> timedelta:
    """Return a time in an episode, rounded to the millisecond, the precision of the best sources."""
    return timedelta(milliseconds=round(seconds * 1000))


@dataclass(frozen=True, slots=True)
class Marker:
    """A time that the source gives.

    Attributes:
        before: the utterance that it precedes, counted from 0.
        seconds: from the beginning of the episode.
        line: its line in the file, None if the format has no lines.
    """

    before: int
    seconds: float
    line: int | None = None


def in_order(markers: Sequence[Marker]) -> tuple[Sequence[Marker], Sequence[Marker]]:
    """Split the markers into the longest subsequence whose times never decrease, and the rest.

    Otherwise, one mistyped time, far too late, would discard all that follow it. Patience sorting, O(n log n).
    """
    if all(a.seconds <= b.seconds for a, b in pairwise(markers)):
        return markers, ()
    tails: list[float] = []
    holders: list[int] = []
    previous: list[int] = []
    for index, marker in enumerate(markers):
        place = bisect_right(tails, marker.seconds)
        previous.append(holders[place - 1] if place else -1)
        if place == len(tails):
            tails.append(marker.seconds)
            holders.append(index)
        else:
            tails[place] = marker.seconds
            holders[place] = index
    keep = set()
    index = holders[-1]
    while index >= 0:
        keep.add(index)
        index = previous[index]
    dropped = [marker for index, marker in enumerate(markers) if index not in keep]
    return [markers[index] for index in sorted(keep)], dropped
