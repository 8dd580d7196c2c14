"""A job: one picture, clip or sound that was asked for, as this program knows it. Nouns only.

The server calls it a generation and gives it an id when it accepts it; a job exists before that, because what may
cost money is on the disk before it is sent.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any


class JobState(StrEnum):
    """Where a job stands, for whoever paid for it."""

    SENDING = "sending"
    """On the disk; whether the server has it is not known yet."""
    WAITING = "waiting"
    RUNNING = "running"
    SAVING = "saving"
    """It succeeded; its result is on the way to the disk."""
    NOT_SAVED = "not saved"
    """It succeeded; its result could not be fetched or kept. Fetching may be tried again."""
    DONE = "done"
    """Its result is a file here."""
    FAILED = "failed"
    CANCELLED = "cancelled"
    UNKNOWN = "unknown"
    """The server lists it no more, or never said whether it took it. Neither done nor failed; never sent again."""

    @property
    def is_active(self) -> bool:
        """Whether it will change by itself."""
        return self in (JobState.SENDING, JobState.WAITING, JobState.RUNNING, JobState.SAVING)

    @property
    def has_ended(self) -> bool:
        """Whether the server has no more to do. No report of the server takes a job back from here."""
        return not (self.is_active and self is not JobState.SAVING)


class Origin(StrEnum):
    """Where a job was asked for."""

    FORM = "form"
    CHAT = "chat"
    TOOL = "tool"
    """A model asked for it."""
    ELSEWHERE = "elsewhere"
    """Found in the server's list; begun by another program."""
    OPENED = "opened"
    """No job: a file of the user's own that was opened here. `DONE` from the start."""


@dataclass(frozen=True, slots=True)
class ResultFile:
    """A result on the disk, and what its bytes say it is."""

    name: str
    """Relative to the folder of results (`Paths.results`)."""
    mime: str
    size: int
    """Bytes."""
    width: int | None = None
    """Pixels."""
    height: int | None = None
    seconds: float | None = None
    """Of a clip, a sound or a moving picture."""
    frames_per_second: float | None = None
    has_sound: bool | None = None

    @property
    def is_animated(self) -> bool:
        """Whether it is a picture of several frames."""
        return self.mime.startswith("image/") and bool(self.seconds)


@dataclass(frozen=True, slots=True)
class Job:
    """One row. Never changed: a new one takes its place."""

    id: int
    """Ours; never given twice."""
    batch: int
    """Jobs that were sent with one request share it: the id of the first."""
    place_in_batch: int
    """From 0."""
    model: str
    kind: str
    """"image", "video" or "audio"."""
    state: JobState
    created_at: datetime
    """When it was written down here, or enqueued elsewhere."""
    body: Mapping[str, Any] = field(default_factory=dict)
    """The request as a form would be filled in again, without `num_generations`; local media as `file:` URLs."""
    prompt: str = ""
    origin: Origin = Origin.FORM
    sync: bool = False
    """Sent by a call that waits for the result, not by the queue."""
    generation_id: str | None = None
    """The server's; None while it is not known."""
    status_word: str = ""
    """What the server said last, in its own word, where that is none of the words we know."""
    sent_at: datetime | None = None
    started_at: datetime | None = None
    ended_at: datetime | None = None
    """When the server was done with it."""
    took: float | None = None
    """Seconds from being queued to the end of a success, by the server's clock where that says both."""
    seen_at: datetime | None = None
    """When the server spoke of it last."""
    estimate: float | None = None
    """US dollars for this one job; None is unknown."""
    cost: float | None = None
    """US dollars that the server says were charged; None while it does not say."""
    billed: bool | None = None
    """False where it is known that nothing was charged (refused, never sent); None is unknown."""
    trouble: str = ""
    """Why it failed, or could not be saved; one or two sentences."""
    retryable: bool | None = None
    namespace: str = ""
    result_url: str | None = None
    """Expires; a fresh one is in the server's row."""
    file: ResultFile | None = None
    parents: tuple[int, ...] = ()
    """The jobs whose results were put into it: an edit's picture, a clip's first frame."""
    message_id: int | None = None
    """The message of a conversation that asked for it."""
    hidden: bool = False
    """Removed from the list by the user; its result stays in the gallery."""
    favourite: bool = False
    deleted_at: datetime | None = None
    """When its result was put into the trash."""
