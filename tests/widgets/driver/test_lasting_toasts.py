"""Toasts of trouble, and the keys that take them away."""

from __future__ import annotations

from time import time

import pytest
from textual.screen import ModalScreen, Screen

from oxen_tui.widgets.driver import lasting_toasts
from oxen_tui.widgets.driver.lasting_toasts import LastingToasts


class Clock:
    def __init__(self) -> None:
        self.seconds = time()  # what a notification keeps is the true time

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(lasting_toasts, "time", clock)
    monkeypatch.setattr("textual.notifications.time", clock)
    return clock


def said(app: LastingToasts) -> list[str]:
    return [each.message for each in app._notifications]


async def test_trouble_goes_with_the_first_key_after_it_could_be_read(clock: Clock) -> None:
    app = LastingToasts()
    async with app.run_test() as pilot:
        app.notify("disk full", severity="error", timeout=1)
        await pilot.pause()
        await pilot.press("a")
        assert said(app) == ["disk full"]
        clock.seconds += 3600
        await pilot.press("left_shift")
        assert said(app) == ["disk full"]
        await pilot.press("b")
        assert said(app) == []


async def test_a_toast_that_is_no_trouble_goes_by_itself(clock: Clock) -> None:
    app = LastingToasts()
    async with app.run_test() as pilot:
        app.notify("saved", timeout=4)
        await pilot.pause()
        clock.seconds += 5
        assert said(app) == []


async def test_two_are_shown_and_trouble_gives_way_last(clock: Clock) -> None:
    app = LastingToasts()
    async with app.run_test() as pilot:
        for sentence in ("disk full", "disk full"):
            app.notify(sentence, severity="error")
            await pilot.pause()
        assert said(app) == ["disk full"]
        for sentence in ("saved", "copied"):
            app.notify(sentence)
            await pilot.pause()
        assert said(app) == ["disk full", "copied"]


async def test_a_dialog_that_opens_takes_those_away_that_are_no_trouble(clock: Clock) -> None:
    app = LastingToasts()
    async with app.run_test() as pilot:
        app.notify("disk full", severity="error")
        app.notify("saved")
        await pilot.pause()
        await app.push_screen(Screen[None]())
        assert said(app) == ["disk full", "saved"]
        await app.push_screen(ModalScreen[None]())
        assert said(app) == ["disk full"]
        app.notify("kept")
        await pilot.pause()
        assert said(app) == ["disk full", "kept"]
