"""The last requests as they went over the wire, and what came back: looked at, searched, copied, saved."""

from __future__ import annotations

import asyncio
from functools import partial
from pathlib import Path
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.widgets import Input

from oxen_tui.api.exchange import Exchange
from oxen_tui.panes.inspector.page import PARTS, InspectorPage
from oxen_tui.services.requests.code import Language
from oxen_tui.services.requests.exchange_text import CannotCopy
from oxen_tui.system_words import why
from oxen_tui.widgets.line_input import LineInput
from oxen_tui.widgets.one_line import OneLine
from oxen_tui.widgets.page.tab_line import TabLine
from oxen_tui.widgets.page.view import PageView
from oxen_tui.widgets.wording import counted


class InspectorPane(InspectorPage):
    """What is done with them."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back", "close", id="inspector.back"),
        Binding("tab,right,l", "turn(1)", "next part", id="inspector.next"),
        Binding("shift+tab,left,h", "turn(-1)", "Part before", show=False, id="inspector.before"),
        Binding("slash", "find", "find", id="inspector.find"),
        Binding("c", "copy_as('curl')", "as curl", id="inspector.curl"),
        Binding("p", "copy_as('Python')", "as Python", id="inspector.python"),
        Binding("y", "copy_shown", "copy", id="inspector.copy"),
        Binding("s", "save", "save", id="inspector.save"),
    ]
    COMMANDS = (
        ("Copy the request as curl", "c", "copy_as:curl"),
        ("Copy the request as Python", "p", "copy_as:Python"),
        ("Copy what is shown", "y", "copy_shown"),
        ("Write the exchange to a file", "s", "save"),
        ("Find in what is shown", "/", "find"),
    )

    # --- moving ---------------------------------------------------------------------------------------------------

    def focus(self, scroll_visible: bool = True) -> InspectorPane:
        """Give the keys to the list."""
        self._list.focus(scroll_visible)
        return self

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Letters are typed in the field of the search."""
        if self.is_mounted and self._finding_field.has_focus:
            return action == "back"
        return True

    def action_back(self) -> None:
        """End the search, then leave the page, then close."""
        if self.query_one("#exchange-find").has_class("-open"):
            self._end_find()
        elif self._list.has_focus:
            self.post_message(self.Closed())
        else:
            self._list.focus()

    def action_turn(self, step: int) -> None:
        self.open_part(PARTS[(PARTS.index(self._part) + step) % len(PARTS)])

    def open_part(self, part: str) -> None:
        """Show another part of the same exchange."""
        on_page = self.page.has_focus
        self._end_find(focus=False)
        self._part = part
        self.query_one(TabLine).choose(part)
        self._show()
        if on_page:
            self.screen.set_focus(self.page, scroll_visible=False)

    @on(TabLine.Chosen)
    def _click_part(self, event: TabLine.Chosen) -> None:
        event.stop()
        self.open_part(event.name)

    def action_find(self) -> None:
        self.query_one("#exchange-find").add_class("-open")
        self.screen.set_focus(self._finding_field, scroll_visible=False)

    @property
    def _finding_field(self) -> LineInput:
        return self.query_one(LineInput)

    @on(Input.Changed)
    def _find(self, event: Input.Changed) -> None:
        event.stop()
        self.page.find(event.value.strip())

    @on(Input.Submitted)
    def _found(self, event: Input.Submitted) -> None:
        event.stop()
        if event.value.strip():
            self.screen.set_focus(self.page, scroll_visible=False)
        else:
            self._end_find()

    @on(PageView.Searched)
    def _say_found(self, event: PageView.Searched) -> None:
        event.stop()
        self.query_one("#exchange-find > OneLine", OneLine).say([], [(event.result, "faint"), (" ", "faint")])

    def _end_find(self, *, focus: bool = True) -> None:
        row = self.query_one("#exchange-find")
        if not row.has_class("-open"):
            return
        row.remove_class("-open")
        with self.prevent(Input.Changed):
            self._finding_field.value = ""
        self.query_one("#exchange-find > OneLine", OneLine).say([])
        self.page.find("")
        if focus:
            self.screen.set_focus(self.page, scroll_visible=False)

    def action_copy_shown(self) -> None:
        self.page.action_copy()

    @on(PageView.Copied)
    def _copy(self, event: PageView.Copied) -> None:
        event.stop()
        self._to_clipboard(event.text, event.what)

    def action_copy_as(self, language: str) -> None:
        """Copy the request as a command or a program."""
        if (exchange := self._shown) is None:
            return
        try:
            text = self._said.copied(exchange, Language(language))
        except CannotCopy as error:
            self.in_trouble(error.sentence)
            return
        self._to_clipboard(text, language)
        if not exchange.body_is_whole:
            self.in_trouble("Its media are too large and left out: C at the message copies all of it")

    def _to_clipboard(self, text: str, what: str) -> None:
        self.app.copy_to_clipboard(text)
        self.say(f"Copied {what}: {counted(len(text.splitlines()), 'line')}")

    def action_save(self) -> None:
        """Write all of the exchange to a file."""
        if self._shown is not None:
            self._work(partial(self._save, self._shown), "save")

    async def _save(self, exchange: Exchange) -> None:
        from oxen_tui.services.conversation.files import write_new

        moment = self._session.clock.now().astimezone()
        name = f"request-{exchange.number}-{moment:%Y%m%d-%H%M%S}.txt"
        text = self._said.whole(exchange)

        def write() -> Path:
            return write_new(Path(self._session.settings.save_folder).expanduser() / name, text)

        try:
            path = await asyncio.to_thread(write)
        except OSError as error:
            self.in_trouble(f"{name} cannot be written: {why(error)}")
        else:
            self.app.copy_to_clipboard(str(path))
            self.say(f"Written to {path}; its path is copied")
