"""Two texts compared: in columns or one under another, what is the same folded away."""

from __future__ import annotations

from oxen_tui.services.conversation.text_diff import diff_texts
from oxen_tui.widgets.page.diff_lines import DiffHead
from oxen_tui.widgets.page.diff_view import DiffHeads, DiffView
from tests.widgets.host import Host, lines

SAME = "\n".join(f"line {number}" for number in range(10))
DIFF = diff_texts(
    f"The gull sits on the pier.\n{SAME}\nonly here [/b]", f"The gull sat on the pier.\n{SAME}\nnew\nthings"
)


def host() -> Host:
    return Host(DiffHeads(), DiffView(), hears=(DiffView.Copied,))


async def test_they_stand_side_by_side_where_there_is_room() -> None:
    app = host()
    async with app.run_test(size=(110, 20)) as pilot:
        view = app.query_one(DiffView)
        view.show(DIFF.blocks, DIFF.as_text())
        app.query_one(DiffHeads).show((DiffHead("tern", "1/2", "5 tokens"), DiffHead("heron", "2/2", "")))
        view.focus()
        await pilot.pause()
        heads, seen = lines(app.query_one(DiffHeads)), lines(view)
        second = heads[0].index("+ heron")
        assert heads[1].split() == ["5", "tokens"]
        assert seen[0].index("− The gull sits on the pier.") == 2
        assert seen[0].index("+ The gull sat on the pier.") == second
        assert seen[2].split() == ["…", "8", "lines", "the", "same"]
        assert seen[4].split() == ["−", "only", "here", "[/b]", "+", "new"]
        assert seen[5].index("+ things") == second
        await pilot.press("a")
        assert len([line for line in lines(view) if "line" in line]) == 10


async def test_on_a_small_screen_one_follows_the_other() -> None:
    app = host()
    async with app.run_test(size=(60, 20)) as pilot:
        view = app.query_one(DiffView)
        view.show(DIFF.blocks, DIFF.as_text())
        app.query_one(DiffHeads).show((DiffHead("tern", "1/2", "5 tokens"), DiffHead("heron", "2/2", "")))
        await pilot.pause()
        assert [line.strip() for line in lines(app.query_one(DiffHeads))] == ["− tern  1/2  5 tokens", "+ heron  2/2"]
        seen = [line.strip() for line in lines(view) if line.strip()]
    assert seen == [
        "− The gull sits on the pier.",
        "+ The gull sat on the pier.",
        "line 0",
        "… 8 lines the same",
        "line 9",
        "− only here [/b]",
        "+ new",
        "+ things",
    ]


async def test_words_that_differ_are_set_off() -> None:
    app = host()
    async with app.run_test(size=(60, 20)) as pilot:
        view = app.query_one(DiffView)
        view.show(DIFF.blocks, "")
        await pilot.pause()
        bold = [segment.text for segment in view.render_line(1) if segment.style is not None and segment.style.bold]
    assert bold == ["sat"]


async def test_changes_are_gone_through_and_copied() -> None:
    apart = diff_texts(f"a\n{SAME}\nb\n{SAME}\nc", f"x\n{SAME}\ny\n{SAME}\nz")
    app = host()
    async with app.run_test(size=(60, 8)) as pilot:
        view = app.query_one(DiffView)
        view.show(apart.blocks, apart.as_text())
        view.focus()
        await pilot.press("a", "n")
        assert lines(view)[0].strip() == "− b"
        await pilot.press("n")
        assert "− c" in [line.strip() for line in lines(view)]
        await pilot.press("N", "N")
        assert lines(view)[0].strip() == "− a"
        await pilot.press("y")
        assert app.heard[0].text == apart.as_text()
