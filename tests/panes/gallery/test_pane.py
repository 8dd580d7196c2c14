"""What the user does in the gallery."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from oxen_tui.panes.gallery.pane import GalleryPane
from oxen_tui.panes.wanted import AttachWanted, LineWanted, RequestWanted, SureWanted
from oxen_tui.services.queue.generation_queue import GenerationQueue
from oxen_tui.store.job import Job, Origin
from oxen_tui.store.store import Store
from oxen_tui.widgets.gallery.facts import GalleryFacts
from oxen_tui.widgets.gallery.kin import KinList
from tests.panes.gallery_host import MODEL, opened, some, text_of
from tests.scenes.stage import make_nothing
from tests.services.gallery_jobs import add_result
from tests.widgets.host import lines


async def test_the_newest_stands_first_with_what_is_known_of_it(tmp_path: Path) -> None:
    async with opened(tmp_path) as gallery:
        assert gallery.prompts[0] == gallery.here == "A teapot"
        facts = "\n".join(lines(gallery.pane.query_one(GalleryFacts)))
        assert "Model  moss-image-xl" in facts
        assert "Seed   7" in facts
        assert "Paid   $0.04 estimate ~$0.04" in facts
        assert gallery.foot == "1-6 of 6"
        await gallery.wait(lambda: text_of(gallery.grid).count("✕") == 2, "what is wrong with two files")


async def test_an_empty_gallery_says_what_to_do(tmp_path: Path) -> None:
    async with opened(tmp_path, make_nothing) as gallery:
        assert [row.strip() for row in lines(gallery.grid)[:2]] == ["No pictures or clips yet", "3 opens Create"]
        await gallery.press(*"erdmascyoufi", "enter", "space", "tab", "escape")
        assert gallery.said == []
        assert gallery.told(GalleryPane.ViewWanted) == []


async def test_words_kinds_and_favourites_narrow_it_and_esc_clears(tmp_path: Path) -> None:
    async with opened(tmp_path) as gallery:
        await gallery.press("slash", *"fav")
        assert gallery.prompts == [gallery.here] == ["Fog in firs"]
        await gallery.press("escape", *"odd", "enter")
        assert lines(gallery.grid)[0].strip() == "Nothing is like that"
        await gallery.press("escape")
        assert len(gallery.prompts) == 6
        await gallery.press("right_square_bracket", "right_square_bracket")
        assert gallery.prompts == ["Gulls"]
        gallery.pane._filter.put("date:soon")
        await gallery.wait(lambda: "soon is no date" in gallery.foot, "what means nothing")


async def test_marks_are_counted_with_their_bytes_and_deleted_together(tmp_path: Path) -> None:
    async with opened(tmp_path) as gallery:
        await gallery.press("m", "l", "m")
        assert "2 marked" in gallery.foot
        await gallery.press("d")
        await gallery.wait(lambda: len(gallery.prompts) == 4, "two to be gone")
        await gallery.wait(lambda: gallery.said == ["2 results in the trash · u brings back"], "the toast")
        await gallery.press("u")
        await gallery.wait(lambda: len(gallery.prompts) == 6, "two to be back")
        await gallery.press("m", "M")
        assert "marked" not in gallery.foot


async def test_deleting_goes_on_to_the_next_and_the_store_remembers(tmp_path: Path) -> None:
    async with opened(tmp_path) as gallery:
        await gallery.press("delete")
        await gallery.wait(lambda: gallery.here == "Not a picture", "the next one")
        assert len(await gallery.pane.session.store.jobs.results()) == 5
        await gallery.press("f")
        await gallery.wait(lambda: "★ Not a" in text_of(gallery.grid), "the star")


async def test_the_family_is_walked(tmp_path: Path) -> None:
    async with opened(tmp_path) as gallery:
        gallery.pane.go_to(3)
        await gallery.wait(lambda: gallery.here == "Gulls", "the clip")
        await gallery.press("a")
        kin = gallery.pane.query_one(KinList)
        await gallery.wait(lambda: kin.has_focus, "the tree")
        drawn = [row[1:].strip(" └─▣▷").split("  ")[0] for row in lines(kin) if row]
        assert drawn == ["Harbour", "Warmer", "Gulls"]
        await gallery.press("k", "enter")
        assert gallery.here == "Warmer"
        await gallery.press("k", "enter", "escape")
        assert gallery.here == "A harbour"
        await gallery.wait(lambda: gallery.grid.has_focus, "the grid")


async def test_going_to_one_that_the_filter_leaves_out_clears_it(tmp_path: Path) -> None:
    async with opened(tmp_path) as gallery:
        await gallery.press("slash", *"gulls", "enter", "a", "k", "enter")
        assert gallery.here == "Warmer"
        assert len(gallery.prompts) == 6


async def test_a_request_is_recalled_with_its_parents(tmp_path: Path) -> None:
    async with opened(tmp_path) as gallery:
        gallery.pane.go_to(2)
        await gallery.press("e")
        (wanted,) = gallery.told(RequestWanted)
        assert (wanted.model_id, wanted.parents) == (MODEL, (1,))
        assert wanted.body == {"model": MODEL, "prompt": "The harbour, warmer", "seed": 7}


async def test_a_result_goes_into_a_request_to_a_model_that_takes_it(tmp_path: Path) -> None:
    async with opened(tmp_path) as gallery:
        await gallery.press("i")
        await gallery.wait(lambda: bool(gallery.told(GalleryPane.InputWanted)), "models to choose from")
        choices = gallery.told(GalleryPane.InputWanted)[0].choices
        kinds = [choice.kind for choice in choices]
        assert kinds == sorted(kinds, key=["image", "video", "audio"].index)
        assert MODEL in [choice.model_id for choice in choices]
        assert all(choice.price for choice in choices)
        gallery.pane.use_with(6, MODEL)
        await gallery.pilot.pause()
        (wanted,) = gallery.told(RequestWanted)
        assert wanted.parents == (6,)
        assert "result-0006.png" in str(wanted.body)


async def test_running_again_tells_the_price_first_and_sends_another_seed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[tuple[dict[str, Any], dict[str, Any]]] = []

    async def send(_: GenerationQueue, body: dict[str, Any], **how: Any) -> tuple[Job, ...]:
        sent.append((body, how))
        return ()

    monkeypatch.setattr(GenerationQueue, "send", send)
    async with opened(tmp_path) as gallery:
        await gallery.pane.session.catalogue.load()
        await gallery.press("r")
        (asked,) = gallery.told(SureWanted)
        assert "~$0.04" in asked.explanation
        assert "another seed" in asked.explanation
        assert asked.yes.endswith("~$0.04")
        assert sent == []
        asked.go_on()
        await gallery.wait(lambda: bool(gallery.said), "the request")
        body, how = sent[0]
        assert body["prompt"] == "A teapot"
        assert body["seed"] != 7
        assert how["estimate"] == pytest.approx(0.04)
        assert gallery.said == [f"{MODEL} runs again · 4 opens the queue"]
        gallery.pane.go_to(5)
        await gallery.press("r")
        assert gallery.said[1] == "quill-3 is not in the catalogue any more. e recalls the request"


async def test_a_copy_is_saved_where_the_user_says(tmp_path: Path) -> None:
    async with opened(tmp_path / "home") as gallery:
        await gallery.press("m", "s")
        (wanted,) = gallery.told(LineWanted)
        wanted.take(f"{tmp_path}/saved/{{prompt}}")
        await gallery.wait(lambda: bool(gallery.said), "the copy")
        assert len(list((tmp_path / "saved").glob("*.png"))) == 1
        assert gallery.said[0].startswith("Saved ")
        wanted.take("{nothing}")
        await gallery.wait(lambda: len(gallery.said) == 2, "what is wrong with the name")


async def test_a_missing_file_is_said_and_nothing_else_is_disturbed(tmp_path: Path) -> None:
    async def with_gap(store: Store, folder: Path) -> None:
        await some(store, folder)
        (folder / "result-0006.png").unlink()

    async with opened(tmp_path, with_gap) as gallery:
        await gallery.wait(lambda: "missing" in text_of(gallery.grid), "the tile to say so")
        facts = gallery.pane.query_one(GalleryFacts)
        await gallery.wait(lambda: "not there any more" in text_of(facts), "the detail to say so")
        await gallery.press("s", "i", "c", "o")
        assert gallery.said == ["result-0006.png is not there any more"] * 4


async def test_the_path_is_copied_and_files_are_handed_to_the_chat(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "WSL_DISTRO_NAME"):
        monkeypatch.delenv(name, raising=False)
    async with opened(tmp_path) as gallery:
        copied: list[str] = []
        monkeypatch.setattr(gallery.app, "copy_to_clipboard", copied.append)
        await gallery.press("y", "o", "c")
        assert [Path(path).name for path in copied] == ["result-0006.png"]
        assert gallery.said[0] == "Copied the path of result-0006.png"
        assert "y copies the path" in gallery.said[1]
        (wanted,) = gallery.told(AttachWanted)
        assert [str(path) for path in wanted.paths] == copied


async def test_enter_and_space_ask_for_the_full_screen(tmp_path: Path) -> None:
    async with opened(tmp_path) as gallery:
        await gallery.press("l", "enter", "space")
        gallery.pane.go_to(3)
        await gallery.press("space")
        wanted = gallery.told(GalleryPane.ViewWanted)
        assert [(each.index, each.play) for each in wanted] == [(1, False), (3, True)]
        assert wanted[0].job_ids == (6, 5, 4, 3, 2, 1)


async def test_a_file_that_was_only_opened_here_tells_no_request(tmp_path: Path) -> None:
    async def one(store: Store, folder: Path) -> None:
        known: dict[str, Any] = {"origin": Origin.OPENED, "body": {}, "prompt": "", "cost": None, "estimate": None}
        await add_result(store, folder, 1, model="", **known)

    async with opened(tmp_path, one) as gallery:
        assert "result-0001" in text_of(gallery.grid)
        assert "$" not in text_of(gallery.grid)
        await gallery.press("e", "r")
        assert len(gallery.said) == 2


@pytest.mark.parametrize("size", [(80, 22), (60, 18), (30, 8)])
async def test_grid_and_detail_take_turns_where_there_is_little_room(tmp_path: Path, size: tuple[int, int]) -> None:
    async with opened(tmp_path, size=size) as gallery:
        assert not gallery.pane._detail.region
        await gallery.press("tab")
        await gallery.wait(lambda: bool(gallery.pane._detail.region), "the detail")
        assert not gallery.grid.region
        await gallery.press("escape")
        await gallery.wait(lambda: gallery.grid.has_focus, "the grid")
        strips = gallery.app.screen._compositor.render_strips()
        assert all(len(strip.text.rstrip()) <= size[0] for strip in strips)


async def test_what_the_queue_brings_is_there_without_a_key(tmp_path: Path) -> None:
    async with opened(tmp_path) as gallery:
        session = gallery.pane.session
        await session.generations._book.load()
        await add_result(session.store, session.results.folder, 7, prompt="Fresh")
        await session.generations._book.sync()
        await gallery.wait(lambda: gallery.here == "Fresh", "the new one in the box")
