"""What fields were filled with is there the next time."""

from __future__ import annotations

from oxen_tui.store.store import Store


async def test_values_are_kept_by_template_and_field(store: Store) -> None:
    values = store.template_values
    assert await values.load("letter") == {}
    await values.save("letter", {"name": "Ada", "tone": "kind"})
    await values.save("letter", {"name": "Bo\nB"})
    await values.save("list", {"name": "Cy"})
    assert await values.load("letter") == {"name": "Bo\nB", "tone": "kind"}

    await values.rename("letter", "list")
    assert await values.load("letter") == {}
    assert await values.load("list") == {"name": "Bo\nB", "tone": "kind"}
