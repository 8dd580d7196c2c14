"""The tree of a request schema: what is on the screen, what folds, what the filter leaves, what is drawn at all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import pytest
from textual.pilot import Pilot

from oxen_tui.services.schema.lines import SchemaLine
from oxen_tui.widgets.models.schema_rows import Path, SchemaDrawing
from oxen_tui.widgets.models.schema_view import SchemaView
from oxen_tui.widgets.page.view import PageView
from tests.widgets.demo_models import demo_models, model_of, schema_source, wide_model
from tests.widgets.host import Host, lines

FIELDS = {
    "prompt": {"type": "string", "description": "What to draw.", "maxLength": 200},
    "mode": {"type": "string", "enum": ["fast", "fine", "wild", "calm", "odd", "even"], "default": "fine"},
    "camera": {
        "type": "object",
        "properties": {"motion": {"type": "string"}, "strength": {"type": "number", "minimum": 0, "maximum": 1}},
    },
    "secret": {"type": "string", "x-hidden": True},
}


class CountingSource:
    """Counts the lines that are taken."""

    def __init__(self, properties: int) -> None:
        self._source = schema_source(wide_model(properties))
        self.taken = 0

    def __call__(
        self, *, toggled: frozenset[Path], hidden: bool, filter_words: str, open_all: bool
    ) -> Iterable[SchemaLine]:
        for line in self._source(toggled=toggled, hidden=hidden, filter_words=filter_words, open_all=open_all):
            assert isinstance(line, SchemaLine)
            self.taken += 1
            yield line


def all_text(view: SchemaView) -> Iterator[str]:
    """Every line of the page, whatever of it is in view."""
    page = view.lines
    page.reach(1_000_000)
    for index in range(page.known):
        yield page.strip(index).text


def shown(app: Host, properties: dict[str, Any]) -> None:
    view = app.query_one(SchemaView)
    view.show(schema_source(model_of(properties)))
    view.focus()


async def settled(pilot: Pilot[None]) -> SchemaView:
    await pilot.pause()
    return pilot.app.query_one(SchemaView)


async def test_a_field_stands_with_its_type_and_limits_in_columns() -> None:
    app = Host(SchemaView())
    async with app.run_test(size=(60, 20)) as pilot:
        shown(app, FIELDS)
        view = await settled(pilot)
        seen = lines(view)
        assert "prompt" in seen[0]
        assert "string" in seen[0]
        assert "≤ 200" in seen[0]
        strings = [line.index("string") for line in seen[:2] if "string" in line]
        assert len(set(strings)) == 1
        assert any("├─ motion" in line for line in seen)
        assert any("└─ strength" in line and "0 … 1" in line for line in seen)


async def test_what_is_said_of_the_field_under_the_cursor_stands_at_the_foot() -> None:
    app = Host(SchemaView())
    async with app.run_test(size=(60, 20)) as pilot:
        shown(app, FIELDS)
        view = await settled(pilot)
        assert "What to draw." in "\n".join(lines(view)[-4:])
        await pilot.press("j")
        assert "What to draw." not in "\n".join(lines(view))
        await pilot.press("d")
        assert "What to draw." in "\n".join(lines(view)[:4])


async def test_enter_unfolds_and_folds_and_the_cursor_stays() -> None:
    app = Host(SchemaView())
    async with app.run_test(size=(60, 30)) as pilot:
        shown(app, FIELDS)
        view = await settled(pilot)
        await pilot.press("j")
        assert "▸ mode" in lines(view)[1]
        await pilot.press("enter")
        assert "▾ mode" in lines(view)[1]
        assert "├─ fast" in lines(view)[2]
        await pilot.press("j", "j", "enter")  # from one of its values
        assert "▸ mode" in lines(view)[1]
        assert lines(view)[1].startswith("▌")


async def test_hidden_fields_are_counted_and_come_when_asked_for() -> None:
    app = Host(SchemaView())
    async with app.run_test(size=(60, 30)) as pilot:
        shown(app, FIELDS)
        view = await settled(pilot)
        assert "secret" not in "\n".join(lines(view))
        assert "1 hidden field" in "\n".join(lines(view))
        await pilot.press("full_stop")
        assert "secret" in "\n".join(lines(view))


async def test_the_filter_leaves_what_has_the_words_and_says_how_many() -> None:
    app = Host(SchemaView(), hears=(PageView.Searched,))
    async with app.run_test(size=(60, 20)) as pilot:
        shown(app, FIELDS)
        view = await settled(pilot)
        view.find("strength")
        assert "prompt" not in "\n".join(lines(view))
        assert "strength" in "\n".join(lines(view))
        view.find("nowhere")
        view.find("")
        assert "prompt" in lines(view)[0]
        await pilot.pause()
        assert [message.result for message in app.heard] == ["2 fields", "no field has these words", ""]


async def test_the_name_of_a_field_can_be_copied() -> None:
    app = Host(SchemaView(), hears=(PageView.Copied,))
    async with app.run_test(size=(60, 20)) as pilot:
        shown(app, FIELDS)
        await pilot.press("j", "y")
        assert [message.text for message in app.heard] == ["mode"]


async def test_a_schema_of_5000_fields_is_read_as_far_as_it_is_seen() -> None:
    app = Host(SchemaView())
    async with app.run_test(size=(60, 30)) as pilot:
        source = CountingSource(5_000)
        view = await settled(pilot)
        view.show(source)
        view.focus()
        await pilot.pause()
        assert "field_0" in lines(view)[0]
        assert source.taken < 300
        await pilot.press("j", "j", "pagedown")
        assert source.taken < 500
        await pilot.press("G")
        while not view.lines.complete:
            await pilot.pause()
        await pilot.pause()
        assert any("field_4999" in line for line in lines(view))
        await pilot.press("g")
        assert "field_0" in lines(view)[0]


@pytest.mark.parametrize("width", [42, 60, 120])
async def test_every_name_and_every_value_of_the_demo_can_be_read_on_the_screen(width: int) -> None:
    app = Host(SchemaView())
    async with app.run_test(size=(width, 40)) as pilot:
        view = await settled(pilot)
        view.focus()
        await pilot.press("full_stop")
        for model in demo_models().values():
            view.show(schema_source(model))
            view.action_open_all()
            text = "\n".join(all_text(view))
            for name, values in said_by(model.request_schema):
                assert name in text, (model.id, name)
                for value in values:
                    assert value in text, (model.id, name, value)


async def test_what_is_cut_off_in_a_line_is_whole_at_the_foot() -> None:
    app = Host(SchemaView())
    async with app.run_test(size=(42, 40)) as pilot:
        view = await settled(pilot)
        paper = view.paper
        for model in demo_models().values():
            rows = schema_source(model)(toggled=frozenset(), hidden=True, filter_words="", open_all=True)
            drawing = SchemaDrawing(paper, rows, described=False)
            for entry in drawing.entries():
                about = "".join(piece.text for line in drawing.about(entry) for piece in line)
                for word in (word for row in (entry.row, *entry.texts) for word in row.words):
                    assert word.text in about, (model.id, entry.row.path)


def said_by(schema: object) -> Iterator[tuple[str, list[str]]]:
    """Names of fields at any depth and the values of their enums."""
    if isinstance(schema, list):
        for each in schema:
            yield from said_by(each)
    if not isinstance(schema, dict):
        return
    for key, value in schema.items():
        if key == "properties" and isinstance(value, dict):
            for name, entry in value.items():
                values = entry.get("enum", []) if isinstance(entry, dict) else []
                yield name, [str(each) for each in values if isinstance(each, str | int | float)]
        yield from said_by(value)


async def test_markup_in_names_is_text() -> None:
    hostile = {"[bold]name[/bold]": {"type": "string", "default": "[@click=app.quit]x[/]", "description": "[/b] $x"}}
    app = Host(SchemaView())
    async with app.run_test(size=(80, 20)) as pilot:
        shown(app, hostile)
        view = await settled(pilot)
        assert "[bold]name[/bold]" in lines(view)[0]
        assert "[@click=app.quit]x[/]" in lines(view)[0]
        assert "[/b] $x" in "\n".join(lines(view)[-5:])


async def test_sixty_levels_do_not_break_the_tree() -> None:
    inner: dict[str, Any] = {"type": "string"}
    for level in range(60):
        inner = {"type": "object", "properties": {f"level_{level}": inner}}
    app = Host(SchemaView())
    async with app.run_test(size=(60, 20)) as pilot:
        shown(app, {"deep": inner})
        view = await settled(pilot)
        await pilot.press("u", "G", "enter", "pageup")
        assert view.lines.known > 10
        assert all(len(line) <= 60 for line in lines(view))


async def test_a_model_without_a_schema_says_so() -> None:
    app = Host(SchemaView())
    async with app.run_test(size=(60, 20)) as pilot:
        view = await settled(pilot)
        view.show(None, empty="The catalogue says nothing of what it takes")
        view.focus()
        await pilot.press("j", "G", "enter", "u", "y", "pagedown")
        assert lines(view)[0].strip() == "The catalogue says nothing of what it takes"
