"""The list of the models pane: what is typed meets the catalogue, and the model under the cursor is shown.

A key in the filter is answered at once from what is here; the server's answer joins the list when it comes, unless
something else has been typed by then. A model is shown when the cursor has been painted, so that a key that is held
moves the bar and nothing else.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import aclosing
from functools import partial

from textual import events, on
from textual.timer import Timer

from oxen_tui.api.model import Model
from oxen_tui.panes.models.foot import FootState, foot_words
from oxen_tui.panes.models.page import ModelsPage
from oxen_tui.panes.models.pages import Pages
from oxen_tui.panes.models.rows import ListedRows, change_word, kind_facets, quick_facets
from oxen_tui.services.catalogue.completion import complete
from oxen_tui.services.catalogue.selection import SearchResult, Sort
from oxen_tui.services.error_words import in_words
from oxen_tui.services.requests.examples import OXEN_URL
from oxen_tui.services.session import Session
from oxen_tui.store.errors import StoreError
from oxen_tui.widgets.models.detail import ModelDetail
from oxen_tui.widgets.models.list import ModelGroup
from oxen_tui.widgets.query_filter import Completion
from oxen_tui.widgets.wording import count

_REST_SECONDS = 0.4
"""How long the cursor rests on a model before the server is asked how it is now."""


_HELD_SECONDS = 0.08
"""Between two moves of the cursor, below which a key is held: the bar then goes ahead of the detail."""

_WHOLE_NAMES = 0.9
"""The part of the names that columns make room for."""


class ModelsListing(ModelsPage, part=True):
    """Finds, lists and shows models. Changes none."""

    def __init__(self, session: Session) -> None:
        self._shown_pages = Pages(session.place.base_url or OXEN_URL, session.catalogue.raw)
        super().__init__(self._shown_pages)
        self.session = session
        self.browser = session.models
        self._result: SearchResult | None = None
        self._sort = Sort.RELEVANCE
        self._marked: list[str] = []
        """Ids of the models to compare, at most two, the later one last."""
        self._moved = False
        """Whether the cursor was moved since something was typed; until then it stays on the first row."""
        self._moved_at = 0.0
        """When the cursor was moved last (monotonic)."""
        self._looking = False
        """Whether the model under the cursor will be shown after the next frame."""
        self._drawing = False
        self._refreshing = False
        """Whether the user asked for the list anew, and it has not come."""
        self._rest: Timer | None = None
        self._shown: Model | None = None

    def on_mount(self) -> None:
        super().on_mount()
        self.listen(self.browser.subscribe, self._draw_soon)
        self._draw()

    async def on_unmount(self) -> None:
        await self._look_away()

    def on_show(self) -> None:
        self._work(self._begin, "begin", exclusive=True)

    def on_hide(self) -> None:
        self._work(self._look_away, "begin")

    async def _begin(self) -> None:
        try:
            await self.browser.begin()
        except StoreError as error:
            self.in_trouble(str(error))
        self._draw_soon()

    async def _look_away(self) -> None:
        try:
            await self.browser.end()
        except StoreError as error:
            self.in_trouble(str(error))

    # --- the list -------------------------------------------------------------------------------------------------

    def complete(self, text: str, cursor: int) -> Sequence[Completion]:
        return complete(self.session.catalogue.index, text, cursor)

    def take_words(self, query: str) -> None:
        self._moved = False
        self._find()

    def _find(self) -> None:
        """List what there is for what is typed, and ask the server."""
        text = self._filter.query_text
        self._show_result(self.browser.search.at_once(text, self._sort))
        if text.strip():
            self._work(partial(self._ask_server, text), "search", exclusive=True)

    async def _ask_server(self, text: str) -> None:
        async with aclosing(self.browser.search.improved(text, self._sort)) as results:
            async for result in results:
                if result.text == self._filter.query_text:
                    self._show_result(result)

    def _show_result(self, result: SearchResult) -> None:
        self._result, vanished = result, self.session.catalogue.vanished
        groups = [
            ModelGroup(group.title, ListedRows(group.rows, self._marked, vanished, self.under_way))
            for group in result.groups
        ]
        first = None if self._moved or not len(result.rows) else result.rows.key_at(0)
        before = self.model_id, self.opening
        self._list.show_groups(groups, highlight=first, empty=self._empty_words(result))
        if (self.model_id, self.opening) != before:
            self.refresh_bindings()  # no message says that rows moved away from under the cursor
        self._facets.show(kind_facets(result), quick_facets(result))
        found, total = len(result.rows), result.total
        self._filter.say_count(count(total) if found == total else f"{count(found)} of {count(total)}")
        self._draw_foot()
        self._look_soon()

    def _draw_soon(self) -> None:
        """The catalogue changed, perhaps many times in a row: list it anew, once."""
        if not self._drawing:
            self._drawing = True
            self.call_after_refresh(self._draw)

    def _draw(self) -> None:
        self._drawing = False
        lengths = sorted(map(len, self.session.catalogue.index.columns.id))
        self._list.make_room(lengths[int(len(lengths) * _WHOLE_NAMES)] if lengths else 0)
        self._titles.draw()
        self._find()

    def _empty_words(self, result: SearchResult) -> list[str]:
        catalogue = self.session.catalogue
        if result.total:
            return ["No model is like that", "esc in the filter clears it"]
        if catalogue.trouble is not None:
            return [in_words(catalogue.trouble), "r asks again"]
        if catalogue.fetched_at is None:
            return ["Asking the server for its models", ""]
        return ["The server lists no models", "r asks again"]

    def _draw_foot(self) -> None:
        catalogue = self.session.catalogue
        trouble = catalogue.trouble or catalogue.refresh_trouble
        self._foot.say(
            foot_words(
                FootState(
                    self.session.clock.now(),
                    catalogue.fetched_at,
                    catalogue.refreshing or self._refreshing,
                    trouble.title if trouble else "",
                    self._result.notice if self._result else "",
                    self._sort.value if self._sort is not Sort.RELEVANCE else "",
                    self.browser.changes,
                    self.doing,
                )
            )
        )

    @property
    def doing(self) -> str:
        """What is on its way for the user, for the foot."""
        return ""

    def under_way(self, model_id: str) -> tuple[str, str]:
        """For a model on its way from one state to another the state and how long; for others "" twice."""
        return "", ""

    # --- the model under the cursor -------------------------------------------------------------------------------

    @property
    def model_id(self) -> str:
        """The model under the cursor, "" where there is none."""
        return self._list.highlighted

    @property
    def model(self) -> Model | None:
        """The same, whole."""
        return self.session.catalogue.get(self.model_id) if self.model_id else None

    def take_model(self) -> None:
        self._moved = True
        self.remove_class("-comparing")
        now = self.session.clock.monotonic()
        held, self._moved_at = now - self._moved_at < _HELD_SECONDS, now
        if held or self._looking:
            self._look_soon()
        elif self.sees_detail:
            self._look()  # painted together with the bar
        self.refresh_bindings()

    def _look_soon(self) -> None:
        if not self._looking and self.sees_detail:
            self._looking = True
            self.call_after_refresh(self._look)

    def _look(self) -> None:
        """Show the model under the cursor, and ask how it is now if the cursor rests there."""
        self._looking = False
        model = self.model
        self._show(model)
        if self._rest is not None:
            self._rest.stop()
        if model is not None:
            ask = partial(self._ask_detail, model.id)
            self._rest = self.set_timer(_REST_SECONDS, lambda: self._work(ask, "detail", True))

    def _show(self, model: Model | None) -> None:
        favourite = model is not None and model.id in self.browser.marks.favourites
        self._detail.show(model, favourite=favourite, note=self.note_of(model) if model else "")
        if self.has_class("-three") and model is not self._shown:
            same = model is not None and self._shown is not None and model.id == self._shown.id
            source = self._shown_pages.schema(model) if model else None
            self._beside.show(source, empty="The catalogue says nothing of what it takes" if model else "", keep=same)
            self._shown = model

        self._draw_button(model)

    def _draw_button(self, model: Model | None) -> None:
        price, about = self._shown_pages.example(model) if model and self.opening else ("", "")
        self._button.say(self.opening.capitalize(), price, about)

    @property
    def opening(self) -> str:
        """What is to be done with the model under the cursor: `chat`, `create`, `wake`, or nothing."""
        return ""

    def note_of(self, model: Model) -> str:
        """What is to be known of a model now, beside what it says of itself."""
        if model.id in self.session.catalogue.vanished:
            return "gone: the server does not know it any more"
        if word := change_word(self.browser.changes.by_id.get(model.id)):
            return f"{word} since your last visit"
        return ""

    async def _ask_detail(self, model_id: str) -> None:
        detail = await self.session.catalogue.detail(model_id)
        if model_id != self.model_id:
            return
        if detail.vanished:
            self._list.refresh()
            self.in_trouble(f"{model_id}: {detail.notice}")
        self._show(detail.model)

    @on(ModelDetail.PageOpened)
    def _mind_the_schema(self, event: ModelDetail.PageOpened) -> None:
        event.stop()
        # Not twice beside itself.
        self.set_class(event.page == "Schema", "-schema")

    def on_resize(self, event: events.Resize) -> None:
        super().on_resize(event)
        self._shown = None
        self._look_soon()
