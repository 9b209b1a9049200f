"""Sends every message to Slack, with a fallback if Slack refuses it at its destination.

Words nothing but Slack's refusals. A message that can't reach its destination goes to where its asker sees it. `calls`
makes each call and logs refusals.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from enum import Enum, auto
from functools import partial
from typing import assert_never

from bot.port.posts import ChannelRefusedError, NotSentError

from .blocks import Block, without_pictures
from .calls import BLOCKS_REFUSED, Calls, File, passes
from .destinations import Destination, Dialogue, Hook, InChannel
from .incoming import Source
from .render import Message, notice
from .views import View, answer_dialogue, looking_dialogue
from .web import TOKEN_REFUSED

_log = logging.getLogger(__name__)

_ASIDE_WAIT = 1.0  # seconds
_UPLOADED_IN = 5.0
"""Maximum time in seconds to upload a picture that an answer waits for."""

_NO_MEMBER = frozenset({"channel_not_found", "not_in_channel"})
_CLOSED = "I can't write in the channel where you asked, so here is your answer."
_TROUBLE = "Slack had trouble with the channel where you asked, so here is your answer."
_HERE_IS_IT = "Here is the picture that you wanted:"


class Shared(Enum):
    """Where a shared file is visible."""

    THERE = auto()
    IN_PRIVATE = auto()
    NOWHERE = auto()


class Outbox:
    """Sends for one workspace."""

    def __init__(self, calls: Calls, processing: timedelta) -> None:
        """Send through calls; `processing` is the time that Slack needs before a message may have an uploaded file."""
        self._calls = calls
        self._processing = processing

    @property
    def refused(self) -> bool:
        """Whether Slack refused the token at its last use."""
        return self._calls.refused

    async def send(self, message: Message, to: Destination) -> bool:
        """Send a message to its destination or a fallback; return whether anybody could be reached."""
        match to:
            case InChannel(public=False):
                return await self.whisper(message, replace(to, public=True))
            case InChannel():
                return await self._post(await self._pictured(message), to)
            case Hook(public=True):
                return await self._respond(await self._pictured(message), to)
            case Hook():
                return await self._respond(message, to)
            case Dialogue(id, user):
                if await self._calls.refusal("views.update", {"view_id": id, "view": answer_dialogue(message)}) is None:
                    return True
                # It is closed, or the answer came too late for it.
                return await self._post(message, InChannel(user, user))
            case _:
                assert_never(to)

    async def deliver(
        self, message: Message, channel: str, thread: str | None = None, *, name: str, perhaps_sent: bool
    ) -> None:
        """Send a message that nobody is waiting for; if it may have been sent already, check first.

        Raises:
            ChannelRefusedError: a retry can't succeed.
            NotSentError: a retry may succeed.
        """
        if perhaps_sent and await self.has_sent(name, channel, thread):
            return
        where = {"channel": channel, "thread_ts": thread}
        refused = await self._chat("chat.postMessage", await self._pictured(message), where, name)
        if refused is None:
            return
        raise NotSentError(refused) if passes(refused) else ChannelRefusedError(refused)

    async def share(self, file: File, to: InChannel | Hook) -> Shared:
        """Share a file at its destination; if that fails, or is for one person, in the asker's direct messages."""
        if to.public and await self._calls.upload(file, to.channel, to.thread):
            return Shared.THERE
        # Files need a channel id, and only a message to a person reveals that of their direct messages.
        said = _body(notice(_HERE_IS_IT)) | {"channel": to.user}
        match await self._calls.answer("chat.postMessage", said):
            case {"channel": str(alone), "ts": str(ts)}:
                if await self._calls.upload(file, alone):
                    return Shared.IN_PRIVATE
                await self.delete(alone, ts, None)
            case _:
                pass
        return Shared.NOWHERE

    async def whisper(self, message: Message, to: Destination) -> bool:
        """Send a message that only the asker sees."""
        match to:
            case InChannel(channel) if channel.startswith(("D", "U", "W")):
                return await self.send(message, to)
            case InChannel(channel, user, hook=None):
                return await self._whisper(message, channel, user, to.thread_for_one)
            case InChannel(channel, user, hook=str(url)):
                return await self._respond(message, Hook(url, channel, user, thread=to.thread_for_one))
            case Hook():
                return await self._respond(message, replace(to, public=False))
            case _:
                return await self.send(message, to)

    async def is_in(self, channel: str, user: str, told: Message) -> bool:
        """Send somebody an ephemeral message in a channel; return false if the app isn't a member there."""
        refused = await self._chat("chat.postEphemeral", told, {"channel": channel, "user": user})
        return refused not in _NO_MEMBER

    async def has_sent(self, name: str, channel: str, thread: str | None = None, since: str | None = None) -> bool:
        """Whether a message of some name is there, after another one's time; false where the scopes allow no look."""
        where = {"channel": channel, "oldest": since, "ts": thread, "limit": 100, "include_all_metadata": True}
        what = {argument: value for argument, value in where.items() if value is not None}
        found = await self._calls.look("conversations.replies" if thread else "conversations.history", what)
        sent = found.get("messages")
        return any(_name_of(message) == name for message in (sent if isinstance(sent, list) else ()))

    async def manages(self, user: str) -> bool | None:
        """Whether somebody is an admin or an owner of the workspace; None if Slack doesn't say."""
        try:
            async with asyncio.timeout(_ASIDE_WAIT):
                found = await self._calls.look("users.info", {"user": user})
        except TimeoutError:
            return None
        match found:
            case {"user": {"is_admin": True} | {"is_owner": True}}:
                return True
            case {"user": Mapping()}:
                return False
            case _:
                return None

    async def open(self, view: View, by: Source, instead: Message) -> None:
        """Open a dialogue for somebody who did something; if Slack's three seconds have passed, send them `instead`."""
        if await self._calls.refusal("views.open", {"trigger_id": by.trigger, "view": view}) is not None:
            await self._post(instead, InChannel(by.user, by.user))

    async def begin(self, by: Source) -> Dialogue | InChannel:
        """Open a dialogue for an answer to come; if it is too late, return a direct message to the user."""
        opened = await self._calls.answer("views.open", {"trigger_id": by.trigger, "view": looking_dialogue()})
        match opened:
            case {"view": {"id": str(id)}}:
                return Dialogue(id, by.user)
            case _:
                return InChannel(by.user, by.user)

    async def publish(self, user: str, view: View) -> None:
        """Show somebody their Home tab."""
        await self._calls.refusal("views.publish", {"user_id": user, "view": view})

    async def prompt(self, channel: str, thread: str, title: str, prompts: Sequence[str]) -> None:
        """Suggest at most four questions in a new thread of the assistant pane."""
        offered = [{"title": words, "message": words} for words in prompts]
        what = _pane(channel, thread) | {"title": title, "prompts": offered}
        await self._calls.refusal("assistant.threads.setSuggestedPrompts", what)

    async def status(self, channel: str, thread: str, status: str) -> None:
        """Show that an answer is coming; no effect outside the assistant pane."""
        await self._calls.aside("assistant.threads.setStatus", _pane(channel, thread) | {"status": status})

    async def entitle(self, channel: str, thread: str, title: str) -> None:
        """Name a thread of the assistant pane."""
        await self._calls.aside("assistant.threads.setTitle", _pane(channel, thread) | {"title": title})

    async def delete(self, channel: str, message: str, hook: str | None) -> bool:
        """Delete one of the bot's messages."""
        if hook is not None and await self._calls.hook(hook, {"delete_original": True}) is None:
            return True
        return await self._calls.refusal("chat.delete", {"channel": channel, "ts": message}) is None

    async def dismiss(self, hook: str) -> None:
        """Delete the ephemeral message that an interaction came from."""
        await self._calls.hook(hook, {"delete_original": True})

    async def _post(self, message: Message, to: InChannel) -> bool:
        where = {"channel": to.channel, "thread_ts": to.thread}
        refused = await self._chat("chat.postMessage", message, where, to.answers)
        if refused is None:
            return True
        if to.hook is not None:  # it works without a token, too
            hook = Hook(to.hook, to.channel, to.user, public=True, thread=to.thread, answers=to.answers)
            return await self._respond(message, hook)
        if refused in TOKEN_REFUSED or to.channel == to.user:
            return False
        if to.channel.startswith("D"):  # perhaps only the thread is gone
            return to.thread is not None and await self._chat("chat.postMessage", message, {"channel": to.user}) is None
        excuse = notice(_TROUBLE if passes(refused) else _CLOSED)
        here = Message(f"{excuse.text}\n{message.text}", (*excuse.blocks, *(message.instead or message.blocks)))
        return await self._chat("chat.postMessage", here, {"channel": to.user}) is None

    async def _whisper(self, message: Message, channel: str, user: str, thread: str | None) -> bool:
        refused = await self._chat(
            "chat.postEphemeral", message, {"channel": channel, "user": user, "thread_ts": thread}
        )
        if refused is None:
            return True
        return await self._chat("chat.postMessage", message, {"channel": user}) is None

    async def _respond(self, message: Message, to: Hook) -> bool:
        body = _body(message) | {
            "response_type": "in_channel" if to.public else "ephemeral",
            "replace_original": False,
            **_named(to.answers if to.public else None),
        }
        if to.thread is not None:
            body["thread_ts"] = to.thread
        if await self._plainer_if_refused(partial(self._calls.hook, to.url), body, message.instead) is None:
            return True
        if to.public:
            return await self._post(message, InChannel(to.channel, to.user, to.thread, answers=to.answers))
        return await self._whisper(message, to.channel, to.user, to.thread)

    async def _chat(
        self, method: str, message: Message, where: Mapping[str, str | None], name: str | None = None
    ) -> str | None:
        body = _body(message) | {place: value for place, value in where.items() if value is not None} | _named(name)
        return await self._plainer_if_refused(partial(self._calls.refusal, method), body, message.instead)

    async def _pictured(self, message: Message) -> Message:
        """Upload the picture of a message's chart, if it has one; if that fails, the chart stays text."""
        if message.chart is None:
            return message
        file = None
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(_UPLOADED_IN):
                file = await self._calls.upload(message.chart.file)
        if file is None:
            return message
        return Message(message.text, message.chart.blocks(file), instead=message.blocks)

    async def _plainer_if_refused(
        self,
        call: Callable[[dict[str, object]], Awaitable[str | None]],
        body: dict[str, object],
        instead: Sequence[Block],
    ) -> str | None:
        """Send a message, simplified step by step while Slack refuses its blocks; return the last error code, or None.

        `instead`: blocks without an uploaded picture, if there is one. Slack refuses its id for about a second
        (https://github.com/slackapi/python-slack-sdk/issues/1521).
        """
        refused = await call(body)
        if refused in BLOCKS_REFUSED and instead:
            await asyncio.sleep(self._processing.total_seconds())
            refused = await call(body)
        if refused in BLOCKS_REFUSED and instead:
            body["blocks"] = list(instead)
            refused = await call(body)
        while refused in BLOCKS_REFUSED and "blocks" in body:
            _log.warning("Slack refused a message's blocks (%s); it goes out plainer", refused)
            _log.debug("the refused blocks: %s", body["blocks"])
            _make_plainer(body)
            refused = await call(body)
        return refused


def _pane(channel: str, thread: str) -> dict[str, object]:
    return {"channel_id": channel, "thread_ts": thread}


def _body(message: Message) -> dict[str, object]:
    return {
        "text": message.text,
        "blocks": list(message.blocks),
        "mrkdwn": False,
        "parse": "none",
        "unfurl_links": False,
        "unfurl_media": False,
    }


def _make_plainer(body: dict[str, object]) -> None:
    """Remove the pictures, which Slack may fail to fetch; else the thumbs, if unsupported; else all blocks."""
    blocks = body.pop("blocks")
    given = blocks if isinstance(blocks, list) else []
    for kept in (without_pictures(given), [each for each in given if each["type"] != "context_actions"]):
        if kept != given:
            body["blocks"] = kept
            return


def _named(name: str | None) -> dict[str, object]:
    """Name a message for `has_sent` to find."""
    event = {"event_type": "overheard_answer", "event_payload": {"answers": name}}
    return {} if name is None else {"metadata": event}


def _name_of(message: object) -> object:
    match message:
        case {"metadata": {"event_type": "overheard_answer", "event_payload": {"answers": name}}}:
            return name
        case _:
            return None
