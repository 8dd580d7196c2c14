"""A Markdown document that grows while it is read: fragments of a stream in, blocks out.

Blocks are sealed as soon as nothing that follows can change them, and are then given out once, by `feed` or `finish`.
What is still open is given by `tail` as often as somebody wants to draw it. The work for a fragment depends on the
fragment alone: not on the length of the document, nor on that of its last list, table, code block or paragraph.
"""

from __future__ import annotations

import io

from oxen_tui.widgets.markdown import provisional
from oxen_tui.widgets.markdown.assembler import Assembler
from oxen_tui.widgets.markdown.blocks import Block, Kind
from oxen_tui.widgets.markdown.grammar import cut_of


class Document:
    """One message's Markdown. The same text gives the same blocks, however it was cut into fragments."""

    def __init__(self, assembler: Assembler | None = None) -> None:
        """Begin an empty document.

        Args:
            assembler: What reads the lines; a test may hand in one that counts its work.
        """
        self._assembler = assembler or Assembler()
        self._source = io.StringIO()
        self._part = ""  # the line that has not ended, without what was read of it already
        self._cut = False  # some of that line was read already
        self._carriage_return = False  # the last fragment ended in one: a newline may follow

    @property
    def source(self) -> str:
        """All of the text so far, as it came. Takes time with its length."""
        return self._source.getvalue()

    def feed(self, fragment: str) -> list[Block]:
        """Take in a piece of text of any length; gives the blocks that became final, in order."""
        self._source.write(fragment)
        if self._carriage_return or "\r" in fragment:
            fragment = self._without_carriage_returns(fragment)
        if "\n" in fragment:
            first, *lines = fragment.split("\n")
            part = lines.pop()
            self._read(self._part + first)
            for line in lines:
                self._read(line)
            self._part = ""
        else:
            part = fragment
        self._part += part
        if len(self._part) > self._assembler.longest_line:
            self._part = self._read_beginning(self._part)
        return self._taken()

    def tail(self) -> list[Block]:
        """What is open now, as it should be drawn. May be asked for at any time and changes nothing."""
        end = self._assembler.copy()
        part = self._part
        if self._cut:
            end.read_on(part)
        elif part and not self._undecided(part):
            end.read(part)
        end.show_open()
        if end.blocks:
            last = end.blocks[-1]
            if last.kind is Kind.ROW:
                last.text = provisional.closed_row(last.text)
            elif last.kind in (Kind.PARAGRAPH, Kind.HEADING):
                last.text = provisional.closed(last.text)
        return end.blocks

    def finish(self) -> list[Block]:
        """The text has ended: gives the last blocks. Text that is fed later begins a new line."""
        if self._carriage_return or self._part:
            self._carriage_return = False
            self._read(self._part)
            self._part = ""
        self._cut = False
        self._assembler.finish()
        return self._taken()

    def _without_carriage_returns(self, fragment: str) -> str:
        if self._carriage_return:
            fragment = "\r" + fragment
        self._carriage_return = fragment.endswith("\r")
        if self._carriage_return:
            fragment = fragment[:-1]
        return fragment.replace("\r\n", "\n").replace("\r", "\n")

    def _read(self, line: str) -> None:
        """Take in the rest of a line that has ended."""
        if len(line) > self._assembler.longest_line:
            line = self._read_beginning(line)
        if self._cut:
            self._assembler.read_on(line)
            self._cut = False
        else:
            self._assembler.read(line)

    def _read_beginning(self, line: str) -> str:
        """Take in so much of a very long line that the rest, which is given back, is short."""
        start = 0
        while len(line) - start > (longest := self._assembler.longest_line):
            end = start + cut_of(line[start : start + longest])
            if self._cut:
                self._assembler.read_on(line[start:end])
            else:
                self._assembler.read(line[start:end])
                self._cut = True
            start = end
        return line[start:]

    def _undecided(self, part: str) -> bool:
        closer = self._assembler.fence_closer
        if closer:
            return provisional.undecided_in_code(part, closer)
        return provisional.undecided(part)

    def _taken(self) -> list[Block]:
        blocks, self._assembler.blocks = self._assembler.blocks, []
        return blocks
