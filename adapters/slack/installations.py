"""Where the app is installed: each workspace's bot token, kept encrypted and renewed before it is worthless.

Bolt's own stores and rotation, over `bot/port/sealed.py`. A workspace has one installation, an organisation that
installed the app for all its workspaces likewise; whoever installed it leaves nothing of their own.
"""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import json
import logging
import secrets
import time
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
"""How long somebody may take to allow an installation."""

_AHEAD: Final = timedelta(hours=2)
"""How long before its end a token is replaced; those that expire last for twelve hours."""
_EACH: Final = timedelta(minutes=1)
"""The time between two tries to replace one."""
_LOOKS, _PAUSE = 20, 0.1
"""Looks, and seconds between them, for what another process is just replacing."""


class Installations(AsyncInstallationStore):
    """Every workspace's installation."""

    def __init__(self, sealed: Sealed) -> None:
        self._sealed = sealed
        self._unwritten: dict[str, Bot] = {}

    async def async_save(self, installation: Installation) -> None:
        """Keep an installation, without what is the installer's own."""
        await self.async_save_bot(installation.to_bot())

    async def async_save_bot(self, bot: Bot) -> None:
        """Keep the app's own user in a workspace, with its token.

        Raises:
            BoltError: it is not kept now, and will be at the next look for it if this process still runs.
        """
        name = name_of(bot)
        self._unwritten[name] = bot
        try:
            await self._write(name)
        except OverheardError as error:
            raise BoltError(str(error)) from error

    async def find(self, name: str) -> Bot | None:
        """Find the app's own user where it is installed.

        Raises:
            StateAwayError, SealedError: it can't be read.
        """
        if name in self._unwritten:
            await self._write(name)
        kept = await self._sealed.read(_kept_as(name))
        return None if kept is None else Bot(**json.loads(kept))

    async def delete(self, name: str) -> None:
        """Forget an installation; raises StateAwayError."""
        self._unwritten.pop(name, None)
        await self._sealed.delete(_kept_as(name))

    async def _write(self, name: str) -> None:
        bot = self._unwritten[name]
        await self._sealed.write(_kept_as(name), json.dumps(vars(bot)))
        if self._unwritten.get(name) is bot:
            del self._unwritten[name]


class States(AsyncOAuthStateStore):
    """Proof that the person who comes back from Slack is the one who was sent there: each is good once."""

    def __init__(self, sealed: Sealed) -> None:
        self._sealed = sealed

    async def async_issue(self, *_: object, **__: object) -> str:
        """Make one; raises StateAwayError."""
        state = secrets.token_urlsafe(24)
        await self._sealed.write(_hashed(state), "", STATE_LASTS)
        return state

    async def async_consume(self, state: str) -> bool:
        """Whether it was made here, not too long ago, and not used yet; raises StateAwayError."""
        return await self._sealed.delete(_hashed(state))


class Rotation:
    """Replaces tokens that expire: one of all processes does it, while the old token is still good."""

    def __init__(self, installations: Installations, rotator: AsyncTokenRotator, deliveries: Deliveries) -> None:
        self._installations = installations
        self._rotator = rotator
        self._deliveries = deliveries

    async def lasting(self, bot: Bot) -> Bot:
        """Return the bot with a token that lasts a while; as it is, where Slack gives none now."""
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
        with contextlib.suppress(BoltError):  # written at the next look for it; the old one is good for nothing now
            await self._installations.async_save_bot(rotated)
        return rotated


def name_of(bot: Bot) -> str:
    """Name what the app is installed in, as `Origin.installation` does."""
    return (bot.enterprise_id if bot.is_enterprise_install else bot.team_id) or ""


def scopes_of(bot: Bot) -> frozenset[str]:
    """Return what a bot's token allows, as it was granted."""
    return frozenset(str(scope).strip() for scope in bot.bot_scopes or ())


def _kept_as(name: str) -> str:
    return f"slack/installation/{name}"


def _hashed(state: str) -> str:
    return f"slack/state/{hashlib.sha256(state.encode(errors='replace')).hexdigest()}"


def _lasts(bot: Bot) -> float:
    """Seconds for which a token is good."""
    return float("inf") if bot.bot_token_expires_at is None else bot.bot_token_expires_at - time.time()
