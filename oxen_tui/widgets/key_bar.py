"""The footer: the keys that matter where the focus is, as they are bound now."""

from __future__ import annotations

from typing import Protocol, runtime_checkable

from textual.screen import Screen

from oxen_tui.widgets.one_line import OneLine, Span, span_cells

_SHOWN = {
    "question_mark": "?",
    "escape": "esc",
    "slash": "/",
    "left_square_bracket": "[",
    "right_square_bracket": "]",
    "pageup": "pgup",
    "pagedown": "pgdn",
    "delete": "del",
    "at": "@",
    "full_stop": ".",
    "comma": ",",
    "plus": "+",
    "minus": "-",
    "equals_sign": "=",
    "underscore": "_",
}

_RIGHT_END = ("help", "command_palette")
"""Actions that stand at the right end, in this order."""

_LAST = 1 << 30

_MOST = 6
"""More keys than this are read by nobody; the rest is in the help."""


def key_name(key: str) -> str:
    """A key as a person says it: `esc`, `ctrl+j`, `?`."""
    *modifiers, last = key.split("+") if key != "+" else ("+",)
    return "+".join([*modifiers, _SHOWN.get(last, last)])


@runtime_checkable
class NamesKeys(Protocol):
    """Says more of a key than its binding can."""

    def key_words(self, action: str) -> str:
        """What it does now: `6 examples`; "" is what its binding says."""
        ...


class KeyBar(OneLine):
    """Follows the focus by itself: asks the screen for its active bindings whenever they change."""

    DEFAULT_CSS = "KeyBar { dock: bottom; }"

    def on_mount(self) -> None:
        self.screen.bindings_updated_signal.subscribe(self, self._changed)
        self._draw()

    def on_resize(self) -> None:
        self._draw()

    def refresh_keys(self) -> None:
        """Ask again: the screen came back to the front."""
        self._draw()

    def _changed(self, _screen: Screen[object]) -> None:
        self._draw()

    def _draw(self) -> None:
        if not self.is_attached or self.screen is not self.app.screen:
            return
        left: list[tuple[str, str]] = []
        right: dict[str, tuple[str, str]] = {}
        # As the app lists them; keys of the user's own are not among them, and come in the order they were given in.
        order = {key: place for place, key in enumerate(self.app._bindings.key_to_bindings)}
        for active in self.screen.active_bindings.values():
            binding = active.binding
            if not binding.show or not binding.description or not active.enabled:
                continue
            action = binding.action.removeprefix("app.").removeprefix("screen.")
            described = active.node.key_words(binding.action) if isinstance(active.node, NamesKeys) else ""
            description = described or binding.description
            entry = (key_name(binding.key), description)
            if action in _RIGHT_END:
                # The first of its keys as the app lists them that is not taken by the focus: F1 while `?` types.
                if action not in right or order.get(binding.key, _LAST) < order.get(right[action][0], _LAST):
                    right[action] = (binding.key, description)
            elif all(label != description for _, label in left):
                left.append(entry)
        left.sort(key=lambda entry: entry[0] != "esc")  # what ends something is looked for in haste
        ends = [(key_name(right[action][0]), right[action][1]) for action in _RIGHT_END if action in right]
        end = self._spans(ends, self.size.width // 3)
        start = self._spans(left[:_MOST], self.size.width - span_cells(end) - 7)
        self.say([("  ", "text"), *start], [*end, ("  ", "text")])

    def _spans(self, entries: list[tuple[str, str]], room: int) -> list[Span]:
        """As many whole entries as fit."""
        spans: list[Span] = []
        for key, label in entries:
            more: list[Span] = [("   ", "text")] if spans else []
            more += [(key, "text"), (f" {label}", "faint")]
            if span_cells(spans) + span_cells(more) > room:
                break
            spans += more
        return spans
