"""The form of a request to one model: which model, what is filled in, and that nothing of it is lost.

Each model has a draft of its own on the disk, written soon after each change.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from textual import on
from textual.timer import Timer
from textual.worker import Worker, WorkerState, WorkType

from oxen_tui.api.model import Model, ModelKind
from oxen_tui.panes.create_page import CreatePage
from oxen_tui.panes.create_places import Part, Place
from oxen_tui.panes.create_prices import price_notes
from oxen_tui.panes.create_rows import FormRows, FormState
from oxen_tui.panes.create_showing import (
    beside_button,
    help_words,
    price_words,
    request_facts,
    title_spans,
    today_spans,
)
from oxen_tui.panes.mistake import Mistake
from oxen_tui.services.form_carrying import carry_over
from oxen_tui.services.form_entry import Problem
from oxen_tui.services.media_inputs import MediumFacts, check_medium
from oxen_tui.services.request_form import RequestForm
from oxen_tui.services.schema_media import Media
from oxen_tui.services.session import Session
from oxen_tui.store.errors import StoreError
from oxen_tui.widgets.one_line import Span
from oxen_tui.widgets.run_button import RunState

_DRAFT_AFTER = 0.5
"""Seconds without a change until it is written to the disk."""

_REST = 0.04
"""Seconds after a letter until what it means is reckoned: a burst of letters is reckoned once."""

_NO_MODEL = ["No model chosen", "ctrl+l chooses one"]


class CreateFilling(CreatePage):
    """Holds the form and shows it. What the user does with it comes from above."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.request: RequestForm | None = None
        """What is being filled in; None while no model is known."""
        self.model_id = ""
        self.parents: tuple[int, ...] = ()
        """Jobs whose results came into the request with it."""
        self._state = FormState()
        self._rows = FormRows()
        self._media: dict[str, MediumFacts] = {}
        """What is known of media, by address."""
        self._looking_at: set[str] = set()
        self._before: tuple[str, Mapping[str, Any]] | None = None
        """The model and draft that another request took the place of, for `u`."""
        self._progress: tuple[Span, ...] = ()
        """What is going on with the request, beside the button."""
        self._resting: Timer | None = None
        self._draft_timer: Timer | None = None
        self._waits_for_disk = False

    def on_mount(self) -> None:
        self._end_hearing = self.session.generations.subscribe(lambda _: self._draw_side_soon())
        self._side_is_due = False
        self.title_line.say([], [("ctrl+l ", "text"), ("change model  ", "muted")])
        self._draw()

    async def on_unmount(self) -> None:
        self._end_hearing()
        await self._save_draft()

    def on_show(self) -> None:
        if not self.model_id:
            self._work(self._begin, "model", exclusive=True)
        elif self.request is not None:
            self._media.clear()  # files may have changed meanwhile
            self.renew()

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
            self.post_message(self.Trouble(str(error)))
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
            self.call_after_refresh(self._write_first)
        return self

    def _write_first(self) -> None:
        if self.form.rows and self.form.key == self.form.rows[0].key and self.has_focus_within:
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
            self.post_message(self.Trouble(str(error)))
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
            self.post_message(self.Trouble(f"What is typed is not on the disk: {error}"))

    async def put_away(self) -> None:
        """Keep what was filled in, at once: the page is about to go."""
        self.form.finish()
        self.flush()
        await self._save_draft()

    def flush(self) -> None:
        """Take over what is being typed: something is to be done with all of it."""

    # --- what is shown --------------------------------------------------------------------------------------------

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

    def _draw(self) -> None:
        form = self.request
        makes = form is not None and form.model.kind is not ModelKind.CHAT
        self.set_class(not makes, "-none")
        self.can_focus = not makes  # somebody must hear ctrl+l
        self.title_line.say(
            title_spans(form.model if form else None, self.model_id),
            [("ctrl+l ", "text"), ("change model  ", "muted")],
        )
        if form is None or not makes:
            self.empty.update("\n".join(self._empty_words()))
            return
        rows = self._rows.rows(form, self._state, self._media, price_notes(form))
        self.form.show(rows)
        self._draw_help()
        self._draw_button()
        self._draw_side()
        self._look_at_media()

    def _empty_words(self) -> list[str]:
        catalogue = self.session.catalogue
        if self.request is not None:
            return [f"{self.model_id} answers in text", "enter begins a conversation with it"]
        if self.model_id:
            return [f"Asking for {self.model_id}"]
        if catalogue.fetched_at is None and catalogue.trouble is None:
            return ["Asking the server for its models"]
        if catalogue.trouble is not None:
            return [catalogue.trouble.title, "ctrl+l takes the name of a model"]
        return _NO_MODEL

    def _draw_help(self) -> None:
        self.help_line.update(help_words(self.form.row))

    def _draw_button(self) -> None:
        form = self.request
        if form is None:
            return
        wrong = self.wrong
        missing = [problem for problem in form.problems if problem.sentence.startswith("is required")]
        untold = [problem.name for problem in missing if not self._is_told(problem)]
        bad = len(wrong) - len(untold)
        ready = not wrong and not self._progress
        beside = self._progress or tuple(beside_button(untold, bad))
        self.button.say(RunState("Run", price_words(form.estimate), ready, beside, tuple(today_spans(self.session))))

    def _is_told(self, problem: Problem) -> bool:
        return self._state.all_touched or problem.path in self._state.touched

    @property
    def wrong(self) -> list[tuple[Place, str]]:
        """Where something is to be put right, and what."""
        form = self.request
        if form is None:
            return []
        found = [(Place(Part.VALUE, problem.path), f"{problem.name} {problem.sentence}") for problem in form.problems]
        for entry in form.entries():
            for number, address in enumerate(entry.media):
                facts = self._media.get(address)
                if facts is not None and facts.problem:
                    many = entry.field.media is not None and entry.field.media.many
                    place = Place(Part.MEDIUM, (*entry.path, number)) if many else Place(Part.VALUE, entry.path)
                    found.append((place, f"{entry.label}: {facts.problem}"))
        return found

    def _draw_side_soon(self) -> None:
        """Something happened in the queue, perhaps many times in a row."""
        if not self._side_is_due and self.is_attached and self.display:
            self._side_is_due = True
            self.call_after_refresh(self._draw_side)

    def _draw_side(self) -> None:
        self._side_is_due = False
        if self.request is not None and (self.has_class("-together") or self.side_open):
            self.side.show(request_facts(self.session, self.request))

    # --- media ----------------------------------------------------------------------------------------------------

    def _look_at_media(self) -> None:
        """Look at those that nothing is known of yet."""
        for entry in self.request.entries() if self.request is not None else ():
            for address in entry.media:
                wanted = entry.field.media
                if address and wanted is not None and address not in self._media.keys() | self._looking_at:
                    self._looking_at.add(address)
                    self._work(partial(self._look_at, address, wanted), "media")

    async def _look_at(self, address: str, wanted: Media) -> None:
        try:
            self._media[address] = await check_medium(address, wanted)
        finally:
            self._looking_at.discard(address)
        self._draw()

    # --- work -----------------------------------------------------------------------------------------------------

    def _work(self, work: WorkType[None], group: str, *, exclusive: bool = False) -> None:
        # exit_on_error=False: a mistake of ours must not end the session with all that runs in it.
        self.run_worker(work, group=group, exclusive=exclusive, exit_on_error=False)

    @on(Worker.StateChanged)
    def _hear_of_mistakes(self, event: Worker.StateChanged) -> None:
        if event.state is WorkerState.ERROR and event.worker.error is not None:
            self.post_message(Mistake(event.worker.error))
