"""The map of a conversation: every message on every branch, gone through by keys."""

from __future__ import annotations

from functools import partial
from typing import ClassVar, Protocol

from textual import events, on
from textual.binding import Binding, BindingType
from textual.widgets import Input

from oxen_tui.panes.branches.map_page import MapPage
from oxen_tui.services.session import Session
from oxen_tui.store.errors import StoreError
from oxen_tui.widgets.row_list import RowList


class Branches(Protocol):
    """What can be done to the conversation from its map; the page that shows it does it."""

    async def delete_branch(self, message_id: int) -> bool:
        """Take away a message with all that follows. Whether that was done; if not, it was said why."""

    async def bring_back(self) -> bool:
        """Bring back what was deleted last. Whether there was something."""


class MapPane(MapPage):
    """Says which message is to be shown, and which two are to be compared."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "close", id="map.leave"),
        Binding("space", "mark", "mark", id="map.mark"),
        Binding("equals_sign", "compare", "compare", id="map.compare"),
        Binding("z", "fold", "fold", id="map.fold"),
        Binding("slash", "filter", "filter", id="map.filter"),
        Binding("d", "delete", "delete", id="map.delete"),
        Binding("left,h", "parent", "What it follows", show=False, id="map.parent"),
        Binding("right,l", "into", "Into its branches", show=False, id="map.into"),
        Binding("left_square_bracket", "sibling(-1)", "Sibling before", show=False, id="map.sibling_before"),
        Binding("right_square_bracket", "sibling(1)", "Sibling after", show=False, id="map.sibling_after"),
        Binding("Z", "fold_all", "Fold or open all branches", show=False, id="map.fold_all"),
        Binding("u", "undo", "Undo the deletion", show=False, id="map.undo"),
        Binding("r", "read_again", "Read it again", show=False, id="map.refresh"),
    ]

    def __init__(self, session: Session, conversation_id: int, standing_on: int | None, branches: Branches) -> None:
        super().__init__(session, conversation_id, standing_on)
        self._branches = branches

    # --- going about ----------------------------------------------------------------------------------------------

    @on(RowList.Chosen)
    def _show_it(self, event: RowList.Chosen) -> None:
        event.stop()
        self.post_message(self.Chosen(int(event.key)))

    def action_leave(self) -> None:
        """Close what is open, one thing at a time."""
        if self.has_class("-filtering"):
            self.remove_class("-filtering")
            self.screen.set_focus(self._list)
            self._field.value = ""
            self._narrow("")
        else:
            self.post_message(self.Left())

    def action_parent(self) -> None:
        if (here := self._list.message_id) is not None:
            self._go(self._map.parent(here))

    def action_into(self) -> None:
        """Open a folded branch, else go to the first message that follows."""
        here = self._list.message_id
        if here is None or self._found is not None:
            return
        if self._lines[here].folded:
            self._folded.discard(here)
            self._draw(here)
        else:
            follows = self._order[here] + 1
            if follows < len(self._lines) and self._lines[here].below:
                self._go(list(self._lines)[follows])

    def action_sibling(self, step: int) -> None:
        """Go to the sibling before (-1) or after (1) the message or the nearest above it that has one."""
        here = self._list.message_id
        while here is not None and len(siblings := self._map.siblings(here)) < 2:
            here = self._map.parent(here)
        if here is not None:
            place = siblings.index(here) + step
            if 0 <= place < len(siblings):
                self._go(siblings[place])

    def _go(self, message_id: int | None) -> None:
        if message_id is not None:
            shown = message_id if self._found is not None else self._map.line_above(message_id, self._folded)
            self._list.highlight(str(shown))

    # --- folding --------------------------------------------------------------------------------------------------

    def action_fold(self) -> None:
        """Fold the branch that the cursor is in to one line, or open it; on the straight way, those leaving here."""
        here = self._list.message_id
        if here is None or self._found is not None:
            return
        line = self._lines[here]
        heads = {line.head} if line.head is not None else set(line.sidings)
        folding = {head for head in heads if head is not None}
        if not folding:
            self.say("No branch leaves here: z folds where one does")
        elif folding <= self._folded:
            self._folded -= folding
        else:
            self._folded |= folding
        self._draw(here)

    def action_fold_all(self) -> None:
        heads = set(self._map.heads())
        self._folded = set() if heads <= self._folded else heads
        self._draw(self._list.message_id)

    # --- the filter -----------------------------------------------------------------------------------------------

    def action_filter(self) -> None:
        self.add_class("-filtering")
        self.screen.set_focus(self._field)  # at once: what is typed behind the key belongs there

    @on(Input.Changed)
    def _take_words(self, event: Input.Changed) -> None:
        event.stop()
        self._narrow(event.value)

    @on(Input.Submitted)
    def _into_the_found(self, event: Input.Submitted) -> None:
        event.stop()
        if self._list.message_id is not None:
            self.screen.set_focus(self._list)

    def on_key(self, event: events.Key) -> None:
        if event.key in ("tab", "shift+tab"):
            event.prevent_default()  # there is nowhere else to go
        elif self._field.has_focus and event.key in ("up", "down"):
            event.prevent_default()
            self._list.action_move(-1 if event.key == "up" else 1)

    def _narrow(self, words: str) -> None:
        self._work(partial(self._find, words.split()), "find", exclusive=True)

    async def _find(self, words: list[str]) -> None:
        here = self._list.message_id
        try:
            found = await self._session.store.whole.holding(self._conversation_id, words) if words else None
        except StoreError as error:
            self.in_trouble(str(error))
            return
        self._found = found
        if found is None or here in found:
            self._draw(here)
        else:
            on_page = sorted(found & self._map.shown)
            self._draw(on_page[-1] if on_page else None)

    # --- two beside one another, and deleting ---------------------------------------------------------------------

    def action_mark(self) -> None:
        """Mark the message for a comparison, or no longer; a third one takes the place of the first."""
        here = self._list.message_id
        if here is None:
            return
        if here in self._marks:
            self._marks.remove(here)
        else:
            self._marks = [*self._marks[-1:], here]
        self._draw(here)

    def action_compare(self) -> None:
        """Compare the two that are marked, else the one under the cursor with the marked one or with a sibling."""
        here = self._list.message_id
        if len(self._marks) == 2:
            self.post_message(self.CompareWanted(*self._marks))
        elif here is not None and self._marks and self._marks[0] != here:
            self.post_message(self.CompareWanted(self._marks[0], here))
        elif here is not None:
            self.post_message(self.CompareWanted(here, None))

    def action_delete(self) -> None:
        if (here := self._list.message_id) is not None:
            self._work(partial(self._delete, here), "change", exclusive=True)

    async def _delete(self, message_id: int) -> None:
        siblings, parent = self._map.siblings(message_id), self._map.parent(message_id)
        near = next((each for each in reversed(siblings) if each != message_id), parent)
        if await self._branches.delete_branch(message_id):
            self._standing_on = near
            await self._read()

    def action_undo(self) -> None:
        self._work(self._undo, "change", exclusive=True)

    async def _undo(self) -> None:
        if await self._branches.bring_back():
            await self._read()

    def action_read_again(self) -> None:
        self._work(self._read, "map", exclusive=True)
