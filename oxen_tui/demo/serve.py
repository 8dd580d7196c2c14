"""Listens: the service on uvicorn, alone in a process (`run`) or in a thread of a test (`serving`)."""

from __future__ import annotations

import contextlib
import ipaddress
import json
import os
import secrets
import signal
import socket
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import uvicorn
    from starlette.applications import Starlette

HOST = "127.0.0.1"
"""Loopback: nobody else's machine gets to talk to the demo unless a host is named."""
GRACE = 1
"""Seconds open streams get when the service ends."""


def base_url(host: str, port: int) -> str:
    """The address a client is given."""
    return f"http://{f'[{host}]' if ':' in host else host}:{port}/api/ai"


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach the host."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def run(
    port: int = 0,
    host: str = HOST,
    token: str | None = None,
    pace: float = 1.0,
    faults: str = "none",
    *,
    die_with_stdin: bool = False,
    say: Callable[[str], object] | None = None,
) -> int:
    """Serve until interrupted; the exit code: 0, or 1 if the port cannot be had.

    Args:
        port: 0 takes a free one.
        token: The key to accept; None makes one up.
        die_with_stdin: End as soon as standard input does. A parent that is killed takes the service with it.
        say: Gets one line of JSON, {"base_url", "token"}, when the service listens; standard output if None.
    """
    token = token or secrets.token_urlsafe(24)
    try:
        listener = _bound(host, port)
    except OSError as error:
        sys.stderr.write(f"The demo service cannot listen on {host} port {port}: {error.strerror}\n")
        return 1
    # The heavy imports come after the port is taken, so that a port in use is told at once.
    from .service import create_service

    if not is_loopback(host):
        sys.stderr.write(f"The demo service can be reached from other machines, by whoever has the token: {host}\n")
    # A seed of its own for each process: ids of an earlier run must not come back, clients remember them.
    app = create_service(pace=pace, faults=faults, token=token, seed=secrets.randbits(63))
    line = json.dumps({"base_url": base_url(host, listener.getsockname()[1]), "token": token})

    def told() -> None:
        if say is not None:
            say(line)
        else:
            sys.stdout.write(line + "\n")
            sys.stdout.flush()

    server = _server(app, told)
    if die_with_stdin:
        threading.Thread(target=_end_with_stdin, args=(server,), daemon=True).start()
    # uvicorn raises the signal again when it has ended; left to itself that would skip the removal of the media.
    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    _serve_on(server, listener)
    return 0


@contextmanager
def serving(app: Starlette, host: str = HOST, port: int = 0) -> Iterator[str]:
    """Serve an app in a thread; the base URL. For tests that need a real socket."""
    listener = _bound(host, port)
    ready = threading.Event()
    server = _server(app, ready.set)
    thread = threading.Thread(target=_serve_on, args=(server, listener), daemon=True)
    thread.start()
    ready.wait(10)
    try:
        yield base_url(host, listener.getsockname()[1])
    finally:
        server.should_exit = True
        server.force_exit = True
        thread.join(10)
        listener.close()


def _bound(host: str, port: int) -> socket.socket:
    """A socket that listens already: a client that got the address early waits instead of being refused."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    try:
        if os.name == "posix":
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        listener.listen(128)
    except OSError:
        listener.close()
        raise
    return listener


def _server(app: Starlette, started: Callable[[], object]) -> uvicorn.Server:
    """A server that says when it is up, and writes no logs.

    Standard output belongs to the one line, standard error to the app's screen. Loop and parser are the plain ones
    whatever else is installed, so that it behaves alike everywhere.
    """
    import uvicorn

    class Server(uvicorn.Server):
        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets)
            if self.started:
                started()

    return Server(
        uvicorn.Config(
            app,
            loop="asyncio",
            http="h11",
            ws="none",
            lifespan="off",
            log_config=None,
            log_level="critical",
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=GRACE,
        )
    )


def _serve_on(server: uvicorn.Server, listener: socket.socket) -> None:
    with contextlib.suppress(KeyboardInterrupt):
        server.run(sockets=[listener])


def _end_with_stdin(server: uvicorn.Server) -> None:
    # Not through sys.stdin: a daemon thread that waits inside it breaks the end of the interpreter.
    descriptor = sys.stdin.fileno()
    while os.read(descriptor, 4096):
        pass
    server.should_exit = True
    server.force_exit = True
