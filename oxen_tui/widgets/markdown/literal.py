"""Text that is no Markdown, in blocks all the same: what a user typed, what a tool said, a notice."""

from __future__ import annotations

from oxen_tui.widgets.markdown.blocks import Block, Kind


class Literal:
    """Feeds like `document.Document`: every line of the text is one block."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._open = ""

    @property
    def source(self) -> str:
        """All of the text so far."""
        return "".join(self._parts)

    def feed(self, fragment: str) -> list[Block]:
        """Take in some text; gives the lines that are complete."""
        self._parts.append(fragment)
        *lines, self._open = (self._open + fragment).split("\n")
        return [_block(line) for line in lines]

    def tail(self) -> list[Block]:
        """The line that is still open."""
        return [_block(self._open)] if self._open else []

    def finish(self) -> list[Block]:
        """The text has ended: gives the last line."""
        blocks, self._open = self.tail(), ""
        return blocks


def _block(line: str) -> Block:
    return Block(Kind.PARAGRAPH, line, gap=0)
