"""Decides when to answer a question that doesn't mention the bot: if it looks like one, and the answer is sure.

For channels that chose it. Silence is the rule there, as people talk to each other. In a thread, a person who asked the
bot may go on without mentioning it, until anybody addresses somebody else.
"""

from __future__ import annotations

from typing import Final

from bot.port.messages import Answer, ConversationId, Found, Several
from bot.port.record import confidence_of
from bot.port.state import Notes
from bot.port.wishes import is_answered

SURE: Final = 0.95
"""Minimum confidence of an answer to a question that doesn't mention the bot."""
_FEWEST_WORDS: Final = 3


def looks_like_a_question(words: str) -> bool:
    """Whether a message looks like a question; "really?" doesn't, as it addresses the previous speaker."""
    return words.rstrip(" \"'”’)*_~|").endswith("?") and len(words.split()) >= _FEWEST_WORDS


class Talks:
    """Who is talking with the bot in which thread of the channels that chose to need no mention."""

    def __init__(self, notes: Notes) -> None:
        self._notes = notes

    async def begin(self, thread: ConversationId, person: str) -> None:
        """Record that somebody asked the bot in a thread."""
        await self._notes.write(_name(thread), person)

    async def goes_on(self, thread: ConversationId, person: str, *, to_others: bool) -> bool:
        """Whether a message in a thread may be for the bot; once one isn't, none after it is."""
        with_bot = await self._notes.read(_name(thread))
        if with_bot == person and not to_others:
            return True
        if with_bot:
            await self._notes.write(_name(thread), "")
        return False


def _name(thread: ConversationId) -> str:
    return f"{thread}/talk"


def worth_saying(answer: Answer) -> bool:
    """Whether an answer is sure enough for people who didn't mention the bot."""
    match answer:
        case Several(parts):
            return all(worth_saying(part.answer) for part in parts)
        case Found(evidence=()):
            return False
        case _:
            return is_answered(answer) and confidence_of(answer) >= SURE
