"""A question while it is answered: its words, where to look, and what went before."""

from __future__ import annotations

from dataclasses import dataclass

from bot.port.messages import EpisodeId
from bot.understanding.conversation import Thread
from bot.understanding.naming import Named, Where
from bot.understanding.text import Words


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as it is worked on.

    Attributes:
        words: with the spelling mended and names in full.
        where: what it is limited to.
        thread: what went before.
        named: what the question names an episode by.
    """

    words: Words
    where: Where
    thread: Thread
    named: Named | None = None

    @property
    def scope(self) -> EpisodeId | None:
        """The one episode to look in, None for several or all."""
        return self.where.episode
