"""A program that a fork server was forked into, and the server, as a test sees them."""

from __future__ import annotations

import json
import os
import pty
import select
import signal
import socket
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import ExitStack, suppress
from functools import cached_property
from pathlib import Path
from typing import Self

PATIENCE = 60.0
"""Seconds in which the server has imported the program."""


class ForkedProgram:
    """What of `subprocess.Popen` is needed, of a process that is not our child."""

    def __init__(self, pid: int, ended: int) -> None:
        self.pid = pid
        self._ended = ended
        self._code: int | None = None

    def poll(self) -> int | None:
        """The exit code, or None while it runs."""
        with suppress(subprocess.TimeoutExpired):
            return self.wait(0)
        return None

    def wait(self, seconds: float) -> int:
        """The exit code, once it has ended; below 0 is a signal.

        Raises:
            subprocess.TimeoutExpired: It still runs.
        """
        if self._code is None:
            if not select.select([self._ended], [], [], seconds)[0]:
                raise subprocess.TimeoutExpired(f"process {self.pid}", seconds)
            self._code = int(os.read(self._ended, 32))
            os.close(self._ended)
        return self._code

    def kill(self) -> None:
        if self.poll() is None:
            os.kill(self.pid, signal.SIGKILL)


class ForkServer:
    """Begins with the first start that is asked of it; a context manager that ends it."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        """
        Args:
            environment: In which the program is imported.
        """
        self._environment = dict(environment)
        self._running = ExitStack()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._running.close()

    def start(
        self, module: str, arguments: Sequence[str], environment: Mapping[str, str], folder: Path, terminal: int
    ) -> ForkedProgram:
        """Run a module in a process, with a terminal of its own.

        Args:
            module: Its name.
            arguments: Of its command line.
            environment: All of it.
            folder: In which it runs.
            terminal: The side that a program has.
        """
        request = {"module": module, "arguments": arguments, "environment": dict(environment), "folder": str(folder)}
        ended, tell = os.pipe()
        try:
            socket.send_fds(self._requests, [json.dumps(request).encode()], [terminal, tell])
        finally:
            os.close(tell)
        return ForkedProgram(int(self._requests.recv(32)), ended)

    @cached_property
    def _requests(self) -> socket.socket:
        ours, its = socket.socketpair()
        self._running.enter_context(ours)
        ours.settimeout(PATIENCE)
        # Its streams are made for a terminal, as those of the program are to be.
        descriptors = pty.openpty()
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.journeys.fork_server", str(its.fileno())],
            env=self._environment,
            stdin=descriptors[1],
            stdout=descriptors[1],
            pass_fds=[its.fileno()],
            start_new_session=True,
        )
        its.close()
        for descriptor in descriptors:
            self._running.callback(os.close, descriptor)
        self._running.callback(process.wait)
        self._running.callback(ours.shutdown, socket.SHUT_RDWR)
        return ours
