from __future__ import annotations

import pytest

from oxen_tui.services.context.room import context_warning


@pytest.mark.parametrize(
    ("used", "length", "draft", "warning"),
    [
        (None, 1000, 0, ""),
        (900, None, 0, ""),
        (850, 1000, 0, ""),
        (851, 1000, 0, "context 85% full: /context has ways out"),
        (100, 1000, 3599, ""),
        (100, 1000, 3600, "the next question may not fit: /context has ways out"),
        (1200, 1000, 0, "the next question may not fit: /context has ways out"),
    ],
)
def test_a_context_that_is_nearly_full_is_said_with_the_ways_out(
    used: int | None, length: int | None, draft: int, warning: str
) -> None:
    assert context_warning(used, length, draft) == warning
