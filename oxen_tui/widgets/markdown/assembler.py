"""Lines of Markdown in, blocks out: which containers are open, what stands in them, and what a line does to both.

The way of the CommonMark specification's appendix: a line first goes into the open containers it belongs to, then
may open new ones, and what is left of it goes on with the open leaf or begins another. Nothing here looks back
further than the open leaf, so a line costs the same wherever in a document it stands.

Three things are read as models mean them rather than by the letter. An item is gone on with by two spaces, also if
its marker is wider. A fence in an item ends with its closing line, not with a line of code that is less indented.
Definitions of link targets are shown (as a source list at the end of an answer), and hold from there on.
"""

from __future__ import annotations

from oxen_tui.widgets.markdown import grammar
from oxen_tui.widgets.markdown.blocks import Container, Fence, Kind, Table
from oxen_tui.widgets.markdown.grammar import indent_of, without_columns
from oxen_tui.widgets.markdown.inline import normal_label
from oxen_tui.widgets.markdown.open_end import Nest, OpenCode, OpenEnd
from oxen_tui.widgets.markdown.tables import alignments, cells


class Assembler(OpenEnd):
    """Reads lines into the open end of a document. `Document` cuts the stream into lines for it."""

    # A line finds its place.

    def read(self, raw: str) -> None:
        """Take in a line (without its end), or the first part of a very long one."""
        line = raw.expandtabs(4) if "\t" in raw else raw
        if self.fence_closer and self._read_code(raw, line):
            return
        at, depth = self._place(line)
        if not line[at:].strip(" "):
            self._read_blank(line, at, depth)
            return
        while True:
            indent = indent_of(line, at)
            at += indent
            if indent >= 4 and self._read_indented(raw, at - indent, line, depth):
                return
            rest = line[at:].rstrip(" ")
            if rest[0] == ">" and depth < grammar.DEEPEST and indent < 4:
                self._close_to(depth)
                self._open(Nest(Container("quote")))
                at += 1 + (line[at + 1 : at + 2] == " ")
            elif indent < 4 and self._begins_block(rest, depth, indent):
                return
            elif indent < 4 and depth < grammar.DEEPEST and (width := self._begins_item(rest, depth, indent)):
                at += width
            else:
                self._read_text(line[at:], depth)
                return
            depth += 1
            if not line[at:].strip(" "):
                return

    def read_on(self, piece: str) -> None:
        """Take in a further part of a very long line."""
        if self._code:
            shown = piece.expandtabs(4) if "\t" in piece else piece
            self._emit_code(self._code.group, piece, shown, continued=True)
        elif self._table:
            self._emit_row(self._table, piece)
        elif self._paragraph:
            self._paragraph[-1] += piece
            self._length += len(piece)
            self._cut_paragraph()
        elif piece.strip():
            self._near = True
            self._begin_paragraph(piece.lstrip())

    def _place(self, line: str) -> tuple[int, int]:
        """How far into a line the open containers reach, and how many of them it is in."""
        at = depth = 0
        for nest in self._nests:
            indent = indent_of(line, at)
            if not nest.width:
                if indent > 3 or line[at + indent : at + indent + 1] != ">":
                    break
                at += indent + 1
                at += line[at : at + 1] == " "
            elif indent >= nest.width or at + indent == len(line):
                at += min(indent, nest.width)
            elif indent >= nest.offset + 2:
                at += indent
            else:
                break
            depth += 1
        return at, depth

    def _read_blank(self, line: str, at: int, depth: int) -> None:
        if depth < len(self._nests):
            self._close_to(depth)
        elif self._code and len(self._blank_lines) < grammar.MOST_BLANK_LINES:
            self._blank_lines.append(line[at + 4 :])
        else:
            self._close_leaf()
            if self._bare:  # an item has one empty line at most before its content
                self._close_to(depth - 1)
        self._blank = True

    def _read_indented(self, raw: str, at: int, line: str, depth: int) -> bool:
        if self._paragraph:
            return False
        if self._code is None or depth < len(self._nests):
            self._close_to(depth)
            self._code = OpenCode(Fence())
        group = self._code.group
        for blank_line in self._blank_lines:
            self._emit_code(group, blank_line, blank_line)
        self._blank_lines.clear()
        self._emit_code(group, _untouched(raw, line, at + 4), line[at + 4 :])
        return True

    def _read_code(self, raw: str, line: str) -> bool:
        """Within a fence or a formula: True unless the quote around it has ended."""
        code = self._code
        assert code is not None
        at = wanted = 0
        for nest in self._nests:
            if nest.width:
                wanted += nest.width
                continue
            at += min(indent_of(line, at), wanted)
            indent, wanted = indent_of(line, at), 0
            if indent > 3 or line[at + indent : at + indent + 1] != ">":
                return False
            at += indent + 1
            at += line[at : at + 1] == " "
        indent = indent_of(line, at)
        content = line[at + indent :].rstrip(" ")
        if self._ends_code(code, content, indent - wanted):
            return True
        if content and indent < min(wanted, code.strip):
            self._code = code = code._replace(strip=indent)
        at += min(indent, wanted + code.indent, code.strip)
        self._emit_code(code.group, _untouched(raw, line, at), line[at:])
        return True

    def _ends_code(self, code: OpenCode, content: str, indent: int) -> bool:
        closer = code.closer
        if closer[0] in "`~":
            if indent > 3 or not content.startswith(closer) or content.strip(closer[0]):
                return False
        elif content.endswith(closer):
            if before := content[: -len(closer)].rstrip(" "):
                self._emit_code(code.group, before, before)
        else:
            return False
        self._close_leaf()
        return True

    # What a line begins.

    def _begins_block(self, rest: str, depth: int, indent: int) -> bool:
        """Headings, rules, fences, formulas, the second line of a table: True if the line was one of them."""
        first = rest[0]
        if first in "|:-=" and self._paragraph and depth == len(self._nests) and self._completes(rest):
            return True
        if first == "#" and (found := grammar.HEADING.match(rest)):
            self._close_to(depth)
            self._emit(Kind.HEADING, grammar.heading_of(rest[found.end() :]), level=len(found[1]))
        elif first in "-*_" and grammar.RULE.match(rest):
            self._close_to(depth)
            self._emit(Kind.RULE, "")
        elif first in "`~" and (found := grammar.FENCE.match(rest)):
            self._close_to(depth)
            language = grammar.LANGUAGE.match(found[2] or found[4] or "")
            self._code = OpenCode(Fence(language[1] if language else ""), found[1] or found[3], indent)
        elif first in "$\\" and (found := grammar.FORMULA_LINE.match(rest)):
            self._close_to(depth)
            formula = (found[1] or found[3]).strip(" ") + (found[2] or found[4] or "")
            group = Fence("math")
            self._emit_code(group, formula, formula)
            self._seal(group)
        elif first in "$\\" and (found := grammar.FORMULA.match(rest)):
            self._close_to(depth)
            self._code = OpenCode(Fence("math"), grammar.FORMULA_ENDS[found[1]], indent)
            if found[2]:
                self._emit_code(self._code.group, found[2], found[2])
        elif first == "[" and not self._paragraph and self._defines(rest, depth):
            return True
        elif first == "[" and grammar.FOOTNOTE.match(rest):
            self._close_to(depth)
            self._near = self._last is not None and self._last.kind is Kind.PARAGRAPH
            self._begin_paragraph(rest)
        else:
            return False
        return True

    def _completes(self, rest: str) -> bool:
        """The line under a heading, or under the head of a table."""
        head = self._paragraph[-1]
        if "|" in head and (align := alignments(rest)) and len(cells(head)) == len(align):
            self._paragraph.pop()
            self._close_leaf()
            self._table = Table(align)
            self._emit_row(self._table, head)
            return True
        if grammar.UNDERLINE.match(rest):
            text = self._take_paragraph()
            self._emit(Kind.HEADING, text, level=1 if rest[0] == "=" else 2)
            return True
        return False

    def _defines(self, rest: str, depth: int) -> bool:
        found = grammar.DEFINITION.match(rest)
        if found is None:
            return False
        self._close_to(depth)
        if not self._provisional:
            self._references.setdefault(normal_label(found[1]), found[2] or found[3] or "")
        self._near = self._last is not None and self._last.kind is Kind.PARAGRAPH
        self._emit(Kind.PARAGRAPH, rest)
        return True

    def _begins_item(self, rest: str, depth: int, indent: int) -> int:
        """Characters from the marker to the content of an item that begins here; 0 if none does."""
        found = grammar.ITEM.match(rest)
        if found is None:
            return 0
        empty = found.end() >= len(rest)
        if self._paragraph and depth == len(self._nests) and (empty or found[2] not in (None, "1")):
            return 0
        series = found[3] or found[1]
        number = int(found[2] or 0)
        if depth < len(self._nests) and self._nests[depth].series == series and found[2]:
            number = max(number, self._nests[depth].number + 1)
        marker = f"{number}{series}" if found[2] else series
        self._close_to(depth)
        spaces = indent_of(rest, len(found[1]))
        width = len(found[1]) + (1 if empty or spaces > 4 else spaces)
        task = grammar.TASK.match(rest, width)
        ticked = task[1] != " " if task else None
        self._open(Nest(Container("item", marker, ticked), indent, indent + width, series, number))
        self._bare = empty or (task is not None and task.end() == len(rest))
        return task.end() if task else width

    def _read_text(self, text: str, depth: int) -> None:
        if self._paragraph:  # also where containers have ended: lazy continuation
            self._paragraph.append(text)
            self._length += len(text) + 1
            self._cut_paragraph()
        elif self._table and depth == len(self._nests):
            self._emit_row(self._table, text.rstrip(" "))
        else:
            self._close_to(depth)
            self._begin_paragraph(text)


def _untouched(raw: str, line: str, at: int) -> str:
    """Code from a column on as it was written: a tab in it stays one, for whoever copies it."""
    return line[at:] if raw is line else without_columns(raw, at)
