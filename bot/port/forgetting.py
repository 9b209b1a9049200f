"""Deletes what is kept of one person, in every store there is; and says in plain words what that is.

A person is named by platform and account: `discord/<user>`, `slack/<team>/<user>`. What belongs to one person alone,
such as a conversation in direct messages, is named by the person, a slash and more, so that a store finds it without
knowing any platform. Likewise `slack/<team>` names all that is kept of a workspace that has left. Where things are kept
is the stores' business; PRIVACY.md says the same at more length.
"""

from __future__ import annotations

from typing import Final, Protocol

from bot.port.errors import OverheardError

KEPT: Final = (
    "What a conversation is about, so that “tell me more” works: two days after its last question.",
    "Which conversation an answer of mine belongs to, by their ids: two days.",
    "In a Slack channel where I answer without a mention, your id and the thread in which you asked me: two days.",
    "The ids of messages, commands and presses, so that nothing is answered twice: a day. In Slack, a question until "
    "it is answered.",
    "Your id with a time, so that nobody asks too much: an hour.",
    "A question that you pressed Tell me when under, with your id: until you are told, or cancel it, at most a year.",
    "The player that you chose to listen in, with your id: until you choose another, at most two years.",
    "Your vote on an answer, with the question and not with your id: ninety days, or as my operator chose.",
    "A question that I couldn't answer, when and where it was asked, and not who asked: as long as votes. Whoever runs "
    "me can read it. If everybody there could read your question, those who manage that place may read it too, and a "
    "weekly digest in a channel may quote it.",
)
"""What is kept of somebody who asks, a line for each kind."""

INTRODUCTION: Final = "What I keep of you, and for how long:"
NOTHING_ELSE: Final = "I keep no names, and nothing that isn't addressed to me."
WHAT_GOES: Final = (
    "The button deletes your conversations in direct messages and in private answers, the times of your questions, "
    "what you wait for, your player, and your votes. "
    "Conversations in channels are everybody's and go after two days; ids of messages after a day."
)
FORGET: Final = "Delete what you keep of me"
FORGOTTEN: Final = "Done: what I kept of you is deleted."
NOT_FORGOTTEN: Final = "I can't reach my database at the moment, so not all is deleted. Please try again in a minute."


class Forgetter(Protocol):
    """A store that keeps something of people."""

    async def forget(self, person: str) -> None:
        """Delete what is kept of a person.

        Raises:
            StateAwayError: not all of it is deleted.
        """


class Forgetters:
    """Every store that keeps something of people: one that is new is added where the state is put together."""

    def __init__(self, *stores: Forgetter) -> None:
        self._stores = list(stores)

    def add(self, store: Forgetter) -> None:
        """Have one more store forget."""
        self._stores.append(store)

    async def forget(self, person: str) -> None:
        """Delete what is kept of a person in all stores, also where one of them fails.

        Raises:
            StateAwayError: not all of it is deleted.
        """
        failed: OverheardError | None = None
        for store in self._stores:
            try:
                await store.forget(person)
            except OverheardError as error:
                failed = error
        if failed is not None:
            raise failed

    async def answered(self, person: str) -> str:
        """Delete what is kept of a person, and say whether that is done."""
        try:
            await self.forget(person)
        except OverheardError:
            return NOT_FORGOTTEN
        return FORGOTTEN


def belongs_to(name: str, person: str) -> bool:
    """Whether a name is that of something which is one person's own."""
    return name == person or name.startswith(f"{person}/")
