"""One result beside the grid."""

from __future__ import annotations

from PIL import Image

from oxen_tui.widgets.gallery.detail import GalleryDetail, ResultDetail
from oxen_tui.widgets.gallery.facts import GalleryFacts, ResultFact, ResultFacts
from oxen_tui.widgets.gallery.kin import KinList, KinRow
from oxen_tui.widgets.one_line import OneLine
from oxen_tui.widgets.picture.picture import Picture
from oxen_tui.widgets.row_list import RowList
from tests.widgets.host import Host, lines

FACTS = ResultFacts(
    (ResultFact("Model", "quill-3"), ResultFact("Paid", "$0.40", "estimate ~$0.40")), "Low sun over a harbour mouth"
)
FAMILY = (
    KinRow("", "sketch.png", note="uploaded"),
    KinRow("1", "Harbour", note="edit $0.04", ends=(True,)),
    KinRow("2", "Sun", "video", "$0.40", (True, False), is_here=True),
    KinRow("3", "Rain", "video", "$0.40", (True, True)),
)


async def test_facts_prompt_and_family_stand_under_the_picture() -> None:
    app = Host(GalleryDetail())
    async with app.run_test(size=(42, 39)) as pilot:
        await pilot.pause()
        detail = app.query_one(GalleryDetail)
        detail.show(ResultDetail("sun.mp4", "4 of 148", FACTS, FAMILY))
        assert "sun.mp4" in app.query_one("#gallery-name", OneLine).plain
        assert "4 of 148" in app.query_one("#gallery-name", OneLine).plain
        shown = [row.strip() for row in lines(app.query_one(GalleryFacts))]
        assert shown[:4] == ["Model  quill-3", "Paid   $0.40 estimate ~$0.40", "", "Low sun over a harbour mouth"]


async def test_in_few_rows_the_facts_and_the_prompt_go_before_a_larger_picture() -> None:
    five = ResultFacts(tuple(ResultFact(name, "?") for name in ("Model", "Size", "Paid", "Took", "Made")), "Low sun")
    for height in (24, 26, 28, 32):
        app = Host(GalleryDetail())
        async with app.run_test(size=(42, height)) as pilot:
            detail = app.query_one(GalleryDetail)
            detail.show(ResultDetail("sun.mp4", "4 of 148", five, FAMILY))
            await pilot.pause()
            assert app.query_one(GalleryFacts).size.height >= 7
            assert app.query_one(Picture).size.height >= 4
            assert app.query_one(KinList).size.height >= 3


async def test_the_family_is_a_tree_that_is_walked_by_keys() -> None:
    app = Host(GalleryDetail(), hears=(RowList.Chosen,))
    async with app.run_test(size=(42, 39)) as pilot:
        detail = app.query_one(GalleryDetail)
        detail.show(ResultDetail("sun.mp4", "4 of 148", FACTS, FAMILY))
        await pilot.pause()
        drawn = [row for row in lines(app.query_one(KinList)) if row]
        assert [row[2:20].rstrip() for row in drawn] == [
            "▣ sketch.png",
            "└─ ▣ Harbour",
            "   ├─ ▷ Sun",
            "   └─ ▷ Rain",
        ]
        assert [row.split("  ")[-1].strip() for row in drawn] == ["uploaded", "edit $0.04", "$0.40", "$0.40"]
        assert [row[0] for row in drawn] == [" ", " ", "▌", " "]
        detail.focus_kin()
        await pilot.press("j", "enter", "k", "k", "enter", "k", "enter")
        assert [message.key for message in app.heard] == ["3", "1", "1"]


async def test_without_kin_there_is_no_tree() -> None:
    app = Host(GalleryDetail())
    async with app.run_test(size=(42, 39)) as pilot:
        detail = app.query_one(GalleryDetail)
        detail.show(ResultDetail("sun.mp4", "", FACTS, FAMILY))
        detail.show(ResultDetail("sun.mp4", "", FACTS))
        await pilot.pause()
        assert not detail.has_kin
        assert app.query_one("#gallery-kin-title", OneLine).plain.strip() == ""
        assert "".join(lines(app.query_one(KinList))).strip() == ""


async def test_picture_and_facts_stand_side_by_side_where_there_is_room() -> None:
    app = Host(GalleryDetail())
    async with app.run_test(size=(80, 22)) as pilot:
        detail, picture, facts = app.query_one(GalleryDetail), app.query_one(Picture), app.query_one(GalleryFacts)
        detail.show(ResultDetail("sun.mp4", "", FACTS))
        detail.show_picture(frame=Image.new("RGB", (30, 20)))
        await pilot.pause()
        assert picture.region.right <= facts.region.x
        await pilot.resize_terminal(42, 40)
        await pilot.pause()
        assert picture.region.bottom <= facts.region.y


async def test_what_is_wrong_stands_first_and_foreign_text_is_only_text() -> None:
    app = Host(GalleryDetail())
    async with app.run_test(size=(60, 30)) as pilot:
        await pilot.pause()
        odd = ResultFacts(
            (ResultFact("Model", "[b]x[/b]"),), "[@click=app.quit]x[/]", "sun.mp4 is not there any more"
        )
        app.query_one(GalleryDetail).show(ResultDetail("[b]name[/b]", "", odd))
        shown = "\n".join(lines(app.query_one(GalleryFacts)))
        assert " ".join(shown.split()).startswith("✕ sun.mp4 is not there any more")
        assert "[@click=app.quit]x[/]" in shown
        assert "[b]name[/b]" in app.query_one("#gallery-name", OneLine).plain


async def test_a_tree_that_is_deep_keeps_its_names_in_view() -> None:
    app = Host(KinList())
    async with app.run_test(size=(42, 20)):
        deep = [KinRow(str(depth), f"Name {depth}", ends=(True,) * depth) for depth in range(12)]
        app.query_one(KinList).show_family(deep)
        assert all("Name" in row.text for row in (app.query_one(KinList).render_line(y) for y in range(12)))
