"""The address of a server: checked, brought to one form, and the origin to which a key belongs."""

from __future__ import annotations

import contextlib
import ipaddress
import re
from typing import Final
from urllib.parse import SplitResult, urlsplit

from oxen_tui.safe_text import clean_line
from oxen_tui.settings import DEMO_PROFILE, OXEN_PROFILE
from oxen_tui.setup_error import SetupError

OXEN_BASE_URL: Final = "https://hub.oxen.ai/api/ai"
"""Where Oxen.ai's inference API is (contract section 1)."""

_EXAMPLE = "It is the address before /chat/completions, such as http://127.0.0.1:8080/v1."
_USUAL_PORTS = {"http": 80, "https": 443}


class BaseUrlError(SetupError):
    """What was given as the address of a server is none. Never holds a password that was in it."""


def normalised(text: str, where: str) -> str:
    """A base URL in one form: small letters in scheme and host, no usual port, no slash at the end.

    An endpoint that was pasted whole (`.../chat/completions`) is cut back to its base.

    Args:
        text: As the user wrote it.
        where: Who says so (`OXEN_BASE_URL`, a profile), for the error.

    Raises:
        BaseUrlError: It is no http or https address, or holds a name and password, a query or a fragment.
    """
    text = text.strip()
    shown = clean_line(text, 100)
    parts = _split(text)
    if parts is None or " " in text or not text.isprintable():
        raise BaseUrlError(f"{where} is no address: {shown}", _EXAMPLE)
    if "@" in parts.netloc:
        raise BaseUrlError(
            f"{where} holds a name or password",
            "Take it out of the address: a key is given apart, with OXEN_API_KEY.",
        )
    if parts.query or parts.fragment:
        raise BaseUrlError(f"{where} has something after the path (? or #)", _EXAMPLE)
    if parts.scheme not in _USUAL_PORTS:
        raise BaseUrlError(f"{where} does not begin with http:// or https://: {shown}", _EXAMPLE)
    if not parts.hostname:
        raise BaseUrlError(f"{where} names no host: {shown}", _EXAMPLE)
    path = parts.path.rstrip("/").removesuffix("/chat/completions").rstrip("/")
    return origin_of(text) + path


def base_url_of_host(text: str, where: str) -> str:
    """The base URL of a host as other Oxen programs read `OXEN_HOST` (contract section 1).

    http for this machine or an odd port, else https; `/api/ai` is appended. A scheme in front is kept.

    Raises:
        BaseUrlError: It is no host.
    """
    text = text.strip().rstrip("/")
    if "://" in text:
        return normalised(f"{text}/api/ai", where)
    parts = _split(f"//{text}")
    if parts is None or parts.path or not parts.hostname:
        raise BaseUrlError(
            f"{where} is no host: {clean_line(text, 100)}", "It is a host and perhaps a port, hub.oxen.ai."
        )
    plain = is_loopback(parts.hostname) or parts.port not in (None, 443)
    return normalised(f"{'http' if plain else 'https'}://{text}/api/ai", where)


def origin_of(base_url: str) -> str:
    """Scheme, host and port of a URL, as a key belongs to it: `https://hub.oxen.ai`, the usual port left out."""
    return f"{urlsplit(base_url).scheme}://{host_of(base_url)}"


def host_of(base_url: str) -> str:
    """Host and port, the usual port left out: `hub.oxen.ai`, `127.0.0.1:8080`."""
    parts = urlsplit(base_url)
    host = parts.hostname or ""
    host = f"[{host}]" if ":" in host else host
    return host if parts.port in (None, _USUAL_PORTS.get(parts.scheme)) else f"{host}:{parts.port}"


def name_of(base_url: str) -> str:
    """Host and port as the name of a profile and of a file: `127.0.0.1-8080`. Different hosts, different names."""
    host = host_of(base_url).replace("[", "v6.").replace("]", "")
    name = re.sub(r"[^a-z0-9._-]", "-", host if host.isascii() else host.encode("idna").decode())
    return f"{name}.host" if name in (DEMO_PROFILE, OXEN_PROFILE) else name


def is_unencrypted(base_url: str) -> bool:
    """Whether a key sent there can be read on the way."""
    parts = urlsplit(base_url)
    return parts.scheme != "https" and not is_loopback(parts.hostname or "")


def is_loopback(host: str) -> bool:
    """Whether a host is this machine."""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    with contextlib.suppress(ValueError):
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    return False


def _split(text: str) -> SplitResult | None:
    try:
        parts = urlsplit(text)
        if not (parts.hostname or "").isascii():
            (parts.hostname or "").encode("idna")
        return None if parts.port == 0 else parts
    except ValueError:  # a bracket without its pair, a port that is no number, letters that no host may have
        return None
