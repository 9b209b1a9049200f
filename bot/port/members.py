"""The words about what members and channels ask the bot to do by itself; said alike on every platform.

Plain words without markup.
"""

from __future__ import annotations

from bot.port.wishes import MOST_WISHES, Noted

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
