from __future__ import annotations

from collections.abc import Iterator

import pytest

from oxen_tui.widgets import motion
from oxen_tui.widgets.wording import whole_seconds


@pytest.fixture(autouse=True)
def as_it_was() -> Iterator[None]:
    yield
    motion.reduce(False)


def test_seconds_are_counted_one_by_one() -> None:
    assert [whole_seconds(seconds) for seconds in (0, 0.9, 7.2, 65)] == ["0 s", "0 s", "7 s", "1:05"]
    assert motion.tick() == motion.USUAL


def test_with_reduced_motion_they_are_said_at_five_ten_thirty_and_each_minute() -> None:
    motion.reduce(True)
    said = {whole_seconds(seconds) for seconds in range(130)}
    assert said == {"0 s", "5 s", "10 s", "30 s", "1:00", "2:00"}
    assert motion.tick() == motion.REDUCED
