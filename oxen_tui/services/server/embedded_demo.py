"""The demo service as a child process, started when nothing real is connected and ended with us.

It is a process of its own so that its drawing and its streams never take time from the screen. Its standard input is
a pipe that only we hold: however we end, also by kill -9, the pipe closes and the child ends. Its token comes back
over a pipe too, so that the process list shows none.
"""

from __future__ import annotations

import asyncio
import json
import os
import site
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import oxen_tui
from oxen_tui.api.secret import Secret
from oxen_tui.safe_text import clean_line
from oxen_tui.setup_error import SetupError
from oxen_tui.system_words import why

COMMAND: Final = (sys.executable, "-P", "-m", "oxen_tui.demo", "--port", "0", "--die-with-stdin")
"""`-P`: the folder we were started in must not lend its modules to the child."""

_START_SECONDS = 20.0  # a cold disk and a busy machine; usually it takes one
_END_SECONDS = 2.0  # for each of: end by yourself, end on SIGTERM, end on SIGKILL
_LONGEST_LINE = 10_000
_KEPT_WORDS = 2_000  # bytes of its error output, for the case that it does not start
_ADVICE = "Connect to a server instead with OXEN_API_KEY or OXEN_BASE_URL; `oxen-tui demo` shows what stops it."


class DemoError(SetupError):
    """The demo service cannot be started."""


@dataclass(frozen=True, slots=True)
class DemoAddress:
    """Where the running demo service is."""

    base_url: str
    """Its inference API on this machine."""
    token: Secret
    """The bearer token it made up."""


class EmbeddedDemo:
    """One child process at a time. `start` may be asked again and by several: all get the child that lives."""

    def __init__(
        self,
        command: Sequence[str] = COMMAND,
        environ: Mapping[str, str] = os.environ,
        start_seconds: float = _START_SECONDS,
        end_seconds: float = _END_SECONDS,
    ) -> None:
        self._command = command
        self._environ = environ
        self._start_seconds = start_seconds
        self._end_seconds = end_seconds
        self._process: asyncio.subprocess.Process | None = None
        self._starting: asyncio.Task[DemoAddress] | None = None
        self._draining: list[asyncio.Task[None]] = []
        self._words = bytearray()

    @property
    def running(self) -> bool:
        """Whether the child lives."""
        return self._process is not None and self._process.returncode is None

    @property
    def pid(self) -> int | None:
        """The child's process number, once it was started."""
        return self._process.pid if self._process else None

    async def start(self) -> DemoAddress:
        """Starts the child unless it runs (or a new one, should it have died), and waits until it listens.

        Cancelling who waits leaves the child starting, for the next who asks and for `close`.

        Raises:
            DemoError: It cannot be started, said nothing in time or something else; with its last words.
        """
        if self._starting is None or (self._starting.done() and not self.running):
            self._starting = asyncio.create_task(self._start())
        return await asyncio.shield(self._starting)

    async def close(self) -> None:
        """Ends the child, politely first. Returns within a few seconds whatever the child does."""
        if self._starting is not None:
            self._starting.cancel()
            await asyncio.gather(self._starting, return_exceptions=True)  # nobody may have waited for it
        if (process := self._process) is not None:
            await self._end(process)
        for task in self._draining:
            task.cancel()
        await asyncio.gather(*self._draining, return_exceptions=True)

    async def _start(self) -> DemoAddress:
        self._words.clear()
        try:
            self._process = await asyncio.create_subprocess_exec(
                *self._command,
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.PIPE,
                env=_environment(self._environ),
                start_new_session=True,  # ctrl+c and a closed terminal are our affair, not the child's
                limit=_LONGEST_LINE,
            )
        except OSError as error:
            raise DemoError(f"The demo service cannot be started: {why(error)}", _ADVICE) from error
        assert self._process.stdout is not None
        assert self._process.stderr is not None
        self._draining.append(asyncio.create_task(self._drain(self._process.stderr, keep=True)))
        try:
            async with asyncio.timeout(self._start_seconds):
                line = await self._process.stdout.readline()
        except TimeoutError as error:
            raise DemoError(
                f"The demo service said nothing for {self._start_seconds:.0f} seconds", _ADVICE
            ) from error
        except ValueError as error:  # a line over the limit
            raise DemoError("The demo service does not say where it is", _ADVICE) from error
        if not line:
            await self._end(self._process)
            await asyncio.wait(self._draining, timeout=self._end_seconds)  # its last words may still be in the pipe
            raise DemoError(f"The demo service ended before it began{self._last_words()}", _ADVICE)
        self._draining.append(asyncio.create_task(self._drain(self._process.stdout, keep=False)))
        return _address(line)

    async def _drain(self, stream: asyncio.StreamReader, keep: bool) -> None:
        """Reads on, so that a child that talks never waits for us; of its errors the last are kept."""
        while chunk := await stream.read(4096):
            if keep:
                self._words += chunk
                del self._words[:-_KEPT_WORDS]

    def _last_words(self) -> str:
        """The last line of its error output, with a colon before it."""
        lines = self._words.decode("utf-8", "replace").strip().splitlines()
        return f": {clean_line(lines[-1], 200)}" if lines else ""

    async def _end(self, process: asyncio.subprocess.Process) -> None:
        if process.stdin is not None:
            process.stdin.close()
        for stop in (process.terminate, process.kill, None):
            with suppress(TimeoutError):
                async with asyncio.timeout(self._end_seconds):
                    await process.wait()
                break
            if stop is not None:
                with suppress(ProcessLookupError):
                    stop()


def _address(line: bytes) -> DemoAddress:
    with suppress(ValueError, TypeError, KeyError):
        said = json.loads(line)
        base_url, token = said["base_url"], said["token"]
        if isinstance(base_url, str) and isinstance(token, str):
            return DemoAddress(base_url.rstrip("/"), Secret(token))
    raise DemoError("The demo service does not say where it is", _ADVICE)


def _environment(environ: Mapping[str, str]) -> dict[str, str]:
    """Ours without the keys, which a service that draws pictures has no use for."""
    kept = {name: value for name, value in environ.items() if not name.endswith(("_KEY", "_TOKEN", "_SECRET"))}
    package = str(Path(oxen_tui.__file__).resolve().parents[1])
    if package not in (*site.getsitepackages(), site.getusersitepackages()):
        # Run from a checkout: `-P` would hide the package from the child.
        kept["PYTHONPATH"] = os.pathsep.join(filter(None, [package, environ.get("PYTHONPATH", "")]))
    return kept
