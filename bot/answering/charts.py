"""Charts of counts: which numbers are worth one, and their bars, over time as text too.

A chart as text is lines of block characters, which every platform shows as they are. Its labels are digits, which are
equally wide in most typefaces, so that the bars are aligned. Pictures are drawn by an adapter.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from bot.port.messages import Bar, Chart, Fact
from bot.port.wording import counted

_WIDEST: Final = 12
"""Number of blocks in the longest bar; more would wrap on a phone."""
_BLOCK, _HALF = "█", "▌"
_BAR: Final = "The longer the bar, the more often in an episode:"
_FEWEST: Final = 3
"""Minimum number of bars of a ranking; two numbers are compared as easily in words."""
_MOST: Final = 10
"""Maximum number of bars of a ranking; more would be too small to read in a chat."""


@dataclass(frozen=True, slots=True)
class Period:
    """A year, a month, or part of a show, with its count and its number of episodes with transcripts."""

    label: str
    count: int
    episodes: int

    @property
    def rate(self) -> float:
        """Average count of an episode."""
        return self.count / self.episodes if self.episodes else 0.0

    @property
    def times(self) -> str:
        """Write the average count."""
        return f"{self.rate:.1f}" if self.rate >= 1 else f"{self.rate:.2f}"

    @property
    def amount(self) -> str:
        """Write the count and the number of episodes."""
        return f"{self.count:,} in {counted(self.episodes, 'episode')}"


def charted(fact: Fact, title: str, periods: Sequence[Period]) -> Fact:
    """Add a bar for each period to a statement, as long as its average count of an episode; as text, one a line.

    With a single period there is nothing to compare.
    """
    if len(periods) < 2:
        return fact
    most = max(each.rate for each in periods)
    # Otherwise the bars are proportional to the numbers beside them.
    lines = [_BAR] if len({each.episodes for each in periods}) > 1 else []
    for each in periods:
        halves = round(each.rate / most * 2 * _WIDEST) if most else 0
        bar = _BLOCK * (halves // 2) + _HALF * (halves % 2)
        lines.append(" ".join(filter(None, (each.label, bar, each.amount))))
    bars = tuple(Bar(each.label, each.rate, each.times if each.count else "0", each.amount) for each in periods)
    text = "\n".join(lines)
    return replace(fact, text=f"{fact.text}\n{text}", chart=Chart(title, bars, text, over_time=True))


def ranking(title: str, bars: Iterable[Bar], *, lines: str = "", over_time: bool = False) -> Chart | None:
    """Draw the first bars of a ranking, or all of it over time; None for too few, or if all are equal."""
    drawn = tuple(bars) if over_time else tuple(bars)[:_MOST]
    if len(drawn) < _FEWEST or len({each.size for each in drawn}) == 1:
        return None
    return Chart(title, drawn, lines, over_time)


def of_episodes(
    title: str, counts: Iterable[tuple[str, int]], *, lines: str = "", over_time: bool = False
) -> Chart | None:
    """Draw numbers of episodes of people or years, likewise."""
    bars = (Bar(label, count, f"{count:,}", counted(count, "episode")) for label, count in counts)
    return ranking(title, bars, lines=lines, over_time=over_time)
