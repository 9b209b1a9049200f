"""Slack as one of the platforms that a process serves.

Puts the adapter's parts together, proves the tokens before anything is served, and leaves in good order.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator
from functools import partial
from urllib.parse import urlsplit

import aiohttp
from aiohttp.web import RouteDef
from slack_sdk.errors import SlackApiError
from slack_sdk.oauth.installation_store import Bot
from slack_sdk.oauth.token_rotation.async_rotator import AsyncTokenRotator
from slack_sdk.web.async_client import AsyncWebClient
from websockets.exceptions import WebSocketException

from bot.port.backend import Backend
from bot.port.errors import OverheardError, StateAwayError
from bot.port.messages import Answer
from bot.port.posting import Post
from bot.port.serving import InFlight, StartError, cannot_listen
from bot.port.wishes import Wish

from .client import answer_left_behind
from .config import SlackConfig, missing, wrong
from .filling import COMMAND
from .http_mode import HttpMode
from .install import install_pages, prove_client
from .installations import Installations, Rotation, States, name_of, scopes_of
from .making import maker
from .manifest import INSTALL_PATH
from .posting import send_post
from .socket_mode import SocketMode
from .web import OUT_OF_REACH, not_slack, open_session, refusal, web_client
from .wishing import tell_member
from .workspaces import Make, ManyWorkspaces, OneWorkspace, Workspaces

_log = logging.getLogger(__name__)

_RENEWAL = (
    "install the app to the workspace again, put its new bot token into .env as SLACK_BOT_TOKEN and restart; "
    "`overheard check slack` says more"
)


class SlackService:
    """Answers in the workspace of the bot token, or in all that have installed the app."""

    name = "Slack"

    def __init__(self, config: SlackConfig, backend: Backend) -> None:
        self._config = config
        self._backend = backend
        self._in_flight = InFlight()

    async def run(self, until: asyncio.Event) -> None:
        """Serve until the event is set, then finish what is under way.

        Raises:
            StartError: a token is refused, Slack cannot be reached, or the port is taken.
        """
        config = self._config
        if not (config.app_token or config.signing_secret):
            raise StartError("set SLACK_APP_TOKEN for Socket Mode, or SLACK_SIGNING_SECRET for HTTP; see .env.example")
        for problem in wrong(config):
            raise StartError(problem.removesuffix("."))
        async with open_session(config.patience) as session:
            make = maker(config, self._backend, self._in_flight, session)
            workspaces, pages = await self._workspaces(make, session)
            async with self._connected(workspaces, pages, session) as watches:
                errands = asyncio.create_task(self._errands(workspaces), name="Slack errands")
                try:
                    await _first_of(asyncio.create_task(until.wait()), *watches)
                finally:
                    await _cancel(errands)
            await self._in_flight.finished()

    async def _workspaces(self, make: Make, session: aiohttp.ClientSession) -> tuple[Workspaces, tuple[RouteDef, ...]]:
        config = self._config
        if config.client is None:
            bot, name = await identify(web_client(config.bot_token, config, session), config.bot_token)
            if lacking := missing(scopes_of(bot)):
                _log.warning(
                    "the bot token lacks scopes, so that some of it can't work: add %s under “OAuth & Permissions” "
                    "and install the app to the workspace again",
                    ", ".join(lacking),
                )
            _log.info("answering in the Slack workspace %s as %s", bot.team_name, name)
            return OneWorkspace(name_of(bot), make(bot, _RENEWAL)), ()
        sealed = self._backend.state.sealed
        if sealed is None:
            raise StartError("OVERHEARD_ENCRYPTION_KEY is not set; make one with `overheard key`")
        web = web_client("", config, session)
        await prove_client(config.client, web)
        try:
            await sealed.renew()
        except StateAwayError:
            pass  # logged by the state; it is tried again at each event
        except OverheardError as error:
            raise StartError(str(error)) from error
        installations = Installations(sealed)
        rotator = AsyncTokenRotator(client_id=config.client.id, client_secret=config.client.secret, client=web)
        rotation = Rotation(installations, rotator, self._backend.state.deliveries)
        _log.info("answering in every Slack workspace that installs the app, at %s", INSTALL_PATH)
        many = ManyWorkspaces(installations, rotation, self._backend.state.forgetting, make)
        return many, install_pages(config.client, web, installations, States(sealed))

    async def _errands(self, workspaces: Workspaces) -> None:
        async def tell(wish: Wish, answer: Answer) -> None:
            await tell_member(await workspaces.outbox_of(wish.member), wish, answer)

        async def post(post: Post) -> None:
            await send_post(await workspaces.outbox_of(post.place), post, self._backend.gaps.hint(post.place, COMMAND))

        answer = partial(answer_left_behind, workspaces)
        await self._backend.errands(workspaces.name, answer=answer, tell=tell, post=post)

    async def _trouble(self, workspaces: Workspaces) -> str | None:
        """Say why nobody would be answered now; None where all is well."""
        if workspaces.refused:
            return "Slack refuses the bot token"
        try:
            await self._backend.assistant.episodes(limit=1)
        except Exception as error:  # noqa: BLE001 - the edge: whatever broke, a load balancer hears of it
            _log.debug("the library can't be read", exc_info=error)
            return "the library can't be read"
        return None

    @contextlib.asynccontextmanager
    async def _connected(
        self, workspaces: Workspaces, pages: tuple[RouteDef, ...], session: aiohttp.ClientSession
    ) -> AsyncIterator[tuple[asyncio.Task[None], ...]]:
        """Let events in, by every way that is set up; yields what must go on running meanwhile."""
        async with contextlib.AsyncExitStack() as ways:
            if self._config.signing_secret is not None:
                http = HttpMode(workspaces, self._config, pages, partial(self._trouble, workspaces))
                ways.push_async_callback(http.close)
                await self._listen(http)
            if self._config.app_token is None:
                yield ()
                return
            web = web_client(self._config.app_token, self._config, session)
            on_lost = partial(self._backend.meter.reconnected, "slack")
            socket = SocketMode(workspaces, self._config.app_token, web, self._config, on_lost)
            ways.push_async_callback(socket.close)
            await self._connect(socket)
            watch = asyncio.create_task(socket.keep_alive(), name="Slack connection")
            ways.push_async_callback(_cancel, watch)
            yield (watch,)

    async def _listen(self, http: HttpMode) -> None:
        try:
            await http.start()
        except OSError as error:
            where = f"{self._config.host}:{self._config.port}"
            raise cannot_listen(where, error, "set SLACK_HOST and SLACK_PORT") from error

    async def _connect(self, socket: SocketMode) -> None:
        try:
            await socket.connect()
        except SlackApiError as error:
            where = "“Basic Information” under “App-Level Tokens”, it begins with xapp-, and turn Socket Mode on"
            raise _refused("SLACK_APP_TOKEN", self._config.api_url, error, where) from error
        except (WebSocketException, *OUT_OF_REACH) as error:
            raise _unreachable(self._config.api_url, error) from error


async def identify(web: AsyncWebClient, token: str) -> tuple[Bot, str]:
    """Prove the bot token; return who it belongs to, and the name of that user.

    Raises:
        StartError: Slack refuses it, or cannot be reached.
    """
    try:
        answer = await web.auth_test()
    except SlackApiError as error:
        where = "“OAuth & Permissions”, it begins with xoxb-"
        raise _refused("SLACK_BOT_TOKEN", web.base_url, error, where) from error
    except OUT_OF_REACH as error:
        raise _unreachable(web.base_url, error) from error
    if not answer.get("bot_id"):
        raise StartError("SLACK_BOT_TOKEN is a person's token; use the Bot User OAuth Token, which begins with xoxb-")
    bot = Bot(
        bot_token=token,
        bot_id=str(answer["bot_id"]),
        bot_user_id=str(answer["user_id"]),
        team_id=str(answer["team_id"]),
        team_name=str(answer.get("team", "")),
        bot_scopes=str(answer.headers.get("x-oauth-scopes", "")),
        installed_at=0.0,
    )
    return bot, str(answer.get("user", ""))


def _refused(setting: str, url: str, error: SlackApiError, where: str) -> StartError:
    return StartError(
        not_slack(url, error) or f"Slack refuses {setting} ({refusal(error)}); copy it again from {where}"
    )


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
