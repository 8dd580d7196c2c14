"""The full screen on which results and opened files are looked at."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ClassVar

from textual.binding import Binding, BindingType

from oxen_tui.panes.viewer.page import BESIDE
from oxen_tui.panes.viewer.pane import ViewerPane
from oxen_tui.panes.wanted import AttachWanted, RequestWanted
from oxen_tui.screens.full_screen import FullScreen
from oxen_tui.services.gallery.viewing import Viewed
from oxen_tui.services.session import Session
from oxen_tui.widgets.pane_bar import PANES


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


class Viewer(FullScreen[Seen]):
    """Answers how it was left."""

    HELP_TITLE = "viewer"

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
        self._viewer = ViewerPane(session, items, index)
        super().__init__(self._viewer)
        self._play, self._told = play, told

    def on_mount(self) -> None:
        if self._told and self.size.width >= BESIDE:
            self._viewer.action_request()
        if self._play:
            self._viewer.action_play()

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
