"""A line of parts is sent as the same line in one piece would be."""

from __future__ import annotations

from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from textual._ansi_theme import DEFAULT_TERMINAL_THEME
from textual.color import Color
from textual.filter import ANSIToTruecolor, DimFilter
from textual.strip import Strip

from oxen_tui.widgets.joined_strip import JoinedStrip, filtered

PARTS = [[Segment("ab", Style.parse("red")), Segment("c")], [Segment("漢字", Style.parse("dim #112233 on #445566"))]]
FILTERS = [ANSIToTruecolor(DEFAULT_TERMINAL_THEME), DimFilter()]
GROUND = Color.parse("#14161a")


def test_it_is_written_and_cut_like_the_whole_line() -> None:
    whole = filtered(Strip([segment for part in PARTS for segment in part]), FILTERS, GROUND)
    joined = JoinedStrip([filtered(Strip(part), FILTERS, GROUND) for part in PARTS])
    console = Console(force_terminal=True, color_system="truecolor")
    assert joined.cell_length == whole.cell_length == 7
    assert joined.render(console) == whole.render(console)
    assert joined.crop(1, 5).render(console) == whole.crop(1, 5).render(console)
    assert joined == whole


def test_a_part_is_made_for_the_terminal_once() -> None:
    class Counted(Strip):
        asked = 0

        def render(self, console: Console) -> str:
            Counted.asked += self._render_cache is None
            return super().render(console)

    part, console = Counted(PARTS[0]), Console()
    for other in PARTS:
        JoinedStrip([Strip(other), part]).render(console)
    assert Counted.asked == 1
