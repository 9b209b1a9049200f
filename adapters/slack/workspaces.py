"""Which workspace something came from, and so whose token and bot user it is answered with.

Brings each event to the listener of its own workspace; what comes from one that isn't known is left alone. What is
done with an event is the listener's business, where the app is installed that of `installations`.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Final, TypeAlias

from slack_bolt.async_app import AsyncApp, AsyncBoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.errors import SlackApiError
from slack_sdk.oauth.installation_store import Bot
from slack_sdk.web.async_client import AsyncWebClient

from bot.port.errors import OverheardError
from bot.port.forgetting import Forgetters
from bot.port.posts import NotSentError
from bot.port.seen import Once, Recent

from .incoming import Origin, Payload, origin
from .installations import Installations, Rotation, scopes_of
from .manifest import INSTALL_PATH
from .outbox import Outbox
from .web import OUT_OF_REACH, TOKEN_REFUSED, refusal

_log = logging.getLogger(__name__)

_FRESH: Final = 10.0
"""Seconds for which what was read of an installation is not read again."""
_MOST: Final = 1_000
"""Workspaces whose listeners are kept; they are made again in a few milliseconds."""


@dataclass(frozen=True, slots=True)
class Workspace:
    """What answers in a workspace, or in all workspaces of an organisation that installed the app as a whole.

    Attributes:
        bot: the app's own user there.
        scopes: what its token allows.
    """

    bot: str
    scopes: frozenset[str]
    web: AsyncWebClient
    outbox: Outbox
    app: AsyncApp


Make: TypeAlias = Callable[[Bot, str], Workspace]
"""Makes the workspace of a bot, given what to do once Slack refuses its token."""


class Workspaces:
    """All that this process answers in.

    Attributes:
        name: what the names of all that belongs to them begin with.
    """

    name: str

    def __init__(self) -> None:
        self._strange = Once(remembered=1000)

    @property
    def refused(self) -> bool:
        """Whether Slack answers nothing any more, as the token is none."""
        return False

    async def async_dispatch(self, req: AsyncBoltRequest) -> BoltResponse:
        """Hand something that came on to its workspace; leave alone what comes from one that isn't known."""
        came_from = origin(req.body)
        if (workspace := await self._of(came_from)) is not None:
            return await workspace.app.async_dispatch(req)
        if came_from.installation and self._strange.first(came_from.installation):
            where = came_from.name
            _log.warning("ignoring what comes from the Slack workspace %s: the app isn't installed there", where)
        return BoltResponse(status=HTTPStatus.OK)

    async def outbox_of(self, name: str) -> Outbox:
        """Return what sends to a member or a channel of this name.

        Raises:
            NotSentError: the app isn't installed there any more.
            OverheardError: that can't be looked up at the moment.
        """
        # Such a name is slack/T1/U1, with what the app is installed in.
        _, _, whole = name.partition("/")
        installed_in = whole.partition("/")[0]
        if not installed_in or (workspace := await self._of(Origin(installed_in))) is None:
            raise NotSentError(f"no token is known for {name}")
        return workspace.outbox

    async def _of(self, came_from: Origin) -> Workspace | None:
        raise NotImplementedError


class OneWorkspace(Workspaces):
    """The one that the bot token belongs to."""

    def __init__(self, team: str, workspace: Workspace) -> None:
        super().__init__()
        self.name = f"slack/{team}"
        self._team = team
        self._workspace = workspace

    @property
    def refused(self) -> bool:
        """Whether Slack refused the token when it was used last."""
        return self._workspace.outbox.refused

    async def _of(self, came_from: Origin) -> Workspace | None:
        ours = not came_from.team or self._team in (came_from.team, came_from.organisation)
        return self._workspace if ours else None


@dataclass(frozen=True, slots=True)
class _Known:
    read_at: float
    workspace: Workspace


class ManyWorkspaces(Workspaces):
    """Every workspace that has installed the app."""

    name = "slack"

    def __init__(
        self,
        installations: Installations,
        rotation: Rotation,
        forgetters: Forgetters,
        make: Make,
    ) -> None:
        super().__init__()
        self._installations = installations
        self._rotation = rotation
        self._forgetters = forgetters
        self._make = make
        self._known: Recent[str, _Known] = Recent(_MOST)
        self._unread = Once(remembered=1000)

    async def async_dispatch(self, req: AsyncBoltRequest) -> BoltResponse:
        """Hand something that came on to its workspace, or forget the workspace if that is what it says."""
        try:
            if _says_goodbye(req.body):
                return await self._forget(origin(req.body))
            return await super().async_dispatch(req)
        except OverheardError as error:
            if self._unread.first(str(error)):
                _log.error("what comes from a Slack workspace has to come again: %s", error)
            return BoltResponse(status=HTTPStatus.SERVICE_UNAVAILABLE)  # Slack delivers it again

    async def _of(self, came_from: Origin) -> Workspace | None:
        installation = came_from.installation
        known = self._known.get(installation)
        if known is not None and time.monotonic() - known.read_at < _FRESH:
            return known.workspace
        try:
            bot = await self._installations.find(installation) if installation else None
            bot = None if bot is None else await self._rotation.lasting(bot)
        except OverheardError:
            if known is None:
                raise
            return known.workspace
        if bot is None or bot.bot_token is None:
            self._known.pop(installation, None)
            return None
        if known is not None and (known.workspace.bot, known.workspace.scopes) == (bot.bot_user_id, scopes_of(bot)):
            workspace = known.workspace
            workspace.web.token = bot.bot_token  # what is under way goes on with it
        else:
            installed_in = bot.team_id or bot.enterprise_id
            renewal = f"the workspace {installed_in} has to install the app again, at {INSTALL_PATH}"
            workspace = self._make(bot, renewal)
        self._known[installation] = _Known(time.monotonic(), workspace)
        return workspace

    async def _forget(self, came_from: Origin) -> BoltResponse:
        """Forget a workspace and all that is kept of it, unless it has installed the app again since."""
        name, workspace = came_from.installation, await self._of(came_from)
        if not name or (workspace is not None and not await _is_refused(workspace.web)):
            return BoltResponse(status=HTTPStatus.OK)
        self._known.pop(name, None)
        await self._installations.delete(name)
        await self._forgetters.forget(f"{self.name}/{name}")
        _log.info("the Slack workspace %s has removed the app; what was kept of it is deleted", name)
        return BoltResponse(status=HTTPStatus.OK)


def _says_goodbye(body: Payload) -> bool:
    match body.get("event"):
        case {"type": "app_uninstalled"} | {"type": "tokens_revoked", "tokens": {"bot": [_, *_]}}:
            return True
        case _:
            return False


async def _is_refused(web: AsyncWebClient) -> bool:
    """Whether a token is none any more; what Slack says late, once and again, may be old news."""
    try:
        await web.auth_test()
    except OUT_OF_REACH as error:
        reason = refusal(error) if isinstance(error, SlackApiError) else type(error).__name__
        if reason in TOKEN_REFUSED:
            return True
        raise OverheardError(f"Slack doesn't say whether the app is still installed ({reason})") from error
    return False
