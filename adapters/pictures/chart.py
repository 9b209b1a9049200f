"""Draws a chart on the paper of the cards, which is legible in dark and light chats: columns over time, or ranked rows.

Pure: a chart in, the bytes of a PNG out, or None if the font lacks letters of it.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from PIL import Image, ImageDraw
from PIL.ImageFont import FreeTypeFont

from adapters.pictures.breaking import evened
from adapters.pictures.card import cleaned
from adapters.pictures.colours import Colour
from adapters.pictures.drawing import INK, PAPER, QUIET, SMOOTH, truncated
from adapters.pictures.fonts import Cut, Fonts
from bot.port.messages import Bar, Chart

WIDTH: Final = 880
"""In pixels: chats show a picture half as wide on a computer, and a little narrower on a phone."""
_MARGIN: Final = 44
_INSIDE: Final = WIDTH - 2 * _MARGIN
_TITLE: Final = 32
_SMALL: Final = 27
"""Font size of everything but the title; about 13 as chats show it."""
_LEADING: Final = 1.3
_TITLE_LINES: Final = 2
_LONGEST: Final = 120
"""Maximum number of characters of a text; far more than fit."""
_BARS: Final[Colour] = (38, 112, 140)
_HIGHEST: Final = 230
"""Height of the highest column."""
_WIDEST: Final = 110
"""Maximum width of a column."""
_ROW: Final = 50
_THICK: Final = 30
"""Height of the bar in a row."""
_LABELS: Final = 0.36
"""Maximum share of the width for the labels of rows."""
_GAP: Final = 14
_ROUND: Final = 6


def draw_chart(chart: Chart) -> bytes | None:
    """Draw a chart as a PNG, `WIDTH` pixels wide; None if the font lacks letters of it."""
    fonts = Fonts()
    chart = _cleaned(chart)
    words = "".join((chart.title, *(f"{each.label}{each.figure}{each.amount}" for each in chart.bars)))
    if fonts.lacking(words, 1):
        return None
    picture = _Drawing(chart, fonts).picture()
    written = io.BytesIO()
    picture.save(written, "PNG", optimize=True)
    return written.getvalue()


def _cleaned(chart: Chart) -> Chart:
    def clean(words: str) -> str:
        return cleaned(words[:_LONGEST]) + ("…" if len(words) > _LONGEST else "")

    bars = (replace(each, label=clean(each.label), amount=clean(each.amount)) for each in chart.bars)
    return replace(chart, title=clean(chart.title), bars=tuple(bars))


@dataclass(frozen=True, slots=True)
class _Column:
    """A column, and the lines of text above and below it, of which there may be none."""

    bar: Bar
    above: str
    below: Sequence[str]


class _Drawing:
    def __init__(self, chart: Chart, fonts: Fonts) -> None:
        self._chart = chart
        self._small = fonts.cut(Cut.SMALL, _SMALL)
        self._figures = fonts.cut(Cut.SHOW, _SMALL)
        self._heading = fonts.cut(Cut.SHOW, _TITLE)
        lines = evened(chart.title, _INSIDE, self._heading.getlength)
        rest = truncated(" ".join(lines[_TITLE_LINES - 1 :]), _INSIDE, self._heading)
        self._title = (*lines[: _TITLE_LINES - 1], *filter(None, (rest,)))
        self._top = round(_MARGIN + len(self._title) * _TITLE * _LEADING + _GAP)
        self._most = max((each.size for each in chart.bars), default=0) or 1
        self._image = Image.new("RGB", (1, 1))
        self._pen = ImageDraw.Draw(self._image)

    def picture(self) -> Image.Image:
        if self._chart.over_time:
            self._draw_columns(tuple(self._columns()))
        else:
            self._draw_rows()
        return self._image

    def _begin(self, height: float) -> None:
        """Make paper of the height that is needed below the title, and write that."""
        self._image = Image.new("RGB", (WIDTH, round(self._top + height + _MARGIN)), PAPER)
        self._pen = ImageDraw.Draw(self._image)
        for number, line in enumerate(self._title):
            baseline = _MARGIN + _TITLE * 0.8 + number * _TITLE * _LEADING
            self._pen.text((_MARGIN, baseline), line, INK, self._heading, anchor="ls")

    def _columns(self) -> Iterator[_Column]:
        """Choose what is written at each column: as much as has room."""
        bars = self._chart.bars
        slot = _INSIDE / len(bars)
        room = slot - _GAP / 2
        labels = [_shortest(each.label, room, self._small) for each in bars]
        amounts = [[*label, each.amount] for label, each in zip(labels, bars, strict=True)]
        below = amounts if self._fit((each.amount for each in bars), room - _GAP, self._small) else labels
        wide = max(self._small.getlength(line) for label in labels for line in label)
        step = max(1, -int(-(wide + _GAP) // slot))  # rounded up
        figures = self._fit((each.figure for each in bars), room, self._figures)
        highest = max(range(len(bars)), key=lambda at: bars[at].size)
        for at, each in enumerate(bars):
            above = each.figure if figures or at == highest else ""
            yield _Column(each, above, below[at] if (len(bars) - 1 - at) % step == 0 else ())

    def _draw_columns(self, columns: Sequence[_Column]) -> None:
        line = _SMALL * _LEADING
        base = self._top + line + _HIGHEST
        self._begin(line + _HIGHEST + _GAP + line * max(len(each.below) for each in columns))
        slot = _INSIDE / len(columns)
        wide = min(slot * 0.68, _WIDEST)
        for at, column in enumerate(columns):
            middle = _MARGIN + (at + 0.5) * slot
            high = column.bar.size / self._most * _HIGHEST
            self._bar(middle - wide / 2, base - high, wide, high, (True, True, False, False))
            at_top = self._within(column.above, middle, self._figures)
            self._pen.text((at_top, base - high - _GAP * 0.6), column.above, INK, self._figures, anchor="ms")
            for number, words in enumerate(column.below):
                ink = QUIET if number else INK
                self._pen.text(
                    (self._within(words, middle, self._small), base + _GAP + _SMALL + number * line),
                    words,
                    ink,
                    self._small,
                    anchor="ms",
                )
        self._pen.line((_MARGIN, base, WIDTH - _MARGIN, base), QUIET, 2)

    def _draw_rows(self) -> None:
        bars = self._chart.bars
        self._begin((len(bars) - 1) * _ROW + _THICK)
        wide = min(_INSIDE * _LABELS, max(self._small.getlength(each.label) for each in bars))
        labels = [truncated(each.label, wide, self._small) for each in bars]
        left = _MARGIN + wide + _GAP
        room = WIDTH - _MARGIN - left - _GAP - max(self._figures.getlength(each.figure) for each in bars)
        for at, (bar, label) in enumerate(zip(bars, labels, strict=True)):
            top = self._top + at * _ROW
            baseline = top + _THICK / 2 + _SMALL * 0.33
            length = bar.size / self._most * room
            self._pen.text((left - _GAP, baseline), label, INK, self._small, anchor="rs")
            self._bar(left, top, length, _THICK, (False, True, True, False))
            self._pen.text((left + length + _GAP, baseline), bar.figure, INK, self._figures, anchor="ls")

    def _bar(
        self, left: float, top: float, width: float, height: float, rounded: tuple[bool, bool, bool, bool]
    ) -> None:
        """Draw a bar with some of its corners rounded, clockwise from the upper left; one pixel at least if any."""
        if width <= 0 or height <= 0:
            return
        size = max(round(width), 1), max(round(height), 1)
        mask = Image.new("L", (size[0] * SMOOTH, size[1] * SMOOTH))
        round_ = min(_ROUND, *size) * SMOOTH / 2
        edge = (0, 0, mask.width - 1, mask.height - 1)
        ImageDraw.Draw(mask).rounded_rectangle(edge, round_, 255, corners=rounded)
        self._image.paste(_BARS, (round(left), round(top)), mask.resize(size, Image.Resampling.BOX))

    def _within(self, words: str, middle: float, font: FreeTypeFont) -> float:
        """Return where the middle of words is, moved so that they are on the paper."""
        half = font.getlength(words) / 2 + _GAP
        return min(max(middle, half), WIDTH - half)

    @staticmethod
    def _fit(words: Iterator[str], width: float, font: FreeTypeFont) -> bool:
        return all(font.getlength(each) <= width for each in words)


def _shortest(label: str, width: float, font: FreeTypeFont) -> Sequence[str]:
    """Write a label on one line, or if that is too wide, on two, such as "Jan" and "2024"."""
    if font.getlength(label) <= width or " " not in label:
        return (truncated(label, _INSIDE, font),)
    first, _, second = label.partition(" ")
    return tuple(truncated(each, _INSIDE, font) for each in (first, second))
