"""From what a form keeps to what goes over the wire: local files become data URLs, or are uploaded."""

from __future__ import annotations

import asyncio
import base64
import copy
from collections.abc import Awaitable, Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from oxen_tui.api.account import UploadedFile
from oxen_tui.media.file_kind import HEAD, FileKind, kind_of
from oxen_tui.services.form.values import put
from oxen_tui.services.form.variants import fitting, forms_of
from oxen_tui.services.inputs.limits import (
    MOST_INLINE,
    MOST_INLINE_TOGETHER,
    size_words,
    too_large,
    wrong_kind,
)
from oxen_tui.services.media_addresses import address_label, path_of
from oxen_tui.services.schema.fields import Field
from oxen_tui.services.schema.media import Media, find_media
from oxen_tui.services.schema.request_schema import RequestSchema
from oxen_tui.system_words import why

Upload = Callable[[Path], Awaitable[UploadedFile]]
"""`Client.upload`."""

_Path = tuple[str | int, ...]
_ADDRESSED: Mapping[str, object] = {"type": "string"}
_DEEPEST = 60


class CannotSend(Exception):
    """A medium of the request cannot be sent. Nothing was sent."""

    def __init__(self, path: _Path, name: str, sentence: str, *, upload_helps: bool = False) -> None:
        super().__init__(f"{name}: {sentence}")
        self.path = path
        """Of the field in the body."""
        self.name = name
        """Of the field and the file: `input_image 2 (ox.png)`."""
        self.sentence = sentence
        self.upload_helps = upload_helps
        """Whether it could be sent if the user allowed uploads."""


@dataclass(frozen=True, slots=True)
class _Local:
    """A file that a request names."""

    at: _Path
    path: Path
    media: Media

    def problem(self, sentence: str, *, upload_helps: bool = False) -> CannotSend:
        field = " ".join(str(step + 1) if isinstance(step, int) else step for step in self.at)
        return CannotSend(
            self.at, f"{field} ({address_label(self.path.as_uri())})", sentence, upload_helps=upload_helps
        )


async def to_wire(
    body: Mapping[str, Any], schema: RequestSchema, *, upload: Upload | None = None, inline: bool = True
) -> dict[str, Any]:
    """A copy of a body with addresses that the service can read in place of local files.

    Small pictures go into the request itself. Clips, sounds and what is large are uploaded where that is allowed:
    data URLs of them are not documented (contract section 8). A file is read or uploaded once, however often it is
    named. Only media fields are looked at: a prompt that speaks of file:///etc stays a prompt.

    Args:
        body: As `RequestForm.body`.
        upload: Given if the user allows uploads.
        inline: False uploads everything, for services that took no data URL.

    Raises:
        CannotSend: A file is gone, no medium of the kind that is wanted, or too large.
        ApiError: An upload failed.
    """
    wire: dict[str, Any] = copy.deepcopy(dict(body))
    ready: dict[Path, str] = {}
    together = 0
    for local in list(_locals(schema, wire)):
        if local.path not in ready:
            size, kind = await asyncio.to_thread(_looked_at, local, may_upload=upload is not None)
            goes_inline = inline and size <= MOST_INLINE and (upload is None or kind.kind == "image")
            if goes_inline and together + _encoded(size) > MOST_INLINE_TOGETHER and upload is not None:
                goes_inline = False
            if upload is not None and not goes_inline:
                try:
                    ready[local.path] = (await upload(local.path)).url
                except OSError as error:
                    raise local.problem(_unreadable(error)) from error
            else:
                together += _encoded(size)
                if together > MOST_INLINE_TOGETHER:
                    raise local.problem(
                        f"All files together are more than the {size_words(MOST_INLINE_TOGETHER)} that go into one "
                        "request. Allow uploads, or give addresses of copies on the web.",
                        upload_helps=True,
                    )
                ready[local.path] = await asyncio.to_thread(_data_url, local)
        put(wire, local.at, ready[local.path])
    return wire


def _locals(schema: RequestSchema, body: Mapping[str, Any]) -> Iterator[_Local]:
    for field in schema.fields:
        if field.name in body:
            yield from _within(field, body[field.name], (field.name,), _DEEPEST)
    for name, value in body.items():
        if schema.field(name) is None:
            yield from _by_name(name, value, (name,), _DEEPEST)


def _within(field: Field, value: object, at: _Path, depth: int) -> Iterator[_Local]:
    """The local files in a value, as the schema describes it."""
    if field.media is not None and isinstance(value, str | list):
        yield from _media(field.media, value, at)
        return
    if not isinstance(value, dict | list) or depth <= 0:
        return
    forms = forms_of(field)
    if forms and (index := fitting(forms, value)) is not None:
        field = forms[index]
    if isinstance(value, list):
        for index, entry in enumerate(value):
            if field.items is not None:
                yield from _within(field.items, entry, (*at, index), depth - 1)
            else:
                yield from _by_name(str(at[-1]), entry, (*at, index), depth - 1)
        return
    known = {entry.name: entry for entry in field.fields}
    for name, entry in value.items():
        if name in known:
            yield from _within(known[name], entry, (*at, name), depth - 1)
        else:
            yield from _by_name(name, entry, (*at, name), depth - 1)


def _by_name(name: str, value: object, at: _Path, depth: int) -> Iterator[_Local]:
    """The same where the schema is silent: names that say they hold a medium do."""
    media = find_media(name, _ADDRESSED, ())
    if isinstance(value, str):
        if media is not None:
            yield from _media(media, value, at)
    elif depth > 0 and isinstance(value, dict):
        for key, entry in value.items():
            yield from _by_name(key, entry, (*at, key), depth - 1)
    elif depth > 0 and isinstance(value, list):
        for index, entry in enumerate(value):
            yield from _by_name(name, entry, (*at, index), depth - 1)


def _media(media: Media, value: object, at: _Path) -> Iterator[_Local]:
    if isinstance(value, list):
        for index, entry in enumerate(value):
            yield from _media(media, entry, (*at, index))
    elif isinstance(value, str) and value[:5].lower() == "file:":
        path = path_of(value)
        if path is None:
            raise CannotSend(at, str(at[0]), "The file is on another machine: give its https address.")
        yield _Local(at, path, media)


def _looked_at(local: _Local, *, may_upload: bool) -> tuple[int, FileKind]:
    """Size and kind, by what is in the file now."""
    try:
        if not local.path.is_file():
            raise local.problem("The file is not there any more.")
        size = local.path.stat().st_size
        with local.path.open("rb") as file:
            kind = kind_of(file.read(HEAD))
    except OSError as error:
        raise local.problem(_unreadable(error)) from error
    if kind is None or not kind.is_medium:
        raise local.problem("It is no picture, clip or sound that is known here.")
    if wrong := wrong_kind(kind.kind, kind.name, local.media.kind):
        raise local.problem(wrong)
    if wrong := too_large(size, may_upload=may_upload):
        raise local.problem(wrong, upload_helps=not too_large(size, may_upload=True))
    return size, kind


def _data_url(local: _Local) -> str:
    try:
        with local.path.open("rb") as file:
            content = file.read(MOST_INLINE + 1)
    except OSError as error:
        raise local.problem(_unreadable(error)) from error
    kind = kind_of(content[:HEAD])
    if kind is None or len(content) > MOST_INLINE:
        raise local.problem("The file was changed while it was read.")
    return f"data:{kind.mime};base64,{base64.b64encode(content).decode('ascii')}"


def _encoded(size: int) -> int:
    """Characters of a data URL for a file of this size, nearly."""
    return (size + 2) // 3 * 4 + 30


def _unreadable(error: OSError) -> str:
    return f"The file cannot be read: {why(error)}."
