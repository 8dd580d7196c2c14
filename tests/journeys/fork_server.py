"""`python -m tests.journeys.fork_server NUMBER`: imports the whole program and is forked into it for each start.

More than half of what a start costs is imports, and there are some two hundred starts. A fork is a process of its
own, with a terminal, an environment, a folder and arguments of its own; it runs `python -m oxen_tui` to its end, and
nothing of the program but its modules is there before. What a module takes from the environment when it is imported
is the server's: `tests.journeys.program` knows which variables are not among that.

The number is a socket's. A request on it is JSON with two descriptors, a terminal and a pipe; it is answered with the
number of the process, and the pipe is told the exit code when the process has ended.
"""

from __future__ import annotations

import fcntl
import gc
import importlib
import json
import os
import pkgutil
import runpy
import signal
import socket
import sys
import termios
from collections.abc import Mapping
from typing import Any

LONGEST = 1 << 16
"""Bytes of a request."""

LATE = (
    "textual.pilot",
    "textual.layouts.factory",
    "textual.scrollbar",
    "anyio._backends._asyncio",
    "PIL.Image",
    "httpx",
)
"""Of others, what nearly every start imports when it runs."""


def import_all(package: str) -> None:
    """Import every module below a package but those that run when they are imported."""
    for module in pkgutil.walk_packages(importlib.import_module(package).__path__, f"{package}."):
        if not module.name.endswith(".__main__"):
            importlib.import_module(module.name)


class ForkServer:
    """Takes requests until the socket ends."""

    def __init__(self, requests: socket.socket) -> None:
        self._requests = requests
        self._pipes: dict[int, int] = {}
        """Where the exit code of each process is waited for."""

    def serve(self) -> str:
        """Serve; a forked process gets out of here with the name of the module to run, the server never does."""
        signal.signal(signal.SIGCHLD, lambda *_: self._tell_ends())
        while True:
            line, descriptors, _, _ = socket.recv_fds(self._requests, LONGEST, 2)
            if not line:
                sys.exit(0)
            request = json.loads(line)
            terminal, pipe = descriptors
            # A process may end before its number is known here.
            signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGCHLD})
            if (pid := os.fork()) == 0:
                _become(request, terminal)
                return str(request["module"])
            self._pipes[pid] = pipe
            os.close(terminal)
            signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGCHLD})
            self._requests.sendall(f"{pid}\n".encode())

    def _tell_ends(self) -> None:
        while self._pipes:
            pid, status = os.waitpid(-1, os.WNOHANG)
            if pid == 0:
                return
            pipe = self._pipes.pop(pid)
            os.write(pipe, f"{os.waitstatus_to_exitcode(status)}\n".encode())
            os.close(pipe)


def _become(request: Mapping[str, Any], terminal: int) -> None:
    """Make this process what a start by hand in that terminal makes of one."""
    os.setsid()
    fcntl.ioctl(terminal, termios.TIOCSCTTY, 0)
    for descriptor in (0, 1, 2):
        os.dup2(terminal, descriptor)
    os.closerange(3, os.sysconf("SC_OPEN_MAX"))
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGCHLD})
    os.environ.clear()
    os.environ.update(request["environment"])
    os.chdir(request["folder"])
    sys.path[0] = request["folder"]
    sys.argv[1:] = request["arguments"]


if __name__ == "__main__":
    # As `oxen_tui.__main__` does: the app turns it on again.
    gc.disable()
    import_all("oxen_tui")
    for late in LATE:
        importlib.import_module(late)
    runpy.run_module(ForkServer(socket.socket(fileno=int(sys.argv[1]))).serve(), run_name="__main__", alter_sys=True)
