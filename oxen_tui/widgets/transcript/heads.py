"""What stands round the text of a turn: who speaks and when, fold lines, attachments, the closing lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from rich.cells import cell_len, set_cell_size

from oxen_tui.safe_text import clean_line
from oxen_tui.widgets.lines.line import ANSWER, QUESTION, Line, Piece, Sheet
from oxen_tui.widgets.lines.wrapping import wrap
from oxen_tui.widgets.markdown.margins import width_of
from oxen_tui.widgets.transcript.long_question import QUESTION_KEY, rest_in_words

if TYPE_CHECKING:
    from oxen_tui.widgets.markdown.painter import Painter
    from oxen_tui.widgets.transcript.turn import ToolLine, Turn

REASONING_KEY = "reasoning"


def tool_key(number: int) -> str:
    """What a tool call's fold is called."""
    return f"tool {number}"


class Heads:
    """Draws these lines with the painter's means."""

    def __init__(self, painter: Painter) -> None:
        self._painter = painter
        self._glyphs = painter.glyphs
        self._narrow = painter.room.narrow

    # Head of a turn

    def title(self, turn: Turn, sheet: Sheet) -> Line | None:
        """The first line of a turn. None where the words themselves say who speaks, and there is nothing else."""
        label = "" if self._narrow and turn.role == "user" else clean_line(turn.label)
        left = [Piece(label, "muted+strong")] if label else []
        right = self.facts(turn)
        if not left and not right:
            return None
        return self._spread(sheet, left, right)

    def facts(self, turn: Turn) -> list[Piece]:
        """What stands at the right: edited, which branch, when."""
        groups: list[Piece] = []
        if turn.edited and not self._narrow:
            groups.append(Piece("edited", "faint"))
        if turn.siblings > 1:
            left, right = self._glyphs.branch_left, self._glyphs.branch_right
            groups.append(Piece(f"{left} {turn.sibling}/{turn.siblings} {right}", "text"))
        if turn.time and not self._narrow:
            groups.append(Piece(clean_line(turn.time), "faint"))
        return _apart(groups)

    def beside(self, line: Line, turn: Turn, sheet: Sheet) -> Line | None:
        """The first line of the text with the facts at its right. None if there is no room for them."""
        right = self.facts(turn)
        if not right:
            return line
        text = line.text
        if cell_len(text) + 2 + width_of(right) > self._painter.inner:
            return None
        return self._spread(sheet, [Piece(text, sheet.tone)], right)

    def rule(self, words: str) -> Line:
        """A rule with words in it, as wide as prose is."""
        words = f" {clean_line(words, 200)} "
        short = self._glyphs.rule * 2
        pieces = _cut([Piece(short, "line"), Piece(words, "faint")], self._painter.measure, self._glyphs.ellipsis)
        rest = self._glyphs.rule * max(0, self._painter.measure - width_of(pieces))
        return self._painter.ornament(ANSWER, [*pieces, Piece(rest, "line")])

    # Folds

    def reasoning(self, turn: Turn, opened: bool) -> Line:
        """`▸ thought for 12 s`, or that it still thinks."""
        thinking = turn.streaming and not turn.text and turn.reasoning_seconds is None
        words = "thinking" if thinking else "thought"
        if turn.reasoning_seconds is not None:
            words += f" for {in_words(turn.reasoning_seconds)}"
        return self._fold(REASONING_KEY, [Piece(words, "muted")], [], opened)

    def tool(self, call: ToolLine, number: int, opened: bool) -> Line:
        """`▸ name  arguments … ✓ result  0.8 s`."""
        left = [Piece(clean_line(call.name, 60), "muted")]
        if call.arguments and not self._narrow:
            left.append(Piece("  " + clean_line(call.arguments), "faint"))
        right: list[Piece] = []
        if call.failed:
            words = clean_line(call.result, 60) or "failed"
            right.append(Piece(f"{self._glyphs.failed} {words}", "err"))
        elif call.running:
            words = f" {clean_line(call.result, 60)}" if call.result else ""
            right += [Piece(self._glyphs.running, "accent"), Piece(words or " running", "muted")]
        elif call.result:
            right.append(Piece(f"{self._glyphs.done} {clean_line(call.result, 60)}", "muted"))
        if call.seconds is not None:
            right.append(Piece(("  " if right else "") + in_words(call.seconds), "faint"))
        return self._fold(tool_key(number), left, right, opened)

    def rest(self, turn: Turn, beginning: str, opened: bool) -> Line:
        """`▸ 108 more lines`, under the beginning of a long question; or what folds it again."""
        sign = self._glyphs.opened if opened else self._glyphs.folded
        words = "all of it" if opened else rest_in_words(turn.text, beginning)
        line = self._spread(QUESTION, [Piece(f"{sign} {words}", "muted")], [])
        return replace(line, fold=QUESTION_KEY)

    def _fold(self, key: str, left: list[Piece], right: list[Piece], opened: bool) -> Line:
        glyph = self._glyphs.opened if opened else self._glyphs.folded
        line = self._spread(ANSWER, left, right, before=[Piece(f"{glyph} ", "muted")])
        return replace(line, fold=key)

    # End of a turn

    def chips(self, turn: Turn, sheet: Sheet) -> list[Line]:
        """The attachments, one under another."""
        lines = []
        for chip in turn.chips:
            label = clean_line(chip.label, 200)
            label = f"[{label}]" if self._painter.room.brackets else f" {label} "
            pieces = [Piece(label, "field")]
            if chip.detail:
                detail = clean_line(chip.detail, 200)
                pieces.append(Piece(f"  {detail}", "faint"))
            lines.append(self._painter.line(sheet, [], pieces))
        return lines

    def closing(self, turn: Turn, sheet: Sheet) -> list[Line]:
        """What went wrong, in the server's words too, and what it came to."""
        texts: list[tuple[str, str]] = []
        first, _, more = turn.trouble.partition("\n")
        texts += [(first, "err"), (more, "faint"), (turn.note, "faint")]
        lines = []
        for text, ink in texts:
            if text:
                wrapped = wrap([Piece(text.expandtabs(4), ink)], self._painter.measure)
                lines += [self._painter.line(sheet, [], line.pieces, line.goes_on) for line in wrapped]
        return lines

    def edge(self, top: bool) -> Line:
        """Half a row of the surface of a user's turn, with the end of its bar."""
        glyphs, inks = self._glyphs, self._painter.inks
        corner = glyphs.corner_top if top else glyphs.corner_bottom
        half = glyphs.half_top if top else glyphs.half_bottom
        return self._painter.across([(corner, inks["line"]), (half * (self._painter.room.width - 1), inks["edge"])])

    def _spread(
        self, sheet: Sheet, left: Sequence[Piece], right: Sequence[Piece], before: Sequence[Piece] = ()
    ) -> Line:
        """Some pieces at the left and some at the right end, the left ones cut if there is too little room."""
        room = self._painter.inner - width_of(before) - width_of(right) - (2 if right else 0)
        left = _cut(left, room, self._glyphs.ellipsis)
        spare = self._painter.inner - width_of(before) - width_of(left) - width_of(right)
        after = [Piece(" " * spare, sheet.tone), *right] if right else []
        return self._painter.line(sheet, before, left, after=after)


def in_words(seconds: float) -> str:
    """A length of time in prose: `0.8 s`, `12 s`, `2 min`."""
    if seconds < 9.95:
        return f"{seconds:.1f} s"
    return f"{seconds:.0f} s" if seconds < 119.5 else f"{seconds / 60:.0f} min"


def _apart(groups: Sequence[Piece]) -> list[Piece]:
    """Two blanks between groups."""
    return [
        piece for number, group in enumerate(groups) for piece in ([Piece("  ", "text")] * (number > 0) + [group])
    ]


def _cut(pieces: Sequence[Piece], room: int, ellipsis: str) -> list[Piece]:
    if width_of(pieces) <= room:
        return list(pieces)
    kept: list[Piece] = []
    room = max(0, room - cell_len(ellipsis))
    for piece in pieces:
        size = cell_len(piece.text)
        if size > room:
            kept.append(Piece(set_cell_size(piece.text, room).rstrip() + ellipsis, piece.ink))
            break
        kept.append(piece)
        room -= size
    return kept
