"""Which hosts may be asked: none in the network that the import runs in, whatever a feed links to.

Addresses are checked where they are connected to, so that a name can't show one address to a check and another one to
the connection.
"""

from __future__ import annotations

import socket
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import Final

from aiohttp import AddrInfoType

_TRANSLATED: Final = IPv6Network("64:ff9b::/96")
"""IPv4 addresses behind a NAT64 gateway: https://www.rfc-editor.org/rfc/rfc6052"""
_UNICAST: Final = IPv6Network("2000::/3")
"""All of IPv6 that is given to hosts on the internet: https://www.iana.org/assignments/ipv6-address-space"""
_NOBODYS: Final = (
    IPv6Network("2001::/32"),  # Teredo, and 6to4 below: tunnels that end anywhere, and serve nobody any more
    IPv6Network("2002::/16"),
    IPv6Network("2001:db8::/32"),  # documentation, and so is the next
    IPv6Network("3fff::/20"),
)
"""Within it, what leads to no host of its own; not every Python knows all of them."""


class PrivateAddressError(OSError):
    """A host that is not on the public internet."""


def is_public(address: str) -> bool:
    """Say whether an IP address is on the public internet, also an IPv4 address written as IPv6."""
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
    """Open a socket for a connection to an address.

    Raises:
        PrivateAddressError: it is not public.
    """
    family, kind, protocol, _, (host, *_) = info
    if not is_public(str(host)):
        raise PrivateAddressError("not on the public internet")
    return socket.socket(family, kind, protocol)
