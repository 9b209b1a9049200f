"""Unanswered questions of a community, and how its managers answer them from its chat.

A library may be shared by many communities, so only those that the operator named may write into it; `Gaps` itself is
for places that were not named. What is written is `bot/operating`'s business, who manages a place the adapters'.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from bot.port.messages import EpisodeId
from bot.port.wording import clock, nearest

TITLE: Final = "Answer what I couldn't"
LONGEST: Final = 200
"""Maximum number of characters of a question to answer, as it becomes a topic's title."""

NOT_HERE: Final = (
    "The library can't be changed from here: others may use it, too. Whoever runs me can allow it "
    "with OVERHEARD_FILL_FROM={}."
)
NOT_WRITABLE: Final = "I can't write into the library where I run, so nothing can be added from here."
WHICH: Final = "Say when it is said, such as 12:30, or which topic answers it; not both. Nothing has changed."
NO_QUESTION: Final = "Say which question it answers. Nothing has changed."
BROKEN: Final = "There is a mistake in the library that the people who run me have to fix first. Nothing has changed."
BUSY: Final = "Episodes are being added to the library right now. Please try again in a few minutes."
UNTIMED: Final = "That episode has no transcript with times. Name one of its topics instead."
LEFT: Final = (
    "I can't write that into this episode's file without damaging it. Whoever runs me can add it by hand. "
    "Nothing has changed."
)


def no_time(typed: str) -> str:
    """Say that the typed text isn't a time."""
    return f"“{typed}” isn't a time. Write minutes and seconds, such as 12:30, or 1:02:03 with hours."


def over_by_then(end: timedelta) -> str:
    """Say that an episode ends earlier."""
    return f"That episode ends at about {clock(end)}."


def no_topic(typed: str, titles: Sequence[str]) -> str:
    """Say that an episode has no such topic, and which it has."""
    return f"That episode has no topic “{typed}”; {nearest(typed, titles, 'none, it has no topics')}."


def called_so(title: str) -> str:
    """Say that a topic has that name already."""
    return f"“{title}” goes by that name already."


@dataclass(frozen=True, slots=True)
class Filling:
    """What answers a question: an episode, and in it what is said at a time, or a topic that goes by other words.

    Attributes:
        at: a time such as 12:30; "" where a topic is named.
        topic: its title; "" where a time is.
    """

    question: str
    episode: EpisodeId
    at: str = ""
    topic: str = ""


class Gaps:
    """Unanswered questions by place; a place is named like a conversation: `discord/<server>`."""

    def refusal(self, whole: str) -> str | None:
        """Say why a place may not fill in answers; None if it may."""
        return NOT_HERE.format(whole)

    def hint(self, channel: str, command: str) -> str:
        """Say beside what was asked in vain how it can be answered; "" where it can't be."""
        whole = channel.rpartition("/")[0]
        return "" if self.refusal(whole) else f"Whoever manages this place can answer what I couldn't: {command}"

    async def asked(self, whole: str) -> Sequence[str]:  # noqa: ARG002 - nothing is known
        """List the unanswered questions of late that others could read, most frequent first.

        Raises:
            StateAwayError: they can't be read at the moment.
        """
        return ()

    async def fill(self, whole: str, filling: Filling) -> str:  # noqa: ARG002 - nothing is written
        """Write an answer into the library, and say what answers the question now, or why nothing was written."""
        return NOT_HERE.format(whole)
