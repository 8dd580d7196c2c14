"""Long questions in the transcript: their beginning, and a key to all of it."""

from __future__ import annotations

from oxen_tui.widgets.transcript.long_question import beginning_of, rest_in_words
from oxen_tui.widgets.transcript.turn import Turn
from tests.widgets.transcript.host import Host, page

LOG = "\n".join(f"line {number}" for number in range(1, 121))


def test_only_what_is_long_is_folded() -> None:
    assert beginning_of("\n" * 29) == ""
    assert beginning_of("word " * 800) == ""
    assert beginning_of(LOG).split("\n")[-1] == "line 10"
    assert rest_in_words(LOG, beginning_of(LOG)) == "110 more lines"


def test_a_long_line_is_cut_at_a_blank() -> None:
    text = "word " * 1000
    shown = beginning_of(text)
    assert shown.endswith("word")
    assert 900 < len(shown) <= 1000
    assert rest_in_words(text, shown) == f"{len(text) - len(shown):,} more characters"
    assert len(beginning_of("x" * 5000)) == 1000


async def test_enter_shows_all_of_it_and_folds_it_again() -> None:
    app = Host([Turn(1, "user", "you", text=LOG), Turn(2, "assistant", "heron", text="A log.")])
    async with app.run_test(size=(80, 30)) as pilot:
        assert "110 more lines" in "\n".join(page(app))
        assert "line 11" not in "\n".join(page(app))
        app.view.focus()
        await pilot.press("k", "enter")
        height = app.view.column.total
        assert height > 120
        await pilot.press("enter")
        assert app.view.column.total < 30
        await pilot.press("y")
        assert "110 more lines" in "\n".join(page(app))
