"""From the form of one model to that of another."""

from __future__ import annotations

import pytest

from oxen_tui.services.form.carrying import carry_over
from oxen_tui.services.form.request_form import RequestForm
from tests.schema_cases import demo_cases
from tests.services.forms_made import PICTURE, form, model

DEMO = {case.model.id: case.model for case in demo_cases()}


def test_what_fits_is_carried_to_another_model() -> None:
    one = form(
        {
            "prompt": {"type": "string"},
            "image_url": PICTURE,
            "resolution": {"enum": ["1k", "2k"]},
            "duration": {"type": "integer"},
            "steps": {"type": "integer"},
            "style": {"type": "string"},
        },
        {
            "prompt": "An ox",
            "image_url": "file:///ox.png",
            "resolution": "2k",
            "duration": 5,
            "steps": 50,
            "style": "oil",
            "num_generations": 2,
            "odd": 1,
        },
    )
    other = model(
        {
            "prompt": {"type": "string"},
            "input_images": {"type": "array", "items": PICTURE},
            "resolution": {"enum": ["1K", "2K"]},
            "duration": {"type": "string", "enum": ["auto", "5"]},
            "steps": {"type": "integer", "maximum": 20},
        },
        "tern",
    )

    assert carry_over(one, other).body == {
        "model": "tern",
        "prompt": "An ox",
        "input_images": ["file:///ox.png"],
        "resolution": "2K",
        "duration": "5",
        "num_generations": 2,
    }


@pytest.mark.parametrize("name", ["tern-2-pro", "shoal-multishot", "osprey-director", "merlin-maths"])
def test_forms_of_the_demo_are_carried_to_each_other(name: str) -> None:
    filled = RequestForm(DEMO["tern-2-pro"], {"prompt": "An ox", "seconds": 8, "camera": {"motion": "pan"}})
    carried = carry_over(filled, DEMO[name])

    assert carried.model is DEMO[name]
    if name == "tern-2-pro":
        assert carried.body == filled.body
