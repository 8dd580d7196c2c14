"""A request from one line: which model, and with what."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import pytest

from oxen_tui.services.catalogue.catalogue import Catalogue
from oxen_tui.services.form.request_form import RequestForm
from oxen_tui.services.queue.quick_generation import CannotMake, quick_form
from oxen_tui.store.attachment import Attachment
from tests.widgets.demo_models import demo_models

_SEA = Attachment("image", "sea.png", "https://example.com/sea.png")


def _catalogue() -> Catalogue:
    models = demo_models()
    columns = SimpleNamespace(id=list(models), kind=[model.kind.value for model in models.values()])
    index = SimpleNamespace(columns=columns, in_list_order=range(len(models)))
    return cast(Catalogue, SimpleNamespace(get=models.get, index=index))


async def _form(kind: str, *inputs: Attachment, starred: Any = (), used: Any = ()) -> RequestForm:
    return await quick_form(kind, "an ox", inputs, _catalogue(), starred, used)


async def test_a_favourite_comes_first_and_among_them_the_one_used_last() -> None:
    assert (await _form("image", used=["moss-image-xl"])).model.id == "moss-image-xl"
    others = [
        model.id for model in demo_models().values() if model.kind.value == "image" and model.id != "moss-image-xl"
    ]
    fitting = (await _form("image", starred=others)).model.id
    assert (await _form("image", starred=[fitting], used=["moss-image-xl"])).model.id == fitting
    both = await _form("image", starred=[fitting, "moss-image-xl"], used=["moss-image-xl", fitting])
    assert both.model.id == "moss-image-xl"


async def test_only_the_prompt_is_sent() -> None:
    form = await _form("video")
    assert form.model.kind.value == "video"
    assert {key: value for key, value in form.body.items() if key not in ("model", "num_generations")} == {
        "prompt": "an ox"
    }


async def test_what_is_attached_goes_into_a_model_that_takes_it() -> None:
    form = await _form("image", _SEA, used=["moss-image-xl", "cinder-edit"])
    (given,) = [value for key, value in form.body.items() if key not in ("model", "prompt", "num_generations")]
    assert given in (_SEA.source, [_SEA.source])


async def test_where_no_model_fits_it_is_said() -> None:
    with pytest.raises(CannotMake, match="makes pictures of what is attached"):
        await _form("image", Attachment("audio", "moo.wav", "https://example.com/moo.wav"))
