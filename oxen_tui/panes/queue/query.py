"""What is typed into the filter of the queue, and which jobs it finds. Any text is a query.

Plain words are looked for in the model, the prompt, the id, the file's name and what went wrong; `state:failed`,
`model:kelp`, `kind:video` and `today` narrow; a comma between values means either, a minus before a term means not.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime, timedelta
from typing import TypeAlias

from oxen_tui.services.word_completion import Completion, word_at
from oxen_tui.store.job import Job, JobState

_TOKEN = re.compile(r'-?(?:[a-z]+:)?"[^"]*"?|\S+', re.IGNORECASE)

Test: TypeAlias = Callable[[Job], bool]

STATES: dict[str, Callable[[JobState], bool]] = {
    "active": lambda state: state.is_active,
    "ended": lambda state: not state.is_active,
    **{state.value.replace(" ", "-"): (lambda wanted: lambda state: state is wanted)(state) for state in JobState},
}
"""What `state:` takes."""

_STEPS = ("", "state:active", "state:done", "state:failed,cancelled,unknown,not-saved")
"""What a key goes through."""

_NAMES = {
    "state:": "active, ended, running, failed …",
    "kind:": "image, video, audio",
    "model:": "a part of its name",
    "today": "sent or ended today",
    "yesterday": "sent or ended the day before",
}


def query(text: str, today: date) -> Test | None:
    """Whether a job is wanted; None where nothing is typed and all are.

    Args:
        text: What is typed.
        today: In the reader's own time zone.
    """
    tests = [test for token in _TOKEN.findall(text) if (test := _test(token, today)) is not None]
    return (lambda job: all(test(job) for test in tests)) if tests else None


def complete(text: str, cursor: int, models: Iterable[str]) -> list[Completion]:
    """The ways to go on; none at an empty word.

    Args:
        text: What is typed.
        cursor: Characters before it.
        models: Names of models that jobs have.
    """
    start, end = word_at(text, cursor)
    typed = text[start:cursor]
    if not typed.strip("-"):
        return []
    minus, bare = ("-", typed[1:]) if typed.startswith("-") else ("", typed)
    ways = [(minus + word, about) for word, about in _ways(bare.casefold(), models)]
    return [Completion(word, about, word.endswith(":"), start, end) for word, about in ways if word != typed][:10]


def next_state(text: str, step: int) -> str:
    """The filter with the next state in place of its own: all, what is active, what is done, what went wrong."""
    tokens = _TOKEN.findall(text)
    here = next((token for token in tokens if token.startswith("state:")), "")
    at = _STEPS.index(here) if here in _STEPS else 0
    others = [token for token in tokens if token != here]
    return " ".join([*others, _STEPS[(at + step) % len(_STEPS)]]).strip()


def _test(token: str, today: date) -> Test | None:
    if token.startswith("-") and len(token) > 1:
        test = _test(token[1:], today)
        return None if test is None else (lambda job: not test(job))
    name, colon, value = token.partition(":")
    values = [part.strip().casefold() for part in value.strip('"').split(",") if part.strip()]
    match name.casefold() if colon else "":
        case "state" | "status" | "is":
            return _state(values)
        case "kind" | "type":
            return (lambda job: job.kind in values or f"{job.kind}s" in values) if values else None
        case "model":
            return (lambda job: any(part in job.model.casefold() for part in values)) if values else None
    if token.casefold() in ("today", "yesterday"):
        day = today if token.casefold() == "today" else today - timedelta(days=1)
        return lambda job: day in (_day(job.created_at), _day(job.ended_at))
    word = token.strip('"').casefold()
    return (lambda job: any(word in text.casefold() for text in _texts(job))) if word else None


def _state(values: list[str]) -> Test | None:
    # While a word is still typed it finds what it may become.
    tests = [test for value in values for word, test in STATES.items() if word.startswith(value)]
    return (lambda job: any(test(job.state) for test in tests)) if values else None


def _texts(job: Job) -> Iterator[str]:
    yield job.model
    yield job.prompt
    yield job.trouble
    yield job.generation_id or ""
    if job.file is not None:
        yield job.file.name


def _day(moment: datetime | None) -> date | None:
    return moment.astimezone().date() if moment is not None else None


def _ways(bare: str, models: Iterable[str]) -> Iterator[tuple[str, str]]:
    name, colon, value = bare.partition(":")
    if not colon:
        yield from ((word, about) for word, about in _NAMES.items() if word.startswith(name))
        return
    before, comma, last = value.rpartition(",")
    head = f"{name}:{before}{comma}"
    choices = {"state": STATES, "kind": ("image", "video", "audio"), "model": sorted(set(models))}
    for choice in choices.get(name, ()):
        if choice.casefold().startswith(last) or (name == "model" and last in choice.casefold()):
            yield head + choice, ""
