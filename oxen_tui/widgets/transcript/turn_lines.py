"""One turn as lines: its parts one under another, folded or open, growing while it streams."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from oxen_tui.widgets.lines.line import ANSWER, DETAIL, NOTICE, QUESTION, REASONING, Line, Sheet
from oxen_tui.widgets.markdown.blocks import Fence
from oxen_tui.widgets.markdown.body import Body
from oxen_tui.widgets.markdown.document import Document
from oxen_tui.widgets.markdown.insets import inset_rows
from oxen_tui.widgets.markdown.literal import Literal
from oxen_tui.widgets.transcript.heads import REASONING_KEY, Heads, tool_key
from oxen_tui.widgets.transcript.json_source import source_of
from oxen_tui.widgets.transcript.long_question import QUESTION_KEY, beginning_of
from oxen_tui.widgets.transcript.parts import Lines, Part, Place, know_down, know_up, present

if TYPE_CHECKING:
    from oxen_tui.widgets.markdown.painter import Painter
    from oxen_tui.widgets.transcript.tree_lines import TreeLines
    from oxen_tui.widgets.transcript.turn import Turn

_SHEETS = {"user": QUESTION, "assistant": ANSWER, "tool": DETAIL}


class TurnLines:
    """A turn and its lines. It is laid out when first needed, and only then."""

    def __init__(self, turn: Turn) -> None:
        self.turn = turn
        self.opened: set[str] = set()
        """Folds that are open."""
        self.is_first = False
        """Nothing stands above, so no blank line parts it from anything."""
        self.body: Body | None = None
        self.reasoning: Body | None = None
        self.tree: TreeLines | None = None
        """The text as a tree, where it is JSON."""
        self.as_source = False
        """Whether the text is shown as it is written all the same."""
        self.beginning = beginning_of(turn.text) if turn.role == "user" else ""
        """What is shown of a long question while it is folded; empty for any other text."""
        self._details: dict[str, Body] = {}
        self._parts: list[tuple[str, Part]] = []
        self._painter: Painter | None = None
        self._guess = (0, 0)

    @property
    def sheet(self) -> Sheet:
        """What the turn's text is written on."""
        return _SHEETS.get(self.turn.role, NOTICE)

    def height(self, painter: Painter) -> int:
        """Lines, in part estimated."""
        if self._painter is painter:
            return sum([part.height for _, part in self._parts])
        if self._guess[0] != painter.measure:
            turn = self.turn
            text = self.shown_text
            words = len(text) // painter.measure + text.count("\n")
            extra = (
                len(turn.tool_calls) + len(turn.chips) + bool(turn.reasoning) + bool(turn.note) + bool(turn.trouble)
            )
            extra += 8 * bool(turn.insets) + 13 * len(turn.cards)
            self._guess = (painter.measure, words + extra + 3)
        return self._guess[1]

    @property
    def shown_text(self) -> str:
        """The text, or its beginning while the rest is folded."""
        return self.beginning if self.beginning and QUESTION_KEY not in self.opened else self.turn.text

    # Growing and changing

    def grow(self, text: str) -> None:
        """More of the answer has come."""
        began = not self.turn.text
        self.turn.text += text
        if self.tree:
            self.tree.feed(text)
            if self.tree.failed:
                self.tree, began = None, True
        if self.body:
            self.body.feed(text)
            if began:  # a blank line parts the text from folds; thinking has ended
                self.refresh()

    def grow_reasoning(self, text: str) -> None:
        """More of the thoughts has come."""
        began = not self.turn.reasoning
        self.turn.reasoning += text
        if self.reasoning:
            self.reasoning.feed(text)
        if began:
            self.refresh()

    def finish(self) -> None:
        """Nothing more will come."""
        self.turn.streaming = False
        for body in (self.body, self.reasoning):
            if body and body.streaming:
                body.finish()
        if self.tree:
            self.tree.finish()
            self.tree = None if self.tree.failed else self.tree
        self.refresh()

    def refresh(self) -> None:
        """Draw everything round the text anew, after the turn was changed."""
        if self._painter:
            self._compose(self._painter)

    def lay_out(self, painter: Painter) -> None:
        """Make lines for a width and a theme, if they are not there yet."""
        if self._painter is painter:
            return
        self._painter = painter
        if self.body is None:
            self.body = Body(source_of(self.turn, self.sheet), self.sheet, painter, self.turn.streaming)
            self.body.load(self.shown_text)
        else:
            self.body.lay_out(painter)
        for body in (self.tree, self.reasoning, *self._details.values()):
            if body:
                body.lay_out(painter)
        self._compose(painter)

    def toggle(self, key: str) -> None:
        """Fold what is open, open what is folded."""
        if self.tree and key.startswith("json "):
            self.tree.toggle(key)
            return
        self.opened ^= {key}
        if key == QUESTION_KEY and self._painter:
            self.body = Body(Literal(), self.sheet, self._painter, streaming=False)
            self.body.load(self.shown_text)
        if self.tree and key == "json":
            self.tree.open_all(key in self.opened)
        self.refresh()

    def _grow_tree(self, painter: Painter) -> None:
        """Make the tree of a text that is JSON, and say what came of checking it."""
        if self.tree is None and (self.turn.schema or self.turn.tree is not None):
            from oxen_tui.widgets.transcript.tree_lines import tree_lines

            self.tree = tree_lines(self.turn, painter)
        elif self.tree is not None:
            self.tree.take(self.turn.check)

    @property
    def begins_with_edge(self) -> bool:
        """Whether the first line belongs to the turn's surface; else it is blank."""
        edged = self._painter is not None and self.turn.role == "user" and self._painter.room.edges
        return self.is_first and edged and not self.turn.above

    @property
    def lead(self) -> int:
        """Lines that stand above the turn itself: a blank one, and the rule that parts it from what is above."""
        return 3 if self.turn.above else not self.begins_with_edge

    @property
    def folds(self) -> list[str]:
        """Everything in this turn that can be opened."""
        turn = self.turn
        keys = [REASONING_KEY] if turn.reasoning else []
        keys += [QUESTION_KEY] if self.beginning else []
        keys += ["json"] if self.tree and not self.as_source and not turn.streaming else []
        return keys + [
            tool_key(number) for number, call in enumerate(turn.tool_calls) if call.detail or call.arguments
        ]

    @property
    def fences(self) -> list[Fence]:
        """The code blocks of the text, in order."""
        if self.sheet is not ANSWER:
            return []
        # A turn that nobody looks at is only read for it: laid out, it would have another height.
        blocks = self.body.blocks if self.body else Document().feed(f"{self.turn.text}\n")
        groups = [block.group for block in blocks if isinstance(block.group, Fence)]
        return list({id(group): group for group in groups}.values())

    # Parts

    def _compose(self, painter: Painter) -> None:
        turn, heads = self.turn, Heads(painter)
        user = turn.role == "user"
        edges = user and painter.room.edges
        assert self.body is not None  # `lay_out` makes it before anything is composed
        self._grow_tree(painter)
        top: list[Line] = [] if self.begins_with_edge else [painter.blank]
        if turn.above:
            top += [heads.rule(turn.above), painter.blank]
        if edges:
            top.append(heads.edge(top=True))
        self.body.first = None
        if user and painter.room.narrow and self.body.blocks:
            self.body.know(0)
            self.body.first = heads.beside(self.body.line(0), turn, self.sheet)
        if self.body.first is None:
            top += present(heads.title(turn, self.sheet))
        parts: list[tuple[str, Part]] = [("top", Lines(top))]
        parts += self._folds(painter, heads)
        if len(parts) > 1 and (turn.text or turn.streaming):
            parts.append(("gap", Lines([painter.blank])))
        if self.tree and self.as_source:
            parts.append(("head", Lines([self.tree.head])))
        if self.tree and not self.as_source and turn.text:
            parts.append(("tree", self.tree))
        elif turn.text or turn.streaming or user:
            parts.append(("body", self.body))
        sheet = self.sheet if user else ANSWER
        if self.beginning:
            parts.append(("fold question", Lines([heads.rest(turn, self.beginning, QUESTION_KEY in self.opened)])))
        parts.append(("chips", Lines(heads.chips(turn, sheet))))
        parts += ((f"pictures {number}", row) for number, row in enumerate(inset_rows(turn.insets, painter, sheet)))
        end = [] if user else list(self._cards(painter))
        end.append(("end", Lines(heads.closing(turn, sheet))))
        if edges:
            end.append(("edge", Lines([heads.edge(top=False)])))
        if user:
            end += self._cards(painter)
        self._parts = parts + end

    def _cards(self, painter: Painter) -> Iterator[tuple[str, Part]]:
        """The jobs that the message began, as an answer to it."""
        if self.turn.cards:
            from oxen_tui.widgets.transcript.card_parts import card_parts

            yield from card_parts(self.turn.cards, painter)

    def _folds(self, painter: Painter, heads: Heads) -> Iterator[tuple[str, Part]]:
        turn = self.turn
        if turn.reasoning:
            opened = REASONING_KEY in self.opened
            yield "fold", Lines([heads.reasoning(turn, opened)])
            if opened:
                if self.reasoning is None:
                    self.reasoning = Body(Document(), REASONING, painter, turn.streaming)
                    self.reasoning.load(turn.reasoning)
                yield REASONING_KEY, self.reasoning
        for number, call in enumerate(turn.tool_calls):
            key = tool_key(number)
            opened = key in self.opened
            yield f"fold {key}", Lines([heads.tool(call, number, opened)])
            if opened:
                detail = Body(Literal(), DETAIL, painter, streaming=False)
                detail.load(call.detail or call.arguments)
                self._details[key] = detail
                yield key, detail

    def parts(self) -> Iterator[tuple[int, str, Part]]:
        """Every part with its first line."""
        y = 0
        for name, part in self._parts:
            yield y, name, part
            y += part.height

    # What stands where

    def line(self, y: int) -> Line:
        """The line at a height."""
        for _, part in self._parts:
            if y < part.height:
                return part.line(y)
            y -= part.height
        assert self._painter is not None
        return self._painter.blank

    def place(self, y: int) -> Place:
        """What a reader sees at a line."""
        for start, name, part in self.parts():
            if y - start < part.height:
                if isinstance(part, Body):
                    number = part.number_at(y - start)
                    first = part.start_of(number)
                    return Place(name, number, y - start - first, part.start_of(number + 1) - first)
                return Place(name, y - start, 0, 1)
        return Place("end", 0, 0, 1)

    def find(self, place: Place) -> int:
        """The line at which a place is now. The height of its block is known after it."""
        for start, name, part in self.parts():
            if name == place.part:
                if not isinstance(part, Body):
                    return start + min(place.block, max(0, part.height - 1))
                part.know(place.block)
                first = part.start_of(place.block)
                height = part.start_of(place.block + 1) - first
                line = place.line if place.height in (0, height) else place.line * height // place.height
                return start + min(first + line, max(0, part.height - 1))
        return 0

    def know_down(self, y: int, rows: int) -> None:
        """Have true heights from a line on, for so many lines."""
        know_down(list(self.parts()), y, rows)

    def know_up(self, y: int, rows: int) -> None:
        """Have true heights above a line, for so many lines."""
        know_up(list(self.parts()), y, rows)
