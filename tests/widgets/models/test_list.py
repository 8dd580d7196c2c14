"""The list of models: groups, columns that fold, and rows that are made when they are drawn."""

from __future__ import annotations

from collections.abc import Sequence

from oxen_tui.api.model import ModelKind
from oxen_tui.widgets.models.columns import ModelRow
from oxen_tui.widgets.models.list import ColumnTitles, ModelGroup, ModelList
from oxen_tui.widgets.row_list import RowList
from tests.widgets.host import Host, lines

TEXT_IMAGE = ("text", "image")
TERN = ModelRow("tern-2-pro", ModelKind.VIDEO, TEXT_IMAGE, price="$0.10 / s", favourite=True)
HERON = ModelRow(
    "heron-3-pro", ModelKind.CHAT, TEXT_IMAGE, context=200_000, price="$1.20 · $6.00 / M", favourite=True, marked=True
)
DRIFT = ModelRow("drift-lite", ModelKind.VIDEO, TEXT_IMAGE, price="$0.03 / s", change="cheaper")


class Rows:
    """Counts how often a row was made."""

    def __init__(self, rows: Sequence[ModelRow]) -> None:
        self.rows = rows
        self.made = 0

    def __len__(self) -> int:
        return len(self.rows)

    def key_at(self, index: int) -> str:
        return self.rows[index].id

    def row_at(self, index: int) -> ModelRow:
        self.made += 1
        return self.rows[index]

    def find(self, key: str) -> int | None:
        return next((index for index, row in enumerate(self.rows) if row.id == key), None)


def group(title: str, *rows: ModelRow) -> ModelGroup:
    return ModelGroup(title, Rows(rows))


def groups() -> list[ModelGroup]:
    return [group("Favourites", TERN, HERON), group("Used lately"), group("All", DRIFT)]


async def test_models_stand_under_faint_titles_and_empty_groups_are_left_out() -> None:
    app = Host(ModelList())
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
    app = Host(ModelList(), hears=(RowList.Highlighted,))
    async with app.run_test(size=(100, 12)) as pilot:
        view = app.query_one(ModelList)
        view.show_groups(groups())
        view.focus()
        await pilot.press("j", "j", "k", "G", "g")
        assert [message.key for message in app.heard] == [
            "heron-3-pro", "drift-lite", "heron-3-pro", "drift-lite", "tern-2-pro",
        ]  # fmt: skip
        assert view.highlighted == "tern-2-pro"


async def test_fifty_thousand_models_cost_the_rows_in_view() -> None:
    many = Rows([ModelRow(f"m-{number}") for number in range(50_000)])
    app = Host(ModelList())
    async with app.run_test(size=(100, 20)) as pilot:
        view = app.query_one(ModelList)
        view.show_groups([ModelGroup("All", many)])
        view.focus()
        await pilot.pause()
        many.made = 0
        await pilot.press("G")
        await pilot.pause()
        assert view.highlighted == "m-49999"
        assert many.made <= 2 * 20
        many.made = 0
        await pilot.press("k")
        await pilot.pause()
        assert many.made <= 2
        half = Rows(many.rows[::2])
        view.show_groups([ModelGroup("All", half)])
        await pilot.pause()
        assert half.made <= 20


async def test_the_cursor_stays_on_its_model_when_others_come_and_go() -> None:
    app = Host(ModelList(), hears=(RowList.Highlighted,))
    async with app.run_test(size=(100, 12)):
        view = app.query_one(ModelList)
        view.show_groups(groups())
        view.highlight("heron-3-pro")
        view.show_groups([group("All", DRIFT, TERN, HERON)])
        assert view.highlighted == "heron-3-pro"
        view.show_groups([group("All", DRIFT, TERN)])
        assert view.highlighted == "tern-2-pro"
        view.show_groups([])
        assert view.highlighted == ""


async def test_columns_fold_as_the_screen_narrows() -> None:
    row = {}
    for width in (110, 80, 66, 40):
        app = Host(ModelList())
        async with app.run_test(size=(width, 6)):
            view = app.query_one(ModelList)
            view.make_room(24)
            view.show_groups([group("All", HERON)])
            row[width] = " ".join(lines(view)[1].split())
    assert row == {
        110: "▌●★ heron-3-pro ≡ chat text image 200k $1.20 · $6.00 / M",
        66: "▌●★ heron-3-pro ≡ ≡▣ $1.20 · $6.00 / M",
        80: "▌●★ heron-3-pro ≡ chat text image $1.20 · $6.00 / M",
        40: "▌●★ heron-3-pro ≡ $1.20 · $6.00 / M",
    }


async def test_titles_stand_over_their_columns() -> None:
    models = ModelList()
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
    app = Host(ModelList())
    async with app.run_test(size=(60, 6)):
        view = app.query_one(ModelList)
        view.make_room(24)
        view.show_groups([group("All", ModelRow("tern-2-0-fast-image-to-video-preview-2031-01-02"))])
        assert "tern-2-0-fas…-2031-01-02" in lines(view)[1]


async def test_what_a_model_needs_and_how_it_stands_is_said() -> None:
    needing = ModelRow("edit", ModelKind.IMAGE, TEXT_IMAGE, needs_picture=True)
    own = ModelRow("ada/plates", ModelKind.IMAGE, deployment="deploying", elapsed="0:42")
    app = Host(ModelList())
    async with app.run_test(size=(100, 6)):
        view = app.query_one(ModelList)
        view.show_groups([group("All", needing, own)])
        assert "needs image" in lines(view)[1]
        assert "◐ waking 0:42" in lines(view)[2]


async def test_markup_in_a_name_is_only_text() -> None:
    app = Host(ModelList())
    async with app.run_test(size=(100, 6)):
        view = app.query_one(ModelList)
        view.show_groups([group("[b]All[/b]", ModelRow("[b]x[/b][@click=app.quit]y"))])
        assert "[b]All[/b]" in lines(view)[0]
        assert "[b]x[/b][@click=app.quit]y" in lines(view)[1]


async def test_the_first_click_looks_and_the_second_opens() -> None:
    app = Host(ModelList(), hears=(RowList.Highlighted, RowList.Chosen))
    async with app.run_test(size=(100, 12)) as pilot:
        view = app.query_one(ModelList)
        view.show_groups(groups())
        await pilot.click(ModelList, offset=(5, 2))
        assert [type(message) for message in app.heard] == [RowList.Highlighted]
        await pilot.click(ModelList, offset=(5, 2))
        assert [type(message) for message in app.heard] == [RowList.Highlighted, RowList.Chosen]


async def test_an_empty_list_says_what_to_do() -> None:
    app = Host(ModelList(empty=["Nothing", "esc clears"]))
    async with app.run_test(size=(60, 6)) as pilot:
        view = app.query_one(ModelList)
        view.focus()
        await pilot.press("j", "G", "enter", "pagedown")
        assert [line.strip() for line in lines(view)[:2]] == ["Nothing", "esc clears"]


async def test_a_moved_cursor_is_told_in_the_same_call_and_other_rows_are_no_move() -> None:
    moved: list[str] = []
    models = ModelList(lambda: moved.append(models.highlighted))
    app = Host(models)
    async with app.run_test(size=(80, 20)) as pilot:
        models.show_groups(groups())
        models.focus()
        await pilot.press("down")
        assert moved == ["heron-3-pro"]
        models.show_groups([group("All", TERN, DRIFT)], highlight="drift-lite")
        assert (moved, models.highlighted) == (["heron-3-pro"], "drift-lite")
        models.cursor = 1
        assert moved[1:] == ["tern-2-pro"]


async def test_fewer_rows_leave_no_gap_below_them() -> None:
    app = Host(ModelList())
    async with app.run_test(size=(60, 10)):
        view = app.query_one(ModelList)
        rows = [ModelRow(f"model-{number}") for number in range(100)]
        view.show_groups([group("All", *rows)], highlight="model-60")
        assert "model-60" in lines(view)[-1]
        view.show_groups([group("All", *rows[:61])], highlight="model-55")
        assert "model-60" in lines(view)[-1]
        view.show_groups([group("All", *rows[:3])])
        assert "All" in lines(view)[0]
