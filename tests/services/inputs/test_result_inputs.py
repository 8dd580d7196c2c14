"""A result as the input of another request."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from oxen_tui.api.model import Model
from oxen_tui.services.inputs.result_inputs import body_with, input_field

URI = {"type": "string", "format": "uri"}
MANY = {"type": "array", "items": URI}


def model(properties: dict[str, Any], **more: Any) -> Model:
    schema = {"type": "object", "properties": {"prompt": {"type": "string"}, **properties}, **more}
    return Model.from_json(
        {"id": "m", "request_schema": schema, "capabilities": {"input": ["text", "image"], "output": ["image"]}}
    )


@pytest.mark.parametrize(
    ("properties", "more", "name"),
    [
        ({"input_image": URI}, {}, "input_image"),
        ({"reference_images": MANY, "input_image": URI}, {}, "input_image"),
        ({"tail_image_url": URI, "start_image_url": URI}, {"required": ["start_image_url"]}, "start_image_url"),
        ({"mask_url": URI, "image_url": URI}, {}, "image_url"),
        ({"end_image": URI, "first_frame_image": URI}, {}, "first_frame_image"),
    ],
)
def test_a_picture_goes_where_a_request_begins(properties: dict[str, Any], more: dict[str, Any], name: str) -> None:
    field = input_field(model(properties, **more), "image")
    assert field is not None
    assert field.name == name


def test_a_model_that_takes_none_has_no_field() -> None:
    assert input_field(model({}), "image") is None
    assert input_field(model({"input_image": URI}), "video") is None
    assert input_field(model({"input_image": URI}), "poem") is None
    assert body_with(model({}), "image", Path("/tmp/a.png")) is None


def test_one_address_or_a_list_of_one() -> None:
    path = Path("/tmp/a b.png")
    assert body_with(model({"input_image": URI}), "image", path) == {"model": "m", "input_image": path.as_uri()}
    assert body_with(model({"input_images": MANY}), "image", path) == {"model": "m", "input_images": [path.as_uri()]}
    either = {"type": ["string", "array"], "items": URI, "format": "uri"}
    assert body_with(model({"input_image": either}), "image", path) == {"model": "m", "input_image": path.as_uri()}


def test_every_schema_answers(schema_case: Any) -> None:
    found = input_field(Model.from_json({"id": "m", "request_schema": schema_case.schema}), "image")
    assert found is None or found.media is not None
