"""Where the app is installed: the bot token of each workspace, encrypted, and rotated before it expires.

Bolt's own stores and rotation, over `bot/port/sealed.py`. A workspace has one installation, and so has an organisation
that installed the app for all its workspaces; nothing is stored about the person who installed it.
"""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import json
import logging
import secrets
import time
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from slack_bolt.error import BoltError
from slack_sdk.errors import SlackTokenRotationError
from slack_sdk.oauth.installation_store import Bot, Installation
from slack_sdk.oauth.installation_store.async_installation_store import AsyncInstallationStore
from slack_sdk.oauth.state_store.async_state_store import AsyncOAuthStateStore
from slack_sdk.oauth.token_rotation.async_rotator import AsyncTokenRotator

from bot.port.errors import OverheardError
from bot.port.sealed import Sealed
from bot.port.state import Deliveries

from .web import OUT_OF_REACH, refusal

_log = logging.getLogger(__name__)

STATE_LASTS: Final = timedelta(minutes=10)
"""Time that somebody has to approve an installation."""

_AHEAD: Final = timedelta(hours=2)
"""Time before its expiry at which a token is rotated; tokens that expire last twelve hours."""
_EACH: Final = timedelta(minutes=1)
"""Time between two attempts to rotate a token."""
_LOOKS, _PAUSE = 20, 0.1
"""Number of checks, and seconds between them, for a token that another process is rotating."""


class Installations(AsyncInstallationStore):
    """Every workspace's installation."""

    def __init__(self, sealed: Sealed) -> None:
        self._sealed = sealed
        self._unwritten: dict[str, Bot] = {}

    async def async_save(self, installation: Installation) -> None:
        """Store an installation, without the installer's own data."""
        await self.async_save_bot(installation.to_bot())

    async def async_save_bot(self, bot: Bot) -> None:
        """Store the app's bot user in a workspace, with its token.

        Raises:
            BoltError: it isn't stored yet; this process tries again at the next `find`.
        """
        name = name_of(bot)
        self._unwritten[name] = bot
        try:
            await self._write(name)
        except OverheardError as error:
            raise BoltError(str(error)) from error

    async def find(self, name: str) -> Bot | None:
        """Find the app's bot user in a workspace or organisation.

        Raises:
            StateAwayError, SealedError: it can't be read.
        """
        if name in self._unwritten:
            await self._write(name)
        kept = await self._sealed.read(_kept_as(name))
        return None if kept is None else Bot(**json.loads(kept))

    async def delete(self, name: str) -> None:
        """Delete an installation; raises StateAwayError."""
        self._unwritten.pop(name, None)
        await self._sealed.delete(_kept_as(name))

    async def _write(self, name: str) -> None:
        bot = self._unwritten[name]
        await self._sealed.write(_kept_as(name), json.dumps(vars(bot)))
        if self._unwritten.get(name) is bot:
            del self._unwritten[name]


class States(AsyncOAuthStateStore):
    """One-time OAuth states, which prove that the person who returns from Slack is the one who was sent there."""

    def __init__(self, sealed: Sealed) -> None:
        self._sealed = sealed

    async def async_issue(self, *_: object, **__: object) -> str:
        """Make one; raises StateAwayError."""
        state = secrets.token_urlsafe(24)
        await self._sealed.write(_hashed(state), "", STATE_LASTS)
        return state

    async def async_consume(self, state: str) -> bool:
        """Whether a state was issued here, has not expired and was not used yet; raises StateAwayError."""
        return await self._sealed.delete(_hashed(state))


@dataclass(frozen=True, slots=True)
class Rotation:
    """Rotates tokens that expire: one process does it, while the old token is still valid."""

    _installations: Installations
    _rotator: AsyncTokenRotator
    _deliveries: Deliveries

    async def lasting(self, bot: Bot) -> Bot:
        """Return the bot with a token that lasts a while; unchanged if Slack doesn't issue one now."""
        looks = 0
        while bot.bot_refresh_token is not None and _lasts(bot) < _AHEAD.total_seconds():
            turn = int(time.time() / _EACH.total_seconds())
            if await self._deliveries.claim(f"slack/{name_of(bot)}/rotation/{bot.bot_token_expires_at}/{turn}"):
                return await self._rotated(bot)
            if _lasts(bot) > 0 or looks == _LOOKS:
                return bot
            looks += 1
            await asyncio.sleep(_PAUSE)
            bot = await self._installations.find(name_of(bot)) or bot
        return bot

    async def _rotated(self, bot: Bot) -> Bot:
        ahead = int(_AHEAD.total_seconds() / 60)
        try:
            rotated = await self._rotator.perform_bot_token_rotation(bot=bot, minutes_before_expiration=ahead)
        except SlackTokenRotationError as error:
            reason = refusal(error.api_error)
            _log.error("no new token for the workspace %s (%s); it may have to install again", name_of(bot), reason)
            return bot
        except OUT_OF_REACH as error:
            _log.warning("no new token for the workspace %s yet (%s)", name_of(bot), type(error).__name__)
            return bot
        if rotated is None:
            return bot
        with contextlib.suppress(BoltError):  # stored at the next `find`; the old token is invalid now
            await self._installations.async_save_bot(rotated)
        return rotated


def name_of(bot: Bot) -> str:
    """Name the workspace or organisation as `Origin.installation` does."""
    return (bot.enterprise_id if bot.is_enterprise_install else bot.team_id) or ""


def scopes_of(bot: Bot) -> frozenset[str]:
    """Return the scopes that were granted to a bot's token."""
    return frozenset(scope for each in bot.bot_scopes or () if (scope := str(each).strip()))


def _kept_as(name: str) -> str:
    return f"slack/installation/{name}"


def _hashed(state: str) -> str:
    return f"slack/state/{hashlib.sha256(state.encode(errors='replace')).hexdigest()}"


def _lasts(bot: Bot) -> float:
    return float("inf") if bot.bot_token_expires_at is None else bot.bot_token_expires_at - time.time()
