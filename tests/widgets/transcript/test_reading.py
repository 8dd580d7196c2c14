"""Keys, mouse and copies in the transcript."""

from __future__ import annotations

from textual.pilot import Pilot

from oxen_tui.widgets.transcript.turn import ToolLine, Turn
from oxen_tui.widgets.transcript.view import Transcript
from tests.widgets.transcript.host import Host, page, style_of

CODE = "Two:\n\n```python\na = 1\n```\n\n```sh\nls\n```"


def talk() -> list[Turn]:
    return [
        Turn(1, "user", "you", text="First"),
        Turn(2, "assistant", "heron", text=CODE, siblings=2),
        Turn(3, "user", "you", text="Second"),
        Turn(4, "assistant", "heron", text="[docs](https://x.test)", reasoning="Hm."),
    ]


def barred(app: Host) -> list[str]:
    """The lines that have the accent bar."""
    accent = app.view.column.painter.inks["accent"]
    strips = app.view.render_lines(app.view.size.region)
    return [strip.text[1:].strip() for strip in strips if next(iter(strip)).style == accent]


def at(app: Host, words: str) -> tuple[int, int]:
    """Where on the screen some words begin."""
    for y, line in enumerate(page(app)):
        if words in line:
            return line.index(words), y
    raise AssertionError(f"{words!r} is not on the screen")


async def drag(pilot: Pilot[None], start: tuple[int, int], end: tuple[int, int]) -> None:
    await pilot.mouse_down(offset=start)
    await pilot.hover(offset=end)
    await pilot.mouse_up(offset=end)
    await pilot.pause()


async def test_the_bar_goes_from_message_to_message() -> None:
    app = Host(talk())
    async with app.run_test(size=(80, 40)) as pilot:
        assert "thought" in " ".join(barred(app))
        await pilot.press("up")
        assert "Second" in barred(app)
        await pilot.press("k", "k", "k", "k")
        assert "First" in barred(app)
        await pilot.press("j")
        assert "a = 1" in " ".join(barred(app))
        app.set_focus(None)
        await pilot.pause()
        assert barred(app) == []


async def test_stepping_brings_messages_into_view() -> None:
    turns = [Turn(n, "user" if n % 2 else "assistant", "x", text=f"m{n} " + "word " * 60) for n in range(100)]
    app = Host(turns)
    async with app.run_test(size=(60, 20)) as pilot:
        for number in range(98, 80, -1):
            await pilot.press("up")
            assert any(f"m{number} " in line for line in barred(app))
        for number in range(82, 100):
            await pilot.press("down")
            assert any(f"m{number} " in line for line in barred(app))
        assert app.view.following


async def test_keys_say_what_is_wanted_of_the_message() -> None:
    app = Host(talk())
    async with app.run_test(size=(80, 40)) as pilot:
        await pilot.press("up", "up", "e", "r", "c", "left_square_bracket", "right_square_bracket", "d", "escape")
        await pilot.pause()
        assert app.heard[:6] == [
            Transcript.EditRequested(2),
            Transcript.RegenerateRequested(2),
            Transcript.ContinueRequested(2),
            Transcript.SiblingRequested(2, -1),
            Transcript.SiblingRequested(2, 1),
            Transcript.DeleteRequested(2),
        ]
        assert isinstance(app.heard[6], Transcript.Left)


async def test_a_message_without_branches_has_none_to_go_to() -> None:
    app = Host(talk())
    async with app.run_test(size=(80, 40)) as pilot:
        await pilot.press("right_square_bracket")
        await pilot.pause()
        assert app.heard == []


async def test_copying_gives_the_source() -> None:
    app = Host(talk())
    async with app.run_test(size=(80, 40)) as pilot:
        await pilot.press("y", "up", "up", "y", "Y", "Y", "Y")
        await pilot.pause()
        assert app.heard == [
            Transcript.Copied("[docs](https://x.test)", "message"),
            Transcript.Copied(CODE, "message"),
            Transcript.Copied("a = 1", "code block 1 of 2"),
            Transcript.Copied("ls", "code block 2 of 2"),
            Transcript.Copied("a = 1", "code block 1 of 2"),
        ]


async def test_code_is_copied_from_the_last_message_that_has_some() -> None:
    app = Host(talk())
    async with app.run_test(size=(80, 40)) as pilot:
        await pilot.press("Y")
        await pilot.pause()
        assert app.heard == [Transcript.Copied("ls", "code block 2 of 2")]


async def test_enter_opens_and_folds() -> None:
    turns = [Turn(1, "assistant", "m", text="x", reasoning="Hm.", tool_calls=[ToolLine("t", detail="all of it")])]
    app = Host(turns)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("enter")
        assert any("all of it" in line for line in page(app))
        assert any("Hm." in line for line in page(app))
        assert style_of(app, "Hm.").color == app.view.column.painter.inks["muted"].color
        await pilot.press("enter")
        assert not any("all of it" in line or "Hm." in line for line in page(app))


async def test_a_click_opens_one_fold() -> None:
    turns = [Turn(1, "assistant", "m", text="x", reasoning="Hm.", tool_calls=[ToolLine("t", detail="all of it")])]
    app = Host(turns)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.click(offset=at(app, "thought"))
        assert any("Hm." in line for line in page(app))
        assert not any("all of it" in line for line in page(app))


async def test_opening_a_fold_does_not_move_the_page() -> None:
    long = "\n\n".join(f"step {n}" for n in range(60))
    app = Host(
        [Turn(n, "user", "you", text=f"m{n}") for n in range(20)]
        + [Turn(99, "assistant", "m", text="x", reasoning=long)]
    )
    async with app.run_test(size=(80, 24)) as pilot:
        before = at(app, "thought")
        await pilot.press("enter")
        assert at(app, "thought") == before
        await pilot.press("enter")
        assert at(app, "thought") == before


async def test_a_link_is_chosen_and_not_opened() -> None:
    app = Host(talk())
    async with app.run_test(size=(80, 40)) as pilot:
        await pilot.click(offset=at(app, "docs"))
        await pilot.pause()
        assert app.heard == [Transcript.LinkChosen("https://x.test")]


async def test_a_wrapped_paragraph_is_copied_without_its_breaks() -> None:
    words = "these are some **words** that are wrapped over several lines of the page"
    app = Host([Turn(1, "assistant", "m", text=words)])
    async with app.run_test(size=(30, 20)) as pilot:
        await drag(pilot, at(app, "are"), (4, at(app, "page")[1]))
        text = app.screen.get_selected_text()
        assert text is not None
        assert "\n" not in text
        assert text.startswith("are some words that are wrapped over")


async def test_whole_blocks_are_copied_as_markdown() -> None:
    code = "```py\na = 1\n  b\n```"
    above = f"## Head\n\nSome **bold** words.\n\n- one\n- two\n\n{code}\n\n"
    source = f"{above}| a | b |\n|---|---|\n| 1 | 2 |\n\nend here"
    app = Host([Turn(1, "assistant", "m", text=source)])
    async with app.run_test(size=(80, 40)) as pilot:
        await drag(pilot, (0, at(app, "Head")[1]), at(app, "here"))
        table = "| a | b |\n| --- | --- |\n| 1 | 2 |"
        assert app.screen.get_selected_text() == f"{above}{table}\n\nend h"


async def test_a_copy_over_messages_says_who_spoke() -> None:
    app = Host(talk())
    async with app.run_test(size=(80, 40)) as pilot:
        await drag(pilot, (0, 0), at(app, "Second"))
        text = app.screen.get_selected_text()
        assert text == f"you\nFirst\n\nheron\n{CODE}\n\nyou\nS"


async def test_bars_edges_and_glyphs_are_not_copied() -> None:
    turns = [Turn(1, "user", "you", "14:02", "a"), Turn(2, "assistant", "m", "14:03", "b", reasoning="r")]
    app = Host(turns)
    async with app.run_test(size=(80, 24)) as pilot:
        await drag(pilot, (0, 0), (79, at(app, "b")[1]))
        assert app.screen.get_selected_text() == "you\na\n\nm\nthought\n\nb"


async def test_wide_characters_are_selected_whole() -> None:
    app = Host([Turn(1, "assistant", "m", text="日本語テキスト")])
    async with app.run_test(size=(40, 20)) as pilot:
        y = at(app, "日本")[1]
        await drag(pilot, (4, y), (8, y))
        assert app.screen.get_selected_text() == "本語テ"


async def test_a_selection_is_shown_and_cleared_by_a_resize() -> None:
    app = Host(talk())
    async with app.run_test(size=(80, 40)) as pilot:
        x, y = at(app, "Second")
        await drag(pilot, (x, y), (x + 3, y))
        assert style_of(app, "Seco").bgcolor == app.view.column.painter.inks["selection"].bgcolor
        await pilot.resize_terminal(60, 40)
        await pilot.pause()
        assert app.screen.get_selected_text() is None


async def test_a_double_click_selects_a_word() -> None:
    app = Host([Turn(1, "assistant", "m", text="Some words, `a.b_c` and more")])
    async with app.run_test(size=(80, 40)) as pilot:
        for near, word in (("ords", "words"), ("b_c", "a.b_c"), ("Some", "Some")):
            await pilot.click(offset=at(app, near), times=2)
            await pilot.pause()
            assert app.screen.get_selected_text() == word
            app.screen.clear_selection()
