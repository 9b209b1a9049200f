"""Slack as one of the platforms that a process serves.

Puts the adapter's parts together, proves the tokens before anything is served, and leaves in good order.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator
from dataclasses import dataclass
from functools import partial
from urllib.parse import urlsplit

import aiohttp
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web.async_client import AsyncWebClient
from websockets.exceptions import WebSocketException

from bot.port.messages import Assistant
from bot.port.metering import Meter, Metered, MeteredLimits, NoMeter
from bot.port.serving import InFlight, StartError
from bot.port.state import State, StateInMemory
from bot.port.wishes import tell_when_answered

from .client import Listener
from .config import SlackConfig
from .feedback import Feedback
from .house import Settings
from .http_mode import HttpMode
from .outbox import Outbox
from .replies import Replies
from .socket_mode import SocketMode
from .web import open_session, refusal, web_client
from .wishing import Wishing, tell_member

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Identity:
    """Who the bot token belongs to, and what it allows."""

    user: str
    bot: str
    name: str
    team: str
    team_name: str
    scopes: frozenset[str]


class SlackService:
    """Answers in one workspace."""

    name = "Slack"

    def __init__(
        self, config: SlackConfig, assistant: Assistant, state: State | None = None, meter: Meter | None = None
    ) -> None:
        """Answer by an assistant; `state` is what processes share, None for memory alone."""
        self._config = config
        self._assistant = assistant
        self._state = state or StateInMemory()
        self._meter = meter or NoMeter()
        self._in_flight = InFlight()

    async def run(self, until: asyncio.Event) -> None:
        """Serve until the event is set, then finish what is under way.

        Raises:
            StartError: a token is refused, Slack cannot be reached, or the port is taken.
        """
        config = self._config
        if not (config.app_token or config.signing_secret):
            raise StartError("set SLACK_APP_TOKEN for Socket Mode, or SLACK_SIGNING_SECRET for HTTP; see .env.example")
        async with open_session() as session:
            web = web_client(config.bot_token, config.api_url, session)
            identity = await identify(web)
            outbox = Outbox(web, session)
            feedback = Feedback(self._state.logbook, asks=config.feedback)
            wishes = self._state.wishes
            settings = Settings(self._state.houses, self._assistant, outbox)
            limits = MeteredLimits(self._state.limits(config.per_member, config.per_channel), "slack", self._meter)
            assistant = Metered(self._assistant, "slack", self._meter)
            replies = Replies(assistant, limits, feedback, settings, offers_to_tell=wishes is not None)
            app = _bolt(identity, config, session)
            listener = Listener(
                self._assistant,
                replies,
                outbox,
                self._in_flight,
                self._state.deliveries,
                feedback,
                Wishing(wishes),
                self._state.forgetting,
                settings,
                bot=identity.user,
            )
            listener.attach(app)
            async with self._connected(app, session) as watches:
                _log.info("answering in the Slack workspace %s as %s", identity.team_name, identity.name)
                taking_over = asyncio.create_task(listener.take_over(app), name="Slack left behind")
                telling = asyncio.create_task(
                    self._tell_when_answered(outbox, identity.team), name="Slack tell me when"
                )
                await _first_of(asyncio.create_task(until.wait()), taking_over, *watches)
                telling.cancel()
            await self._in_flight.finished()

    async def _tell_when_answered(self, outbox: Outbox, team: str) -> None:
        if self._state.wishes is not None:
            tell = partial(tell_member, outbox)
            await tell_when_answered(f"slack/{team}", self._assistant, self._state.wishes, tell)

    @contextlib.asynccontextmanager
    async def _connected(
        self, app: AsyncApp, session: aiohttp.ClientSession
    ) -> AsyncIterator[tuple[asyncio.Task[None], ...]]:
        """Let events in, by every way that is set up; yields what must go on running meanwhile."""
        config = self._config
        async with contextlib.AsyncExitStack() as ways:
            watches: tuple[asyncio.Task[None], ...] = ()
            if config.signing_secret is not None:
                http = HttpMode(app, config.signing_secret, config.host, config.port)
                ways.push_async_callback(http.close)
                await _listen(http, config)
            if config.app_token is not None:
                web = web_client(config.app_token, config.api_url, session)
                socket = SocketMode(
                    app, config.app_token, web, config.ping_every, lambda: self._meter.reconnected("slack")
                )
                ways.push_async_callback(socket.close)
                await _connect(socket, config)
                watch = asyncio.create_task(socket.keep_alive(), name="Slack connection")
                ways.push_async_callback(_cancel, watch)
                watches = (watch,)
            yield watches


async def identify(web: AsyncWebClient) -> Identity:
    """Prove the bot token.

    Raises:
        StartError: Slack refuses it, or cannot be reached.
    """
    try:
        answer = await web.auth_test()
    except SlackApiError as error:
        raise StartError(_refused("SLACK_BOT_TOKEN", error, "“OAuth & Permissions”, it begins with xoxb-")) from error
    except (SlackClientError, aiohttp.ClientError, TimeoutError, OSError) as error:
        raise _unreachable(web.base_url, error) from error
    if not answer.get("bot_id"):
        raise StartError("SLACK_BOT_TOKEN is a person's token; use the Bot User OAuth Token, which begins with xoxb-")
    granted = str(answer.headers.get("x-oauth-scopes", ""))
    return Identity(
        user=str(answer["user_id"]),
        bot=str(answer["bot_id"]),
        name=str(answer.get("user", "")),
        team=str(answer["team_id"]),
        team_name=str(answer.get("team", "")),
        scopes=frozenset(scope.strip() for scope in granted.split(",") if scope.strip()),
    )


def _bolt(identity: Identity, config: SlackConfig, session: aiohttp.ClientSession) -> AsyncApp:
    """Make Bolt's dispatcher: it reads and acknowledges, and calls nothing by itself."""
    log = logging.getLogger("slack_bolt.quiet")
    log.setLevel(logging.ERROR)  # below that it writes down parts of what people wrote
    known = AuthorizeResult(
        enterprise_id=None,
        team_id=identity.team,
        bot_user_id=identity.user,
        bot_id=identity.bot,
        bot_token=config.bot_token,
    )

    async def authorize() -> AuthorizeResult:
        return known

    return AsyncApp(
        name="overheard",
        logger=log,
        client=AsyncWebClient(base_url=config.api_url, session=session, logger=log),
        authorize=authorize,
        request_verification_enabled=False,  # done before, in http_mode
        attaching_function_token_enabled=False,
        attaching_conversation_kwargs_enabled=False,
    )


async def _listen(http: HttpMode, config: SlackConfig) -> None:
    try:
        await http.start()
    except OSError as error:
        where = f"{config.host}:{config.port}"
        raise StartError(f"cannot listen on {where} ({error.strerror}); set SLACK_HOST and SLACK_PORT") from error


async def _connect(socket: SocketMode, config: SlackConfig) -> None:
    try:
        await socket.connect()
    except SlackApiError as error:
        where = "“Basic Information” under “App-Level Tokens”, it begins with xapp-, and turn Socket Mode on"
        raise StartError(_refused("SLACK_APP_TOKEN", error, where)) from error
    except (SlackClientError, aiohttp.ClientError, WebSocketException, TimeoutError, OSError) as error:
        raise _unreachable(config.api_url, error) from error


def _refused(setting: str, error: SlackApiError, where: str) -> str:
    return f"Slack refuses {setting} ({refusal(error)}); copy it again from {where}"


def _unreachable(url: str, error: Exception) -> StartError:
    host = urlsplit(url).netloc
    return StartError(
        f"Slack cannot be reached at {host} ({type(error).__name__}); check the network and SLACK_API_URL"
    )


async def _first_of(*tasks: asyncio.Task[object]) -> None:
    """Wait for the first to end, with its error if it has one."""
    done, left = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    for task in left:
        task.cancel()
    await asyncio.gather(*done)


async def _cancel(task: asyncio.Task[None]) -> None:
    task.cancel()
    await asyncio.wait({task})
