from __future__ import annotations

import pytest
from textual.screen import Screen

from oxen_tui.widgets.line_input import LineInput
from tests.widgets.host import Host


async def test_a_key_lays_nothing_out_but_the_field_shows_it(monkeypatch: pytest.MonkeyPatch) -> None:
    app = Host(LineInput())
    async with app.run_test(size=(20, 4)) as pilot:
        field = app.query_one(LineInput)
        field.focus()
        await pilot.press("a")
        layouts: list[object] = []
        monkeypatch.setattr(Screen, "_refresh_layout", lambda *given: layouts.append(given))
        await pilot.press(*"bcdefghijklmnopqrstuvwxyz")
        assert layouts == []
        assert field.scroll_offset.x > 0  # so that the end is in view
        await pilot.press("home")
        assert field.scroll_offset.x == 0
