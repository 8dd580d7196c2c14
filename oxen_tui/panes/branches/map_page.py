"""The map of a conversation as it is shown: its lines, how many, and more of the message under the cursor."""

from __future__ import annotations

from datetime import date

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from oxen_tui.panes.branches.map_words import beginning_of, entry_of, facts_of
from oxen_tui.panes.pane import Pane
from oxen_tui.services.conversation.map import ConversationMap, MapLine
from oxen_tui.services.session import Session
from oxen_tui.store.errors import StoreError
from oxen_tui.store.outline import OutlinedMessage
from oxen_tui.widgets.chat.map_list import MapEntry, MapList
from oxen_tui.widgets.key_bar import KeyBar
from oxen_tui.widgets.line_input import LineInput
from oxen_tui.widgets.message import Message
from oxen_tui.widgets.row_list import RowList
from oxen_tui.widgets.wording import counted


class MapPage(Pane):
    """Reads the tree of a conversation and shows it. Does nothing to it."""

    DEFAULT_CSS = """
    MapPage {
        & MapList { width: 100%; height: 1fr; }
        & #words { display: none; }
        &.-filtering #words { display: block; }
        & #facts { height: 1; margin: 1 0 0 0; color: $muted; }
        & #beginning { height: 2; color: $faint; }
        &.-low {
            & #beginning { height: 1; }
            & #facts { margin: 0; }
            & .title { margin: 0; }
        }
    }
    """

    class Chosen(Message):
        """The branch of a message is to be shown."""

        message_id: int

    class CompareWanted(Message):
        """Two messages are to be compared; without a second one, the first with a sibling."""

        def __init__(self, first: int, second: int | None) -> None:
            super().__init__()
            self.first, self.second = first, second

    class Left(Message):
        """It is to be closed, or nothing is left to be shown."""

    def __init__(self, session: Session, conversation_id: int, standing_on: int | None) -> None:
        """
        Args:
            session: Whose conversation.
            conversation_id: Which.
            standing_on: The message to begin at; None is the last one that the page shows.
        """
        super().__init__(classes="dialog")
        self._session, self._conversation_id = session, conversation_id
        self._standing_on = standing_on
        self._map = ConversationMap((), None)
        self._messages: dict[int, OutlinedMessage] = {}
        self._leaf_id: int | None = None
        self._lines: dict[int, MapLine] = {}
        self._order: dict[int, int] = {}
        self._last_shown = -1
        self._folded: set[int] = set()
        self._marks: list[int] = []
        self._found: set[int] | None = None
        """What the filter left; None without one."""

    def compose(self) -> ComposeResult:
        yield Static("Map of the conversation", id="map-title", classes="title")
        yield LineInput(placeholder="words", id="words")
        yield MapList()
        yield Static(id="facts")
        yield Static(id="beginning")
        yield KeyBar()

    def on_mount(self) -> None:
        self._list = self.query_one(MapList)
        self._field = self.query_one(LineInput)
        self._list.focus()
        self._work(self._read, "map", exclusive=True)

    def on_resize(self) -> None:
        self.set_class(self.app.size.height < 24, "-low")

    # --- what is shown --------------------------------------------------------------------------------------------

    async def _read(self) -> None:
        try:
            outline = await self._session.store.whole.outline(self._conversation_id)
        except StoreError as error:
            self.in_trouble(str(error))
            return
        self._messages = {message.id: message for message in outline.messages}
        self._leaf_id = outline.leaf_id
        self._map = ConversationMap(outline.messages, outline.leaf_id)
        self._marks = [each for each in self._marks if each in self._map]
        if not self._messages:
            self.post_message(self.Left())
            return
        wanted = (self._list.message_id, self._standing_on, self._leaf_id)
        self._draw(next((each for each in wanted if each in self._map), None))

    def _draw(self, stand_on: int | None = None) -> None:
        """Show the lines as they are folded and filtered now."""
        lines = self._map.lines(self._folded if self._found is None else ())
        if self._found is not None:
            lines = [line for line in lines if line.id in self._found]
        self._lines = {line.id: line for line in lines}
        self._order = {line.id: place for place, line in enumerate(lines)}
        self._last_shown = max((self._order[line.id] for line in lines if line.shown), default=-1)
        if stand_on is not None and self._found is None:
            stand_on = self._map.line_above(stand_on, self._folded)
        self._list.show_map(
            list(self._lines),
            self._describe,
            stand_on=stand_on,
            marks=self._marks,
            flat=self._found is not None,
            empty=["No message holds all these words", "esc shows all again"],
        )
        self._tell_counts()
        self._tell()

    def _describe(self, message_id: int) -> MapEntry:
        line = self._lines[message_id]
        return entry_of(
            self._messages[message_id],
            line,
            is_leaf=message_id == self._leaf_id,
            passed=self._order[message_id] < self._last_shown,
            today=self._today,
        )

    @property
    def _today(self) -> date:
        return self._session.clock.now().astimezone().date()

    def _tell_counts(self) -> None:
        said = counted(len(self._map), "message")
        branches = self._map.branches
        said += f" · {branches} branches" if branches > 1 else " · one branch"
        if self._found is not None:
            said = f"{len(self._lines):,} of {said}"
        title = Content.assemble(("Map of the conversation", "bold"), ("   " + said, "not bold"))
        self.query_one("#map-title", Static).update(title)

    def _tell(self) -> None:
        """Of the message under the cursor."""
        message_id = self._list.message_id
        facts = beginning = ""
        if message_id is not None:
            message = self._messages[message_id]
            facts = facts_of(message, self._lines[message_id], self._today)
            beginning = beginning_of(message)
        self.query_one("#facts", Static).update(Content(facts))
        self.query_one("#beginning", Static).update(Content(beginning))

    @on(RowList.Highlighted)
    def _tell_of_another(self, event: RowList.Highlighted) -> None:
        event.stop()
        self._tell()

    def show_mistake(self) -> None:
        self.in_trouble("This went wrong within the program: the conversation is all there")
