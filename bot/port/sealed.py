"""Secrets that outlive a restart, such as the tokens of workspaces: text under a name, encrypted where it is kept.

How and where is `bot/state`'s business, what a text says its writer's. No text and no key is ever logged.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Final, Protocol

from bot.port.errors import OverheardError

SEALED_LASTS: Final = timedelta(days=3650)
"""How long a secret is kept after it was last written, unless its writer says otherwise."""


class SealedError(OverheardError):
    """A secret was encrypted with a key that isn't there any more; the message says what to set."""


class Sealed(Protocol):
    """Every method raises StateAwayError where what is kept cannot be reached."""

    async def read(self, name: str) -> str | None:
        """Return what is kept under a name; None where nothing is, or not any more.

        Raises:
            SealedError: none of the keys opens it.
        """

    async def write(self, name: str, text: str, lasts: timedelta = SEALED_LASTS) -> None:
        """Keep a text in place of the one before."""

    async def delete(self, name: str) -> bool:
        """Forget it; whether it was there. Of several that delete the same at once, one gets true."""

    async def renew(self) -> None:
        """Encrypt with the first key what was encrypted with another one.

        Raises:
            SealedError: none of the keys opens some of it.
        """
