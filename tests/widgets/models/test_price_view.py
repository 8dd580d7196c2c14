"""Prices on a page: rows, tables with prices at the right, worked examples."""

from __future__ import annotations

from oxen_tui.services.price.examples import WorkedExample
from oxen_tui.services.price.words import PricePage, PriceRow, PriceTable, price_page
from oxen_tui.widgets.models.price_view import PriceView
from tests.widgets.demo_models import demo_models
from tests.widgets.host import Host, lines

PAGE = PricePage(
    "$0.10 each",
    (PriceRow("with sound", "$0.14 / s", "when it is on"),),
    (PriceTable("Per image", ("quality", "1K", "2K"), (("low", "$0.02", "$0.0412"), ("high", "$0.10", ""))),),
    (WorkedExample("2 images at 2K", ("2 × $0.0412",), "~$0.082"),),
    ("Prices may differ.",),
)


async def test_prices_are_rows_tables_and_an_example() -> None:
    app = Host(PriceView())
    async with app.run_test(size=(50, 30)) as pilot:
        view = app.query_one(PriceView)
        view.show(PAGE)
        await pilot.pause()
        seen = lines(view)
        assert seen[0] == "  $0.10 each"
        assert seen[2] == "  with sound  $0.14 / s  when it is on"
        low = next(line for line in seen if "low" in line)
        head = next(line for line in seen if "quality" in line)
        assert len(low) == len(head)  # at the right of their column
        assert "For example" in "\n".join(seen)
        assert "  together  ~$0.082" in seen
        assert "Prices may differ." in "\n".join(seen)


async def test_a_table_without_room_is_said_line_by_line() -> None:
    sizes = tuple(f"{size}×{size}" for size in range(1000, 1010))
    page = PricePage("x", tables=(PriceTable("", ("quality", *sizes), (("low", *(["$0.02"] * 10)),)),))
    app = Host(PriceView())
    async with app.run_test(size=(42, 30)) as pilot:
        view = app.query_one(PriceView)
        view.show(page)
        await pilot.pause()
        text = "\n".join(lines(view))
        assert all(size in text for size in sizes)


async def test_an_unknown_price_is_words() -> None:
    app = Host(PriceView())
    async with app.run_test(size=(42, 10)) as pilot:
        view = app.query_one(PriceView)
        view.show(PricePage("price varies"))
        await pilot.pause()
        assert lines(view)[0] == "  price varies"
        view.show(None)
        assert "".join(lines(view)).strip() == ""


async def test_every_price_of_the_demo_can_be_read() -> None:
    app = Host(PriceView())
    async with app.run_test(size=(42, 60)) as pilot:
        view = app.query_one(PriceView)
        for model in demo_models().values():
            page = price_page(model)
            view.show(page)
            await pilot.pause()
            text = " ".join(" ".join(lines(view)).split())
            said = [cell for table in page.tables for row in table.rows for cell in row]
            said += [each for row in page.rows for each in (row.label, row.price)]
            assert all(each in text for each in said), model.id
