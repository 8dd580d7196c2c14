"""The line under the composer: model, what the answer does now and for how long, its tokens, cost and context."""

from __future__ import annotations

from dataclasses import dataclass

from oxen_tui.safe_text import clean_line
from oxen_tui.widgets.glyphs import glyph
from oxen_tui.widgets.one_line import OneLine, Span
from oxen_tui.widgets.wording import count, counted, money, short_count, whole_seconds

_FULL = 85
"""Percent of the context from which on it is to be looked at."""


@dataclass(frozen=True, slots=True)
class Status:
    """What the status line says; every part is optional."""

    model: str = ""
    """Model that the next question goes to."""
    state: str = ""
    """`waiting`, `thinking`, `writing`, `calling`, `asks`, `retrying`; empty at rest."""
    seconds: float = 0.0
    """Time in this state."""
    tokens: int | None = None
    """Tokens of the answer so far; counted pieces while it streams."""
    cost: float | None = None
    """Estimate in US dollars; None is unknown and not shown."""
    context_used: int | None = None
    context_is_estimate: bool = False
    context_length: int | None = None
    new_lines: int = 0
    """Lines that came below while the reader was elsewhere in the page."""
    queued: int = 0
    """Questions that wait for the answer to end."""
    tools: int = 0
    """That the model may call."""
    settings: str = ""
    """What is set for the conversation, in a few words."""
    notice: str = ""
    """A word on the connection, e.g. `models unknown: no answer`."""


class StatusLine(OneLine):
    """Says a `Status`; below 80 columns only what is needed."""

    DEFAULT_CSS = "StatusLine { padding: 0 0; }"

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._status = Status()
        self._chip = ""

    def mark(self, chip: str) -> None:
        """Show this as long as it holds, also where there is little room; empty for nothing."""
        if chip != self._chip:
            self._chip = chip
            self._draw()

    def tell(self, status: Status) -> None:
        self._status = status
        self._draw()

    def on_resize(self) -> None:
        self._draw()

    def _draw(self) -> None:
        status, narrow = self._status, self.size.width < 66
        left: list[Span] = [("  ", "text"), (status.model or "no model yet", "bold" if status.model else "faint")]
        if self._chip:
            left += [("  ", "text"), (f" {{}} {clean_line(self._chip, 24)} ", "chip")]
        if status.tools and not narrow:
            left.append((f" · {counted(status.tools, 'tool')}", "faint"))
        if status.settings and not narrow:
            left.append((f" · {status.settings}", "faint"))
        if status.notice and not narrow:
            left += [(" · ", "faint"), (status.notice, "warn")]
        if status.queued:
            left.append((f" · {status.queued} queued", "faint"))
        right: list[Span] = []
        if status.state:
            tone = "warn" if status.state in ("retrying", "asks") else "accent"
            right += [(status.state, tone), (f" {whole_seconds(status.seconds)}", "text")]
        parts: list[Span] = []
        if status.tokens and not narrow:
            parts.append((counted(status.tokens, "token"), "muted"))
        if status.cost is not None:
            parts.append((money(status.cost, estimate=True), "muted"))
        about = "~" if status.context_is_estimate else ""
        if status.context_used and status.context_length:
            share = round(100 * status.context_used / status.context_length)
            of = f" of {short_count(status.context_length)}"
            used = f"{share}%" if narrow else short_count(status.context_used)
            # A narrow line has no room for the notice that says it in words.
            parts.append((f"{about}{used}{of}", "warn" if narrow and share > _FULL else "muted"))
        elif status.context_used and not narrow:
            parts.append((f"{about}{count(status.context_used)} in context", "muted"))
        for part in parts:
            right += [(" · ", "faint")] if right else []
            right.append(part)
        if status.new_lines:
            right += [("   ", "text"), (f"{glyph('down')} {counted(status.new_lines, 'new line')} · G", "accent")]
        self.say(left, [*right, ("  ", "text")])
