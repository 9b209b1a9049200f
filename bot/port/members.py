"""What members ask the bot to do by itself, and what is said about it; alike on every platform.

Plain words without markup.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from bot.port.errors import StateAwayError
from bot.port.wishes import MOST_WISHES, Noted, Wish, Wishes
from bot.port.wording import STALE

TELL_ME = "Tell me when"
CANCEL = "Cancel"
NO_WISHES = "You aren't waiting for anything. Under an answer that found nothing, press “Tell me when”."
GONE = "That's not on your list any more."
CANCELLED = "Cancelled. I won't tell you about that one."
AWAY = "I can't reach my memory at the moment, so I couldn't do that. Please try again in a minute."
NO_MEMORY = "I'm running without a memory here, so I can't do that."
YOUR_WISHES = "I'll tell you once an episode answers these:"


def noted(what: Noted, question: str, *, mine: str) -> str:
    """Say what became of a wish; `mine` is the command that lists them."""
    match what:
        case Noted.NOTED:
            return f"Noted: I'll tell you once an episode answers “{question}”. To see or cancel it: {mine}"
        case Noted.ALREADY:
            return f"That's on your list already: “{question}”. To see or cancel it: {mine}"
        case Noted.TOO_MANY:
            return f"You're waiting for {MOST_WISHES} answers already, and that's as many as I keep. Cancel one: {mine}"


def now_answered(question: str) -> str:
    """Introduce the answer that somebody waited for."""
    return f"You asked me to tell you when an episode answers “{question}”. Here it is:"


class WishList:
    """Keeps, lists and cancels what people want to be told, and says what came of that."""

    def __init__(self, wishes: Wishes | None, mine: str, shown: Callable[[str], str]) -> None:
        """Keep it in `wishes`, None where nothing outlives a restart.

        `mine` is the command that lists somebody's, `shown` makes a question fit for the platform.
        """
        self._wishes = wishes
        self._mine = mine
        self._shown = shown

    async def keep(self, wish: Wish | None) -> str:
        """Note a wish; None is what a button of an older version carries."""
        if self._wishes is None:
            return NO_MEMORY
        if wish is None:
            return STALE
        try:
            return noted(await self._wishes.note(wish), self._shown(wish.question), mine=self._mine)
        except StateAwayError:
            return AWAY

    async def of(self, person: str) -> Sequence[Wish] | str:
        """List what somebody waits for, at least one thing; or say why there is no list."""
        if self._wishes is None:
            return NO_MEMORY
        try:
            return await self._wishes.of(person) or NO_WISHES
        except StateAwayError:
            return AWAY

    async def cancel(self, person: str, name: str) -> str:
        """Forget what somebody waited for."""
        try:
            was_there = self._wishes is not None and await self._wishes.cancel(person, name)
        except StateAwayError:
            return AWAY
        return CANCELLED if was_there else GONE
