"""Whether a web address leads into the public net, and to which IP address exactly."""

from __future__ import annotations

import asyncio
import ipaddress
import socket
from collections.abc import Awaitable, Callable
from typing import TypeAlias

Look: TypeAlias = Callable[[str, int], Awaitable[list[str]]]
"""The IP addresses of a host, for a port.

Raises:
    OSError: It has none.
"""


class NotPublic(Exception):
    """It leads to this machine, its network, or nowhere. Its words say so."""


async def look_up(host: str, port: int) -> list[str]:
    """Asks the machine's own resolver."""
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


async def public_address(host: str, port: int, scheme: str, *, private: bool, look: Look = look_up) -> str:
    """The IP address to connect to; "" where a proxy of the user's looks up names.

    Args:
        host: Name or literal address.
        port: Of it.
        scheme: http or https.
        private: Whether addresses of this machine and its network are allowed.
        look: Looks a name up.

    Raises:
        NotPublic: The name has no address, or any of its addresses is none of the public net.
    """
    literal = _address(host)
    if literal is not None:
        _check(host, [literal], private)
        return host
    if host.rstrip(".").rpartition(".")[2] in ("localhost", "local", "internal") and not private:
        raise NotPublic(f"{host} is a name of a private network")
    if _behind_proxy(host, scheme):
        return ""
    try:
        found = await look(host, port)
    except (OSError, UnicodeError) as error:
        raise NotPublic(f"{host} has no address") from error
    addresses = [address for each in found if (address := _address(each)) is not None]
    if not addresses:
        raise NotPublic(f"{host} has no address")
    # All of them: a name with one public and one private address is how private ones are reached.
    _check(host, addresses, private)
    return str(addresses[0])


def _check(host: str, addresses: list[ipaddress.IPv4Address | ipaddress.IPv6Address], private: bool) -> None:
    for address in addresses:
        inner = getattr(address, "ipv4_mapped", None) or getattr(address, "sixtofour", None) or address
        if not private and (not inner.is_global or inner.is_multicast or not address.is_global):
            raise NotPublic(f"{host} is an address of this machine or of a private network")


def _address(text: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return None


def _behind_proxy(host: str, scheme: str) -> bool:
    import urllib.request

    proxies = urllib.request.getproxies()
    return bool(proxies.get(scheme) or proxies.get("all")) and not urllib.request.proxy_bypass(host)
