"""What the chat pane tells the screen, mistakes of ours in its work among it."""

from __future__ import annotations

from dataclasses import dataclass

from textual import on
from textual.containers import Horizontal
from textual.message import Message
from textual.worker import Worker, WorkerState, WorkType

from oxen_tui.panes.mistake import Mistake


class ChatTold(Horizontal):
    """Its messages."""

    class ModelWanted(Message):
        """The user wants to choose a model."""

    class ModelsKnown(Message):
        """The list of models came, or the reason why it does not."""

    @dataclass
    class Recognised(Message):
        """The server says whose key it is."""

        username: str

    @dataclass
    class TitleWanted(Message):
        """The user wants to give a conversation another title."""

        conversation_id: int
        title: str
        ask: bool = False
        """Whether a model is to be asked for one."""

    @dataclass
    class Spent(Message):
        """An answer ended; None is an unknown price."""

        dollars: float | None

    @dataclass
    class Trouble(Message):
        """Something failed that the transcript does not show."""

        sentence: str

    @dataclass
    class Said(Message):
        """Something happened that the eye does not see by itself."""

        sentence: str

    @dataclass
    class CommandGiven(Message):
        """A slash command that is not about the chat."""

        action: str

    # --- work, and mistakes in it ---------------------------------------------------------------------------------

    def _work(self, work: WorkType[None], group: str, *, exclusive: bool = False) -> None:
        # Not a coroutine: one whose worker is cancelled before it began would be warned about.
        # exit_on_error=False: a mistake of ours in one answer must not end the session with all the others.
        self.run_worker(work, group=group, exclusive=exclusive, exit_on_error=False)

    @on(Worker.StateChanged)
    def _hear_of_mistakes(self, event: Worker.StateChanged) -> None:
        # An exception that nobody named is a mistake of ours: the app logs it and says so, it is never swallowed.
        if event.state is WorkerState.ERROR and event.worker.error is not None:
            self.post_message(Mistake(event.worker.error))
