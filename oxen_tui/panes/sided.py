"""A list and what is under its cursor: side by side where there is room for both, else in turns."""

from __future__ import annotations

from typing import ClassVar

from oxen_tui.panes.pane import Pane

SIDED, WIDE = 100, 140
"""Columns from which the detail stands beside the list, and has more room."""
NARROW_DETAIL, WIDE_DETAIL = 42, 54
"""Cells of the detail beside the list, as the stylesheet below has them."""
LOW = 26
"""Rows below which nothing is left empty."""


class SidedPane(Pane):
    """Says which of the two are seen. One of each is placed by the classes `listing` and `detail`."""

    DEFAULT_CSS = """
    SidedPane {
        layout: horizontal;
        & > .listing { width: 1fr; padding: 1 0 0 0; }
        & > .detail { display: none; }
        &.-together > .detail { display: block; width: 42; }
        &.-wide > .detail { width: 54; }
        &.-one.-open > .listing { display: none; }
        &.-one.-open > .detail { display: block; width: 1fr; }
        &.-low > .listing { padding: 0; }
    }
    """

    DETAILS: ClassVar[frozenset[str]]
    """Ids of what is beside the list."""

    def fit(self, width: int, height: int) -> None:
        """Show as much as there is room for, in cells."""
        self.set_class(width >= SIDED, "-together")
        self.set_class(width >= WIDE, "-wide")
        self.set_class(width < SIDED, "-one")
        self.set_class(height < LOW, "-low")

    @property
    def alone(self) -> bool:
        """Whether list and detail take turns."""
        return self.has_class("-one")

    @property
    def is_open(self) -> bool:
        """Whether the detail has the page where they take turns."""
        return self.has_class("-open")

    @property
    def sees_detail(self) -> bool:
        return not self.alone or self.is_open

    @property
    def in_detail(self) -> bool:
        """Whether the keys go to the detail or what stands in its place."""
        focused = self.screen.focused
        return focused is not None and any(parent.id in self.DETAILS for parent in focused.ancestors)

    @property
    def may_go_back(self) -> bool:
        """Whether the way back leads to the list."""
        return self.in_detail or (self.alone and self.is_open)
