"""Shrinks the picture of an episode or its show, so that it can be cached.

Untrusted bytes in, a small picture or None out. Fetches nothing.
"""

from __future__ import annotations

import io
from typing import Final

from PIL import Image, ImageOps

SIDE: Final = 320
"""Side of the small picture in pixels; more than the largest card needs."""

_FORMATS: Final = ("JPEG", "PNG", "WEBP", "GIF")
_MAX_PIXELS: Final = 40_000_000
"""Maximum number of pixels to decode: Apple allows 3,000 by 3,000, while a small file may claim any number."""
_WHITE: Final = (255, 255, 255, 255)


def small(picture: bytes) -> bytes | None:
    """Crop a picture to its middle as a PNG of `SIDE` by `SIDE`; None if the bytes are not a picture."""
    try:
        with Image.open(io.BytesIO(picture), formats=_FORMATS) as opened:
            if opened.width * opened.height > _MAX_PIXELS:
                return None
            opened.draft("RGB", (2 * SIDE, 2 * SIDE))  # decodes a large JPEG in a fraction of the time
            fitted = ImageOps.fit(opened.convert("RGBA"), (SIDE, SIDE), Image.Resampling.LANCZOS)
    except (OSError, ValueError, SyntaxError, EOFError, Image.DecompressionBombError):  # all that Pillow may raise
        return None
    on_white = Image.new("RGBA", fitted.size, _WHITE)
    on_white.alpha_composite(fitted)
    written = io.BytesIO()
    on_white.convert("RGB").save(written, "PNG")
    return written.getvalue()
