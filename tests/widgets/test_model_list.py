"""The list of models: groups, columns that fold, and rows that are made when they are drawn."""

from __future__ import annotations

from typing import Any

from oxen_tui.api.model import Model
from oxen_tui.widgets.model_list import ColumnTitles, ModelGroup, ModelList, ModelNote
from oxen_tui.widgets.row_list import RowList
from tests.widgets.host import Host, lines


def model(name: str, output: str = "video", takes: tuple[str, ...] = ("text", "image"), **more: Any) -> Model:
    return Model.from_json({"id": name, "capabilities": {"input": list(takes), "output": [output]}, **more})


TERN, HERON, DRIFT = model("tern-2-pro"), model("heron-3-pro", "text", context_length=200_000), model("drift-lite")
NOTES = {
    "tern-2-pro": ModelNote("$0.10 / s", favourite=True),
    "heron-3-pro": ModelNote("$1.20 · $6.00 / M", favourite=True, marked=True),
    "drift-lite": ModelNote("$0.03 / s", change="cheaper"),
}


class Described:
    """Counts how often a row was asked for."""

    def __init__(self) -> None:
        self.asked = 0

    def __call__(self, each: Model) -> ModelNote:
        self.asked += 1
        return NOTES.get(each.id, ModelNote("price varies"))


def groups() -> list[ModelGroup]:
    return [ModelGroup("Favourites", [TERN, HERON]), ModelGroup("Used lately", []), ModelGroup("All", [DRIFT])]


async def test_models_stand_under_faint_titles_and_empty_groups_are_left_out() -> None:
    app = Host(ModelList(Described()))
    async with app.run_test(size=(100, 12)):
        view = app.query_one(ModelList)
        view.show_groups(groups())
        shown = [" ".join(line.split()) for line in lines(view)][:6]
        assert shown == [
            "Favourites",
            "▌ ★ tern-2-pro ▷ video text image $0.10 / s",
            "●★ heron-3-pro ≡ chat text image 200k $1.20 · $6.00 / M",
            "",
            "All",
            "drift-lite cheaper ▷ video text image $0.03 / s",
        ]


async def test_the_cursor_goes_from_group_to_group_and_says_where_it_is() -> None:
    app = Host(ModelList(Described()), hears=(RowList.Highlighted,))
    async with app.run_test(size=(100, 12)) as pilot:
        view = app.query_one(ModelList)
        view.show_groups(groups())
        view.focus()
        await pilot.press("j", "j", "k", "G", "g")
        assert [message.key for message in app.heard] == [
            "heron-3-pro", "drift-lite", "heron-3-pro", "drift-lite", "tern-2-pro",
        ]  # fmt: skip
        assert view.model is TERN


async def test_fifty_thousand_models_cost_the_rows_in_view() -> None:
    described = Described()
    many = [model(f"m-{number}") for number in range(50_000)]
    app = Host(ModelList(described))
    async with app.run_test(size=(100, 20)) as pilot:
        view = app.query_one(ModelList)
        view.show_groups([ModelGroup("All", many)])
        view.focus()
        await pilot.pause()
        described.asked = 0
        await pilot.press("G")
        await pilot.pause()
        assert view.highlighted == "m-49999"
        assert described.asked <= 2 * 20
        described.asked = 0
        await pilot.press("k")
        await pilot.pause()
        assert described.asked <= 2
        described.asked = 0
        view.show_groups([ModelGroup("All", many[::2])])
        await pilot.pause()
        assert described.asked <= 20


async def test_the_cursor_stays_on_its_model_when_others_come_and_go() -> None:
    app = Host(ModelList(Described()), hears=(RowList.Highlighted,))
    async with app.run_test(size=(100, 12)):
        view = app.query_one(ModelList)
        view.show_groups(groups())
        view.highlight("heron-3-pro")
        view.show_groups([ModelGroup("All", [DRIFT, TERN, HERON])])
        assert view.highlighted == "heron-3-pro"
        view.show_groups([ModelGroup("All", [DRIFT, TERN])])
        assert view.highlighted == "tern-2-pro"
        view.show_groups([])
        assert view.model is None


async def test_columns_fold_as_the_screen_narrows() -> None:
    row = {}
    for width in (110, 66, 60, 40):
        app = Host(ModelList(Described()))
        async with app.run_test(size=(width, 6)):
            view = app.query_one(ModelList)
            view.measure([model("a-name-that-is-as-long-as-many-are")])
            view.show_groups([ModelGroup("All", [HERON])])
            row[width] = " ".join(lines(view)[1].split())
    assert row == {
        110: "▌●★ heron-3-pro ≡ chat text image 200k $1.20 · $6.00 / M",
        66: "▌●★ heron-3-pro ≡ chat ≡▣ $1.20 · $6.00 / M",
        60: "▌●★ heron-3-pro ≡ ≡▣ $1.20 · $6.00 / M",
        40: "▌●★ heron-3-pro ≡ $1.20 · $6.00 / M",
    }


async def test_titles_stand_over_their_columns() -> None:
    models = ModelList(Described())
    app = Host(ColumnTitles(models), models)
    async with app.run_test(size=(100, 12)) as pilot:
        models.show_groups(groups())
        await pilot.pause()
        titles = lines(app.query_one(ColumnTitles))[0]
        row = lines(models)[2]
        assert titles.index("Model") == row.index("heron")
        assert titles.index("Kind") == row.index("≡")
        assert titles.index("Takes") == row.index("text")
        assert len(titles) == len(row)


async def test_a_long_name_keeps_its_end() -> None:
    app = Host(ModelList(Described()))
    async with app.run_test(size=(60, 6)):
        view = app.query_one(ModelList)
        long = model("tern-2-0-fast-image-to-video-preview-2031-01-02")
        view.measure([long])
        view.show_groups([ModelGroup("All", [long])])
        assert "tern-2-0-fas…w-2031-01-02" in lines(view)[1]


async def test_what_a_model_needs_and_how_it_stands_is_said() -> None:
    schema = {"properties": {"image": {"type": "string", "format": "uri"}}, "required": ["image"]}
    needing, own = model("edit", "image", request_schema=schema), model("ada/plates")
    NOTES["ada/plates"] = ModelNote("$0.0011 / s", deployment="deploying", elapsed="0:42")
    app = Host(ModelList(Described()))
    async with app.run_test(size=(100, 6)):
        view = app.query_one(ModelList)
        view.show_groups([ModelGroup("All", [needing, own])])
        assert "needs image" in lines(view)[1]
        assert "◐ waking 0:42" in lines(view)[2]


async def test_markup_in_a_name_is_only_text() -> None:
    app = Host(ModelList(Described()))
    async with app.run_test(size=(100, 6)):
        view = app.query_one(ModelList)
        view.show_groups([ModelGroup("[b]All[/b]", [model("[b]x[/b][@click=app.quit]y")])])
        assert "[b]All[/b]" in lines(view)[0]
        assert "[b]x[/b][@click=app.quit]y" in lines(view)[1]


async def test_the_first_click_looks_and_the_second_opens() -> None:
    app = Host(ModelList(Described()), hears=(RowList.Highlighted, RowList.Chosen))
    async with app.run_test(size=(100, 12)) as pilot:
        view = app.query_one(ModelList)
        view.show_groups(groups())
        await pilot.click(ModelList, offset=(5, 2))
        assert [type(message) for message in app.heard] == [RowList.Highlighted]
        await pilot.click(ModelList, offset=(5, 2))
        assert [type(message) for message in app.heard] == [RowList.Highlighted, RowList.Chosen]


async def test_an_empty_list_says_what_to_do() -> None:
    app = Host(ModelList(Described(), empty=["Nothing", "esc clears"]))
    async with app.run_test(size=(60, 6)) as pilot:
        view = app.query_one(ModelList)
        view.focus()
        await pilot.press("j", "G", "enter", "pagedown")
        assert [line.strip() for line in lines(view)[:2]] == ["Nothing", "esc clears"]
