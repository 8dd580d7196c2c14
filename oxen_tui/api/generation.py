"""Pictures and videos in the making: rows of the queue and the history, finished media, completion events
(contract sections 4 to 7)."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any
from urllib.parse import unquote_to_bytes

from oxen_tui.api.json_values import cleaned, line, mapping, moment, name, number, optional_text, text, truth, whole


class GenerationStatus(StrEnum):
    """Where a generation stands."""

    QUEUED = "queued"
    PROCESSING = "processing"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    CANCELLED = "cancelled"
    UNKNOWN = "unknown"
    """A word we do not know. Neither active nor ended."""

    @property
    def is_active(self) -> bool:
        """Whether the server still works on it."""
        return self in (GenerationStatus.QUEUED, GenerationStatus.PROCESSING)

    @property
    def has_ended(self) -> bool:
        """Whether it will not change any more."""
        return self in (GenerationStatus.SUCCEEDED, GenerationStatus.FAILED, GenerationStatus.CANCELLED)

    @classmethod
    def from_json(cls, value: Any) -> GenerationStatus:
        word = line(value, 60).lower()
        found = _OTHER_WORDS.get(word, word)
        return cls(found) if found in cls._value2member_map_ else cls.UNKNOWN


_OTHER_WORDS = {
    "completed": "succeeded",
    "complete": "succeeded",
    "success": "succeeded",
    "error": "failed",
    "canceled": "cancelled",
    "pending": "queued",
    "running": "processing",
    "in_progress": "processing",
}
_ROW_FIELDS = frozenset(
    {
        *(
            "id",
            "generation_id",
            "model",
            "model_name",
            "media_type",
            "status",
            "prompt",
            "result_url",
            "error_message",
        ),
        *("error_retryable", "enqueued_at", "started_at", "completed_at", "target_namespace", "target_repo"),
        *("target_directory", "cost", "user_id", "username", "user_image"),
    }
)


@dataclass(frozen=True, slots=True)
class Generation:
    """One row. The answer to an enqueue holds only id and status; None and "" mean not said."""

    id: str
    status: GenerationStatus
    model: str = ""
    media_type: str = ""
    """image, video, audio or another word."""
    prompt: str | None = None
    """None for a multi prompt and for models that need none."""
    result_url: str | None = None
    """Presigned, of unknown life: fetch it at once. A fresh one comes with the row."""
    error_message: str | None = None
    error_retryable: bool | None = None
    enqueued_at: datetime | None = None
    started_at: datetime | None = None
    completed_at: datetime | None = None
    target_namespace: str | None = None
    target_repo: str | None = None
    target_directory: str | None = None
    cost: float | None = None
    """US dollars charged. In the history only."""
    username: str | None = None
    parameters: Mapping[str, Any] = field(default_factory=dict)
    """What else the row holds: the request's own parameters, as the server gives them back."""
    status_word: str = ""
    """The server's own word for a status that is unknown to us."""

    @classmethod
    def from_json(cls, value: Any) -> Generation:
        """Reads any JSON; a row without an id is none, see `generations_from_json`."""
        row = mapping(value)
        status = GenerationStatus.from_json(row.get("status"))
        return cls(
            id=name(row.get("generation_id")) or name(row.get("id")),
            status=status,
            model=name(row.get("model_name")) or name(row.get("model")),
            media_type=line(row.get("media_type"), 60).lower(),
            prompt=optional_text(row.get("prompt")),
            result_url=optional_text(row.get("result_url")),
            error_message=optional_text(row.get("error_message")),
            error_retryable=truth(row.get("error_retryable")),
            enqueued_at=moment(row.get("enqueued_at")),
            started_at=moment(row.get("started_at")),
            completed_at=moment(row.get("completed_at")),
            target_namespace=line(row.get("target_namespace")) or None,
            target_repo=line(row.get("target_repo")) or None,
            target_directory=line(row.get("target_directory")) or None,
            cost=number(row.get("cost")),
            username=line(row.get("username")) or None,
            parameters={text(key): cleaned(entry) for key, entry in row.items() if key not in _ROW_FIELDS},
            status_word=line(row.get("status"), 60) if status is GenerationStatus.UNKNOWN else "",
        )


def generations_from_json(value: Any) -> tuple[Generation, ...] | None:
    """The rows of a list answer; None if it is no list at all."""
    entries = mapping(value).get("generations", value)
    if not isinstance(entries, list):
        return None
    rows = (Generation.from_json(entry) for entry in entries if isinstance(entry, dict))
    return tuple(row for row in rows if row.id)


@dataclass(frozen=True, slots=True)
class GenerationPage:
    """A page of the history, the only place where charged amounts appear."""

    generations: tuple[Generation, ...]
    page: int = 1
    """From 1."""
    page_size: int | None = None
    total_pages: int | None = None
    total_entries: int | None = None
    total_cost: float | None = None
    """US dollars over all pages of the filter; None when nothing in it was charged."""

    @classmethod
    def from_json(cls, value: Any) -> GenerationPage:
        page = mapping(value)
        return cls(
            generations_from_json(value) or (),
            whole(page.get("page_number")) or 1,
            whole(page.get("page_size")),
            whole(page.get("total_pages")),
            whole(page.get("total_entries")),
            number(page.get("total_cost")),
        )


@dataclass(frozen=True, slots=True)
class MediaResult:
    """A finished picture, video or sound: its URL or its bytes."""

    url: str | None
    data: bytes | None = None
    revised_prompt: str | None = None
    """What the model made of the prompt, if it says so."""

    @classmethod
    def from_json(cls, value: Any) -> MediaResult:
        """Reads any JSON; without URL and data it is none, see `media_results_from_json`."""
        if isinstance(value, str):
            value = {"url": value}
        result = mapping(value)
        url, packed = optional_text(result.get("url")), result.get("b64_json")
        if isinstance(packed, str) and packed:
            data = data_of_url(packed) if packed.startswith("data:") else _unpacked(packed)
        else:
            data = None
        if data is None and url is not None and url.startswith("data:"):
            data, url = data_of_url(url), None
        return cls(url, data, optional_text(result.get("revised_prompt")))


def media_results_from_json(value: Any) -> tuple[MediaResult, ...]:
    """The results of a synchronous call, in today's form or one of the older ones (contract section 4)."""
    answer = mapping(value)
    for key in ("images", "videos", "audios", "data", "output"):
        found = answer.get(key)
        entries = found if isinstance(found, list) else [found]
        results = [MediaResult.from_json(entry) for entry in entries]
        if usable := tuple(result for result in results if result.url or result.data):
            return usable
    for key in ("image_url", "video_url", "audio_url", "image", "video", "audio", "url"):
        result = MediaResult.from_json(answer.get(key))
        if result.url or result.data:
            return (result,)
    whole_answer = MediaResult.from_json(answer)
    return (whole_answer,) if whole_answer.data else ()


@dataclass(frozen=True, slots=True)
class GenerationCompleted:
    """The event that a generation ended. A hint: read the row for the truth. Never sent for cancelled ones."""

    id: str
    status: GenerationStatus
    media_type: str
    model: str
    """"" for a failure."""
    url: str | None
    error: str | None

    @classmethod
    def from_json(cls, value: Any) -> GenerationCompleted:
        event = mapping(value)
        return cls(
            name(event.get("generation_id")),
            GenerationStatus.from_json(event.get("status")),
            line(event.get("media_type"), 60).lower(),
            name(event.get("model")),
            optional_text(event.get("url")),
            optional_text(event.get("error")),
        )


def data_of_url(url: str) -> bytes | None:
    """The bytes in a data URL; None if it is none, or broken."""
    head, comma, packed = url.partition(",")
    if not comma or not head.startswith("data:"):
        return None
    if not head.endswith(";base64"):
        return unquote_to_bytes(packed)
    return _unpacked(packed)


def _unpacked(packed: str) -> bytes | None:
    try:
        return base64.b64decode(packed)
    except (binascii.Error, ValueError):
        return None
