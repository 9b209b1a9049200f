"""An address to listen on, as an operator writes it, and whether others can reach it.

What listens there, an adapter knows.
"""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass

from bot.port.errors import UsageError

_WRITTEN = re.compile(r"(?:\[(?P<six>[0-9a-fA-F:.]+)\]|(?P<host>[^\s:\[\]/@]+)):(?P<port>[0-9]{1,5})", re.ASCII)
_LAST_PORT = 65_535


@dataclass(frozen=True, slots=True)
class Address:
    """A host and a port of this machine.

    Attributes:
        port: 0 for any that is free.
    """

    host: str
    port: int

    @classmethod
    def read(cls, text: str) -> Address:
        """Read HOST:PORT, where an IPv6 host stands in brackets.

        Raises:
            UsageError: it is not that.
        """
        written = _WRITTEN.fullmatch(text.strip())
        if written is None or int(written["port"]) > _LAST_PORT:
            raise UsageError("write the address as HOST:PORT, such as 127.0.0.1:8080 or [::1]:8080")
        return cls(written["six"] or written["host"], int(written["port"]))

    @property
    def is_private(self) -> bool:
        """Whether this machine alone can reach it."""
        if self.host.casefold() == "localhost":
            return True
        try:
            return ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return False

    def __str__(self) -> str:
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"


def is_local_host(header: str) -> bool:
    """Whether a request's Host header names this machine as only programs on it would.

    A page on the web may have its own name lead to 127.0.0.1; the header still has that name.
    """
    try:
        return Address.read(header if re.search(r":\d+$", header) else f"{header}:80").is_private
    except UsageError:
        return False
