"""The create pane: a request to a model filled in, priced before it is sent, and sent."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.binding import BindingType
from textual.timer import Timer
from textual.widgets import TextArea

from oxen_tui.api.model import ModelKind
from oxen_tui.panes.create.keys import CREATE_BINDINGS, CREATE_COMMANDS
from oxen_tui.panes.create.running import CreateRunning
from oxen_tui.panes.wanted import ChatWanted
from oxen_tui.services.form.request_form import RequestForm
from oxen_tui.widgets.form import messages
from oxen_tui.widgets.form.run_button import RunButton

_JSON_REST = 0.15
"""Seconds after a letter in the JSON until it is read."""

_NOT_WHILE_TYPING = ("copy", "form_of_request", "undo", "other_pane")


class CreatePane(CreateRunning):
    """Keys and commands of the pane; the request as JSON."""

    BINDINGS: ClassVar[list[BindingType]] = CREATE_BINDINGS
    COMMANDS = CREATE_COMMANDS

    _json_timer: Timer | None = None
    _json_trouble = ""
    """Why the JSON on screen is no request."""
    _json_left = ("", "")
    """JSON that was left though it was no request, and what the request was then."""

    # --- keys -----------------------------------------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Keys are only shown, and only work, where they do something."""
        if not self.is_mounted:
            return True
        if action in _NOT_WHILE_TYPING and isinstance(self.screen.focused, TextArea):
            return False
        return self.may(action)

    def may(self, action: str) -> bool:
        """Whether it does something now, wherever the focus is."""
        makes = self.request is not None and not self.has_class("-none")
        match action:
            case "run" | "json" | "side" | "copy" | "form_of_request" | "begin_anew":
                return makes
            case "run_now":
                return makes and self.request is not None and self.request.model.kind is ModelKind.IMAGE
            case "other_pane":
                return self.request is not None and not makes
            case "undo":
                return self._before is not None
            case "back":
                return self.is_json or self.side_open or self.side.has_focus or self.button.has_focus
            case _:
                return True

    @on(messages.Left)
    def _leave_form(self, event: messages.Left) -> None:
        event.stop()
        if event.by > 0:
            self.button.focus()

    @on(RunButton.Left)
    def _leave_button(self, event: RunButton.Left) -> None:
        event.stop()
        if event.by > 0 and self.form.rows:
            self.form.stand_on(self.form.rows[0].key)
        self.form.focus()

    @on(RunButton.Pressed)
    def _press(self, event: RunButton.Pressed) -> None:
        event.stop()
        self.action_run()

    def action_back(self) -> None:
        """Close what is open, one thing at a time; at last stand in the form."""
        if self.side_open or self.side.has_focus:
            self.remove_class("-side")
        elif self.is_json:
            self._leave_json()
            return
        self.call_after_refresh(self.focus)
        self.refresh_bindings()

    def action_side(self) -> None:
        """Read what stands beside the form; where there is no room, in its place."""
        if self.side_open or self.side.has_focus:
            self.action_back()
            return
        if self.alone:
            self.add_class("-side")
        self._draw_side()
        self.call_after_refresh(self.side.focus)
        self.refresh_bindings()

    def action_form_of_request(self) -> None:
        self.side.action_form(1)

    def action_copy(self) -> None:
        self.flush()
        self._draw_side()
        if self.request is not None and self.side.copy_text:
            self.app.copy_to_clipboard(self.side.copy_text)
            self.say(f"Copied the request as {self.side.form}")

    def action_pick_model(self) -> None:
        self.post_message(self.ModelWanted())

    def action_other_pane(self) -> None:
        self.post_message(ChatWanted(self.model_id))

    def action_begin_anew(self) -> None:
        """Empty the form. `u` brings back what stood there."""
        if self.request is not None and self.request.draft:
            self._before = self.model_id, self.request.draft
            self._use(RequestForm(self.request.model))
            self.say("The form is empty · u brings back what stood there")

    def action_undo(self) -> None:
        """Bring back the request that another one took the place of."""
        if self._before is None:
            return
        (model_id, draft), self._before = self._before, None
        model = self.session.catalogue.get(model_id)
        if model is not None:
            self.model_id = model_id
            self._use(RequestForm.from_draft(model, draft))

    # --- the request as JSON --------------------------------------------------------------------------------------

    def action_json(self) -> None:
        """Edit all of the request as JSON, or go back to its fields."""
        if self.is_json:
            self._leave_json()
            return
        if self.request is None:
            return
        self.form.finish()
        self.flush()
        text, (left, was) = self.request.json_text(), self._json_left
        self.json.put(left if left and was == text else text)
        self._json_left, self._json_trouble = ("", ""), ""
        self.remove_class("-side")
        self.add_class("-json")
        self.call_after_refresh(self.json.focus)
        self.refresh_bindings()

    @on(TextArea.Changed, "#create-json")
    def _read_json_soon(self, event: TextArea.Changed) -> None:
        event.stop()
        if self._json_timer is not None:
            self._json_timer.stop()
        if self.is_json:
            self._json_timer = self.set_timer(_JSON_REST, self._read_json)

    def _read_json(self) -> None:
        """Take over what is typed, if it is a request; else say in which line it is not."""
        self._json_timer = None
        if self.request is None or not self.is_json:
            return
        text = self.json.text
        if text == self.request.json_text():
            self._json_trouble = ""
        else:
            self._json_trouble = self.request.take_json(text) or ""
            if not self._json_trouble:
                self.renew()
        wrong = self._json_trouble or next((sentence for _, sentence in self.wrong), "")
        self.say_notice(wrong, trouble=bool(wrong))

    def _leave_json(self) -> None:
        if self._json_timer is not None:
            self._json_timer.stop()
            self._read_json()
        if self.request is not None and self._json_trouble:
            self._json_left = self.json.text, self.request.json_text()
            self.say("Not taken over · F4 goes back to the JSON")
        self._json_trouble = ""
        self.remove_class("-json")
        self.say_notice("")
        self._draw()
        self.call_after_refresh(self.focus)
        self.refresh_bindings()

    def flush(self) -> None:
        if self.is_json:
            if self._json_timer is not None:
                self._json_timer.stop()
            self._read_json()
        super().flush()

    def run(self, *, wait: bool) -> None:
        self.flush()
        if not self._json_trouble:
            super().run(wait=wait)
