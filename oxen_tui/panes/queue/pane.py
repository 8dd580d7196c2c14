"""The queue pane: what the user does with a job."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import ClassVar

from textual.binding import BindingType

from oxen_tui.panes.queue.keys import QUEUE_BINDINGS, QUEUE_COMMANDS
from oxen_tui.panes.queue.looking import QueueLooking
from oxen_tui.panes.queue.questions import cancel_question, retry_question
from oxen_tui.panes.wanted import RequestWanted, SureWanted
from oxen_tui.services.inputs.wire import CannotSend
from oxen_tui.services.session import Session
from oxen_tui.store.errors import StoreError
from oxen_tui.store.job import Job, JobState
from oxen_tui.widgets.glyphs import glyph
from oxen_tui.widgets.jobs.row import Fold
from oxen_tui.widgets.line_input import LineInput
from oxen_tui.widgets.wording import counted

_AGAIN = (JobState.FAILED, JobState.NOT_SAVED, JobState.CANCELLED, JobState.UNKNOWN)
"""Of several jobs, those that are meant by trying again; all of them where all are done."""


class QueuePane(QueueLooking):
    """Cancels, retries, edits and removes jobs."""

    BINDINGS: ClassVar[list[BindingType]] = QUEUE_BINDINGS
    COMMANDS = QUEUE_COMMANDS

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._removed: list[tuple[int, ...]] = []
        """What was taken out of the list, the last at the end."""

    # --- keys -----------------------------------------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Keys are only shown, and only work, where they do something."""
        if not self.is_mounted:
            return True
        if isinstance(self.screen.focused, LineInput):
            return False  # Esc, Enter and letters are the filter's own there
        return self.may(action)

    def may(self, action: str) -> bool:
        """Whether it does something now, wherever the focus is."""
        unit, chosen = self.unit, self.chosen
        match action:
            case "cancel":
                return bool(_going(chosen))
            case "cancel_all":
                return any(_goes_on(job) for job in self.queue.jobs)
            case "retry":
                return bool(self._to_retry())
            case "remove":
                return bool(_ended(chosen))
            case "remove_ended":
                return any(not job.state.is_active for job in self.queue.jobs)
            case "save" | "copy_path":
                return any(job.file for job in chosen)
            case "copy_id":
                return any(job.generation_id for job in chosen)
            case "open" | "edit" | "mark" | "copy_request" | "request" | "events" | "into":
                return unit is not None
            case "out":
                return unit is not None and unit.fold in (Fold.OPEN, Fold.MEMBER)
            case "undo":
                return bool(self._removed)
            case "back":
                return self.may_go_back
            case "clear":
                return bool(self._filter.query_text)
            case "unmark":
                return bool(self._marked)
            case _:
                return True

    # --- what costs -----------------------------------------------------------------------------------------------

    def action_cancel(self) -> None:
        self._ask_to_cancel(_going(self.chosen))

    def action_cancel_all(self) -> None:
        self._ask_to_cancel(_going(self.queue.jobs))

    def _ask_to_cancel(self, jobs: Sequence[Job]) -> None:
        if jobs:
            ids = tuple(job.id for job in jobs)
            self._ask_first("cancel", ids, *cancel_question(jobs))

    def action_retry(self) -> None:
        """Send the same request again once the user has said yes. What is paid for is fetched without a question."""
        jobs = self._to_retry()
        fetching = [job for job in jobs if job.state is JobState.NOT_SAVED]
        if fetching:
            self.go_on("retry", tuple(job.id for job in fetching))
        elif jobs:
            ids = tuple(job.id for job in jobs)
            known = [job.estimate for job in jobs if job.estimate is not None]
            budget = self.session.spending.would_pass(sum(known) if len(known) == len(jobs) else None)
            self._ask_first("retry", ids, *retry_question(jobs, budget or ""))

    def _to_retry(self) -> list[Job]:
        jobs = _ended(self.chosen)
        return [job for job in jobs if job.state in _AGAIN] or jobs

    def _ask_first(self, action: str, job_ids: tuple[int, ...], question: str, explanation: str, yes: str) -> None:
        go_on = partial(self.go_on, action, job_ids)
        self.post_message(SureWanted(question, explanation, yes, "leaves it as it is", go_on))

    def go_on(self, action: str, job_ids: tuple[int, ...]) -> None:
        """The user has said yes."""
        work = {"cancel": self._cancel, "retry": self._retry}[action]
        self._work(partial(work, job_ids), action)

    async def _cancel(self, job_ids: tuple[int, ...]) -> None:
        try:
            refused = await self.queue.cancel(job_ids)
        except StoreError as error:
            self.in_trouble(str(error))
            return
        self._marked -= set(job_ids)
        if refused:
            others = f" {len(refused) - 1} more could not be." if len(refused) > 1 else ""
            self.in_trouble(f"Not cancelled: {next(iter(refused.values()))}{others}")
        elif len(job_ids) > 1:
            self.say(f"{counted(len(job_ids), 'job')} cancelled")

    async def _retry(self, job_ids: tuple[int, ...]) -> None:
        for job_id in job_ids:
            try:
                new = await self.queue.retry(job_id)
            except CannotSend as error:
                self.in_trouble(str(error))
                return
            except StoreError as error:
                self.in_trouble(str(error))
                return
            if new and len(job_ids) == 1:
                self._draw()
                self._list.highlight(str(new[0].id))
        self._marked -= set(job_ids)

    def action_edit(self) -> None:
        """Have the request in the form, to change it before it is sent again."""
        if self.unit is not None:
            job = self.unit.first
            body = {name: value for name, value in job.body.items() if name != "model"}
            if self.unit.of > 1:
                body["num_generations"] = self.unit.of
            self.post_message(RequestWanted(job.model, body, job.parents))

    # --- the list -------------------------------------------------------------------------------------------------

    def action_remove(self) -> None:
        self._remove(_ended(self.chosen))

    def action_remove_ended(self) -> None:
        self._remove(_ended(self.queue.jobs))

    def _remove(self, jobs: Sequence[Job]) -> None:
        if jobs:
            self._work(partial(self._take_out, tuple(job.id for job in jobs)), "remove")

    async def _take_out(self, job_ids: tuple[int, ...]) -> None:
        try:
            await self.queue.remove(job_ids)
        except StoreError as error:
            self.in_trouble(str(error))
            return
        self._removed.append(job_ids)
        who = "Removed from the list" if len(job_ids) == 1 else f"{len(job_ids)} jobs removed from the list"
        self.say(f"{who} {glyph('dot')} results stay {glyph('dot')} u puts back")
        self.refresh_bindings()

    def action_undo(self) -> None:
        if self._removed:
            self._work(partial(self._put_back, self._removed.pop()), "remove")

    async def _put_back(self, job_ids: tuple[int, ...]) -> None:
        try:
            await self.session.store.jobs.set_hidden(job_ids, False)
            await self.queue.look_again()
        except StoreError as error:
            self._removed.append(job_ids)
            self.in_trouble(str(error))
        self.refresh_bindings()

    # --- what the screen asks -------------------------------------------------------------------------------------

    def go_to(self, job_id: int) -> None:
        """Put the cursor on a job."""
        self._filter.put("")
        for key in (str(job_id), next((k for k, u in self._units.by_key.items() if u.jobs[0].id == job_id), "")):
            self._list.highlight(key)


def _going(jobs: Sequence[Job]) -> list[Job]:
    """Those that can be cancelled."""
    return [job for job in jobs if _goes_on(job)]


def _goes_on(job: Job) -> bool:
    return job.state in (JobState.WAITING, JobState.RUNNING)


def _ended(jobs: Sequence[Job]) -> list[Job]:
    return [job for job in jobs if not job.state.is_active]
