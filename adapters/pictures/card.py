"""What stands on a card, taken from what was said.

Plain values and plain words; how they are drawn is in `drawing.py`.
"""

from __future__ import annotations

import unicodedata
from colorsys import hls_to_rgb
from dataclasses import dataclass
from typing import TypeAlias
from zlib import crc32

from bot.port.excerpts import spoken
from bot.port.messages import Episode, Evidence
from bot.port.wording import full_label, label, moment, short_number

Colour: TypeAlias = tuple[int, int, int]
"""Red, green and blue, 0 to 255."""

_LIGHTNESS = 0.3
_SATURATION = 0.55
"""So that every hue stands out from the paper 4.5 to 1, as small letters need by WCAG 2, and none is shrill."""

_UNSEEN = {"Cc", "Cf"}
_FIRST_VARIATION, _LAST_VARIATION = "\ufe00", "\ufe0f"


@dataclass(frozen=True, slots=True)
class Card:
    """What stands on a card, each on one line but the words.

    Attributes:
        speaker: empty where nobody is named; `episode` and `time` likewise.
        time: as players write it.
        colour: of the stripe, the quotation mark and the show's name.
    """

    words: str
    speaker: str
    show: str
    episode: str
    time: str
    colour: Colour


def card_of(evidence: Evidence) -> Card:
    """Put a quotation on a card."""
    return Card(
        words=_clean(spoken(evidence.text)),
        speaker=_clean(_speaker(evidence)),
        show=_clean(evidence.episode.show),
        episode=_clean(_episode(evidence.episode)),
        time=moment(evidence) or "",
        colour=colour_of(evidence.episode.show),
    )


def colour_of(show: str) -> Colour:
    """Make a colour from a show's name: always the same for the same name."""
    hue = crc32(show.casefold().encode("utf-8", "replace")) / 2**32
    red, green, blue = (round(255 * part) for part in hls_to_rgb(hue, _LIGHTNESS, _SATURATION))
    return red, green, blue


def _speaker(evidence: Evidence) -> str:
    who = evidence.speaker or ""
    return f"read aloud by {who}" if who and evidence.aloud else who


def _episode(episode: Episode) -> str:
    number = short_number(episode)
    if number is None:
        return episode.title
    return number if full_label(episode) == label(episode) else f"{number}: {episode.title}"


def _clean(words: str) -> str:
    """Compose letters with their accents, and leave out line ends and what has no shape."""
    seen = (each for each in unicodedata.normalize("NFC", " ".join(words.split())) if not _is_unseen(each))
    return " ".join("".join(seen).split())


def _is_unseen(letter: str) -> bool:
    return unicodedata.category(letter) in _UNSEEN or _FIRST_VARIATION <= letter <= _LAST_VARIATION
