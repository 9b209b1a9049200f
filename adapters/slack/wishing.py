"""Tell me when, in Slack: what is kept, the list of it, and the message once there is an answer.

What is sent where is the listener's and the outbox's business, what counts as answered the port's.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import Final

from bot.port import members
from bot.port.messages import Answer
from bot.port.posts import ChannelRefusedError
from bot.port.wishes import Wish

from . import blocks as b
from .button_values import AskQuestion, StaleError, decode
from .incoming import Source
from .outbox import Outbox
from .render import Extras, Message, draw, message

_log = logging.getLogger(__name__)

PRESS_CANCEL: Final = "cancel"
_QUESTION: Final = 200
"""Characters of a question that are repeated."""


def wish_of(source: Source, value: str, show: str | None) -> Wish | None:
    """Read from a button what somebody wants to be told, of the show that is usual where they asked."""
    try:
        asked = decode(value)
    except StaleError:
        return None
    return (
        Wish(source.person, _place(source), asked.text, asked.episode, show=show)
        if isinstance(asked, AskQuestion)
        else None
    )


async def tell_member(outbox: Outbox, wish: Wish, answer: Answer) -> None:
    """Bring an answer to the person who waited for it: where they asked, or else in private.

    Raises:
        NotSentError: it may arrive the next time.
    """
    user = wish.member.rpartition("/")[2]
    channel, _, thread = wish.place.partition("/")
    said = members.now_answered(shown(wish.question))
    drawn = draw(answer, Extras(asker=user))
    in_public = bool(channel) and not channel.startswith("D")
    # In rich text this is who it is for, whatever words stand around it; they asked to be told.
    words = [b.user(user), b.text(f" {said}")] if in_public else [b.text(said)]
    told = message(f"{said}\n{drawn.text}", (b.rich_text(words), *drawn.blocks))
    for place, thread_in_it in ((channel, thread or None), (user, None)):
        if place:
            try:
                await outbox.deliver(told, place, thread_in_it, name=wish.name, perhaps_sent=wish.begun)
            except ChannelRefusedError as error:
                _log.info("somebody who waited for an answer can't be told there: %s", error)
            else:
                return
    _log.info("somebody who waited for an answer can't be reached any more")


def shown(question: str) -> str:
    """Shorten and clean a question to repeat it."""
    return b.shorten(b.clean(question), _QUESTION)


def draw_wishes(wishes: Sequence[Wish]) -> Message:
    """List what somebody waits for, with a button to cancel each."""
    lines = [f"{number}. {shown(wish.question)}" for number, wish in enumerate(wishes, 1)]
    buttons = [
        b.button(f"{members.CANCEL} {number}", f"{PRESS_CANCEL}:{number}", wish.name)
        for number, wish in enumerate(wishes, 1)
    ]
    text = "\n".join((members.YOUR_WISHES, *lines))
    rows = [b.rich_text([b.text(line)]) for line in (members.YOUR_WISHES, *lines)]
    return message(text, (*rows, b.actions(buttons)))


def _place(source: Source) -> str:
    """Name the channel and its thread, where everybody there saw the answer; nothing where it was private."""
    if source.private or not source.channel or source.dialogue or source.home:
        return ""
    thread = source.thread or (None if source.direct else source.message)
    return f"{source.channel}/{thread}" if thread else source.channel
