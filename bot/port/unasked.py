"""When a question that nobody put to the bot is answered: it must look like one, and the bot must be sure.

For channels in which that was chosen. To say nothing is the rule there: people talk to each other. In a thread, only
whoever asked the bot there may go on without saying so, and only until anybody says something to somebody else.
"""

from __future__ import annotations

from typing import Final

from bot.port.messages import Answer, ConversationId, Found, Several
from bot.port.record import confidence_of
from bot.port.state import Notes
from bot.port.wishes import is_answered

SURE: Final = 0.95
"""Confidence from which an answer is given unasked; people who ask the bot get less sure ones."""
_FEWEST_WORDS: Final = 3


def looks_like_a_question(words: str) -> bool:
    """Whether somebody seems to ask something; "really?" asks the one who spoke before."""
    return words.rstrip(" \"'”’)*_~|").endswith("?") and len(words.split()) >= _FEWEST_WORDS


class Talks:
    """Who talks with the bot in which thread, as far as its channel chose that questions need no mention."""

    def __init__(self, notes: Notes) -> None:
        self._notes = notes

    async def begin(self, thread: ConversationId, person: str) -> None:
        """Note that somebody asked the bot there."""
        await self._notes.write(_name(thread), person)

    async def goes_on(self, thread: ConversationId, person: str, *, to_others: bool) -> bool:
        """Whether what somebody says there may be for the bot; if it isn't, people talk, and nothing after it is."""
        with_bot = await self._notes.read(_name(thread))
        if with_bot == person and not to_others:
            return True
        if with_bot:
            await self._notes.write(_name(thread), "")
        return False


def _name(thread: ConversationId) -> str:
    return f"{thread}/talk"


def worth_saying(answer: Answer) -> bool:
    """Whether an answer is sure enough to be given to people who didn't ask the bot."""
    match answer:
        case Several(parts):
            return all(worth_saying(part.answer) for part in parts)
        case Found(evidence=()):
            return False
        case _:
            return is_answered(answer) and confidence_of(answer) >= SURE
