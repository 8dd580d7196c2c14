"""The conversation on screen, as it is read: stepped through, folded and opened, copied, by keys and mouse."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.binding import Binding, BindingType

from oxen_tui.widgets.driver.keys_in_order import ActsInTurn
from oxen_tui.widgets.message import Message
from oxen_tui.widgets.transcript.showing_view import shows
from oxen_tui.widgets.transcript.tree_view import TreeView

if TYPE_CHECKING:
    from oxen_tui.widgets.markdown.blocks import Fence
    from oxen_tui.widgets.transcript.turn_lines import TurnLines

WHEEL = 3
"""Lines that one step of a mouse wheel moves."""


class Transcript(ActsInTurn, TreeView, can_focus=True):
    """A conversation. Text is only ever text here: nothing in it is read as markup, nothing is opened by itself."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "step(-1)", "Message above", show=False, id="transcript.up"),
        Binding("down,j", "step(1)", "Message below", show=False, id="transcript.down"),
        Binding("pageup", "page(-1)", "Page up", show=False, id="transcript.page_up"),
        Binding("pagedown", "page(1)", "Page down", show=False, id="transcript.page_down"),
        Binding("home,g", "top", "Top", show=False, id="transcript.top"),
        Binding("end,G", "end", "End", show=False, id="transcript.end"),
        Binding("y", "copy", "copy", id="transcript.copy"),
        Binding("Y", "copy_code", "copy code", id="transcript.copy_code"),
        Binding("C", "copy_as", "Copy as curl, Python…", show=False, id="transcript.copy_as"),
        Binding("enter", "fold", "open", id="transcript.fold"),
        Binding("e", "edit", "edit", id="transcript.edit"),
        Binding("r", "regenerate", "regenerate", id="transcript.regenerate"),
        Binding("c", "go_on", "continue", show=False, id="transcript.continue"),
        Binding("left_square_bracket", "sibling(-1)", "Branch before", show=False, id="transcript.sibling_before"),
        Binding("right_square_bracket", "sibling(1)", "Branch after", show=False, id="transcript.sibling_after"),
        Binding("d", "delete", "Delete", show=False, id="transcript.delete"),
        Binding("slash", "search", "Search here", show=False, id="transcript.search"),
        Binding("escape", "leave", "back", id="transcript.leave"),
    ]

    class EditRequested(Message):
        """A turn is to be edited and sent again."""

        turn_id: int

    class RegenerateRequested(Message):
        """Another answer is wanted."""

        turn_id: int

    class ContinueRequested(Message):
        """A cut-off answer is to go on."""

        turn_id: int

    class SiblingRequested(Message):
        """Another branch is to be shown: the one before (-1) or after (1)."""

        turn_id: int
        step: int

    class DeleteRequested(Message):
        """A turn is to go."""

        turn_id: int

    class Copied(Message):
        """Text for the clipboard."""

        text: str
        what: str
        """What it is, in words: `message`, `code block 2 of 3`."""

    class CopyAsRequested(Message):
        """Something of a turn, or the request that it belongs to, is to be copied."""

        turn_id: int

    class LinkChosen(Message):
        """A link was clicked. Whether it is opened is for others to say."""

        href: str

    class SearchRequested(Message):
        """Something in this conversation is to be found."""

    class Left(Message):
        """The keys are to go back to where questions are written."""

    _copied: tuple[int, int] = (-1, 0)
    """The turn of which a code block was copied last, and which one."""

    # The message that keys act on

    def watch_has_focus(self, value: bool) -> None:
        """The bar comes, at first to the last message, and goes."""
        super().watch_has_focus(value)
        if value and self.cursor is None and self.column.turns:
            self.cursor = self.column.turns[-1]
        self._repaint()

    def _put_cursor(self, lines: TurnLines | None) -> None:
        self.cursor = lines
        self._repaint()

    def action_step(self, step: int) -> None:
        """Go to the message above (-1) or below (1), and have it in view."""
        turns = self.column.turns
        if not turns:
            return
        number = turns.index(self.cursor) + step if self.cursor in turns else len(turns) - 1
        number = max(0, min(number, len(turns) - 1))
        self.cursor = turns[number]
        if number == len(turns) - 1 and step > 0:
            self.show_end()
            self._repaint()
            return
        self._bring_into_view(number)

    def go_to(self, turn_id: int) -> bool:
        """Let keys act on this message, and have it in view. False: it is not on the page."""
        lines = self.column.get(turn_id)
        if lines is None:
            return False
        self.following = False
        self.cursor = lines
        self._bring_into_view(self.column.turns.index(lines))
        return True

    def _bring_into_view(self, number: int) -> None:
        turns = self.column.turns
        top = self.column.top_of(number)
        anchor = self.column.anchor(top)
        if anchor:
            top = self.column.know_down(anchor, self.size.height)
        height = turns[number].height(self.column.painter)
        page = self.size.height
        if top < self.scroll_offset.y or height >= page:
            self.show_line(top)
        elif top + height > self.scroll_offset.y + page:
            self.show_line(top + height - page)
        self._repaint()

    def action_search(self) -> None:
        self.post_message(self.SearchRequested())

    def action_page(self, pages: int) -> None:
        """Move by a page, with two lines in common."""
        self.scroll_lines(pages * max(1, self.size.height - 2))

    def action_top(self) -> None:
        """Go to the beginning."""
        if self.column.turns:
            self.cursor = self.column.turns[0]
        self.show_line(0)

    def action_end(self) -> None:
        """Go to the end, and follow it."""
        if self.column.turns:
            self.cursor = self.column.turns[-1]
        self.jump_to_end()

    def action_fold(self) -> None:
        """Open everything that the message has folded, or fold it again; else show its pictures."""
        lines = self._chosen()
        if lines and lines.folds:
            closed = [key for key in lines.folds if key not in lines.opened]
            self._fold(lines, closed or lines.folds)
        elif lines and shows(lines):
            self.action_view()

    def _fold(self, lines: TurnLines, keys: list[str]) -> None:
        """Toggle folds. The page stays where it is, whatever opens on it."""
        was_following, self.following = self.following, False

        def change() -> None:
            for key in keys:
                lines.toggle(key)
            self.column.grown(lines)

        self.change(change)
        if was_following and self.scroll_offset.y >= self._lowest:
            self.following = True

    # What keys ask for

    def action_copy(self) -> None:
        """Copy the source of the message."""
        lines = self._chosen()
        if lines:
            self.take_in()
            self.post_message(self.Copied(lines.turn.text or lines.turn.reasoning, "message"))

    def action_copy_code(self) -> None:
        """Copy a code block of the message; pressed again, the next one. Without any there, the last one above."""
        lines = self._chosen()
        if lines is None:
            return
        in_message = bool(self.fences_of(lines))
        above = reversed(self.column.turns[: self.column.turns.index(lines) + 1])
        lines = next((each for each in above if self.fences_of(each)), None)
        if lines is None:
            return
        fences = self.fences_of(lines)
        turn_id, last = self._copied
        if turn_id == lines.turn.id:
            number = (last + 1) % len(fences)
        else:
            number = 0 if in_message else len(fences) - 1
        self._copied = (lines.turn.id, number)
        what = "code block" if len(fences) == 1 else f"code block {number + 1} of {len(fences)}"
        self.post_message(self.Copied(fences[number].source, what))

    def fences_of(self, lines: TurnLines) -> list[Fence]:
        """The code blocks of a message."""
        # Without this look at the text, a conversation without code would be parsed from its end to its beginning.
        if "```" not in lines.turn.text and "~~~" not in lines.turn.text and "    " not in lines.turn.text:
            return []
        return lines.fences

    def action_copy_as(self) -> None:
        self._ask(self.CopyAsRequested)

    def action_edit(self) -> None:
        self._ask(self.EditRequested)

    def action_regenerate(self) -> None:
        self._ask(self.RegenerateRequested)

    def action_go_on(self) -> None:
        self._ask(self.ContinueRequested)

    def action_delete(self) -> None:
        self._ask(self.DeleteRequested)

    def _ask(self, message: Callable[[int], Message]) -> None:
        lines = self._chosen()
        if lines:
            self.post_message(message(lines.turn.id))

    def action_sibling(self, step: int) -> None:
        lines = self._chosen()
        if lines and lines.turn.siblings > 1:
            self.post_message(self.SiblingRequested(lines.turn.id, step))

    def action_leave(self) -> None:
        self.post_message(self.Left())

    # Mouse

    def on_click(self, event: events.Click) -> None:
        """Fold lines fold, links are chosen, a message that is clicked is the one that keys act on."""
        if event.chain > 1:
            event.stop()  # the screen would select everything there is
        found = self.column.line(self.scroll_offset.y + event.y)
        if found is None or event.button != 1 or self.text_selection is not None:
            return
        if event.chain == 2:
            from oxen_tui.widgets.transcript.selection import word_at

            self.screen.selections = {self: word_at(found, event.x)}
            return
        self._put_cursor(self.column.turns[found.number])
        if found.line.fold:
            self._fold(self.column.turns[found.number], [found.line.fold])
            return
        if self.clicked_picture(found, event.x):
            return
        for link in found.line.links:
            if link.start <= event.x < link.end:
                self.post_message(self.LinkChosen(link.href))

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """The wheel moves by lines, not smoothly: every step between would be painted in full."""
        event.stop()
        event.prevent_default()
        self.scroll_lines(WHEEL)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        event.stop()
        event.prevent_default()
        self.scroll_lines(-WHEEL)
