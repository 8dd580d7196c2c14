"""Where a server is: the base URL a user gives, and the places derived from it (contract section 1)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias
from urllib.parse import quote, urljoin, urlsplit

from oxen_tui.api.errors import Unreachable

Origin: TypeAlias = tuple[str, str, int]
"""Scheme, host in lower case, port."""

_PORTS = {"http": 80, "https": 443}


def origin_of(url: str) -> Origin | None:
    """The origin of an http or https URL; None for anything else."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return None
    if parts.scheme not in _PORTS or not parts.hostname:
        return None
    return parts.scheme, parts.hostname.lower(), port or _PORTS[parts.scheme]


def joined(url: str, location: str) -> str:
    """Where a redirect from `url` leads; "" if it says nothing usable."""
    try:
        return urljoin(url, location) if location else ""
    except ValueError:
        return ""


@dataclass(frozen=True, slots=True)
class Address:
    """A server's address."""

    base: str
    """Where the inference calls are, such as https://hub.oxen.ai/api/ai. No slash at the end."""
    root: str
    """Where events, users and repositories are: the base without its last `/ai`. The base itself elsewhere."""
    origin: Origin
    """The only place the key is sent to."""

    @classmethod
    def parse(cls, url: str) -> Address:
        """Reads what a user typed or pasted.

        Raises:
            Unreachable: for what is no http or https URL.
        """
        base = url.strip().split("#")[0].split("?")[0].rstrip("/").removesuffix("/chat/completions").rstrip("/")
        origin = origin_of(base)
        if origin is None:
            raise Unreachable(
                title="Not a usable address",
                advice="The base URL begins with http:// or https://, such as https://hub.oxen.ai/api/ai.",
                may_retry=False,
            )
        return cls(base, base.removesuffix("/ai"), origin)

    @property
    def host(self) -> str:
        """The host, with its port where it is an odd one. For messages."""
        scheme, host, port = self.origin
        return host if port == _PORTS[scheme] else f"{host}:{port}"

    @property
    def is_loopback(self) -> bool:
        """Whether the server is on this machine, where no proxy leads."""
        host = self.origin[1]
        return host in ("localhost", "::1") or host.startswith("127.")


def segment(name: str) -> str:
    """A name (a model's id) as one segment of a path. "" for names that would be another path: `.` and `..`."""
    return "" if not name.strip(".") else quote(name, safe="")
