"""Makes what answers in a workspace, out of what all workspaces of a process share.

Puts parts together; what each of them does, it says itself. Tokens are proved in `service`, kept in `installations`.
"""

from __future__ import annotations

import logging

import aiohttp
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.oauth.installation_store import Bot
from slack_sdk.web.async_client import AsyncWebClient

from bot.port.backend import Backend
from bot.port.feedback import Feedback
from bot.port.members import WishList
from bot.port.metering import Metered, MeteredLimits
from bot.port.serving import InFlight
from bot.port.unasked import Talks

from . import pictures, places
from .calls import Calls
from .client import Listener
from .config import SlackConfig
from .filling import Fill
from .installations import scopes_of
from .manifest import READS_ALL
from .outbox import Outbox
from .places import Places
from .replies import Replies
from .room import Room
from .settings import SettingsEditor
from .web import web_client
from .wishing import shown
from .workspaces import Make, Workspace


def maker(config: SlackConfig, backend: Backend, in_flight: InFlight, session: aiohttp.ClientSession) -> Make:
    """Return the function that makes workspaces, out of what all of them share."""
    state, assistant, meter = backend.state, backend.assistant, backend.meter
    metered = Metered(assistant, "slack", meter)
    limits = MeteredLimits(state.limits(config.per_member, config.per_channel), "slack", meter)
    feedback = Feedback(state.logbook, asks=config.feedback)
    wishes = WishList(state.wishes, "/overheard mine", shown)

    def make(bot: Bot, renewal: str) -> Workspace:
        web = web_client(bot.bot_token, config, session)
        calls = Calls(web, session, renewal, config.pause)
        outbox, scopes = Outbox(calls, 2 * config.pause), scopes_of(bot)
        may_upload, reads_all = pictures.SCOPE in scopes, bool(scopes & READS_ALL)
        draw = backend.draw if may_upload else None
        draw_chart = backend.draw_chart if may_upload else None
        seen = Places(calls, may_look=places.SCOPE in scopes)
        settings = SettingsEditor(state, assistant, outbox, reads_all)
        replies = Replies(state, metered, limits, feedback, settings, seen, draw, draw_chart)
        room = Room(
            bot.bot_user_id,
            backend,
            replies,
            outbox,
            settings,
            seen,
            feedback,
            wishes,
            Fill(backend.gaps, outbox),
            Talks(state.notes),
            reads_all,
        )
        app = _bolt(bot, config.api_url, session)
        Listener(room, in_flight).attach(app)
        return Workspace(bot.bot_user_id, scopes, web, outbox, app)

    return make


def _bolt(bot: Bot, api_url: str, session: aiohttp.ClientSession) -> AsyncApp:
    """Make Bolt's dispatcher: it reads and acknowledges, and calls nothing by itself."""
    log = logging.getLogger("slack_bolt.quiet")
    log.setLevel(logging.ERROR)  # below that it writes down parts of what people wrote

    async def authorize() -> AuthorizeResult:
        return AuthorizeResult(
            enterprise_id=bot.enterprise_id,
            team_id=bot.team_id,
            bot_user_id=bot.bot_user_id,
            bot_id=bot.bot_id,
            bot_token=bot.bot_token,
        )

    return AsyncApp(
        name="overheard",
        logger=log,
        client=AsyncWebClient(base_url=api_url, session=session, logger=log),
        authorize=authorize,
        request_verification_enabled=False,  # done before, in http_mode
        attaching_function_token_enabled=False,
        attaching_conversation_kwargs_enabled=False,
    )
