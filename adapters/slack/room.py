"""Everything that answers in one workspace, as one value; sends answers to where the asker sees them.

That is beside the message or button, in a dialogue, or in private. `client` and `button_presses` read what is wanted,
`replies` makes the answer, and `outbox` sends it.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import partial
from typing import Final

from bot.port.backend import Backend
from bot.port.feedback import Feedback
from bot.port.members import WishList
from bot.port.messages import ALL, EpisodeId, Help, Question, QuoteFilter, Scope
from bot.port.posts import ChannelRefusedError, NotSentError
from bot.port.seen import Once
from bot.port.unasked import Talks

from . import blocks as b
from .button_values import AskQuestion, ButtonValue, DrawQuote
from .commands import TypedCommand
from .destinations import Destination, Dialogue, Hook, InChannel
from .filling import Fill
from .incoming import Source
from .outbox import Outbox
from .places import Places
from .render import Message, notice
from .replies import Replies, Reply
from .settings import SettingsEditor
from .views import ask_dialogue, home

_PROMPTS: Final = 4
_PROMPT: Final = 60
_THREAD_TITLE: Final = 80

_STATUS_AFTER: Final = 0.5
"""Seconds before the assistant pane shows that an answer is coming; nearly all take less."""
_STATUS: Final = "is listening again…"
_NO_STATUS: Final = ""
_PATIENT: Final = timedelta(minutes=1)
"""Minimum time between two requests to slow down to the same person."""
_TOO_LATE: Final = "That took too long to open. Write me your question here instead."


@dataclass(frozen=True, slots=True)
class Room:
    """The parts of one workspace.

    Attributes:
        bot: the app's bot user there.
        reads_all: whether Slack may show the bot messages that don't mention it.
    """

    bot: str
    backend: Backend
    replies: Replies
    outbox: Outbox
    settings: SettingsEditor
    places: Places
    feedback: Feedback
    wishes: WishList
    fill: Fill
    talks: Talks
    reads_all: bool
    _told_to_wait: Once = field(default_factory=partial(Once, 1000))
    _entitled: Once = field(default_factory=partial(Once, 1000))

    async def serve(self, wanted: ButtonValue | TypedCommand, source: Source, to: Destination) -> None:
        """Send an answer to its destination."""
        await self.bring(await self.replies.make(wanted, source, to), source, to)

    async def volunteer(self, asked: AskQuestion, source: Source, to: InChannel) -> None:
        """Answer a question that doesn't mention the bot, if sure; drop the answer if it can't be posted there."""
        reply = await self.replies.unasked(asked, source, to)
        if reply is None:
            return
        if not to.public:
            await self.outbox.whisper(reply.message, to)
            return
        with contextlib.suppress(ChannelRefusedError, NotSentError):  # it is in the log
            name = to.answers or ""
            await self.outbox.deliver(reply.message, to.channel, to.thread, name=name, perhaps_sent=False)

    async def show(self, wanted: ButtonValue, source: Source, to: Destination) -> bool:
        """Send what a button shows to its destination; return whether it arrived there, not privately to one person."""
        return await self.bring(await self.replies.make(wanted, source, to, again=True), source, to)

    async def serve_in_pane(self, asked: AskQuestion, source: Source, to: InChannel, pane: str) -> None:
        """Answer in a thread of the assistant pane: name it, and show that an answer is coming if it takes a while."""
        making = asyncio.create_task(self.replies.make(asked, source, to))
        done, _ = await asyncio.wait({making}, timeout=_STATUS_AFTER)
        if not done:
            await self.outbox.status(source.channel, pane, _STATUS)
        if await self.bring(await making, source, to):
            title = b.shorten(" ".join(b.clean(asked.text or asked.about or "").split()), _THREAD_TITLE)
            if title and self._entitled.first(f"{source.channel}/{pane}"):
                await self.outbox.entitle(source.channel, pane, title)
        elif not done:
            await self.outbox.status(source.channel, pane, _NO_STATUS)  # no message has cleared it

    async def bring(self, reply: Reply, source: Source, to: Destination) -> bool:
        """Send a reply; return whether it arrived at its destination, not privately."""
        if not reply.aside:
            return await self.outbox.send(reply.message, to)
        always = reply.always or isinstance(to, Hook | Dialogue)
        if always or self._told_to_wait.first(source.user, quiet_for=_PATIENT):
            await self.outbox.whisper(reply.message, to)
        return False

    async def excuse(self, source: Source, words: str) -> None:
        """Send words to the person who pressed a button, and to nobody else."""
        await self.aside(source, notice(words))

    async def aside(self, source: Source, message: Message) -> None:
        """Send a message to the person who pressed a button, and to nobody else."""
        if (to := await self.beside(replace(source, private=True), None, in_thread=True)) is not None:
            await self.outbox.whisper(message, to)

    async def beside(self, source: Source, wanted: ButtonValue | None, *, in_thread: bool) -> Destination | None:
        """Return the destination of the answer to a press: beside the button, seen by the same people."""
        channel, user, thread = source.channel, source.user, source.thread
        if source.dialogue is not None:
            return Dialogue(source.dialogue, user)
        if source.home:  # opened at once, as an answer may take longer than Slack allows for that
            return None if source.trigger is None else await self.outbox.begin(source)
        if source.hook is not None and source.private:
            return Hook(source.hook, channel, user, thread=thread)
        if source.hook is not None and isinstance(wanted, DrawQuote) and not in_thread:
            return Hook(source.hook, channel, user, public=True, answers=source.delivery)
        begins = thread is not None and thread == source.message
        return InChannel(channel, user, thread, source.hook, source.delivery, begins=begins) if channel else None

    async def open_question(self, source: Source, about: EpisodeId | None = None) -> None:
        """Open the dialogue for a question, about an episode if one is given."""
        if source.trigger is not None:
            episode = None if about is None else await self.backend.assistant.episode(about)
            await self.outbox.open(ask_dialogue(episode), source, notice(_TOO_LATE))

    async def show_home(self, source: Source) -> None:
        """Show somebody their Home tab."""
        scope = Scope(show=(await self.settings.of(source)).show)
        episodes = await self.backend.assistant.episodes(limit=ALL, scope=scope)
        topics = await self.backend.assistant.topics(Scope(episodes[0].id)) if episodes else ()
        quote = await self.backend.assistant.random_quote(QuoteFilter(scope=scope, conversation=source.room))
        settings = await self.settings.part(source)
        await self.outbox.publish(source.user, home(episodes, topics, quote, settings))

    async def offer_prompts(self, source: Source, thread: str) -> None:
        """Offer questions in a new thread of the assistant pane."""
        title, offered = await self._prompts(source)
        prompts = [b.shorten(b.clean(words), _PROMPT) for words in offered[:_PROMPTS]]
        if prompts:
            await self.outbox.prompt(source.channel, thread, title, prompts)

    async def _prompts(self, source: Source) -> tuple[str, Sequence[str]]:
        """Return topics of the newest episode, otherwise questions that suit any library."""
        scope = Scope(show=(await self.settings.of(source)).show)
        newest = await self.backend.assistant.episodes(limit=1, scope=scope)
        topics = await self.backend.assistant.topics(Scope(newest[0].id)) if newest else ()
        if topics:
            return "Ask what was said about", [topic.title for topic in topics]
        usual = await self.backend.assistant.ask(Question("", scope))
        return "Ask, for example", usual.examples if isinstance(usual, Help) else ()
