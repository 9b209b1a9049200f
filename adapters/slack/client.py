"""Slack's side of a question: event -> what is wanted and where -> reply -> Slack.

Acknowledges first, handles each delivery once, and never leaves a person without an answer. `incoming` reads what
comes, `replies` makes the answer, `outbox` brings it there; how sure it is, is the assistant's business.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import re
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from dataclasses import replace
from datetime import timedelta
from random import Random
from typing import Protocol

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncBoltContext, AsyncBoltRequest
from slack_bolt.response import BoltResponse

from bot.port import forgetting
from bot.port.forgetting import Forgetters
from bot.port.messages import Assistant, Choice, Completion, EpisodeId, ItemId, QuoteFilter
from bot.port.seen import Once
from bot.port.serving import InFlight
from bot.port.state import Deliveries, Delivery, StateAwayError, take_over
from bot.port.wording import NOT_KEPT, STALE, THANKS

from . import blocks as b
from . import feedback
from .commands import ASK_PRIVATELY, VERIFY_THIS, Order, Verb, read
from .house import FIELDS, HOME_SETTINGS, SETTINGS_DIALOGUE, Settings
from .incoming import Payload, Pressed, Source, delivery, form, heard, lookup, opened, ordered, pressed, used
from .outbox import Destination, Dialogue, Hook, NewDialogue, Outbox, Post
from .posting import PRESS_ABOUT
from .privacy import PRESS_FORGET
from .quiz import PRESS_NAME, PRESS_REVEAL, Quiz, too_few
from .recall import Asked, Card, Drawn, Items, Recall, Said, StaleError, decode
from .render import (
    PICK_EPISODE,
    PICK_TOPIC,
    PRESS_DELETE,
    PRESS_LISTEN,
    PRESS_RATE,
    PRESS_SHARE,
    PRESS_TELL,
    Message,
    notice,
)
from .replies import Replies, Reply
from .views import (
    ASK_DIALOGUE,
    HOME_ANOTHER,
    HOME_ASK,
    QUESTION,
    WITHIN,
    Shelf,
    answer_dialogue,
    ask_dialogue,
    home,
    looking_dialogue,
)
from .wishing import PRESS_CANCEL, Wishing

_log = logging.getLogger(__name__)

_SUBMITTED_WAIT = 1.0
"""Seconds that a dialogue is held for its answer; Slack gives up on it after three."""
_COMPLETED_WITHIN = 2.0
"""Seconds for a menu's lines, for which Slack likewise waits three."""
_ALL = 1_000_000
_PROMPTS = 4
_PROMPT = 60
_THREAD_TITLE = 80

_NOT_DELETED = "Slack wouldn't let me delete that."
_NOT_YOURS = "Only the person who asked, or an admin, can delete this."
_TOO_LATE = "That took too long to open. Write me your question here instead."
_STATUS = "is listening again…"
_NO_STATUS = ""

_TAKEN_OVER = "taken_over"
"""In the context of what another process has acknowledged already, and may have answered."""


class Dispatcher(Protocol):
    """What takes all that comes from Slack, whichever way it came."""

    async def async_dispatch(self, req: AsyncBoltRequest) -> BoltResponse:
        """Acknowledge and handle it."""
        ...


class Listener:
    """Answers everything that comes from one workspace; `bot` is the app's own user there."""

    def __init__(
        self,
        assistant: Assistant,
        replies: Replies,
        outbox: Outbox,
        in_flight: InFlight,
        deliveries: Deliveries,
        votes: feedback.Feedback,
        wishing: Wishing,
        forgetters: Forgetters,
        settings: Settings,
        *,
        bot: str,
    ) -> None:
        self._assistant = assistant
        self._replies = replies
        self._outbox = outbox
        self._in_flight = in_flight
        self._deliveries = deliveries
        self._votes = votes
        self._wishing = wishing
        self._quiz = Quiz(assistant, Random())  # noqa: S311 - it picks names and guards nothing
        self._forgetters = forgetters
        self._settings = settings
        self._bot = bot
        self._told_to_wait = Once(remembered=1000)
        self._entitled = Once(remembered=1000)
        self._sharing: set[str] = set()

    def attach(self, app: AsyncApp) -> None:
        """Have the app bring everything here."""
        anything = re.compile("")
        app.error(_note)
        app.middleware(self._once)
        app.event("app_mention")(self._on_message)
        app.event("message")(self._on_message)
        app.event("app_home_opened")(self._on_home)
        app.event("assistant_thread_started")(self._on_thread)
        app.event(anything)(_leave)
        # Any name: a workspace may have had to rename a command.
        app.command(anything)(self._on_command)
        app.action(anything)(self._on_action)
        app.options(anything)(self._on_options)
        app.shortcut(anything)(self._on_shortcut)
        app.view(ASK_DIALOGUE)(self._on_submitted)
        app.view(SETTINGS_DIALOGUE)(self._on_settings)

    async def _once(
        self, req: AsyncBoltRequest, ack: AsyncAck, next: Callable[[], Awaitable[BoltResponse]]
    ) -> BoltResponse:
        """Acknowledge a second delivery of the same thing and leave it at that."""
        delivered = delivery(req.body, self._bot)
        if delivered is not None and _TAKEN_OVER not in req.context:
            # Before it is acknowledged: from then on nobody brings it again.
            event = json.dumps(req.body) if delivered.answered else None
            if not await self._deliveries.claim(delivered.name, event):
                return await ack()
        return await next()

    @contextlib.asynccontextmanager
    async def _answering(self, body: Payload) -> AsyncIterator[None]:
        """Hold the door open for as long as something is answered; what is cut off, another process goes on with."""
        with self._in_flight.answering():
            try:
                yield
            except Exception as error:  # noqa: BLE001 - the edge: logged, and it would break the next process as well
                await _note(error)
            delivered = delivery(body, self._bot)
            if delivered is not None and delivered.answered:
                await self._deliveries.done(delivered.name)

    # What comes in: read it, see what is wanted and where the answer belongs, hand both on.

    async def _on_message(self, body: Payload, context: AsyncBoltContext) -> None:
        question = heard(body, self._bot)
        if question is None:
            return
        source = question.source
        async with self._answering(body):
            if _TAKEN_OVER in context and await self._outbox.has_sent(question.id, source):
                return
            house = await self._settings.of(source)
            if house.off:
                return  # answered by silence
            pane = source.thread if source.direct else None
            if pane is not None:
                await self._outbox.status(source.channel, pane, _STATUS)
            to = Post(source.channel, source.user, source.thread, answers=question.id)
            hidden = bool(house.private) and not source.direct
            answered = await self._serve(Asked(question.words), source, to, hidden=hidden)
            if pane is not None and answered:
                await self._entitle(source.channel, pane, question.words)
            elif pane is not None:
                await self._outbox.status(source.channel, pane, _NO_STATUS)  # no message has cleared it

    async def _on_command(self, ack: AsyncAck, body: Payload) -> None:
        await ack()
        async with self._answering(body):
            command = ordered(body)
            if command is None or command.source.hook is None:
                return
            order, source = read(command.name, command.typed), command.source
            private = None if order.said else (await self._settings.of(source)).private
            public = order.public if private is None else not private
            to = Hook(command.source.hook, source.channel, source.user, public=public)
            if order.verb is Verb.MINE:
                await self._outbox.whisper(await self._wishing.mine(source), to)
                return
            if order.verb is Verb.QUIZ:
                await self._set_riddle(source, to)
                return
            await self._serve(order, source, to)

    async def _on_shortcut(self, ack: AsyncAck, body: Payload) -> None:
        await ack()
        async with self._answering(body):
            shortcut = used(body)
            if shortcut is None:
                return
            source, words = shortcut.source, shortcut.words
            if shortcut.name == ASK_PRIVATELY:
                await self._open_question(source)
            elif source.hook is not None:
                wanted = Said(words) if shortcut.name == VERIFY_THIS else Asked(words)
                # Beside the message; one that begins a thread may just as well be read in the channel.
                beside = None if source.thread == source.message else source.thread
                await self._serve(wanted, source, Hook(source.hook, source.channel, source.user, thread=beside))

    async def _on_action(self, ack: AsyncAck, body: Payload) -> None:
        await ack()
        async with self._answering(body):
            press = pressed(body)
            if press is None:
                return
            if press.action == HOME_ASK:
                await self._open_question(press.source)
            elif press.action == PRESS_ABOUT:
                await self._open_question(press.source, EpisodeId(press.value))
            elif press.action == HOME_SETTINGS:
                await self._settings.open(press.source)
            elif press.action == HOME_ANOTHER:
                await self._show_home(press.source)
            elif press.action == PRESS_FORGET:
                await self._forget(press.source)
            elif press.action == PRESS_DELETE:
                await self._delete(press)
            elif press.action == PRESS_SHARE:
                await self._share(press)
            elif press.action == PRESS_RATE:
                await self._rate(press)
            elif press.action == PRESS_TELL:
                await self._aside(press.source, await self._wishing.keep(press.source, press.value))
            elif press.action == PRESS_NAME:
                await self._aside(press.source, await self._quiz.guess(press.value))
            elif press.action == PRESS_REVEAL:
                await self._reveal(press)
            elif press.action == PRESS_CANCEL:
                await self._aside(press.source, await self._wishing.cancel(press.source, press.value))
            elif press.action not in {WITHIN, *FIELDS, PRESS_LISTEN}:
                # A field of the dialogue is read when that is sent off, and what is heard is opened by Slack.
                await self._follow(press)

    async def _on_submitted(self, ack: AsyncAck, body: Payload, context: AsyncBoltContext) -> None:
        async with self._answering(body):
            sent = form(body)
            if sent is None or sent.source.dialogue is None:
                await ack()
                return
            dialogue, within = Dialogue(sent.source.dialogue, sent.source.user), sent.picked.get(WITHIN)
            wanted = Asked(sent.picked.get(QUESTION, ""), EpisodeId(within) if within else None)
            making = asyncio.create_task(self._replies.make(wanted, sent.source, dialogue))
            # The one acknowledgement that may carry an answer: a view updated before Slack has read the
            # acknowledgement of its submission can be overwritten by it.
            await asyncio.wait({making}, timeout=_SUBMITTED_WAIT)
            if making.done() and _TAKEN_OVER not in context:
                await ack(response_action="update", view=answer_dialogue((await making).message))
                return
            await ack(response_action="update", view=looking_dialogue())
            await self._outbox.send((await making).message, dialogue)

    async def _on_settings(self, ack: AsyncAck, body: Payload) -> None:
        async with self._answering(body):
            await ack(response_action="update", view=looking_dialogue())
            sent = form(body)
            if sent is not None and sent.source.dialogue is not None:
                saved = await self._settings.save(sent)
                await self._outbox.send(saved, Dialogue(sent.source.dialogue, sent.source.user))

    async def _on_options(self, ack: AsyncAck, body: Payload) -> None:
        looked_up = lookup(body)
        kind = Completion.TOPIC if looked_up.action == PICK_TOPIC else Completion.EPISODE
        choices: Iterable[Choice] = ()
        try:
            async with asyncio.timeout(_COMPLETED_WITHIN):
                choices = await self._assistant.complete(kind, looked_up.typed, b.OPTIONS)
        except TimeoutError:
            _log.debug("completing took too long, and was given up")
        await ack({"options": _options(choices)})

    async def _on_home(self, body: Payload) -> None:
        visit = opened(body)
        if visit is not None:
            with self._in_flight.answering():
                await self._show_home(visit)

    async def _on_thread(self, body: Payload) -> None:
        source = opened(body)
        if source is None or source.thread is None:
            return
        with self._in_flight.answering():
            newest = await self._assistant.episodes(limit=1)
            topics = await self._assistant.topics(newest[0].id if newest else None)
            titles = [b.shorten(b.clean(topic.title), _PROMPT) for topic in topics[:_PROMPTS]]
            if titles:
                prompts = [(title, title) for title in titles]
                await self._outbox.prompt(source.channel, source.thread, "Ask what was said about", prompts)

    # What goes out.

    async def _serve(
        self, wanted: Recall | Order, source: Source, to: Destination | NewDialogue, *, hidden: bool = False
    ) -> bool:
        """Answer where the answer belongs; whether it was said there, and not aside to the asker.

        `hidden` answers are for the asker alone.
        """
        if isinstance(to, NewDialogue):
            to = await self._outbox.begin(to)  # an answer may take longer than a dialogue can still be opened
        return await self._bring(await self._replies.make(wanted, source, to), source, to, hidden=hidden)

    async def _show(self, wanted: Recall, source: Source, to: Destination | NewDialogue) -> bool:
        """Show what a button stands for where it belongs; whether it is there, and not aside to whoever pressed."""
        if isinstance(to, NewDialogue):
            to = await self._outbox.begin(to)
        return await self._bring(await self._replies.make_again(wanted, source, to), source, to)

    async def _bring(self, reply: Reply, source: Source, to: Destination, *, hidden: bool = False) -> bool:
        if reply.aside:
            if isinstance(to, Hook | Dialogue) or reply.always or self._first_this_minute(source.user):
                await self._outbox.whisper(reply.message, to)
            return False
        if hidden:
            await self._outbox.whisper(reply.message, to)
            return False
        return await self._outbox.send(reply.message, to)

    async def _follow(self, press: Pressed) -> None:
        """Show what a button or a menu's line stands for."""
        source = press.source
        try:
            wanted = _picked(press)
        except StaleError:
            await self._excuse(source, STALE)
            return
        if not (source.private or source.direct or source.thread):
            source = replace(source, thread=source.message)  # the answer begins a thread under the message
        to = _beside(source, wanted, in_thread=press.source.thread is not None)
        if to is not None:
            await self._show(wanted, source, to)

    async def _share(self, press: Pressed) -> None:
        source = press.source
        if source.hook is None:
            return
        try:
            wanted = decode(press.value)
        except StaleError:
            await self._excuse(source, STALE)
            return
        pressed_in = f"{source.channel}/{source.message}"
        if pressed_in in self._sharing:  # a double click
            return
        everybody = Hook(source.hook, source.channel, source.user, public=True, thread=source.thread)
        self._sharing.add(pressed_in)
        try:
            if await self._show(wanted, source, everybody):
                await self._outbox.dismiss(source.hook)
        finally:
            self._sharing.discard(pressed_in)

    async def _rate(self, press: Pressed) -> None:
        """Keep a vote, and say thanks to whoever gave it, once."""
        rating = feedback.decode(press.value)
        if rating is None:
            await self._excuse(press.source, STALE)
            return
        try:
            first = await self._votes.rate(rating, press.source)
        except StateAwayError:
            await self._excuse(press.source, NOT_KEPT)
            return
        if first:
            await self._excuse(press.source, THANKS)

    async def _set_riddle(self, source: Source, to: Hook) -> None:
        made = await self._quiz.set(source)
        if made is None:
            await self._outbox.whisper(too_few(), to)
        else:
            await self._outbox.send(made, replace(to, public=True))

    async def _reveal(self, press: Pressed) -> None:
        source = press.source
        told = await self._quiz.reveal(press.value)
        to = _beside(replace(source, thread=source.thread or source.message), None, in_thread=True)
        if told is None or not isinstance(to, Post | Hook):
            await self._excuse(source, STALE)
        else:
            await self._outbox.send(told, to)

    async def _delete(self, press: Pressed) -> None:
        source = press.source
        if press.value != source.user and not await self._outbox.manages(source.user):
            await self._excuse(source, _NOT_YOURS)
        elif source.message is None or not await self._outbox.delete(source.channel, source.message, source.hook):
            await self._excuse(source, _NOT_DELETED)

    async def _forget(self, source: Source) -> None:
        try:
            await self._forgetters.forget(source.person)
        except StateAwayError:
            await self._excuse(source, forgetting.NOT_FORGOTTEN)
        else:
            await self._excuse(source, forgetting.FORGOTTEN)

    async def _excuse(self, source: Source, words: str) -> None:
        await self._aside(source, notice(words))

    async def _aside(self, source: Source, message: Message) -> None:
        """Tell the person who pressed a button, and nobody else."""
        to = _beside(replace(source, private=True), None, in_thread=True)
        if isinstance(to, NewDialogue):
            to = await self._outbox.begin(to)
        if to is not None:
            await self._outbox.whisper(message, to)

    async def _open_question(self, source: Source, about: EpisodeId | None = None) -> None:
        if source.trigger is not None:
            episode = None if about is None else await self._assistant.episode(about)
            await self._outbox.open(ask_dialogue(episode), NewDialogue(source.trigger, source.user), notice(_TOO_LATE))

    async def _show_home(self, source: Source) -> None:
        episodes = await self._assistant.episodes(limit=_ALL)
        topics = await self._assistant.topics(episodes[0].id) if episodes else ()
        quote = await self._assistant.random_quote(QuoteFilter(conversation=source.room))
        settings = await self._settings.part(source)
        await self._outbox.publish(source.user, home(Shelf(episodes, topics, quote), settings))

    async def _entitle(self, channel: str, thread: str, words: str) -> None:
        """Name a new thread of the assistant pane after its first question."""
        title = b.shorten(" ".join(b.clean(words).split()), _THREAD_TITLE)
        if title and self._entitled.first(f"{channel}/{thread}"):
            await self._outbox.entitle(channel, thread, title)

    def _first_this_minute(self, user: str) -> bool:
        """Whether to tell somebody who writes too fast, or to have told them already."""
        return self._told_to_wait.first(user, quiet_for=timedelta(minutes=1))


async def answer_left_behind(name: str, deliveries: Deliveries, dispatcher: Dispatcher) -> None:
    """Answer what processes that have ended acknowledged and did not answer, until cancelled.

    `name` is that of the workspace, or of the platform for all of them.
    """

    async def answer(left: Delivery) -> None:
        body = json.loads(left.event)
        await dispatcher.async_dispatch(AsyncBoltRequest(mode="socket_mode", body=body, context={_TAKEN_OVER: True}))

    await take_over(name, deliveries, answer)


def _picked(press: Pressed) -> Recall:
    """Say what a press asks for.

    Raises:
        StaleError: nothing that this version knows.
    """
    if not press.value:
        raise StaleError
    if press.action == PICK_TOPIC:
        return Items((ItemId(press.value),))
    if press.action == PICK_EPISODE:
        return Card(EpisodeId(press.value))
    return decode(press.value)


def _beside(source: Source, wanted: Recall | None, *, in_thread: bool) -> Destination | NewDialogue | None:
    """Where the answer to a press belongs: beside what was pressed, and seen by the same people."""
    if source.dialogue is not None:
        return Dialogue(source.dialogue, source.user)
    if source.home:
        return None if source.trigger is None else NewDialogue(source.trigger, source.user)
    if source.hook is not None and source.private:
        return Hook(source.hook, source.channel, source.user, thread=source.thread)
    if source.hook is not None and isinstance(wanted, Drawn) and not in_thread:
        return Hook(source.hook, source.channel, source.user, public=True)
    return Post(source.channel, source.user, source.thread, source.hook) if source.channel else None


def _options(choices: Iterable[Choice]) -> list[b.Element]:
    return [b.option(each.label, each.value) for each in choices if b.fits(each.value, b.OPTION_VALUE)][: b.OPTIONS]


async def _leave() -> None:
    """Do nothing about an event that is not for us; it is acknowledged already."""


async def _note(error: Exception) -> None:
    """Log what no listener caught."""
    _log.error("an event could not be handled", exc_info=error)
