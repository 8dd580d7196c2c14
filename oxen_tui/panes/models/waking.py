"""Custom models: woken and put to sleep from the list, and followed until they are.

The user is asked first, since being awake costs. What is on its way says so in its row, with the time it takes.
"""

from __future__ import annotations

from contextlib import aclosing
from functools import partial

from oxen_tui.api.model import Model
from oxen_tui.panes.models.listing import ModelsListing
from oxen_tui.panes.wanted import SureWanted
from oxen_tui.services.catalogue.deployments import (
    ACTIVE,
    DEACTIVATING,
    DEPLOYING,
    INACTIVE,
    UNKNOWN,
    DeploymentState,
)
from oxen_tui.services.price.words import short_price
from oxen_tui.services.session import Session
from oxen_tui.widgets import motion
from oxen_tui.widgets.models.columns import state_words
from oxen_tui.widgets.wording import running_time

_SETTLED = (ACTIVE, INACTIVE, UNKNOWN)
_AT_REST: tuple[DeploymentState | None, float, bool] = (None, 0.0, False)


class ModelsWaking(ModelsListing, part=True):
    """Shows how custom models stand, and changes that."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._states: dict[str, tuple[DeploymentState, float, bool]] = {}
        """How models stand that were woken or put to sleep here, when (monotonic) that was asked for, and whether
        they were to wake."""

    def on_mount(self) -> None:
        super().on_mount()
        self._ticking = self.set_interval(motion.tick(), self._tick, pause=True)

    @property
    def deployment(self) -> str:
        """The state of a custom model, "" for others."""
        index = self.session.catalogue.index
        position = index.position.get(self.model_id)
        if position is None or not index.columns.custom[position]:
            return ""
        return self.under_way(self.model_id)[0] or index.columns.deployment[position]

    def action_wake(self) -> None:
        self.action_activate()

    def action_activate(self) -> None:
        """Wake a custom model or put it to sleep, once the user has said yes: it costs."""
        model, state = self.model, self.deployment
        if model is None:
            return
        if state in (DEPLOYING, DEACTIVATING):
            self.say(f"{model.id} is {state_words(state)[1]} already")
        elif state == ACTIVE:
            self._ask_first(model.id, False, "Put {} to sleep?", "Waking it again takes minutes.", "puts it to sleep")
        else:
            price = short_price(model.pricing)
            why = f"It is billed while it is awake ({price}), until a puts it to sleep again."
            self._ask_first(model.id, True, "Wake {}?", why, "wakes it")

    def _ask_first(self, model_id: str, active: bool, question: str, why: str, yes: str) -> None:
        go_on = partial(self.turn, model_id, active)
        self.post_message(SureWanted(question.format(model_id), why, yes, "leaves it as it is", go_on))

    def turn(self, model_id: str, active: bool) -> None:
        """Wake a model, or put it to sleep: the user has said yes."""
        self._work(partial(self._turn, model_id, active), f"deployment {model_id}", True)

    async def _turn(self, model_id: str, active: bool) -> None:
        deployments = self.browser.deployments
        states = deployments.activate(model_id) if active else deployments.deactivate(model_id)
        self._ticking.resume()
        async with aclosing(states):
            async for state in states:
                self._note_state(state, active)
        if state.reached:
            self.say(f"{model_id} is {state_words(state.status)[1]}")
        else:
            verb = "wake" if active else "fall asleep"
            self.in_trouble(f"{model_id} did not {verb}: {state.reason}")

    def _note_state(self, state: DeploymentState, active: bool) -> None:
        begun = self.session.clock.monotonic() - state.elapsed
        self._states[state.model_id] = state, begun, active
        if all(each.ended for each, _, _ in self._states.values()):
            self._ticking.pause()
        self._draw_soon()

    def _tick(self) -> None:
        self._list.refresh()
        if self.model_id in self._states:
            self._look_soon()

    def under_way(self, model_id: str) -> tuple[str, str]:
        state, begun, active = self._states.get(model_id, _AT_REST)
        if state is None or state.ended:
            return "", ""
        # Until the server has taken it up it says the old state, which would look as if nothing had been asked.
        status = (DEPLOYING if active else DEACTIVATING) if state.status in _SETTLED else state.status
        return status, running_time(self.session.clock.monotonic() - begun)

    def note_of(self, model: Model) -> str:
        state, _, _ = self._states.get(model.id, _AT_REST)
        if state is not None and (state.reason or not state.ended):
            status, elapsed = self.under_way(model.id)
            word = state_words(status or state.status)[1]
            return f"{word} {elapsed}".strip() + (f": {state.reason}" if state.reason else "")
        return super().note_of(model)
