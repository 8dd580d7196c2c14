from __future__ import annotations

from textual.app import App

from oxen_tui.screens.dialogs.usage import Usage
from oxen_tui.services.usage import UsageSection
from oxen_tui.store.spending import Sum
from oxen_tui.store.usage import Used
from oxen_tui.widgets import palette
from oxen_tui.widgets.row_list import RowList
from tests.widgets.host import lines


async def test_what_is_not_known_is_never_shown_as_a_sum() -> None:
    known = Used("claude", 2, 0, 18_400, 900, 0, Sum(0.25))
    partly = Used("heron", 3, 1, 500, 20, 1, Sum(0.1, True))
    unknown = Used("own", 1, 0, 0, 0, 1, Sum(0.0, True))
    pictures = Used("flux", 0, 4, 0, 0, 0, Sum(0.16))
    models = (known, pictures, partly, unknown)
    sections = (UsageSection("Today", models, sum(models, Used())), UsageSection("This session", (), Used()))
    app: App[None] = App()
    palette.install(app)
    async with app.run_test(size=(60, 20)) as pilot:
        await app.push_screen(Usage(sections))
        await pilot.pause()
        drawn = [line.replace("▌", " ").split() for line in lines(app.screen.query_one(RowList)) if line.strip()]
    assert drawn == [
        ["Today", "asked", "in", "out", "cost"],
        ["claude", "2", "18.4k", "900", "$0.25"],
        ["flux", "4", "$0.16"],
        ["heron", "4", "≥500", "≥20", "≥$0.10"],
        ["own", "1", "?", "?", "?"],
        ["all", "11", "≥18.9k", "≥920", "≥$0.51"],
        ["This", "session", "asked", "in", "out", "cost"],
        ["nothing", "yet"],
    ]
