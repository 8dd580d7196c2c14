"""Whole models, read from their text when somebody looks at one."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from typing import Any, overload

from oxen_tui.api.json_values import mapping, parse_json
from oxen_tui.api.model import Model, ModelKind
from oxen_tui.services.catalogue.index import CatalogueIndex
from oxen_tui.store.catalogue_cache import Body, BodyInMemory

_MOST_READ = 256


class WholeModels:
    """The texts of all models, and the models read last."""

    def __init__(self) -> None:
        self._body: Body = BodyInMemory()
        self._later: dict[str, bytes] = {}
        """Texts that came after the list, or are not in it."""
        self._read: OrderedDict[str, Model] = OrderedDict()

    def begin(self, body: Body, stay: Sequence[str] = ()) -> None:
        """Starts over with another list; only the later texts of these models stay."""
        self._body.close()
        self._body = body
        self._later = {model_id: self._later[model_id] for model_id in stay if model_id in self._later}
        self._read.clear()

    def learn(self, model_id: str, text: bytes) -> None:
        """Another text of a model takes the place of the one before."""
        self._later[model_id] = text
        self._read.pop(model_id, None)

    def model(self, index: CatalogueIndex, model_id: str) -> Model | None:
        """The whole model; what is listed of it where its text cannot be read; None if it is not in the catalogue."""
        position = index.position.get(model_id)
        if position is None:
            return None
        model = self._read.get(model_id)
        if model is None:
            entry = self.raw(index, model_id)
            model = index.short_model(position) if entry is None else Model.from_json(entry)
            self._read[model_id] = model
            if len(self._read) > _MOST_READ:
                self._read.popitem(last=False)
        return model

    def raw(self, index: CatalogueIndex, model_id: str) -> dict[str, Any] | None:
        """The model as it came, parsed but not cleaned; None where there is no text of it."""
        text = self._later.get(model_id) or self._listed_text(index, model_id)
        try:
            entry = parse_json(text)
        except ValueError:
            return None
        # The file may have been exchanged under us: better nothing than another model.
        return dict(entry) if Model.from_json({"id": mapping(entry).get("id")}).id == model_id else None

    def close(self) -> None:
        self._body.close()

    def _listed_text(self, index: CatalogueIndex, model_id: str) -> bytes:
        position = index.position.get(model_id)
        if position is None or index.columns.start[position] < 0:
            return b""
        return self._body.read(index.columns.start[position], index.columns.end[position])


def making_models(index: CatalogueIndex) -> ShortModels:
    """Those that make pictures, clips or sounds, in the server's order."""
    kinds, others = index.columns.kind, (ModelKind.CHAT.value, ModelKind.OTHER.value)
    return ShortModels(index, [place for place in index.in_list_order if kinds[place] not in others])


class ShortModels(Sequence[Model]):
    """Models as far as they are listed, made when they are asked for."""

    def __init__(self, index: CatalogueIndex, positions: Sequence[int]) -> None:
        self._index = index
        self._positions = positions
        self._made: dict[int, Model] = {}

    def __len__(self) -> int:
        return len(self._positions)

    @overload
    def __getitem__(self, at: int) -> Model: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Model]: ...
    def __getitem__(self, at: int | slice) -> Model | Sequence[Model]:
        if isinstance(at, slice):
            return ShortModels(self._index, self._positions[at])
        position = self._positions[at]
        if position not in self._made:
            self._made[position] = self._index.short_model(position)
        return self._made[position]
