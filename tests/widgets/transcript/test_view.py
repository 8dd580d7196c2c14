"""The transcript in an app: following, keeping the reader's place, painting little."""

from __future__ import annotations

import pytest
from textual.geometry import Region
from textual.pilot import Pilot

from oxen_tui.widgets import glyphs
from oxen_tui.widgets.transcript.turn import ToolLine, Turn
from oxen_tui.widgets.transcript.view import Transcript
from tests.widgets.transcript.host import Host, page, screen, style_of


def conversation(messages: int) -> list[Turn]:
    turns = []
    for number in range(messages):
        role, label = ("assistant", "heron") if number % 2 else ("user", "you")
        turns.append(Turn(number, role, label, text=f"message {number} " + "word " * (number * 7 % 90)))
    return turns


def streaming() -> Turn:
    return Turn(1_000, "assistant", "heron", streaming=True)


async def painted(app: Host, pilot: Pilot[None]) -> None:
    """Let what has come be painted now, without waiting for the clock."""
    app.view.jump_to_end() if app.view.following else None
    app.view._paint()
    await pilot.pause()


def regions_of(view: Transcript, monkeypatch: pytest.MonkeyPatch) -> list[Region]:
    """What is refreshed from now on."""
    refreshed: list[Region] = []
    refresh = view.refresh

    def noted(*regions: Region, **options: bool) -> Transcript:
        refreshed.extend(regions or [view.size.region])
        return refresh(*regions, **options)

    monkeypatch.setattr(view, "refresh", noted)
    return refreshed


async def test_a_conversation_opens_at_its_end() -> None:
    app = Host(conversation(40))
    async with app.run_test(size=(80, 24)):
        assert any("message 39" in line for line in page(app))
        assert app.view.following


async def test_a_short_one_begins_at_the_top() -> None:
    app = Host([Turn(1, "user", "you", text="Hello")])
    async with app.run_test(size=(40, 24)):
        assert page(app)[:2] == ["", "▐ Hello"]


async def test_thousands_of_messages_open_by_drawing_a_page() -> None:
    app = Host(conversation(5_000))
    async with app.run_test(size=(100, 30)) as pilot:
        view = app.view
        assert sum(lines.body is not None for lines in view.column.turns) < 40
        await pilot.press("g")
        assert any("message 0" in line for line in page(app))
        assert sum(lines.body is not None for lines in view.column.turns) < 80


async def test_a_page_up_shows_what_stood_above() -> None:
    app = Host(conversation(300))
    async with app.run_test(size=(80, 24)) as pilot:
        view = app.view
        for _ in range(20):
            before = page(app)
            await pilot.press("pageup")
            assert page(app)[-2:] == before[:2]
        assert not view.following
        for _ in range(5):
            before = page(app)
            await pilot.press("pagedown")
            assert page(app)[:2] == before[-2:]


async def test_the_wheel_moves_three_lines() -> None:
    app = Host(conversation(100))
    async with app.run_test(size=(80, 24)) as pilot:
        before = page(app)
        app.view.scroll_lines(-3)
        assert page(app)[3:] == before[:-3]
        app.view.scroll_lines(3)
        await pilot.pause()
        assert page(app) == before
        assert app.view.following


async def test_a_growing_answer_is_followed() -> None:
    app = Host([*conversation(20), streaming()])
    async with app.run_test(size=(80, 24)) as pilot:
        for number in range(60):
            app.view.grow(1_000, f"line {number}\n\n")
            await painted(app, pilot)
            assert any(f"line {number}▍" in line for line in page(app))
            assert screen(app) == page(app)
        app.view.update_turn(1_000, streaming=False, note="60 lines")
        await pilot.pause()
        assert any("60 lines" in line for line in screen(app))
        assert not any("▍" in line for line in screen(app))


async def test_several_lines_are_scrolled_at_once() -> None:
    app = Host([*conversation(20), streaming()])
    async with app.run_test(size=(80, 32)) as pilot:
        moves = set()
        for number in range(80):
            app.view.grow(1_000, f"line {number}\n\n")
            app.view._paint()
            moves.add(app.view.scroll_offset.y)
        assert len(moves) <= 160 / 8 + 3
        await pilot.pause()


async def test_a_reader_elsewhere_is_never_moved_but_told() -> None:
    app = Host([*conversation(60), streaming()])
    async with app.run_test(size=(80, 24)) as pilot:
        app.view.scroll_lines(-30)
        before = page(app)
        for number in range(30):
            app.view.grow(1_000, f"line {number}\n\n")
            app.view._paint()
        await pilot.pause()
        assert page(app) == before
        counts = [event.count for event in app.heard if isinstance(event, Transcript.LinesBelow)]
        assert counts[-1] == 58
        await pilot.press("G")
        await pilot.pause()
        assert isinstance(app.heard[-1], Transcript.LinesBelow)
        assert app.heard[-1].count == 0
        assert any("line 29▍" in line for line in page(app))
        app.view.grow(1_000, "and on")
        app.view._paint()
        assert any("and on▍" in line for line in page(app))


async def test_scrolling_up_leaves_a_streaming_answer() -> None:
    app = Host([*conversation(20), streaming()])
    async with app.run_test(size=(80, 24)) as pilot:
        for number in range(20):
            app.view.grow(1_000, f"line {number}\n\n")
            app.view._paint()
        app.view.scroll_lines(-4)
        assert not app.view.following
        before = page(app)
        app.view.grow(1_000, "more\n\n" * 5)
        app.view._paint()
        await pilot.pause()
        assert page(app) == before


async def test_growth_above_the_page_does_not_move_it() -> None:
    first = Turn(1_000, "assistant", "heron", streaming=True, text="Begin")
    app = Host([first, *conversation(60)])
    async with app.run_test(size=(80, 24)):
        app.view.scroll_lines(-20)
        before = page(app)
        app.view.grow(1_000, "\n\nmore" * 10)
        app.view._paint()
        assert page(app) == before
        app.view.remove_turn(1_000)
        assert page(app) == before


async def test_fragments_within_a_frame_are_painted_together(monkeypatch: pytest.MonkeyPatch) -> None:
    app = Host([streaming()])
    async with app.run_test(size=(80, 24)):
        paintings: list[int] = []
        take_in = app.view.take_in

        def counted() -> None:
            paintings.append(1)
            take_in()

        monkeypatch.setattr(app.view, "take_in", counted)
        app.view._painted_at = app.view._clock()
        for _ in range(500):
            app.view.grow(1_000, "word ")
        assert not paintings
        app.view.update_turn(1_000, streaming=False)
        assert len(paintings) == 1
        assert app.view._timer is None
        assert any("word" in line for line in page(app))


async def test_only_lines_that_changed_are_repainted(monkeypatch: pytest.MonkeyPatch) -> None:
    app = Host([*conversation(2), streaming()])
    async with app.run_test(size=(80, 40)):
        app.view.grow(1_000, "Some words")
        app.view._paint()
        refreshed = regions_of(app.view, monkeypatch)
        app.view.grow(1_000, " and more")
        app.view._paint()
        assert [region.height for region in refreshed] == [1]
        assert refreshed[0].width < 40


@pytest.mark.parametrize(
    "kind",
    ["word ", "- item with words\n", "| a | b |\n", "x = f(1)\n", "paragraph of words\n\n"],
    ids=["paragraph", "list", "table", "code", "mixed"],
)
async def test_a_frame_draws_no_more_late_in_an_answer_than_early(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    app = Host([streaming()])
    async with app.run_test(size=(80, 24)):
        view = app.view
        view.grow(1_000, {"|": "| a | b |\n|---|---|\n", "x": "```python\n"}.get(kind[0], ""))
        view._paint()
        drawn: list[str] = []

        def rounds(count: int) -> int:
            drawn.clear()
            by = view.column.painter
            draw = by.draw

            def noted(block: object, sheet: object) -> object:
                drawn.append("block")
                return draw(block, sheet)  # type: ignore[arg-type]

            monkeypatch.setattr(by, "draw", noted)
            for _ in range(count):
                view.grow(1_000, kind * 4)
                view._paint()
            monkeypatch.setattr(by, "draw", draw)
            return len(drawn)

        rounds(20)
        early = rounds(20)
        rounds(300)
        assert rounds(20) <= early * 2 + 4


async def test_a_resize_keeps_the_top_line() -> None:
    app = Host(conversation(200))
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.press("pageup", "pageup", "pageup")
        top = next(line for line in page(app) if "message" in line).split("word")[0].strip(" ▐")
        for width, height in ((70, 30), (120, 40), (60, 20), (100, 30)):
            await pilot.resize_terminal(width, height)
            await pilot.pause()
            near = [line.split("word")[0].strip(" ▐") for line in page(app)[:8]]
            assert top in near, (width, height)


async def test_a_resize_at_the_end_stays_there() -> None:
    app = Host(conversation(50))
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.resize_terminal(64, 20)
        await pilot.pause()
        assert app.view.following
        assert any("message 49" in line for line in page(app))
        assert screen(app) == page(app)


async def test_what_came_while_it_was_hidden_is_shown_to_its_end() -> None:
    app = Host([Turn(1, "user", text="before\n" * 60)])
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        app.view.display = False
        await pilot.pause()
        answer = "\n\n".join(["word " * 50] * 9)
        app.view.show([Turn(2, "user", text="why"), Turn(3, "assistant", text=answer, note="the end")])
        app.view.append(Turn(4, "assistant", reasoning="some thought", note="stopped"))
        await pilot.pause()
        app.view.display = True
        await pilot.pause()
        assert "stopped" in page(app)[-1]
        assert app.view.following


async def test_another_theme_paints_anew() -> None:
    app = Host([Turn(1, "assistant", "heron", text="Some `code` here")])
    async with app.run_test(size=(80, 24)) as pilot:
        dark = style_of(app, "code")
        app.theme = "oxen-light"
        await pilot.pause()
        light = style_of(app, "code")
        assert dark.color != light.color
        assert dark.bgcolor != light.bgcolor


@pytest.mark.parametrize("theme", ["ansi-dark", "nord", "textual-light", "solarized-dark"])
async def test_other_themes_do_not_fail(theme: str) -> None:
    app = Host(
        [Turn(1, "user", "you", text="a"), Turn(2, "assistant", "heron", text="# b\n\n```py\nx = 1\n```")], theme
    )
    async with app.run_test(size=(100, 30)):
        assert any("x = 1" in line for line in page(app))
        assert any("▄" in line for line in page(app)) is (theme != "ansi-dark")


async def test_no_colour_means_no_colour(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    app = Host([Turn(1, "assistant", "heron", text="Some `code` here")])
    async with app.run_test(size=(80, 24)):
        color = style_of(app, "code").color
        assert color is not None
        assert color.triplet is not None
        assert len(set(color.triplet)) == 1


async def test_styles_are_those_of_the_theme() -> None:
    text = "**bold** *slanted* `code`\n\n```python\nimport os  # why\n```"
    turns = [Turn(1, "assistant", "heron", "14:02", text, trouble="✕ cut off"), streaming()]
    app = Host(turns)
    async with app.run_test(size=(100, 30)):
        assert style_of(app, "bold").bold
        assert style_of(app, "slanted").italic
        assert style_of(app, "code").color.name == "#8dbdf2"  # type: ignore[union-attr]
        assert style_of(app, "import").color.name == "#c3a6f2"  # type: ignore[union-attr]
        assert style_of(app, "import").bgcolor.name == "#1b1e24"  # type: ignore[union-attr]
        assert style_of(app, "# why").italic
        assert style_of(app, "✕ cut off").color.name == "#f0807a"  # type: ignore[union-attr]
        assert style_of(app, "▍").color.name == "#63cdbf"  # type: ignore[union-attr]


async def test_changes_before_the_first_layout_are_shown_after_it() -> None:
    view = Transcript()
    view.show([Turn(1, "user", "you", text="One")])
    view.append(Turn(2, "assistant", "heron", text="Two"))
    view.update_turn(2, note="done")
    view.replace(Turn(1, "user", "you", text="Three"))

    class Late(Host):
        def compose(self):  # type: ignore[no-untyped-def]
            yield view

    app = Late()
    async with app.run_test(size=(80, 24)):
        shown = "\n".join(page(app))
        assert "Three" in shown
        assert "Two" in shown
        assert "done" in shown
        assert "One" not in shown


async def test_a_tool_call_can_change_while_it_runs() -> None:
    app = Host([Turn(1, "assistant", "heron", streaming=True)])
    async with app.run_test(size=(80, 24)):
        app.view.update_turn(1, tool_calls=[ToolLine("search", running=True)])
        assert any("◐ running" in line for line in page(app))
        app.view.update_turn(1, tool_calls=[ToolLine("search", result="7 found", seconds=0.8)])
        assert any("✓ 7 found  0.8 s" in line for line in page(app))
        app.view.update_turn(99, note="nobody")
        app.view.grow(99, "nobody")
        app.view._paint()


@pytest.mark.parametrize("size", [(20, 5), (1, 1), (300, 80)])
async def test_any_size_of_terminal_will_do(size: tuple[int, int]) -> None:
    app = Host(
        [*conversation(6), Turn(99, "assistant", "m", text="| a | b | c |\n|-|-|-|\n|1|2|3|\n\n```py\nx\n```\n> - q")]
    )
    async with app.run_test(size=size) as pilot:
        await pilot.press("up", "up", "g", "G")
        assert len(page(app)) == size[1]


async def test_what_comes_after_the_transcript_is_gone_does_no_harm() -> None:
    app = Host([streaming()])
    async with app.run_test(size=(80, 24)) as pilot:
        view = app.view
        await view.remove()
        view.grow(1_000, "late")
        view._paint()
        view.update_turn(1_000, streaming=False)
        await pilot.pause()
        assert view.column.turns[0].turn.text == "late"


async def test_plain_glyphs_are_drawn_where_they_are_chosen() -> None:
    glyphs.use(glyphs.ASCII)
    try:
        app = Host(
            [Turn(1, "user", "you", text="a"), Turn(2, "assistant", "m", text="- b\n\n```py\nx\n```", reasoning="r")]
        )
        async with app.run_test(size=(80, 24)):
            assert "".join(page(app)).isascii()
    finally:
        glyphs.use(glyphs.UNICODE)
