"""Handles every event of one Slack workspace: acknowledges it first, handles it only once, and always answers.

`incoming` parses events, `room` and `button_presses` act on them, and `outbox` sends the result. The assistant
decides how sure an answer is.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import re
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import Final

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncBoltContext, AsyncBoltRequest
from slack_bolt.response import BoltResponse

from bot.port.failures import note_failure
from bot.port.messages import Choice, Completion, EpisodeId, Scope
from bot.port.place_settings import PlaceSettings
from bot.port.serving import InFlight
from bot.port.state import Delivery
from bot.port.wording import sorry

from . import blocks as b
from . import incoming
from .button_presses import ButtonPresses
from .button_values import AskQuestion, CheckWords
from .commands import ASK_PRIVATELY, VERIFY_THIS, Verb, read
from .destinations import Dialogue, Hook, InChannel
from .filling import FIELDS as FILL_FIELDS
from .filling import FILL_DIALOGUE
from .incoming import Act, Delivered, Form, Heard, Payload
from .quiz import set_riddle
from .render import PICK_TOPIC, Message, notice
from .room import Room
from .settings import FIELDS, SETTINGS_DIALOGUE
from .views import ASK_DIALOGUE, QUESTION, WITHIN, answer_dialogue, looking_dialogue
from .wishing import draw_wishes
from .workspaces import Workspaces

_log = logging.getLogger(__name__)

_SUBMITTED_WAIT: Final = 1.0
"""Seconds to wait for the answer to a submitted dialogue; Slack gives up after three."""
_COMPLETED_WITHIN: Final = 2.0
"""Time limit in seconds for the options of a menu; Slack gives up after three."""

_TAKEN_OVER: Final = "taken_over"
"""Key in Bolt's context of events that another process acknowledged, and may have answered."""


class Listener:
    """Handles every event of one workspace."""

    def __init__(self, room: Room, in_flight: InFlight) -> None:
        self._room = room
        self._presses = ButtonPresses(room)
        self._in_flight = in_flight
        self._deliveries = room.backend.state.deliveries

    def attach(self, app: AsyncApp) -> None:
        """Register the listeners with the app."""
        anything = re.compile("")
        app.error(_note)
        app.middleware(self._once)
        app.event("app_mention")(self._on_message)
        app.event("message")(self._on_message)
        app.event("app_home_opened")(self._on_opened)
        app.event("assistant_thread_started")(self._on_opened)
        app.event(anything)(_leave)
        # Any name, as a workspace may have renamed a command.
        app.command(anything)(self._acknowledged(incoming.ordered, self._obey))
        app.action(anything)(self._acknowledged(incoming.pressed, self._presses.handle))
        app.options(anything)(self._on_options)
        app.shortcut(anything)(self._acknowledged(incoming.used, self._use))
        app.view(ASK_DIALOGUE)(self._on_question)
        app.view(SETTINGS_DIALOGUE)(self._saved(self._room.settings.save))
        app.view(FILL_DIALOGUE)(self._saved(self._room.fill.save))

    async def _once(
        self, req: AsyncBoltRequest, ack: AsyncAck, next: Callable[[], Awaitable[BoltResponse]]
    ) -> BoltResponse:
        """Only acknowledge an event that was delivered before, or that is answered already."""
        delivered = incoming.delivery(req.body, self._room.bot)
        if delivered is None:
            return await next()
        if _TAKEN_OVER in req.context:
            if await self._is_answered(delivered):
                await self._deliveries.done(delivered.name)
                return await ack()
            return await next()
        # Before the acknowledgement: after it, Slack doesn't deliver the event again.
        event = json.dumps(req.body) if delivered.source else None
        return await next() if await self._deliveries.claim(delivered.name, event) else await ack()

    async def _is_answered(self, delivered: Delivered) -> bool:
        """Whether a process that ended answered an event, as far as the bot can see."""
        source = delivered.source
        if source is None or not source.channel:
            return False
        look = partial(self._room.outbox.has_sent, delivered.name, source.channel)
        if await look(source.thread, source.message):
            return True
        # A press on a message outside of threads may have started one.
        under = None if source.thread or source.direct else source.message
        return under is not None and await look(under)

    @contextlib.asynccontextmanager
    async def _handling(self, body: Payload, done: Act | Form | Heard | None) -> AsyncIterator[None]:
        """Delay a shutdown while something is answered; if it is cut off, another process takes over."""
        with self._in_flight.answering():
            try:
                yield
            except Exception as error:  # noqa: BLE001 - the edge: logged, and the asker gets an apology
                excuse = sorry(note_failure(_log, error))
                if done is not None:
                    await self._room.excuse(done.source, excuse)
            delivered = incoming.delivery(body, self._room.bot)
            if delivered is not None and delivered.source:
                await self._deliveries.done(delivered.name)

    async def _on_message(self, body: Payload) -> None:
        question = incoming.heard(body, self._room.bot)
        if question is None:
            if self._room.reads_all:
                await self._overhear(body)
            return
        async with self._handling(body, question):
            await self._answer(question)

    async def _overhear(self, body: Payload) -> None:
        """Answer a question that doesn't mention the bot, if the channel chose that and the answer is sure.

        Otherwise stay silent and log nothing about the message.
        """
        said = incoming.overheard(body, self._room.bot)
        if said is None:
            return
        settings = await self._room.settings.of(said.source)
        if settings.off or not settings.unmentioned:
            return
        goes_on = self._room.talks.goes_on
        if said.thread and not await goes_on(said.thread, said.source.person, to_others=said.to_others):
            return
        question = said.question
        if question is None:
            return
        with self._in_flight.answering():
            try:
                if await self._deliveries.claim(question.id):
                    to = _beside(question, settings)
                    await self._room.volunteer(AskQuestion(question.words), question.source, to)
            except Exception as error:  # noqa: BLE001 - the edge: nobody is waiting for an answer
                note_failure(_log, error)

    async def _answer(self, question: Heard) -> None:
        source, room = question.source, self._room
        settings = await room.settings.of(source)
        if settings.off:
            return  # ignored on purpose
        if settings.unmentioned and source.conversation is not None:
            await room.talks.begin(source.conversation, source.person)
        asked, to = AskQuestion(question.words, about=question.about), _beside(question, settings)
        if source.direct and source.thread is not None:
            await room.serve_in_pane(asked, source, to, source.thread)
        else:
            await room.serve(asked, source, to)

    def _acknowledged(
        self, parse: Callable[[Payload], Act | None], act: Callable[[Act], Awaitable[None]]
    ) -> Callable[..., Awaitable[None]]:
        """Make a listener that acknowledges an action before it acts."""

        async def listener(ack: AsyncAck, body: Payload) -> None:
            await ack()
            done = parse(body)
            async with self._handling(body, done):
                if done is not None:
                    await act(done)

        return listener

    async def _obey(self, command: Act) -> None:
        source, order = command.source, read(command.name, command.value)
        if source.hook is None:
            return
        room = self._room
        private = None if order.said else (await room.settings.of(source)).private
        public = order.public if private is None else not private
        to = Hook(source.hook, source.channel, source.user, public=public, answers=source.delivery)
        if order.verb is Verb.MINE:
            wishes = await room.wishes.of(source.person)
            await room.outbox.whisper(notice(wishes) if isinstance(wishes, str) else draw_wishes(wishes), to)
        elif order.verb is Verb.FILL:
            await room.fill.open(source, to)
        elif order.verb is Verb.QUIZ:
            made = await room.replies.guarded(
                source, lambda settings: set_riddle(room.backend.assistant, source, settings.show)
            )
            await room.bring(made, source, replace(to, public=True))
        else:
            await room.serve(order, source, to)

    async def _use(self, shortcut: Act) -> None:
        """Open the dialogue, or answer a question about somebody's message for the person who used the shortcut."""
        source, words = shortcut.source, shortcut.value
        if shortcut.name == ASK_PRIVATELY:
            await self._room.open_question(source)
        elif source.hook is not None:
            wanted = CheckWords(words) if shortcut.name == VERIFY_THIS else AskQuestion(words)
            # Beside the message; the answer to a message that starts a thread can go into the channel.
            beside = None if source.thread == source.message else source.thread
            await self._room.serve(wanted, source, Hook(source.hook, source.channel, source.user, thread=beside))

    async def _on_question(self, ack: AsyncAck, body: Payload, context: AsyncBoltContext) -> None:
        sent = incoming.form(body)
        async with self._handling(body, sent):
            if sent is None or sent.source.dialogue is None:
                await ack()
                return
            dialogue, within = Dialogue(sent.source.dialogue, sent.source.user), sent.picked.get(WITHIN)
            wanted = AskQuestion(sent.picked.get(QUESTION, ""), EpisodeId(within) if within else None)
            making = asyncio.create_task(self._room.replies.make(wanted, sent.source, dialogue))
            # Only this acknowledgement may carry an answer: a view updated before Slack has processed the
            # acknowledgement can be overwritten by it.
            await asyncio.wait({making}, timeout=_SUBMITTED_WAIT)
            if making.done() and _TAKEN_OVER not in context:
                await ack(response_action="update", view=answer_dialogue((await making).message))
                return
            await ack(response_action="update", view=looking_dialogue())
            await self._room.outbox.send((await making).message, dialogue)

    def _saved(self, save: Callable[[Form], Awaitable[Message]]) -> Callable[..., Awaitable[None]]:
        """Make a listener that saves a submitted dialogue, and shows in it what came of that."""

        async def listener(ack: AsyncAck, body: Payload) -> None:
            sent = incoming.form(body)
            async with self._handling(body, sent):
                await ack(response_action="update", view=looking_dialogue())
                if sent is not None and sent.source.dialogue is not None:
                    await self._room.outbox.send(await save(sent), Dialogue(sent.source.dialogue, sent.source.user))

        return listener

    async def _on_options(self, ack: AsyncAck, body: Payload) -> None:
        typing = incoming.lookup(body)
        choices: Sequence[Choice] = ()
        if typing is not None:
            kind = Completion.TOPIC if typing.name == PICK_TOPIC else Completion.EPISODE
            try:
                async with asyncio.timeout(_COMPLETED_WITHIN):
                    # The fields that choose an episode, for a channel or for a question, offer those of all shows.
                    anything = typing.name in FIELDS | FILL_FIELDS
                    show = None if anything else (await self._room.settings.of(typing.source)).show
                    choices = await self._room.backend.assistant.complete(
                        kind, typing.value, b.OPTIONS, Scope(show=show)
                    )
            except TimeoutError:
                _log.debug("completing took too long, and was given up")
        options = [b.option(each.label, each.value) for each in choices if b.fits(each.value, b.OPTION_VALUE)]
        await ack({"options": options[: b.OPTIONS]})

    async def _on_opened(self, body: Payload) -> None:
        source = incoming.opened(body)
        if source is not None:
            async with self._handling(body, None):  # a failure to draw the Home tab needs no apology
                if source.home:
                    await self._room.show_home(source)
                elif source.thread is not None:
                    await self._room.offer_prompts(source, source.thread)


async def answer_left_behind(workspaces: Workspaces, left: Delivery) -> None:
    """Answer an event that an ended process acknowledged but left unanswered."""
    body = json.loads(left.event)
    await workspaces.async_dispatch(AsyncBoltRequest(mode="socket_mode", body=body, context={_TAKEN_OVER: True}))


def _beside(question: Heard, settings: PlaceSettings) -> InChannel:
    source = question.source
    public = source.direct or not settings.private
    begins = source.thread == source.message
    return InChannel(source.channel, source.user, source.thread, answers=question.id, public=public, begins=begins)


async def _leave() -> None:
    """Ignore an event that is not for us; it is acknowledged already."""


async def _note(error: Exception) -> None:
    """Log an error that no listener caught."""
    _log.error("an event could not be handled", exc_info=error)
