"""Models that take a result of the gallery, in words for choosing one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from oxen_tui.api.model import Model, ModelKind
from oxen_tui.services.inputs.result_inputs import input_field
from oxen_tui.services.price.words import short_price

_ORDER = (ModelKind.IMAGE, ModelKind.VIDEO, ModelKind.AUDIO)


@dataclass(frozen=True, slots=True)
class InputChoice:
    """One model."""

    model_id: str
    kind: str
    """What it makes: "image", "video" or "audio"."""
    developer: str
    price: str


def input_choices(models: Iterable[Model], kind: str) -> tuple[InputChoice, ...]:
    """The models that take a result of this kind, those that make pictures first.

    Args:
        kind: Of the result.
    """
    taking = [model for model in models if model.kind in _ORDER and input_field(model, kind) is not None]
    taking.sort(key=lambda model: (_ORDER.index(model.kind), model.id.casefold()))
    return tuple(
        InputChoice(model.id, model.kind.value, model.developer, short_price(model.pricing)) for model in taking
    )
