"""Asking, and what can be done to a message: the conversation page meets the conversation service."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from textual import on

from oxen_tui.panes.chat.conversation_page import ConversationPage
from oxen_tui.store.conversation_settings import ConversationSettings
from oxen_tui.store.errors import StoreError
from oxen_tui.store.message import Ending
from oxen_tui.widgets.transcript.view import Transcript
from oxen_tui.widgets.wording import counted

if TYPE_CHECKING:
    from oxen_tui.panes.answers.run import AnswerRun
    from oxen_tui.services.conversation.events import ConversationEvent
    from oxen_tui.store.attachment import Attachment
    from oxen_tui.store.waiting_questions import WaitingQuestion


class AskingPage(ConversationPage, part=True):
    """Sends questions, and edits, repeats, continues, flips through, deletes and copies messages."""

    _bring_back: Callable[[], Awaitable[None]] | None = None
    """Undoes the last deletion, for `u`."""
    _asking: asyncio.Lock
    _editing: int | None = None
    """The question that the next one takes the place of, as a branch."""

    def on_mount(self) -> None:
        self._asking = asyncio.Lock()

    def take_attachments(self) -> tuple[Attachment, ...]:
        """What the next question carries; it is carried once."""
        return ()

    def put_attachments_back(self, attachments: tuple[Attachment, ...]) -> None:
        """A question could not be asked: what it carried stands at the composer again."""

    def set_attachments(self, attachments: tuple[Attachment, ...]) -> None:
        """A question is edited, or no longer: this is what it carries."""

    def take_settings(self) -> ConversationSettings | None:
        """What holds for the next question only, in place of what is set for its conversation; None for nothing."""
        return None

    async def prepare(
        self, text: str, attachments: tuple[Attachment, ...], models: Sequence[str] = ()
    ) -> tuple[str, tuple[Attachment, ...]] | None:
        """A question as it is to be sent to these models; none of them are that of the conversation.

        None where it cannot be sent as it is; the user was told why.
        """
        return text, attachments

    async def change_settings(self, settings: ConversationSettings) -> None:
        """What holds for the conversation on screen from its next question on.

        Raises:
            StoreError: It could not be kept; it holds as it was.
        """
        if self.conversation_id is None:
            self._settings = settings
        else:
            await self.session.store.conversations.set_settings(self.conversation_id, settings)
            self._set_for = settings
        self._draw_status()

    async def change_system_prompt(self, text: str) -> None:
        """What stands before the questions of the conversation on screen from its next one on.

        Raises:
            StoreError: It could not be kept; it stands as it was.
        """
        if self.conversation_id is None:
            self._system_prompt = text
        else:
            await self.session.store.conversations.set_system_prompt(self.conversation_id, text)
            self._prompt_for = text
        self._draw_status()

    # --- asking ---------------------------------------------------------------------------------------------------

    async def _ask(self, text: str, attachments: tuple[Attachment, ...] | None = None) -> None:
        """Store the question, then its answer as it comes.

        Args:
            text: The question, as the composer keeps it.
            attachments: What it carries; None is what stands at the composer.
        """
        if attachments is None:
            attachments = self.take_attachments()
        async with self._asking:  # one that was sent in the same moment waits for the answer to this
            if self._answers.of(self.conversation_id):
                self.let_wait(text, attachments)
                return
            prepared = await self.prepare(text, attachments) if await self._have_model() else None
            if prepared is None:
                self._composer.put("\n".join(part for part in (text, self._composer.kept) if part))
                self.put_attachments_back(attachments)
                return
            text, attachments = prepared
            service, model, editing = self.session.conversation, self.model, self._editing
            self._editing = None
            if self.conversation_id is None:
                await self._begin_conversation(model)
            assert self.conversation_id is not None
            conversation_id = self.conversation_id
            self._transcript.jump_to_end()
            ask = partial(service.ask, conversation_id) if editing is None else partial(service.edit, editing)
            answers = ask(text, model, attachments=attachments, settings=self.take_settings())
            self._work(partial(self._note_use, model), "used")
        await self._follow(conversation_id, model, answers)

    async def _begin_conversation(self, model: str) -> None:
        """Make the conversation on screen one of the store, with what was set for it."""
        conversation = await self.session.store.conversations.create(model, self._system_prompt, self._settings)
        self.conversation_id = self._answers.shown = conversation.id
        self._set_for, self._prompt_for = self._settings, self._system_prompt
        self._system_prompt, self._settings = "", ConversationSettings()

    async def _note_use(self, model: str) -> None:
        try:
            await self.session.note_use(model)
        except StoreError as error:
            self.in_trouble(str(error))

    async def _have_model(self) -> bool:
        """Whether there is a model to ask; waits for the list where none was chosen."""
        catalogue = self.session.catalogue
        if not self.model:
            await catalogue.load(again=catalogue.trouble is not None)
            self.model = catalogue.first_chat_model
        if not self.model:
            self.in_trouble("No model is known here: ctrl+l takes the name of one")
        return bool(self.model)

    async def _follow(
        self, conversation_id: int, model: str, answers: AsyncGenerator[ConversationEvent, None]
    ) -> None:
        run = await self._answers.follow(conversation_id, model, answers)
        await self.go_on_after(run)

    async def go_on_after(self, run: AnswerRun) -> None:
        """An answer has come to its end: it is the turn of what waited for it."""

    def let_wait(self, text: str, attachments: tuple[Attachment, ...]) -> None:
        """Let a question wait until the answer that arrives is complete."""

    def hold_waiting(self) -> None:
        """Nothing that waits is asked by itself from now on."""

    def waiting_id(self, question: WaitingQuestion) -> str:
        """By what the store takes it off; nothing where it does not have it."""
        return question.id

    def stop_waiting(self, question: WaitingQuestion) -> None:
        """It is one of the conversation now."""

    async def _ask_waiting(self, question: WaitingQuestion) -> None:
        """Ask a question that waits; it waits on where it cannot be asked."""

    async def _ask_next(self) -> None:
        """Ask what waits, if something may be asked."""

    def _answer_again(self, answers: AsyncGenerator[ConversationEvent, None], model: str = "") -> None:
        """Follow an answer that begins at a message on screen; of the conversation's model unless one is named."""
        if self.conversation_id is None or self._answers.of(self.conversation_id):
            return
        self._work(partial(self._follow, self.conversation_id, model or self.model, answers), "answers")

    def action_retry(self) -> None:
        """Ask the last question again: the answer becomes a sibling of the one that is there."""
        if turns := self._transcript.column.turns:
            self._ask_again(turns[-1].turn.id)

    def _ask_again(self, message_id: int) -> None:
        if not self._answers.of(self.conversation_id):
            settings = self.take_settings()
            self._answer_again(self.session.conversation.regenerate(message_id, self.model, settings=settings))

    # --- keys of a message ----------------------------------------------------------------------------------------

    @on(Transcript.Left)
    def _stand_in_composer(self) -> None:
        self._composer.focus()

    @on(Transcript.RegenerateRequested)
    def _regenerate(self, event: Transcript.RegenerateRequested) -> None:
        self._ask_again(event.turn_id)

    @on(Transcript.ContinueRequested)
    def _continue(self, event: Transcript.ContinueRequested) -> None:
        self._work(partial(self._continue_answer, event.turn_id), "answers")

    async def _continue_answer(self, message_id: int) -> None:
        message = await self.session.store.messages.message(message_id)
        if message.may_continue or message.ending is Ending.TOOL_CALLS:
            self._answer_again(self.session.conversation.continue_answer(message_id))
        else:
            self.say("This answer is complete: r asks for another")

    @on(Transcript.EditRequested)
    def _edit(self, event: Transcript.EditRequested) -> None:
        self._work(partial(self._edit_question, event.turn_id), "show")

    async def _edit_question(self, message_id: int) -> None:
        message = await self.session.store.messages.message(message_id)
        while message.role != "user":
            if message.parent_id is None:
                return
            message = await self.session.store.messages.message(message.parent_id)
        self._editing = message.id
        self._composer.put(message.text)
        self.set_attachments(tuple(each for each in message.attachments if each.kind != "job"))
        self._composer.focus()
        self.say("Sending this makes a branch · esc leaves it as it was")

    @on(Transcript.DeleteRequested)
    def _delete(self, event: Transcript.DeleteRequested) -> None:
        self._work(partial(self._delete_message, event.turn_id), "show")

    async def _delete_message(self, message_id: int) -> None:
        if await self.delete_branch(message_id):
            self.say("Deleted with all that followed · u brings it back")

    async def delete_branch(self, message_id: int) -> bool:
        """Take away a message with all that follows it. Whether that was done; if not, it was said why."""
        if self._answers.of(self.conversation_id):
            self.say("An answer is arriving: esc stops it first")
            return False
        messages = self.session.store.messages
        try:
            deletion = await messages.delete(message_id)
            self._bring_back = lambda: messages.undo(deletion)
            await self._show(self.conversation_id)
        except StoreError as error:
            self.in_trouble(str(error))
            return False
        return True

    def action_undo(self) -> None:
        self._work(self._undo, "show")

    async def _undo(self) -> None:
        await self.bring_back()

    async def bring_back(self) -> bool:
        """Bring back what was deleted last. Whether there was something."""
        if (bring_back := self._bring_back) is None:
            return False
        self._bring_back = None
        try:
            await bring_back()
            await self._show(self.conversation_id)
            await self._list_again()
        except StoreError as error:
            self._bring_back = bring_back
            self.in_trouble(str(error))
            return False
        return True

    @on(Transcript.Copied)
    def _say_copied(self, event: Transcript.Copied) -> None:
        self.app.copy_to_clipboard(event.text)
        self.say(f"Copied {event.what}: {counted(len(event.text.splitlines()), 'line')}")

    @on(Transcript.LinkChosen)
    def _copy_link(self, event: Transcript.LinkChosen) -> None:
        # Never opened by itself: over ssh a browser would start on the far machine.
        self.app.copy_to_clipboard(event.href)
        self.say(f"Copied the link {event.href}")
