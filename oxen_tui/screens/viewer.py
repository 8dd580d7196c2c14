"""The full screen on which results and opened files are looked at."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import Screen

from oxen_tui.panes.viewer import ViewerPane
from oxen_tui.panes.viewer_page import BESIDE
from oxen_tui.panes.wanted import AttachWanted, RequestWanted
from oxen_tui.screens.command_palette import Command
from oxen_tui.screens.telling import Telling
from oxen_tui.services.session import Session
from oxen_tui.services.viewing import Viewed
from oxen_tui.widgets.key_bar import KeyBar
from oxen_tui.widgets.pane_bar import PANES
from oxen_tui.widgets.steady_compositor import SteadyCompositor


@dataclass(frozen=True, slots=True)
class Seen:
    """How the viewer was left."""

    job_id: int
    """What was looked at last."""
    pane: str = ""
    """Where to go; "" is back."""
    attach: tuple[Path, ...] = ()
    """Files for the next question of the chat."""
    recalls: bool = False
    """Whether a request is to stand in the form: the following."""
    model_id: str = ""
    body: Mapping[str, Any] = field(default_factory=dict)
    parents: tuple[int, ...] = ()


class Viewer(Telling, Screen[Seen]):
    """Answers how it was left."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *(
            Binding(f"alt+{number}", f"pane('{pane}')", pane.capitalize(), show=False, id=f"viewer.pane_{pane}")
            for number, pane in enumerate(PANES, 1)
        ),
    ]

    def __init__(
        self, session: Session, items: Sequence[Viewed], index: int = 0, *, play: bool = False, told: bool = False
    ) -> None:
        """
        Args:
            play: Whether a clip plays at once.
            told: Whether what is known of it stands beside it from the beginning, where there is room.
        """
        super().__init__()
        self._compositor = SteadyCompositor()
        self._viewer = ViewerPane(session, items, index)
        self._play, self._told = play, told

    def compose(self) -> ComposeResult:
        yield self._viewer
        yield KeyBar(id="footer")

    def on_mount(self) -> None:
        self._viewer.focus()
        if self._told and self.size.width >= BESIDE:
            self._viewer.action_request()
        if self._play:
            self._viewer.action_play()

    def on_screen_resume(self) -> None:
        self.query_one(KeyBar).refresh_keys()

    def on_screen_suspend(self) -> None:
        self._viewer.pause()

    @property
    def items(self) -> Sequence[Viewed]:
        """What can be looked at."""
        return self._viewer.items

    def add(self, items: Sequence[Viewed]) -> None:
        """These have come in: they stand behind the others."""
        self._viewer.add(items)

    # --- what the pane tells --------------------------------------------------------------------------------------

    def on_viewer_page_closed(self, event: ViewerPane.Closed) -> None:
        self.dismiss(Seen(event.job_id))

    def action_pane(self, pane: str) -> None:
        self.dismiss(Seen(self._viewer.item.job.id, pane))

    def on_request_wanted(self, event: RequestWanted) -> None:
        here = self._viewer.item.job.id
        self.dismiss(
            Seen(here, recalls=True, model_id=event.model_id, body=event.body or {}, parents=event.parents),
        )

    def on_attach_wanted(self, event: AttachWanted) -> None:
        self.dismiss(Seen(self._viewer.item.job.id, attach=event.paths))

    # --- what the app asks ----------------------------------------------------------------------------------------

    def help_of_focus(self) -> tuple[str, list[tuple[str, str]]]:
        """A title for the help."""
        return "viewer", []

    def commands(self) -> list[Command]:
        """What the palette offers beside the app's own."""
        return [Command(*command) for command in self._viewer.commands]
