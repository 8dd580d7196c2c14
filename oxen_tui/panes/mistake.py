"""A mistake of this program, on its way to the app, which logs it and says so."""

from __future__ import annotations

from oxen_tui.widgets.message import Message


class Mistake(Message):
    """An exception that nobody named."""

    error: BaseException
