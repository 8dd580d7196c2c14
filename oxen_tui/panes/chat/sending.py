"""A picture or clip on its way from the chat to the queue: the question first, then its job, then the server."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from oxen_tui.panes.chat.attachments import ChatAttachments
from oxen_tui.panes.chat.cards import ChatCards
from oxen_tui.store.attachment import Attachment
from oxen_tui.store.errors import StoreError

if TYPE_CHECKING:
    from oxen_tui.services.form.request_form import RequestForm
    from oxen_tui.store.job import Job
    from oxen_tui.store.message import Message as StoredMessage
    from oxen_tui.store.waiting_questions import WaitingQuestion


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


class ChatSending(ChatAttachments, ChatCards, part=True):
    """Sends what was asked for, and keeps the question and its card right whatever comes of it."""

    def on_mount(self) -> None:
        self._asked_for: dict[int, tuple[Attachment, ...]] = {}
        """What questions carry whose jobs are being sent."""

    async def _send(self, making: Making) -> None:
        """Store the question, then the job, then send it; all is on the disk before."""
        from oxen_tui.services.gallery.ancestry import made_from
        from oxen_tui.services.inputs.media_inputs import CannotSend
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
                parents=made_from(form.body, session.generations.jobs, session.results.path),
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

    def _give_back(
        self, kind: str, text: str, carried: tuple[Attachment, ...], waiting: WaitingQuestion | None = None
    ) -> None:
        if waiting is not None:
            self.hold_waiting()
            return
        self._composer.put("\n".join(part for part in (f"/{kind} {text}", self._composer.kept) if part))
        self.put_attachments_back(carried)

    async def _retry_jobs(self, turn_id: int) -> None:
        from oxen_tui.services.inputs.media_inputs import CannotSend

        job = self.jobs_of(turn_id)[-1]
        self._listen()
        self._asked_for[turn_id] = ()
        try:
            await self._keep_jobs(turn_id, await self.session.generations.retry(job.id))
        except (CannotSend, StoreError) as error:
            self.in_trouble(f"Not sent. {error}")
        finally:
            self._asked_for.pop(turn_id, None)

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
