"""Reading text files, and listing folders, below folders that the user has named."""

from __future__ import annotations

import asyncio
import os
import stat
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from oxen_tui.services.tools.tool import Finding, Tool, ToolFailed, Use, object_schema
from oxen_tui.system_words import why

_MOST_BYTES: Final = 5_000_000
"""Of a file that are read at once."""
_MOST_NAMES: Final = 500


class ReadFileTool(Tool):
    """Reads below allowed folders and nowhere else, whatever links lead out of them."""

    name: Final = "read_file"
    description = (
        "Reads a text file below the folders that the user has allowed, or lists what is in such a folder. Paths may "
        "be relative to those folders."
    )
    about = "reads text files in folders you allow"

    def __init__(self, folders: Iterable[str]) -> None:
        """
        Args:
            folders: As written by the user, `~` included.
        """
        self._folders = [Path(os.path.expanduser(folder)) for folder in folders]

    @property
    def parameters(self) -> Mapping[str, Any]:
        return object_schema(
            ("path",),
            path={"type": "string", "description": "A file or folder. `.` lists the allowed folders."},
            from_line={"type": "integer", "minimum": 1, "description": "The first line to read; 1 where left out."},
            lines={"type": "integer", "minimum": 1, "description": "How many; to the end where left out."},
        )

    @property
    def trouble(self) -> str:
        return "" if self._folders else 'Allow a folder in settings.toml: [tools.read_file] folders = ["~/notes"]'

    async def run(self, arguments: Mapping[str, Any], use: Use) -> Finding:
        first, most = arguments.get("from_line", 1), arguments.get("lines")
        return Finding(await asyncio.to_thread(self._read, arguments["path"], first, most))

    def _read(self, written: str, first: int, most: int | None) -> str:
        if written.strip() in ("", "."):
            return "\n".join(["Allowed folders:", *(f"{folder}/" for folder in self._folders)])
        path = self._allowed(written)
        try:
            if path.is_dir():
                return _listed(path)
            content, size = _content(path)
        except OSError as error:
            raise ToolFailed(f"{path} cannot be read: {why(error)}.") from error
        if b"\0" in content:
            raise ToolFailed(f"{path} is no text file.")
        try:
            text = content.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            if error.start < len(content) - 4 or size <= len(content):  # else a letter is cut at the end
                raise ToolFailed(f"{path} is no text in UTF-8.") from error
            text = content[: error.start].decode("utf-8-sig")
        lines = text.splitlines()
        chosen = lines[first - 1 :][:most] if most is not None else lines[first - 1 :]
        if not chosen and lines:
            raise ToolFailed(f"{path} has {len(lines)} lines: there is no line {first}.")
        rest = f"\n\n[{size - len(content):,} bytes more were not read]" if size > len(content) else ""
        return "\n".join(chosen) + rest if chosen else "(empty)"

    def _allowed(self, written: str) -> Path:
        """The file itself, behind all links; only if it lies in an allowed folder, behind all of its links."""
        roots = [Path(os.path.realpath(folder)) for folder in self._folders]
        for candidate in self._candidates(written):
            real = Path(os.path.realpath(candidate))
            if any(real == root or root in real.parents for root in roots) and real.exists():
                return real
        # One answer for what is not there and for what may not be seen: else it tells which files there are.
        folders = ", ".join(str(folder) for folder in self._folders)
        raise ToolFailed(f"There is no {written} in the folders that may be read: {folders}.")

    def _candidates(self, written: str) -> Iterator[Path]:
        if "\0" in written:
            return
        path = Path(os.path.expanduser(written))
        if path.is_absolute():
            yield path
        else:
            yield from (folder / path for folder in self._folders)


def _content(path: Path) -> tuple[bytes, int]:
    # Not blocking: opening a pipe would wait for ever, in a thread that nobody can end.
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOFOLLOW", 0))
    with os.fdopen(handle, "rb") as file:
        facts = os.fstat(handle)
        if not stat.S_ISREG(facts.st_mode):
            raise ToolFailed(f"{path} is no regular file.")
        return file.read(_MOST_BYTES), facts.st_size


def _listed(folder: Path) -> str:
    with os.scandir(folder) as entries:
        names = sorted(f"{entry.name}/" if entry.is_dir() else entry.name for entry in entries)
    more = f"\n[{len(names) - _MOST_NAMES} more]" if len(names) > _MOST_NAMES else ""
    found = "\n".join(names[:_MOST_NAMES])
    return f"{len(names)} in {folder}:\n{found}{more}"
