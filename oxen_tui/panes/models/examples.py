"""What a model shows of itself: fetched when the user asks for it, never before, then looked at in the viewer."""

from __future__ import annotations

from functools import partial
from itertools import count, takewhile

from oxen_tui.panes.models.waking import ModelsWaking
from oxen_tui.services.gallery.showcase import Fetched, Showpiece
from oxen_tui.widgets.wording import counted


class ModelsExamples(ModelsWaking, part=True):
    """Fetches examples and hands them on."""

    _fetching = ""
    """What is on its way, in words; "" where nothing is."""

    @property
    def showpieces(self) -> tuple[Showpiece, ...]:
        """The examples of the model under the cursor."""
        model = self.model
        return self._shown_pages.showpieces(model) if model is not None else ()

    @property
    def doing(self) -> str:
        return self._fetching

    def key_words(self, action: str) -> str:
        """How many there are, for the footer."""
        return counted(len(self.showpieces), "example") if action == "examples" else ""

    def action_examples(self) -> None:
        """Fetch them and look at them."""
        if (pieces := self.showpieces) and not self._fetching:
            self._say_doing(self.model_id, 0, len(pieces))
            self._work(partial(self._fetch, self.model_id, pieces), "examples", True)

    def action_stop(self) -> None:
        """Have them no more."""
        self.workers.cancel_group(self, "examples")

    def on_hide(self) -> None:
        self.action_stop()  # a viewer that opens over another pane is no answer any more

    async def _fetch(self, model_id: str, pieces: tuple[Showpiece, ...]) -> None:
        came: dict[int, Fetched] = {}
        shown = 0

        def take(place: int, example: Fetched) -> None:
            """In the model's order: the first is looked at as soon as it is there, and the others as they come."""
            nonlocal shown
            came[place] = example
            self._say_doing(model_id, len(came), len(pieces))
            ready = [came[each] for each in takewhile(came.__contains__, count(shown))]
            if ready and (shown or any(each.path is not None for each in ready)):
                self.post_message(self.ExamplesWanted(model_id, ready, more=shown > 0))
                shown += len(ready)

        try:
            await self.session.showcase.fetch_all(pieces, take)
        finally:
            self._fetching = ""
            self._draw_doing()
        if not shown:
            self.in_trouble(f"No example of {model_id} is here. {came[0].trouble}")

    def _say_doing(self, model_id: str, done: int, of: int) -> None:
        self._fetching = f"Fetching examples of {model_id}: {done} of {of}"
        self._draw_doing()

    def _draw_doing(self) -> None:
        if self.is_here:
            self._draw_foot()
            self.refresh_bindings()
