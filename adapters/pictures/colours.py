"""The colour of a show: what stands out in its picture, or else one made from its name. Always readable on paper."""

from __future__ import annotations

from colorsys import hls_to_rgb, rgb_to_hls
from typing import Final, TypeAlias
from zlib import crc32

from PIL import Image

Colour: TypeAlias = tuple[int, int, int]
"""Red, green and blue, 0 to 255."""

_LIGHTNESS = 0.3
_SATURATION = 0.55
"""So that every hue stands out from the paper 4.5 to 1, as small letters need by WCAG 2, and none is shrill."""

_COLOURS: Final = 8
"""That a picture is reduced to, to find the one that stands out."""
_LOOKED_AT: Final = (64, 64)
_PALE: Final = 0.12
"""Difference of a colour's strongest and weakest part, of 1, below which it is a grey."""


def colour_of(show: str) -> Colour:
    """Make a colour from a show's name: always the same for the same name."""
    return _on_paper(crc32(show.casefold().encode("utf-8", "replace")) / 2**32)


def colour_in(picture: Image.Image) -> Colour | None:
    """Find the colour that stands out in a picture; None where all is grey."""
    few = picture.resize(_LOOKED_AT, Image.Resampling.BOX).quantize(_COLOURS).convert("RGB")
    best, most = None, 0.0
    for count, seen in few.getcolors(_COLOURS) or ():
        red, green, blue = (part / 255 for part in seen) if isinstance(seen, tuple) else (0.0, 0.0, 0.0)
        strength = max(red, green, blue) - min(red, green, blue)
        if strength > _PALE and count * strength > most:
            best, most = _on_paper(rgb_to_hls(red, green, blue)[0]), count * strength
    return best


def _on_paper(hue: float) -> Colour:
    red, green, blue = (round(255 * part) for part in hls_to_rgb(hue, _LIGHTNESS, _SATURATION))
    return red, green, blue
