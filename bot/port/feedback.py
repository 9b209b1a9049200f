"""The votes on answers, and what is said about them; alike on every platform.

What is kept of an answer, and how, is the logbook's business.
"""

from __future__ import annotations

from bot.port.errors import StateAwayError
from bot.port.logbook import AnswerId, AskedIn, Logbook
from bot.port.messages import Answer
from bot.port.wording import NOT_KEPT, THANKS


class Feedback:
    """Notes answers, and takes the votes on them."""

    def __init__(self, logbook: Logbook, *, asks: bool) -> None:
        """Keep it in a logbook; `asks` is whether answers get the buttons to rate them by."""
        self._logbook = logbook
        self._asks = asks

    def note(self, words: str, place: AskedIn, answer: Answer) -> AnswerId | None:
        """Note an answer; what it can be rated by, None where it gets no buttons."""
        noted = self._logbook.note(words, place, answer)
        return noted if self._asks else None

    async def rate(
        self, answer: AnswerId, person: str, place: AskedIn, *, useful: bool, words: str | None = None
    ) -> str | None:
        """Keep a vote, and return what to say about it; nothing about a vote that is only changed."""
        try:
            first = await self._logbook.rate(answer, person, place, useful=useful, words=words)
        except StateAwayError:
            return NOT_KEPT
        return THANKS if first else None
