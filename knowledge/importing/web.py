"""What an import needs from the network: a protocol for fetching one file within limits.

Values and a protocol. Timeouts, retries, redirects and rate limits are up to the implementation.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol


class Reach(StrEnum):
    """Which hosts an address may lead to, redirects included.

    A feed is untrusted: its links must not reach into the network that the import runs in. Addresses that a person
    typed may, as may a feed's further pages at the typed host, but not redirects to another host.
    """

    PUBLIC = "public"
    TYPED = "typed"
    ANYWHERE = "anywhere"


@dataclass(frozen=True, slots=True)
class Version:
    """A file's ETag and Last-Modified, for conditional requests."""

    etag: str | None = None
    modified: str | None = None


@dataclass(frozen=True, slots=True)
class Fetched:
    """A file: its decompressed bytes, and its media type in lower case, "" if the server gives none."""

    data: bytes
    type: str = ""
    version: Version = Version()


class WebError(Exception):
    """A file that could not be fetched; the message says why, to follow the word "skipped"."""


class UnchangedError(WebError):
    """A file that has not changed since the known version."""


class Web(Protocol):
    """Fetches files."""

    async def get(self, url: str, *, most: int, reach: Reach, known: Version | None = None) -> Fetched:
        """Fetch one file of at most `most` bytes after decompression.

        Raises:
            UnchangedError: it has not changed since the version `known`.
            WebError: it can't be fetched, or must not be.
        """
