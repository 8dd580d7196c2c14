"""Asks whether a tool may do what a model wants. All of it is shown, and no key meant for the composer says yes."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Input, Static

from oxen_tui.safe_text import clean, clean_line
from oxen_tui.screens.dialogs.dialog import Dialog
from oxen_tui.services.tools.tool import Answered, Question, Verdict
from oxen_tui.widgets.glyphs import glyph
from oxen_tui.widgets.line_input import LineInput

QUIET = 0.5
"""Seconds without a key after which keys count: before, they may have been meant for what was on screen."""


class ConfirmTool(Dialog[Answered]):
    """Answers the user's word; None for Esc, which is a no."""

    # Else the field for a reason would be focused before it is hidden, and Enter would be a no.
    AUTO_FOCUS = ""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "say('ONCE')", "allow", id="tool.allow"),
        Binding("a", "say('CONVERSATION')", "allow in this conversation", id="tool.allow_always"),
        Binding("n", "say('NO')", "no", id="tool.refuse"),
        Binding("r", "reason", "no, with a reason", id="tool.refuse_because"),
        Binding("s", "say('STOP')", "stop the answer", id="tool.stop"),
        Binding("up,k", "scroll(-1)", "Up", show=False),
        Binding("down,j", "scroll(1)", "Down", show=False),
        Binding("pageup", "scroll(-8)", "Page up", show=False),
        Binding("pagedown", "scroll(8)", "Page down", show=False),
    ]

    DEFAULT_CSS = """
    ConfirmTool {
        & VerticalScroll { height: auto; max-height: 16; width: 1fr; scrollbar-size-vertical: 1; }
        & .fact { height: auto; width: 1fr; margin: 0 2; }
        & .fact .label { width: 11; padding: 0; }
        & .fact .value { width: 1fr; padding: 0; color: $text; }
        & .fact { layout: horizontal; }
        & #warning { color: $warn; margin: 1 0 0 0; }
        & #choices { margin: 1 0 0 0; color: $faint; height: auto; }
        & #reason { display: none; margin: 1 2 0 2; }
        &.-reason #reason { display: block; }
    }
    """

    def __init__(self, question: Question, quiet: float = QUIET) -> None:
        super().__init__()
        self.question = question
        self._quiet = quiet
        self._armed = quiet <= 0

    def compose(self) -> ComposeResult:
        question = self.question
        with Vertical(classes="dialog"):
            yield Static(Content(clean_line(question.title, 200)), classes="title")
            with VerticalScroll(can_focus=False):
                for label, value in question.facts:
                    with Vertical(classes="fact"):
                        yield Static(Content(clean_line(label, 40)), classes="label")
                        yield Static(Content(clean(value)), classes="value")
            if question.warning:
                yield Static(Content(f"{glyph('unknown')} {clean_line(question.warning, 400)}"), id="warning")
            yield LineInput(placeholder="Why not, for the model", id="reason")
            yield Static(id="choices")

    def on_mount(self) -> None:
        self._timer = self.set_timer(self._quiet, self._arm) if self._quiet > 0 else None
        self._draw()

    def on_resize(self) -> None:
        # What stands round the facts takes ten rows at most; it must not be pushed out.
        self.query_one(VerticalScroll).styles.max_height = max(2, self.size.height - 12)

    def on_key(self, event: events.Key) -> None:
        if not self._armed and self._timer is not None:
            self._timer.reset()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.dismiss(Answered(Verdict.NO, clean_line(event.value.strip(), 1000)))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """No key counts before there was a moment's rest, and none while a reason is written."""
        if action in ("say", "reason"):
            if not self._armed or self.has_class("-reason"):
                return False
            if parameters == ("CONVERSATION",):
                return self._offers_more
        return super().check_action(action, parameters)

    def action_say(self, verdict: str) -> None:
        self.dismiss(Answered(Verdict[verdict]))

    def action_reason(self) -> None:
        self.add_class("-reason")
        self.query_one(LineInput).focus()
        self._draw()

    def action_scroll(self, lines: int) -> None:
        self.query_one(VerticalScroll).scroll_relative(y=lines, animate=False)

    @property
    def _offers_more(self) -> bool:
        """Whether more can be allowed than by a plain yes."""
        question = self.question
        return bool(question.scope) and not question.warning and not question.holds

    def _arm(self) -> None:
        self._armed = True
        self._draw()

    def _draw(self) -> None:
        """The keys; they appear when they count, in the room that is kept for them."""
        question = self.question
        lines: list[tuple[tuple[str, str], ...]]
        if self.has_class("-reason"):
            lines = [(("enter", "says no with this reason"), ("esc", "says no without"))]
        else:
            lines = [(("enter", question.yes),)]
            if self._offers_more:
                lines.append((("a    ", f"allows {question.scope} in this chat"),))
            lines.append((("n    ", "no"), ("r", "no, because …"), ("s", "stops the answer")))
        shown = self.query_one("#choices", Static)
        shown.update(Content("\n").join(_keys(line) for line in lines))
        shown.visible = self._armed


def _keys(line: tuple[tuple[str, str], ...]) -> Content:
    """Keys and what they do."""
    return Content("    ").join(Content.assemble((key, "$text"), f"  {words}") for key, words in line)
