"""What the chat tells of the model's context, and what comes of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from oxen_tui.money import money
from oxen_tui.panes.chat.pane import ChatPane
from oxen_tui.screens.pane_screen import PaneScreen
from oxen_tui.widgets.wording import counted, short_count

if TYPE_CHECKING:
    from oxen_tui.panes.chat.context import ChatContext
    from oxen_tui.screens.dialogs.command_palette import Command
    from oxen_tui.services.context.summaries import SummaryPlan
    from oxen_tui.services.context.use import ContextUse


class ChatContextMessages(PaneScreen, part=True):
    """Opens the dialogs; they are loaded when they open."""

    def commands(self) -> list[Command]:
        from oxen_tui.screens.dialogs.command_palette import Command

        own = self.query_one(ChatPane).context_commands
        return [*super().commands(), *(Command(*command) for command in own)]

    def on_chat_context_context_known(self, event: ChatContext.ContextKnown) -> None:
        from oxen_tui.screens.dialogs.context import ContextDialog

        def take(way: str | None) -> None:
            if way:
                self._go(way, event.use, event.summary)

        if event.way:
            take(event.way)
        else:
            self.app.push_screen(ContextDialog(event.use, event.summary), take)

    def _go(self, way: str, use: ContextUse, summary: SummaryPlan) -> None:
        from oxen_tui.screens.dialogs.context import BRANCH, LEAVE_OUT, SUMMARY

        chat = self.query_one(ChatPane)
        match way:
            case _ if way == SUMMARY:
                self._ask_for_summary(summary)
            case _ if way == LEAVE_OUT:
                self._pick_beginning(use)
            case _ if way == BRANCH:
                self._pick_branch(use)
            case _ if chat.conversation_id is not None:
                chat.go_to(chat.conversation_id, int(way))

    def _ask_for_summary(self, plan: SummaryPlan) -> None:
        from oxen_tui.screens.dialogs.confirm import Confirm

        price = money(plan.dollars, estimate=True) if plan.dollars is not None else "at an unknown price"
        old = f" {counted(plan.too_old, 'message')} at the beginning do not fit in and are not told."
        explanation = (
            f"{plan.model} is told ~{short_count(plan.sent)} tokens: {price}.{old if plan.too_old else ''} A new "
            "conversation begins with what it writes; this one stays as it is."
        )
        if budget := self.session.spending.would_pass(plan.dollars):
            explanation += f"\n\n{budget}"

        def take(sure: bool | None) -> None:
            if sure:
                self.query_one(ChatPane).begin_from_summary()

        self.app.push_screen(Confirm("Go on from a summary?", explanation, "asks for it", "does not"), take)

    def _pick_beginning(self, use: ContextUse) -> None:
        from oxen_tui.screens.dialogs.pick_exchange import PickSentFrom

        before = {str(exchange.question_id): exchange.before for exchange in use.exchanges}

        def take(question: str | None) -> None:
            if question:
                self.query_one(ChatPane).leave_out(before.get(question))

        self.app.push_screen(PickSentFrom(use), take)

    def _pick_branch(self, use: ContextUse) -> None:
        from oxen_tui.screens.dialogs.pick_exchange import PickExchange

        ends = {str(exchange.question_id): exchange.last for exchange in use.exchanges}

        def take(question: str | None) -> None:
            if question:
                self.query_one(ChatPane).fork_at(ends[question])

        title = "Branch behind which answer? It is copied up to there"
        self.app.push_screen(PickExchange(title, use), take)
