"""Two models side by side: what only one takes, what both take differently, and what they cost."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oxen_tui.api.model import Model
from oxen_tui.safe_text import clean
from oxen_tui.services.catalogue.model_diff import Beside, FieldChange, FieldWords, diff_models
from tests.schema_cases import demo_cases

CASES = list(demo_cases())
DEMO = {case.model.id: case.model for case in CASES}


def model(name: str = "m", pricing: dict[str, Any] | None = None, **properties: Any) -> Model:
    return Model.from_json(
        {
            "id": name,
            "capabilities": {"output": ["video"]},
            "pricing": pricing,
            "request_schema": {"type": "object", "properties": properties},
        }
    )


def changes(first: dict[str, Any], second: dict[str, Any]) -> tuple[str, ...]:
    diff = diff_models(model(it=first), model(it=second))
    return diff.changed[0].words if diff.changed else ()


@pytest.mark.parametrize(
    ("first", "second", "words"),
    [
        ({"type": "integer"}, {"type": "string"}, ("type integer → string",)),
        ({"default": 5}, {"default": 10}, ("default 5 → 10",)),
        ({"default": ""}, {}, ('default "" → none',)),
        ({}, {"default": None}, ("default none → null",)),
        ({"enum": ["1K", "2K"]}, {"enum": ["2K", "4K"]}, ("+ 4K", "− 1K")),
        ({"enum": ["a", "b"]}, {"enum": ["b", "a"]}, ("values in another order",)),
        ({"minimum": 4, "maximum": 12}, {"minimum": 3, "maximum": 15}, ("range 4 … 12 → 3 … 15",)),
        ({"maximum": 4}, {}, ("range ≤ 4 → none",)),
        ({"maxLength": 100}, {"maxLength": 200}, ("limits ≤ 100 characters → ≤ 200 characters",)),
        ({"nullable": True}, {"nullable": False}, ("not nullable",)),
        ({}, {"x-hidden": True}, ("hidden",)),
        ({"description": "a"}, {"description": "b"}, ("other description",)),
        ({"x-unit": "mm"}, {"x-unit": "cm"}, ('x-unit "mm" → "cm"',)),
        ({"title": "A", "x-order": 1}, {"title": "B", "x-order": 2}, ()),
    ],
)
def test_a_change_is_said_in_words(first: dict[str, Any], second: dict[str, Any], words: tuple[str, ...]) -> None:
    assert changes(first, second) == words


def test_fields_that_only_one_has_are_listed_with_what_they_are() -> None:
    camera = {"type": "object", "properties": {"x": {"type": "number"}, "y": {"type": "number"}}}
    diff = diff_models(
        model(seed={"type": "integer", "default": 0, "minimum": 0}, size={"enum": ["1K", "2K"]}), model(camera=camera)
    )

    assert diff.only_first == (
        FieldWords(("seed",), "seed", ("integer", "0", "≥ 0")),
        FieldWords(("size",), "size", ("enum", "1K 2K")),
    )
    assert diff.only_second == (FieldWords(("camera",), "camera", ("object", "2 fields")),)
    assert diff.changed == ()


def test_what_is_inside_fields_is_compared_too() -> None:
    def shots(most: int, **more: Any) -> dict[str, Any]:
        properties = {"seconds": {"type": "integer", "maximum": most}, **more}
        return {"type": "array", "items": {"type": "object", "properties": properties}}

    diff = diff_models(model(shots=shots(15)), model(shots=shots(20, voice={"type": "string"})))

    assert diff.changed == (FieldChange(("shots", "[]", "seconds"), "shots.seconds", ("range ≤ 15 → ≤ 20",)),)
    assert [field.name for field in diff.only_second] == ["shots.voice"]


def test_forms_of_a_union_have_a_name() -> None:
    first = {"anyOf": [{"const": "auto"}, {"type": "integer", "maximum": 60}]}
    second = {"anyOf": [{"const": "auto"}, {"type": "integer", "maximum": 90}]}

    diff = diff_models(model(duration=first), model(duration=second))
    assert [(change.name, change.words) for change in diff.changed] == [("duration (form 2)", ("range ≤ 60 → ≤ 90",))]


def test_prices_stand_side_by_side() -> None:
    first = model(pricing={"method": "per_video_output_second", "cost_per_second_by_resolution": {"480p": 0.05}})
    second = model(pricing={"method": "per_image", "cost_per_image": 0.35})
    diff = diff_models(first, second)

    assert diff.prices[0] == Beside("price", "$0.05 / s", "$0.35 each")
    assert Beside("480p", "$0.05 / s", "–") in diff.prices
    assert Beside("one clip", "–", "$0.35 each") in diff.prices
    assert diff.prices[1].second == "1 clip: ~$0.35"


def test_an_unknown_price_stands_beside_a_known_one_in_words() -> None:
    diff = diff_models(model(), DEMO["tern-2-pro"])

    assert (diff.prices[0].first, diff.prices[1].first) == ("price varies", "price varies")


def test_a_grid_is_compared_price_by_price() -> None:
    diff = diff_models(DEMO["juniper-4"], DEMO["cinder-edit"])

    assert Beside("fine 2K", "$0.16 each", "–") in diff.prices
    assert Beside("low 1K", "–", "$0.03 each") in diff.prices


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_model_does_not_differ_from_itself(case: Any) -> None:
    diff = diff_models(case.model, case.model)

    assert (diff.changed, diff.only_first, diff.only_second) == ((), (), ())
    assert all(fact.same for fact in (*diff.facts, *diff.prices))
    assert diff.same >= len(case.schema["properties"])


@given(st.sampled_from(CASES), st.sampled_from(CASES))
def test_any_two_models_can_be_compared_both_ways(first: Any, second: Any) -> None:
    there, back = diff_models(first.model, second.model), diff_models(second.model, first.model)

    assert [field.name for field in there.only_first] == [field.name for field in back.only_second]
    assert {change.name for change in there.changed} == {change.name for change in back.changed}
    fields: list[Any] = [*there.changed, *there.only_first, *there.only_second]
    for field in fields:
        assert all(clean(text) == text for text in (field.name, *field.words))
