"""Handles presses of buttons and picks from menus in messages, dialogues and the Home tab.

A press carries everything needed, so no state here has to survive a restart.
"""

from __future__ import annotations

import contextlib
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from typing import Final

from bot.port.errors import StateAwayError
from bot.port.messages import EpisodeId, ItemId
from bot.port.players import Player, remembered
from bot.port.presentation import Open
from bot.port.wording import STALE

from . import render
from .button_values import ButtonValue, ShowEpisode, StaleError, decode, decode_vote
from .cards import PRESS_FORGET
from .destinations import Hook, InChannel
from .filling import FIELDS as FILL_FIELDS
from .incoming import Act, Source
from .outbox import Shared
from .pictures import IN_PRIVATE, NOT_SENT, pictured
from .posting import PRESS_ABOUT
from .quiz import PRESS_NAME, PRESS_REVEAL, guess, reveal
from .replies import Reply
from .room import Room
from .settings import FIELDS, HOME_SETTINGS
from .views import HOME_ANOTHER, HOME_ASK, WITHIN
from .wishing import PRESS_CANCEL, wish_of

_NOT_DELETED: Final = "Slack wouldn't let me delete that."
_NOT_YOURS: Final = "Only the person who asked, or an admin, can delete this."

_LEFT_TO_OTHERS: Final = frozenset({WITHIN, *FIELDS, *FILL_FIELDS, render.PRESS_LISTEN})
"""Controls to ignore: fields of a dialogue are read when it is submitted, and Slack itself opens recordings."""


class ButtonPresses:
    """Answers presses in one workspace."""

    def __init__(self, room: Room) -> None:
        self._room = room
        self._sharing: set[str] = set()
        self._handlers: Mapping[str, Callable[[Act], Awaitable[None]]] = {
            HOME_ASK: lambda press: room.open_question(press.source),
            PRESS_ABOUT: lambda press: room.open_question(press.source, EpisodeId(press.value)),
            HOME_SETTINGS: lambda press: room.settings.open(press.source),
            HOME_ANOTHER: lambda press: room.show_home(press.source),
            PRESS_FORGET: self._forget,
            render.PRESS_DELETE: self._delete,
            render.PRESS_SHARE: self._share,
            render.PRESS_RATE: self._rate,
            render.PRESS_TELL: self._keep,
            PRESS_CANCEL: self._cancel,
            PRESS_NAME: self._guess,
            PRESS_REVEAL: self._reveal,
            render.PRESS_CARD: self._picture,
            render.PICK_PLAYER: self._like,
        }

    async def handle(self, press: Act) -> None:
        """Answer one press."""
        if press.name in _LEFT_TO_OTHERS:
            return
        try:
            await self._handlers.get(press.name, self._follow)(press)
        except StaleError:
            await self._room.excuse(press.source, STALE)

    async def _follow(self, press: Act) -> None:
        source = press.source
        if not press.value:
            raise StaleError
        wanted: ButtonValue
        if press.name == render.PICK_TOPIC:
            wanted = Open((ItemId(press.value),))
        elif press.name == render.PICK_EPISODE:
            wanted = ShowEpisode(EpisodeId(press.value))
        else:
            wanted = decode(press.value)
        to = await self._room.beside(_under(source), wanted, in_thread=source.thread is not None)
        if to is not None:
            await self._room.show(wanted, _under(source), to)

    async def _share(self, press: Act) -> None:
        source = press.source
        if source.hook is None:
            return
        wanted = decode(press.value)
        pressed_in = f"{source.channel}/{source.message}"
        if pressed_in in self._sharing:  # a double click
            return
        to = Hook(source.hook, source.channel, source.user, thread=source.thread, answers=source.delivery)
        self._sharing.add(pressed_in)
        try:
            if await self._room.show(wanted, source, replace(to, public=True)):
                await self._room.outbox.dismiss(source.hook)
        finally:
            self._sharing.discard(pressed_in)

    async def _rate(self, press: Act) -> None:
        """Keep a vote, and say thanks for it, once."""
        source, (rated, useful) = press.source, decode_vote(press.value)
        place = await self._room.places.of(source, private=source.private)
        said = await self._room.feedback.rate(
            rated.answer, source.person, place, useful=useful, words=rated.words or None
        )
        if said:
            await self._room.excuse(source, said)

    async def _keep(self, press: Act) -> None:
        wish = wish_of(press.source, press.value, (await self._room.settings.of(press.source)).show)
        await self._room.excuse(press.source, await self._room.wishes.keep(wish))

    async def _cancel(self, press: Act) -> None:
        cancelled = await self._room.wishes.cancel(press.source.person, press.value)
        await self._room.excuse(press.source, cancelled)

    async def _guess(self, press: Act) -> None:
        told = await self._room.replies.guarded(
            press.source, lambda _: guess(self._room.backend.assistant, press.value)
        )
        await self._room.aside(press.source, told.message)

    async def _reveal(self, press: Act) -> None:
        source, room = press.source, self._room
        told = await room.replies.guarded(source, lambda _: reveal(room.backend.assistant, press.value, source.user))
        to = await room.beside(_under(source), None, in_thread=True)
        if told.aside or not isinstance(to, InChannel | Hook):
            await room.aside(source, told.message)
        else:
            await room.outbox.send(told.message, to)

    async def _like(self, press: Act) -> None:
        """Keep in mind what somebody listens in, and say so, once; Slack has opened it already."""
        try:
            player = Player(press.value)
        except ValueError:  # it can't open at a time, or is of another version
            return
        person = press.source.person
        with contextlib.suppress(StateAwayError):
            if await self._room.backend.state.players.of(person) is not player:
                await self._room.backend.state.players.choose(person, player)
                await self._room.excuse(press.source, remembered(player))

    async def _picture(self, press: Act) -> None:
        """Share some words as a picture, seen by the same people as the words."""
        source, room, item = press.source, self._room, ItemId(press.value)
        drawn = await room.replies.guarded(
            source, lambda _: pictured(room.backend.assistant, room.replies.draw_card, item)
        )
        to = await room.beside(_under(source), None, in_thread=True)
        if isinstance(drawn, Reply):
            await room.aside(source, drawn.message)
        elif isinstance(to, InChannel | Hook) and (shared := await room.outbox.share(drawn, to)) is not Shared.THERE:
            await room.excuse(source, IN_PRIVATE if shared is Shared.IN_PRIVATE else NOT_SENT)

    async def _delete(self, press: Act) -> None:
        source = press.source
        if press.value != source.user and not await self._room.outbox.manages(source.user):
            await self._room.excuse(source, _NOT_YOURS)
        elif source.message is None or not await self._room.outbox.delete(source.channel, source.message, source.hook):
            await self._room.excuse(source, _NOT_DELETED)

    async def _forget(self, press: Act) -> None:
        await self._room.excuse(press.source, await self._room.backend.state.forgetting.answered(press.source.person))


def _under(source: Source) -> Source:
    """Where an answer begins a thread under a message that everybody sees and that is in none."""
    alone = source.private or source.direct or source.thread
    return source if alone else replace(source, thread=source.message)
