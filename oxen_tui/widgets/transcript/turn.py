"""What the transcript is handed: one turn of a conversation, in words that are ready to be drawn."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from oxen_tui.widgets.json_tree.nodes import JsonTree
    from oxen_tui.widgets.json_tree.opened import Check
    from oxen_tui.widgets.markdown.insets import Inset
    from oxen_tui.widgets.transcript.card import Card


@dataclass(slots=True)
class ToolLine:
    """One call of a tool, as it folds to one line and opens to more."""

    name: str
    arguments: str = ""
    """What stands faint after the name: `kind=video max=$1.00`. One line."""
    result: str = ""
    """The outcome in a few words, at the right: `7 found`. Empty while the call runs."""
    seconds: float | None = None
    """How long the call took."""
    failed: bool = False
    running: bool = False
    detail: str = ""
    """Everything that is shown when the line is opened: arguments and answer in full. Plain text."""


@dataclass(slots=True)
class Chip:
    """An attachment of a user turn, or what an answer's tools began."""

    label: str
    """On the chip itself: a kind glyph and a file name."""
    detail: str = ""
    """Faint after the chip: size in pixels and bytes."""


@dataclass(slots=True)
class Turn:
    """One message, or a notice between messages."""

    id: int
    role: str
    """`user`, `assistant`, `system`, `tool` or `notice`."""
    label: str = ""
    """Who speaks: `you`, or a model's name."""
    time: str = ""
    """Clock time as shown: `14:02`."""
    text: str = ""
    """Markdown source of an answer; the very words of a user."""
    reasoning: str = ""
    """Markdown source of what the model thought before it answered. Shown folded."""
    reasoning_seconds: float | None = None
    tool_calls: list[ToolLine] = field(default_factory=list)
    chips: list[Chip] = field(default_factory=list)
    insets: list[Inset] = field(default_factory=list)
    """Pictures among the attachments."""
    cards: list[Card] = field(default_factory=list)
    """Jobs that the message began."""
    holds: list[int] = field(default_factory=list)
    """Ids of messages that are shown within this turn: the results of its tool calls."""
    sibling: int = 1
    """Place of this branch among its siblings, from 1."""
    siblings: int = 1
    edited: bool = False
    streaming: bool = False
    """Whether text may still arrive. The streaming mark is drawn while it is set."""
    note: str = ""
    """A faint closing line: `1,284 tokens · $0.0119 · 14 s`."""
    trouble: str = ""
    """What went wrong: the first line in the colour of errors, further lines (the server's words) faint."""
    above: str = ""
    """Words on a rule that parts it from what stands above; empty for none."""
    schema: str = ""
    """The name of the JSON Schema that the answer was to follow. Such an answer is shown as a tree."""
    check: Check | None = None
    """What came of holding it against that."""
    tree: JsonTree | None = None
    """The JSON of an answer that is to be shown as a tree, where it was read already."""
