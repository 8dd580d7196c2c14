"""What a selection with the mouse copies: the source of what is covered in full, the words of what is cut.

A selection names its ends by offsets. Their `x` counts characters of a drawn line; their `y` holds a turn and a line
in it, so that it stays true while estimates above become heights.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.geometry import Offset
from textual.selection import Selection

from oxen_tui.widgets.markdown.blocks import Block, Fence, Kind, Table
from oxen_tui.widgets.markdown.body import BlockLines, Body
from oxen_tui.widgets.transcript.column import LINES, row_code

if TYPE_CHECKING:
    from oxen_tui.widgets.transcript.column import Column, Found
    from oxen_tui.widgets.transcript.turn_lines import TurnLines


_DELIMITERS = {"left": "---", "right": "--:", "center": ":-:"}


def copied_text(column: Column, selection: Selection) -> str:
    """The text under a selection."""
    if not column.turns:
        return ""
    start = selection.start or Offset(0, 0)
    end = selection.end or Offset(0, row_code(len(column.turns), 0))
    first, last = start.y // LINES, end.y // LINES
    texts = []
    for number in range(first, min(last, len(column.turns) - 1) + 1):
        lines = column.turns[number]
        if first < number < last:
            label = f"{lines.turn.label}\n" if lines.turn.label else ""
            texts.append(label + lines.turn.text)
        else:
            lines.lay_out(column.painter)
            top = Offset(start.x, start.y % LINES) if number == first else Offset(0, 0)
            bottom = Offset(end.x, end.y % LINES) if number == last else Offset(0, lines.height(column.painter))
            texts.append(_Copy(lines, top, bottom).text())
    return "\n\n".join([text.strip("\n") for text in texts if text.strip()])


def word_at(found: Found, cell: int) -> Selection:
    """The selection of the word at a cell of a line."""
    line = found.line
    text = line.strip.text
    first = last = min(max(line.start, len(line.strip.crop(0, cell).text)), line.end)
    while first > line.start and _in_word(text[first - 1]):
        first -= 1
    while last < line.end and _in_word(text[last]):
        last += 1
    y = row_code(found.number, found.at)
    return Selection(Offset(first, y), Offset(last, y))


def _in_word(character: str) -> bool:
    return character.isalnum() or character in "_-./:@"


class _Copy:
    """Gathers what is covered of one turn."""

    def __init__(self, lines: TurnLines, start: Offset, end: Offset) -> None:
        self._lines = lines
        self._start = start
        self._end = end
        self._out: list[str] = []
        self._goes_on = False
        self._fence: Fence | None = None

    def text(self) -> str:
        for top, _, part in self._lines.parts():
            y = 0
            if isinstance(part, Body):
                part.know_down(max(0, self._start.y - top), self._end.y - self._start.y + 1)
            while y < part.height and top + y <= self._end.y:
                found = part.block_at(y) if isinstance(part, Body) and not part.sheet.literal else None
                if found and isinstance(part, Body) and self._covers(top, found, part):
                    self._take_block(found.block)
                    y = found.end
                    continue
                self._take_line(top + y)
                y += 1
        self._close_fence()
        return "\n".join(self._out)

    def _covers(self, top: int, found: BlockLines, body: Body) -> bool:
        first, last = top + found.start, top + found.end - 1
        starts = self._start.y < first or (self._start.y == first and self._start.x <= body.line(found.start).start)
        ends = self._end.y > last or (self._end.y == last and self._end.x >= body.line(found.end - 1).end)
        return starts and ends

    def _take_line(self, y: int) -> None:
        if y < self._start.y:
            return
        line = self._lines.line(y)
        if line.ornament:
            return
        self._close_fence()
        first = max(line.start, self._start.x) if y == self._start.y else line.start
        last = min(line.end, self._end.x) if y == self._end.y else line.end
        text = line.strip.text[first:last]
        if self._goes_on:
            self._out[-1] += text
        else:
            self._out.append(text if line.wrapped else text.rstrip(" "))
        self._goes_on = line.wrapped

    def _take_block(self, block: Block) -> None:
        self._goes_on = False
        if block.group is not self._fence:
            self._close_fence()
        if self._out and block.gap:
            self._out.append("")
        prefix, rest = _markers(block)
        if isinstance(block.group, Fence):
            fence = block.group
            if block.number == 0 and self._out:
                self._fence = fence
                self._out.append(f"{prefix}```{fence.language}")
                prefix = rest
            code = fence.lines[block.number] if block.number < len(fence.lines) else block.text
            if block.number in fence.continued and self._out:
                self._out[-1] += code
            else:
                self._out.append((rest if block.number else prefix) + code)
            return
        first, *more = _source(block).split("\n")
        self._out += [prefix + first, *[rest + line for line in more]]

    def _close_fence(self) -> None:
        if self._fence:
            self._out.append("```")
            self._fence = None


def _source(block: Block) -> str:
    """A block as Markdown, without the markers of its containers."""
    match block.kind:
        case Kind.HEADING:
            return f"{'#' * block.level} {block.text}"
        case Kind.RULE:
            return "---"
        case Kind.ROW:
            if block.number == 0 and isinstance(block.group, Table):
                delimiters = " | ".join([_DELIMITERS[side] for side in block.group.align])
                return f"{block.text}\n| {delimiters} |"
            return block.text
        case _:
            return block.text


def _markers(block: Block) -> tuple[str, str]:
    """What stands before the first line of a block and before its others, as Markdown."""
    first = rest = ""
    opened = len(block.containers) - block.opens
    for depth, container in enumerate(block.containers):
        if container.kind == "quote":
            first += "> "
            rest += "> "
            continue
        indent = " " * (len(container.marker) + 1)
        task = "" if container.task is None else "[x] " if container.task else "[ ] "
        first += f"{container.marker} {task}" if depth >= opened else indent
        rest += indent
    return first, rest
