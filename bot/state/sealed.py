"""Secrets in the database, see `bot/port/sealed.py`: encrypted and signed by Fernet, with the first of the keys.

There is no memory to fall back on. What is encrypted holds its name as well, so that no row passes for another.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from sqlalchemy import bindparam, delete, select, update

from bot.port.sealed import SEALED_LASTS, SealedError
from bot.state.database import Database
from bot.state.tables import now, sealed, upsert

_OTHER_KEY: Final = (
    "OVERHEARD_ENCRYPTION_KEY does not open the tokens that are kept: put the key that they were encrypted with after "
    "it, with a comma between, or have the workspaces install the app again"
)

_NAMED = (sealed.c.name == bindparam("named"), sealed.c.goes_at > now())
_READ = select(sealed.c.text).where(*_NAMED)
_ALL = select(sealed.c.name, sealed.c.text).where(sealed.c.goes_at > now())
_WRITE = upsert(sealed, name=bindparam("named"), text=bindparam("hidden"), goes_at=now() + bindparam("lasts"))
_DELETE = delete(sealed).where(*_NAMED).returning(sealed.c.name)
# As it was read: another process may have written something newer since.
_RENEW = (
    update(sealed)
    .where(sealed.c.name == bindparam("named"), sealed.c.text == bindparam("before"))
    .values(text=bindparam("hidden"))
)


class StoredSealed:
    """Secrets that outlive a restart and are shared by processes that have a key in common."""

    def __init__(self, database: Database, keys: Sequence[str]) -> None:
        self._database = database
        self._first = Fernet(keys[0])
        self._keys = MultiFernet([Fernet(key) for key in keys])

    async def read(self, name: str) -> str | None:
        """Return what is kept under a name."""
        rows = await self._database.execute(_READ, {"named": name})
        return self._opened(name, str(rows[0].text)) if rows else None

    async def write(self, name: str, text: str, lasts: timedelta = SEALED_LASTS) -> None:
        """Keep a text in place of the one before."""
        values = {"named": name, "hidden": self._hidden(name, text), "lasts": lasts.total_seconds()}
        await self._database.execute(_WRITE, values)

    async def delete(self, name: str) -> bool:
        """Forget it; whether it was there."""
        return bool(await self._database.execute(_DELETE, {"named": name}))

    async def renew(self) -> None:
        """Encrypt with the first key what was encrypted with another one."""
        unreadable = False
        for row in await self._database.execute(_ALL):
            with contextlib.suppress(InvalidToken):
                self._first.decrypt(row.text)
                continue
            try:
                hidden = self._hidden(row.name, self._opened(row.name, row.text))
            except SealedError:
                unreadable = True
            else:
                await self._database.execute(_RENEW, {"named": row.name, "before": row.text, "hidden": hidden})
        if unreadable:
            raise SealedError(_OTHER_KEY)

    def _hidden(self, name: str, text: str) -> str:
        return self._keys.encrypt(json.dumps([name, text]).encode()).decode()

    def _opened(self, name: str, hidden: str) -> str:
        try:
            of, text = json.loads(self._keys.decrypt(hidden))
        except InvalidToken as error:
            raise SealedError(_OTHER_KEY) from error
        if of != name:
            raise SealedError(f"what is kept as {name} was written as something else; delete that row")
        return str(text)
