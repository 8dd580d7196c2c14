"""A mistake of this program, on its way to the app, which logs it and says so."""

from __future__ import annotations

from dataclasses import dataclass

from textual.message import Message


@dataclass
class Mistake(Message):
    """An exception that nobody named."""

    error: BaseException
