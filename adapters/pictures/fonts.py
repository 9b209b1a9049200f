"""The one font family of the cards, in the weights and sizes that a drawing asks for; and which letters it lacks.

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
"""Halves of letters, which can't be encoded, and what is no letter."""
_SPACES = {"Zs"}
_MEASURED = 100


class Fonts:
    """Opens the font anew for each drawing: that takes 1 ms, and what FreeType opens is for one thread."""

    def __init__(self) -> None:
        self._path = fontpkg.path(FAMILY)

    def cut(self, cut: Cut, size: int) -> FreeTypeFont:
        """Open a cut in a size in pixels."""
        font = truetype(self._path, size)
        font.set_variation_by_axes([float(axis) for axis in cut.value])
        return font

    def lacking(self, words: str, most: int) -> str:
        """List the first letters that the font lacks, each once."""
        return "".join(islice((letter for letter in dict.fromkeys(words) if not self._has(letter)), most))

    @cached_property
    def _measured(self) -> FreeTypeFont:
        # The basic layout, as it looks letters up one by one.
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
