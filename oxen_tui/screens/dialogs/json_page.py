"""The JSON of an answer on a page of its own."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widgets import Input

from oxen_tui.safe_text import clean_line
from oxen_tui.screens.dialogs.dialog import Dialog
from oxen_tui.screens.telling import Telling
from oxen_tui.widgets.glyphs import glyph
from oxen_tui.widgets.json_tree.nodes import JsonTree
from oxen_tui.widgets.json_tree.opened import Check
from oxen_tui.widgets.json_tree.view import JsonTreeView
from oxen_tui.widgets.line_input import LineInput
from oxen_tui.widgets.one_line import OneLine, Span
from oxen_tui.widgets.row_list import RowList
from oxen_tui.widgets.wording import counted

_KEYS = "enter open   / find   y value   Y path   s save   * all   - fold   esc"
_FEW_KEYS = "enter open  / find  y Y copy  s save  esc"


class JsonPage(Telling, Dialog[None]):
    """Shows a tree as large as the terminal is. Saving is for whoever opened it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("slash", "find", "find", id="json_page.find"),
        Binding("s", "save", "save", id="json_page.save"),
        Binding("escape", "close", "close", id="json_page.close"),
    ]

    DEFAULT_CSS = """
    JsonPage {
        & > .dialog {
            width: 100%; height: 100%;
            & JsonTreeView { height: 1fr; }
            & OneLine { background: $panel; }
            & #head { margin: 0 0 1 0; }
            & #foot { margin: 1 0 0 0; }
            & Input { margin: 0 2; }
        }
    }
    """

    def __init__(self, model: str, tree: JsonTree, check: Check | None, save: Callable[[], None]) -> None:
        super().__init__()
        self._model, self._tree, self._check, self._save = clean_line(model), tree, check, save
        self._found = ""

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield OneLine(id="head")
            yield JsonTreeView(self._tree, self._check, id="tree")
            yield LineInput(placeholder="a key or a value")
            yield OneLine(id="foot")

    def on_mount(self) -> None:
        self.query_one(Input).display = False
        self.query_one(JsonTreeView).focus()

    def on_resize(self) -> None:
        self._say_what()
        self.call_after_refresh(self._say_where)

    def _say_what(self) -> None:
        """Whose JSON it is, and what came of checking it."""
        check, wide = self._check, self.size.width
        words: list[Span] = []
        if check is not None:
            sign, tone = ("done", "accent") if check.fits else ("failed", "err")
            sign, tone = ("cancelled", "warn") if check.fits is None else (sign, tone)
            words = [("   ", "text"), (f"{glyph(sign)} ", tone), (check.words, "muted" if check.fits else tone)]
            words.append(("  p next problem" if check.problems and wide >= 72 else "", "faint"))
        size = f"{counted(len(self._tree.text), 'character')}  "
        left = [("  JSON", "bold"), (f"  {self._model}", "muted"), *words]
        self.query_one("#head", OneLine).say(left, [(size, "faint")] if wide >= 96 else [])

    @on(RowList.Highlighted)
    def _say_where(self) -> None:
        """The path of what the cursor stands on, beside the keys."""
        keys = _KEYS if self.size.width >= 100 else _FEW_KEYS
        where = self.query_one(JsonTreeView).path
        left: list[Span] = [(f"  {clean_line(where, 300)}", "text")]
        if self._found:
            left.append((f"   {self._found}", "accent"))
        self.query_one("#foot", OneLine).say(left, [(f"{keys}  ", "faint")])

    # --- looking for something ------------------------------------------------------------------------------------

    def action_find(self) -> None:
        words = self.query_one(Input)
        words.display = True
        self.set_focus(words)  # now: what is typed behind the key belongs there

    @on(Input.Changed)
    def _look_for(self, event: Input.Changed) -> None:
        event.stop()
        self.query_one(JsonTreeView).look_for(event.value)

    @on(Input.Submitted)
    def _end_find(self, event: Input.Submitted) -> None:
        event.stop()
        self._leave_find()

    def _leave_find(self) -> None:
        self.set_focus(self.query_one(JsonTreeView))
        self.query_one(Input).display = False

    @on(JsonTreeView.Searched)
    def _say_found(self, event: JsonTreeView.Searched) -> None:
        self._found = f"{event.result} {glyph('dot')} n N" if event.result else ""
        self._say_where()

    # --- out of here ----------------------------------------------------------------------------------------------

    @on(JsonTreeView.Copied)
    def _copy(self, event: JsonTreeView.Copied) -> None:
        self.app.copy_to_clipboard(event.text)
        size = f": {counted(len(event.text), 'character')}" if event.what == "value" else ""
        self.say(f"Copied {clean_line(event.what, 200)}{size}")

    def action_save(self) -> None:
        self._save()

    def action_close(self) -> None:
        """Esc ends what was looked for, then closes."""
        if self.query_one(Input).has_focus:
            self.query_one(Input).value = ""
            self._leave_find()
        else:
            self.dismiss(None)
