"""Prices with all their figures; amounts are tested with the other wording (tests/widgets)."""

from __future__ import annotations

import pytest

from oxen_tui.money import exact_money


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
