"""What every pane is made of: it works, listens to services and tells the user, for as long as it is there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import ClassVar, ParamSpec

from textual import events, on
from textual.containers import Vertical
from textual.worker import Worker, WorkerState, WorkType

from oxen_tui.panes.mistake import Mistake
from oxen_tui.widgets.in_parts import InParts
from oxen_tui.widgets.message import Message
from oxen_tui.widgets.presence import Presence

Told = ParamSpec("Told")


class Pane(InParts, Presence, Vertical):
    """One service meets its widgets.

    A pane is taken away while answers arrive and pictures are drawn: whatever comes then, from a service or after the
    next frame, is not done.
    """

    COMMANDS: ClassVar[Sequence[tuple[str, str, str]]] = ()
    """What the palette offers: a name, the key of it, and the action, with its argument behind a colon."""

    class Said(Message):
        """Something happened that the eye does not see by itself."""

        sentence: str

    class Trouble(Message):
        """Something failed that is not seen on the pane."""

        sentence: str

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, classes=classes)
        self._ends: list[Callable[[], None]] = []

    def say(self, sentence: str) -> None:
        """Tell the user of something done."""
        self.post_message(self.Said(sentence))

    def in_trouble(self, sentence: str) -> None:
        """Tell the user of something that failed."""
        self.post_message(self.Trouble(sentence))

    # --- the palette ----------------------------------------------------------------------------------------------

    @property
    def commands(self) -> list[tuple[str, str, Callable[[], None]]]:
        """For the palette: name, key and work, of what does something now."""
        return [
            (name, key, partial(self._do, action))
            for name, key, action in self.COMMANDS
            if self.may(action.partition(":")[0])
        ]

    def may(self, action: str) -> bool:
        """Whether an action does something now, wherever the focus is."""
        return True

    def _do(self, action: str) -> None:
        name, _, given = action.partition(":")
        getattr(self, f"action_{name}")(*([given] if given else []))

    # --- work -----------------------------------------------------------------------------------------------------

    def _work(self, work: WorkType[None], group: str, exclusive: bool = False) -> Worker[None] | None:
        """Begin work, which ends with the pane; None where that is gone.

        Args:
            work: Not a coroutine: one whose worker is cancelled before it began would be warned about.
            group: Of work that ends for the same reason.
            exclusive: Whether other work of the group ends for it.
        """
        if not self.is_here:
            return None
        # exit_on_error=False: a mistake of ours in one piece of work must not end the session with all the others.
        return self.run_worker(work, group=group, exclusive=exclusive, exit_on_error=False)

    @on(Worker.StateChanged)
    def _hear_of_mistakes(self, event: Worker.StateChanged) -> None:
        # An exception that nobody named is a mistake of ours: the app logs it and says so, it is never swallowed.
        if event.state is WorkerState.ERROR and event.worker.error is not None:
            self.show_mistake()
            self.post_message(Mistake(event.worker.error))

    def show_mistake(self) -> None:
        """Work went wrong by a mistake of ours, of which the app tells: do not go on as if it were under way."""

    # --- listening ------------------------------------------------------------------------------------------------

    def listen(
        self,
        subscribe: Callable[[Callable[Told, None]], Callable[[], None]],
        listener: Callable[Told, None],
    ) -> Callable[[], None]:
        """Hear what a service tells, for as long as the pane is there.

        Args:
            subscribe: Of the service; what it returns ends it.
            listener: Called with what is told.

        Returns:
            Ends it before that.
        """

        def hear(*args: Told.args, **kwargs: Told.kwargs) -> None:
            if self.is_here:
                listener(*args, **kwargs)

        end = subscribe(hear)
        self._ends.append(end)

        def stop() -> None:
            if end in self._ends:
                self._ends.remove(end)
                end()

        return stop

    @on(events.Unmount)
    def _end_listening(self) -> None:
        while self._ends:
            self._ends.pop()()

    def refresh_bindings(self) -> None:
        """Ask again which keys do something; there are none of a pane that is gone."""
        if self.is_here:
            super().refresh_bindings()
