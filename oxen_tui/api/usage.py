"""What an answer used, in tokens and money (contract section 3)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from oxen_tui.api.json_values import mapping, number, whole


@dataclass(frozen=True, slots=True)
class Usage:
    """What an answer used, as far as the server said. Never derive the size of the context from one report: some
    providers leave cached tokens out of `prompt_tokens` (contract section 3)."""

    prompt_tokens: int | None = None
    completion_tokens: int | None = None
    total_tokens: int | None = None
    cached_tokens: int | None = None
    reasoning_tokens: int | None = None
    cost: float | None = None
    """US dollars. No field for it is documented; when one comes it is better than our estimate."""

    @classmethod
    def from_json(cls, value: Any) -> Usage:
        usage = mapping(value)
        prompt = mapping(usage.get("prompt_tokens_details"))
        completion = mapping(usage.get("completion_tokens_details"))
        return cls(
            _count(usage.get("prompt_tokens"), usage.get("input_tokens")),
            _count(usage.get("completion_tokens"), usage.get("output_tokens")),
            _count(usage.get("total_tokens")),
            _count(prompt.get("cached_tokens"), usage.get("cache_read_input_tokens")),
            _count(completion.get("reasoning_tokens"), usage.get("reasoning_tokens")),
            next((cost for place in ("cost", "total_cost") if (cost := number(usage.get(place))) is not None), None),
        )


def _count(*places: Any) -> int | None:
    return next((found for place in places if (found := whole(place)) is not None), None)
