"""What takes the room of a model's context, and the ways out of one that is full."""

from __future__ import annotations

from collections.abc import Iterator

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from oxen_tui.money import money
from oxen_tui.safe_text import clean_line
from oxen_tui.screens.dialogs.dialog import Dialog
from oxen_tui.services.context.room import NEARLY_FULL
from oxen_tui.services.context.summaries import SummaryPlan
from oxen_tui.services.context.use import ContextUse
from oxen_tui.widgets.glyphs import glyph
from oxen_tui.widgets.jobs.bar import bar
from oxen_tui.widgets.one_line import OneLine
from oxen_tui.widgets.row_list import Row, RowList
from oxen_tui.widgets.wording import count, short_count

SUMMARY, LEAVE_OUT, BRANCH = "summary", "leave out", "branch"
"""The ways out, as the dialog answers them. Any other answer is the number of a message to go to."""

_AROUND = 11
"""Rows of the dialog beside the list."""


class ContextDialog(Dialog[str]):
    """Answers a way out, or the message that is to be looked at."""

    DEFAULT_CSS = """
    ContextDialog > .dialog {
        width: 84;
        & OneLine { margin: 0 2; width: 1fr; }
        & #used { margin: 0 2 1 2; }
    }
    """

    def __init__(self, use: ContextUse, summary: SummaryPlan) -> None:
        super().__init__()
        self._use, self._summary = use, summary
        self._rows = list(_rows(use, summary))

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            model = clean_line(self._summary.model, 60)
            yield Static(Content(f"Context of {model}" if model else "Context"), classes="title")
            yield OneLine(id="bar")
            yield OneLine(id="used")
            yield RowList()
            yield Static("~ is estimated   enter goes there   esc closes", classes="hint")

    def on_mount(self) -> None:
        listed = self.query_one(RowList)
        listed.show(self._rows, highlight=SUMMARY)
        listed.focus()
        self._say_used()

    def on_resize(self) -> None:
        self.query_one(RowList).styles.height = max(3, min(len(self._rows), self.size.height - _AROUND))
        self.call_after_refresh(self._draw_bar)

    def _draw_bar(self) -> None:
        line, use = self.query_one("#bar", OneLine), self._use
        line.display = use.limit is not None
        if use.limit:
            share = use.used / use.limit
            line.say(bar(share, max(1, line.size.width), "warn" if share > NEARLY_FULL else "accent"))

    def _say_used(self) -> None:
        use = self._use
        used = f"{'~' if use.is_estimate else ''}{count(use.used)}"
        right = f"{glyph('dot')} {short_count(use.left_out)} left out" if use.left_out else ""
        if use.limit is None:
            said = f"{used} tokens; how many the model takes is not known "
        else:
            said = f"{used} of {count(use.limit)} tokens {glyph('dot')} {round(100 * use.used / use.limit)}% "
        full = use.limit is not None and use.used > NEARLY_FULL * use.limit
        self.query_one("#used", OneLine).say([(said, "warn" if full else "text"), (right, "muted")])

    def on_row_list_chosen(self, event: RowList.Chosen) -> None:
        event.stop()
        self.dismiss(event.key)


def _rows(use: ContextUse, summary: SummaryPlan) -> Iterator[Row]:
    price = money(summary.dollars, estimate=True) if summary.dollars is not None else "price unknown"
    yield _heading("Ways out")
    yield Row(SUMMARY, _way("Summary", "a new conversation that begins with one"), ((price, "muted"),))
    left = f"~{short_count(use.left_out)} left out" if use.left_out else ""
    yield Row(LEAVE_OUT, _way("Leave out", "the oldest stays, and is not sent"), ((left, "muted"),))
    yield Row(BRANCH, _way("Branch", "go on from an earlier answer"))
    yield Row("")
    yield _heading("What is sent")
    for part in use.parts:
        counted = f"{count(part.count)}   " if part.count else ""
        share = f"{round(100 * part.tokens / max(1, use.estimated)):>4}%"
        right = ((counted, "faint"), (f"{'~' + short_count(part.tokens):>7}", "text"), (share, "faint"))
        yield Row("", ((f" {part.name}", "muted"),), right)
    if use.biggest:
        yield Row("")
        yield _heading("The biggest messages")
    for message_id, words, tokens in use.biggest:
        yield Row(str(message_id), ((f" {words}", "text"),), ((f"~{short_count(tokens)}", "text"),))


def _heading(words: str) -> Row:
    return Row("", ((f" {words}", "faint"),))


def _way(name: str, words: str) -> tuple[tuple[str, str], ...]:
    return ((f" {name:<12}", "bold"), (words, "muted"))
