"""The grid that draws only what is in view."""

from __future__ import annotations

import pytest

from oxen_tui.widgets.gallery.grid import GalleryGrid
from oxen_tui.widgets.gallery.tile import Tile, caption
from tests.widgets.gallery_tiles import MadeTiles
from tests.widgets.host import Host, lines


def grid_of(app: Host) -> GalleryGrid:
    return app.query_one(GalleryGrid)


async def test_the_selected_tile_alone_has_a_box() -> None:
    app = Host(GalleryGrid())
    async with app.run_test(size=(78, 34)):
        grid = grid_of(app)
        grid.show(MadeTiles(20))
        grid.focus()
        drawn = lines(grid)
        assert drawn[0] == "  ┌────────────────────────┐"
        assert drawn[1][2] == drawn[1][27] == "│"
        assert drawn[9] == ("  └─ Picture 0      $0.04 ─┘ Picture 1        $0.04   Picture 2        $0.04")
        assert sum("┌" in row for row in drawn) == 1
        assert drawn[10] == ""


async def test_keys_move_the_box() -> None:
    app = Host(GalleryGrid(), hears=(GalleryGrid.Highlighted,))
    async with app.run_test(size=(78, 34)) as pilot:
        grid = grid_of(app)
        grid.show(MadeTiles(20))
        grid.focus()
        await pilot.press("l", "j", "right", "down", "h", "k", "up", "left", "h")
        assert [message.key for message in app.heard] == ["1", "4", "5", "8", "7", "4", "1", "0"]
        app.heard.clear()
        await pilot.press("G", "k", "j", "g", "pagedown", "pageup")
        assert [message.key for message in app.heard] == ["19", "16", "19", "0", "9", "0"]


async def test_down_into_a_row_that_is_not_full_goes_to_its_end() -> None:
    app = Host(GalleryGrid())
    async with app.run_test(size=(78, 34)) as pilot:
        grid = grid_of(app)
        grid.show(MadeTiles(7))
        grid.focus()
        await pilot.press("j", "l", "l", "j")
        assert grid.highlighted == "6"
        await pilot.press("j")
        assert grid.highlighted == "6"


async def test_only_what_is_in_view_is_drawn_and_rows_are_never_cut_at_the_top() -> None:
    app = Host(GalleryGrid())
    async with app.run_test(size=(78, 34)) as pilot:
        grid = grid_of(app)
        tiles = MadeTiles(5000)
        grid.show(tiles)
        grid.focus()
        await pilot.pause()
        assert set(tiles.drawn) <= {str(place) for place in range(12)}
        for _ in range(4):
            await pilot.press("j")
        await pilot.pause()
        assert grid.highlighted == "12"
        assert grid.scroll_offset.y % grid.layout_now.pitch == 0
        assert "Picture 12" in lines(grid)[2 * 11 + 9]
        await pilot.press("G")
        await pilot.pause()
        assert "Picture 4999" in lines(grid)[2 * 11 + 9]
        assert len(set(tiles.drawn)) < 60


async def test_pictures_in_view_are_wanted_first_then_the_rows_around() -> None:
    app = Host(GalleryGrid(), hears=(GalleryGrid.Viewed,))
    async with app.run_test(size=(78, 34)) as pilot:
        grid = grid_of(app)
        grid.show(MadeTiles(60))
        assert grid.box == (22, 16)
        assert grid.wanted == [str(place) for place in range(15)]
        app.heard.clear()
        grid.focus()
        await pilot.press("G", "k", "k", "k")
        await pilot.pause()
        assert grid.highlighted == "50"
        assert grid.wanted[:3] == ["48", "49", "50"]
        assert grid.wanted[-3:] == ["45", "46", "47"]
        assert app.heard


async def test_a_picture_that_comes_is_drawn_and_only_its_tile() -> None:
    app = Host(GalleryGrid())
    async with app.run_test(size=(78, 34)) as pilot:
        grid = grid_of(app)
        tiles = MadeTiles(9)
        tiles.there = False
        grid.show(tiles)
        await pilot.pause()
        assert sum(row.count("▣") for row in lines(grid)) == 9
        tiles.there = True
        tiles.drawn.clear()
        grid.redraw("4")
        await pilot.pause()
        assert set(tiles.drawn) == {"4"}
        assert sum(row.count("▣") for row in lines(grid)) == 8
        grid.redraw("77")


async def test_the_box_stays_round_its_tile_when_others_come_and_go() -> None:
    app = Host(GalleryGrid(), hears=(GalleryGrid.Highlighted,))
    async with app.run_test(size=(78, 34)) as pilot:
        grid = grid_of(app)
        tiles = MadeTiles(20)
        grid.show(tiles)
        grid.go_to("7")
        tiles.keys = ["99", *tiles.keys]
        tiles.keys.remove("3")
        await pilot.pause()
        app.heard.clear()
        grid.show(tiles)
        assert grid.highlighted == "7"
        tiles.keys.remove("7")
        grid.show(tiles, highlight="")
        assert grid.highlighted == "8"
        tiles.keys.clear()
        grid.show(tiles)
        assert grid.highlighted == ""
        assert app.heard == []


async def test_another_size_keeps_the_selected_tile_in_view() -> None:
    app = Host(GalleryGrid())
    async with app.run_test(size=(160, 45)) as pilot:
        grid = grid_of(app)
        grid.show(MadeTiles(200))
        grid.go_to("117")
        for size in ((60, 20), (30, 10), (20, 5), (200, 60), (78, 34)):
            await pilot.resize_terminal(*size)
            await pilot.pause()
            first, last = grid.in_view
            assert first <= 117 < last, size
            assert all(len(row) <= size[0] for row in lines(grid))


async def test_clicks_select_and_a_second_one_opens() -> None:
    app = Host(GalleryGrid(), hears=(GalleryGrid.Highlighted, GalleryGrid.Opened))
    async with app.run_test(size=(78, 34)) as pilot:
        grid = grid_of(app)
        grid.show(MadeTiles(20))
        app.heard.clear()
        await pilot.click(GalleryGrid, offset=(31, 14))
        await pilot.click(GalleryGrid, offset=(31, 14))
        await pilot.click(GalleryGrid, offset=(27, 14))
        assert [(type(message).__name__, message.key) for message in app.heard] == [
            ("Highlighted", "4"),
            ("Opened", "4"),
        ]


async def test_an_empty_grid_says_what_to_do_and_takes_keys() -> None:
    app = Host(GalleryGrid(empty=("Nothing yet", "3 opens Create")))
    async with app.run_test(size=(78, 34)) as pilot:
        grid = grid_of(app)
        grid.show(MadeTiles(0))
        grid.focus()
        await pilot.press("j", "l", "G", "g", "pagedown", "pageup")
        assert [row.strip() for row in lines(grid)[:2]] == ["Nothing yet", "3 opens Create"]
        assert grid.wanted == []


async def test_what_cannot_be_shown_says_why_in_its_tile() -> None:
    app = Host(GalleryGrid())
    async with app.run_test(size=(78, 34)):
        grid = grid_of(app)
        grid.show(MadeTiles(3, trouble="The file is no picture: its first bytes are of no known kind"))
        said = " ".join(" ".join(row[4:26] for row in lines(grid)[1:9]).split())
        assert said == "✕ The file is no picture: its first bytes are of no known kind"


@pytest.mark.parametrize(
    ("tile", "said"),
    [
        (Tile("1", "Harbour sun", "$0.04"), "Harbour sun      $0.04"),
        (Tile("1", "Harbour sun", "0:05", "video"), "Harbour sun     ▷ 0:05"),
        (Tile("1", "Harbour suns", "$0.04", marked=True, favourite=True), "● ★ Harbour su…  $0.04"),
        (Tile("1", "[b]x[/b][@click=app.quit]", "?"), "[b]x[/b][@click=ap…  ?"),
        (Tile("1", "灯台と夕日の長い題名です", ""), "灯台と夕日の長い題名…"),
    ],
)
def test_a_caption_is_one_line_of_the_tiles_width(tile: Tile, said: str) -> None:
    from rich.cells import cell_len

    drawn = "".join(text for text, _ in caption(tile, 22, selected=False))
    assert cell_len(drawn) == 22
    assert drawn.rstrip() == said


async def test_the_terminals_own_colours_and_plain_signs_do_as_well(monkeypatch: pytest.MonkeyPatch) -> None:
    from oxen_tui.widgets import glyphs

    monkeypatch.setattr(glyphs, "_in_use", glyphs.ASCII)
    app = Host(GalleryGrid())
    async with app.run_test(size=(78, 34)):
        grid = grid_of(app)
        grid.show(MadeTiles(3))
        assert lines(grid)[0] == "  +------------------------+"
        assert lines(grid)[9].startswith("  +- Picture 0      $0.04 -+")
