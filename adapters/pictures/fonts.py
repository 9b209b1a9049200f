"""Opens the cards' font family in the required weights and sizes, and finds letters that it lacks.

Source Serif 4, under the Open Font License, from the package `fontpkg-source-serif-4`. No layout, no words.
"""

from __future__ import annotations

import unicodedata
from enum import Enum
from functools import cached_property
from itertools import islice

import fontpkg
from fontpkg_source_serif_4 import FAMILY
from PIL.ImageFont import FreeTypeFont, Layout, truetype


class Cut(Enum):
    """Weight and optical size in points: the two axes of the family, in the file's order."""

    TEXT = (400, 28)
    NAME = (700, 20)
    SMALL = (400, 14)
    SHOW = (600, 14)
    MARK = (700, 60)


_NO_LETTER = "\U0010ffff"
_NEVER_DRAWN = {"Cs", "Co", "Cn"}
"""Unicode categories without glyphs: surrogates, private use and unassigned."""
_SPACES = {"Zs"}
_MEASURED = 100


class Fonts:
    """The fonts of one drawing; opening them takes 1 ms, and FreeType's faces must not be shared by threads."""

    def __init__(self) -> None:
        self._path = fontpkg.path(FAMILY)

    def cut(self, cut: Cut, size: int) -> FreeTypeFont:
        """Open a cut in a size in pixels."""
        font = truetype(self._path, size)
        font.set_variation_by_axes([float(axis) for axis in cut.value])
        return font

    def lacking(self, words: str, most: int) -> str:
        """Return up to `most` distinct letters that the font lacks."""
        return "".join(islice((letter for letter in dict.fromkeys(words) if not self._has(letter)), most))

    @cached_property
    def _measured(self) -> FreeTypeFont:
        # The basic layout, because it looks up letters one by one.
        return truetype(self._path, _MEASURED, layout_engine=Layout.BASIC)

    @cached_property
    def _box(self) -> tuple[tuple[int, int], bytes]:
        return self._shape(_NO_LETTER)

    def _has(self, letter: str) -> bool:
        category = unicodedata.category(letter)
        return category in _SPACES or (category not in _NEVER_DRAWN and self._shape(letter) != self._box)

    def _shape(self, letter: str) -> tuple[tuple[int, int], bytes]:
        mask = self._measured.getmask(letter)
        return mask.size, bytes(mask)
