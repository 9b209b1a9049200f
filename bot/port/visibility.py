"""Decides whether an answer is shown to its asker alone or to everybody.

Adapters hide and share messages.
"""

from __future__ import annotations

from typing import assert_never

from bot.port.messages import Answer, Fact, Found, Help, NotFound, QuoteCheck, Several, Unsure, Verdict


def for_the_asker_alone(answer: Answer) -> bool:
    """Whether an answer is of no use to others, because nothing certain was found."""
    match answer:
        case QuoteCheck(verdict=verdict):
            return verdict is Verdict.NOT_FOUND
        case Several(parts):
            return all(for_the_asker_alone(part.answer) for part in parts)
        case _:
            return not may_be_shared(answer)


def may_be_shared(answer: Answer) -> bool:
    """Whether to offer the asker a Share button; true even for a check that found nothing, which is news as well."""
    match answer:
        case Found() | Fact() | QuoteCheck():
            return True
        case Unsure() | NotFound() | Help():
            return False
        case Several(parts):
            return any(may_be_shared(part.answer) for part in parts)
        case _:
            assert_never(answer)
