"""Tokens and money: of this conversation, this session and today, each model apart."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from oxen_tui.money import money
from oxen_tui.screens.dialogs.dialog import Dialog
from oxen_tui.services.usage import UsageSection
from oxen_tui.store.usage import Used
from oxen_tui.widgets.one_line import Span
from oxen_tui.widgets.row_list import Row, RowList
from oxen_tui.widgets.wording import short_count

_COUNT, _TOKENS, _MONEY = 6, 8, 10
"""Columns."""


class Usage(Dialog[None]):
    """Sums as certain as what they are made of: `≥` where a part is unknown, `?` where all of it is."""

    DEFAULT_CSS = "Usage > .dialog { & RowList { height: auto; } }"

    def __init__(self, sections: Sequence[UsageSection], answer: Sequence[tuple[str, str]] = ()) -> None:
        """
        Args:
            sections: The accounts, in the order in which they are shown.
            answer: Labels and values of one answer; empty where there is none.
        """
        super().__init__()
        self._answer = answer
        self._sections = sections

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Static(Content("Tokens and money"), classes="title")
            yield RowList()
            hint = "≥ and ? have a part that is not known; prices are estimates\nuntil the server says   esc closes"
            yield Static(Content(hint), classes="hint")

    def on_mount(self) -> None:
        listed = self.query_one(RowList)
        accounts = [row for section in self._sections for row in _rows(section)][:-1]
        listed.show([*_rows_of_answer(self._answer), *accounts])
        listed.focus()

    def on_resize(self) -> None:
        # What stands round the list takes eight rows; it must not be pushed out.
        self.query_one(RowList).styles.max_height = max(1, self.size.height - 8)


def _rows_of_answer(facts: Sequence[tuple[str, str]]) -> Iterator[Row]:
    if not facts:
        return
    yield Row("", ((" This answer", "faint"),))
    for label, value in facts:
        yield Row(f"answer {label}", ((f" {label}", "text"),), ((value, "muted"),))
    yield Row("")


def _rows(section: UsageSection) -> Iterator[Row]:
    titles = f"{'asked':>{_COUNT}}{'in':>{_TOKENS}}{'out':>{_TOKENS}}{'cost':>{_MONEY}}"
    yield Row("", ((f" {section.title}", "faint"),), ((titles, "faint"),))
    for used in section.models:
        key = f"{section.title} {used.model}"
        yield Row(key, ((f" {used.model}", "text"),), _figures(used, "muted"))
    if len(section.models) > 1:
        yield Row(f"{section.title} all", ((" all", "bold"),), _figures(section.total, "text"))
    if not section.models:
        yield Row(f"{section.title} nothing", ((" nothing yet", "muted"),))
    yield Row("")


def _figures(used: Used, tone: str) -> tuple[Span, ...]:
    words = f"{used.answers + used.jobs:>{_COUNT}}"
    for tokens in (used.prompt_tokens, used.completion_tokens):
        said = "" if not used.answers else _at_least(short_count(tokens), bool(tokens), used.uncounted > 0)
        words += f"{said:>{_TOKENS}}"
    amount = _at_least(money(used.amount.dollars), bool(used.amount.dollars), used.amount.is_partial)
    return ((f"{words}{amount:>{_MONEY}}", tone),)


def _at_least(said: str, is_something: bool, is_partial: bool) -> str:
    if not is_partial:
        return said
    return f"≥{said}" if is_something else "?"
