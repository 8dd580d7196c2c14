"""A widget in parts is what it would be as one class."""

from __future__ import annotations

from typing import ClassVar

import pytest
from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.reactive import reactive
from textual.widget import Widget

from oxen_tui.widgets.in_parts import InParts


class _Page(InParts, Widget):
    """What all its parts stand on."""

    DEFAULT_CSS = "_Page { width: 7; }"
    count: reactive[int] = reactive(1)


class _Counting(_Page, part=True):
    """One idea."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("plus", "more", "More")]

    def action_more(self) -> None:
        self.count += 1


class _Doubling(_Page, part=True):
    """Another."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("x", "double", "Double")]
    double: reactive[int] = reactive(0)

    def action_double(self) -> None:
        self.count *= 2

    def compute_double(self) -> int:
        return 2 * self.count


class _Whole(_Counting, _Doubling, can_focus=True):
    """What is made."""


class _Host(App[None]):
    def compose(self) -> ComposeResult:
        yield _Whole()


async def test_keys_reactives_and_styles_of_all_parts_are_those_of_the_whole() -> None:
    async with _Host().run_test() as pilot:
        whole = pilot.app.query_one(_Whole)
        whole.focus()

        await pilot.press("plus", "x")

        assert (whole.count, whole.double) == (4, 8)
        assert whole.outer_size.width == 7
        assert pilot.app.query("_Page").first() is whole


def test_a_part_cannot_have_styles_that_nobody_would_hear_of() -> None:
    with pytest.raises(TypeError, match="styles"):

        class _Styled(_Page, part=True):
            DEFAULT_CSS = "_Styled { height: 1; }"


def test_a_part_cannot_tell_textual_what_holds_for_the_whole_only() -> None:
    with pytest.raises(TypeError, match="can_focus"):

        class _Focused(_Page, part=True, can_focus=True):
            pass
