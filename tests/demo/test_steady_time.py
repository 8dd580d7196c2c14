from __future__ import annotations

import time

import pytest

from oxen_tui.demo.service import steady_time


def test_a_clock_that_is_set_back_holds_nothing_up(monkeypatch: pytest.MonkeyPatch) -> None:
    before = steady_time()
    assert abs(before - time.time()) < 60
    monkeypatch.setattr(time, "time", lambda: 0.0)
    assert steady_time() >= before
