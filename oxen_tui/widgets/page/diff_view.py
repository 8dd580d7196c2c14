"""Two texts beside one another, and what differs in them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType

from oxen_tui.widgets.lines.paper import PageLine, Paper
from oxen_tui.widgets.page.diff_lines import Block, DiffHead, diff_lines, head_lines
from oxen_tui.widgets.page.lines import Lines, ListedLines, ReadLines
from oxen_tui.widgets.page.view import PageView

_FAR = 1 << 30


class DiffView(PageView):
    """Shows what differs, and around it a line of what does not; all of it on request."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n", "next(1)", "next change", id="text_diff.next"),
        Binding("N", "next(-1)", "Change before", show=False, id="text_diff.before"),
        Binding("a", "toggle_all", "all or changes", id="text_diff.all"),
        Binding("y", "copy", "copy", id="text_diff.copy"),
    ]

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, classes=classes)
        self._blocks: Sequence[Block] = ()
        self._text = ""
        self._whole = False
        self._starts: list[int] = []

    def show(self, blocks: Sequence[Block], text: str) -> None:
        """Show these.

        Args:
            blocks: What was compared, from the top down.
            text: The same for the clipboard.
        """
        self._blocks, self._text = blocks, text
        self.renew(to_top=True)

    def lay_out(self, paper: Paper) -> Lines:
        self._starts = []
        return ReadLines(diff_lines(self._blocks, paper, self._whole, self._starts), paper.line)

    def action_toggle_all(self) -> None:
        self._whole = not self._whole
        self.renew(to_top=True)

    def action_copy(self) -> None:
        if self._blocks:
            self.post_message(self.Copied(self._text, "differences"))

    def action_next(self, step: int) -> None:
        """Have the next change (1) or the one before (-1) at the top of the page."""
        if step > 0:
            self.lines.reach(_FAR)  # a change may be as far down as it likes
            below = [start for start in self._starts if start > self.top]
            if below:
                self.go_to(below[0])
        elif above := [start for start in self._starts if start < self.top]:
            self.go_to(above[-1])


class DiffHeads(PageView, can_focus=False):
    """What stands above the texts, in their columns."""

    DEFAULT_CSS = "DiffHeads { height: 2; }"

    def __init__(self) -> None:
        super().__init__()
        self._heads: tuple[DiffHead, DiffHead] | None = None

    def show(self, heads: tuple[DiffHead, DiffHead]) -> None:
        """Show these."""
        self._heads = heads
        self.renew()

    def lay_out(self, paper: Paper) -> Lines:
        lines: list[PageLine] = [] if self._heads is None else list(head_lines(self._heads, paper))
        return ListedLines(lines, paper.line)
