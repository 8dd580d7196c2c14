"""What the chat pane has on screen: side list, conversation, composer with its draft, status line."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.reactive import reactive
from textual.widgets import TextArea

from oxen_tui.api.errors import ApiError
from oxen_tui.panes.answers.running_answers import RunningAnswers
from oxen_tui.panes.chat.status import chat_status
from oxen_tui.panes.chat.unsent import Left, Unsent
from oxen_tui.panes.completion.command_completion import CommandCompletion
from oxen_tui.panes.pane import Pane
from oxen_tui.services.conversation.set_words import set_words
from oxen_tui.store.conversation_settings import ConversationSettings
from oxen_tui.store.errors import StoreError
from oxen_tui.widgets import motion
from oxen_tui.widgets.chat.attachment_tray import AttachmentTray
from oxen_tui.widgets.chat.completion_rows import CompletionRows
from oxen_tui.widgets.chat.composer import Composer
from oxen_tui.widgets.chat.conversation_list import ConversationList
from oxen_tui.widgets.chat.status_line import StatusLine
from oxen_tui.widgets.chat.waiting_list import WaitingList
from oxen_tui.widgets.message import Message
from oxen_tui.widgets.transcript.view import Transcript

if TYPE_CHECKING:
    from oxen_tui.services.session import Session
    from oxen_tui.store.message import Message as StoredMessage
    from oxen_tui.widgets.transcript.turn import Turn

_MODELS_AFTER = 0.3
"""Seconds after which the models are asked for; a question that needs one does not wait for that."""

_FIRST = 60
"""Messages that are read and shown first: more than a screen holds."""
_SLICE = 200

_DRAFT_AFTER = 0.6
"""Seconds of rest after which what stands in the composer is kept on disk."""


class ConversationPage(Pane):
    """Shows a conversation of the store, and keeps what stands unsent in the composer. Asks nothing."""

    DEFAULT_CSS = """
    ConversationPage {
        layout: horizontal;
        & #conversations { display: none; }
        & #talk { width: 1fr; }
        & #page { height: 1fr; layers: base above; }
        & #welcome { display: none; }
        & #completions { layer: above; dock: bottom; }
        &.-listing #conversations { display: block; }
    }
    """

    _settings = ConversationSettings()
    _system_prompt = ""
    """Of the conversation that has not begun, both."""

    model: reactive[str] = reactive("", init=False, repaint=False)
    """The model that the next question goes to; empty while none is known."""

    class ModelsKnown(Message):
        """The list of models came, or the reason why it does not."""

    class Recognised(Message):
        """The server says whose key it is."""

        username: str

    def __init__(self, session: Session) -> None:
        super().__init__(id="chat")
        self.session = session
        self.conversation_id: int | None = None
        """The conversation on screen; None is a new one without a question yet."""
        self._new_lines = 0
        self._context_used: int | None = None
        self._context_is_estimate = False
        """Whether nobody but us counted that."""
        self._set_for = ConversationSettings()
        """What is set for the conversation on screen."""
        self._prompt_for = ""
        """Its system prompt."""
        self._standing_on: int | None = None
        """The message to stand on as soon as it is on the page."""

    def compose(self) -> ComposeResult:
        yield ConversationList(id="conversations")
        with Vertical(id="talk"):
            with Vertical(id="page"):
                if self.session.place.is_demo:
                    from oxen_tui.panes.chat.welcome import Welcome

                    yield Welcome(id="welcome")
                yield Transcript(id="transcript")
                yield CompletionRows(id="completions")
            yield WaitingList(id="waiting")
            yield AttachmentTray(id="attached")
            yield Composer(placeholder="Message, / for commands", id="composer")
            yield StatusLine(id="status")

    def on_mount(self) -> None:
        self._transcript = self.query_one(Transcript)
        self._composer = self.query_one(Composer)
        self._status = self.query_one(StatusLine)
        self._sidebar = self.query_one(ConversationList)
        self._completion = CommandCompletion(self._composer, self.query_one(CompletionRows))
        self._answers = RunningAnswers(self._transcript, self, self.session.clock.monotonic)
        self._ticking = self.set_interval(motion.tick(), self._draw_status, pause=True)
        self._draft_timer = self.set_timer(_DRAFT_AFTER, self._keep_draft, pause=True)
        self._unsent = Unsent(self._composer, self.session.store.conversations, self.in_trouble)
        self._composer.focus()
        self._work(self._begin, "begin")

    # --- what is on screen ----------------------------------------------------------------------------------------

    async def _begin(self) -> None:
        """Restores what was open last, then asks for the models."""
        store = self.session.store
        self._composer.remember(await store.messages.recent_questions())
        recent = await store.conversations.recent(1, archived=False)
        self.model = self.session.place.model or (recent[0].model if recent else "")
        if self.conversation_id is None:  # else something was asked already
            await self._show(recent[0].id if recent else None)
        await self._list_conversations()
        # Not before the first keys are echoed: the network library takes 100 ms to load, also in a thread of its own.
        self.set_timer(_MODELS_AFTER, lambda: self._work(self._load_models, "models"))

    async def _load_models(self, *, again: bool = False) -> None:
        catalogue = self.session.catalogue
        await catalogue.load(again=again)
        self.model = self.model or catalogue.first_chat_model
        self.post_message(self.ModelsKnown())
        self._draw_status()
        try:
            user = await (await self.session.client()).me()
        except ApiError:
            return  # a server without users, or one that does not answer: asking it something will say so
        if user.username:
            self.post_message(self.Recognised(user.username))

    async def _show(self, conversation_id: int | None) -> None:
        """Put a conversation on screen; None is a new one."""
        store = self.session.store
        self.conversation_id = self._answers.shown = conversation_id
        self._context_used, self._context_is_estimate, self._new_lines = None, False, 0
        messages: list[StoredMessage] = []
        if conversation_id is not None:
            conversation = await store.conversations.get(conversation_id)
            messages = await self.session.path(conversation_id, _FIRST)
            self.model, self._set_for = conversation.model or self.model, conversation.settings
            self._prompt_for = conversation.system_prompt
            self._context_used = messages[-1].usage.total_tokens if messages and messages[-1].usage else None
        kept = await self._unsent.kept(conversation_id)
        if self.conversation_id != conversation_id:
            return  # the user went on to another one meanwhile
        shown_from = self._answers.show(messages)
        self._stand_on_wanted()
        if conversation_id is not None and shown_from is not None and messages[0].parent_id is not None:
            self._work(partial(self._show_older, conversation_id, shown_from), "older", exclusive=True)
        self._unsent.put(kept)
        self.refresh_bindings()
        self._draw_status()

    async def _show_older(self, conversation_id: int, shown_from: int) -> None:
        """Put what stood before on the page, in slices: thousands of messages at once would hold up a key."""
        path = await self.session.path(conversation_id)
        older = path[: next((place for place, each in enumerate(path) if each.id == shown_from), 0)]
        turns: list[Turn] = []
        for start in range(0, len(older), _SLICE):
            turns += self._answers.turns.of_path(older[start : start + _SLICE])
            await asyncio.sleep(0)
        if self.conversation_id == conversation_id:
            self._transcript.prepend(turns)
            self._stand_on_wanted()

    def _stand_on_wanted(self) -> None:
        if self._standing_on is not None and self._transcript.go_to(self._standing_on):
            self._standing_on = None

    def show_conversation(self, conversation_id: int | None) -> None:
        """Show it with its draft; what is being typed now stays with the one that is left.

        What is typed or sent from here on belongs to the new page, though it is still to be read.
        """
        left = self.leave_page(conversation_id)
        self._work(partial(self._turn_page, left, conversation_id), "show", exclusive=True)

    def leave_page(self, conversation_id: int | None) -> Left:
        """Go to the page of another conversation. What stood unsent on the one that is left."""
        left = self._unsent.take(self.conversation_id)
        self._draft_timer.stop()
        self.conversation_id = self._answers.shown = conversation_id
        return left

    async def _turn_page(self, left: Left, conversation_id: int | None) -> None:
        try:
            # Shielded: going on to a third page must not lose what was written on the first.
            await asyncio.shield(asyncio.create_task(self._unsent.keep(left)))
            if self.conversation_id == conversation_id:
                await self._show(conversation_id)
            else:  # a question was sent meanwhile: it has a page of its own, and what is typed there is all there is
                self._unsent.put("")
            await self._list_conversations()
        except StoreError as error:
            self.in_trouble(str(error))
        if self.display:  # else another pane was gone to, and its keys are not ours to take
            self._composer.focus()

    async def _list_conversations(self) -> None:
        """Bring the side list up to date with what changed last."""

    async def _list_again(self) -> None:
        """Bring all of the side list up to date, however old."""

    def _draw_status(self) -> None:
        self.query("#welcome").set(display=self.conversation_id is None)
        run, queued, draft = self._answers.of(self.conversation_id), self.waiting_count, self._composer.length
        tools = len(self.shown_settings.tools)
        words = set_words(self.shown_settings, self.shown_system_prompt, with_schema=False)
        status = chat_status(
            self.session, self.model, run, self._context_used, self._new_lines, queued, tools, words, draft
        )
        self._status.tell(replace(status, context_is_estimate=self._context_is_estimate))

    @property
    def waiting_count(self) -> int:
        """Questions that wait for the answer before them."""
        return 0

    def watch_model(self) -> None:
        self._draw_status()

    @on(Transcript.LinesBelow)
    def _count_lines_below(self, event: Transcript.LinesBelow) -> None:
        self._new_lines = event.count
        self._draw_status()

    # --- what stands unsent ---------------------------------------------------------------------------------------

    @on(TextArea.Changed)
    def _keep_draft_soon(self) -> None:
        self._draft_timer.stop()
        self._draft_timer = self.set_timer(_DRAFT_AFTER, self._keep_draft)

    def _keep_draft(self) -> None:
        self._work(self._save_draft, "draft", exclusive=True)

    async def _save_draft(self) -> None:
        self._draft_timer.stop()
        self._draw_status()  # a long question may be too much for the model
        await self._unsent.save(self.conversation_id)

    async def put_away(self) -> None:
        """Keep what stands unsent, at once: the page is about to go."""
        self._draft_timer.stop()
        await self._unsent.keep(self._unsent.take(self.conversation_id))

    @property
    def models_answering(self) -> list[str]:
        """The models whose answers still arrive, in whichever conversation."""
        return [run.model for run in self._answers]

    # --- what the running answers tell ----------------------------------------------------------------------------

    def answers_changed(self) -> None:
        """One began or ended, or does something else now."""
        (self._ticking.resume if len(self._answers) else self._ticking.pause)()
        self._draw_status()
        self.refresh_bindings()
        self._work(self._list_conversations, "list", exclusive=True)

    def answer_ended(self, message: StoredMessage) -> None:
        """An answer is complete, or as complete as it will be."""
        if message.conversation_id == self.conversation_id and message.usage:
            self._context_used, self._context_is_estimate = message.usage.total_tokens, False
        if message.text or message.reasoning or message.tool_calls:
            self.session.spend(message.cost)

    @property
    def shown_settings(self) -> ConversationSettings:
        """What is set for the conversation on screen, begun or not."""
        return self._settings if self.conversation_id is None else self._set_for

    @property
    def shown_system_prompt(self) -> str:
        """What stands before the questions of the conversation on screen."""
        return self._system_prompt if self.conversation_id is None else self._prompt_for
