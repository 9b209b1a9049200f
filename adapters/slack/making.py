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
from .answering import Answering
from .calls import Calls
from .client import Listener
from .config import SlackConfig
from .filling import Fill
from .installations import scopes_of
from .manifest import INSTALL_PATH, READS_ALL
from .outbox import Outbox
from .places import Places
from .replies import Replies
from .room import Room
from .settings import SettingsEditor
from .web import web_client
from .wishing import shown
from .workspaces import Workspace


class Making:
    """Makes what answers in a workspace, out of what all of them share."""

    def __init__(
        self, config: SlackConfig, backend: Backend, in_flight: InFlight, session: aiohttp.ClientSession
    ) -> None:
        state, meter = backend.state, backend.meter
        self._config = config
        self._backend = backend
        self._metered = Metered(backend.assistant, "slack", meter)
        self._in_flight = in_flight
        self._session = session
        self._limits = MeteredLimits(state.limits(config.per_member, config.per_channel), "slack", meter)
        self._feedback = Feedback(state.logbook, asks=config.feedback)
        self._wishes = WishList(state.wishes, "/overheard mine", shown)

    def workspace(self, bot: Bot, renewal: str | None = None) -> Workspace:
        """Make the workspace of a bot; `renewal` says what to do once its token is refused, None to install again."""
        installed_in = bot.team_id or bot.enterprise_id
        renewal = renewal or f"the workspace {installed_in} has to install the app again, at {INSTALL_PATH}"
        web = web_client(bot.bot_token, self._config, self._session)
        calls = Calls(web, self._session, renewal, self._config.pause)
        outbox, scopes = Outbox(calls), scopes_of(bot)
        assistant, state = self._backend.assistant, self._backend.state
        draw, reads_all = self._backend.draw if pictures.SCOPE in scopes else None, bool(scopes & READS_ALL)
        seen = Places(calls, may_look=places.SCOPE in scopes)
        settings = SettingsEditor(state, assistant, outbox, reads_all=reads_all)
        replies = Replies(state, self._metered, self._limits, self._feedback, settings, seen, pictures=draw is not None)
        room = Room(
            bot.bot_user_id,
            self._backend,
            replies,
            Answering(assistant, replies, outbox, settings),
            outbox,
            settings,
            seen,
            self._feedback,
            self._wishes,
            Fill(self._backend.gaps, outbox),
            Talks(state.notes),
            draw,
            reads_all,
        )
        app = _bolt(bot, self._config.api_url, self._session)
        Listener(room, self._in_flight).attach(app)
        return Workspace(bot.bot_user_id, scopes, web, outbox, app)


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
