"""The server of these tests leaves nothing behind that a later test would be blamed for."""

from __future__ import annotations

import gc
import socket
from contextlib import ExitStack

from tests.journeys.compatible_server import CompatibleServer
from tests.journeys.plays import words


def test_connections_of_the_last_moment_are_closed() -> None:
    """What is left open is told when it is collected, and a warning is an error."""
    for _ in range(10):
        with ExitStack() as clients:
            with CompatibleServer(words("Hello.")) as server:
                address = ("127.0.0.1", int(server.base_url.split(":")[2].split("/")[0]))
                for _ in range(3):
                    clients.enter_context(socket.create_connection(address)).sendall(b"GET /v1/models")
            del server
            gc.collect()
