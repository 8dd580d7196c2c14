"""Pictures beside each other."""

from __future__ import annotations

import pytest

from oxen_tui.widgets.picture.viewer_stage import ViewerStage
from tests.widgets.host import Host


@pytest.mark.parametrize("columns", [120, 121])
async def test_pictures_beside_each_other_are_shown_at_one_size(columns: int) -> None:
    app = Host(ViewerStage())
    async with app.run_test(size=(columns, 38)) as pilot:
        stage = app.query_one(ViewerStage)
        for number in (2, 4):
            stage.divide(number)
            await pilot.pause()
            assert len({cell.size.width for cell in stage.cells[:number]}) == 1
