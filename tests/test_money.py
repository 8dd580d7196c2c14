"""Prices with all their figures; amounts are tested with the other wording (tests/widgets)."""

from __future__ import annotations

import pytest

from oxen_tui.money import exact_money, money


@pytest.mark.parametrize(
    ("dollars", "said"),
    [
        (0.1313, "$0.1313"),
        (0.04, "$0.04"),
        (0.0369, "$0.0369"),
        (0.003125, "$0.003125"),
        (0.00001234567, "$0.00001235"),
        (1.2, "$1.20"),
        (3.5, "$3.50"),
        (0.99999, "$1.00"),
        (1234.5, "$1,234.50"),
        (0.0, "$0.00"),
        (None, "?"),
    ],
)
def test_a_price_keeps_four_figures(dollars: float | None, said: str) -> None:
    assert exact_money(dollars) == said


def test_too_little_to_be_written_is_not_nothing() -> None:
    assert money(1e-15) == "<$0.000001"
    assert money(1e-15, estimate=True) == "~<$0.000001"
    assert exact_money(1e-18) == "<$0.000001"
