"""The context in the chat: what takes its room, and three ways out: a summary, leaving out, a branch."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from oxen_tui.panes.chat.asking_page import AskingPage
from oxen_tui.store.errors import StoreError
from oxen_tui.widgets.glyphs import glyph
from oxen_tui.widgets.message import Message

if TYPE_CHECKING:
    from oxen_tui.panes.chat.unsent import Left
    from oxen_tui.services.context.summaries import SummaryPlan
    from oxen_tui.services.context.use import ContextUse
    from oxen_tui.store.message import Message as StoredMessage

_TOLD = 0.25
"""Of the model's context, from which on an estimate is told where nobody counts."""
_NOT_SENT = "what stands above is not sent {dot} /context"


class ChatContext(AskingPage, part=True):
    """Weighs what is sent, and changes it."""

    _after_turning: Callable[[], Coroutine[None, None, None]] | None = None
    """What is to be done as soon as the page that is gone to is on screen."""

    class ContextKnown(Message):
        """It was weighed: to be shown, with the ways out."""

        use: ContextUse
        summary: SummaryPlan
        way: str
        """The way that is wanted at once: `summary` or `leave out`; empty to choose."""

    def action_context(self, way: str = "") -> None:
        """Show what takes the room of the model's context, and the ways out."""
        if self.conversation_id is None:
            self.say("Nothing was said here yet")
        else:
            self._work(partial(self._tell_context, self.conversation_id, way), "context", exclusive=True)

    async def _tell_context(self, conversation_id: int, way: str) -> None:
        from oxen_tui.services.context.summaries import plan_summary

        try:
            path = await self.session.conversation.path(conversation_id)
            use = self._weigh(path)
        except StoreError as error:
            self.in_trouble(str(error))
            return
        plan = plan_summary(path, self.model, self.session.catalogue.get(self.model))
        if conversation_id == self.conversation_id:
            self.post_message(self.ContextKnown(use, plan, way))

    def _weigh(self, path: list[StoredMessage]) -> ContextUse:
        from oxen_tui.services.context.use import context_use

        settings = self.shown_settings
        model = self.session.catalogue.get(self.model)
        return context_use(
            path,
            system_prompt=self.shown_system_prompt,
            tools=self.session.tools.definitions(settings.tools) if settings.tools else (),
            left_out=settings.left_out,
            limit=model.context_length if model is not None else None,
        )

    # --- a summary ------------------------------------------------------------------------------------------------

    def begin_from_summary(self) -> None:
        """Begin a conversation with a summary of this one, written by the model of the next question."""
        if self.conversation_id is not None and not self._is_answering():
            self._work(partial(self._begin_from_summary, self.conversation_id, self.model), "context")

    async def _begin_from_summary(self, conversation_id: int, model: str) -> None:
        from oxen_tui.services.context.sent_path import SUMMARY_QUESTION, told_conversation
        from oxen_tui.services.context.summaries import begin_from_summary

        try:
            *_, leaf = await self.session.conversation.path(conversation_id, 1)
            new, title = await begin_from_summary(self.session.store, leaf, model)
        except StoreError as error:
            self.in_trouble(str(error))
            return
        about = told_conversation(leaf.id, title)

        async def ask() -> None:
            answers = self.session.conversation.ask(new, SUMMARY_QUESTION, model, attachments=(about,))
            await self._follow(new, model, answers)

        self._after_turning = ask
        self.show_conversation(new)
        self.say("A conversation of its own: the other one stays")

    async def _turn_page(self, left: Left, conversation_id: int | None) -> None:
        try:
            await super()._turn_page(left, conversation_id)
        finally:  # also where the user went on to a third page: the summary is written behind it
            if (begin := self._after_turning) is not None:
                self._after_turning = None
                self._work(begin, "answers")

    # --- leaving out ----------------------------------------------------------------------------------------------

    def leave_out(self, message_id: int | None) -> None:
        """Send nothing up to this message any more, or (None) everything again."""
        if message_id != self.shown_settings.left_out:
            self._work(partial(self._leave_out, message_id, self.shown_settings.left_out), "settings")

    async def _leave_out(self, message_id: int | None, before: int | None) -> None:
        try:
            await self._send_behind(message_id)
        except StoreError as error:
            self.in_trouble(str(error))
            return
        if (conversation_id := self.conversation_id) is not None:
            self._bring_back = partial(self._send_again, conversation_id, before)
        self.refresh_bindings()
        if message_id is None:
            self.say("All of it is sent from the next question on")
        else:
            self.say("Kept, and no longer sent · u sends it again")

    async def _send_again(self, conversation_id: int, before: int | None) -> None:
        """Take it back, also where the user went on to another conversation."""
        if conversation_id == self.conversation_id:
            await self._send_behind(before)
            return
        conversations = self.session.store.conversations
        settings = (await conversations.get(conversation_id)).settings
        await conversations.set_settings(conversation_id, replace(settings, left_out=before))

    async def _send_behind(self, message_id: int | None) -> None:
        await self.change_settings(replace(self.shown_settings, left_out=message_id))
        self._mark_sent()
        if self.conversation_id is not None:
            await self._weigh_again(self.conversation_id)

    async def _weigh_again(self, conversation_id: int) -> None:
        """What the server counted last is not what is sent next, or it counts nothing: tell our estimate instead."""
        use = self._weigh(await self.session.conversation.path(conversation_id))
        matters = use.left_out or use.counted is not None or (use.limit and use.used > _TOLD * use.limit)
        if conversation_id == self.conversation_id and matters and not self._answers.of(conversation_id):
            self._context_used, self._context_is_estimate = use.used, use.is_estimate
            self._draw_status()

    # --- where sending begins -------------------------------------------------------------------------------------

    async def _show(self, conversation_id: int | None) -> None:
        await super()._show(conversation_id)
        if conversation_id is None or conversation_id != self.conversation_id:
            return
        self._mark_sent()
        if self._set_for.left_out is not None or self._context_used is None:
            self._work(partial(self._weigh_again, conversation_id), "weighing", exclusive=True)

    def answer_ended(self, message: StoredMessage) -> None:
        super().answer_ended(message)
        if message.conversation_id == self.conversation_id and message.usage is None:
            self._work(partial(self._weigh_again, message.conversation_id), "weighing", exclusive=True)

    async def _show_older(self, conversation_id: int, shown_from: int) -> None:
        await super()._show_older(conversation_id, shown_from)
        self._mark_sent()

    def answers_changed(self) -> None:
        super().answers_changed()
        self._mark_sent()

    def _mark_sent(self) -> None:
        """Draw the rule above the question with which sending begins."""
        left_out = self.shown_settings.left_out
        turns = [lines.turn for lines in self._transcript.column.turns]
        words, is_behind = _NOT_SENT.format(dot=glyph("dot")), False
        for turn in turns:
            above = words if is_behind and turn.role == "user" else ""
            is_behind = left_out is not None and (left_out in (turn.id, *turn.holds) or (is_behind and not above))
            if turn.above != above:
                self._transcript.update_turn(turn.id, above=above)

    def _is_answering(self) -> bool:
        """Whether an answer still arrives here; the user is told to stop it first."""
        if arrives := self._answers.of(self.conversation_id) is not None:
            self.say("An answer is arriving: esc stops it first")
        return arrives

    @property
    def context_commands(self) -> list[tuple[str, str, Callable[[], None]]]:
        """For the palette."""
        return [
            ("Context: what takes its room, and ways out", "/context", self.action_context),
            ("Go on from a summary of the conversation", "", partial(self.action_context, "summary")),
            ("Leave the oldest out of what is sent", "", partial(self.action_context, "leave out")),
        ]
