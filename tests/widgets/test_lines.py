"""Header, status line and the base they share."""

from __future__ import annotations

from oxen_tui.widgets.chat.status_line import Status, StatusLine
from oxen_tui.widgets.key_bar import key_name
from oxen_tui.widgets.one_line import OneLine, cut, span_cells
from oxen_tui.widgets.pane_bar import PaneBar
from tests.widgets.host import Host, lines


def test_a_line_that_is_too_long_ends_in_an_ellipsis_at_the_right_width() -> None:
    spans = [("日本語", "text"), (" models", "faint")]
    assert "".join(text for text, _ in cut(spans, 8)) == "日本語…"
    assert span_cells(cut(spans, 8)) <= 8
    assert cut(spans, 40) == spans


async def test_the_right_end_stays_whole_and_the_left_is_shortened() -> None:
    app = Host(OneLine())
    async with app.run_test(size=(20, 3)):
        line = app.query_one(OneLine)
        line.say([("a long name of a model", "text")], [("$1.20", "bold")])
        assert lines(line) == ["a long name o… $1.20"]


async def test_markup_and_actions_in_a_line_are_only_text() -> None:
    app = Host(OneLine())
    async with app.run_test(size=(40, 3)):
        line = app.query_one(OneLine)
        line.say([("[b]x[/] [@click=app.quit]y[/]", "text")])
        assert lines(line) == ["[b]x[/] [@click=app.quit]y[/]"]


async def test_the_header_names_panes_place_and_money() -> None:
    app = Host(PaneBar())
    async with app.run_test(size=(120, 3)):
        header = app.query_one(PaneBar)
        header.demo, header.place, header.spent, header.jobs = True, "ada", 1.86, 2
        said = lines(header)[0]
        assert said.startswith("▌1 Chat")
        assert "4 Queue ◐2" in said
        assert said.endswith("demo   ada  $1.86 spent")


async def test_a_narrow_header_keeps_the_active_name_and_the_numbers() -> None:
    app = Host(PaneBar())
    async with app.run_test(size=(60, 3)):
        header = app.query_one(PaneBar)
        header.demo, header.spent = True, 1.86
        said = lines(header)[0]
        assert said.startswith("▌1 Chat")
        assert said.endswith("demo  $1.86")
        assert "Models" not in said


async def test_money_that_is_only_partly_known_is_a_lower_bound() -> None:
    app = Host(PaneBar())
    async with app.run_test(size=(120, 3)):
        header = app.query_one(PaneBar)
        header.spent, header.partial = 0.5, True
        assert "≥$0.50 spent" in lines(header)[0]


async def test_a_click_on_a_name_goes_to_its_pane() -> None:
    app = Host(PaneBar(), hears=(PaneBar.Chosen,))
    async with app.run_test(size=(120, 3)) as pilot:
        await pilot.click(PaneBar, offset=(14, 0))
        assert [each.pane for each in app.heard] == ["models"]


async def test_the_status_says_what_the_answer_does_and_for_how_long() -> None:
    app = Host(StatusLine())
    async with app.run_test(size=(100, 3)):
        status = app.query_one(StatusLine)
        status.tell(
            Status(
                model="heron", state="writing", seconds=9.4, tokens=1284, context_used=18_432, context_length=200_000
            )
        )
        assert lines(status)[0].endswith("writing 9 s · 1,284 tokens · 18.4k of 200k")
        status.tell(Status(model="heron", new_lines=24))
        assert lines(status)[0].endswith("↓ 24 new lines · G")
        status.tell(Status())
        assert lines(status)[0] == "  no model yet"


def test_keys_are_named_as_people_say_them() -> None:
    assert [key_name(key) for key in ("escape", "ctrl+j", "question_mark", "left_square_bracket", "pageup")] == [
        "esc",
        "ctrl+j",
        "?",
        "[",
        "pgup",
    ]
