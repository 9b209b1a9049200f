"""The picture of an episode or its show, made small enough to be kept.

Whatever bytes come, it is a small picture or none. Where they come from is not known here.
"""

from __future__ import annotations

import io
from typing import Final

from PIL import Image, ImageOps

SIDE: Final = 320
"""Pixels of the small picture: more than the largest card shows."""

_FORMATS: Final = ("JPEG", "PNG", "WEBP", "GIF")
_MOST: Final = 40_000_000
"""Pixels that are unpacked: Apple takes 3,000 by 3,000 at most, and a small file may hold any number."""
_WHITE: Final = (255, 255, 255, 255)


def small(picture: bytes) -> bytes | None:
    """Make a PNG of `SIDE` by `SIDE` of a picture's middle; None where these bytes are no picture."""
    try:
        with Image.open(io.BytesIO(picture), formats=_FORMATS) as opened:
            if opened.width * opened.height > _MOST:
                return None
            opened.draft("RGB", (2 * SIDE, 2 * SIDE))  # a large JPEG is unpacked in a fraction of the time
            fitted = ImageOps.fit(opened.convert("RGBA"), (SIDE, SIDE), Image.Resampling.LANCZOS)
    except (OSError, ValueError, SyntaxError, EOFError, Image.DecompressionBombError):  # whatever Pillow makes of it
        return None
    on_white = Image.new("RGBA", fitted.size, _WHITE)
    on_white.alpha_composite(fitted)
    written = io.BytesIO()
    on_white.convert("RGB").save(written, "PNG")
    return written.getvalue()
