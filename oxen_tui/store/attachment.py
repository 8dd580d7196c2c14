"""What a message carries beside its text: pictures, clips, sounds, documents, and jobs it began."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any, Final

KINDS: Final = ("image", "video", "audio", "pdf", "text", "job")

CONVERSATION: Final = "conversation"
"""Another conversation of the same store, up to the message that `source` names: a summary of it is asked for. It is
not one of `KINDS`: taken in from a file it would mean whatever has that number here."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """One of them. What it refers to may be gone when it is looked at again."""

    kind: str
    """One of `KINDS`; "job" is a generation that the message began, shown as a live card and not sent. Or
    `CONVERSATION`, which only `services.context.sent_path` attaches."""
    name: str
    """Shown on its chip: the file's name without folders."""
    source: str = ""
    """A `file:` URL, an https URL, or nothing where `text` or `job_id` is all there is."""
    mime: str = ""
    size: int | None = None
    """Bytes."""
    width: int | None = None
    """Pixels."""
    height: int | None = None
    seconds: float | None = None
    text: str = ""
    """Of a text file: what stood in it when it was attached. Sent as such."""
    job_id: int | None = None
    """The job whose result it is, or that it shows."""
    reduced: bool = False
    """Whether a smaller copy is sent: the user asked for it."""


def attachments_from(written: str | None) -> tuple[Attachment, ...]:
    """The column of attachments. Keys of a newer version are left out."""
    if not written:
        return ()
    known = Attachment.__slots__
    return tuple(Attachment(**{key: each[key] for key in known if key in each}) for each in json.loads(written))


def written_attachments(attachments: Iterable[Attachment]) -> str | None:
    """The same the other way; only what differs from nothing."""
    rows: list[dict[str, Any]] = [
        {key: value for key, value in asdict(each).items() if value not in ("", None, False)} for each in attachments
    ]
    return json.dumps([{"name": "", **row} for row in rows], ensure_ascii=False) if rows else None
