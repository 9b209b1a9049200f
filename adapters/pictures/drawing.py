"""Draws a card: a stripe and a large quotation mark in the show's colour, the words, their source, and the show's art.

Pure: a card in, the bytes of a PNG out, or a sentence if it can't be drawn legibly.
"""

from __future__ import annotations

import io
from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Final

from PIL import Image, ImageDraw
from PIL.ImageFont import FreeTypeFont

from adapters.pictures.breaking import evened, filled
from adapters.pictures.card import CardTexts, card_of
from adapters.pictures.colours import Colour, colour_in
from adapters.pictures.fonts import Cut, Fonts
from bot.port.cards import NO_WORDS, TOO_LONG, NotDrawn, Shape, lacking
from bot.port.messages import Evidence

PAPER: Final[Colour] = (252, 250, 245)
INK: Final[Colour] = (33, 30, 27)
QUIET: Final[Colour] = (112, 106, 98)

_LEADING = 1.32
"""Line height of the words, as a multiple of their font size."""
SMOOTH = 8
"""Factor by which shapes are drawn larger and then scaled down, because Pillow doesn't antialias them."""
_MAX_NAMED = 5
"""Maximum number of missing letters to name."""
_LONGEST = 2_000
"""Maximum number of characters that are measured at all; far more than fit."""


@dataclass(frozen=True, slots=True)
class _Design:
    """Dimensions in pixels.

    Attributes:
        margin: on all sides.
        stripe: width of the stripe in the left margin.
        mark: font size of the quotation mark.
        top: top of the quotation mark, if the words fill the card; otherwise both are centred.
        words_top: top of the words, likewise.
        largest: maximum font size of the words.
        smallest: minimum font size of the words.
        name: font size of the speaker's name.
        small: font size of the lines below it.
        art: side of the show's picture, which is to the left of these.
    """

    margin: int
    stripe: int
    mark: int
    top: int
    words_top: int
    largest: int
    smallest: int
    name: int
    small: int
    art: int


_DESIGNS = {
    Shape.WIDE: _Design(
        margin=96, stripe=10, mark=230, top=72, words_top=156, largest=58, smallest=29, name=33, small=25, art=116
    ),
    Shape.SQUARE: _Design(
        margin=104, stripe=12, mark=290, top=104, words_top=212, largest=74, smallest=34, name=40, small=30, art=138
    ),
}


def draw_evidence(
    evidence: Evidence, shape: Shape, art_at: Callable[[str], bytes | None] | None = None
) -> bytes | NotDrawn:
    """Draw a quotation as a PNG, or say why not; `art_at` returns the picture at an address, shrunk by `art.small`."""
    address = evidence.episode.image
    return draw(card_of(evidence), shape, art_at(address) if art_at and address else None)


def draw(card: CardTexts, shape: Shape, art: bytes | None = None) -> bytes | NotDrawn:
    """Draw a card as a PNG, or say why not; if there is a picture of the show, use it and its colour."""
    fonts = Fonts()
    if not card.words:
        return NotDrawn(NO_WORDS)
    if len(card.words) > _LONGEST:
        return NotDrawn(TOO_LONG)
    if lacked := fonts.lacking("".join((card.words, card.speaker, card.show, card.episode, card.time)), _MAX_NAMED):
        return lacking(lacked)
    if art is None:
        return _Drawing(card, shape, fonts).png()
    picture = Image.open(io.BytesIO(art)).convert("RGB")
    return _Drawing(replace(card, colour=colour_in(picture) or card.colour), shape, fonts, picture).png()


class _Drawing:
    def __init__(self, card: CardTexts, shape: Shape, fonts: Fonts, art: Image.Image | None = None) -> None:
        self._card = card
        self._art = art
        self._width, self._height = shape.value
        self._design = _DESIGNS[shape]
        self._fonts = fonts
        self._image = Image.new("RGB", shape.value, PAPER)
        self._pen = ImageDraw.Draw(self._image)

    def png(self) -> bytes | NotDrawn:
        design = self._design
        self._pen.rectangle((0, 0, design.stripe - 1, self._height), self._card.colour)
        bottom = self._source()
        fitted = self._fit(bottom - design.words_top)
        if fitted is None:
            return NotDrawn(TOO_LONG)
        size, lines = fitted
        free = bottom - design.words_top - len(lines) * size * _LEADING
        self._mark(design.top + free / 2)
        self._words(size, lines, design.words_top + free / 2)
        written = io.BytesIO()
        self._image.save(written, "PNG")
        return written.getvalue()

    def _fit(self, room: float) -> tuple[int, Sequence[str]] | None:
        """Find the largest size at which the words fit, and their lines; None if they never do."""
        measured = self._fonts.cut(Cut.TEXT, self._design.largest)
        width_of = cache(measured.getlength)

        def width(size: int) -> float:
            return (self._width - 2 * self._design.margin) * self._design.largest / size

        def fits(size: int) -> bool:
            return len(filled(self._card.words, width(size), width_of)) * size * _LEADING <= room

        sizes = range(self._design.largest, self._design.smallest - 1, -1)
        size = _largest(sizes, fits)
        return None if size is None else (size, evened(self._card.words, width(size), width_of))

    def _mark(self, top: float) -> None:
        font = self._fonts.cut(Cut.MARK, self._design.mark)
        above = font.getbbox("“", anchor="ls")[1]
        inked = font.getmask("“").getbbox() or (0,)  # the ink begins a little to the right of the glyph's origin
        self._pen.text((self._design.margin - inked[0], top - above), "“", self._card.colour, font, anchor="ls")

    def _words(self, size: int, lines: Sequence[str], top: float) -> None:
        font = self._fonts.cut(Cut.TEXT, size)
        for number, line in enumerate(lines):
            self._pen.text((self._design.margin, top + size + number * size * _LEADING), line, INK, font, anchor="ls")

    def _source(self) -> float:
        """Write who said it and where, from the bottom up; return the top of this block, including space above it."""
        card, design = self._card, self._design
        left, right = float(design.margin), float(self._width - design.margin)
        baseline: float = self._height - design.margin * 0.75
        if self._art is not None:
            left += self._beside(self._art, left, baseline + design.small * 0.3)
        small = self._fonts.cut(Cut.SMALL, design.small)
        if card.episode:
            self._pen.text((left, baseline), truncated(card.episode, right - left, small), QUIET, small, anchor="ls")
            baseline -= design.small * 1.45
        show, free = self._fonts.cut(Cut.SHOW, design.small), right - left
        if card.time:
            free -= self._time(right, baseline, show) + design.small
        self._pen.text((left, baseline), truncated(card.show, free, show), card.colour, show, anchor="ls")
        if card.speaker:
            baseline -= design.small * 1.6
            name = self._fonts.cut(Cut.NAME, design.name)
            self._pen.text((left, baseline), truncated(card.speaker, right - left, name), INK, name, anchor="ls")
        if self._art is not None:
            baseline = min(baseline, self._height - design.margin * 0.75 - design.art + design.name)
        return baseline - design.name * 1.8

    def _beside(self, art: Image.Image, left: float, bottom: float) -> float:
        """Draw the show's picture; return how far the text beside it moves to the right."""
        side = self._design.art
        large = Image.new("L", (side * SMOOTH,) * 2)
        rounded = (0, 0, side * SMOOTH - 1, side * SMOOTH - 1)
        ImageDraw.Draw(large).rounded_rectangle(rounded, side * SMOOTH / 12, 255)
        mask = large.resize((side, side), Image.Resampling.LANCZOS)
        self._image.paste(art.resize((side, side), Image.Resampling.LANCZOS), (round(left), round(bottom) - side), mask)
        return side * 1.22

    def _time(self, right: float, baseline: float, font: FreeTypeFont) -> float:
        """Write the time flush right, after a play triangle; return the width of both."""
        width, high = font.getlength(self._card.time), self._design.small * 0.62
        self._pen.text((right, baseline), self._card.time, self._card.colour, font, anchor="rs")
        left = right - width - high * 1.6
        self._triangle(round(left), round(baseline - high), round(high))
        return right - left

    def _triangle(self, left: int, top: int, side: int) -> None:
        large = side * SMOOTH
        mask = Image.new("L", (large, large))
        ImageDraw.Draw(mask).polygon(((0, 0), (0, large), (large * 0.9, large / 2)), 255)
        self._image.paste(self._card.colour, (left, top), mask.resize((side, side), Image.Resampling.LANCZOS))


def truncated(line: str, width: float, font: FreeTypeFont) -> str:
    """Truncate a line to a width."""
    if len(line) <= _LONGEST and font.getlength(line) <= width:
        return line

    def fits(kept: int) -> bool:
        return font.getlength(f"{line[:kept]}…") <= width

    lengths = range(min(len(line), _LONGEST), 0, -1)
    return f"{line[: _largest(lengths, fits) or 0].rstrip()}…"


def _largest(sizes: range, fits: Callable[[int], bool]) -> int | None:
    """Return the first of decreasing sizes that fits."""
    return next(iter(sizes[bisect_left(sizes, True, key=fits) :]), None)  # noqa: FBT003 - the value of `fits` to look for
