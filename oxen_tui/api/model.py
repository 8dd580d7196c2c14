"""Models as the catalogue lists them (contract section 10)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from oxen_tui.api.json_values import cleaned, items, line, mapping, moment, name, number, prices, text, whole, words


class ModelKind(StrEnum):
    """What a model makes."""

    CHAT = "chat"
    IMAGE = "image"
    VIDEO = "video"
    AUDIO = "audio"
    OTHER = "other"
    """Embeddings, and what nobody has thought of."""


_MEDIA_ORDER = (
    ("video", ModelKind.VIDEO),
    ("image", ModelKind.IMAGE),
    ("audio", ModelKind.AUDIO),
    ("text", ModelKind.CHAT),
)
_ENDPOINTS = (
    ("chat/completions", ModelKind.CHAT),
    ("videos/", ModelKind.VIDEO),
    ("images/", ModelKind.IMAGE),
    ("audio/", ModelKind.AUDIO),
)
_PICTURE_NAME = re.compile(r"(image|picture|photo|mask|frame)s?(_urls?)?$")
_OTHER_MEDIA_NAME = re.compile(r"video|audio")


@dataclass(frozen=True, slots=True)
class Pricing:
    """What a model costs, in US dollars for a single unit. None and empty mean not said, never free."""

    method: str = ""
    """token, time, per_image, per_video_output_second, per_audio_output_second, per_provider_credit, or a new
    word."""
    input_cost_per_token: float | None = None
    output_cost_per_token: float | None = None
    cost_per_image: float | None = None
    cost_per_image_grid: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    """Quality, then resolution or size."""
    cost_per_second: float | None = None
    cost_per_second_by_resolution: Mapping[str, float] = field(default_factory=dict)
    cost_per_second_with_audio: float | None = None
    cost_per_second_high_res: float | None = None
    cost_per_credit: float | None = None

    @classmethod
    def from_json(cls, value: Any) -> Pricing:
        pricing = mapping(value)
        incoming, outgoing = pricing.get("input_cost_per_token"), pricing.get("output_cost_per_token")
        grid = mapping(pricing.get("cost_per_image_grid"))
        return cls(
            method=line(pricing.get("method"), 60),
            # The second names are OpenRouter's, for the same unit.
            input_cost_per_token=number(pricing.get("prompt") if incoming is None else incoming),
            output_cost_per_token=number(pricing.get("completion") if outgoing is None else outgoing),
            cost_per_image=number(pricing.get("cost_per_image")),
            cost_per_image_grid={line(key, 100): row for key, entry in grid.items() if (row := prices(entry))},
            cost_per_second=number(pricing.get("cost_per_second")),
            cost_per_second_by_resolution=prices(pricing.get("cost_per_second_by_resolution")),
            cost_per_second_with_audio=number(pricing.get("cost_per_second_with_audio")),
            cost_per_second_high_res=number(pricing.get("cost_per_second_high_res")),
            cost_per_credit=number(pricing.get("cost_per_credit")),
        )

    def to_json(self) -> dict[str, Any]:
        """What `from_json` reads back as the same."""
        values = {key: getattr(self, key) for key in self.__slots__}
        return {key: value for key, value in values.items() if value not in (None, "", {})}


_PLAIN_FIELDS = (
    *(
        "id",
        "display_name",
        "summary",
        "description",
        "model_type",
        "endpoint",
        "context_length",
        "max_output_tokens",
    ),
    *("owned_by", "source_model", "image_url", "request_schema", "fine_tuning", "showcase"),
)


@dataclass(frozen=True, slots=True)
class Model:
    """One model. Text is cleaned; what a server leaves out is "", None or empty."""

    id: str
    """The name to send. Any characters: encode it in paths."""
    display_name: str = ""
    """The id where the server gives none."""
    summary: str = ""
    description: str = ""
    """Markdown, long."""
    developer: str = ""
    model_type: str = ""
    """base or custom."""
    endpoint: str = ""
    """As the server writes it. Says image generation for models that only edit: go by the request's pictures."""
    inputs: frozenset[str] = frozenset()
    """text, image, video, audio. Empty where the server does not say."""
    outputs: frozenset[str] = frozenset()
    """text, image, video, audio, embeddings."""
    pricing: Pricing | None = None
    deployment: str | None = None
    """Of custom models: active, inactive, deploying, deactivating, error, unknown. Base models are always active."""
    context_length: int | None = None
    """Tokens."""
    max_output_tokens: int | None = None
    released_at: datetime | None = None
    created: datetime | None = None
    owned_by: str = ""
    source_model: str | None = None
    image_url: str | None = None
    request_schema: Mapping[str, Any] | None = None
    """A JSON Schema of an own dialect; None where there is none or an empty one."""
    fine_tuning: Mapping[str, Any] | None = None
    showcase: Mapping[str, Any] | None = None

    @property
    def kind(self) -> ModelKind:
        """By what it puts out, then by its endpoint. A server that says neither is taken to chat."""
        for output, kind in _MEDIA_ORDER:
            if output in self.outputs:
                return kind
        if self.outputs:
            return ModelKind.OTHER
        for part, kind in _ENDPOINTS:
            if part in self.endpoint:
                return kind
        return ModelKind.OTHER if self.endpoint or "embed" in self.id.lower() else ModelKind.CHAT

    @property
    def needs_picture(self) -> bool:
        """Whether no request is complete without a picture."""
        schema = mapping(self.request_schema)
        properties = mapping(schema.get("properties"))
        required = [entry for entry in items(schema.get("required")) if isinstance(entry, str)]
        return any(_takes_picture(entry.lower(), mapping(properties.get(entry))) for entry in required)

    @classmethod
    def from_json(cls, value: Any) -> Model:
        """Reads any JSON; a model without an id is none, see `models_from_json`."""
        entry = mapping(value)
        model_id = name(entry.get("id"))
        developer = entry.get("developer")
        inputs, outputs = _modalities(entry)
        deployments = items(entry.get("deployments"))
        context = entry.get("context_length")
        return cls(
            id=model_id,
            display_name=line(entry.get("display_name"), 200) or line(entry.get("name"), 200) or model_id,
            summary=line(entry.get("summary")),
            description=text(entry.get("description")),
            developer=line(developer if isinstance(developer, str) else mapping(developer).get("name"), 100),
            model_type=line(entry.get("model_type"), 60),
            endpoint=line(entry.get("endpoint"), 200),
            inputs=inputs,
            outputs=outputs,
            pricing=None if (pricing := Pricing.from_json(entry.get("pricing"))) == Pricing() else pricing,
            deployment=line(mapping(deployments[0]).get("status"), 60) or None if deployments else None,
            context_length=whole(entry.get("max_model_len") if context is None else context),
            max_output_tokens=whole(entry.get("max_output_tokens")),
            released_at=moment(entry.get("released_at")),
            created=moment(entry.get("created")),
            owned_by=line(entry.get("owned_by"), 100),
            source_model=line(entry.get("source_model"), 2000) or None,
            image_url=line(entry.get("image_url"), 4000) or None,
            request_schema=cleaned(mapping(entry.get("request_schema"))) or None,
            fine_tuning=cleaned(mapping(entry.get("fine_tuning"))) or None,
            showcase=cleaned(mapping(entry.get("showcase"))) or None,
        )

    def to_json(self) -> dict[str, Any]:
        """The model in the shape of the wire, for a cache: `from_json` reads it back as the same."""
        entry = {key: value for key in _PLAIN_FIELDS if (value := getattr(self, key)) not in (None, "")}
        if self.developer:
            entry["developer"] = {"name": self.developer}
        if self.inputs or self.outputs:
            entry["capabilities"] = {"input": sorted(self.inputs), "output": sorted(self.outputs)}
        if self.pricing is not None:
            entry["pricing"] = self.pricing.to_json()
        if self.deployment is not None:
            entry["deployments"] = [{"status": self.deployment}]
        for key, when in (("released_at", self.released_at), ("created", self.created)):
            if when is not None:
                entry[key] = when.isoformat()
        return entry


def models_from_json(value: Any) -> tuple[Model, ...] | None:
    """The models of a list answer, with or without an envelope; None if it is no list at all."""
    answer = mapping(value)
    entries = next((answer[key] for key in ("data", "models") if isinstance(answer.get(key), list)), value)
    if not isinstance(entries, list):
        return None
    models = (Model.from_json(entry) for entry in entries if isinstance(entry, dict))
    return tuple(model for model in models if model.id)


def _modalities(entry: Mapping[str, Any]) -> tuple[frozenset[str], frozenset[str]]:
    capabilities = entry.get("capabilities")
    if isinstance(capabilities, list):
        # A plain list does not tell the sides apart. The endpoint will tell the kind.
        known = words(capabilities) & {"text", "image", "video", "audio"}
        return known, known if len(known) == 1 else frozenset()
    sides = mapping(capabilities)
    others = mapping(entry.get("architecture"))  # OpenRouter's
    return (
        words(sides.get("input")) or words(others.get("input_modalities")),
        words(sides.get("output")) or words(others.get("output_modalities")),
    )


def _takes_picture(entry: str, schema: Mapping[str, Any]) -> bool:
    if _OTHER_MEDIA_NAME.search(entry) or schema.get("type", "string") not in ("string", "array"):
        return False
    uri = "uri" in (schema.get("format"), mapping(schema.get("items")).get("format"))
    return uri or bool(_PICTURE_NAME.search(entry)) or line(schema.get("renderType"), 60) == "image-url"
