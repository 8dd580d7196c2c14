"""The pages about a model: made when they are looked at, turned by keys, searched, calm when nothing changed."""

from __future__ import annotations

from dataclasses import replace

import pytest
from textual.pilot import Pilot

from oxen_tui.api.model import Model
from oxen_tui.widgets.models.detail import PAGES, ModelDetail
from oxen_tui.widgets.models.head import ModelHead
from oxen_tui.widgets.models.schema_view import SchemaView
from oxen_tui.widgets.one_line import OneLine
from oxen_tui.widgets.page.tab_line import TabLine
from oxen_tui.widgets.page.view import PageView
from tests.widgets.demo_models import FakePages, demo_models
from tests.widgets.host import Host, lines

MODEL = demo_models()["shoal-multishot"]


def view_of(detail: ModelDetail) -> PageView:
    return next(view for view in detail.query(PageView) if view.has_class("-open"))


async def shown(pilot: Pilot[None], model: Model | None = MODEL) -> ModelDetail:
    detail = pilot.app.query_one(ModelDetail)
    detail.show(model, favourite=True)
    detail.focus()
    await pilot.pause()
    return detail


async def test_the_head_says_name_kind_star_and_summary() -> None:
    app = Host(ModelDetail(FakePages()))
    async with app.run_test(size=(54, 30)) as pilot:
        detail = await shown(pilot)
        head = lines(app.query_one(ModelHead))
        assert "Shoal Multishot" in head[1]
        assert head[1].endswith("★ ▷ video")
        assert "Several shots" in head[2]
        detail.show(MODEL, favourite=False, note="price changed")
        assert "price changed" in "\n".join(lines(app.query_one(ModelHead)))
        assert "★" not in lines(app.query_one(ModelHead))[1]


async def test_a_page_is_made_when_it_is_looked_at_and_only_then() -> None:
    pages = FakePages()
    app = Host(ModelDetail(pages), hears=(ModelDetail.PageOpened,))
    async with app.run_test(size=(54, 30)) as pilot:
        detail = await shown(pilot)
        assert pages.asked == ["price line"]
        await pilot.press("l")
        assert pages.asked == ["price line", "schema"]
        await pilot.press("right")
        assert pages.asked == ["price line", "schema", "prices"]
        await pilot.press("h", "left")
        assert pages.asked == ["price line", "schema", "prices"]
        assert [message.page for message in app.heard] == ["Schema", "Pricing", "Schema", "Overview"]
        detail.show(demo_models()["osprey-director"])
        assert pages.asked[3:] == ["price line"]


@pytest.mark.parametrize(
    ("key", "page"), [("O", "Overview"), ("S", "Schema"), ("P", "Pricing"), ("R", "Request"), ("J", "Raw")]
)
async def test_every_page_has_a_key(key: str, page: str) -> None:
    app = Host(ModelDetail(FakePages(), page="Raw" if page == "Overview" else "Overview"))
    async with app.run_test(size=(60, 20)) as pilot:
        detail = await shown(pilot)
        await pilot.press(key)
        assert detail.page == page
        assert app.focused is view_of(detail)


async def test_the_same_model_again_changes_nothing_and_a_newer_one_keeps_the_place() -> None:
    pages = FakePages()
    app = Host(ModelDetail(pages, page="Schema"))
    async with app.run_test(size=(54, 16)) as pilot:
        detail = await shown(pilot)
        await pilot.press("pagedown")
        before = lines(view_of(detail))
        detail.show(replace(MODEL))
        assert pages.asked == ["schema"]
        detail.show(replace(MODEL, summary="Other words."))
        assert pages.asked == ["schema", "schema"]
        assert lines(view_of(detail)) == before


async def test_the_overview_holds_what_is_known_and_the_description() -> None:
    app = Host(ModelDetail(FakePages()))
    async with app.run_test(size=(54, 40)) as pilot:
        detail = await shown(pilot)
        text = "\n".join(lines(view_of(detail)))
        for said in (
            "shoal-multishot",
            "text, image",
            "video",
            "$0.10 / s",
            "Tidewater",
            "2 October 2026",
            "Either one",
        ):
            assert said in text


async def test_the_filter_of_the_schema_opens_with_a_key_and_closes_with_escape() -> None:
    app = Host(ModelDetail(FakePages(), page="Schema"))
    async with app.run_test(size=(60, 30)) as pilot:
        detail = await shown(pilot)
        view = view_of(detail)
        assert isinstance(view, SchemaView)
        await pilot.press("slash", *"duration")
        assert "negative_prompt" not in "\n".join(lines(view))
        await pilot.pause()
        assert "field" in app.query_one("#model-find-result", OneLine).plain
        await pilot.press("enter")
        assert app.focused is view
        await pilot.press("h")
        assert detail.page == "Overview"
        await pilot.press("l", "slash", "x", "escape")
        assert app.focused is view
        assert "negative_prompt" in "\n".join(lines(view))


async def test_letters_typed_into_the_filter_do_not_turn_pages() -> None:
    app = Host(ModelDetail(FakePages(), page="Schema"))
    async with app.run_test(size=(60, 30)) as pilot:
        detail = await shown(pilot)
        await pilot.press("slash", "h", "l", "S", "O", "left", "right")
        assert detail.page == "Schema"


async def test_a_click_on_a_name_opens_the_page() -> None:
    app = Host(ModelDetail(FakePages()))
    async with app.run_test(size=(60, 30)) as pilot:
        detail = await shown(pilot)
        await pilot.click(TabLine, offset=(15, 0))
        assert detail.page == "Schema"


@pytest.mark.parametrize("size", [(42, 18), (54, 38), (60, 20), (120, 40)])
async def test_every_page_of_every_model_fits_its_width(size: tuple[int, int]) -> None:
    app = Host(ModelDetail(FakePages()))
    async with app.run_test(size=size) as pilot:
        detail = await shown(pilot)
        for page in PAGES:
            detail.action_open(page)
            await pilot.pause()
            for model in demo_models().values():
                detail.show(model)
                view = view_of(detail)
                assert all(view.render_line(y).cell_length == size[0] for y in range(view.size.height)), (
                    page,
                    model.id,
                )


async def test_without_a_model_every_page_is_empty() -> None:
    app = Host(ModelDetail(FakePages()))
    async with app.run_test(size=(60, 20)) as pilot:
        detail = await shown(pilot, None)
        for _ in PAGES:
            assert "".join(lines(view_of(detail))).strip() == ""
            await pilot.press("l", "j", "G", "y")


async def test_names_with_markup_are_text() -> None:
    hostile = replace(MODEL, display_name="[bold]x[/b] [@click=app.quit]", summary="[/] $y", description="[/b] z")
    app = Host(ModelDetail(FakePages()))
    async with app.run_test(size=(60, 30)) as pilot:
        detail = await shown(pilot, hostile)
        assert "[bold]x[/b] [@click=app.quit]" in lines(app.query_one(ModelHead))[1]
        assert "[/b] z" in "\n".join(lines(view_of(detail)))
