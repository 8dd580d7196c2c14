"""The dialog with the map of a conversation; the pane in it reads the tree."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from oxen_tui.panes.branches.conversation_map import Branches, MapPane
from oxen_tui.screens.dialogs.dialog import Dialog
from oxen_tui.screens.telling import Telling
from oxen_tui.services.session import Session
from oxen_tui.widgets.key_bar import KeyBar

if TYPE_CHECKING:
    from oxen_tui.screens.dialogs.command_palette import Command


class MapDialog(Telling, Dialog[int]):
    """Answers the message whose branch is to be shown."""

    # The keys of the app do not reach through a dialog.
    BINDINGS: ClassVar[list[BindingType]] = [Binding("question_mark,f1", "app.help", "help", id="app.help")]

    DEFAULT_CSS = """
    MapDialog {
        & > .dialog { width: 120; height: 100%; border: none; padding: 1 0 0 0; }
        & > .dialog MapList { height: 1fr; }
        & KeyBar { background: $panel; margin: 1 0 0 0; }
    }
    """

    def __init__(self, session: Session, conversation_id: int, standing_on: int | None, branches: Branches) -> None:
        """See `MapPane`."""
        super().__init__()
        self._session = session
        self._pane = MapPane(session, conversation_id, standing_on, branches)

    def compose(self) -> ComposeResult:
        yield self._pane

    def help_of_focus(self) -> tuple[str, list[tuple[str, str]]]:
        """A title for the help."""
        return "map", []

    def commands(self) -> list[Command]:
        """What the palette offers beside the app's own: all of it has keys."""
        return []

    def on_screen_resume(self) -> None:
        self.query_one(KeyBar).refresh_keys()

    def on_map_page_chosen(self, event: MapPane.Chosen) -> None:
        self.dismiss(event.message_id)

    def on_map_page_left(self) -> None:
        self.dismiss(None)

    def on_map_page_compare_wanted(self, event: MapPane.CompareWanted) -> None:
        from oxen_tui.screens.dialogs.message_diff import MessageDiff

        self.app.push_screen(MessageDiff(self._session, event.first, event.second))
