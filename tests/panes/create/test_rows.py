"""What the rows of a form are, for every schema of the demo."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from oxen_tui.api.model import Model, ModelKind
from oxen_tui.panes.create.media import addresses_in
from oxen_tui.panes.create.places import COUNT_KEY, REST_KEY, Part, Place
from oxen_tui.panes.create.prices import price_notes
from oxen_tui.panes.create.rows import FormRows, FormState
from oxen_tui.services.form.request_form import RequestForm
from oxen_tui.services.inputs.media_inputs import MediumFacts
from oxen_tui.services.schema.media import MediaKind
from oxen_tui.widgets.form.row import Control, FormRow
from tests.schema_cases import SchemaCase, demo_cases
from tests.widgets.demo_models import demo_models

CASES = [case for case in demo_cases() if case.model.kind is not ModelKind.CHAT]


def rows_of(
    form: RequestForm, state: FormState | None = None, media: Mapping[str, MediumFacts] | None = None
) -> list[FormRow]:
    return FormRows().rows(form, state or FormState(), media or {}, price_notes(form))


def row_of(rows: list[FormRow], *path: str | int, part: Part = Part.VALUE) -> FormRow:
    return next(row for row in rows if row.key == Place(part, path).key)


def model(properties: dict[str, Any], **more: Any) -> Model:
    return Model("a-model", outputs=frozenset({"image"}), request_schema={"properties": properties, **more})


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_every_visible_field_has_a_row_and_no_hidden_one(case: SchemaCase) -> None:
    form = RequestForm(case.model)
    rows = rows_of(form, FormState(rest_open=True))
    tops = {Place.read(row.key).path[0] for row in rows if Place.read(row.key).path}

    assert tops == {field.name for field in form.schema.visible}
    assert len({row.key for row in rows}) == len(rows)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_what_is_shown_first_is_what_is_required_or_basic(case: SchemaCase) -> None:
    form = RequestForm(case.model)
    shown = {Place.read(row.key).path[0] for row in rows_of(form) if len(Place.read(row.key).path) == 1}

    assert shown == {field.name for field in form.schema.first}


def test_the_rest_is_counted_and_what_is_set_of_it_is_shown() -> None:
    form = RequestForm(demo_models()["tern-2-pro"])
    rest = rows_of(form)[-1]
    assert (rest.key, rest.hint) == (REST_KEY, "6 more fields, all at their defaults")

    form.set(("seed",), 4127)
    rows = rows_of(form)
    assert row_of(rows, "seed").text == "4127"
    assert rows[-1].hint == "5 more fields, all at their defaults"


def test_how_many_stands_before_the_rest_and_is_set_only_above_one() -> None:
    form = RequestForm(demo_models()["tern-2-pro"])
    count = next(row for row in rows_of(form) if row.key == COUNT_KEY)
    assert (count.text, count.placeholder, count.is_set) == ("", "1", False)
    form.count = 3
    count = next(row for row in rows_of(form) if row.key == COUNT_KEY)
    assert (count.text, count.is_set) == ("3", True)


def test_kinds_of_fields_have_the_controls_for_them() -> None:
    rows = rows_of(RequestForm(demo_models()["tern-2-pro"]), FormState(rest_open=True))
    controls = {row.label: row.control for row in rows if row.depth == 0 and row.label}

    assert controls == {
        "prompt": Control.TEXT,
        "image": Control.MEDIUM,
        "seconds": Control.STEPPER,
        "resolution": Control.CHOICE,
        "how many": Control.STEPPER,
        "camera": Control.GROUP,
        "generate_audio": Control.SWITCH,
        "seed": Control.LINE,
        "negative_prompt": Control.TEXT,
        "webhook": Control.TEXT,
        "namespace": Control.LINE,
    }


def test_choices_say_what_this_very_request_would_cost_with_them() -> None:
    form = RequestForm(demo_models()["tern-2-pro"])
    form.set(("seconds",), 10)
    rows = rows_of(form, FormState(rest_open=True))

    assert [option.note for option in row_of(rows, "resolution").options] == ["~$0.50", "~$1.00", "~$2.00", "~$3.20"]
    assert row_of(rows, "generate_audio").hint == "adds ~$0.40"


def test_choices_that_cost_the_same_say_nothing() -> None:
    rows = rows_of(RequestForm(demo_models()["moss-image-xl"]))

    assert {option.note for option in row_of(rows, "aspect_ratio").options} == {""}


def test_a_required_field_that_was_not_touched_is_no_mistake_yet() -> None:
    form = RequestForm(demo_models()["tern-2-pro"])
    assert row_of(rows_of(form), "prompt").problem == ""
    assert row_of(rows_of(form, FormState(touched={("prompt",)})), "prompt").problem == "is required"
    assert row_of(rows_of(form, FormState(all_touched=True)), "prompt").problem == "is required"


def test_entries_of_a_list_are_rows_below_it_and_can_be_moved() -> None:
    form = RequestForm(demo_models()["shoal-multishot"])
    form.add_entry(("multi_prompt",))
    form.set(("multi_prompt", 0, "prompt"), "Waves")
    rows = rows_of(form)
    shots, first = row_of(rows, "multi_prompt"), row_of(rows, "multi_prompt", 0)
    prompt = row_of(rows, "multi_prompt", 0, "prompt")

    assert (shots.hint, shots.control) == ("1 of 6 entries", Control.LIST)
    assert (first.is_entry, first.in_list, first.depth) == (True, True, 1)
    assert (prompt.text, prompt.is_entry, prompt.in_list) == ("Waves", False, True)
    folded = rows_of(form, FormState(folds={("multi_prompt",): False}))
    assert not any(row.label == "multi_prompt 1" for row in folded)


def test_several_media_are_a_row_each_with_a_slot_for_one_more() -> None:
    form = RequestForm(demo_models()["reef-stage"])
    form.add_entry(("input_images",), "file:///pictures/ox.png")
    form.add_entry(("input_images",), "https://example.com/sea.png")
    facts = MediumFacts("file:///pictures/ox.png", "ox.png", MediaKind.IMAGE, "image/png", 412_000, 1536, 1024)
    rows = rows_of(form, media={facts.address: facts})
    first, second = (row_of(rows, "input_images", number, part=Part.MEDIUM) for number in range(2))
    slot = row_of(rows, "input_images", part=Part.SLOT)

    assert first.chip is not None
    assert (first.label, first.chip.name, first.chip.facts) == ("input_images", "ox.png", "1536×1024 · 412 KB")
    assert first.text == "/pictures/ox.png"
    assert second.chip is not None
    assert (second.label, second.chip.name) == ("", "sea.png from example.com")
    assert slot.placeholder == "one more · 2 of 9"


def test_a_value_of_several_forms_has_a_row_to_choose_one() -> None:
    circle = {"type": "object", "title": "Circle", "properties": {"radius": {"type": "number"}}}
    corners = {"type": "array", "title": "Corners", "items": {"type": "number"}}
    form = RequestForm(model({"shape": {"oneOf": [circle, corners]}}, required=["shape"]))
    rows = rows_of(form)
    choosing = [row for row in rows if Place.read(row.key).part is Part.VARIANT]

    assert choosing
    for row in choosing:
        assert [option.text for option in row.options] == ["Circle", "Corners"]
        below = rows[rows.index(row) + 1]
        assert (row.control, below.label, below.follows) == (Control.CHOICE, "", True)


def test_numbers_and_words_in_one_field_are_typed_in_a_line() -> None:
    row = row_of(rows_of(RequestForm(demo_models()["reef-stage"]), FormState(rest_open=True)), "duration")

    assert (row.control, row.digits, row.placeholder) == (Control.LINE, True, "auto")


def test_a_field_that_nothing_is_said_of_is_edited_as_json() -> None:
    form = RequestForm(model({"mood": {}}, required=["mood"]))
    form.set(("mood",), {"a": 1})
    row = row_of(rows_of(form), "mood")

    assert (row.control, row.text) == (Control.TEXT, '{\n  "a": 1\n}')


def test_what_did_not_change_is_the_same_row_again() -> None:
    form, rows, state = RequestForm(demo_models()["moss-image-xl"]), FormRows(), FormState()
    before = rows.rows(form, state, {}, {})
    form.set(("prompt",), "An ox")
    after = rows.rows(form, state, {}, {})

    assert [old is new for old, new in zip(before[:-2], after[:-2], strict=True)] == [False, True, True]


def test_five_thousand_fields_are_rows_in_a_moment_and_only_once() -> None:
    properties = {f"field_{number}": {"type": "string", "enum": ["a", "b"]} for number in range(5000)}
    form, rows, state = RequestForm(model(properties)), FormRows(), FormState(rest_open=True)
    before = rows.rows(form, state, {}, price_notes(form))
    form.set(("field_7",), "b")
    after = rows.rows(form, state, {}, price_notes(form))

    assert len(before) == 5003
    assert sum(old is not new for old, new in zip(before, after, strict=True)) < 5


@pytest.mark.parametrize(
    ("text", "addresses"),
    [
        ("~/ox.png", ["~/ox.png"]),
        ("/a.png\n/b.png\n", ["/a.png", "/b.png"]),
        ("'/my pictures/a.png' /b.png", ["/my pictures/a.png", "/b.png"]),
        ("/my pictures/a.png", ["/my pictures/a.png"]),
        ("https://example.com/a b.png", ["https://example.com/a b.png"]),
    ],
)
def test_what_is_typed_or_dropped_is_one_address_or_several(text: str, addresses: list[str]) -> None:
    assert addresses_in(text) == addresses


def test_keys_lead_back_to_their_places() -> None:
    place = Place(Part.MEDIUM, ("elements", 0, "reference_image_urls", 2))
    assert Place.read(place.key) == place
    assert (place.entry_path, place.list_path) == (place.path, place.path[:-1])
    assert Place(Part.VALUE, ("elements", 0, "name")).entry_path == ("elements", 0)
