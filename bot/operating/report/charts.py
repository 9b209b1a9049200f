"""Draws the report's charts as SVG.

Pure: numbers and words in, markup with escaped words out. Colours are class names in the page's style sheet.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from typing import Final

from bot.operating.report import words
from bot.operating.report.values import Day
from bot.port.wording import counted, long_date, share

_WIDTH: Final = 920
_HEIGHT: Final = 240
_LEFT: Final = 44
_RIGHT: Final = 24
"""Margin for half of the last day's label."""
_BOTTOM: Final = 26
_TOP: Final = 10
_WIDEST: Final = 36
_LABELS: Final = 8
"""Approximate number of days labelled under a chart."""
_STEPS: Final = (1, 2, 4, 6, 8)


def days_chart(days: Sequence[Day]) -> str:
    """Draw a bar per day, with unanswered questions stacked on answered ones."""
    top = _round_up(max((day.questions for day in days), default=0))
    step = (_WIDTH - _LEFT - _RIGHT) / max(len(days), 1)
    every = -(-len(days) // _LABELS) or 1
    parts = [*_grid(top)]
    for number, day in enumerate(days):
        middle = _LEFT + step * (number + 0.5)
        parts.append(_bar(day, middle, min(step * 0.72, _WIDEST), top))
        if (len(days) - 1 - number) % every == 0:
            parts.append(f'<text x="{middle:.1f}" y="{_HEIGHT - 8}" class="middle">{escape(words.day(day.day))}</text>')
    label = "Questions per day, answered and not"
    return f'<svg viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" aria-label="{label}">{"".join(parts)}</svg>'


def meter(part: float) -> str:
    """Draw a share, 0 to 1, as a ring."""
    length = 2 * 3.14159265 * 42
    return (
        f'<svg viewBox="0 0 100 100" class="ring" role="img" aria-label="{escape(share(part))}">'
        '<circle cx="50" cy="50" r="42" class="rest"/>'
        f'<circle cx="50" cy="50" r="42" class="part" stroke-dasharray="{part * length:.1f} {length:.1f}" '
        'transform="rotate(-90 50 50)"/></svg>'
    )


def bars(rows: Sequence[tuple[str, int]]) -> str:
    """Draw a list of names and numbers, with a bar for each."""
    most = max((count for _, count in rows), default=1) or 1
    items = (
        f'<li><span class="name">{escape(name)}</span>'
        f'<svg viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">'
        f'<rect width="{max(100 * count / most, 0.5):.1f}" height="8" class="answered"/></svg>'
        f'<span class="number">{count:,}</span></li>'
        for name, count in rows
    )
    return f'<ol class="bars">{"".join(items)}</ol>'


def _grid(top: int) -> Iterator[str]:
    for value in (0, top // 2, top) if top > 1 else (0, top):
        y = _y(value, top)
        yield f'<line x1="{_LEFT}" x2="{_WIDTH - _RIGHT}" y1="{y:.1f}" y2="{y:.1f}"/>'
        yield f'<text x="{_LEFT - 8}" y="{y + 4:.1f}" class="end">{value:,}</text>'


def _bar(day: Day, middle: float, width: float, top: int) -> str:
    x, base, split = middle - width / 2, _y(0, top), _y(day.answered, top)
    title = f"{long_date(day.day)}: {counted(day.questions, 'question')}, {day.unanswered:,} not answered"
    return (
        f"<g><title>{escape(title)}</title>"
        f'<rect x="{x:.1f}" y="{split:.1f}" width="{width:.1f}" height="{base - split:.1f}" class="answered"/>'
        f'<rect x="{x:.1f}" y="{_y(day.questions, top):.1f}" width="{width:.1f}" '
        f'height="{split - _y(day.questions, top):.1f}" class="unanswered"/></g>'
    )


def _y(value: int, top: int) -> float:
    return _TOP + (_HEIGHT - _BOTTOM - _TOP) * (1 - value / top)


def _round_up(most: int) -> int:
    """Return the round number at the top of a chart, at least 1; otherwise even, so that its half is a whole number."""
    power = 1
    while True:
        for step in _STEPS:
            top = step * power
            if top >= most and (top % 2 == 0 or top == 1):
                return top
        power *= 10
