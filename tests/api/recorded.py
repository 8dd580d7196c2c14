"""Recorded streams for the tests: what servers send, byte for byte, in our own words."""

from __future__ import annotations

from pathlib import Path

_FOLDER = Path(__file__).parent / "streams"
NAMES = sorted(path.stem for path in _FOLDER.glob("*.txt"))


def stream(name: str) -> bytes:
    """The bytes of one recorded stream, lines ended by LF."""
    return (_FOLDER / f"{name}.txt").read_text(encoding="utf-8").encode()
