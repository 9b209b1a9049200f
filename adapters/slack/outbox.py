"""Everything that goes to Slack, and what is done when Slack won't take it.

No answers and no wording but for Slack's own refusals. A message that cannot go where it should goes where its
asker sees it; what an operator can put right is logged once.
"""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias, assert_never

import aiohttp
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from bot.port.posts import NotSentError, RefusedError
from bot.port.seen import Once

from .incoming import Source
from .render import Message, notice
from .views import View, answer_dialogue, looking_dialogue
from .web import TOKEN_REFUSED, TRIES, refusal, retries, sdk_log

_log = logging.getLogger(__name__)

_ASIDE_WAIT = 1.0  # seconds; a status that came after its answer would stay there

_BLOCKS_REFUSED = frozenset({"invalid_blocks", "invalid_blocks_format", "msg_blocks_too_long", "msg_too_long"})
_CLOSED_TO_US = frozenset({
    "access_denied",
    "cannot_reply_to_message",
    "channel_is_limited_access",
    "channel_not_found",
    "is_archived",
    "message_not_found",
    "no_permission",
    "not_in_channel",
    "restricted_action",
    "restricted_action_non_threadable_channel",
    "restricted_action_read_only_channel",
    "restricted_action_thread_locked",
    "restricted_action_thread_only_channel",
    "thread_not_found",
})  # fmt: skip
"""What an operator or the workspace can put right."""

_TROUBLE = frozenset({"fatal_error", "internal_error", "ratelimited", "request_timeout", "service_unavailable"})
"""Slack's words for what passes."""
_SLACKS_WORD = re.compile(r"[a-z_]+")
"""The others are the SDK's, for an answer that never came."""


@dataclass(frozen=True, slots=True)
class Post:
    """A message in a channel or direct message, in its thread if there is one; `user` asked for it.

    Attributes:
        hook: the address that takes it where the app is no member and may not write.
        answers: the name of the delivery that it answers, by which `Outbox.has_sent` finds it again.
    """

    channel: str
    user: str
    thread: str | None = None
    hook: str | None = None
    answers: str | None = None


@dataclass(frozen=True, slots=True)
class Hook:
    """An answer to an interaction, for its user alone unless `public`."""

    url: str
    channel: str
    user: str
    public: bool = False
    thread: str | None = None


@dataclass(frozen=True, slots=True)
class Dialogue:
    """A dialogue that `user` has open already."""

    id: str
    user: str


@dataclass(frozen=True, slots=True)
class NewDialogue:
    """A dialogue to open for `user`, within three seconds of what they did; `Outbox.begin` makes a `Dialogue` of it."""

    trigger: str
    user: str


Destination: TypeAlias = Post | Hook | Dialogue


class Outbox:
    """Sends for one workspace."""

    def __init__(self, web: AsyncWebClient, session: aiohttp.ClientSession, renewal: str) -> None:
        """Send as a client does; `renewal` says what to do once Slack refuses its token."""
        self._renewal = renewal
        self.refused = False
        """Whether Slack refused the token when it was used last."""
        self._web = web
        self._session = session
        self._told = Once(remembered=1000)

    async def send(self, message: Message, to: Destination) -> bool:
        """Bring a message where it belongs; false where nobody could be reached."""
        match to:
            case Post():
                return await self._post(message, to)
            case Hook():
                return await self._respond(message, to)
            case Dialogue(id, user):
                if await self._call("views.update", {"view_id": id, "view": answer_dialogue(message)}) is None:
                    return True
                return await self._post(message, Post(user, user))  # it is closed, or the answer came too late for it
            case _:
                assert_never(to)

    async def deliver(self, message: Message, channel: str, thread: str | None = None) -> None:
        """Send what nobody waits for to a channel or a person.

        Raises:
            RefusedError: it never arrives there.
            NotSentError: it may the next time.
        """
        refused = await self._chat("chat.postMessage", message, {"channel": channel, "thread_ts": thread})
        if refused is None:
            return
        passing = refused in _TROUBLE or refused in TOKEN_REFUSED or not _SLACKS_WORD.fullmatch(refused)
        raise NotSentError(refused) if passing else RefusedError(refused)

    async def whisper(self, message: Message, to: Destination) -> bool:
        """Say something that only the asker sees."""
        match to:
            case Post(channel) if channel.startswith(("D", "U", "W")):
                return await self.send(message, to)
            case Post(channel, user, thread, None):
                return await self._whisper(message, channel, user, thread)
            case Post(channel, user, thread, str(url), _) | Hook(url, channel, user, _, thread):
                return await self._respond(message, Hook(url, channel, user, thread=thread))
            case _:
                return await self.send(message, to)

    async def has_sent(self, answers: str, source: Source) -> bool:
        """Whether an answer to a delivery is there already; false where the scopes don't allow a look."""
        where = {"channel": source.channel, "oldest": source.message, "limit": 100, "include_all_metadata": True}
        method = "conversations.replies" if source.thread else "conversations.history"
        try:
            found = await self._web.api_call(method, data=where | ({"ts": source.thread} if source.thread else {}))
        except (SlackClientError, aiohttp.ClientError, TimeoutError) as error:
            _log.debug("%s: %s", method, type(error).__name__)
            return False
        sent = found.get("messages")
        messages = sent if isinstance(sent, list) else []
        return any(_answered_by(message) == answers for message in messages)

    async def manages(self, user: str) -> bool:
        """Whether somebody is an admin or an owner of the workspace; false where that can't be found out."""
        try:
            async with asyncio.timeout(_ASIDE_WAIT):
                found = await self._web.api_call("users.info", data={"user": user})
        except (SlackClientError, aiohttp.ClientError, TimeoutError) as error:
            _log.debug("users.info: %s", type(error).__name__)
            return False
        match found.data:
            case {"user": {"is_admin": True} | {"is_owner": True}}:
                return True
            case _:
                return False

    async def open(self, view: View, to: NewDialogue, instead: Message) -> None:
        """Open a dialogue; where the three seconds for it have passed, write to the user instead."""
        if await self._call("views.open", {"trigger_id": to.trigger, "view": view}) is not None:
            await self._post(instead, Post(to.user, to.user))

    async def begin(self, to: NewDialogue) -> Dialogue | Post:
        """Open a dialogue in which an answer is to come; where it is too late for one, the user is written to."""
        opened = await self._answered("views.open", {"trigger_id": to.trigger, "view": looking_dialogue()})
        match opened:
            case {"view": {"id": str(id)}}:
                return Dialogue(id, to.user)
            case _:
                return Post(to.user, to.user)

    async def publish(self, user: str, view: View) -> None:
        """Show somebody their Home tab."""
        await self._call("views.publish", {"user_id": user, "view": view})

    async def prompt(self, channel: str, thread: str, title: str, prompts: Sequence[tuple[str, str]]) -> None:
        """Offer questions in a new thread of the assistant pane, at most four: what is shown, and what is asked."""
        offered = [{"title": shown, "message": asked} for shown, asked in prompts[:4]]
        where: dict[str, object] = {"channel_id": channel, "thread_ts": thread}
        await self._call("assistant.threads.setSuggestedPrompts", where | {"title": title, "prompts": offered})

    async def status(self, channel: str, thread: str, status: str) -> None:
        """Show that an answer is coming; nothing where the thread is not of the assistant pane."""
        await self._try("assistant.threads.setStatus", {"channel_id": channel, "thread_ts": thread, "status": status})

    async def entitle(self, channel: str, thread: str, title: str) -> None:
        """Name a thread of the assistant pane."""
        await self._try("assistant.threads.setTitle", {"channel_id": channel, "thread_ts": thread, "title": title})

    async def _try(self, method: str, body: dict[str, object]) -> None:
        """Call what nobody misses where it can't be done, without keeping an answer waiting for it."""
        try:
            async with asyncio.timeout(_ASIDE_WAIT):
                await self._web.api_call(method, json=body)
        except (SlackClientError, aiohttp.ClientError, TimeoutError) as error:
            _log.debug("%s: %s", method, type(error).__name__)

    async def delete(self, channel: str, message: str, hook: str | None) -> bool:
        """Take one of the bot's messages back."""
        if hook is not None and await self._hook(hook, {"delete_original": True}) is None:
            return True
        return await self._call("chat.delete", {"channel": channel, "ts": message}) is None

    async def dismiss(self, hook: str) -> None:
        """Take away the private message that an interaction came from."""
        await self._hook(hook, {"delete_original": True})

    async def _post(self, message: Message, to: Post) -> bool:
        refused = await self._chat("chat.postMessage", message, {"channel": to.channel, "thread_ts": to.thread}, to)
        if refused is None:
            return True
        if refused in TOKEN_REFUSED or to.channel == to.user:
            return False
        if to.channel.startswith("D"):  # perhaps it is only the thread
            return to.thread is not None and await self._chat("chat.postMessage", message, {"channel": to.user}) is None
        if to.hook is not None:
            return await self._respond(message, Hook(to.hook, to.channel, to.user, public=True, thread=to.thread))
        excuse = notice("I can't write in the channel where you asked, so here is your answer.")
        here = Message(f"{excuse.text}\n{message.text}", (*excuse.blocks, *message.blocks))
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
        }
        if to.thread is not None:
            body["thread_ts"] = to.thread
        refused = await self._hook(to.url, body)
        while refused in _BLOCKS_REFUSED and "blocks" in body:
            self._note_blocks(refused, body)
            _make_plainer(body)
            refused = await self._hook(to.url, body)
        if refused is None:
            return True
        if to.public:
            return await self._post(message, Post(to.channel, to.user, to.thread))
        return await self._whisper(message, to.channel, to.user, to.thread)

    async def _chat(
        self, method: str, message: Message, where: Mapping[str, str | None], to: Post | None = None
    ) -> str | None:
        body = _body(message) | {name: value for name, value in where.items() if value is not None}
        if to is not None and to.answers is not None:
            body["metadata"] = {"event_type": "overheard_answer", "event_payload": {"answers": to.answers}}
        refused = await self._call(method, body)
        while refused in _BLOCKS_REFUSED and "blocks" in body:
            self._note_blocks(refused, body)
            _make_plainer(body)
            refused = await self._call(method, body)
        return refused

    def _note_blocks(self, refused: str, body: dict[str, object]) -> None:
        _log.warning("Slack refused a message's blocks (%s); it goes out plainer", refused)
        _log.debug("the refused blocks: %s", body["blocks"])

    async def _call(self, method: str, body: dict[str, object]) -> str | None:
        """Call a method of the Web API; what went wrong, in Slack's word for it, or None."""
        answer = await self._answered(method, body)
        return answer if isinstance(answer, str) else None

    async def _answered(self, method: str, body: dict[str, object]) -> Mapping[str, object] | str:
        """Call a method of the Web API; its answer, or what went wrong, in Slack's word for it."""
        try:
            answer = await self._web.api_call(method, json=body)
        except SlackApiError as error:
            refused = refusal(error)
            self.refused = refused in TOKEN_REFUSED - {"missing_scope"}
        except (SlackClientError, aiohttp.ClientError, TimeoutError) as error:
            refused = type(error).__name__
        else:
            self.refused = False
            return answer.data if isinstance(answer.data, dict) else {}
        self._tell(method, refused, str(body.get("channel") or ""))
        return refused

    async def _hook(self, url: str, body: dict[str, object]) -> str | None:
        """Answer an interaction; what went wrong, in Slack's word for it, or None."""
        hook = AsyncWebhookClient(url, session=self._session, retry_handlers=retries(), logger=sdk_log())
        hook.proxy = None
        refused = ""
        for pause in range(TRIES):
            try:
                response = await hook.send_dict(dict(body))
            except (SlackClientError, aiohttp.ClientError, TimeoutError) as error:
                refused = type(error).__name__
                break
            if response.status_code == 200:
                return None
            refused = _hook_reason(response.body) or f"status {response.status_code}"
            if response.status_code < 500:
                break
            await asyncio.sleep(0.5 * 2**pause)
        if refused not in _BLOCKS_REFUSED:
            self._tell("the response address", refused, "")
        return refused

    def _tell(self, method: str, refused: str, channel: str) -> None:
        """Log a refusal once, with what to do about it."""
        if refused in _BLOCKS_REFUSED or not self._told.first(f"{refused}/{channel}"):
            return
        if refused in TOKEN_REFUSED:
            _log.error("Slack refuses the bot token (%s): %s", refused, self._renewal)
        elif refused in _CLOSED_TO_US:
            _log.warning("cannot write in %s (%s): /invite the app there, or lift the restriction", channel, refused)
        else:
            _log.warning("%s failed: %s", method, refused)


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
    """Leave out the thumbs, which not every Slack takes; where there are none, all blocks."""
    blocks = body.pop("blocks")
    kept = [each for each in blocks if each["type"] != "context_actions"] if isinstance(blocks, list) else []
    if isinstance(blocks, list) and len(kept) < len(blocks):
        body["blocks"] = kept


def _answered_by(message: object) -> object:
    match message:
        case {"metadata": {"event_type": "overheard_answer", "event_payload": {"answers": name}}}:
            return name
        case _:
            return None


def _hook_reason(body: str) -> str:
    words = body.strip().strip('"')
    return words if words.replace("_", "").isalnum() and len(words) < 60 else ""
