"""The models the demo service offers: about sixty of every kind, invented, in the wire shape of contract section 10.

Each JSON file holds one family, in the order in which the service lists them. To keep the files readable they leave
out what is usual (see `_USUAL`) and give a description as a list of lines; `load_models` puts both right. A key that
contract section 10 allows to be absent (`capabilities`, `context_length`, `max_output_tokens`, `showcase`) is on the
wire only where a file states it. Some entries are odd on purpose: an endpoint with a host, capabilities as a plain
list, a developer as a plain string, ids with `/`, `:` and upper case, schemas with words the dialect does not use.

Private hints stand under the top-level key `x-demo` and tell the service how a model behaves. The service takes them
out before it answers; every one may be absent:

- `reasoning`: how a chat model sends its thoughts: "reasoning_content" or "reasoning" (a string in the delta),
  "reasoning_details" (a list of `{text}` in the delta), "think-tags" (`<think>` inside the text). Absent: none.
- `refuses`: names of request parameters this model answers with 400.
- `tokens_per_second`: the pace of a streamed answer.
- `first_token_seconds`: the wait before the first token.
- `seconds`: [least, most] seconds that one generation takes.
- `media_type`: the type of the file a generation makes, such as "image/webp".
- `fails`: {"one_in": n, "message": text}: every nth generation or answer fails with that text. "retryable" (bool) is
  for the row's `error_retryable`; "status" (int) is the HTTP status where there is no row.
- `activation`: "fails" when waking this deployment ends in status "error".
- `deploy_seconds`: how long a deployment stays "deploying" or "deactivating".
- `featured`: true when `/models/featured` lists it.
- `favorite`: true when the demo user has starred it at the start.
- `only_in_search`: true when `/models/search` and its detail know the model but the list does not have it yet.
"""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files

_FAMILIES = (
    "chat_general",
    "chat_special",
    "image_general",
    "image_design",
    "image_edit",
    "image_reference",
    "video_general",
    "video_short",
    "video_story",
    "video_reference",
    "video_edit",
    "audio",
    "custom",
)
"""File names without ending, in the order of the list. The first model of the first is the default one."""

_USUAL = """{
  "object": "model", "owned_by": "oxen", "model_type": "base", "fine_tuning": null, "deployments": [],
  "developer": null, "source_model": null, "image_url": null, "released_at": null, "request_schema": null
}"""
"""What a file need not say about each model; kept as text so that each parse makes fresh lists."""

HINTS_KEY = "x-demo"
"""The top-level key of the private hints; never on the wire."""


def load_models() -> list[dict[str, object]]:
    """All models, hints included, as fresh objects that the caller may change."""
    return [_filled(entry) for family in _FAMILIES for entry in json.loads(_text(family))]


def _filled(entry: dict[str, object]) -> dict[str, object]:
    model: dict[str, object] = {"id": entry["id"], **json.loads(_USUAL), **entry}
    lines = entry["description"]
    if isinstance(lines, list):
        model["description"] = "\n".join(lines)
    return model


@cache
def _text(family: str) -> str:
    return (files(__name__) / f"{family}.json").read_text(encoding="utf-8")
