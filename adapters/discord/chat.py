"""Answers questions in chat: mentions, replies and direct messages.

From discord.py's message to a reply, and what to do if a reply isn't allowed. For interactions see `interactions`.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from datetime import timedelta

import discord

from bot.port import wording
from bot.port.messages import Answer, Assistant, ConversationId, Question, Scope
from bot.port.place_settings import PlaceSettings
from bot.port.seen import Once
from bot.port.state import Delivery
from bot.port.unasked import worth_saying

from .card import Card, Scene
from .collaborators import Collaborators
from .conversation import channel_of, person
from .hearing import calls_its_role, continued, heard, overheard, replied_to
from .interactions import noted
from .lists import notice
from .places import permissions_at, place_of, settings_at
from .refusals import NOT_ALLOWED, UNSENT, Whisper, meaning
from .render import draw
from .replies import Offer
from .threads import thread_for

_log = logging.getLogger(__name__)

_TOLD_AGAIN = timedelta(hours=1)
_ROLE_TOLD_AGAIN = timedelta(minutes=1)
_MY_ROLE = (
    "You mentioned my role, and Discord doesn't show me what you wrote. "
    "After the @, pick me from the list instead: the one marked APP."
)
_INVALID_FORM = 50035
_GONE = {10003, 10008}
"""Discord's codes for a channel and a message that are no longer there."""


class Chat:
    """Answers messages, concurrently if several arrive together."""

    def __init__(self, assistant: Assistant, collaborators: Collaborators, offer: Offer) -> None:
        """Answer messages; `offer` makes the button under an answer that leaves a question open."""
        self._assistant = assistant
        self._collaborators = collaborators
        self._offer = offer
        self._told = Once()
        self._whisper = Whisper()

    async def hear(self, message: discord.Message, me: discord.ClientUser) -> None:
        """Answer a message that is meant for the bot, and ignore all others."""
        text = heard(message, me)
        if text is None and not calls_its_role(message, me):
            if self._collaborators.reads_all:
                await self._overhear(message, me)
            return
        await self._attend(message, text, me)

    async def _attend(self, message: discord.Message, text: str | None, me: discord.ClientUser) -> None:
        with self._collaborators.in_flight.answering():
            if self._collaborators.in_flight.closed:
                await self._tell_leaving(message)
                return
            # The message's address is enough: a process that takes over fetches it from the channel.
            if await self._collaborators.state.deliveries.claim(
                _name(message.id), f"{message.channel.id}/{message.id}"
            ):
                await self._handle(message, text, me.id)

    async def _overhear(self, message: discord.Message, me: discord.ClientUser) -> None:
        """Answer a question that doesn't mention the bot, if the channel chose that and the answer is sure.

        Otherwise stay silent and log nothing about the message.
        """
        words, reply = overheard(message, me), continued(message, me)
        if words is None and reply is None:
            return
        settings = await self._settings_at(message)
        place = message.channel
        in_its_thread = settings.thread and isinstance(place, discord.Thread) and place.owner_id == me.id
        if settings.off or not (settings.unmentioned or in_its_thread):
            return
        if reply is not None:
            await self._attend(message, reply, me)
        elif words is not None:
            await self._answer_unasked(message, words, settings)

    async def _answer_unasked(self, message: discord.Message, words: str, settings: PlaceSettings) -> None:
        collaborators = self._collaborators
        with collaborators.in_flight.answering():
            if collaborators.in_flight.closed or not await collaborators.state.deliveries.claim(_name(message.id)):
                return
            try:
                if await collaborators.limits.admit(person(message.author.id), channel_of(message)) is not None:
                    return
                conversation = await collaborators.conversations.of_message(message)
                question = Question(words, Scope(show=settings.show), conversation=conversation, id=str(message.id))
                answer = await self._assistant.ask(question)
                if worth_saying(answer):
                    await self._give(message, words, answer, conversation, settings)
            except Exception as error:  # noqa: BLE001 - the adapter's edge: nobody is waiting for an answer
                noted(error)

    async def take_over(self, left: Delivery, client: discord.Client, me: discord.ClientUser) -> None:
        """Answer a message that a process left unanswered when it ended, if it still exists and is readable."""
        channel, _, id = left.event.partition("/")
        with self._collaborators.in_flight.answering():
            try:
                place = client.get_channel(int(channel)) or await client.fetch_channel(int(channel))
                message = await place.fetch_message(int(id)) if isinstance(place, discord.abc.Messageable) else None
            except (discord.NotFound, discord.Forbidden, discord.InvalidData) as error:
                _log.info("A question that was left behind can't be read any more: %s", error)
                message = None
            text = heard(message, me) if message is not None else None
            if message is None or text is None:
                await self._collaborators.state.deliveries.done(left.name)
            else:
                await self._handle(message, text, me.id)

    async def _handle(self, message: discord.Message, text: str | None, me: int) -> None:
        try:
            settings = await self._settings_at(message)
            if not settings.off:
                await (self._tell_role(message) if text is None else self._answer(message, text, settings, me))
        except Exception as error:  # noqa: BLE001 - the adapter's edge: logged, and the asker gets an apology
            await self._apologise(message, error)
        await self._collaborators.state.deliveries.done(_name(message.id))

    async def _answer(self, message: discord.Message, text: str, settings: PlaceSettings, me: int) -> None:
        if (wait := await self._collaborators.limits.admit(person(message.author.id), channel_of(message))) is not None:
            if self._told.first(f"wait/{message.channel.id}", quiet_for=wait):
                sent = await self._reply(message, notice(wording.wait(wait), _scene(message)))
                if sent is not None:
                    await sent.delete(delay=wait.total_seconds())
            return
        conversation = await self._collaborators.conversations.of_message(message)
        about = await replied_to(message, me)
        question = Question(text, Scope(show=settings.show), conversation=conversation, id=str(message.id), about=about)
        typing = asyncio.create_task(_type(message.channel, self._collaborators.patience))
        try:
            answer = await self._assistant.ask(question)
        finally:
            typing.cancel()
        await self._give(message, text or about or "", answer, conversation, settings)

    async def _give(
        self,
        message: discord.Message,
        asked: str,
        answer: Answer,
        conversation: ConversationId,
        settings: PlaceSettings,
    ) -> None:
        place = place_of(message.guild.id if message.guild else None, message.channel)
        noted = self._collaborators.feedback.note(asked, place, answer)
        scene = await self._collaborators.dressed(_scene(message), noted, settings, answer)
        card = draw(answer, scene, tell=await self._offer(asked, answer, None))
        thread = await thread_for(message, asked) if settings.thread else None
        sent = await self._reply(message, card, thread)
        if sent is not None:
            await self._collaborators.conversations.remember(sent.id, conversation)

    async def _tell_role(self, message: discord.Message) -> None:
        """Explain how to ask: Discord suggests the bot's role, too, but hides such messages from it."""
        if self._told.first(f"role/{message.author.id}", quiet_for=_ROLE_TOLD_AGAIN):
            await self._reply(message, notice(_MY_ROLE, _scene(message)))

    async def _tell_leaving(self, message: discord.Message) -> None:
        """Ask people to ask again after the restart, once per channel."""
        if not self._told.first(f"leaving/{message.channel.id}"):
            return
        try:
            await self._reply(message, notice(wording.RESTARTING, _scene(message)))
        except UNSENT as error:
            _log.info("Somebody could not be told that the bot is leaving: %s", error)

    async def _settings_at(self, message: discord.Message) -> PlaceSettings:
        guild = message.guild.id if message.guild else None
        return await settings_at(self._collaborators.state.place_settings, guild, message.channel)

    async def _reply(
        self, message: discord.Message, card: Card, thread: discord.abc.Messageable | None = None
    ) -> discord.Message | None:
        """Send as much as the permissions allow; None if that is nothing, or if the question is gone."""
        allowed = permissions_at(message)
        in_thread = isinstance(message.channel, discord.Thread)
        if thread is None and not (allowed.send_messages_in_threads if in_thread else allowed.send_messages):
            await self._tell_refused(message, NOT_ALLOWED, "the bot may not send messages there")
            return None
        # A reply requires permission to read the message replied to.
        send = message.reply if allowed.read_message_history else message.channel.send
        if thread is not None:
            send = thread.send
        try:
            # Discord sends one message per nonce, whichever process asks for it.
            return await send(card.content, embeds=card.embeds, view=card.view, files=card.files, nonce=message.id)
        except (discord.HTTPException, discord.RateLimited) as error:
            if isinstance(error, discord.HTTPException) and _is_gone(error):
                _log.info("A question was deleted before its answer came; nothing was sent")
            elif (why := meaning(error)) is not None:
                await self._tell_refused(message, why, str(error))
            else:
                raise
        return None

    async def _tell_refused(self, message: discord.Message, why: str, reason: str) -> None:
        """Say why there is no answer, in private and in the log."""
        if self._told.first(f"refused/{message.channel.id}/{why}", quiet_for=_TOLD_AGAIN):
            _log.warning("An answer is not allowed in channel %s: %s", message.channel.id, reason)
        await self._whisper.tell(message.author, why, message.channel.id)

    async def _apologise(self, message: discord.Message, error: Exception) -> None:
        reference = noted(error)
        sorry = wording.sorry(reference)
        try:
            await self._reply(message, notice(sorry, _scene(message)))
        except UNSENT as second:
            _log.warning("The apology for %s could not be sent: %s", reference, second)
            await self._whisper.tell(message.author, sorry, message.channel.id)


def _name(message: int) -> str:
    return f"discord/message/{message}"


async def _type(channel: discord.abc.Messageable, after: timedelta) -> None:
    """Show the typing indicator after a while and until cancelled, if permitted."""
    await asyncio.sleep(after.total_seconds())
    with contextlib.suppress(discord.HTTPException):
        async with channel.typing():  # it lasts ten seconds, and discord.py renews it
            await asyncio.Event().wait()


def _scene(message: discord.Message) -> Scene:
    allowed = permissions_at(message)
    return Scene(message.author.id, embeds=allowed.embed_links, files=allowed.attach_files)


def _is_gone(error: discord.HTTPException) -> bool:
    return error.code in _GONE or (error.code == _INVALID_FORM and "message_reference" in error.text)
