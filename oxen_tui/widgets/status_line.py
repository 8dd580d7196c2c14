"""The line under the composer: model, what the answer does now and for how long, its tokens, cost and context."""

from __future__ import annotations

from dataclasses import dataclass

from oxen_tui.widgets.glyphs import glyph
from oxen_tui.widgets.one_line import OneLine, Span
from oxen_tui.widgets.wording import count, counted, money, short_count, whole_seconds


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

    def tell(self, status: Status) -> None:
        self._status = status
        self._draw()

    def on_resize(self) -> None:
        self._draw()

    def _draw(self) -> None:
        status, narrow = self._status, self.size.width < 66
        left: list[Span] = [("  ", "text"), (status.model or "no model yet", "bold" if status.model else "faint")]
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
        parts: list[str] = []
        if status.tokens and not narrow:
            parts.append(counted(status.tokens, "token"))
        if status.cost is not None:
            parts.append(money(status.cost, estimate=True))
        if status.context_used and status.context_length:
            share = round(100 * status.context_used / status.context_length)
            of = f" of {short_count(status.context_length)}"
            parts.append((f"{share}%" if narrow else short_count(status.context_used)) + of)
        elif status.context_used and not narrow:
            parts.append(f"{count(status.context_used)} in context")
        for part in parts:
            right += [(" · ", "faint")] if right else []
            right.append((part, "muted"))
        if status.new_lines:
            right += [("   ", "text"), (f"{glyph('down')} {counted(status.new_lines, 'new line')} · G", "accent")]
        self.say(left, [*right, ("  ", "text")])
