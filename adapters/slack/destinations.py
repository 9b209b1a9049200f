"""Where a message can go in Slack, and who sees it there.

Values only; `outbox` sends, and handles failures.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class InChannel:
    """A message in a channel or direct message, in its thread if there is one; `user` asked for it.

    Attributes:
        hook: the response URL, for channels that the app isn't a member of.
        answers: the name of the delivery that it answers, by which `Outbox.has_sent` finds the message.
        public: whether everybody there sees it, not only `user`.
        begins: whether the thread is still empty; Slack shows an ephemeral message in an empty thread to nobody:
            https://docs.slack.dev/reference/methods/chat.postEphemeral
    """

    channel: str
    user: str
    thread: str | None = None
    hook: str | None = None
    answers: str | None = None
    public: bool = True
    begins: bool = False

    @property
    def thread_for_one(self) -> str | None:
        """The thread in which `user` sees an ephemeral message."""
        return None if self.begins else self.thread


@dataclass(frozen=True, slots=True)
class Hook:
    """An answer to an interaction, for its user alone unless `public`; `answers` is as in an `InChannel`."""

    url: str
    channel: str
    user: str
    public: bool = False
    thread: str | None = None
    answers: str | None = None


@dataclass(frozen=True, slots=True)
class Dialogue:
    """A dialogue that is open for `user` already."""

    id: str
    user: str


Destination: TypeAlias = InChannel | Hook | Dialogue
