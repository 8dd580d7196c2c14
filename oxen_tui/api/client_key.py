"""The one place where the key is written into a request."""

from __future__ import annotations

from collections.abc import Generator

import httpx

from oxen_tui.api.address import Origin, origin_of
from oxen_tui.api.secret import Secret


class KeyAuth(httpx.Auth):
    """Writes the key into a request, if it goes to the right place. No variable holds the header."""

    def __init__(self, key: Secret, origin: Origin) -> None:
        self._key = key
        self._origin = origin

    def goes_to(self, url: str) -> bool:
        """Whether the key may go there."""
        return origin_of(url) == self._origin

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        if self.goes_to(str(request.url)):
            request.headers["Authorization"] = f"Bearer {self._key.reveal()}"
        yield request
