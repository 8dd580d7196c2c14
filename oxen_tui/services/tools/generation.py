"""Making a picture or a clip for a model: through the queue, after the user has seen what it costs."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, Final, Protocol

from oxen_tui.api.model import Model
from oxen_tui.money import money
from oxen_tui.services.catalogue.catalogue import Catalogue
from oxen_tui.services.tools.tool import Finding, Question, Tool, ToolFailed, Use, object_schema
from oxen_tui.store.attachment import Attachment
from oxen_tui.store.errors import StoreError
from oxen_tui.store.job import Job, JobState, Origin, ResultFile

if TYPE_CHECKING:
    from pathlib import Path

    from oxen_tui.services.form.request_form import RequestForm

_WAIT: Final = {"image": 240.0, "video": 1200.0}
"""Seconds that a model waits for a result. The job goes on after that."""
_ASIDE: Final = 60.0
"""Seconds for everything but waiting."""
_MOST_LOOKED_AT: Final = 200
"""Models that are read to find one that fits."""
_WORDS: Final = {"image": "picture", "video": "clip"}
_ENDED: Final = {JobState.FAILED: "failed", JobState.CANCELLED: "was cancelled"}


class Queue(Protocol):
    """The part of the generation queue that is needed."""

    @property
    def jobs(self) -> tuple[Job, ...]: ...

    def job(self, job_id: int) -> Job | None: ...

    def subscribe(self, listener: Callable[[frozenset[int]], None]) -> Callable[[], None]: ...

    async def begin(self) -> None: ...

    async def send(
        self,
        body: Mapping[str, Any],
        *,
        model: Model,
        estimate: float | None = None,
        origin: Origin = Origin.FORM,
        parents: tuple[int, ...] = (),
        message_id: int | None = None,
    ) -> tuple[Job, ...]: ...


class MakeTool(Tool):
    """Sends one request and waits for its result."""

    def __init__(
        self,
        kind: str,
        catalogue: Catalogue,
        queue: Callable[[], Queue],
        favourites: Callable[[], Awaitable[Mapping[str, bool]]],
        path: Callable[[ResultFile], Path],
        would_pass: Callable[[float | None], str | None],
        wait: float | None = None,
    ) -> None:
        """
        Args:
            kind: "image" or "video".
            catalogue: The models.
            queue: Gives the queue; made when it is first needed.
            favourites: The starred models by their ids.
            path: Where a result is.
            would_pass: What to ask before an amount is spent, by the budgets.
            wait: Seconds that a result is waited for; None is what is usual.
        """
        word = _WORDS[kind]
        self.name = f"make_{kind}"
        self.description = (
            f"Makes a {word} from a prompt with a model of this service. It costs money: the user is shown the price "
            f"and asked. Waits for the result; with from_job it begins with an earlier result (edits or animates it)."
        )
        self.about = f"makes a {word} through the queue"
        self.asks = "every time, with the price"
        self._wait = _WAIT[kind] if wait is None else wait
        self.seconds = self._wait + _ASIDE
        self._kind = kind
        self._word = word
        self._catalogue = catalogue
        self._queue = queue
        self._favourites = favourites
        self._path = path
        self._would_pass = would_pass

    @property
    def parameters(self) -> Mapping[str, Any]:
        return object_schema(
            ("prompt",),
            prompt={"type": "string", "minLength": 1, "description": "What is to be seen."},
            model={
                "type": "string",
                "description": f"The id of a model that makes {self._word}s, as list_models says it. Left out: the "
                "one used last.",
            },
            from_job={"type": "integer", "description": "The job of an earlier result to begin with."},
            settings={
                "type": "object",
                "description": "Further fields of the model's request, as list_models with `model` says them: "
                "aspect_ratio, duration and so on.",
            },
        )

    async def run(self, arguments: Mapping[str, Any], use: Use) -> Finding:
        await self._catalogue.load()
        queue = self._queue()
        await queue.begin()
        parent = self._parent(queue, arguments.get("from_job"))
        form = await self._form(arguments, queue, parent)
        price, about = form.estimate.dollars, form.estimate.request
        await use.confirm(self._question(form, arguments, price, about, use))
        job = await self._send(form, queue, price, parent, use)
        await use.attach(Attachment("job", form.model.id, job_id=job.id))
        ended = await self._ended(queue, job, use)
        return self._found(ended)

    # --- what is sent

    def _parent(self, queue: Queue, job_id: int | None) -> Job | None:
        if job_id is None:
            return None
        job = queue.job(job_id)
        if job is None or job.file is None:
            made = ", ".join(str(each.id) for each in queue.jobs if each.file is not None) or "none"
            raise ToolFailed(f"Job {job_id} has no result here. Jobs with results: {made[:400]}.")
        return job

    async def _form(self, arguments: Mapping[str, Any], queue: Queue, parent: Job | None) -> RequestForm:
        from oxen_tui.services.form import validator as form_validator
        from oxen_tui.services.form.request_form import RequestForm
        from oxen_tui.services.inputs.result_inputs import body_with

        await asyncio.to_thread(form_validator.load)
        model = await self._model(arguments.get("model", ""), queue, parent)
        body = {**arguments.get("settings", {}), "model": model.id, "prompt": arguments["prompt"]}
        if parent is not None:
            assert parent.file is not None  # looked at before
            begun = body_with(model, parent.kind, self._path(parent.file))
            if begun is None:
                raise ToolFailed(f"{model.id} takes no {parent.kind} to begin with. Choose another with list_models.")
            body = {**begun, **body}
        form = RequestForm(model, body)
        form.count = 1
        if problems := form.problems:
            words = "; ".join(str(problem) for problem in problems[:6])
            raise ToolFailed(f"{model.id} would refuse this request: {words}.")
        return form

    async def _model(self, wanted: str, queue: Queue, parent: Job | None) -> Model:
        if wanted:
            model = self._catalogue.get(wanted)
            if model is None:
                raise ToolFailed(f"There is no model {wanted}. list_models says which there are.")
            if model.kind.value != self._kind:
                raise ToolFailed(f"{wanted} makes no {self._word}s but {model.kind.value}.")
            return model
        starred = await self._favourites()
        for number, model_id in enumerate(dict.fromkeys(self._likely(queue, starred))):
            if number >= _MOST_LOOKED_AT:
                break
            model = self._catalogue.get(model_id)
            if model is not None and model.kind.value == self._kind and self._fits(model, parent):
                return model
            if number % 8 == 7:
                await asyncio.sleep(0)  # reading a model takes a while, and keys are to be answered
        raise ToolFailed(f"There is no model here that makes {self._word}s{' of such a file' if parent else ''}.")

    def _likely(self, queue: Queue, starred: Mapping[str, bool]) -> Iterator[str]:
        """Models that the user may mean: used last, starred, then all."""
        yield from (job.model for job in queue.jobs if job.kind == self._kind)
        index, columns = self._catalogue.index, self._catalogue.index.columns
        listed = [columns.id[place] for place in index.in_list_order if columns.kind[place] == self._kind]
        yield from (model_id for model_id in listed if model_id in starred)
        yield from listed

    def _fits(self, model: Model, parent: Job | None) -> bool:
        from oxen_tui.services.inputs.result_inputs import input_field
        from oxen_tui.services.schema.request_schema import model_schema

        schema = model_schema(model)
        if parent is not None:
            return input_field(model, parent.kind, schema) is not None
        return not any(field.required and field.media is not None for field in schema.fields)

    def _question(
        self, form: RequestForm, arguments: Mapping[str, Any], price: float | None, about: str, use: Use
    ) -> Question:
        from oxen_tui.services.schema.words import value_text

        cost = money(price, estimate=True) if price is not None else "price unknown"
        further = [(name, value_text(value)) for name, value in form.body.items() if name not in ("model", "prompt")]
        facts = [("model", form.model.id), ("prompt", arguments["prompt"]), *further]
        facts.append(("price", f"{cost} for {about}" if about and price is not None else cost))
        return Question(
            use.conversation_id,
            self.name,
            f"Make a {self._word}?",
            tuple(facts),
            f"makes it  {cost}",
            # A price that nobody knows is asked about each time.
            f"{self._word}s by {form.model.id}" if price is not None else "",
            self._would_pass(price) or "",
        )

    async def _send(self, form: RequestForm, queue: Queue, price: float | None, parent: Job | None, use: Use) -> Job:
        from oxen_tui.services.inputs.media_inputs import CannotSend

        use.tell("sending")
        try:
            (job,) = await queue.send(
                form.body,
                model=form.model,
                estimate=price,
                origin=Origin.TOOL,
                parents=(parent.id,) if parent is not None else (),
                message_id=use.message_id,
            )
        except CannotSend as error:
            raise ToolFailed(f"It was not sent: {error.sentence}") from error
        except StoreError as error:
            raise ToolFailed(f"It was not sent: {error}") from error
        return job

    # --- what comes of it

    async def _ended(self, queue: Queue, job: Job, use: Use) -> Job:
        """The job when nothing more will come of it, or when it was waited for long enough."""
        changed = asyncio.Event()
        end = queue.subscribe(lambda ids: changed.set() if not ids or job.id in ids else None)
        now, said = queue.job(job.id) or job, ""
        try:
            async with asyncio.timeout(self._wait):
                while now.state.is_active:
                    if now.state.value != said:
                        said = now.state.value
                        use.tell(said)
                    await changed.wait()
                    changed.clear()
                    now = queue.job(job.id) or now
        except TimeoutError:
            return queue.job(job.id) or now
        finally:
            end()
        return now

    def _found(self, job: Job) -> Finding:
        if job.state is JobState.DONE and job.file is not None:
            file = job.file
            size = f"{file.width}×{file.height}" if file.width and file.height else file.mime
            length = f", {file.seconds:.3g} s" if file.seconds else ""
            paid = money(job.cost) if job.cost is not None else money(job.estimate, estimate=True)
            return Finding(
                f"made, {size}{length}\njob: {job.id}\nmodel: {job.model}\nfile: {self._path(file)}\n"
                f"cost: {paid if job.cost is not None or job.estimate is not None else 'unknown'}\n"
                "The user sees it beside your answer. from_job takes the number of the job."
            )
        if job.state.is_active:
            return Finding(
                f"still {job.state.value}\nJob {job.id} goes on in the queue; its result is shown once it is there. "
                "Do not ask for it again."
            )
        billed = " It was not billed." if job.billed is False else ""
        ended = _ENDED.get(job.state, "has no result here")
        raise ToolFailed(f"Job {job.id} {ended}. {job.trouble}{billed}".strip())
