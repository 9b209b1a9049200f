"""Secrets in the database, encrypted and authenticated by Fernet with the first key; see `bot/port/sealed.py`.

There is no fallback in memory. The encrypted text includes its name, so that a row can't be substituted for another.
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
    "OVERHEARD_ENCRYPTION_KEY does not decrypt the stored tokens: append the key that they were encrypted with, after "
    "a comma, or have the workspaces install the app again"
)

_NAMED = (sealed.c.name == bindparam("named"), sealed.c.goes_at > now())
_READ = select(sealed.c.text).where(*_NAMED)
_ALL = select(sealed.c.name, sealed.c.text).where(sealed.c.goes_at > now())
_WRITE = upsert(sealed, name=bindparam("named"), text=bindparam("hidden"), goes_at=now() + bindparam("lasts"))
_DELETE = delete(sealed).where(*_NAMED).returning(sealed.c.name)
# Only if it is unchanged: another process may have written something newer.
_RENEW = (
    update(sealed)
    .where(sealed.c.name == bindparam("named"), sealed.c.text == bindparam("before"))
    .values(text=bindparam("hidden"))
)


class StoredSealed:
    """Secrets that outlive a restart and are shared by processes with a common key."""

    def __init__(self, database: Database, keys: Sequence[str]) -> None:
        self._database = database
        self._first = Fernet(keys[0])
        self._keys = MultiFernet([Fernet(key) for key in keys])

    async def read(self, name: str) -> str | None:
        rows = await self._database.execute(_READ, {"named": name})
        return self._decrypt(name, str(rows[0].text)) if rows else None

    async def write(self, name: str, text: str, lasts: timedelta = SEALED_LASTS) -> None:
        values = {"named": name, "hidden": self._encrypt(name, text), "lasts": lasts.total_seconds()}
        await self._database.execute(_WRITE, values)

    async def delete(self, name: str) -> bool:
        return bool(await self._database.execute(_DELETE, {"named": name}))

    async def renew(self) -> None:
        unreadable = False
        for row in await self._database.execute(_ALL):
            with contextlib.suppress(InvalidToken):
                self._first.decrypt(row.text)
                continue
            try:
                hidden = self._encrypt(row.name, self._decrypt(row.name, row.text))
            except SealedError:
                unreadable = True
            else:
                await self._database.execute(_RENEW, {"named": row.name, "before": row.text, "hidden": hidden})
        if unreadable:
            raise SealedError(_OTHER_KEY)

    def _encrypt(self, name: str, text: str) -> str:
        return self._keys.encrypt(json.dumps([name, text]).encode()).decode()

    def _decrypt(self, name: str, hidden: str) -> str:
        try:
            of, text = json.loads(self._keys.decrypt(hidden))
        except InvalidToken as error:
            raise SealedError(_OTHER_KEY) from error
        if of != name:
            raise SealedError(f"the secret stored as {name} was encrypted as {of}; delete that row")
        return str(text)
