"""From the network library's exceptions to ours.

Ours are made here and raised by the caller outside of its `except`, so that they carry no context: the frames of the
other exception hold the headers of the request, and the key in them.
"""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterator

import httpx

from oxen_tui.api.errors import ApiError, CutOff, NotAnApi, TimedOut, Unreachable

NETWORK_ERRORS = (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError, ssl.SSLError, UnicodeError)
"""All that sending a request or reading an answer raises. SSLError comes through unmapped when a record in mid-answer
is bad; UnicodeError is what the name lookup makes of a host name with an empty or too long part."""


def trouble_of(error: Exception, host: str) -> ApiError:
    """Our error for one of `NETWORK_ERRORS`."""
    match error:
        case httpx.ConnectTimeout():
            return Unreachable(title=f"No connection to {host} in time")
        case httpx.PoolTimeout():
            return Unreachable(title="Too many requests under way", advice="Wait for some of them to end.")
        case httpx.ConnectError():
            return _unconnected(error, host)
        case httpx.ProxyError():
            return Unreachable(title="The proxy refused", advice="Check HTTP_PROXY, HTTPS_PROXY and ALL_PROXY.")
        case httpx.TimeoutException():
            return TimedOut(title=f"No answer from {host} in time")
        case httpx.InvalidURL() | httpx.UnsupportedProtocol() | UnicodeError():
            return Unreachable(title="Not a usable address", advice="Check the URL.", may_retry=False)
        case httpx.LocalProtocolError():
            return Unreachable(title="The request could not be written", may_retry=False)
        case httpx.DecodingError():
            return NotAnApi(title="The answer could not be unpacked")
        case httpx.RemoteProtocolError() if str(error).startswith("Server disconnected"):
            return CutOff(
                title=f"{host} closed the connection", advice="It gave no answer: check the address, or try again."
            )
        case httpx.RemoteProtocolError() if not str(error).startswith("peer closed"):
            return NotAnApi(title=f"{host} does not speak HTTP")
    return CutOff()


def proxy_trouble(error: ImportError | ValueError) -> ApiError:
    """For proxies in the environment that cannot be used: an unknown scheme, or SOCKS without its package."""
    if isinstance(error, ImportError):
        advice = 'For a SOCKS proxy, install "httpx[socks]"; or unset ALL_PROXY.'
    else:
        advice = "Check HTTP_PROXY, HTTPS_PROXY and ALL_PROXY: they begin with http:// or socks5://."
    return Unreachable(title="The proxy cannot be used", advice=advice, may_retry=False)


def _unconnected(error: Exception, host: str) -> ApiError:
    for cause in _causes(error):
        match cause:
            case socket.gaierror():
                return Unreachable(
                    title=f"No such host: {host}", advice="Check the address, or the network if it is right."
                )
            case ConnectionRefusedError():
                return Unreachable(
                    title=f"{host} refused the connection", advice="Is the server running? Check address and port."
                )
            case ssl.SSLCertVerificationError():
                return Unreachable(
                    title=f"The certificate of {host} is not trusted",
                    advice="Check address and clock; SSL_CERT_FILE names a certificate of the server's own.",
                    may_retry=False,
                )
            case ssl.SSLError():
                return Unreachable(
                    title=f"No secure connection to {host}",
                    advice="If the server speaks plain HTTP, the address begins with http://.",
                    may_retry=False,
                )
    return Unreachable(title=f"Cannot reach {host}")


def _causes(error: BaseException) -> Iterator[BaseException]:
    found: BaseException | None = error
    for _ in range(10):
        if found is None:
            return
        yield found
        if isinstance(found, BaseExceptionGroup):
            yield from found.exceptions
        found = found.__cause__ or found.__context__
