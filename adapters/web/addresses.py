"""Decides which hosts a feed's links may lead to: none in the private network that the import runs in.

Addresses are checked when connecting, so that a name can't resolve to one address for the check and to another for the
connection.
"""

from __future__ import annotations

import socket
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import Final

from aiohttp import AddrInfoType

_TRANSLATED: Final = IPv6Network("64:ff9b::/96")
"""IPv4 addresses behind a NAT64 gateway: https://www.rfc-editor.org/rfc/rfc6052"""
_UNICAST: Final = IPv6Network("2000::/3")
"""The IPv6 addresses assigned to hosts on the internet: https://www.iana.org/assignments/ipv6-address-space"""
_NOBODYS: Final = (
    IPv6Network("2001::/32"),  # Teredo: an obsolete tunnel, which may end anywhere
    IPv6Network("2002::/16"),  # 6to4: likewise
    IPv6Network("2001:db8::/32"),  # documentation
    IPv6Network("3fff::/20"),  # documentation
)
"""Exceptions in that range; not every version of Python knows all of them."""


class PrivateAddressError(OSError):
    """A host that is not on the public internet."""


def is_public(address: str) -> bool:
    """Return whether an IP address, perhaps IPv4 written as IPv6, is on the public internet."""
    try:
        parsed: IPv4Address | IPv6Address = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(parsed, IPv6Address):
        wrapped = IPv4Address(int(parsed) & 0xFFFFFFFF) if parsed in _TRANSLATED else parsed.ipv4_mapped
        if wrapped is None and (parsed not in _UNICAST or any(parsed in network for network in _NOBODYS)):
            return False
        parsed = wrapped or parsed
    return parsed.is_global and not parsed.is_multicast


def public_socket(info: AddrInfoType) -> socket.socket:
    """Create a socket for a connection to an address.

    Raises:
        PrivateAddressError: it is not public.
    """
    family, kind, protocol, _, (host, *_) = info
    if not is_public(str(host)):
        raise PrivateAddressError("not on the public internet")
    return socket.socket(family, kind, protocol)
