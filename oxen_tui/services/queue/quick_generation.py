"""A picture or a clip from one line of a conversation: which model makes it, and the request that is sent."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, Final

from oxen_tui.api.model import Model
from oxen_tui.services.catalogue.catalogue import Catalogue
from oxen_tui.services.form.request_form import RequestForm
from oxen_tui.services.inputs.result_inputs import input_field
from oxen_tui.services.schema.request_schema import RequestSchema, model_schema
from oxen_tui.store.attachment import Attachment

_MOST_LOOKED_AT: Final = 200
"""Models that are read to find one that fits."""
_WORDS: Final = {"image": "pictures", "video": "clips"}


class CannotMake(Exception):
    """There is no request to be sent.

    Attributes:
        sentence: Why, and what to do.
    """

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


async def quick_form(
    kind: str,
    prompt: str,
    inputs: Sequence[Attachment],
    catalogue: Catalogue,
    favourites: Collection[str],
    used: Sequence[str],
) -> RequestForm:
    """The request to the first model that fits: a favourite, else the one used last, else any.

    Args:
        kind: "image" or "video".
        prompt: What is to be seen.
        inputs: To begin with: a picture to edit or to animate.
        catalogue: Loaded.
        favourites: Starred models.
        used: Models that were used, the last one first.

    Raises:
        CannotMake: No model fits, or the request would be refused.
    """
    for number, model_id in enumerate(dict.fromkeys(_likely(kind, catalogue, favourites, used))):
        if number >= _MOST_LOOKED_AT:
            break
        model = catalogue.get(model_id)
        if model is not None and model.kind.value == kind and (body := _body(model, prompt, inputs)) is not None:
            form = RequestForm(model, body)
            form.count = 1
            if problems := form.problems:
                raise CannotMake(f"{model.id} would refuse this: {problems[0]}. Its form (alt+3) has all its fields.")
            return form
        if number % 8 == 7:
            await asyncio.sleep(0)  # reading a model takes a while, and keys are to be answered
    of = " of what is attached" if inputs else " of a prompt alone"
    raise CannotMake(f"No model is known here that makes {_WORDS[kind]}{of}.")


def _likely(kind: str, catalogue: Catalogue, favourites: Collection[str], used: Sequence[str]) -> Iterator[str]:
    yield from (model_id for model_id in used if model_id in favourites)
    yield from favourites
    yield from used
    index, columns = catalogue.index, catalogue.index.columns
    yield from (columns.id[place] for place in index.in_list_order if columns.kind[place] == kind)


def _body(model: Model, prompt: str, inputs: Sequence[Attachment]) -> Mapping[str, Any] | None:
    """The request to this model; None if it takes no prompt, not these inputs, or wants others."""
    schema = model_schema(model)
    if schema.field("prompt") is None:
        return None
    body: dict[str, Any] = {"prompt": prompt}
    for kind in dict.fromkeys(each.kind for each in inputs):
        sources = [each.source for each in inputs if each.kind == kind]
        if (taken := _taken(model, kind, sources, schema)) is None:
            return None
        body |= taken
    if any(field.required and field.media is not None and field.name not in body for field in schema.fields):
        return None
    return body


def _taken(model: Model, kind: str, sources: Sequence[str], schema: RequestSchema) -> dict[str, Any] | None:
    field = input_field(model, kind, schema)
    if field is None or field.media is None or (len(sources) > 1 and not field.media.many):
        return None
    kinds = field.raw.get("type") if isinstance(field.raw, Mapping) else None
    alone = kinds == "string" or (isinstance(kinds, list) and "string" in kinds)
    return {field.name: list(sources) if len(sources) > 1 or (field.media.many and not alone) else sources[0]}
