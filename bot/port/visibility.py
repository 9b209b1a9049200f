"""Who is to see an answer, where it can be shown to one member or to everybody.

How a platform hides a message, and how it shares one, is its adapter's business.
"""

from __future__ import annotations

from typing import assert_never

from bot.port.messages import Answer, Fact, Found, Help, NotFound, QuoteCheck, Several, Unsure, Verdict


def for_the_asker_alone(answer: Answer) -> bool:
    """Whether an answer is of use to nobody but the asker: nothing was found, or nothing for sure."""
    match answer:
        case QuoteCheck(verdict=verdict):
            return verdict is Verdict.NOT_FOUND
        case Several(parts):
            return all(for_the_asker_alone(part.answer) for part in parts)
        case _:
            return not may_be_shared(answer)


def may_be_shared(answer: Answer) -> bool:
    """Whether the asker is offered to show an answer to everybody; that nobody said something is worth telling."""
    match answer:
        case Found() | Fact() | QuoteCheck():
            return True
        case Unsure() | NotFound() | Help():
            return False
        case Several(parts):
            return any(may_be_shared(part.answer) for part in parts)
        case _:
            assert_never(answer)
