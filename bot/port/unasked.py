"""When a question that nobody put to the bot is answered: it must look like one, and the bot must be sure.

For channels in which that was chosen. To say nothing is the rule there: people talk to each other.
"""

from __future__ import annotations

from typing import Final, assert_never

from bot.port.messages import Answer, Fact, Found, Help, NotFound, QuoteCheck, Several, Unsure

SURE: Final = 0.95
"""Confidence from which an answer is given unasked; people who ask the bot get less sure ones."""
_FEWEST_WORDS: Final = 3


def looks_like_a_question(words: str) -> bool:
    """Whether somebody seems to ask something; "really?" asks the one who spoke before."""
    return words.rstrip(" \"'”’)*_~|").endswith("?") and len(words.split()) >= _FEWEST_WORDS


def worth_saying(answer: Answer) -> bool:
    """Whether an answer is sure enough to be given to people who didn't ask the bot."""
    match answer:
        case Found(confidence=confidence, evidence=evidence):
            return confidence >= SURE and bool(evidence)
        case Fact(confidence=confidence):
            return confidence >= SURE
        case QuoteCheck(confidence=confidence, verdict=verdict):
            return confidence >= SURE and verdict.said
        case Several(parts):
            return all(worth_saying(part.answer) for part in parts)
        case Unsure() | NotFound() | Help():
            return False
        case _:
            assert_never(answer)
