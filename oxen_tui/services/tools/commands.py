"""Tools of the user's own: programs, run without a shell, with the arguments as JSON on their standard input."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import shlex
import signal
import tempfile
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any, Final

from oxen_tui.services.media_addresses import home_expanded
from oxen_tui.services.tools.tool import Finding, Question, Tool, ToolFailed, Use, object_schema
from oxen_tui.system_words import why
from oxen_tui.tool_settings import ToolSettings

KEPT: Final = 50_000
"""Bytes of what a program prints that are kept."""
_MOST: Final = 20_000_000
"""Bytes that are read at all. A program that prints more is ended."""
_ERRORS_KEPT: Final = 4_000
_CHUNK: Final = 65_536
_ENDING_SECONDS: Final = 2.0
_LONGEST_SCHEMA: Final = 500_000
_OURS: Final = ("OXEN_API_KEY", "OXEN_TUI_API_KEY")
"""Variables that hold our key. It is nobody else's."""


class CommandTool(Tool):
    """Runs one program."""

    def __init__(self, settings: ToolSettings, settings_folder: Path, secrets: Collection[str] = ()) -> None:
        """
        Args:
            settings: What the user wrote.
            settings_folder: What a path of a schema is relative to.
            secrets: Names of further environment variables that hold keys.
        """
        self.name = settings.name
        self.description = settings.description or f"Runs {settings.command[0]}."
        self.about = settings.description.partition("\n")[0] or " ".join(settings.command)
        self.asks = {"always": "every time", "once": "once in a conversation"}.get(settings.confirm, "")
        self.seconds = settings.timeout
        self._settings = settings
        self._secrets = {*_OURS, *secrets}
        self._schema, self._trouble = _schema_of(settings, settings_folder)

    @property
    def parameters(self) -> Mapping[str, Any]:
        return self._schema

    @property
    def trouble(self) -> str:
        return self._trouble

    async def run(self, arguments: Mapping[str, Any], use: Use) -> Finding:
        command = [home_expanded(self._settings.command[0]), *self._settings.command[1:]]
        folder = Path(home_expanded(self._settings.folder or "~"))
        given = json.dumps(arguments, ensure_ascii=False)
        if self._settings.confirm != "never":
            await use.confirm(self._question(command, folder, arguments, use))
        return await self._run(command, folder, given.encode(), use)

    def _question(self, command: list[str], folder: Path, arguments: Mapping[str, Any], use: Use) -> Question:
        once = self._settings.confirm == "once"
        return Question(
            use.conversation_id,
            self.name,
            "Run a command?",
            (
                ("command", shlex.join(command)),
                ("folder", str(folder)),
                ("arguments", json.dumps(arguments, ensure_ascii=False, indent=2) if arguments else "none"),
            ),
            yes="runs it, and further calls in this chat" if once else "runs it",
            scope=f"calls of {self.name}",
            holds=once,
        )

    async def _run(self, command: list[str], folder: Path, given: bytes, use: Use) -> Finding:
        environment = {name: value for name, value in os.environ.items() if name not in self._secrets}
        # Files, not pipes, for what goes in and for errors: a program that does not read, or that fills both, hangs.
        with tempfile.TemporaryFile() as arguments, tempfile.TemporaryFile() as errors:
            arguments.write(given)
            arguments.seek(0)
            try:
                process = await asyncio.create_subprocess_exec(
                    *command,
                    stdin=arguments,
                    stdout=asyncio.subprocess.PIPE,
                    stderr=errors,
                    cwd=folder,
                    env=environment,
                    start_new_session=True,  # not our terminal, and a group of its own that can be ended whole
                )
            except (OSError, ValueError) as error:
                reason = why(error) if isinstance(error, OSError) else str(error)
                raise ToolFailed(f"{shlex.join(command[:1])} cannot be run: {reason}.") from error
            code = None
            try:
                output, size = await _read(process, use)
                code = await process.wait() if size <= _MOST else None
            finally:
                if code is None:
                    await _end(process)
            if code:
                raise ToolFailed(_failure(code, output, _tail(errors)))
        return Finding(_written(output, size))


def _schema_of(settings: ToolSettings, folder: Path) -> tuple[Mapping[str, Any], str]:
    """The schema of a tool's arguments, and what is wrong with it."""
    schema: Any = settings.schema or object_schema()
    if settings.schema_file:
        file = folder / home_expanded(settings.schema_file)
        try:
            with file.open("rb") as stream:
                schema = json.loads(stream.read(_LONGEST_SCHEMA))
        except OSError as error:
            return object_schema(), f"{file} cannot be read: {why(error)}."
        except (ValueError, RecursionError):
            return object_schema(), f"{file} is no JSON."
    if not isinstance(schema, dict) or schema.get("type", "object") != "object":
        return object_schema(), f"The schema of {settings.name} is not that of an object."
    return {"type": "object", "properties": {}, **schema}, ""


async def _read(process: asyncio.subprocess.Process, use: Use) -> tuple[bytes, int]:
    """What a program prints: its beginning, and how much it is in all."""
    assert process.stdout is not None  # it was asked for
    kept, size, told = b"", 0, 0
    while chunk := await process.stdout.read(_CHUNK):
        size += len(chunk)
        kept += chunk[: KEPT - len(kept)]
        if size > _MOST:
            break
        if size - told >= 1_000_000:
            told = size
            use.tell(f"printed {size // 1_000_000} MB")
    return kept, size


async def _end(process: asyncio.subprocess.Process) -> None:
    """Ends a program with all that it started, and waits for that, so that nothing of it is left behind."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    # What left the group may hold the pipe open, and would be waited for without end.
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(_ENDING_SECONDS):
            await process.wait()


def _tail(errors: Any) -> str:
    size = errors.seek(0, os.SEEK_END)
    errors.seek(max(0, size - _ERRORS_KEPT))
    return str(errors.read().decode("utf-8", errors="replace").strip())


def _failure(code: int, output: bytes, errors: str) -> str:
    how = f"It was ended by signal {-code}." if code < 0 else f"It ended with code {code}."
    said = errors or output[-_ERRORS_KEPT:].decode("utf-8", errors="replace").strip()
    return f"{how}\n{said}" if said else how


def _written(output: bytes, size: int) -> str:
    text = output.decode("utf-8", errors="replace").strip()
    if size <= len(output):
        return text or "(printed nothing)"
    beyond = f"more than {_MOST:,}" if size > _MOST else f"{size:,}"
    return f"{text}\n\n[cut: it printed {beyond} bytes, of which these are the first {len(output):,}]"
