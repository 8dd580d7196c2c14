"""The page beside the list of jobs: what was asked, how long it takes, what it costs, what came of it."""

from __future__ import annotations

from collections.abc import Iterator

from rich.cells import cell_len
from textual import events
from textual.geometry import Region
from textual.strip import Strip

from oxen_tui.widgets.driver.changed_cells import DrawnLines
from oxen_tui.widgets.driver.keys_in_order import act_in_turn
from oxen_tui.widgets.jobs.bar import time_bar
from oxen_tui.widgets.jobs.row import kind_sign, state_sign, state_tone
from oxen_tui.widgets.jobs.sheet import JobFact, JobMember, JobSheet, JobTime
from oxen_tui.widgets.lines.line import Piece
from oxen_tui.widgets.lines.paper import PageLine, Paper
from oxen_tui.widgets.lines.wrapping import wrap
from oxen_tui.widgets.one_line import cut_middle
from oxen_tui.widgets.page.body_lines import body_lines
from oxen_tui.widgets.page.lines import ListedLines
from oxen_tui.widgets.page.view import PageView
from oxen_tui.widgets.wording import running_time

_REQUEST, _EVENTS = "request", "events"


class JobPage(PageView):
    """Shows one sheet. A time that goes on is drawn in its own cells."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.sheet: JobSheet | None = None
        self._opened: set[str] = set()
        self._drawn = DrawnLines(self._draw)
        self._parts: dict[int, str] = {}
        """The lines that fold something."""

    def show(self, sheet: JobSheet | None) -> None:
        """Show this. Of the same job, what changed is drawn, and the reader stays where the page is."""
        if sheet == self.sheet:
            return
        same = sheet is not None and self.sheet is not None and sheet.key == self.sheet.key
        self.sheet = sheet
        if not same:
            self.renew(to_top=True)
            return
        self._lines = None
        for region in self._drawn.changes():
            self.refresh(region)

    def toggle(self, part: str) -> None:
        """Open or close the request (`request`) or what happened (`events`)."""
        self._opened ^= {part}
        self.renew()

    async def _on_key(self, event: events.Key) -> None:
        await act_in_turn(self, event)

    def on_click(self, event: events.Click) -> None:
        if part := self._parts.get(event.y + self.top):
            self.toggle(part)

    def refresh(
        self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False
    ) -> JobPage:
        # All of it, whoever asks for that: nothing stands on the screen any more that could be drawn in part.
        if not regions and hasattr(self, "_drawn"):
            self._drawn.forget()
        return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)

    def render_line(self, y: int) -> Strip:
        return self._drawn.line(y)

    def _draw(self, y: int) -> Strip:
        return super().render_line(y)

    def lay_out(self, paper: Paper) -> ListedLines[PageLine]:
        self._parts = {}
        lines: list[PageLine] = []
        if self.sheet is not None:
            for part, line in _sheet_lines(self.sheet, paper, self._opened):
                if part:
                    self._parts[len(lines)] = part
                lines.append(line)
        return ListedLines(lines, paper.line)


_Lines = Iterator[tuple[str, PageLine]]
"""Lines, and what a click on them folds."""


def _sheet_lines(sheet: JobSheet, paper: Paper, opened: set[str]) -> _Lines:
    yield "", PageLine((Piece(sheet.model, "strong"),), (Piece(f"{kind_sign(sheet.kind)} {sheet.what}", "muted"),))
    yield from _prose(paper, sheet.prompt or "no prompt", "muted" if sheet.prompt else "faint")
    for words, ink in sheet.said:
        yield "", PageLine()
        yield from _prose(paper, words, ink)
    if sheet.time is not None:
        yield "", PageLine()
        yield from (("", line) for line in _time_lines(sheet.time, paper))
    if sheet.facts:
        yield "", PageLine()
        yield from (("", line) for fact in sheet.facts for line in _fact_lines(fact, paper))
    if sheet.members:
        yield "", PageLine()
        yield from (("", _member_line(number, member, paper)) for number, member in enumerate(sheet.members, 1))
    yield "", PageLine()
    yield _REQUEST, _fold_line(paper, "request", "t", _REQUEST in opened)
    if _REQUEST in opened:
        yield from (
            ("", PageLine((Piece("  ", "text"), *line.left)))
            for line in body_lines(sheet.request, frozenset(), paper)
        )
    if sheet.events:
        number = len(sheet.events)
        words = f"{number} events" if number > 1 else "1 event"
        last = f" {paper.glyphs.dot} last {sheet.events[-1][0]}"
        yield _EVENTS, _fold_line(paper, words, "v", _EVENTS in opened, last)
        if _EVENTS in opened:
            for clock, happened in sheet.events:
                for place, line in enumerate(wrap([Piece(happened, "muted")], max(8, paper.inner - 12))):
                    before = Piece(f"  {clock if not place else '':<10}", "faint")
                    yield "", PageLine((before, *line.pieces))


def _prose(paper: Paper, text: str, ink: str) -> _Lines:
    for line in wrap([Piece(text, ink)], paper.inner):
        yield "", PageLine(tuple(line.pieces))


def _fold_line(paper: Paper, words: str, key: str, is_open: bool, aside: str = "") -> PageLine:
    sign = paper.glyphs.opened if is_open else paper.glyphs.folded
    return PageLine(
        (Piece(f"{sign} ", "faint"), Piece(words, "muted"), Piece(aside, "faint")), (Piece(key, "faint"),)
    )


def _time_lines(time: JobTime, paper: Paper) -> Iterator[PageLine]:
    aside = "so far" if time.going else "in all"
    yield PageLine(
        (Piece("Time", "muted+strong"),), (Piece(running_time(time.passed), "text"), Piece(f" {aside}", "faint"))
    )
    if time.usual is None:
        return
    spans, mark = time_bar(time.passed, time.usual, time.slow, paper.inner)
    yield PageLine(tuple(Piece(text, tone) for text, tone in spans))
    usual, slow = f"usual {running_time(time.usual)}", running_time(time.slow)
    room = paper.inner - len(slow) - 2 if time.slow > time.usual else paper.inner
    at = max(0, min(mark - len(usual), room - len(usual)))
    left = Piece(" " * at + usual, "faint")
    yield PageLine((left,), (Piece(slow, "faint"),) if time.slow > time.usual else ())


def _fact_lines(fact: JobFact, paper: Paper) -> Iterator[PageLine]:
    if cell_len(fact.label) + cell_len(fact.value) + 2 <= paper.inner:
        yield PageLine((Piece(fact.label, "muted"),), (Piece(fact.value, fact.ink),))
        return
    yield PageLine((Piece(fact.label, "muted"),))
    for line in wrap([Piece(fact.value, fact.ink)], paper.inner - 2):
        yield PageLine((Piece("  ", "text"), *line.pieces))


def _member_line(number: int, member: JobMember, paper: Paper) -> PageLine:
    state = f"{state_sign(member.state)} {member.state.value}  "
    room = paper.inner - cell_len(state) - cell_len(member.aside) - 5
    left = (
        Piece(f"{number} ", "faint"),
        Piece(state, state_tone(member.state)),
        Piece(cut_middle(member.words, max(8, room)), "muted"),
    )
    return PageLine(left, (Piece(member.aside, "faint"),))
