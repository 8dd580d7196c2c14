"""What panes want of whatever screen they stand on: that the user is asked something, or to go on in another pane."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from oxen_tui.widgets.message import Message


class SureWanted(Message):
    """Something costs or loses: the user is to be asked first."""

    question: str
    explanation: str
    yes: str
    """What the key does that says yes."""
    no: str
    go_on: Callable[[], object]
    """Called on a yes."""
    leave: Callable[[], object] | None = None
    """Called on a no."""


class LineWanted(Message):
    """The user is to be asked for a line of text: a place, a name."""

    title: str
    suggestion: str
    take: Callable[[str], object]
    """Called with the line, where one was given."""


class RequestWanted(Message):
    """A request is to stand in the form: one that was made before, one that begins with a result, or an empty one."""

    model_id: str
    """"" where it is not known: the user's choice."""
    body: Mapping[str, Any] | None = None
    """None is an empty one: what stands in the form is kept as far as the model takes it."""
    parents: tuple[int, ...] = ()


class ViewWanted(Message):
    """Files are to be seen as large as there is room."""

    paths: Sequence[Path]
    """The one to begin with first; none are those that the user chooses."""


class AttachWanted(Message):
    """Files are to go with the next question of the chat."""

    paths: tuple[Path, ...]


class ChatWanted(Message):
    """A conversation with this model is to begin."""

    model_id: str
