"""`/image` and `/video`: a prompt goes to the favourite model through the queue, its card into the conversation."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from textual import on

from oxen_tui.panes.answers.attachment_words import names_of, renamed
from oxen_tui.panes.chat.sending import ChatSending, Making
from oxen_tui.panes.completion.slash_commands import parse
from oxen_tui.store.attachment import Attachment
from oxen_tui.store.errors import StoreError
from oxen_tui.widgets.chat.folded_paste import whole_of
from oxen_tui.widgets.transcript.view import Transcript

if TYPE_CHECKING:
    from oxen_tui.store.waiting_questions import WaitingQuestion

_KINDS = {"image": "image", "video": "video"}
_LISTED = 50
"""Models used lately that are looked at."""


class ChatMaking(ChatSending, part=True):
    """Asks for pictures and clips."""

    def action_image(self, prompt: str = "") -> None:
        """Make a picture."""
        self._make("image", prompt)

    def action_video(self, prompt: str = "") -> None:
        """Make a clip."""
        self._make("video", prompt)

    def _make(self, kind: str, prompt: str) -> None:
        line = f"/{kind} {prompt}"
        if not prompt:
            self._composer.put(line)
            self.say("What is to be seen? The prompt follows the command")
        elif self._answers.of(self.conversation_id):
            # The answer that arrives, and what its tools find, comes first.
            self.let_wait(line, self.take_attachments())
        else:
            self._work(partial(self._prepare_making, kind, prompt, self.take_attachments()), "cards")

    async def _ask(self, text: str, attachments: tuple[Attachment, ...] | None = None) -> None:
        command = parse(text)
        if command is not None and command[0].name in _KINDS:  # an edited one
            carried = self.take_attachments() if attachments is None else attachments
            await self._prepare_making(command[0].name, command[1], carried)
        else:
            await super()._ask(text, attachments)

    async def _ask_waiting(self, question: WaitingQuestion) -> None:
        name, _, prompt = whole_of(question.text).partition(" ")
        if name[1:] in _KINDS and name.startswith("/"):
            await self._prepare_making(name[1:], prompt.strip(), question.attachments, question)
        else:
            await super()._ask_waiting(question)

    async def _prepare_making(
        self, kind: str, text: str, carried: tuple[Attachment, ...], waiting: WaitingQuestion | None = None
    ) -> None:
        from oxen_tui.services.queue.quick_generation import CannotMake, quick_form

        session = self.session
        found = await self._with_named(text, carried)
        if found is None:
            self._give_back(kind, text, carried, waiting)
            return
        text, carried = found
        inputs = [each for each in carried if each.kind in ("image", "video", "audio")]
        prompt = " ".join(renamed(text, dict.fromkeys(names_of(carried))).split())
        try:
            await session.catalogue.load()
            await session.generations.begin()
            starred, used = await session.store.models.favourites(), await session.store.models.used(_LISTED)
            made = [job.model for job in session.generations.jobs if job.kind == kind][:_LISTED]
            form = await quick_form(kind, prompt, inputs, session.catalogue, starred, [*made, *used])
        except CannotMake as error:
            self.in_trouble(f"Not sent. {error.sentence}")
            self._give_back(kind, text, carried, waiting)
            return
        except StoreError as error:
            self.in_trouble(f"Not sent. {error}")
            self._give_back(kind, text, carried, waiting)
            return
        making = Making(kind, text, carried, form, waiting)
        question = session.spending.would_pass(form.estimate.dollars)
        if question is None:
            await self._send(making)
        else:
            self._want_word(
                question,
                f"{form.model.id}: {form.estimate.request or 'one'}.",
                partial(self._work, partial(self._send, making), "cards"),
                partial(self._give_back, kind, text, carried, waiting),
            )

    def _want_word(
        self, question: str, about: str, go_on: Callable[[], object], leave: Callable[[], object] | None = None
    ) -> None:
        from oxen_tui.panes.wanted import SureWanted

        asked, _, why = question.partition("? ")
        self.post_message(
            SureWanted(f"{asked}?", f"{why} {about}".strip(), "sends it", "sends nothing", go_on, leave)
        )

    # --- once more ------------------------------------------------------------------------------------------------

    @on(Transcript.RegenerateRequested)
    def _make_again(self, event: Transcript.RegenerateRequested) -> None:
        if self._again(event.turn_id):
            event.prevent_default()

    def action_retry(self) -> None:
        turns = self._transcript.column.turns
        if not turns or not self._again(turns[-1].turn.id):
            super().action_retry()

    def _again(self, turn_id: int) -> bool:
        """Have the last job of a question made once more. Whether it asked for any."""
        jobs = self.jobs_of(turn_id)
        if not jobs:
            return False
        job = jobs[-1]
        if job.state.is_active:
            self.say("It is on its way: x cancels it")
            return True
        from oxen_tui.store.job import JobState

        question = None
        if job.state is JobState.UNKNOWN:
            question = "Send it again? Nobody knows whether it was made, and billed."
        elif job.state is not JobState.NOT_SAVED:
            question = self.session.spending.would_pass(job.estimate)
        go_on = partial(self._work, partial(self._retry_jobs, turn_id), "cards")
        if question is None:
            go_on()
        else:
            self._want_word(question, f"{job.model}.", go_on)
        return True
