"""Everything about one model, on pages: what it is, what it takes, what it costs, how to ask it, its raw data."""

from __future__ import annotations

from typing import ClassVar, Protocol

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.widget import Widget
from textual.widgets import Input

from oxen_tui.api.model import Model
from oxen_tui.widgets.line_input import LineInput
from oxen_tui.widgets.message import Message
from oxen_tui.widgets.models.head import ModelHead
from oxen_tui.widgets.models.overview import ModelOverview
from oxen_tui.widgets.models.price_view import PricePage, PriceView
from oxen_tui.widgets.models.request_view import RequestView
from oxen_tui.widgets.models.schema_rows import SchemaSource
from oxen_tui.widgets.models.schema_view import SchemaView
from oxen_tui.widgets.one_line import OneLine
from oxen_tui.widgets.page.raw_json_view import JsonSource, RawJsonView
from oxen_tui.widgets.page.tab_line import TabLine
from oxen_tui.widgets.page.view import PageView
from oxen_tui.widgets.presence import Presence

PAGES = ("Overview", "Schema", "Pricing", "Request", "Raw")

_SHORT = 22
"""Rows below which the head is in two lines."""


class ModelPages(Protocol):
    """What the pages show besides the model itself. Asked for when a page is looked at, and only then."""

    def price_line(self, model: Model) -> str:
        """The price in a few words, as in a list."""
        ...

    def examples(self, model: Model) -> int:
        """How many it shows of itself."""
        ...

    def schema(self, model: Model) -> SchemaSource | None:
        """The lines of what it takes; None where nothing is known."""
        ...

    def prices(self, model: Model) -> PricePage:
        """All prices in words."""
        ...

    def request(self, model: Model, full: bool, language: str) -> str:
        """An example request without any key, in one of `request_view.LANGUAGES`."""
        ...

    def raw(self, model: Model) -> JsonSource:
        """The lines of what the server sent of it."""
        ...


class ModelDetail(Presence, Vertical):
    """Shows one model, one page at a time. A page is made when it is looked at, as far as it is in view."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left,h", "turn(-1)", "page before", show=False, id="detail.page_before"),
        Binding("right,l", "turn(1)", "next page", show=False, id="detail.next_page"),
        Binding("O", "open('Overview')", "overview", show=False, id="detail.overview"),
        Binding("S", "open('Schema')", "schema", show=False, id="detail.schema"),
        Binding("P", "open('Pricing')", "pricing", show=False, id="detail.pricing"),
        Binding("R", "open('Request')", "request", show=False, id="detail.request"),
        Binding("J", "open('Raw')", "raw JSON", show=False, id="detail.raw"),
        Binding("slash", "find", "find", id="detail.find"),
        Binding("escape", "end_find", "end search", id="detail.end_find"),
    ]

    DEFAULT_CSS = """
    ModelDetail {
        background: $panel;
        & > #model-find { height: 1; padding: 0 2; display: none; }
        & > #model-find.-open { display: block; }
        & > #model-find > LineInput { width: 1fr; height: 1; border: none; padding: 0 1; background: $field; }
        & > #model-find > LineInput:focus { background-tint: $foreground 0%; }
        & > #model-find > OneLine { width: 26; background: $field; }
        & > PageView { display: none; margin: 1 0 0 0; }
        & > PageView.-open { display: block; }
    }
    ModelDetail.-short > PageView { margin: 0; }
    """

    class PageOpened(Message):
        """Another page is in view: one of `PAGES`."""

        page: str

    def __init__(
        self,
        pages: ModelPages,
        *,
        page: str = PAGES[0],
        id: str | None = None,  # noqa: A002
    ) -> None:
        """
        Args:
            pages: Knows what services know of a model.
            page: The one to begin with.
        """
        super().__init__(id=id)
        self._pages = pages
        self._first = page
        self._model: Model | None = None
        self._empty = "No model"
        self._stale: set[str] = set(PAGES)

    def compose(self) -> ComposeResult:
        yield ModelHead()
        yield TabLine(PAGES)
        with Horizontal(id="model-find"):
            yield LineInput(placeholder="find", id="model-find-words", select_on_focus=False)
            yield OneLine(id="model-find-result")
        yield ModelOverview(id="model-overview")
        yield SchemaView(id="model-schema")
        yield PriceView(id="model-pricing")
        yield RequestView(id="model-request")
        yield RawJsonView(id="model-raw")

    def on_mount(self) -> None:
        self.query_one(TabLine).choose(self._first)
        self._view().add_class("-open")
        self._fill()

    # What is shown

    @property
    def model(self) -> Model | None:
        return self._model

    @property
    def page(self) -> str:
        """The page in view."""
        return self.query_one(TabLine).active if self.is_mounted else self._first

    def show(self, model: Model | None, *, favourite: bool = False, note: str = "") -> None:
        """Show this model on the page that is open.

        Args:
            favourite: Whether it wears a star.
            note: What is to be known of it now: `new`, `gone since Thursday`, `waking 0:42`.
        """
        if not self.is_mounted:
            self.call_after_refresh(lambda: self.show(model, favourite=favourite, note=note))
            return
        self.query_one(ModelHead).show(model, favourite=favourite, note=note)
        if model is self._model and not self._stale.issuperset(PAGES):
            return
        same = model is not None and self._model is not None and model.id == self._model.id
        if same and model == self._model:
            return
        self._model = model
        self._stale = set(PAGES)
        self._fill(keep=same)

    def focus(self, scroll_visible: bool = True) -> ModelDetail:
        """Give the keys to the page in view."""
        self._stand_in(self._view())
        return self

    # What the user does

    def action_turn(self, step: int) -> None:
        at = PAGES.index(self.page) + step
        self.action_open(PAGES[at % len(PAGES)])

    def action_open(self, page: str) -> None:
        """Bring a page into view, with the focus if it was on the page before."""
        old = self._view()
        self.query_one(TabLine).choose(page)
        new = self._view()
        if new is old:
            return
        focused = old.has_focus
        old.remove_class("-open")
        new.add_class("-open")
        self._fill()
        if focused:
            self._stand_in(new)
        self._close_find(old)
        self.post_message(self.PageOpened(page))

    def action_find(self) -> None:
        self.query_one("#model-find").add_class("-open")
        self._stand_in(self.query_one(LineInput))

    def action_end_find(self) -> None:
        view = self._view()
        self._close_find(view)
        self._stand_in(view)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "find":
            return not self.is_mounted or self._view().can_find
        if action == "end_find":
            return self._finding
        if action in ("turn", "open"):
            return not (self.is_mounted and self.query_one(LineInput).has_focus)
        return True

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        self._view().find(event.value.strip())

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        if event.value.strip():
            self._stand_in(self._view())
        else:
            self.action_end_find()

    def on_page_view_searched(self, event: PageView.Searched) -> None:
        event.stop()
        self.query_one("#model-find-result", OneLine).say([], [(event.result, "faint"), (" ", "faint")])

    def on_tab_line_chosen(self, event: TabLine.Chosen) -> None:
        event.stop()
        self.action_open(event.name)
        self._stand_in(self._view())

    def on_resize(self, event: events.Resize) -> None:
        short = event.size.height < _SHORT
        self.set_class(short, "-short")
        self.query_one(ModelHead).set_class(short, "-short")

    # Pages

    def _stand_in(self, widget: Widget) -> None:
        """At once: keys that were typed behind the one that led here are for it."""
        self.screen.set_focus(widget, scroll_visible=False)

    @property
    def _finding(self) -> bool:
        return self.is_mounted and self.query_one("#model-find").has_class("-open")

    def _close_find(self, view: PageView) -> None:
        if self._finding:
            self.query_one("#model-find").remove_class("-open")
            with self.prevent(Input.Changed):
                self.query_one(LineInput).value = ""
            self.query_one("#model-find-result", OneLine).say([])
            view.find("")
        self.refresh_bindings()

    def _view(self, page: str = "") -> PageView:
        return self.query_one(f"#model-{(page or self.page).lower()}", PageView)

    def _fill(self, keep: bool = False) -> None:
        """Hand the model to the page in view, if it has not got it."""
        page, view, model = self.page, self._view(), self._model
        if page not in self._stale:
            return
        self._stale.discard(page)
        pages = self._pages
        if isinstance(view, ModelOverview):
            view.show_model(*((model, pages.price_line(model), pages.examples(model)) if model else (None,)))
        elif isinstance(view, SchemaView):
            view.show(pages.schema(model) if model else None, empty=self._said(), keep=keep)
        elif isinstance(view, PriceView):
            view.show(pages.prices(model) if model else None)
        elif isinstance(view, RequestView):
            source = None if model is None else lambda full, language: pages.request(model, full, language)
            view.show(source, empty=self._said(), keep=keep)
        elif isinstance(view, RawJsonView):
            view.show(pages.raw(model) if model else None)
        if self._finding:
            view.find(self.query_one(LineInput).value.strip())

    def _said(self) -> str:
        return "The catalogue says nothing of what it takes" if self._model else ""
