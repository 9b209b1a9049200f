"""The texts of a card, taken from a quotation.

Plain values; `drawing.py` draws them.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from adapters.pictures.colours import Colour, colour_of
from bot.port.excerpts import spoken
from bot.port.messages import Episode, Evidence
from bot.port.wording import full_label, label, moment, short_number

_UNSEEN = {"Cc", "Cf"}
_FIRST_VARIATION, _LAST_VARIATION = "\ufe00", "\ufe0f"


@dataclass(frozen=True, slots=True)
class CardTexts:
    """The texts of a card; all but `words` are on one line.

    Attributes:
        speaker: "" if unknown, like `episode` and `time`.
        time: formatted as in players.
        colour: of the stripe, the quotation mark and the show's name.
    """

    words: str
    speaker: str
    show: str
    episode: str
    time: str
    colour: Colour


def card_of(evidence: Evidence) -> CardTexts:
    """Return the card of a quotation."""
    return CardTexts(
        words=cleaned(spoken(evidence.text)),
        speaker=cleaned(_speaker(evidence)),
        show=cleaned(evidence.episode.show),
        episode=cleaned(_episode(evidence.episode)),
        time=moment(evidence) or "",
        colour=colour_of(evidence.episode.show),
    )


def _speaker(evidence: Evidence) -> str:
    who = evidence.speaker or ""
    return f"read aloud by {who}" if who and evidence.aloud else who


def _episode(episode: Episode) -> str:
    number = short_number(episode)
    if number is None:
        return episode.title
    return number if full_label(episode) == label(episode) else f"{number}: {episode.title}"


def cleaned(words: str) -> str:
    """Compose letters with their accents, and remove line ends and invisible characters."""
    composed = unicodedata.normalize("NFC", " ".join(words.split()))
    shaped = (each for each in composed if unicodedata.category(each) not in _UNSEEN)
    return " ".join("".join(each for each in shaped if not _FIRST_VARIATION <= each <= _LAST_VARIATION).split())
