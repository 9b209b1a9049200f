"""Answers questions in chat: mentions, replies and direct messages.

From discord.py's message to a reply, and what to do where a reply isn't allowed. Interactions are `desk`'s.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Awaitable
from dataclasses import replace
from datetime import timedelta

import aiohttp
import discord

from bot.port import wording
from bot.port.house import House, Houses
from bot.port.messages import Answer, Assistant, Question
from bot.port.seen import Once
from bot.port.serving import InFlight
from bot.port.state import Deliveries, Delivery, Limits

from .card import Card, Scene
from .conversation import Conversations, person, room_of
from .desk import noted
from .feedback import Feedback, place_of
from .house import house_at
from .lists import notice
from .mention import addressed
from .refusals import NOT_ALLOWED, Whisper, meaning
from .render import draw
from .replied import replied_to, spoken
from .replies import Offer
from .views import pack

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
    """Answers one message after the other; several at once where they come so."""

    def __init__(
        self,
        assistant: Assistant,
        limits: Limits,
        deliveries: Deliveries,
        conversations: Conversations,
        in_flight: InFlight,
        patience: timedelta,
        feedback: Feedback,
        offer: Offer,
        houses: Houses,
        *,
        cards: bool,
    ) -> None:
        """Answer messages; `cards` is whether words that were said are offered as pictures."""
        self._assistant = assistant
        self._offer = offer
        self._limits = limits
        self._deliveries = deliveries
        self._conversations = conversations
        self._in_flight = in_flight
        self._patience = patience
        self._feedback = feedback
        self._houses = houses
        self._cards = cards
        self._told = Once()
        self._whisper = Whisper()
        self._open = True

    def close(self) -> None:
        """Take no more questions."""
        self._open = False

    async def hear(self, message: discord.Message, me: discord.ClientUser) -> None:
        """Answer a message that is meant for the bot, and leave every other alone."""
        text = heard(message, me)
        if text is None and not _calls_its_role(message, me):
            return
        with self._in_flight.answering():
            if not self._open:
                await self._tell_leaving(message)
                return
            # Where it was said is enough: whoever takes over reads it in the channel.
            if await self._deliveries.claim(_name(message.id), f"{message.channel.id}/{message.id}"):
                await self._handle(message, text, me.id)

    async def take_over(self, left: Delivery, client: discord.Client, me: discord.ClientUser) -> None:
        """Answer a message that a process which has ended did not answer, if it is still there and may be read."""
        channel, _, id = left.event.partition("/")
        with self._in_flight.answering():
            try:
                place = client.get_channel(int(channel)) or await client.fetch_channel(int(channel))
                message = await place.fetch_message(int(id)) if isinstance(place, discord.abc.Messageable) else None
            except (discord.HTTPException, discord.InvalidData) as error:
                _log.info("A question that was left behind can't be read any more: %s", error)
                message = None
            text = heard(message, me) if message is not None else None
            if message is None or text is None:
                await self._deliveries.done(left.name)
            else:
                await self._handle(message, text, me.id)

    async def _handle(self, message: discord.Message, text: str | None, me: int) -> None:
        try:
            house = await house_at(self._houses, message.guild.id if message.guild else None, message.channel)
            if not house.off:
                await (self._tell_role(message) if text is None else self._answer(message, text, house, me))
        except Exception as error:  # noqa: BLE001 - the adapter's edge: logged, and the asker gets an apology
            await self._apologise(message, error)
        await self._deliveries.done(_name(message.id))

    async def _answer(self, message: discord.Message, text: str, house: House, me: int) -> None:
        if (wait := await self._limits.admit(person(message.author.id), room_of(message))) is not None:
            if self._told.first(f"wait/{message.channel.id}", quiet_for=wait):
                sent = await self._reply(message, notice(wording.wait(wait), _scene(message)))
                if sent is not None:
                    await sent.delete(delay=wait.total_seconds())
            return
        conversation = await self._conversations.of_message(message)
        about = await replied_to(message, me)
        question = Question(text, conversation=conversation, id=str(message.id), show=house.show, about=about)
        answer = await self._in_time(message, self._assistant.ask(question))
        asked = text or about or ""
        place = place_of(message.guild.id if message.guild else None, message.channel.id)
        noted = self._feedback.note(asked, place, answer)
        scene = replace(_scene(message), rated=noted if house.feedback else None, cards=self._cards)
        sent = await self._reply(message, draw(answer, scene, tell=await self._offer(asked, answer, None)))
        if sent is not None:
            await self._conversations.remember(sent.id, conversation)

    async def _tell_role(self, message: discord.Message) -> None:
        """Say how to be heard: Discord offers the role under the bot's own name, and then keeps the words from it."""
        if self._told.first(f"role/{message.author.id}", quiet_for=_ROLE_TOLD_AGAIN):
            await self._reply(message, notice(_MY_ROLE, _scene(message)))

    async def _tell_leaving(self, message: discord.Message) -> None:
        """Ask to be asked again, once a channel."""
        if not self._told.first(f"leaving/{message.channel.id}"):
            return
        try:
            await self._reply(message, notice(wording.RESTARTING, _scene(message)))
        except (discord.DiscordException, OSError, aiohttp.ClientError) as error:
            _log.info("Somebody could not be told that the bot is leaving: %s", error)

    async def _in_time(self, message: discord.Message, work: Awaitable[Answer]) -> Answer:
        task = asyncio.ensure_future(work)
        done, _ = await asyncio.wait([task], timeout=self._patience.total_seconds())
        if done:
            return await task
        typing = asyncio.create_task(_type(message.channel))
        try:
            return await task
        finally:
            typing.cancel()

    async def _reply(self, message: discord.Message, card: Card) -> discord.Message | None:
        """Send as much as is allowed here; None where that is nothing, or nobody waits for it any more."""
        allowed = _permissions(message)
        if not _may_send(message, allowed):
            await self._tell_refused(message, NOT_ALLOWED, "the bot may not send messages there")
            return None
        parcel = pack(card)
        # Replying takes the permission to read what is replied to.
        send = message.reply if allowed.read_message_history else message.channel.send
        try:
            # Discord sends one message for a nonce, whichever process asks for it.
            return await send(parcel.content, embeds=parcel.embeds, view=parcel.view, nonce=message.id)
        except (discord.HTTPException, discord.RateLimited) as error:
            if isinstance(error, discord.HTTPException) and _is_gone(error):
                _log.info("A question was deleted before its answer came; nothing was sent")
            elif (why := meaning(error)) is not None:
                await self._tell_refused(message, why, str(error))
            else:
                raise
        return None

    async def _tell_refused(self, message: discord.Message, why: str, reason: str) -> None:
        """Say in private why nothing comes, and in the log."""
        if self._told.first(f"refused/{message.channel.id}/{why}", quiet_for=_TOLD_AGAIN):
            _log.warning("An answer is not allowed in channel %s: %s", message.channel.id, reason)
        await self._whisper.tell(message.author, why, message.channel.id)

    async def _apologise(self, message: discord.Message, error: Exception) -> None:
        reference = noted(error)
        sorry = wording.sorry(reference)
        try:
            await self._reply(message, notice(sorry, _scene(message)))
        except (discord.DiscordException, OSError, aiohttp.ClientError) as second:
            _log.warning("The apology for %s could not be sent: %s", reference, second)
            await self._whisper.tell(message.author, sorry, message.channel.id)


def _name(message: int) -> str:
    return f"discord/message/{message}"


async def _type(channel: discord.abc.Messageable) -> None:
    """Show that an answer is on its way, until cancelled; nobody misses it where that isn't allowed."""
    with contextlib.suppress(discord.HTTPException):
        async with channel.typing():  # it lasts ten seconds, and is renewed in here
            await asyncio.Event().wait()


def heard(message: discord.Message, me: discord.ClientUser) -> str | None:
    """Say what was asked, "" for a bare mention; None for a message that isn't for the bot."""
    if message.author.bot or message.webhook_id or message.type not in _SAID_BY_PEOPLE:
        return None
    # Not by message.guild: that is None for a server, too, which discord.py has not heard of yet.
    if not isinstance(message.channel, discord.DMChannel) and not _is_for(message, me):
        return None
    return spoken(message, me.id)


def _calls_its_role(message: discord.Message, me: discord.ClientUser) -> bool:
    return not message.author.bot and any(role.tags and role.tags.bot_id == me.id for role in message.role_mentions)


_SAID_BY_PEOPLE = (discord.MessageType.default, discord.MessageType.reply)


def _is_for(message: discord.Message, me: discord.ClientUser) -> bool:
    if all(user.id != me.id for user in message.mentions):
        return False
    replied_to = message.reference.resolved if message.reference else None
    return addressed(message.content, me.id) or (
        isinstance(replied_to, discord.Message) and replied_to.author.id == me.id
    )


def _scene(message: discord.Message) -> Scene:
    return Scene(message.author.id, embeds=_permissions(message).embed_links)


def _permissions(message: discord.Message) -> discord.Permissions:
    """Look up what the bot may do here; where that is unknown, everything, and Discord has the last word."""
    channel = message.channel
    unknown = isinstance(channel, discord.PartialMessageable) or (
        isinstance(channel, discord.Thread) and channel.parent is None
    )
    if message.guild is None or unknown:
        return discord.Permissions.all()
    return channel.permissions_for(message.guild.me)


def _may_send(message: discord.Message, allowed: discord.Permissions) -> bool:
    return allowed.send_messages_in_threads if isinstance(message.channel, discord.Thread) else allowed.send_messages


def _is_gone(error: discord.HTTPException) -> bool:
    return error.code in _GONE or (error.code == _INVALID_FORM and "message_reference" in error.text)
