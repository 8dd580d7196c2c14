"""What a comparison says of its columns, in words and tones; and the answer of a column as a turn."""

from __future__ import annotations

from collections.abc import Sequence

from oxen_tui.panes.answers import turns
from oxen_tui.services.comparison.column import Column, ColumnState, cheapest, fastest
from oxen_tui.services.comparison.comparison import Comparison
from oxen_tui.services.comparison.price import in_all
from oxen_tui.store.message import Ending
from oxen_tui.widgets.chat.compare_column import ColumnSaid
from oxen_tui.widgets.glyphs import glyph
from oxen_tui.widgets.one_line import Span
from oxen_tui.widgets.transcript.turn import Turn
from oxen_tui.widgets.wording import count, counted, duration, money, whole_seconds

_SIGNS = {
    ColumnState.WAITING: ("waiting", "muted"),
    ColumnState.RETRYING: ("waiting", "warn"),
    ColumnState.THINKING: ("running", "accent"),
    ColumnState.WRITING: ("running", "accent"),
    ColumnState.DONE: ("done", "muted"),
    ColumnState.STOPPED: ("cancelled", "faint"),
    ColumnState.FAILED: ("failed", "err"),
}
"""Glyph and tone."""


def sign_of(column: Column) -> Span:
    """Its state as one glyph."""
    name, tone = _SIGNS[column.state]
    return glyph(name), tone


def said_of(column: Column, columns: Sequence[Column], monotonic: float) -> ColumnSaid:
    """What stands round the answer of a column.

    Args:
        column: Which.
        columns: All of them, for the best.
        monotonic: The time of the clock that the comparison has, in seconds.
    """
    sign, tone = sign_of(column)
    words = f"{sign} {column.state}"
    state: list[Span] = [(words, tone)]
    if column.is_running:
        state.append((f" {whole_seconds(monotonic - column.since)}", "text"))
    return ColumnSaid(column.model, tuple(state), _took(column, columns), _wrote(column), _paid(column, columns))


def _took(column: Column, columns: Sequence[Column]) -> tuple[Span, ...]:
    """`first 0.4 s · 12 s fastest`."""
    parts: list[list[Span]] = []
    if column.first_token_seconds is not None:
        parts.append([(f"first {duration(column.first_token_seconds)}", "faint")])
    if not column.is_running:
        is_best = column is fastest(columns)
        parts.append([(duration(column.seconds), "bold" if is_best else "muted")])
        if is_best:
            parts[-1].append((" fastest", "faint"))
    return _joined(parts)


def _wrote(column: Column) -> tuple[Span, ...]:
    """`212 tokens · 88 tok/s`; an estimate where the server did not count, or not yet."""
    parts: list[list[Span]] = []
    if column.tokens:
        about = "" if column.tokens_are_counted else "~"
        parts.append([(f"{about}{counted(column.tokens, 'token')}", "faint")])
    if column.speed is not None:
        parts.append([(f"{count(round(column.speed))} tok/s", "faint")])
    return _joined(parts)


def _paid(column: Column, columns: Sequence[Column]) -> tuple[Span, ...]:
    """`~$0.0021 cheapest`."""
    if column.cost is not None and (column.text or column.cost):  # else it was refused: no $0 for that
        is_best = column is cheapest(columns)
        cost: Span = (money(column.cost, estimate=not column.cost_is_said), "bold" if is_best else "muted")
        return (cost, (" cheapest", "faint")) if is_best else (cost,)
    return (("price unknown", "muted"),) if column.text and not column.is_running else ()


def head_of(comparison: Comparison) -> tuple[list[Span], list[Span]]:
    """The line above all columns: its left and right end."""
    columns = comparison.columns
    left: list[Span] = [("  Compare", "bold"), (f"  {len(columns)} models", "muted")]
    if comparison.had_tools:
        left.append((f" {glyph('dot')} without tools", "faint"))
    running = sum(column.is_running for column in columns)
    right: list[Span] = []
    if running:
        right.append((f"{len(columns) - running} of {len(columns)} ended", "muted"))
    elif paid := [column.cost for column in columns if column.text]:
        known = any(cost is not None for cost in paid)
        right.append((f"{in_all(paid)} in all" if known else "price unknown", "muted"))
    return left, [*right, ("  ", "text")]


def turn_of(column: Column) -> Turn:
    """The answer of a column as it stands."""
    message = column.message
    note = trouble = ""
    if column.state is ColumnState.STOPPED:
        note = f"{glyph('cancelled')} stopped"
    elif column.state is ColumnState.FAILED:
        first, _, rest = (column.trouble or "The answer failed.").partition("\n")
        trouble = f"{glyph('failed')} {first} {glyph('dot')} r asks again" + (f"\n{rest}" if rest else "")
    elif message is not None and message.ending is Ending.TOOL_CALLS:
        note = "it called a tool, and none is run here"
    elif message is not None and not column.is_running:
        note = turns.ending_words(message.ending)
    return Turn(
        id=-1 if message is None else message.id,
        role="assistant",
        text=column.text,
        reasoning=column.reasoning,
        reasoning_seconds=column.reasoning_seconds,
        streaming=column.is_running,
        schema="" if message is None else turns.turn_of(message).schema,
        note=note,
        trouble=trouble,
    )


def tabs_of(columns: Sequence[Column], here: int, width: int) -> list[Span]:
    """All columns in a line, for where they do not stand side by side. As much of each name as there is room for."""
    room = max(3, (width - 2) // len(columns) - 6)
    spans: list[Span] = [("  ", "text")]
    for column in columns:
        name = column.model if len(column.model) <= room else f"{column.model[: room - 1]}{glyph('ellipsis')}"
        tone = "bold" if column.number == here else "muted"
        bar: Span = (glyph("bar") if column.number == here else " ", "accent")
        spans += [
            bar,
            (f"{column.number + 1} ", "faint"),
            (name, tone),
            (" ", "text"),
            sign_of(column),
            (" ", "text"),
        ]
    return spans


def _joined(parts: Sequence[Sequence[Span]]) -> tuple[Span, ...]:
    spans: list[Span] = []
    for part in parts:
        spans += [(f" {glyph('dot')} ", "faint"), *part] if spans else part
    return tuple(spans)
