"""What every pane may count on of the screen it stands on: toasts, other panes, dialogs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.reactive import reactive
from textual.widget import Widget
from textual.widgets import ContentSwitcher

from oxen_tui.screens.styled_once import StyledOnce
from oxen_tui.screens.telling import Telling
from oxen_tui.services.session import Session

if TYPE_CHECKING:
    import asyncio

    from oxen_tui.screens.dialogs.command_palette import Command


class PaneScreen(Telling, StyledOnce, part=True):
    """A screen of panes. For each pane a class derived from this makes it and takes what it tells."""

    pane: reactive[str] = reactive("chat", init=False)
    """Name of the pane on screen."""

    session: Session
    _making: asyncio.Lock
    """Held while a pane is made."""

    def make_pane(self, pane: str) -> Widget:
        """The pane of that name; its module is loaded here, when it is first gone to."""
        raise NotImplementedError(pane)

    def made(self, pane: str) -> Widget | None:
        """The pane of that name, if it was gone to before."""
        return next(iter(self.query_one("#panes", ContentSwitcher).query_children(f"#{pane}")), None)

    def set_focus(self, widget: Widget | None, scroll_visible: bool = True, from_app_focus: bool = False) -> None:
        # A pane that works on after it was left may still give the keys to something in it.
        if widget is None or self._pane_of(widget) in (self.pane, None):
            super().set_focus(widget, scroll_visible, from_app_focus)

    def _pane_of(self, widget: Widget) -> str | None:
        """The name of the pane that it is in; None where it is in none."""
        around = widget.ancestors_with_self
        return next((node.id for node in around if isinstance(node.parent, ContentSwitcher)), None)

    async def ready_pane(self, pane: str) -> Widget:
        """The pane of that name, made now if need be, not gone to."""
        async with self._making:  # who asks meanwhile waits until all of it is there
            if (made := self.made(pane)) is None:
                made = self.make_pane(pane)
                await self.query_one("#panes", ContentSwitcher).add_content(made)
        return made

    def commands(self) -> list[Command]:
        """What the palette offers beside the app's own, for the panes that there are."""
        return []
