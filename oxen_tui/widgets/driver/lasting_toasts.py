"""Toasts of trouble stay until a key is pressed: what went wrong must not go while nobody looks."""

from __future__ import annotations

from time import time
from typing import Any

from textual import events
from textual.app import App
from textual.notifications import SeverityLevel
from textual.screen import ModalScreen, Screen

_LASTING = 86_400.0
"""Seconds: longer than anybody sits before it."""
_READ_AFTER = 4.0
"""Seconds in which keys leave it: somebody who types on has not read it yet."""
_MOST = 2
_MODIFIERS = ("_shift", "_control", "_alt", "_super", "_hyper", "_meta", "_lock")


class LastingToasts(App[int]):
    """An app whose toasts of trouble last. At most two toasts are shown, the newest."""

    def notify(
        self,
        message: str,
        *,
        title: str = "",
        severity: SeverityLevel = "information",
        timeout: float | None = None,
        markup: bool = True,
    ) -> None:
        """Show a toast. One of trouble goes with the first key after it could be read, whatever `timeout` says."""
        if severity == "error":
            timeout = _LASTING
            for same in [each for each in self._notifications if each.message == message]:
                self._unnotify(same, refresh=False)  # said again: it stands there once
        shown = sorted(self._notifications, key=lambda each: each.timeout >= _LASTING)
        for oldest in shown[: 1 - _MOST]:  # trouble last
            self._unnotify(oldest, refresh=False)
        super().notify(message, title=title, severity=severity, timeout=timeout, markup=markup)

    def push_screen(self, screen: Screen[Any] | str, *args: Any, **options: Any) -> Any:
        """Open a screen. Before a dialog the toasts go that tell of no trouble: they would stand over its top."""
        if isinstance(screen, ModalScreen):
            self._make_room()
        return super().push_screen(screen, *args, **options)

    def _make_room(self) -> None:
        passing = [each for each in self._notifications if each.timeout < _LASTING]
        for each in passing:
            self._unnotify(each, refresh=False)
        if passing:
            self._refresh_notifications()

    async def on_event(self, event: events.Event) -> None:
        if isinstance(event, events.Key) and not event.key.endswith(_MODIFIERS):
            self._take_read_away()
        await super().on_event(event)

    def _take_read_away(self) -> None:
        now = time()
        read = [each for each in self._notifications
                if each.timeout >= _LASTING and now - each.raised_at >= _READ_AFTER]  # fmt: skip
        for each in read:
            self._unnotify(each, refresh=False)
        if read:
            self._refresh_notifications()
