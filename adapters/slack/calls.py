"""One call to Slack: retried if that may help; a refusal is logged once, with its remedy.

Knows no messages and destinations; `outbox` handles answers that can't be sent.
"""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

import aiohttp
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from bot.port.seen import Once

from .blocks import carried
from .web import PASSING, TOKEN_REFUSED, TRIES, refusal, retries, sdk_log

_log = logging.getLogger(__name__)

_ASIDE_WAIT = 1.0  # seconds

BLOCKS_REFUSED = frozenset({"invalid_blocks", "invalid_blocks_format", "msg_blocks_too_long", "msg_too_long"})
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
"""What an operator or the workspace can fix, by Slack's error code."""
_TROUBLE = (SlackClientError, aiohttp.ClientError, TimeoutError)
_SLACKS_WORD = re.compile(r"[a-z_]+")
"""Slack's error codes; other texts are the SDK's, for a missing response."""


def passes(refused: str) -> bool:
    """Whether a refusal is temporary: Slack has trouble, gave no reason, or its token has to be replaced."""
    return refused in PASSING or refused in TOKEN_REFUSED or not _SLACKS_WORD.fullmatch(refused)


@dataclass(frozen=True, slots=True)
class File:
    """A file to upload.

    Attributes:
        title: shown beside it.
        described: its alternative text.
        markup: the comment above it, as Slack's markup; "" for none.
    """

    name: str
    title: str
    content: bytes
    described: str
    markup: str = ""


class Calls:
    """Calls Slack for one workspace."""

    def __init__(self, web: AsyncWebClient, session: aiohttp.ClientSession, renewal: str, pause: timedelta) -> None:
        """Call through a client; `renewal` says what to do once Slack refuses its token.

        `pause` is the time before a retry.
        """
        self._web = web
        self._session = session
        self._renewal = renewal
        self._pause = pause
        self._told = Once(remembered=1000)
        self.refused = False
        """Whether Slack refused the token at its last use."""

    async def refusal(self, method: str, body: dict[str, object]) -> str | None:
        """Call a method of the Web API; return Slack's error code, or None."""
        answer = await self.answer(method, body)
        return answer if isinstance(answer, str) else None

    async def answer(self, method: str, body: dict[str, object]) -> Mapping[str, object] | str:
        """Call a method of the Web API; return its response, or Slack's error code."""
        try:
            answer = await self._web.api_call(method, json=body)
        except _TROUBLE as error:
            return self._refused(method, error, str(body.get("channel") or ""))
        self.refused = False
        return answer.data if isinstance(answer.data, dict) else {}

    async def aside(self, method: str, body: dict[str, object]) -> None:
        """Call an optional method, without delaying an answer."""
        try:
            async with asyncio.timeout(_ASIDE_WAIT):
                await self._web.api_call(method, json=body)
        except _TROUBLE as error:
            _log.debug("%s: %s", method, type(error).__name__)

    async def look(self, method: str, what: Mapping[str, object]) -> Mapping[str, object]:
        """Call a read method, whose arguments aren't JSON; return an empty mapping if refused."""
        try:
            found = await self._web.api_call(method, data=dict(what))
        except _TROUBLE as error:
            _log.debug("%s: %s", method, type(error).__name__)
            return {}
        return found.data if isinstance(found.data, dict) else {}

    async def upload(self, file: File, channel: str | None = None, thread: str | None = None) -> str | None:
        """Upload a file, and share it in a channel or thread if one is given; return its id, or None if refused."""
        try:
            kept = await self._web.files_upload_v2(
                content=file.content,
                filename=file.name,
                title=file.title,
                alt_txt=file.described,
                initial_comment=file.markup or None,
                channel=channel,
                thread_ts=thread,
            )
        except (*_TROUBLE, TypeError) as error:  # the SDK counts the files in a response that may have none
            self._refused("files.completeUploadExternal", error, channel or "")
            return None
        self.refused = False
        match kept.data:
            case {"files": [{"id": str(id)}, *_]}:
                return id
            case _:
                return None

    async def hook(self, url: str, body: Mapping[str, object]) -> str | None:
        """Answer an interaction through its response URL; return Slack's error code, or None."""
        handlers = retries(self._pause)
        hook = AsyncWebhookClient(url, session=self._session, retry_handlers=handlers, logger=sdk_log())
        hook.proxy = None
        refused = ""
        for pause in range(TRIES):  # the SDK retries after 429 and a lost connection, but not after a 5xx
            try:
                response = await hook.send_dict(dict(body))
            except _TROUBLE as error:
                refused = type(error).__name__
                break
            if response.status_code == 200:
                return None
            told = _told(response.body)
            is_word = told.replace("_", "").isalnum() and len(told) < 60
            refused = told if is_word else f"status {response.status_code}"
            if response.status_code < 500:
                break
            await asyncio.sleep(self._pause.total_seconds() * 2**pause)
        self._tell("the response address", refused, "")
        return refused

    def _refused(self, method: str, error: Exception, channel: str) -> str:
        if isinstance(error, SlackApiError):
            refused = refusal(error)
            self.refused = refused in TOKEN_REFUSED - {"missing_scope"}
        else:
            refused = type(error).__name__
        self._tell(method, refused, channel)
        return refused

    def _tell(self, method: str, refused: str, channel: str) -> None:
        """Log a refusal once, with its remedy."""
        if refused in BLOCKS_REFUSED or not self._told.first(f"{refused}/{channel}"):
            return
        if refused == "missing_scope":
            _log.error("Slack refuses %s (missing_scope): `overheard check slack` says which scope to add", method)
        elif refused in TOKEN_REFUSED:
            _log.error("Slack refuses the bot token (%s): %s", refused, self._renewal)
        elif refused in _CLOSED_TO_US:
            _log.warning("cannot write in %s (%s): /invite the app there, or lift the restriction", channel, refused)
        else:
            _log.warning("%s failed: %s", method, refused)


def _told(body: str) -> str:
    """Return what a response URL says: an error code, plain or in JSON."""
    match carried(body):
        case {"error": str(code)} | str(code):
            return code
        case _:
            return body.strip()
