"""The list above the composer, of what a word may become; it says how much of it there is."""

from __future__ import annotations

from oxen_tui.widgets.row_list import RowList

_MOST = 10
"""Lines, the one that says the place among them."""


class CompletionRows(RowList):
    """A list that is steered from the composer. Where not all of it is seen, its last line says `3 of 31`."""

    DEFAULT_CSS = f"""
    CompletionRows {{
        height: auto; max-height: {_MOST}; background: $panel; display: none;
        border-subtitle-color: $faint; border-subtitle-background: $panel; border-subtitle-align: right;
        &.-long {{ border-bottom: blank; }}
    }}
    """

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(steered=True, id=id)

    def stand_on(self, key: str) -> None:
        self.set_class(self.row_count > _MOST, "-long")
        super().stand_on(key)
        self._say_place()

    def watch_cursor(self, old: int | None, new: int | None) -> None:
        super().watch_cursor(old, new)
        self._say_place()

    def press(self, key: str) -> bool:
        """Move by `up`, `down`, `pageup` or `pagedown`. Whether it is such a key."""
        step = -1 if key in ("up", "pageup") else 1
        if key in ("up", "down"):
            self.action_move(step)
        elif key in ("pageup", "pagedown"):
            self.action_page(step)
        else:
            return False
        return True

    def _say_place(self) -> None:
        """Where the cursor is among how many."""
        is_long = self.row_count > _MOST and self.cursor is not None
        self.border_subtitle = f"{(self.cursor or 0) + 1} of {self.row_count}" if is_long else ""
