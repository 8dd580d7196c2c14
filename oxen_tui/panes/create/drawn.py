"""The form of a request on screen: its rows, what stands beside them, and what is known of the media in it."""

from __future__ import annotations

from functools import partial

from oxen_tui.api.model import ModelKind
from oxen_tui.panes.create.page import CreatePage
from oxen_tui.panes.create.places import Part, Place
from oxen_tui.panes.create.prices import price_notes
from oxen_tui.panes.create.rows import FormRows, FormState
from oxen_tui.panes.create.showing import (
    beside_button,
    help_words,
    price_words,
    request_facts,
    title_spans,
    today_spans,
)
from oxen_tui.services.form.entry import Problem
from oxen_tui.services.form.request_form import RequestForm
from oxen_tui.services.inputs.media_inputs import MediumFacts, check_medium
from oxen_tui.services.schema.media import Media
from oxen_tui.services.session import Session
from oxen_tui.widgets.form.run_button import RunState
from oxen_tui.widgets.one_line import Span

_NO_MODEL = ["No model chosen", "ctrl+l chooses one"]


class CreateDrawn(CreatePage, part=True):
    """Shows the form as it is. What changes it comes from above."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.request: RequestForm | None = None
        """What is being filled in; None while no model is known."""
        self.model_id = ""
        self._state = FormState()
        self._rows = FormRows()
        self._media: dict[str, MediumFacts] = {}
        """What is known of media, by address."""
        self._looking_at: set[str] = set()
        self._progress: tuple[Span, ...] = ()
        """What is going on with the request, beside the button."""
        self._side_is_due = False

    def on_mount(self) -> None:
        self.listen(self.session.generations.subscribe, self.hear_of_jobs)
        self.listen(self.session.spending.subscribe, self._draw_side_soon)
        self._draw()

    # --- what is shown --------------------------------------------------------------------------------------------

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

    def hear_of_jobs(self, ids: frozenset[int]) -> None:
        """Jobs changed, came or went."""
        self._draw_side_soon()

    def _draw_side_soon(self) -> None:
        """Something happened in the queue, perhaps many times in a row."""
        if not self._side_is_due and self.display:
            self._side_is_due = True
            self.call_after_refresh(self._draw_side)

    def _draw_side(self) -> None:
        self._side_is_due = False
        self._draw_button()
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
