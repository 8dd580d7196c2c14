"""Two models compared: differences first, all on request, in columns or stacked."""

from __future__ import annotations

from oxen_tui.services.catalogue.model_diff import diff_models
from oxen_tui.widgets.models.diff import ModelDiff
from oxen_tui.widgets.models.diff_rows import DiffRow, DiffSection
from tests.widgets.demo_models import demo_models
from tests.widgets.host import Host, lines

SECTIONS = (
    DiffSection("Price", (DiffRow("a second", "$0.10", "$0.21"),)),
    DiffSection(
        "Request",
        (
            DiffRow("prompt", "string, required", "string, required", same=True),
            DiffRow("seed", "integer", ""),
            DiffRow("[b]x[/b]", "one two three four five six seven eight nine ten", "[/] 1"),
        ),
    ),
    DiffSection("Limits", (DiffRow("context", "8k", "8k", same=True),)),
)


async def test_differences_stand_side_by_side_where_there_is_room() -> None:
    app = Host(ModelDiff())
    async with app.run_test(size=(100, 30)) as pilot:
        view = app.query_one(ModelDiff)
        view.show("tern-2", "heron-3", SECTIONS)
        view.focus()
        await pilot.pause()
        seen = lines(view)[1:]
        assert "tern-2" in seen[0]
        assert "heron-3" in seen[0]
        assert "3 differences" in seen[2]
        assert "2 facts the same" in seen[2]
        row = next(line for line in seen if "a second" in line)
        assert seen[0].index("tern-2") == row.index("$0.10")
        assert seen[0].index("heron-3") == row.index("$0.21")
        assert not any("prompt" in line or "Limits" in line for line in seen)
        await pilot.press("a")
        assert any("prompt" in line for line in lines(view))
        assert any("Limits" in line for line in lines(view))


async def test_on_a_small_screen_they_are_stacked_and_nothing_is_cut() -> None:
    app = Host(ModelDiff())
    async with app.run_test(size=(42, 30)) as pilot:
        view = app.query_one(ModelDiff)
        view.show("tern-2", "heron-3", SECTIONS)
        await pilot.pause()
        seen = lines(view)[1:]
        assert "1  tern-2" in seen[0]
        assert "2  heron-3" in seen[1]
        text = " ".join(" ".join(seen).split())
        assert "a second 1 $0.10 2 $0.21" in text
        assert "[b]x[/b] 1 one two three four five six seven eight nine ten 2 [/] 1" in text
        assert "seed 1 integer 2 – [b]" in text


async def test_models_without_a_difference_are_said_to_have_none() -> None:
    app = Host(ModelDiff())
    async with app.run_test(size=(60, 12)) as pilot:
        view = app.query_one(ModelDiff)
        view.show("a", "b", (DiffSection("Limits", (DiffRow("context", "8k", "8k", same=True),)),))
        await pilot.pause()
        assert "No difference in what is known  1 fact the same" in "\n".join(lines(view))


async def test_what_services_compare_can_be_read_on_any_width() -> None:
    models = demo_models()
    diff = diff_models(models["tern-2-pro"], models["shoal-multishot"])
    for width in (42, 60, 120):
        app = Host(ModelDiff())
        async with app.run_test(size=(width, 300)) as pilot:
            view = app.query_one(ModelDiff)
            view.show_comparison(diff)
            await pilot.pause()
            text = "".join("".join(lines(view)).split())
            for name in (field.name for part in (diff.changed, diff.only_first, diff.only_second) for field in part):
                assert name in text
            if width < 64:  # in columns, the lines of two cells stand beside each other
                for field in diff.changed:
                    assert all("".join(word.split()) in text for word in field.words)
            assert "Tern2Pro" in text
            assert f"{diff.same}fieldthesame" in text
