"""Picks a show's colour: the most prominent one in its picture, or one derived from its name.

It is always dark enough to be readable on the card's paper.
"""

from __future__ import annotations

from colorsys import hls_to_rgb, rgb_to_hls
from typing import Final, TypeAlias
from zlib import crc32

from PIL import Image

Colour: TypeAlias = tuple[int, int, int]
"""Red, green and blue, 0 to 255."""

_LIGHTNESS = 0.3
_SATURATION = 0.55
"""With this and the lightness, every hue has the 4.5:1 contrast that WCAG 2 requires for small text, and none is
garish."""

_COLOURS: Final = 8
"""Number of colours to which a picture is quantized before picking one."""
_LOOKED_AT: Final = (64, 64)
_PALE: Final = 0.12
"""Maximum difference between the strongest and weakest channel (0 to 1) of a colour that counts as grey."""


def colour_of(show: str) -> Colour:
    """Derive a colour from a show's name, always the same for the same name."""
    return _on_paper(crc32(show.casefold().encode("utf-8", "replace")) / 2**32)


def colour_in(picture: Image.Image) -> Colour | None:
    """Find the most prominent colour in a picture; None if all of it is grey."""
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
