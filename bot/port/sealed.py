"""Secrets that survive a restart, such as the tokens of workspaces: texts under names, stored encrypted.

`bot/state` encrypts and stores them. No text and no key is ever logged.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Final, Protocol

from bot.port.errors import OverheardError

SEALED_LASTS: Final = timedelta(days=3650)
"""Default time to keep a secret after it was last written."""


class SealedError(OverheardError):
    """A secret was encrypted with a key that is no longer configured; the message says what to set."""


class Sealed(Protocol):
    """A store of secrets. Every method raises StateAwayError if the store can't be reached."""

    async def read(self, name: str) -> str | None:
        """Return the secret under a name; None if there is none, or it expired.

        Raises:
            SealedError: no key decrypts it.
        """

    async def write(self, name: str, text: str, lasts: timedelta = SEALED_LASTS) -> None:
        """Replace the secret under a name."""

    async def delete(self, name: str) -> bool:
        """Delete a secret; return whether it existed. Of several concurrent deletions, one returns true."""

    async def renew(self) -> None:
        """Encrypt with the first key all secrets that were encrypted with another one.

        Raises:
            SealedError: no key decrypts some of them.
        """
