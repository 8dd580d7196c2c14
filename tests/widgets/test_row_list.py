"""The list that draws only what is in view."""

from __future__ import annotations

from oxen_tui.widgets.row_list import Row, RowList
from tests.widgets.host import Host, lines


def rows(number: int) -> list[Row]:
    apples = [Row(f"k{i}", ((f" apple {i}", "text"),), (("ripe", "faint"),)) for i in range(number)]
    return [Row("", ((" Fruit", "faint"),)), *apples]


async def test_the_cursor_skips_headings_and_says_where_it_is() -> None:
    app = Host(RowList(), hears=(RowList.Highlighted, RowList.Chosen))
    async with app.run_test(size=(40, 10)) as pilot:
        view = app.query_one(RowList)
        view.show(rows(50))
        view.focus()
        assert view.highlighted == "k0"
        await pilot.press("down", "j", "k", "enter")
        assert [message.key for message in app.heard] == ["k1", "k2", "k1", "k1"]
        assert isinstance(app.heard[-1], RowList.Chosen)


async def test_only_the_rows_in_view_are_drawn_and_the_cursor_stays_in_view() -> None:
    app = Host(RowList())
    async with app.run_test(size=(40, 10)) as pilot:
        view = app.query_one(RowList)
        view.show(rows(10_000))
        view.focus()
        await pilot.press("G")
        await pilot.pause()
        assert view.highlighted == "k9999"
        assert "apple 9999" in lines(view)[-1]
        await pilot.press("g")
        await pilot.pause()
        assert lines(view)[0].strip() == "Fruit"


async def test_the_cursor_stays_on_its_row_when_others_come_and_go() -> None:
    app = Host(RowList(), hears=(RowList.Highlighted,))
    async with app.run_test(size=(40, 10)):
        view = app.query_one(RowList)
        view.show(rows(9))
        view.highlight("k5")
        view.show([row for row in rows(9) if row.key != "k2"])
        assert view.highlighted == "k5"
        view.show([row for row in rows(9) if row.key not in ("k2", "k5")])
        assert view.highlighted == "k6"


async def test_an_empty_list_says_what_to_do() -> None:
    app = Host(RowList(empty=["No fruit yet", "n plants some"]))
    async with app.run_test(size=(40, 10)) as pilot:
        view = app.query_one(RowList)
        view.focus()
        await pilot.press("down", "enter", "G", "pagedown")
        assert [line.strip() for line in lines(view)[:2]] == ["No fruit yet", "n plants some"]


async def test_foreign_text_is_drawn_as_it_is_and_cut_to_the_width() -> None:
    app = Host(RowList())
    async with app.run_test(size=(24, 4)):
        view = app.query_one(RowList)
        view.show([Row("a", ((" [b]model[/b] [@click=quit] x", "text"),), (("$1", "faint"),))])
        assert lines(view)[0] == "▌ [b]model[/b] [@c… $1"


async def test_a_click_opens_a_row() -> None:
    app = Host(RowList(), hears=(RowList.Chosen,))
    async with app.run_test(size=(40, 10)) as pilot:
        app.query_one(RowList).show(rows(5))
        await pilot.click(RowList, offset=(5, 3))
        assert [message.key for message in app.heard] == ["k2"]
