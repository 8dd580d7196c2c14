"""Answers that are JSON: shown as trees or as they are written, and asked for on a page of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from oxen_tui.widgets.message import Message
from oxen_tui.widgets.transcript.showing_view import ShowingView

if TYPE_CHECKING:
    from oxen_tui.widgets.transcript.turn_lines import TurnLines


class TreeView(ShowingView, part=True):
    """Switches between the two, for the message that keys act on."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("t", "tree", "JSON as tree or text", show=False, id="transcript.tree"),
        Binding("J", "json", "JSON", id="transcript.json"),
    ]

    class JsonRequested(Message, namespace="transcript"):
        """The JSON of a message is to be shown on a page of its own."""

        turn_id: int

    _json_keys = (False, False)

    def _repaint(self) -> None:
        super()._repaint()
        keys = bool(self.check_action("tree", ())), bool(self.check_action("json", ()))
        if keys != self._json_keys:
            self._json_keys = keys
            self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Keys are only shown, and only work, where they do something."""
        if action == "tree":
            lines = self._chosen()
            return lines is not None and (lines.tree is not None or _may_be_tree(lines))
        if action == "json":
            lines = self._chosen()
            return lines is not None and lines.tree is not None and not lines.turn.streaming
        return super().check_action(action, parameters)

    def action_tree(self) -> None:
        """Show the text of a tree, or the tree of a text that holds JSON."""
        lines = self._chosen()
        if lines is None:
            return
        if lines.tree is not None:
            self._switch(lines)
            return
        from oxen_tui.widgets.json_tree.reading import read_tree
        from oxen_tui.widgets.transcript.tree_lines import AT_ONCE

        if len(lines.turn.text) > AT_ONCE:
            self.post_message(self.JsonRequested(lines.turn.id))
        elif (tree := read_tree(lines.turn.text)) is not None:
            self.update_turn(lines.turn.id, tree=tree)

    def action_json(self) -> None:
        if (lines := self._chosen()) is not None:
            self.post_message(self.JsonRequested(lines.turn.id))

    def _switch(self, lines: TurnLines) -> None:
        def change() -> None:
            lines.as_source = not lines.as_source
            lines.refresh()
            self.column.grown(lines)

        was_following, self.following = self.following, False
        self.change(change)
        if was_following and self.scroll_offset.y >= self._lowest:
            self.following = True


def _may_be_tree(lines: TurnLines) -> bool:
    turn = lines.turn
    return turn.role == "assistant" and not turn.streaming and ("{" in turn.text or "[" in turn.text)
