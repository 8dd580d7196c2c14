"""What the page beside the list says of a job. Words only; the page breaks them to its width."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from oxen_tui.store.job import JobState


@dataclass(frozen=True, slots=True)
class JobTime:
    """How long it takes, in seconds."""

    passed: float
    going: bool
    """Whether it goes on."""
    usual: float | None = None
    """Half of the user's own runs took less; None while there are too few."""
    slow: float = 0.0
    """Nine of ten took less."""


@dataclass(frozen=True, slots=True)
class JobFact:
    """A label and a value."""

    label: str
    value: str
    ink: str = "text"


@dataclass(frozen=True, slots=True)
class JobMember:
    """One of several jobs of a request."""

    state: JobState
    words: str
    """The name of its file, or what went wrong."""
    aside: str = ""
    """Its time, or its price."""


@dataclass(frozen=True, slots=True)
class JobSheet:
    """All of it."""

    key: str
    """Names the job: while it is the same, the reader's place on the page is kept."""
    state: JobState
    word: str = ""
    """Where one word does not say how several jobs stand: `1 of 4 done`."""
    when: str = ""
    """`sent 14:02:08`."""
    model: str = ""
    what: str = ""
    """What was asked for in a few words: `video 6 s 720p`."""
    kind: str = "image"
    prompt: str = ""
    said: Sequence[tuple[str, str]] = ()
    """Sentences with their inks: what went wrong, what it cost, what to do."""
    caption: str = ""
    """Under the picture, if it is not the result."""
    time: JobTime | None = None
    facts: Sequence[JobFact] = ()
    members: Sequence[JobMember] = ()
    request: Mapping[str, Any] = field(default_factory=dict)
    events: Sequence[tuple[str, str]] = ()
    """Times of day and what happened, the first one first."""
