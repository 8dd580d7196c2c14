"""Gives a conversation another title. A model is asked for one where the user wants that, and only suggests."""

from __future__ import annotations

from functools import partial
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Input, Static
from textual.worker import Worker

from oxen_tui.api.errors import ApiError
from oxen_tui.money import money
from oxen_tui.panes.pane import Pane
from oxen_tui.safe_text import clean_line
from oxen_tui.services.conversation.titles import NoTitle, TitlePlan, Titles
from oxen_tui.services.error_words import in_words
from oxen_tui.services.session import Session
from oxen_tui.store.errors import StoreError
from oxen_tui.widgets.line_input import LineInput
from oxen_tui.widgets.message import Message

_AT_ONCE = 0.01
"""US dollars below which `/title` asks without waiting for the key."""


class TitlePane(Pane):
    """A line for the title, and one that says which model would be asked, what that costs, and what came of it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+t", "ask", "ask a model", id="title.ask"),
        Binding("up,down", "swap", "the other title", show=False, id="title.swap"),
        Binding("escape", "leave", "stop, then close", id="title.leave"),
    ]

    class Kept(Message):
        """The line was accepted."""

        title: str

    class Left(Message):
        """The title is to stay as it is."""

    def __init__(self, session: Session, conversation_id: int, title: str, *, ask: bool = False) -> None:
        """
        Args:
            session: Whose conversation.
            conversation_id: Which.
            title: That it has.
            ask: Whether a model is to be asked now, where that costs next to nothing.
        """
        super().__init__(classes="dialog")
        self._session, self._conversation_id, self._title = session, conversation_id, title
        self._ask_at_once = ask
        self._titles = Titles(session.store.spending, session.client, session.catalogue.get, session.clock.now)
        self._plan: TitlePlan | None = None
        self._asking: Worker[None] | None = None
        self._other = ""
        """The title that stood in the line before the one that was suggested."""
        self._warned = False

    def compose(self) -> ComposeResult:
        yield Static("Title of this conversation", classes="title")
        yield LineInput(self._title)
        yield Static(id="asked", classes="label")
        yield Static("enter keeps it   ctrl+t asks a model   esc leaves it", classes="hint")

    def on_mount(self) -> None:
        self._work(self._prepare, "prepare")

    async def _prepare(self) -> None:
        session = self._session
        try:
            path = await session.conversation.path(self._conversation_id)
            used = (await session.store.conversations.get(self._conversation_id)).model
        except StoreError as error:
            self._say(str(error), trouble=True)
            return
        model = session.settings.title_model or used
        if not path or not model:
            self._say("Nothing was said here yet that a model could name")
            return
        self._plan = plan = self._titles.plan(path, model)
        self._say(f"ctrl+t asks {clean_line(model, 80)} for one: {_price(plan.dollars)}")
        if self._ask_at_once and plan.dollars is not None and plan.dollars < _AT_ONCE:
            self.action_ask()

    def action_ask(self) -> None:
        """Ask the model; a budget that it would go over is named first."""
        if self._plan is None or self._asking is not None:
            return
        over = self._session.spending.would_pass(self._plan.dollars)
        if over and not self._warned:
            self._warned = True
            self._say(f"{over} ctrl+t asks all the same")
            return
        self._say(f"asking {clean_line(self._plan.model, 80)}: {_price(self._plan.dollars)}   esc stops")
        self._asking = self._work(partial(self._ask, self._plan, self.query_one(Input).value), "ask")

    async def _ask(self, plan: TitlePlan, before: str) -> None:
        try:
            asked = await self._titles.ask(plan)
        except NoTitle as error:
            self._say(error.sentence, trouble=True)
        except ApiError as error:
            self._say(in_words(error), trouble=True)
        except StoreError as error:
            self._say(str(error), trouble=True)
        else:
            line = self.query_one(Input)
            if line.value == before:
                self._other, line.value = before, asked.title
                line.cursor_position = len(asked.title)
                self._say(f"{plan.model} suggests it: {_price(asked.dollars)}   down: the one before")
            else:  # the user wrote on meanwhile
                self._other = asked.title
                self._say(f"{plan.model} suggests {asked.title}: {_price(asked.dollars)}   down takes it")
        finally:
            self._asking = None
            self._session.spending.look_soon()

    def action_swap(self) -> None:
        """Put the other title into the line."""
        line = self.query_one(Input)
        if self._other:
            self._other, line.value = line.value, self._other
            line.cursor_position = len(line.value)

    def action_leave(self) -> None:
        """Stop asking; where nobody is asked, leave the title as it is."""
        if self._asking is None:
            self.post_message(self.Left())
        else:
            self._asking.cancel()
            self._asking = None
            self._say("stopped: what it cost, if anything, is not known   ctrl+t asks again")

    @on(Input.Submitted)
    def _keep(self, event: Input.Submitted) -> None:
        event.stop()
        if self._asking is not None:
            self._asking.cancel()
        self.post_message(self.Kept(clean_line(event.value.strip())))

    def _say(self, words: str, *, trouble: bool = False) -> None:
        line = self.query_one("#asked", Static)
        line.set_classes("trouble" if trouble else "label")
        line.update(Content(words))

    def show_mistake(self) -> None:
        self._say("This went wrong within the program: the title is as it was", trouble=True)


def _price(dollars: float | None) -> str:
    return "price unknown" if dollars is None else money(dollars, estimate=True)
