"""What messages carry, as the parts of a request (contract section 3): media as data URLs, text files as text."""

from __future__ import annotations

import asyncio
import base64
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Final
from urllib.parse import unquote, urlsplit

from oxen_tui.api.chat import ContentPart, FilePart, MediaPart, TextPart
from oxen_tui.media.file_kind import HEAD, kind_of
from oxen_tui.services.conversation.history import Parts
from oxen_tui.store.attachment import CONVERSATION, Attachment
from oxen_tui.store.message import Message
from oxen_tui.system_words import why

MOST_BYTES: Final = {"image": 20_000_000, "video": 24_000_000, "audio": 20_000_000, "pdf": 24_000_000}
"""Of one file, by its kind. Sounds and documents: contract section 3; pictures and clips: ours."""

_PARTS = {"image": "image_url", "video": "video_url", "audio": "audio_url"}


class AttachmentGone(Exception):
    """What was attached cannot be sent. Nothing was sent.

    Attributes:
        sentence: What is wrong with which of them, and what to do.
    """

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


async def parts_of(messages: Sequence[Message], inputs: Collection[str] = ()) -> Parts:
    """The parts of all messages that carry any. Files are read in a thread.

    In questions before the last one, words take the place of a file that is gone or that the model cannot be shown:
    what was answered to them stands below, and the conversation must not end with a file.

    Args:
        messages: From the first one.
        inputs: What the model takes (`Model.inputs`); empty where that is not known.

    Raises:
        AttachmentGone: A file of the last question is not there any more, cannot be read, or is too large.
    """
    # What a job was given is for the model that makes it.
    carrying = [
        message
        for message in messages
        if message.attachments and all(each.kind != "job" for each in message.attachments)
    ]
    if not carrying:
        return {}
    last = max((message.id for message in messages if message.role == "user"), default=None)

    def read() -> Parts:
        return {
            message.id: [
                part for each in message.attachments if (part := _sent(each, inputs, message.id == last)) is not None
            ]
            for message in carrying
        }

    return await asyncio.to_thread(read)


def takes(inputs: Collection[str], kind: str) -> bool:
    """Whether a model with these inputs can be shown that. Documents are in no list of inputs, so nobody knows."""
    return not inputs or kind not in ("image", "video", "audio") or kind in inputs


def local_path(source: str) -> Path | None:
    """The file behind a `file:` URL; None for any other."""
    parts = urlsplit(source)
    return Path(unquote(parts.path)) if parts.scheme == "file" else None


def read_of_kind(path: Path, kind: str, most: int) -> bytes | None:
    """The beginning of a file, if it is what it was attached as; None if it is anything else.

    A conversation that was taken in from a file may name any path: what is no medium, such as a key or a password
    file, must not leave by that.

    Args:
        kind: `image`, `video`, `audio` or `pdf`.
        most: Bytes that are read.

    Raises:
        OSError: It cannot be read.
    """
    if path.exists() and not path.is_file():
        return None  # a pipe would hang, a device never end
    with path.open("rb") as file:
        content = file.read(most)
    found = kind_of(content[:HEAD])
    # A clip without pictures is a sound, and both may come in the same container.
    alike = {"pdf": ("document",), "video": ("video", "audio"), "audio": ("audio", "video")}.get(kind, (kind,))
    return content if found is not None and found.kind in alike else None


def _sent(attachment: Attachment, inputs: Collection[str], must: bool) -> ContentPart | None:
    if not takes(inputs, attachment.kind):
        return TextPart(f"[{attachment.name} was attached here: {attachment.kind}, which you cannot be shown.]")
    try:
        return _part(attachment)
    except AttachmentGone:
        if must:
            raise
        return TextPart(f"[{attachment.name} was attached here. The file is gone.]")


def _part(attachment: Attachment) -> ContentPart | None:
    if attachment.kind == "text":
        return TextPart(f"{attachment.name}:\n\n{attachment.text}")
    if not attachment.source or attachment.kind in ("job", CONVERSATION):
        return None
    path = local_path(attachment.source)
    url = attachment.source if path is None else _data_url(attachment, path)
    if attachment.kind != "pdf":
        return MediaPart(_PARTS[attachment.kind], url)
    return FilePart(file_url=url) if path is None else FilePart(attachment.name, url)


def _data_url(attachment: Attachment, path: Path) -> str:
    most = MOST_BYTES[attachment.kind]
    try:
        content = read_of_kind(path, attachment.kind, most + 1)
    except OSError as error:
        raise AttachmentGone(
            f"{attachment.name} cannot be read: {why(error)}. Take it off the question, or put the file back."
        ) from error
    if content is None:
        raise AttachmentGone(f"{attachment.name} is something else by now: take it off the question.")
    if len(content) > most:
        raise AttachmentGone(f"{attachment.name} is larger than {most // 1_000_000} MB: attach a smaller one.")
    return f"data:{attachment.mime};base64,{base64.b64encode(content).decode('ascii')}"
