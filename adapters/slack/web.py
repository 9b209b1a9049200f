"""Connections to Slack's Web API: one session, a client that tries again, and what a refusal says.

No method is called here, and no message is known.
"""

from __future__ import annotations

import logging
from datetime import timedelta
from http import HTTPStatus
from urllib.parse import urlsplit

import aiohttp
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.http_retry.async_handler import AsyncRetryHandler
from slack_sdk.http_retry.builtin_async_handlers import (
    AsyncConnectionErrorRetryHandler,
    AsyncRateLimitErrorRetryHandler,
    AsyncServerErrorRetryHandler,
)
from slack_sdk.http_retry.builtin_interval_calculators import BackoffRetryIntervalCalculator
from slack_sdk.http_retry.request import HttpRequest
from slack_sdk.http_retry.response import HttpResponse
from slack_sdk.http_retry.state import RetryState
from slack_sdk.web.async_client import AsyncWebClient

from bot.port.serving import not_the_platform

from .config import SLACK_API, SlackConfig

TRIES = 3
"""How often a call is made again where Slack asks for patience or has trouble of its own."""

_USUAL_PAUSE = 30  # seconds
_UNREADABLE = "no readable answer"

TOKEN_REFUSED = frozenset(
    {"account_inactive", "invalid_auth", "missing_scope", "not_authed", "token_expired", "token_revoked"}
)
"""Slack's words for a token that has to be replaced."""

OUT_OF_REACH = (SlackClientError, aiohttp.ClientError, TimeoutError, OSError)
"""What comes of a network or a Slack that isn't there; a refusal, which is one of them, says so itself."""

PASSING = frozenset({"fatal_error", "internal_error", "ratelimited", "request_timeout", "service_unavailable"})
"""Slack's words for trouble of its own, which may be over in a moment."""


def open_session(patience: timedelta) -> aiohttp.ClientSession:
    """Open the one session of a service, each call of which ends in time; through the environment's proxy, if any."""
    timeout = aiohttp.ClientTimeout(total=patience.total_seconds())
    return aiohttp.ClientSession(timeout=timeout, trust_env=True)


class _ServerErrors(AsyncServerErrorRetryHandler):
    """Tries again after every 5xx, of which the SDK's own knows two, and after other trouble that passes."""

    async def _can_retry_async(
        self,
        *,
        state: RetryState,  # noqa: ARG002 - the SDK's signature
        request: HttpRequest,  # noqa: ARG002
        response: HttpResponse | None = None,
        error: Exception | None = None,  # noqa: ARG002
    ) -> bool:
        if response is None or response.status_code == 429:
            return False
        body = response.body
        return response.status_code >= 500 or (isinstance(body, dict) and body.get("error") in PASSING)


class _Pauses(BackoffRetryIntervalCalculator):
    """The SDK's pauses, which begin with half a second and a random part of one, but as long as is wanted."""

    def __init__(self, first: timedelta) -> None:
        super().__init__()
        self._scale = first.total_seconds() / self.backoff_factor

    def calculate_sleep_duration(self, current_attempt: int) -> float:
        return self._scale * super().calculate_sleep_duration(current_attempt)


def retries(pause: timedelta) -> list[AsyncRetryHandler]:
    """Make new handlers that decide whether a call is made again."""
    pauses = _Pauses(pause)
    return [
        AsyncConnectionErrorRetryHandler(interval_calculator=pauses),
        AsyncRateLimitErrorRetryHandler(max_retry_count=TRIES),
        _ServerErrors(max_retry_count=TRIES, interval_calculator=pauses),
    ]


def web_client(token: str, config: SlackConfig, session: aiohttp.ClientSession) -> AsyncWebClient:
    """Make a client of the Web API that tries again and keeps its connections.

    The session has to be made with `trust_env=True` for a proxy to be used.
    """
    handlers = retries(config.pause)
    client = AsyncWebClient(token, config.api_url, session=session, retry_handlers=handlers, logger=sdk_log())
    # The SDK reads HTTPS_PROXY and overlooks NO_PROXY; aiohttp's session heeds both.
    client.proxy = None
    return client


def sdk_log() -> logging.Logger:
    """Never below INFO: at DEBUG the SDK writes whole messages and one-time addresses down."""
    log = logging.getLogger("slack_sdk.quiet")
    log.setLevel(logging.INFO)
    return log


def retry_after(error: SlackApiError) -> int | None:
    """Seconds for which Slack wants to be left alone; None where it refuses for another reason."""
    if refusal(error) not in {"ratelimited", "rate_limited"}:
        return None
    told = str(error.response.headers.get("Retry-After", ""))
    return int(told) if told.isascii() and told.isdigit() else _USUAL_PAUSE


def refusal(error: SlackApiError) -> str:
    """Slack's word for what went wrong; never its whole response, which may hold what was sent."""
    answer = getattr(error.response, "data", None)
    reason = answer.get("error") if isinstance(answer, dict) else None
    return str(reason) if reason else _UNREADABLE


def not_slack(url: str, error: SlackApiError) -> str | None:
    """Say that something else than Slack answers at an address; None where Slack does, or may."""
    if refusal(error) != _UNREADABLE or getattr(error.response, "status_code", HTTPStatus.OK) >= HTTPStatus.BAD_REQUEST:
        return None
    return not_the_platform("Slack", urlsplit(url).netloc, None if url == SLACK_API else "SLACK_API_URL")
