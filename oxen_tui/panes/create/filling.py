"""Which request is being filled in: the model, its draft, and that nothing of it is lost.

Each model has a draft of its own on the disk, written soon after each change.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from textual.timer import Timer

from oxen_tui.api.model import Model, ModelKind
from oxen_tui.panes.create.drawn import CreateDrawn
from oxen_tui.panes.create.rows import FormRows, FormState
from oxen_tui.services.form.carrying import carry_over
from oxen_tui.services.form.request_form import RequestForm
from oxen_tui.services.session import Session
from oxen_tui.store.errors import StoreError

_DRAFT_AFTER = 0.5
"""Seconds without a change until it is written to the disk."""

_REST = 0.04
"""Seconds after a letter until what it means is reckoned: a burst of letters is reckoned once."""


class CreateFilling(CreateDrawn, part=True):
    """Holds the form. What the user does in its fields comes from above."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.parents: tuple[int, ...] = ()
        """Jobs whose results came into the request with it."""
        self._before: tuple[str, Mapping[str, Any]] | None = None
        """The model and draft that another request took the place of, for `u`."""
        self._resting: Timer | None = None
        self._draft_timer: Timer | None = None
        self._waits_for_disk = False

    def on_show(self) -> None:
        if not self.model_id:
            self._work(self._begin, "model", exclusive=True)
        elif self.request is not None:
            self._media.clear()  # files may have changed meanwhile
            self._draw()

    # --- which model ----------------------------------------------------------------------------------------------

    async def _begin(self) -> None:
        """Goes on with the form that was touched last, else takes the model used last, a favourite, or the first."""
        catalogue, browser = self.session.catalogue, self.session.models
        await catalogue.load()
        try:
            latest = await self.session.store.form_drafts.latest()
            if not browser.marks.used and not browser.marks.favourites:
                await browser.marks.load()
        except StoreError as error:
            latest = None
            self.in_trouble(str(error))
        if not self.model_id:
            wanted = [latest or "", *browser.marks.used, *sorted(browser.marks.favourites)]
            chosen = next((model_id for model_id in wanted if self._makes(model_id)), "")
            await self._turn_to(chosen or next(self._image_models(), ""))

    def _makes(self, model_id: str) -> bool:
        model = self.session.catalogue.get(model_id) if model_id else None
        return model is not None and model.kind not in (ModelKind.CHAT, ModelKind.OTHER)

    def _image_models(self) -> Iterator[str]:
        index = self.session.catalogue.index
        for place in index.in_list_order:
            if index.columns.kind[place] == ModelKind.IMAGE.value:
                yield index.columns.id[place]

    def take_model(self, model_id: str) -> None:
        """Show the form of this model, with what was begun there, else with what fits of the one on screen."""
        if model_id != self.model_id:
            self._work(partial(self._turn_to, model_id), "model", exclusive=True)

    def take_request(self, model_id: str, body: Mapping[str, Any], parents: Sequence[int] = ()) -> None:
        """Fill the form with this request, to be changed and run again. `u` brings back what stood there."""
        self._work(partial(self._turn_to, model_id, dict(body), tuple(parents)), "model", exclusive=True)

    async def _turn_to(
        self, model_id: str, body: Mapping[str, Any] | None = None, parents: tuple[int, ...] = ()
    ) -> None:
        self.form.finish()
        self.flush()
        await self._save_draft()
        before, self.model_id = self.request, model_id
        self.parents = parents
        if not model_id:
            self.request = None
            self._draw()
            return
        await self.session.catalogue.load()
        model = self.session.catalogue.get(model_id)
        if model is None:
            model = (await self.session.catalogue.detail(model_id)).model or Model(model_id)
        if self.model_id != model_id:
            return
        draft = await self._kept(model_id)
        if self.model_id != model_id:
            return
        if body is not None:
            self._before = (model_id, draft) if draft else None
            form = RequestForm(model, body)
        elif draft:
            form = RequestForm.from_draft(model, draft)
        else:
            form = carry_over(before, model) if before is not None else RequestForm(model)
            form.count = 1  # four clips cost something else than four pictures
        self._state = FormState()
        self._rows = FormRows()
        self._use(form)
        self._work(partial(self._ask_detail, model_id), "detail", exclusive=True)

    def _use(self, form: RequestForm) -> None:
        self.form.finish()
        self.request = form
        self.say_notice("")
        self._draw()
        self._begin_writing()
        self._keep_draft_soon()
        self.refresh_bindings()

    def _begin_writing(self) -> None:
        """Stand at the beginning, if nothing else has the keys."""
        focused = self.screen.focused
        if self.form.rows and self.display and (focused is None or focused is self or self.has_focus_within):
            self.form.stand_on(self.form.rows[0].key)
            self.focus()

    def focus(self, scroll_visible: bool = True) -> CreateFilling:
        """Give the keys to what is in view; an empty prompt takes what is typed at once."""
        super().focus(scroll_visible)
        row = self.form.row
        if row is None or self.has_class("-none") or self.is_json or self.side_open or row is not self.form.rows[0]:
            return self
        if row.types and not row.is_set and row.chip is None and "prompt" in row.label:
            if self.form.size:
                self._write_first()  # at once: the next key may be there already
            else:
                self.call_after_refresh(self._write_first)
        return self

    def _write_first(self) -> None:
        if self.form.rows and self.form.key == self.form.rows[0].key and self.form.has_keys:
            self.form.begin()

    async def _ask_detail(self, model_id: str) -> None:
        """The model as it is now: prices and fields may have changed since the list was kept."""
        detail = await self.session.catalogue.detail(model_id)
        if model_id != self.model_id or self.request is None or detail.model is None:
            return
        if detail.vanished:
            self.say_notice(detail.notice, trouble=True)
        elif detail.model != self.request.model:
            self.request = RequestForm.from_draft(detail.model, self.request.draft)
            self._draw()

    # --- drafts ---------------------------------------------------------------------------------------------------

    async def _kept(self, model_id: str) -> dict[str, Any]:
        try:
            return await self.session.store.form_drafts.load(model_id)
        except StoreError as error:
            self.in_trouble(str(error))
            return {}

    def _keep_draft_soon(self) -> None:
        self._waits_for_disk = True
        if self._draft_timer is not None:
            self._draft_timer.stop()
        self._draft_timer = self.set_timer(_DRAFT_AFTER, lambda: self._work(self._save_draft, "draft"))

    async def _save_draft(self) -> None:
        if self._draft_timer is not None:
            self._draft_timer.stop()
        if not self._waits_for_disk or self.request is None:
            return
        self._waits_for_disk = False
        try:
            # Shielded: what was typed is kept also when the user goes on to another model meanwhile.
            saving = self.session.store.form_drafts.save(self.request.model.id, self.request.draft)
            await asyncio.shield(asyncio.create_task(saving))
        except StoreError as error:
            self._waits_for_disk = True
            self.in_trouble(f"What is typed is not on the disk: {error}")

    async def put_away(self) -> None:
        """Keep what was filled in, at once: the page is about to go."""
        self.form.finish()
        self.flush()
        await self._save_draft()

    def flush(self) -> None:
        """Take over what is being typed: something is to be done with all of it."""

    # --- changes ----------------------------------------------------------------------------------------------

    def renew(self) -> None:
        """The request is another now: show it, and keep it soon."""
        self._draw()
        self._keep_draft_soon()

    def renew_soon(self) -> None:
        """The same, once letters have come to rest."""
        if self._resting is not None:
            self._resting.stop()
        self._resting = self.set_timer(_REST, self._rested)

    def _rested(self) -> None:
        self._resting = None
        self.flush()
        self.renew()
