"""When a question that nobody put to the bot is answered: it must look like one, and the bot must be sure.

For channels in which that was chosen. To say nothing is the rule there: people talk to each other.
"""

from __future__ import annotations

from typing import Final

from bot.port.messages import Answer, Found, Several
from bot.port.record import confidence_of
from bot.port.wishes import is_answered

SURE: Final = 0.95
"""Confidence from which an answer is given unasked; people who ask the bot get less sure ones."""
_FEWEST_WORDS: Final = 3


def looks_like_a_question(words: str) -> bool:
    """Whether somebody seems to ask something; "really?" asks the one who spoke before."""
    return words.rstrip(" \"'”’)*_~|").endswith("?") and len(words.split()) >= _FEWEST_WORDS


def worth_saying(answer: Answer) -> bool:
    """Whether an answer is sure enough to be given to people who didn't ask the bot."""
    match answer:
        case Several(parts):
            return all(worth_saying(part.answer) for part in parts)
        case Found(evidence=()):
            return False
        case _:
            return is_answered(answer) and confidence_of(answer) >= SURE
