"""`/image` and `/video`: a prompt goes to the favourite model through the queue, its card into the conversation."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from textual import on

from oxen_tui.panes.attachment_words import names_of, renamed
from oxen_tui.panes.chat_attachments import ChatAttachments
from oxen_tui.panes.chat_cards import ChatCards
from oxen_tui.panes.slash_commands import parse
from oxen_tui.store.attachment import Attachment
from oxen_tui.store.errors import StoreError
from oxen_tui.widgets.folded_paste import whole_of
from oxen_tui.widgets.transcript.view import Transcript

if TYPE_CHECKING:
    from oxen_tui.services.request_form import RequestForm
    from oxen_tui.store.job import Job
    from oxen_tui.store.message import Message as StoredMessage
    from oxen_tui.store.waiting_questions import WaitingQuestion

_KINDS = {"image": "image", "video": "video"}
_LISTED = 50
"""Models used lately that are looked at."""


@dataclass(frozen=True)
class Making:
    """What was asked for, and is about to be sent."""

    kind: str
    text: str
    """Behind the command."""
    carried: tuple[Attachment, ...]
    form: RequestForm
    waiting: WaitingQuestion | None = None
    """It waited until now, and waits on until it is stored."""


class ChatMaking(ChatAttachments, ChatCards, part=True):
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
        from oxen_tui.services.quick_generation import CannotMake, quick_form

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

    def _give_back(
        self, kind: str, text: str, carried: tuple[Attachment, ...], waiting: WaitingQuestion | None = None
    ) -> None:
        if waiting is not None:
            self.hold_waiting()
            return
        self._composer.put("\n".join(part for part in (f"/{kind} {text}", self._composer.kept) if part))
        self.put_attachments_back(carried)

    # --- sending --------------------------------------------------------------------------------------------------

    async def _send(self, making: Making) -> None:
        """Store the question, then the job, then send it; all is on the disk before."""
        from oxen_tui.services.media_inputs import CannotSend
        from oxen_tui.store.job import Origin

        session, form = self.session, making.form
        self._listen()
        try:
            question = await self._store_question(making)
        except StoreError as error:
            self.in_trouble(f"Not sent. {error}")
            self._give_back(making.kind, making.text, making.carried, making.waiting)
            return
        self._asked_for[question.id] = making.carried
        try:
            jobs = await session.generations.send(
                form.body,
                model=form.model,
                estimate=form.estimate.dollars,
                origin=Origin.CHAT,
                parents=tuple(each.job_id for each in making.carried if each.job_id is not None),
                message_id=question.id,
            )
            await self._keep_jobs(question.id, jobs)
            await session.note_use(form.model.id)
        except (CannotSend, StoreError) as error:
            self.in_trouble(f"Not sent. {error}")
            await self._take_back(question, making)
        finally:
            self._asked_for.pop(question.id, None)
        await self._list_conversations()
        if making.waiting is not None:
            await self._ask_next()  # a picture holds up nothing

    def on_mount(self) -> None:
        self._asked_for: dict[int, tuple[Attachment, ...]] = {}
        """What questions carry whose jobs are being sent."""

    async def _store_question(self, making: Making) -> StoredMessage:
        conversations = self.session.store.conversations
        chat_model = self.model or self.session.catalogue.first_chat_model
        editing = self._editing if making.waiting is None else None
        self._editing = None if making.waiting is None else self._editing
        if self.conversation_id is None:
            await self._begin_conversation(chat_model)
        assert self.conversation_id is not None
        if editing is not None:
            parent = (await self.session.store.messages.message(editing)).parent_id
        else:
            parent = (await conversations.get(self.conversation_id)).leaf_id
        on_disk = self.waiting_id(making.waiting) if making.waiting is not None else ""
        question = await self.session.store.messages.add_question(
            self.conversation_id,
            f"/{making.kind} {making.text}",
            chat_model,
            parent,
            attachments=making.carried,
            clear_draft=making.waiting is None,
            waiting=on_disk,
        )
        if making.waiting is not None:
            self.stop_waiting(making.waiting)
        self._transcript.jump_to_end()
        self._answers.show_question(question)
        self._draw_status()
        return question

    async def _take_back(self, question: StoredMessage, making: Making) -> None:
        """Nothing was sent: the question goes, and its words stand in the composer again."""
        try:
            await self.session.store.messages.delete(question.id)
        except StoreError as error:
            self.in_trouble(str(error))
            return
        if question.conversation_id == self.conversation_id:
            self._transcript.remove_turn(question.id)
            self._give_back(making.kind, making.text, making.carried)

    def hear_of_jobs(self, ids: frozenset[int]) -> None:
        # A job is on the disk before the server hears of it: its card stands on the page while it is being sent.
        for job_id in ids if self._asked_for else ():
            job = self.session.generations.job(job_id)
            if job is not None and job.message_id in self._asked_for:
                self.add_card(job.message_id, job)
                self._work(partial(self._keep_jobs, job.message_id, [job]), "cards")
        super().hear_of_jobs(ids)

    async def _keep_jobs(self, message_id: int, jobs: Sequence[Job]) -> None:
        """Write down at a message which jobs it began."""
        messages = self.session.store.messages
        try:
            carried = (await messages.message(message_id)).attachments
            known = {each.job_id for each in carried if each.kind == "job"}
            new = [Attachment("job", job.model, job_id=job.id) for job in jobs if job.id not in known]
            if new:
                await messages.set_attachments(message_id, (*carried, *new))
        except StoreError as error:
            self.in_trouble(str(error))
        for job in jobs:
            self.add_card(message_id, job)

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

    async def _retry_jobs(self, turn_id: int) -> None:
        from oxen_tui.services.media_inputs import CannotSend

        job = self.jobs_of(turn_id)[-1]
        self._listen()
        self._asked_for[turn_id] = ()
        try:
            await self._keep_jobs(turn_id, await self.session.generations.retry(job.id))
        except (CannotSend, StoreError) as error:
            self.in_trouble(f"Not sent. {error}")
        finally:
            self._asked_for.pop(turn_id, None)
