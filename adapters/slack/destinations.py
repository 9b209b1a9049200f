"""Where a message can go in Slack, and who sees it there.

Values only; how it gets there, and what is done where it can't, is `outbox`'s business.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Post:
    """A message in a channel or direct message, in its thread if there is one; `user` asked for it.

    Attributes:
        hook: the address that takes it where the app is no member and may not write.
        answers: the name of the delivery that it answers, by which `Outbox.has_sent` finds it again.
        hidden: whether only `user` sees it.
        begins: whether nothing is in the thread yet. What is for one alone is seen there by nobody:
            https://docs.slack.dev/reference/methods/chat.postEphemeral
    """

    channel: str
    user: str
    thread: str | None = None
    hook: str | None = None
    answers: str | None = None
    hidden: bool = False
    begins: bool = False

    @property
    def thread_for_one(self) -> str | None:
        """The thread in which `user` sees what is for them alone."""
        return None if self.begins else self.thread


@dataclass(frozen=True, slots=True)
class Hook:
    """An answer to an interaction, for its user alone unless `public`; `answers` is as in a `Post`."""

    url: str
    channel: str
    user: str
    public: bool = False
    thread: str | None = None
    answers: str | None = None


@dataclass(frozen=True, slots=True)
class Dialogue:
    """A dialogue that `user` has open already."""

    id: str
    user: str


@dataclass(frozen=True, slots=True)
class NewDialogue:
    """A dialogue to open for `user`, within three seconds of what they did; `Outbox.begin` makes a `Dialogue` of it."""

    trigger: str
    user: str


Destination: TypeAlias = Post | Hook | Dialogue
