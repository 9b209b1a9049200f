"""What serving over HTTP takes, with the limits that nobody has had to change yet.

Where it comes from is the composition root's business.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from bot.port.addresses import Address


@dataclass(frozen=True, slots=True)
class HttpConfig:
    """All of it.

    Attributes:
        token: what a request has to bring; None for nothing, which is for loopback alone.
        at_once: requests that are worked on or wait at the same time.
        within: how long an answer may take.
        largest: bytes of a request's body.
        sending: how long a request may take to arrive.
    """

    address: Address
    version: str
    token: str | None = None
    at_once: int = 16
    within: timedelta = timedelta(seconds=30)
    largest: int = 64 * 1024
    sending: timedelta = timedelta(seconds=10)
