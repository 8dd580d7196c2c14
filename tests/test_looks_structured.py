"""What answers by a schema look like."""

from __future__ import annotations

from pathlib import Path

from tests.scenes.scenes import SCENES
from tests.test_looks import played


async def test_an_answer_by_a_schema_is_a_tree_with_what_does_not_fit(tmp_path: Path) -> None:
    screen = await played(SCENES["json"], tmp_path)

    head = screen.row_of("2 problems against lights")
    assert screen.rows[head + 1].endswith('coast  "north"')
    assert screen.rows[screen.row_of("about 1790")].endswith("must be a whole number")
    assert screen.rows[screen.row_of("range_miles  missing")].endswith("is required")
    sources = screen.rows[screen.row_of("sources")]
    assert "sources  [40 entries]" in sources
    assert sources.endswith("…")
    assert len(sources) <= len(screen.rows[screen.row_of("about 1790")])  # within the margin
    assert screen.row_of("{} lights") > screen.row_of("surveyed  true")
    assert screen.rows[-1].strip().startswith("esc back   J JSON")


async def test_a_small_terminal_has_the_problems_beside_the_values_too(tmp_path: Path) -> None:
    screen = await played(SCENES["json-60x20"], tmp_path)

    assert screen.rows[screen.row_of("range_miles  missing")].endswith("is required")
    assert all(len(row) <= 60 for row in screen.rows)


async def test_its_page_says_where_one_is_and_what_can_be_done(tmp_path: Path) -> None:
    screen = await played(SCENES["json-page"], tmp_path)

    assert "2 problems against lights" in screen.rows[1]
    assert screen.rows[-2].split("   ")[0].strip() == ".lights[2]"
    assert screen.rows[-2].endswith("- fold   esc")
