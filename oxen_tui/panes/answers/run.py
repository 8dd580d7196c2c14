"""An answer that arrives now, as far as the status line speaks of it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from oxen_tui.store.message import Ending, Message
    from oxen_tui.widgets.transcript.turn import ToolLine


@dataclass(slots=True)
class AnswerRun:
    """The state of one running answer. The transcript may show another conversation meanwhile."""

    conversation_id: int
    started: float
    """Monotonic seconds."""
    model: str
    task: asyncio.Task[object] | None
    """What follows it; cancelling it stops the answer."""
    state: str = "waiting"
    state_since: float = 0.0
    message_id: int | None = None
    characters: int = 0
    """Of text and reasoning."""
    called: Message | None = None
    """The answer whose tools are run."""
    calls: list[ToolLine] = field(default_factory=list)
    """Its calls as they stand; empty while it calls none."""
    stored: bool = False
    """Whether its question is on the disk."""
    ending: Ending | None = None
    """How it ended; None while it has not, and where nothing came of it."""
    asking: int = 0
    """Calls that wait for the user."""
    end: Callable[[], None] | None = None
    """Ends it, where it is several answers of several models: such a run has one state and no price."""

    @property
    def tokens(self) -> int:
        """An estimate, until the server reports its usage: four characters to a token."""
        return (self.characters + 3) // 4

    def enter(self, state: str, now: float) -> None:
        """Begin another state; staying in one keeps its time."""
        if state != self.state and self.end is None:
            self.state, self.state_since = state, now

    def stop(self) -> None:
        """End it: the service keeps what came and closes the socket."""
        if self.end is not None:
            self.end()
        elif self.task is not None:
            self.task.cancel()


class Listener(Protocol):
    """What the pane wants to hear."""

    def answers_changed(self) -> None:
        """One began or ended, or does something else now."""

    def answer_ended(self, message: Message) -> None:
        """An answer is complete, or as complete as it will be."""

    def in_trouble(self, sentence: str) -> None:
        """Something failed that the transcript does not show."""

    def say(self, sentence: str) -> None:
        """Something went otherwise than asked for."""
