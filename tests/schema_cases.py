"""Request schemas to try things on."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from oxen_tui.api.model import Model
from oxen_tui.demo.catalogue import load_models


@dataclass(frozen=True)
class SchemaCase:
    """A model that has a request schema."""

    name: str
    """Unique among all."""
    schema: dict[str, Any]
    """As it came."""
    model: Model


def demo_cases() -> Iterator[SchemaCase]:
    """The models of the demo service; together their schemas use every feature of the dialect."""
    for entry in load_models():
        if entry["request_schema"]:
            yield _case("demo", entry)


def recorded_cases(folder: Path) -> Iterator[SchemaCase]:
    """Every model with a request schema in the JSON files below a folder."""
    for file in sorted(folder.rglob("*.json")):
        found = json.loads(file.read_text(encoding="utf-8"))
        for entry in _models(found):
            if entry.get("request_schema"):
                yield _case(file.stem, entry)


def _models(found: Any) -> list[dict[str, Any]]:
    if not isinstance(found, dict):
        return [entry for entry in found if isinstance(entry, dict)] if isinstance(found, list) else []
    listed = found.get("models") or found.get("data")
    return _models(listed) if isinstance(listed, list) else [found]


def _case(source: str, entry: dict[str, Any]) -> SchemaCase:
    # What was put together from documentation says so in its names.
    entry = {**entry, **{key.removesuffix("_guess"): entry[key] for key in entry if key.endswith("_guess")}}
    return SchemaCase(f"{source}:{entry['id']}", entry["request_schema"], Model.from_json(entry))
