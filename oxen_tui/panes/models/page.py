"""What the models pane has on screen: filter, facets and list; the model under the cursor; two models compared.

From 100 columns list and detail stand side by side, from 140 the schema beside them; below 100 the list or the
detail has the page.
"""

from __future__ import annotations

from collections.abc import Sequence

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical

from oxen_tui.panes.sided import LOW, SIDED, WIDE, SidedPane
from oxen_tui.services.gallery.showcase import Fetched
from oxen_tui.widgets.facet_line import FacetLine
from oxen_tui.widgets.message import Message
from oxen_tui.widgets.models.detail import ModelDetail, ModelPages
from oxen_tui.widgets.models.diff import ModelDiff
from oxen_tui.widgets.models.list import ColumnTitles, ModelList
from oxen_tui.widgets.models.open_button import OpenButton
from oxen_tui.widgets.models.schema_view import SchemaView
from oxen_tui.widgets.one_line import OneLine
from oxen_tui.widgets.query_filter import Completion, QueryFilter

_PLACEHOLDER = "words, or output:video, under:$1"


class ModelsPage(SidedPane):
    """Places the widgets and says which of them are seen. Asks nothing."""

    DEFAULT_CSS = """
    ModelsPage {
        & > #model-side { width: 1fr; padding: 1 0 0 0; }
        & FacetLine { margin: 0 0 1 0; }
        & ColumnTitles { margin: 0 0 1 0; }
        & ModelList { height: 1fr; }
        & #model-foot { margin: 1 0; }
        & > #model-page { display: none; background: $panel; }
        & > #model-beside { display: none; background: $panel; }
        & #model-beside OneLine { background: $panel; margin: 1 0; }
        & ModelDetail { display: block; height: 1fr; }
        & ModelDiff { display: none; }
        &.-comparing ModelDetail, &.-comparing OpenButton { display: none; }
        &.-comparing ModelDiff { display: block; }
    }
    ModelsPage.-together {
        & > #model-page { display: block; width: 45%; min-width: 42; max-width: 56; }
        &.-comparing > #model-side { display: none; }
        &.-comparing > #model-page { width: 1fr; max-width: 1000; }
    }
    ModelsPage.-three {
        & > #model-side { width: 42%; min-width: 58; max-width: 84; }
        & > #model-page { display: block; width: 1fr; max-width: 200; }
        & > #model-beside { display: block; width: 1.1fr; }
        &.-comparing > #model-beside, &.-schema > #model-beside { display: none; }
    }
    ModelsPage.-one.-open { & > #model-side { display: none; } & > #model-page { display: block; width: 1fr; } }
    ModelsPage.-low {
        & > #model-side { padding: 0; }
        & FacetLine { margin: 0; }
        & ColumnTitles { margin: 0; }
        & #model-foot { margin: 0; }
    }
    """

    DETAILS = frozenset(("model-page", "model-beside"))

    class ExamplesWanted(Message):
        """Something that a model shows of itself is here and is to be looked at."""

        model_id: str
        examples: Sequence[Fetched]
        more: bool = False
        """Whether others of the model came before and are being looked at."""

    def __init__(self, pages: ModelPages) -> None:
        super().__init__(id="models")
        self._pages = pages

    def complete(self, text: str, cursor: int) -> Sequence[Completion]:
        """The ways to go on with what is typed in the filter."""
        raise NotImplementedError

    def take_words(self, query: str) -> None:
        """Something else stands in the filter."""
        raise NotImplementedError

    def stand_in_list(self) -> None:
        """Give the keys to the list, at once: what was typed behind the key that led here is for it."""
        self.screen.set_focus(self._list, scroll_visible=False)

    def take_model(self) -> None:
        """The cursor was moved to another model."""
        raise NotImplementedError

    def compose(self) -> ComposeResult:
        with Vertical(id="model-side"):
            yield QueryFilter(
                self.complete, self.take_words, self.stand_in_list, placeholder=_PLACEHOLDER, id="model-filter"
            )
            yield FacetLine(id="model-facets")
            self._list = ModelList(self.take_model, empty=["Asking for the models", ""], id="model-rows")
            yield ColumnTitles(self._list, id="model-titles")
            yield self._list
            yield OneLine(id="model-foot")
        with Vertical(id="model-page"):
            yield ModelDetail(self._pages, id="model-detail")
            yield ModelDiff(id="model-diff")
            yield OpenButton(id="model-open")
        with Vertical(id="model-beside"):
            yield OneLine(id="model-beside-title")
            yield SchemaView(id="model-beside-schema")

    def on_mount(self) -> None:
        self._filter = self.query_one(QueryFilter)
        self._facets = self.query_one(FacetLine)
        self._titles = self.query_one(ColumnTitles)
        self._foot = self.query_one("#model-foot", OneLine)
        self._detail = self.query_one(ModelDetail)
        self._button = self.query_one(OpenButton)
        self._diff = self.query_one(ModelDiff)
        self._beside = self.query_one("#model-beside-schema", SchemaView)
        self.query_one("#model-beside-title", OneLine).say([("  Schema", "bold")])

    def on_resize(self, event: events.Resize) -> None:
        self.fit(event.size.width, event.size.height)
        self._titles.draw()
        self.refresh_bindings()

    def fit(self, width: int, height: int) -> None:
        self.set_class(width >= WIDE, "-three")
        self.set_class(SIDED <= width < WIDE, "-together")
        self.set_class(width < SIDED, "-one")
        self.set_class(height < LOW, "-low")
        self._button.set_class(height < LOW, "-flat")

    def focus(self, scroll_visible: bool = True) -> ModelsPage:
        """Give the keys to what is in view."""
        if self.alone and self.is_open:
            self._detail.focus(scroll_visible)
        else:
            self.stand_in_list()
        return self

    @property
    def is_comparing(self) -> bool:
        return self.has_class("-comparing")
