"""What an import asks of the network: one address at a time, within limits.

Values and one protocol. Time-outs, retries, redirects and politeness are up to the implementation.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol


class Reach(StrEnum):
    """Which hosts an address may lead to, redirects included.

    A feed is a stranger's file: what it links to must not reach into the network that the import runs in. Addresses
    that a person typed may, as may a feed's further pages at the host that was typed; but where a host redirects them
    to another one, that is a stranger's wish again.
    """

    PUBLIC = "public"
    TYPED = "typed"
    ANYWHERE = "anywhere"


@dataclass(frozen=True, slots=True)
class Version:
    """A file's ETag and Last-Modified, to ask later whether it has changed."""

    etag: str | None = None
    modified: str | None = None


@dataclass(frozen=True, slots=True)
class Fetched:
    """A file: its bytes, unpacked, and its media type in lower case, "" where the server gives none."""

    data: bytes
    type: str = ""
    version: Version = Version()


class WebError(Exception):
    """A file that could not be fetched; the message says why, to follow the word "skipped"."""


class UnchangedError(WebError):
    """A file that still is what it was in the version asked about."""


class Web(Protocol):
    """Fetches files."""

    async def get(self, url: str, *, most: int, reach: Reach, known: Version | None = None) -> Fetched:
        """Fetch one file of at most `most` bytes, unpacked.

        Raises:
            UnchangedError: it still is what it was in the version that is known.
            WebError: it can't be fetched, or must not be.
        """
