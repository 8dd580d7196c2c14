"""Two messages beside one another: an answer and its sibling, or any two."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from oxen_tui.panes.answers.turns import closing_note, ending_words
from oxen_tui.panes.pane import Pane
from oxen_tui.safe_text import clean_line
from oxen_tui.services.conversation.message_pair import Said, said_in
from oxen_tui.services.conversation.set_words import parameter_words
from oxen_tui.services.conversation.text_diff import TextDiff, diff_texts
from oxen_tui.services.session import Session
from oxen_tui.store.errors import StoreError
from oxen_tui.widgets.key_bar import KeyBar
from oxen_tui.widgets.message import Message
from oxen_tui.widgets.page.diff_lines import DiffHead
from oxen_tui.widgets.page.diff_view import DiffHeads, DiffView
from oxen_tui.widgets.page.view import PageView
from oxen_tui.widgets.wording import counted


class MessageDiffPane(Pane):
    """Reads two messages and compares them, in a thread; the second one can be changed for its siblings."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "close", id="diff.leave"),
        Binding("right_square_bracket", "sibling(1)", "sibling", id="diff.sibling_after"),
        Binding("left_square_bracket", "sibling(-1)", "Sibling before", show=False, id="diff.sibling_before"),
        Binding("x", "swap", "swap", id="diff.swap"),
    ]

    DEFAULT_CSS = """
    MessageDiffPane {
        & DiffHeads { margin: 0 0 1 0; }
        &.-low {
            & .title { margin: 0; }
            & DiffHeads { margin: 0; }
        }
    }
    """

    class Left(Message):
        """It is to be closed."""

    def __init__(self, session: Session, message_id: int, other_id: int | None = None) -> None:
        """
        Args:
            session: Whose messages.
            message_id: One of them.
            other_id: The other; None is a sibling of the first, the older one standing first.
        """
        super().__init__(classes="dialog")
        self._session = session
        self._first, self._second = message_id, other_id
        self._diff: TextDiff | None = None

    def compose(self) -> ComposeResult:
        yield Static("Two answers", id="diff-title", classes="title")
        yield DiffHeads()
        yield DiffView()
        yield KeyBar()

    def on_mount(self) -> None:
        self.query_one(DiffView).focus()
        self._work(self._compare, "diff", exclusive=True)

    def on_resize(self) -> None:
        self.set_class(self.app.size.height < 24, "-low")

    def action_leave(self) -> None:
        self.post_message(self.Left())

    def action_swap(self) -> None:
        """The other way round."""
        if self._second is not None:
            self._first, self._second = self._second, self._first
            self._work(self._compare, "diff", exclusive=True)

    def action_sibling(self, step: int) -> None:
        """Compare with the sibling of the second one before (-1) or after it (1)."""
        self._work(partial(self._flip, step), "diff", exclusive=True)

    async def _flip(self, step: int) -> None:
        if self._second is None:
            return
        try:
            siblings = [each.id for each in await self._session.store.messages.siblings(self._second)]
        except StoreError as error:
            self.in_trouble(str(error))
            return
        place = siblings.index(self._second) + step if self._second in siblings else 0
        while 0 <= place < len(siblings) and siblings[place] == self._first:
            place += step
        if 0 <= place < len(siblings):
            self._second = siblings[place]
            await self._compare()

    async def _compare(self) -> None:
        store = self._session.store
        try:
            if self._second is None:
                await self._choose_sibling()
            if self._second is None:
                self.say("This message has no sibling: r asks for another answer")
                self.post_message(self.Left())
                return
            first, second = await said_in(store, self._first), await said_in(store, self._second)
        except StoreError as error:
            self.in_trouble(str(error))
            return
        # In a thread: answers may be of any length, and a key is to be echoed at once all the same.
        diff = await asyncio.to_thread(diff_texts, first.text, second.text)
        self._show(first, second, diff)

    async def _choose_sibling(self) -> None:
        """The one before, else the one after; the older one stands first."""
        siblings = [each.id for each in await self._session.store.messages.siblings(self._first)]
        if len(siblings) > 1 and self._first in siblings:
            here = siblings.index(self._first)
            before = max(0, here - 1)
            self._first, self._second = siblings[before], siblings[before + 1]

    def _show(self, first: Said, second: Said, diff: TextDiff) -> None:
        what = "questions" if first.message.role == second.message.role == "user" else "answers"
        if first.message.role != second.message.role:
            what = "messages"
        changes = counted(diff.changes, "change") if diff.changes else "not a word differs"
        if not diff.by_words:
            changes += " · too long to compare word by word"
        title = Content.assemble((f"Two {what}", "bold"), (f"   {changes}", "not bold"))
        self.query_one("#diff-title", Static).update(title)
        self.query_one(DiffHeads).show((_head(first), _head(second)))
        self.query_one(DiffView).show(diff.blocks, diff.as_text())

    @on(PageView.Copied)
    def _copy(self, event: PageView.Copied) -> None:
        event.stop()
        self.app.copy_to_clipboard(event.text)
        self.say(f"Copied {event.what}: {counted(len(event.text.splitlines()), 'line')}")

    def show_mistake(self) -> None:
        self.in_trouble("This went wrong within the program: both messages are there")


def _head(said: Said) -> DiffHead:
    message = said.message
    last = said.answers[-1]
    note = closing_note(last, said.answers[:-1])
    parameters = parameter_words(message.parameters)
    ending = ending_words(last.ending)
    facts = ["" if ending in note else ending, note, "" if parameters in note else parameters]
    return DiffHead(
        title="you" if message.role == "user" else clean_line(message.model or message.role, 60),
        place=f"{message.sibling}/{message.siblings}" if message.siblings > 1 else "",
        facts=" · ".join(fact for fact in facts if fact),
    )
