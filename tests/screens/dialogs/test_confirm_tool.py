"""The question before a tool touches the world: all of it is shown, and only a key that was meant for it counts."""

from __future__ import annotations

from typing import Any

from textual.app import App
from textual.widgets import Static

from oxen_tui.panes.chat.tools import ToolChoice
from oxen_tui.screens.dialogs.confirm_tool import ConfirmTool
from oxen_tui.screens.dialogs.pick_tools import PickTools
from oxen_tui.services.tools.tool import Answered, Question, Verdict
from tests.widgets.host import Host

QUESTION = Question(
    1, "make_image", "Make a picture?", (("model", "moss"), ("prompt", "an [/ox] \x1b[2J")), "makes it  ~$0.04",
    "pictures by moss",
)  # fmt: skip
NOTHING = object()


async def answer(question: Question, *keys: str, quiet: float = 0.0) -> Any:
    """What comes of these keys; `NOTHING` while it still waits."""
    answers: list[Any] = []
    app = Host()
    async with app.run_test(size=(80, 24)) as pilot:
        app.push_screen(ConfirmTool(question, quiet), answers.append)
        await pilot.pause()
        await pilot.press(*keys)
        await pilot.pause()
    return answers[0] if answers else NOTHING


def shown(app: App[None]) -> str:
    return "\n".join(str(static.render()) for static in app.screen.query(Static) if static.visible)


async def test_each_key_is_the_word_it_says() -> None:
    assert await answer(QUESTION, "enter") == Answered(Verdict.ONCE)
    assert await answer(QUESTION, "a") == Answered(Verdict.CONVERSATION)
    assert await answer(QUESTION, "n") == Answered(Verdict.NO)
    assert await answer(QUESTION, "s") == Answered(Verdict.STOP)
    assert await answer(QUESTION, "escape") is None


async def test_a_no_may_have_a_reason() -> None:
    assert await answer(QUESTION, "r", *"too dear", "enter") == Answered(Verdict.NO, "too dear")


async def test_what_may_not_be_allowed_for_good_is_not_offered() -> None:
    for asked in (
        Question(1, "x", "Sure?", (), scope=""),
        Question(1, "x", "Sure?", (), scope="all", warning="Over the budget."),
        Question(1, "x", "Sure?", (), scope="all", holds=True),
    ):
        assert await answer(asked, "a") is NOTHING


async def test_keys_that_come_before_a_moments_rest_do_nothing() -> None:
    assert await answer(QUESTION, "a", "enter", "y", quiet=60.0) is NOTHING
    assert await answer(QUESTION, "escape", quiet=60.0) is None


async def test_all_of_it_is_shown_as_text_and_the_keys_when_they_count() -> None:
    app = Host()
    async with app.run_test(size=(80, 24)) as pilot:
        app.push_screen(ConfirmTool(QUESTION, 60.0))
        await pilot.pause()
        assert "an [/ox] " in shown(app)
        assert "\x1b" not in shown(app)
        assert "enter" not in shown(app)
        await app.push_screen(ConfirmTool(QUESTION, 0.0))
        await pilot.pause()
        assert "enter  makes it  ~$0.04" in shown(app)
        assert "a      allows pictures by moss in this chat" in shown(app)


async def test_tools_are_switched_with_space_and_kept_with_enter() -> None:
    choices = [
        ToolChoice("time", "date and time", "", "", False),
        ToolChoice("read_file", "reads files", "", "Allow a folder first", False),
        ToolChoice("tides", "when it is high", "every time", "", True),
    ]
    answers: list[Any] = []
    app = Host()
    async with app.run_test(size=(80, 24)) as pilot:
        app.push_screen(PickTools(choices, ["time", "gone"]), answers.append)
        await pilot.pause()
        await pilot.press("space", "down", "space")
        assert "Allow a folder first" in shown(app)
        await pilot.press("down", "space")
        assert "from your settings · asks every time" in shown(app)
        await pilot.press("enter")
        await pilot.pause()
        app.push_screen(PickTools(choices, []), answers.append)
        await pilot.pause()
        await pilot.press("a", "enter")
        await pilot.pause()
        app.push_screen(PickTools(choices, ["time"]), answers.append)
        await pilot.pause()
        await pilot.press("space", "escape")
        await pilot.pause()
    assert answers == [("tides",), ("time", "tides"), None]
