"""A request while it is being filled in: what is set, what would be sent, what is wrong with it."""

from __future__ import annotations

from random import Random

import pytest

from oxen_tui.services.form.entry import Path
from oxen_tui.services.form.request_form import RequestForm
from oxen_tui.services.schema.fields import NOTHING, Shape
from tests.services.forms_made import PICTURE, SHOT, form, model, row, said


def test_defaults_are_shown_and_only_those_of_required_fields_are_sent() -> None:
    filled = form(
        {
            "prompt": {"type": "string", "default": ""},
            "size": {"type": "string", "enum": ["1K", "2K"], "default": "2K"},
            "steps": {"type": "integer", "default": 20},
            "style": {"type": "string", "x-workbench-default": "oil"},
            "kind": {"const": "still"},
        },
        required=["prompt", "size", "kind"],
    )

    assert filled.body == {"model": "wren", "size": "2K", "kind": "still"}
    assert (row(filled, "steps").shown, row(filled, "steps").is_set) == (20, False)
    assert (row(filled, "style").shown, row(filled, "style").example) == (NOTHING, "oil")
    assert said(filled) == ["prompt is required"]
    filled.set(("prompt",), "  ")
    assert said(filled) == ["prompt is required"]
    filled.set_text(("prompt",), "An ox")
    assert (said(filled), filled.body["prompt"]) == ([], "An ox")


def test_what_is_neither_needed_nor_set_is_folded_away() -> None:
    filled = form(
        {"prompt": {"type": "string"}, "seed": {"type": "integer"}, "steps": {"type": "integer", "maximum": 9}},
        {"seed": 7},
        basic=["prompt"],
    )

    assert [entry.label for entry in filled.entries() if entry.folded_away] == ["steps"]
    filled.set_text(("steps",), "12")
    assert [entry.label for entry in filled.entries() if entry.folded_away] == []
    assert said(filled) == ["steps must be 9 or less"]


def test_hidden_fields_stay_in_a_body_and_out_of_sight() -> None:
    filled = form({"prompt": {"type": "string"}, "secret": {"type": "integer", "x-hidden": True}}, {"secret": 3})

    assert [entry.path for entry in filled.entries()] == [("prompt",)]
    assert filled.body == {"model": "wren", "secret": 3}
    filled.set(("secret",), "x")
    assert said(filled) == ["secret must be a whole number"]


def test_words_that_the_schema_does_not_know_are_shown_and_sent() -> None:
    filled = form({"shot": SHOT}, {"model": "other", "later": [1, {"a": None}], "shot": {"prompt": "a", "odd": 1}})

    assert filled.body == {"model": "wren", "shot": {"prompt": "a", "odd": 1}, "later": [1, {"a": None}]}
    assert [(entry.label, entry.shape) for entry in filled.entries() if entry.unknown] == [
        ("odd", Shape.RAW),
        ("later", Shape.RAW),
    ]
    filled.clear(("later",))
    filled.clear(("shot", "odd"))
    assert filled.body == {"model": "wren", "shot": {"prompt": "a"}}
    assert not any(entry.unknown for entry in filled.entries())


def test_null_is_something_else_than_nothing() -> None:
    filled = form({"image": {**PICTURE, "nullable": True}, "size": {"enum": ["a", "b"], "nullable": True}})

    filled.set(("image",), None)
    filled.set(("size",), None)
    assert filled.body == {"model": "wren", "image": None, "size": None}
    assert (said(filled), row(filled, "image").nullable) == ([], True)
    assert form({"image": PICTURE}, {"image": None}).problems[0].sentence == "must be text"


def test_a_group_comes_with_what_is_set_in_it_and_goes_with_it() -> None:
    filled = form(
        {"camera": {"type": "object", "properties": {"pan": {"type": "number"}, "tilt": {"type": "number"}}}}
    )

    filled.set_text(("camera", "pan"), "0.5")
    assert filled.body["camera"] == {"pan": 0.5}
    assert [entry.depth for entry in filled.entries()] == [0, 1, 1]
    filled.clear(("camera", "pan"))
    assert filled.body == {"model": "wren"}


def test_changing_one_thing_of_a_default_keeps_the_rest_of_it() -> None:
    default = {"angle": 0, "distance": 0.5}
    fields = {"angle": {"type": "number"}, "distance": {"type": "number", "default": 9}}
    filled = form({"mood": {"type": "object", "properties": fields, "default": default}})

    assert row(filled, "mood", "distance").default == 0.5
    filled.set(("mood", "angle"), 90)
    assert filled.body["mood"] == {"angle": 90, "distance": 0.5}


def test_entries_of_a_list_come_go_and_move_with_what_was_typed_in_them() -> None:
    filled = form({"shots": {"type": "array", "items": SHOT, "maxItems": 3}})

    assert (row(filled, "shots").count, row(filled, "shots").most) == (0, 3)
    for name in "abc":
        filled.set((*filled.add_entry(("shots",)), "prompt"), name)
    filled.set_text(("shots", 2, "seconds"), "2x")
    assert (row(filled, "shots").may_add, row(filled, "shots", 1).label) == (False, "shots 2")
    assert said(filled) == ["shots 3, seconds must be a whole number"]

    assert filled.move_entry(("shots", 2), -2) == ("shots", 0)
    assert [shot["prompt"] for shot in filled.body["shots"]] == ["c", "a", "b"]
    assert row(filled, "shots", 0, "seconds").text == "2x"
    filled.remove_entry(("shots", 1))
    assert [shot["prompt"] for shot in filled.body["shots"]] == ["c", "b"]
    filled.remove_entry(("shots", 0))
    assert said(filled) == []
    filled.remove_entry(("shots", 0))
    assert filled.body == {"model": "wren"}


def test_a_new_entry_is_blank_and_says_what_it_needs() -> None:
    filled = form(
        {
            "shots": {"type": "array", "items": SHOT},
            "sizes": {"type": "array", "items": {"type": "integer", "minimum": 2}},
            "names": {"type": "array", "items": {"type": "string"}},
        }
    )
    for name in ("shots", "sizes", "names"):
        filled.add_entry((name,))

    assert filled.body == {"model": "wren", "shots": [{}], "sizes": [2], "names": [""]}
    assert said(filled) == ["shots 1, prompt is required"]
    filled.set_text(("sizes", 0), "")
    assert said(filled) == ["shots 1, prompt is required", "sizes 1 is required"]
    filled.set_text(("sizes", 0), "3")
    assert filled.body["sizes"] == [3]


def test_media_stand_alone_or_in_a_list_as_the_model_takes_them() -> None:
    filled = form(
        {
            "input_image": {"anyOf": [PICTURE, {"type": "array", "items": PICTURE, "maxItems": 2}]},
            "mask_url": PICTURE,
            "input_images": {"type": "array", "items": PICTURE},
        }
    )

    filled.add_entry(("input_image",), "https://a")
    assert filled.body["input_image"] == "https://a"
    assert filled.add_entry(("input_image",), "https://b") == ("input_image", 1)
    assert (row(filled, "input_image").media, row(filled, "input_image").may_add) == (
        ("https://a", "https://b"),
        False,
    )
    filled.set(("input_image", 0), "https://c")
    assert filled.body["input_image"] == ["https://c", "https://b"]
    filled.remove_entry(("input_image", 1))
    assert filled.body["input_image"] == "https://c"
    filled.remove_entry(("input_image", 0))
    filled.add_entry(("mask_url",), "https://m")
    filled.add_entry(("input_images",), "https://a")
    assert filled.body == {"model": "wren", "mask_url": "https://m", "input_images": ["https://a"]}
    filled.set(("mask_url",), "ox.png")
    assert said(filled) == ["mask_url must be a file or an address"]


def test_forms_of_a_value_are_chosen_and_keep_what_fits() -> None:
    circle = {
        "title": "Circle",
        "required": ["kind"],
        "properties": {"kind": {"const": "circle"}, "r": {"type": "number"}},
    }
    box = {"title": "Box", "required": ["kind"], "properties": {"kind": {"const": "box"}, "w": {"type": "number"}}}
    filled = form({"area": {"oneOf": [circle, box, {"type": "string", "title": "Named"}]}})

    assert (row(filled, "area").variants, row(filled, "area").variant) == (("Circle", "Box", "Named"), 0)
    filled.set(("area",), {"kind": "box", "w": 1})
    assert (row(filled, "area").variant, row(filled, "area", "w").text) == (1, "1")
    filled.choose_variant(("area",), 2)
    assert (row(filled, "area").shape, filled.body) == (Shape.TEXT, {"model": "wren"})
    filled.set_text(("area",), "8")
    assert filled.body["area"] == "8"
    filled.choose_variant(("area",), 0)
    assert (row(filled, "area").shape, filled.body["area"]) == (Shape.GROUP, {"kind": "circle"})
    filled.set(("area", "r"), "x")
    assert said(filled) == ["area, r must be a number"]


def test_plain_forms_are_one_line_with_suggestions() -> None:
    filled = form({"duration": {"anyOf": [{"const": "auto"}, {"type": "integer", "maximum": 9}], "default": "auto"}})

    entry = row(filled, "duration")
    assert (entry.shape, entry.suggestions, entry.variants) == (Shape.TEXT, ("auto",), ())
    filled.set_text(("duration",), "12")
    assert said(filled) == ["duration must be 9 or less"]
    filled.set(("duration",), True)
    assert said(filled) == ["duration must be auto or a whole number"]


def test_prompt_and_shots_exclude_each_other() -> None:
    properties = {"prompt": {"type": "string"}, "multi_prompt": {"type": "array", "items": SHOT}}
    filled = form(properties)

    assert said(filled) == ["prompt is required, or multi_prompt in its place"]
    filled.set(("multi_prompt",), [{"prompt": "a"}])
    assert said(filled) == []
    filled.set(("prompt",), "b")
    assert said(filled) == ["multi_prompt cannot be sent together with prompt"]
    needed = form(properties, {"multi_prompt": [{"prompt": "a"}]}, required=["prompt"])
    assert said(needed) == []


def test_how_many_and_who_pays_belong_to_the_request() -> None:
    filled = form({"prompt": {"type": "string"}}, {"prompt": "a"}, additionalProperties=False)

    assert (filled.count, filled.namespace, filled.estimate.dollars) == (1, "", 0.04)
    filled.count, filled.namespace = 3, " herd "
    assert filled.body == {"model": "wren", "prompt": "a", "num_generations": 3, "target_namespace": "herd"}
    assert (filled.estimate.dollars, said(filled)) == (0.12, [])
    assert [entry.path for entry in filled.entries()] == [("prompt",)]
    filled.count = 5
    assert said(filled) == ["num_generations must be 1 to 4"]
    filled.count, filled.namespace = 1, ""
    assert filled.body == {"model": "wren", "prompt": "a"}
    filled.set(("style",), 1)
    assert said(filled) == ["style is not known to this model"]


def test_the_dice_keeps_to_the_range() -> None:
    seed = {"type": "integer", "minimum": 5, "maximum": 8}
    filled = RequestForm(model({"seed": seed, "noise_seed": {"type": "integer"}}), random=Random(1))

    rolled = set()
    for _ in range(60):
        filled.roll_seed(("seed",))
        rolled.add(filled.body["seed"])
    assert rolled == {5, 6, 7, 8}
    assert row(filled, "noise_seed").dice
    filled.roll_seed(("noise_seed",))
    assert 0 <= filled.body["noise_seed"] < 2**31


def test_json_that_is_none_changes_nothing_and_says_where() -> None:
    filled = form({"prompt": {"type": "string"}}, {"prompt": "a"})

    assert filled.take_json('{\n  "prompt": "b"\n  "seed": 1\n}') == "Line 3: a comma is missing."
    assert filled.take_json("[1]") == 'A request is an object: { "prompt": … }.'
    assert filled.take_json('{"model": "tern"}') == "This form is for wren; choose another model above it, not here."
    assert filled.take_json('{"a": ' * 200 + "1" + "}" * 200) == "It is nested deeper than 100 levels."
    assert filled.take_json("[" * 100_000) == "It is nested deeper than 100 levels."
    assert filled.body == {"model": "wren", "prompt": "a"}
    assert filled.take_json('{"model": "wren", "other": {"x": [1]}}') is None
    assert filled.body == {"model": "wren", "other": {"x": [1]}}


def test_characters_that_could_act_do_not_come_in() -> None:
    filled = form({"prompt": {"type": "string"}}, {"prompt": "a\x9bb"})
    assert filled.body["prompt"] == "ab"
    filled.set_text(("prompt",), "c\x07")
    assert filled.body["prompt"] == "c"
    assert filled.take_json('{"prompt": "d\\u0000", "x": "\\u001b[2J"}') is None
    assert filled.body == {"model": "wren", "prompt": "d", "x": "␛[2J"}


def test_nothing_is_made_again_that_did_not_change() -> None:
    filled = form({"prompt": {"type": "string"}, "steps": {"type": "integer", "maximum": 9}}, {"steps": 12})
    before = filled.entries()

    assert filled.entries() is before
    filled.set_text(("prompt",), "x")
    after = filled.entries()
    assert after is not before
    assert after[1] is before[1]
    body = filled.body
    body["prompt"] = "changed"
    assert filled.body["prompt"] == "x"


def test_a_path_that_no_row_has_is_a_mistake_of_the_caller() -> None:
    nowhere: Path = ("nowhere",)
    with pytest.raises(KeyError):
        form({}).set_text(nowhere, "x")
    with pytest.raises(KeyError):
        form({"a": {"type": "string"}}).remove_entry(("a",))
