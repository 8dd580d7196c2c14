"""Sends a request: its media made ready, asked about its price where a budget says so, and never twice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from oxen_tui.api.errors import ApiError
from oxen_tui.api.model import ModelKind
from oxen_tui.panes.create.media import CreateMedia
from oxen_tui.panes.create.places import Part, Place
from oxen_tui.panes.wanted import SureWanted
from oxen_tui.services.error_words import in_words
from oxen_tui.services.form.check import COUNT
from oxen_tui.services.form.request_form import RequestForm
from oxen_tui.services.gallery.ancestry import made_from, own_files
from oxen_tui.services.inputs.media_inputs import CannotSend, to_wire
from oxen_tui.services.media_addresses import path_of
from oxen_tui.store.errors import StoreError
from oxen_tui.store.job import Job, JobState
from oxen_tui.widgets.glyphs import glyph
from oxen_tui.widgets.one_line import Span
from oxen_tui.widgets.wording import whole_seconds


class CreateRunning(CreateMedia, part=True):
    """Runs what is filled in."""

    _may_upload = False
    """Whether the user allowed the files of this request to be uploaded."""
    _doubtful: tuple[int, ...] = ()
    """Jobs of which it is not known whether the server has them, as is said on screen."""
    _waiting_since: float | None = None
    """When a call began that waits for its picture (`Clock.monotonic`)."""

    def action_run(self) -> None:
        """Send it to the queue."""
        self.run(wait=False)

    def action_run_now(self) -> None:
        """Send it, and wait for the picture."""
        if self.request is not None and self.request.model.kind is not ModelKind.IMAGE:
            self.say("Only pictures can be waited for: what takes longer goes through the queue")
        else:
            self.run(wait=True)

    @property
    def is_sending(self) -> bool:
        """Whether a request of this form is on its way; a second press does nothing meanwhile."""
        return bool(self._progress)

    def run(self, *, wait: bool) -> None:
        """Go to what is wrong, ask about the price, or send."""
        if self.is_sending or self.request is None or self.has_class("-none"):
            return
        self.flush()
        self._take_unfinished_medium()
        self.form.finish()
        self.flush()
        if self.request.problems or self.wrong:
            self._state.all_touched = True
            self.renew()
            self.go_to_problem()
            return
        question = self.session.spending.would_pass(self.request.estimate.dollars)
        if question is None:
            self._start(wait)
            return
        asked, _, why = question.partition("? ")
        explanation = f"{why} {self._what_runs()}".strip()
        go_on = partial(self._go_on, wait)
        self.post_message(SureWanted(f"{asked}?", explanation, "run it", "changes nothing", go_on))

    def _go_on(self, wait: bool, *, may_upload: bool = False) -> None:
        """The user said yes to what was asked."""
        if not self.is_sending and self.request is not None:
            self._may_upload = may_upload
            self._start(wait)

    def go_to_problem(self) -> None:
        """Put the cursor where something is to be put right, and unfold what it is in."""
        form, wrong = self.request, self.wrong
        if form is None or not wrong:
            return
        place, sentence = wrong[0]
        self.remove_class("-side")
        if self.is_json:
            self.say_notice(sentence, trouble=True)
            return
        self._state.folds.update({place.path[:end]: True for end in range(1, len(place.path))})
        top = form.entry(place.path[:1])
        if top is None or not top.first:
            self._state.rest_open = self._state.rest_open or (top is not None and top.folded_away)
        self._draw()
        keys = {row.key for row in self.form.rows}
        targets = [place.key, Place(Part.SLOT, place.path).key]
        targets += [Place(Part.VALUE, place.path[:end]).key for end in range(len(place.path), 0, -1)]
        target = next((key for key in targets if key in keys), "")
        if target:
            self.form.stand_on(target)
            self.form.focus()
        else:
            self.say_notice(sentence, trouble=True)

    # --- sending --------------------------------------------------------------------------------------------------

    def _start(self, wait: bool) -> None:
        assert self.request is not None
        self._say_progress("getting ready")
        form = RequestForm.from_draft(self.request.model, self.request.draft)
        self._work(partial(self._send, form, wait), "run")

    async def _send(self, form: RequestForm, wait: bool) -> None:
        """Send the form as it stood when it was run; what is changed from here on is the next request."""
        try:
            body = form.body
            wire = await self._ready(form, body, wait)
            if wire is None:
                return
            if wait:
                self._waiting_since = self.session.clock.monotonic()
            self._say_progress("waiting 0 s" if wait else "sending")
            count = body.pop(COUNT, 1)
            wire.pop(COUNT, None)
            jobs = await self.session.generations.send(
                body,
                model=form.model,
                count=count,
                estimate=form.estimate.dollars,
                parents=self._parents_of(body),
                wire_body=wire,
                sync=wait,
            )
        except StoreError as error:
            self.say_notice(f"Not sent: {error}", trouble=True)
        else:
            self._tell(form, jobs)
        finally:
            self._waiting_since = None
            self._may_upload = False
            self._say_progress("")

    async def _ready(self, form: RequestForm, body: Mapping[str, Any], wait: bool) -> dict[str, Any] | None:
        """The body as it goes over the wire; None where its media cannot."""
        local = [address for entry in form.entries() for address in entry.media if path_of(address) is not None]
        if local:
            self._say_progress("uploading files" if self._may_upload else "reading files")
        try:
            upload = (await self.session.client()).upload if self._may_upload else None
            return await to_wire(body, form.schema, upload=upload)
        except CannotSend as error:
            if error.upload_helps and not self._may_upload:
                if self.session.settings.upload_inputs:
                    self._may_upload = True
                    return await self._ready(form, body, wait)
                explanation = (
                    f"{error} Uploaded files go to the repository playground of your account, which is private, "
                    "and stay there until you delete them."
                )
                question, go_on = "Upload the files of this request?", partial(self._go_on, wait, may_upload=True)
                self.post_message(SureWanted(question, explanation, "upload and run", "sends nothing", go_on))
            else:
                self.say_notice(f"Not sent. {error}", trouble=True)
        except ApiError as error:
            self.say_notice(f"Not sent, the files could not be uploaded. {in_words(error)}", trouble=True)
        return None

    def _tell(self, form: RequestForm, jobs: Sequence[Job]) -> None:
        """What came of it: a toast, or why not at the button. The form stays as it is."""
        refused = [job for job in jobs if job.state is JobState.FAILED]
        unknown = [job for job in jobs if job.state in (JobState.SENDING, JobState.UNKNOWN) and job.trouble]
        if refused:
            paid = " Not billed." if all(job.billed is False for job in refused) else ""
            self.say_notice(f"{refused[0].trouble}{paid}", trouble=True)
        elif unknown:
            self._doubtful = tuple(job.id for job in unknown)
            self.say_notice(f"{unknown[0].trouble} 4 opens the queue", trouble=True)
        else:
            self.say_notice("")
        taken = len(jobs) - len(refused)
        if taken and not unknown:
            self.post_message(self.Sent(f"{taken} of {form.model.id}" if taken > 1 else form.model.id))
        if taken:
            self._work(partial(self._note_use, form.model.id), "used")

    def hear_of_jobs(self, ids: frozenset[int]) -> None:
        """What was looked for may have been found, or been given up."""
        super().hear_of_jobs(ids)
        if not ids & set(self._doubtful):
            return
        jobs = [job for job in map(self.session.generations.job, self._doubtful) if job is not None]
        unsaid = [job.trouble for job in jobs if job.state in (JobState.SENDING, JobState.UNKNOWN, JobState.FAILED)]
        if unsaid:
            self.say_notice(f"{unsaid[0]} 4 opens the queue", trouble=True)
        else:
            self._doubtful = ()
            self.say_notice("")
            self.post_message(self.Sent(jobs[0].model if jobs else self.model_id))

    async def _note_use(self, model_id: str) -> None:
        try:
            await self.session.note_use(model_id)
        except StoreError as error:
            self.in_trouble(str(error))

    def _say_progress(self, words: str) -> None:
        spans: tuple[Span, ...] = ((f"{glyph('running')} {words}", "accent"),) if words else ()
        if spans != self._progress:
            self._progress = spans
            self._draw_button()
        if words.startswith("waiting"):
            self.set_timer(1.0, self._tick)

    def _tick(self) -> None:
        if self._waiting_since is not None:
            self._say_progress(f"waiting {whole_seconds(self.session.clock.monotonic() - self._waiting_since)}")

    def _take_unfinished_medium(self) -> None:
        """A path that was typed and not ended with Enter is meant all the same."""
        row, typed = self.form.row, self.form.typed
        if row is not None and typed and self.form.is_typing and Place.read(row.key).part is not Part.REST:
            entry = self._entry(row.key)
            if entry is not None and entry.field.media is not None and typed.strip() not in entry.media:
                self.take_medium(row.key, typed)

    def _what_runs(self) -> str:
        assert self.request is not None
        estimate = self.request.estimate
        said = f"{self.request.model.id}: {estimate.request}" if estimate.request else self.request.model.id
        return f"{said}."

    def _parents_of(self, body: Mapping[str, Any]) -> tuple[int, ...]:
        """The jobs whose results are in the request."""
        made = made_from(body, self.session.generations.jobs, self.session.results.path)
        return tuple(dict.fromkeys([*(self.parents if own_files(body) else ()), *made]))
