"""On every kind of link a key is echoed soon, and the link is used."""

from __future__ import annotations

from oxen_tui.terminal.send_window import LEAST, SendWindow
from tests.terminal.simulated_link import send


def test_a_slow_link_is_filled_and_no_line_stands_before_a_frame() -> None:
    sent = send(150_000, rate=62_500, round_trip=0.001, jitter=0.002)

    assert sent.wait(0.95) < 0.05
    assert sent.seconds < 1.2 * 150_000 / 62_500


def test_a_slow_link_that_is_also_long_is_used() -> None:
    sent = send(150_000, rate=62_500, round_trip=0.3, jitter=0.004)

    assert sent.wait(0.5) < 0.08
    assert sent.seconds < 2.0 * 150_000 / 62_500


def test_a_fast_terminal_takes_a_picture_at_once() -> None:
    assert send(150_000, rate=20e6, round_trip=0.001, jitter=0.001).seconds < 0.1


def test_a_terminal_that_is_busy_is_not_taken_for_a_slow_link() -> None:
    assert send(150_000, rate=20e6, round_trip=0.005, jitter=0.015).seconds < 4


def test_nothing_is_so_slow_that_nothing_is_sent() -> None:
    window = SendWindow(0.001)
    for number in range(50):
        window.answered(number * 10.0, number * 10.0 + (number and 5), 512, 4096)

    assert window.size == LEAST
