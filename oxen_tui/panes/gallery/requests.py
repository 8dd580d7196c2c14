"""What the gallery does with the request behind a result: recall it, run it again, put the result into another."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from oxen_tui.api.errors import ApiError
from oxen_tui.api.model import Model, ModelKind
from oxen_tui.money import money
from oxen_tui.panes.gallery.listing import GalleryListing
from oxen_tui.panes.gallery.words import file_name
from oxen_tui.panes.wanted import RequestWanted, SureWanted
from oxen_tui.services.error_words import in_words
from oxen_tui.store.errors import StoreError
from oxen_tui.store.job import Job, JobState, Origin
from oxen_tui.widgets.glyphs import glyph

if TYPE_CHECKING:
    from oxen_tui.services.form.request_form import RequestForm

_SEED = ("seed",)
_MOST_MODELS = 400
"""Models that are read to find those that take a picture: more than any service has."""


class GalleryRequests(GalleryListing, part=True):
    """Adds what needs a model. What knows schemas is loaded when one is needed: it would double the time to open."""

    def action_recall(self) -> None:
        """Put the request of the result into the form again."""
        job = self.job
        if job is None:
            return
        if job.origin is Origin.OPENED and not job.body:
            self.in_trouble(f"{file_name(job)} was opened from the disk and tells no request")
        else:
            self.post_message(RequestWanted(job.model, job.body, job.parents))

    # --- again ----------------------------------------------------------------------------------------------------

    def action_run_again(self) -> None:
        """Ask whether the same is to be made once more, with another seed and at what price."""
        job = self.job
        if job is None:
            return
        form = self._form_again(job)
        if form is None:
            return
        price = form.estimate.dollars
        cost = money(price, estimate=True) if price is not None else "price unknown"
        another = "with another seed" if self._has_seed(form) else "as it was: this model takes no seed"
        about = f" for {form.estimate.request}" if form.estimate.request else ""
        said = f"{job.model}, {another}. {cost[:1].upper()}{cost[1:]}{about}."
        if (budget := self.session.spending.would_pass(price)) is not None:
            said = f"{said} {budget}"
        go_on = partial(self.run_again, job.id)
        self.post_message(SureWanted("Run this again?", said, f"runs it  {cost}", "leaves it", go_on))

    def _form_again(self, job: Job) -> RequestForm | None:
        """The request of a result, if it can be sent as it stands; else it is said why not."""
        from oxen_tui.services.form.request_form import RequestForm

        model = self.session.catalogue.get(job.model)
        if not job.body:
            self.in_trouble(f"{file_name(job)} tells no request that could be run")
        elif model is None:
            self.in_trouble(f"{job.model} is not in the catalogue any more. e recalls the request")
        else:
            form = RequestForm(model, job.body)
            form.count = 1
            if not form.problems:
                return form
            self.in_trouble(f"{form.problems[0].sentence} e recalls the request, to put it right")
        return None

    @staticmethod
    def _has_seed(form: RequestForm) -> bool:
        return form.schema.field("seed") is not None

    def run_again(self, job_id: int) -> None:
        """Send the request of a result once more; the user said yes to its price."""
        job = self.gallery.job(job_id)
        form = self._form_again(job) if job is not None else None
        if job is not None and form is not None:
            if self._has_seed(form):
                form.roll_seed(_SEED)
            self._work(partial(self._send_again, job, form), "send")

    async def _send_again(self, job: Job, form: RequestForm) -> None:
        from oxen_tui.services.inputs.media_inputs import CannotSend

        try:
            sent = await self.session.generations.send(
                form.body, model=form.model, estimate=form.estimate.dollars, parents=job.parents
            )
        except CannotSend as error:
            self.in_trouble(f"{error.sentence} e recalls the request")
        except ApiError as error:
            self.in_trouble(in_words(error))
        except StoreError as error:
            self.in_trouble(f"{error} Nothing was sent.")
        else:
            refused = next((each.trouble for each in sent if each.state is JobState.FAILED), None)
            if refused is None:
                self.say(f"{job.model} runs again {glyph('dot')} 4 opens the queue")
            else:
                self.in_trouble(refused or f"{job.model} was refused")

    # --- as an input ----------------------------------------------------------------------------------------------

    def action_use(self) -> None:
        """Choose a model that takes the result, to edit it or to make a clip of it."""
        job = self.job
        if job is not None and self._has_file(job):
            self._work(partial(self._offer_models, job), "models", exclusive=True)

    async def _offer_models(self, job: Job) -> None:
        from oxen_tui.panes.gallery.choices import input_choices

        await self.session.catalogue.load()
        models = await self._taking(job.kind)
        choices = input_choices(models, job.kind)
        if choices:
            self.post_message(self.InputWanted(job.id, choices))
        else:
            self.in_trouble(f"No model in the catalogue takes {file_name(job)}")

    async def _taking(self, kind: str) -> Sequence[Model]:
        """The models that may take such a file, read whole, a few at a time so that keys are answered."""
        catalogue, columns = self.session.catalogue, self.session.catalogue.index.columns
        makes = {ModelKind.IMAGE.value, ModelKind.VIDEO.value, ModelKind.AUDIO.value}
        places = [
            place
            for place, inputs in enumerate(columns.inputs)
            if columns.kind[place] in makes and (not inputs or kind in inputs.split())
        ]
        models = []
        for number, place in enumerate(places[:_MOST_MODELS]):
            if (model := catalogue.get(columns.id[place])) is not None:
                models.append(model)
            if number % 8 == 7:
                await asyncio.sleep(0)
        return models

    def use_with(self, job_id: int, model_id: str) -> None:
        """Begin a request to a model with the result in it."""
        from oxen_tui.services.inputs.result_inputs import body_with

        job, path = self.gallery.job(job_id), self.gallery.path(job_id)
        model = self.session.catalogue.get(model_id)
        body = (
            body_with(model, job.kind, path) if job is not None and path is not None and model is not None else None
        )
        if body is None:
            self.in_trouble(f"{model_id} does not take it any more")
        else:
            self.post_message(RequestWanted(model_id, body, (job_id,)))

    def _has_file(self, job: Job) -> bool:
        """Whether its file is there; else that is said."""
        if job.id in self.gallery.missing:
            self.in_trouble(f"{file_name(job)} is not there any more")
            return False
        return True
