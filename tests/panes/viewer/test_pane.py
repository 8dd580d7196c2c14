"""The viewer: pictures, closely and side by side, their requests, and what cannot be shown."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from oxen_tui.media.png_text import insert_texts
from oxen_tui.media.request_note import RequestNote, texts_for_png
from oxen_tui.panes.viewer.pane import ViewerPane
from oxen_tui.panes.wanted import AttachWanted, LineWanted, RequestWanted
from oxen_tui.services.opening import CannotOpen
from oxen_tui.terminal import display
from oxen_tui.terminal.display import Display, PictureMode
from oxen_tui.widgets.gallery.facts import GalleryFacts
from oxen_tui.widgets.picture.viewer_stage import ViewerCell
from tests.media.media_files import picture, png_claiming, recording
from tests.panes.viewer_host import files, halves, opened
from tests.widgets.host import lines

RED, BLUE = "c80000", "0000c8"


def noted(note: RequestNote) -> bytes:
    """A picture with this in it."""
    out = io.BytesIO()
    insert_texts(io.BytesIO(halves()), out, texts_for_png(note))
    return out.getvalue()


class TestLooking:
    async def test_a_picture_is_as_large_as_there_is_room(self, tmp_path: Path) -> None:
        async with opened(tmp_path, files(halves_png=halves())) as view:
            assert view.head.startswith("halves.png 400×200 · PNG")
            assert "fit" in view.head
            assert (view.colour(0.1, 0.5), view.colour(0.9, 0.5)) == (RED, BLUE)
            assert view.colour(0.1, 0.0) not in (RED, BLUE)  # 80 columns of 10 for 23 rows of 20: none above

    async def test_nearer_and_to_the_side(self, tmp_path: Path) -> None:
        async with opened(tmp_path, files(halves_png=halves())) as view:
            await view.press("plus", "plus", "plus")
            await view.settle()
            assert "%" in view.head
            assert "fit" not in view.head
            assert view.colour(0.1, 0.0) == RED  # the whole height is filled
            await view.press(*["right"] * 8)
            await view.settle()
            assert (view.colour(0.1, 0.5), view.colour(0.9, 0.5)) == (BLUE, BLUE)
            await view.press("0")
            await view.settle()
            assert (view.colour(0.1, 0.5), view.colour(0.9, 0.5)) == (RED, BLUE)
            assert "fit" in view.head

    async def test_pixel_by_pixel(self, tmp_path: Path) -> None:
        async with opened(tmp_path, files(halves_png=halves((4_000, 2_000)))) as view:
            await view.press("1")
            await view.settle()
            assert view.head.endswith("100%")
            assert view.pane._pixels[0].holds
            await view.press("0")
            await view.settle()
            assert not view.pane._pixels[0].holds  # memory is given back

    async def test_a_small_picture_can_be_seen_as_small_as_it_is(self, tmp_path: Path) -> None:
        async with opened(tmp_path, files(small_png=halves((40, 20)))) as view:
            before = view.cells[0].picture.size
            await view.press("1")
            await view.settle()
            assert view.head.endswith("100%")
            assert view.cells[0].picture.size.width == 40 < before.width

    async def test_a_burst_of_keys_ends_where_the_last_one_leads(self, tmp_path: Path) -> None:
        async with opened(tmp_path, files(halves_png=halves())) as view:
            await view.pilot.press(*["plus"] * 9, *["left"] * 30, "0")
            await view.settle()
            assert "fit" in view.head
            assert (view.colour(0.1, 0.5), view.colour(0.9, 0.5)) == (RED, BLUE)

    async def test_the_view_keeps_to_its_part_when_the_terminal_is_resized(self, tmp_path: Path) -> None:
        async with opened(tmp_path, files(halves_png=halves())) as view:
            await view.press("plus", "plus", "plus", "plus", *["right"] * 12)
            await view.settle()
            await view.pilot.resize_terminal(120, 40)
            await view.settle()
            assert view.colour(0.1, 0.5) == view.colour(0.9, 0.9) == BLUE


class TestFromFileToFile:
    async def test_next_and_before_and_to_the_ends(self, tmp_path: Path) -> None:
        three = files(a_png=halves(), b_png=picture("PNG", (30, 30)), c_png=halves((200, 400)))
        async with opened(tmp_path, three) as view:
            for key, name in (("n", "b.png 2 of 3"), ("n", "c.png 3 of 3"), ("n", "c.png 3"), ("p", "b.png 2")):
                await view.press(key)
                assert view.head.startswith(name)
            await view.press("end")
            assert view.head.startswith("c.png")
            await view.press("home")
            await view.settle()
            assert view.head.startswith("a.png")
            assert view.colour(0.1, 0.5) == RED

    async def test_another_file_is_seen_whole(self, tmp_path: Path) -> None:
        async with opened(tmp_path, files(a_png=halves(), b_png=halves())) as view:
            await view.press("plus", "plus", "n")
            await view.settle()
            assert "fit" in view.head

    async def test_two_and_four_side_by_side(self, tmp_path: Path) -> None:
        four = files(a_png=halves(), b_png=halves((300, 300)), c_png=halves(), d_png=halves(), e_png=halves())
        async with opened(tmp_path, four, (120, 40)) as view:
            await view.press("v")
            await view.settle()
            assert [cell.display for cell in view.cells] == [True, True, False, False]
            assert (view.colour(0.1, 0.5, 1), view.colour(0.9, 0.5, 1)) == (RED, BLUE)
            await view.press("v")
            await view.settle()
            assert all(cell.display for cell in view.cells)
            await view.press("tab", "tab")
            assert view.head.startswith("c.png 3 of 5")
            await view.press("v")
            await view.settle()
            assert view.head.startswith("c.png 3 of 5")
            assert not view.pane.compares

    async def test_side_by_side_may_be_left_while_they_are_brought_nearer(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        four = files(a_png=halves(), b_png=halves(), c_png=halves(), d_png=halves())
        async with opened(tmp_path, four, (120, 40)) as view:
            await view.press("v", "v")
            await view.settle()
            show, pane = view.pane._show_view, view.pane

            async def show_and_leave(number: int, cell: ViewerCell) -> None:
                await show(number, cell)
                if pane.compares:
                    pane.leave_comparison()

            monkeypatch.setattr(pane, "_show_view", show_and_leave)
            await view.press("plus")
            await view.settle()
            assert not pane.compares
            assert view.head.startswith("a.png 1 of 4")

    async def test_side_by_side_all_go_nearer_to_the_same_part(self, tmp_path: Path) -> None:
        two = files(a_png=halves(), b_png=halves((800, 400)))
        async with opened(tmp_path, two, (120, 40)) as view:
            await view.press("v", *["plus"] * 4, *["right"] * 10)
            await view.settle()
            assert [view.colour(0.2, 0.5, cell) for cell in (0, 1)] == [BLUE, BLUE]
            await view.press("tab")
            await view.settle()
            assert [view.colour(0.2, 0.5, cell) for cell in (0, 1)] == [BLUE, BLUE]

    async def test_the_marked_ones_are_set_side_by_side(self, tmp_path: Path) -> None:
        four = files(a_png=halves(), b_png=halves(), c_png=halves(), d_png=halves())
        async with opened(tmp_path, four) as view:
            await view.press("n", "m", "end", "m")
            assert view.head.startswith("d.png 4 of 4 ●")
            await view.press("v")
            assert [view.pane.items[place].path.name for place in view.pane._cells] == ["b.png", "d.png"]
            await view.press("v")
            assert not view.pane.compares


class TestTheRequest:
    async def test_it_stands_beside_the_picture(self, tmp_path: Path) -> None:
        note = RequestNote(model="moss-image-xl", prompt="A lighthouse", body={"seed": 7}, cost=0.04)
        async with opened(tmp_path, files(a_png=noted(note)), (100, 30)) as view:
            await view.press("i")
            await view.settle()
            told = "\n".join(lines(view.pane.query_one(GalleryFacts)))
            for words in ("moss-image-xl", "A lighthouse", "$0.04", "7"):
                assert words in told
            assert view.cells[0].picture.size.width < 60
            await view.press("i")
            await view.settle()
            assert view.cells[0].picture.size.width == 100

    async def test_on_a_narrow_terminal_it_takes_the_place_of_the_picture(self, tmp_path: Path) -> None:
        async with opened(tmp_path, files(a_png=noted(RequestNote(prompt="Fog"))), (60, 20)) as view:
            await view.press("i")
            assert view.pane.query_one(GalleryFacts).size.width == 60
            assert not view.pane.query_one("#viewer-middle").display

    async def test_the_form_is_built_from_it(self, tmp_path: Path) -> None:
        body = {"model": "moss-image-xl", "prompt": "A lighthouse", "seed": 7}
        note = RequestNote(model="moss-image-xl", prompt="A lighthouse", body=body)
        async with opened(tmp_path, files(a_png=noted(note))) as view:
            await view.press("e")
            (wanted,) = view.told(RequestWanted)
            assert (wanted.model_id, wanted.body) == ("moss-image-xl", body)

    async def test_a_prompt_alone_is_worth_a_form(self, tmp_path: Path) -> None:
        out = io.BytesIO()
        insert_texts(io.BytesIO(halves()), out, {"parameters": "A lighthouse\nSteps: 20"})
        async with opened(tmp_path, files(a_png=out.getvalue())) as view:
            await view.press("e")
            (wanted,) = view.told(RequestWanted)
            assert (wanted.model_id, wanted.body) == ("", {"prompt": "A lighthouse"})

    async def test_where_there_is_none_the_key_does_nothing(self, tmp_path: Path) -> None:
        async with opened(tmp_path, files(a_png=halves())) as view:
            await view.press("e")
            assert view.told(RequestWanted) == []
            assert not view.pane.may("recall")


class TestTheFile:
    async def test_it_comes_into_the_gallery_only_by_its_key(self, tmp_path: Path) -> None:
        async with opened(tmp_path, files(a_png=halves())) as view:
            jobs = view.pane.session.store.jobs
            assert await jobs.results() == ()
            await view.press("a")
            await view.wait(lambda: bool(view.said), "the word")
            assert view.said == ["a.png is in the gallery"]
            (kept,) = await jobs.results()
            assert view.pane.item.job.id == kept.id
            assert not view.pane.may("keep")

    async def test_a_copy_is_saved_under_its_own_name(self, tmp_path: Path) -> None:
        async with opened(tmp_path, files(a_png=halves())) as view:
            await view.press("s")
            (wanted,) = view.told(LineWanted)
            assert wanted.suggestion.endswith("/a.png")
            wanted.take(str(tmp_path / "saved" / "b.png"))
            await view.wait(lambda: bool(view.said), "the word")
            assert (tmp_path / "saved" / "b.png").read_bytes() == halves()

    async def test_its_path_is_copied_and_it_goes_to_the_chat(self, tmp_path: Path) -> None:
        async with opened(tmp_path, files(a_png=halves())) as view:
            await view.press("y", "c")
            assert view.app.clipboard == str(tmp_path / "files" / "a.png")
            (wanted,) = view.told(AttachWanted)
            assert wanted.paths == (tmp_path / "files" / "a.png",)

    async def test_without_a_desktop_it_is_said_what_else_to_do(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def refuse(_: Path) -> None:
            raise CannotOpen("There is no desktop at this terminal to open it on.")

        monkeypatch.setattr("oxen_tui.panes.viewer.pane.open_outside", refuse)
        async with opened(tmp_path, files(a_png=halves())) as view:
            await view.press("o")
            assert "s saves a copy" in view.said[0]

    async def test_esc_steps_back_one_thing_at_a_time(self, tmp_path: Path) -> None:
        async with opened(tmp_path, files(a_png=halves(), b_png=halves())) as view:
            await view.press("v", "escape")
            assert not view.pane.compares
            assert view.told(ViewerPane.Closed) == []
            await view.press("escape")
            assert len(view.told(ViewerPane.Closed)) == 1


HOSTILE = {
    "corrupt_png": (halves()[:60] + bytes(40) + halves()[100:], "damaged"),
    "cut_png": (halves((900, 900))[:-300], "cut off"),
    "empty_png": (b"", "empty"),
    "huge_png": (png_claiming(20_000, 20_000), "too large"),
    "page_png": (b"<!doctype html><html>502</html>", "web page"),
    "drawing_svg": (b"<svg xmlns='x'></svg>", "SVG drawing"),
    "cut_mp4": (recording("mp4", video="mpeg4", seconds=4.0)[:500], "cut off"),
}


class TestWhatCannotBeShown:
    async def test_each_says_why_and_disturbs_nothing_else(self, tmp_path: Path) -> None:
        content = {name: content for name, (content, _) in HOSTILE.items()}
        async with opened(tmp_path, files(**content, good_png=halves()), (100, 24)) as view:
            for _, why in HOSTILE.values():
                await view.settle()
                await view.wait(lambda why=why: why in " ".join(view.shown()), why)  # type: ignore[misc]
                await view.press("plus", "1", "space", "right", "i", "i", "n")
            await view.settle()
            assert (view.colour(0.1, 0.5), view.colour(0.9, 0.5)) == (RED, BLUE)

    async def test_one_of_them_stands_beside_a_good_one(self, tmp_path: Path) -> None:
        async with opened(tmp_path, files(bad_png=b"<html></html>", good_png=halves())) as view:
            await view.press("v")
            await view.settle()
            assert "web page" in " ".join(view.shown(0))
            assert view.colour(0.1, 0.5, 1) == RED

    async def test_a_file_of_another_type_than_its_name_says_is_shown(self, tmp_path: Path) -> None:
        async with opened(tmp_path, files(wrong_jpg=halves())) as view:
            assert "PNG" in view.head
            assert view.colour(0.1, 0.5) == RED

    async def test_a_sound_is_told_of(self, tmp_path: Path) -> None:
        async with opened(tmp_path, files(sound_wav=recording("wav", audio="pcm_s16le", seconds=2))) as view:
            assert "A sound of 0:02" in " ".join(view.shown())
            assert "0:02 · WAV" in view.head
            await view.press("space", "plus", "full_stop")

    async def test_where_no_pictures_are_shown_a_line_tells_of_it(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(display, "_in_use", Display(PictureMode.NONE))
        async with opened(tmp_path, files(a_png=halves())) as view:
            await view.wait(lambda: "400×200 · PNG" in " ".join(view.shown()), "the line")
            await view.press("plus")
            assert not view.pane.may("zoom")
