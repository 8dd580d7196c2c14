"""Chooses a place in a conversation by the question that was asked there."""

from __future__ import annotations

from collections.abc import Sequence

from oxen_tui.screens.dialogs.pick import Pick
from oxen_tui.services.context.use import ContextUse, Exchange
from oxen_tui.widgets.row_list import Row
from oxen_tui.widgets.wording import clock, short_count

ALL = "all"
"""The row for all of it."""


class PickExchange(Pick):
    """The exchanges of a conversation, oldest first. Answers the id of a question."""

    def __init__(self, title: str, use: ContextUse) -> None:
        super().__init__(title, "words of the question")
        self._use = use

    def rows_for(self, words: Sequence[str], typed: str) -> Sequence[Row]:
        found = [each for each in self._use.exchanges if all(word in each.words.casefold() for word in words)]
        return [self.row(each) for each in found]

    @property
    def current(self) -> str:
        return str(self._use.exchanges[-1].question_id) if self._use.exchanges else ""

    def row(self, exchange: Exchange) -> Row:
        """A question, and what it comes to."""
        left = ((f" {clock(exchange.asked_at)}  ", "faint"), (exchange.words, "text"))
        return Row(str(exchange.question_id), left, ((f"~{short_count(exchange.tokens)}", "muted"),))


class PickSentFrom(PickExchange):
    """Where sending begins: a question, or `ALL`."""

    HINT = "enter: sending begins there   esc leaves it as it was"

    def __init__(self, use: ContextUse) -> None:
        super().__init__("Send from here on; what stands above is kept", use)
        begin = next((place for place, each in enumerate(use.exchanges) if each.is_sent), 0)
        self._begins_at = ALL if not begin else str(use.exchanges[begin].question_id)
        self._taken = {
            each.question_id: sum(later.tokens for later in use.exchanges[place:])
            for place, each in enumerate(use.exchanges)
        }

    def rows_for(self, words: Sequence[str], typed: str) -> Sequence[Row]:
        first = self._use.exchanges[0].question_id if self._use.exchanges else None
        rows = [row for row in super().rows_for(words, typed) if row.key != str(first)]
        whole = Row(ALL, ((" All of it", "bold"),), ((f"sends ~{short_count(self._use.whole)}", "muted"),))
        return rows if words else [whole, *rows]

    @property
    def current(self) -> str:
        return self._begins_at

    def row(self, exchange: Exchange) -> Row:
        key, sends = str(exchange.question_id), short_count(self._taken[exchange.question_id])
        tone = "bold" if key == self._begins_at else "text"
        left = ((f" {clock(exchange.asked_at)}  ", "faint"), (exchange.words, tone))
        return Row(key, left, ((f"sends ~{sends}", "muted"),))
