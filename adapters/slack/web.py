"""Connections to Slack's Web API: one session, a client that tries again, and what a refusal says.

No method is called here, and no message is known.
"""

from __future__ import annotations

import logging

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.async_handler import AsyncRetryHandler
from slack_sdk.http_retry.builtin_async_handlers import (
    AsyncConnectionErrorRetryHandler,
    AsyncRateLimitErrorRetryHandler,
    AsyncServerErrorRetryHandler,
)
from slack_sdk.http_retry.request import HttpRequest
from slack_sdk.http_retry.response import HttpResponse
from slack_sdk.http_retry.state import RetryState
from slack_sdk.web.async_client import AsyncWebClient

TRIES = 3
"""How often a call is made again where Slack asks for patience or has trouble of its own."""

TOKEN_REFUSED = frozenset(
    {"account_inactive", "invalid_auth", "missing_scope", "not_authed", "token_expired", "token_revoked"}
)
"""Slack's words for a token that has to be replaced."""

_TIMEOUT = aiohttp.ClientTimeout(total=30)


def open_session() -> aiohttp.ClientSession:
    """Open the one session of a service, through the proxy that the environment names, if any."""
    return aiohttp.ClientSession(timeout=_TIMEOUT, trust_env=True)


class _ServerErrors(AsyncServerErrorRetryHandler):
    """Tries again after every 5xx; the SDK's own knows two of them."""

    async def _can_retry_async(
        self,
        *,
        state: RetryState,  # noqa: ARG002 - the SDK's signature
        request: HttpRequest,  # noqa: ARG002
        response: HttpResponse | None = None,
        error: Exception | None = None,  # noqa: ARG002
    ) -> bool:
        return response is not None and response.status_code >= 500


def retries() -> list[AsyncRetryHandler]:
    """Make new handlers that decide whether a call is made again."""
    return [
        AsyncConnectionErrorRetryHandler(),
        AsyncRateLimitErrorRetryHandler(max_retry_count=TRIES),
        _ServerErrors(max_retry_count=TRIES),
    ]


def web_client(token: str, api_url: str, session: aiohttp.ClientSession) -> AsyncWebClient:
    """Make a client of the Web API that tries again and keeps its connections.

    The session has to be made with `trust_env=True` for a proxy to be used.
    """
    client = AsyncWebClient(token=token, base_url=api_url, session=session, retry_handlers=retries(), logger=sdk_log())
    # The SDK reads HTTPS_PROXY and overlooks NO_PROXY; aiohttp's session heeds both.
    client.proxy = None
    return client


def sdk_log() -> logging.Logger:
    """Never below INFO: at DEBUG the SDK writes whole messages and one-time addresses down."""
    log = logging.getLogger("slack_sdk.quiet")
    log.setLevel(logging.INFO)
    return log


def refusal(error: SlackApiError) -> str:
    """Slack's word for what went wrong; never its whole response, which may hold what was sent."""
    answer = getattr(error.response, "data", None)
    reason = answer.get("error") if isinstance(answer, dict) else None
    return str(reason) if reason else "no readable answer"
