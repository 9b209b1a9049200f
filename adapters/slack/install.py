"""The two web pages with which people install the app in their workspace, served beside the events.

Bolt's OAuth flow (https://docs.slack.dev/authentication/installing-with-oauth). `installations` stores the result.
No request, code or token is logged.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from datetime import timedelta
from functools import partial
from http import HTTPStatus
from typing import Final
from urllib.parse import urljoin

from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_bolt.async_app import AsyncBoltRequest
from slack_bolt.oauth.async_callback_options import AsyncCallbackOptions, AsyncFailureArgs, AsyncSuccessArgs
from slack_bolt.oauth.async_oauth_flow import AsyncOAuthFlow
from slack_bolt.oauth.async_oauth_settings import AsyncOAuthSettings
from slack_bolt.response import BoltResponse
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.port.errors import OverheardError
from bot.port.limits import Rate, RateLimiter
from bot.port.serving import StartError

from .config import Client
from .installations import STATE_LASTS, Installations, States, name_of
from .manifest import INSTALL_PATH, OPTIONAL, REDIRECT_PATH, SCOPES
from .web import OUT_OF_REACH, not_slack, refusal

_log = logging.getLogger(__name__)

_OFTEN: Final = Rate(60, timedelta(minutes=1))
"""Rate limit for starting an installation, for all people together: each start writes to the database."""
_NOT_NOW: Final = "Overheard can't be installed at the moment. Please try again in a minute."
_WRONG_CLIENT: Final = frozenset({"invalid_client_id", "bad_client_secret"})
_NO_CODE: Final = "overheard-check"


def install_pages(
    client: Client, slack: AsyncWebClient, installations: Installations, states: States
) -> tuple[web.RouteDef, ...]:
    """Return the page that sends people to Slack, and the one that handles their return."""
    log = logging.getLogger("slack_bolt.oauth.quiet")
    log.setLevel(logging.ERROR)  # at lower levels it logs codes
    settings = AsyncOAuthSettings(
        client_id=client.id,
        client_secret=client.secret,
        scopes=(*SCOPES, *OPTIONAL),
        user_scopes=(),
        install_path=INSTALL_PATH,
        install_page_rendering_enabled=False,  # people who followed the link have decided already
        redirect_uri_path=REDIRECT_PATH,
        callback_options=AsyncCallbackOptions(success=_installed, failure=_failed),
        authorization_url=urljoin(slack.base_url, "../oauth/v2/authorize"),
        installation_store=installations,
        state_store=states,
        state_expiration_seconds=int(STATE_LASTS.total_seconds()),
        logger=log,
    )
    flow = AsyncOAuthFlow(client=slack, logger=log, settings=settings)
    limiter = RateLimiter(_OFTEN, _OFTEN)

    async def begin(request: web.Request) -> web.Response:
        if await limiter.admit("anybody", "anybody") is not None:
            return web.Response(status=HTTPStatus.TOO_MANY_REQUESTS, text=_NOT_NOW)
        return await _page(flow.handle_installation, request)

    return web.get(INSTALL_PATH, begin), web.get(REDIRECT_PATH, partial(_page, flow.handle_callback))


async def prove_client(client: Client, web: AsyncWebClient) -> None:
    """Check the app's id and secret with Slack, by a code that it has to refuse.

    Raises:
        StartError: Slack refuses them, or can't be reached.
    """
    try:
        await web.oauth_v2_access(client_id=client.id, client_secret=client.secret, code=_NO_CODE)
    except SlackApiError as error:
        if (reason := refusal(error)) in _WRONG_CLIENT:
            where = "“Basic Information” under “App Credentials”"
            raise StartError(
                f"Slack refuses SLACK_CLIENT_ID and SLACK_CLIENT_SECRET ({reason}); copy them again from {where}"
            ) from error
        if problem := not_slack(web.base_url, error):
            raise StartError(problem) from error
    except OUT_OF_REACH as error:
        raise StartError(f"Slack cannot be reached ({type(error).__name__}); check the network") from error


async def _page(handle: Callable[[AsyncBoltRequest], Awaitable[BoltResponse]], request: web.Request) -> web.Response:
    try:
        return await to_aiohttp_response(await handle(await to_bolt_request(request)))
    except (OverheardError, *OUT_OF_REACH) as error:
        _log.warning("somebody could not install the app (%s)", type(error).__name__)
        return web.Response(status=HTTPStatus.SERVICE_UNAVAILABLE, text=_NOT_NOW)


async def _installed(args: AsyncSuccessArgs) -> BoltResponse:
    _log.info("installed in the Slack workspace %s", name_of(args.installation.to_bot()))
    return await args.default.success(args)


async def _failed(args: AsyncFailureArgs) -> BoltResponse:
    known = args.reason if args.reason.replace("_", "").isalnum() else "for an unknown reason"
    _log.info("somebody did not install the app: %.60s", known)
    return await args.default.failure(args)
