"""The models pane: what the user does with a model."""

from __future__ import annotations

from functools import partial
from typing import ClassVar

from textual import on
from textual.binding import BindingType
from textual.widget import Widget

from oxen_tui.api.model import ModelKind
from oxen_tui.panes.models.examples import ModelsExamples
from oxen_tui.panes.models.keys import MODELS_BINDINGS, MODELS_COMMANDS
from oxen_tui.panes.models.rows import ALL_KINDS, chosen_kinds, kind_beside
from oxen_tui.panes.wanted import ChatWanted, RequestWanted
from oxen_tui.services.catalogue.deployments import INACTIVE
from oxen_tui.services.catalogue.model_diff import diff_models
from oxen_tui.services.catalogue.query import parse, toggled, with_facet
from oxen_tui.services.catalogue.selection import Sort
from oxen_tui.store.errors import StoreError
from oxen_tui.widgets.facet_line import FacetLine
from oxen_tui.widgets.line_input import LineInput
from oxen_tui.widgets.models.open_button import OpenButton
from oxen_tui.widgets.page.view import PageView
from oxen_tui.widgets.row_list import RowList

_OPENING = {ModelKind.CHAT: "chat", ModelKind.IMAGE: "create", ModelKind.VIDEO: "create", ModelKind.AUDIO: "create"}
"""What Enter does with a model of a kind."""


_ON_ENTER = ("chat", "create", "wake", "open")
_OF_MODEL = (*_ON_ENTER, "begin", "page", "mark", "star", "copy_id", "examples")
"""Not while something is typed, facets are chosen, or two models are read about."""
_OF_LIST = ("details", "filter", "facets", "kind", "sort", "refresh", "compare", "activate", "clear")
"""Only from the list: the pages about a model have uses of their own for these keys."""


class ModelsPane(ModelsExamples):
    """Opens, stars, marks, compares and wakes models, and shows what they show of themselves."""

    BINDINGS: ClassVar[list[BindingType]] = MODELS_BINDINGS
    COMMANDS = MODELS_COMMANDS

    # --- keys -----------------------------------------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Keys are only shown, and only work, where they do something."""
        if not self.is_mounted:
            return True
        focused = self.screen.focused
        if action in _OF_LIST and focused is not self._list:
            return False
        if action in _OF_MODEL and (isinstance(focused, LineInput | FacetLine) or self._compares(focused)):
            return False
        if action in _ON_ENTER:
            return self._on_enter_now == action
        return self.may(action)

    def may(self, action: str) -> bool:
        """Whether it does something now, wherever the focus is."""
        match action:
            case "chat" | "create" | "wake":
                return self.opening == action
            case "begin":
                return bool(self.opening)
            case "mark" | "star" | "copy_id" | "page":
                return bool(self.model_id)
            case "examples":
                return bool(self.showpieces) and not self.doing
            case "stop":
                return bool(self.doing)
            case "compare":
                return len(self._to_compare()) == 2
            case "activate":
                return bool(self.deployment)
            case "back":
                return self.is_comparing or self.may_go_back
            case "clear":
                return bool(self._filter.query_text)
            case _:
                return True

    @property
    def opening(self) -> str:
        index = self.session.catalogue.index
        position = index.position.get(self.model_id)
        if position is None:  # none, or one that a newer list does not have, before that is drawn
            return ""
        kind = ModelKind(index.columns.kind[position])
        return "wake" if self.deployment == INACTIVE else _OPENING.get(kind, "")

    def _compares(self, focused: Widget | None) -> bool:
        return self.is_comparing and focused is self._diff

    @property
    def _on_enter_now(self) -> str:
        """What Enter does; where list and detail take turns, it opens the detail first."""
        return "open" if self.alone and not self.is_open and self.model_id else self.opening

    @on(RowList.Chosen, "#model-rows")
    def _open_clicked(self, event: RowList.Chosen) -> None:
        event.stop()
        self._do(self._on_enter_now)

    @on(OpenButton.Pressed)
    def _press(self, event: OpenButton.Pressed) -> None:
        event.stop()
        self._do(self.opening)

    def action_chat(self) -> None:
        """Begin a conversation with the model."""
        self._use()
        self.post_message(ChatWanted(self.model_id))

    def action_create(self) -> None:
        """Make something with the model."""
        self._use()
        self.post_message(RequestWanted(self.model_id))

    def _use(self) -> None:
        self._work(partial(self._mark_used, self.model_id), "used")

    async def _mark_used(self, model_id: str) -> None:
        try:
            await self.session.note_use(model_id)
        except StoreError as error:
            self.in_trouble(str(error))

    def action_begin(self) -> None:
        """What the button says: where Enter folds a schema, or opens the detail, this key still does it."""
        self._do(self.opening)

    def action_open(self) -> None:
        self.action_details()

    def action_details(self) -> None:
        """Read about the model: where list and detail take turns, instead of the list."""
        self.add_class("-open")
        self._look_soon()
        self.call_after_refresh((self._diff if self.is_comparing else self._detail).focus)
        self.refresh_bindings()

    def action_page(self, page: str) -> None:
        """Turn to a page without leaving the list, where both are seen."""
        if self.alone:
            self.action_details()
        self.remove_class("-comparing")
        self._detail.action_open(page)
        self.refresh_bindings()

    def action_back(self) -> None:
        """Close what is open, one thing at a time; at last stand in the list."""
        if self.is_comparing:
            self.remove_class("-comparing")
        self.remove_class("-open")
        self.call_after_refresh(self._list.focus)
        self.refresh_bindings()

    def action_other_side(self) -> None:
        """From the list to the detail, to the schema beside it where that is seen, and back."""
        if self.in_detail and self._beside.is_on_screen and not self._beside.has_focus:
            self._beside.focus()
        elif self.in_detail:
            self.action_back()
        else:
            self.action_details()

    def action_clear(self) -> None:
        self._filter.put("")

    def action_filter(self) -> None:
        self._filter.focus()

    def action_facets(self) -> None:
        self._facets.focus()

    def action_kind(self, step: int) -> None:
        self._filter.put(kind_beside(self._filter.query_text, step))

    def action_sort(self) -> None:
        """Take the next order. By name is what there is without words."""
        words = parse(self._filter.query_text).wanted_text
        orders = [sort for sort in Sort if words or sort is not Sort.NAME]
        here = orders.index(self._sort) if self._sort in orders else 0
        self._sort = orders[(here + 1) % len(orders)]
        self._moved = False
        self._find()

    def action_refresh(self) -> None:
        self._work(self._refresh, "refresh", True)

    async def _refresh(self) -> None:
        self._refreshing = True
        self._draw_foot()
        try:
            await self.browser.refresh()
        except StoreError as error:
            self.in_trouble(str(error))
        finally:
            self._refreshing = False
            self._draw_soon()

    def action_copy_id(self) -> None:
        self.app.copy_to_clipboard(self.model_id)
        self.say(f"Copied {self.model_id}")

    @on(PageView.Copied)
    def _copy(self, event: PageView.Copied) -> None:
        event.stop()
        self.app.copy_to_clipboard(event.text)
        self.say(f"Copied the {event.what}")

    def action_star(self) -> None:
        self._work(partial(self._star, self.model_id), "star")

    async def _star(self, model_id: str) -> None:
        try:
            error = await self.browser.marks.toggle(model_id)
        except StoreError as trouble:
            self.in_trouble(str(trouble))
            return
        if error is not None:
            self.in_trouble(f"The star of {model_id} is as it was: {error.title}")

    # --- the filter -----------------------------------------------------------------------------------------------

    @on(FacetLine.Left)
    def _leave_facets(self, event: FacetLine.Left) -> None:
        event.stop()
        self.stand_in_list()

    @on(FacetLine.Chosen)
    def _narrow(self, event: FacetLine.Chosen) -> None:
        event.stop()
        text = self._filter.query_text
        if event.key == ALL_KINDS or event.key.removeprefix("kind:") in chosen_kinds(text):
            self._filter.put(with_facet(text, "kind"))
        elif event.key.startswith("kind:"):
            self._filter.put(with_facet(text, "kind", event.key))
        else:
            self._filter.put(toggled(text, event.key))

    # --- comparing ------------------------------------------------------------------------------------------------

    def action_mark(self) -> None:
        """Mark the model to be compared, or not any more. A third takes the place of the first."""
        if self.model_id in self._marked:
            self._marked.remove(self.model_id)
        else:
            self._marked[:] = [*self._marked[-1:], self.model_id]
        self._list.refresh()
        self.refresh_bindings()

    def _to_compare(self) -> list[str]:
        """The two that were marked, or the one and what the cursor stands on."""
        if len(self._marked) == 1 and self.model_id not in self._marked:
            return [*self._marked, self.model_id]
        return self._marked

    def action_compare(self) -> None:
        left, right = (self.session.catalogue.get(model_id) for model_id in self._to_compare())
        if left is None or right is None:
            self.in_trouble("One of the marked models is not in the catalogue any more")
            return
        self._diff.show_comparison(diff_models(left, right))
        self.add_class("-comparing")
        self.action_details()
