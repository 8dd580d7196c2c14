"""Messages with fields: made in order or by name, and heard like any other."""

from __future__ import annotations

from typing import Any, ClassVar

import pytest
from textual import on
from textual.app import App, ComposeResult
from textual.widget import Widget

from oxen_tui.widgets.message import Message


class _Said(Message):
    """Has fields."""

    kind: ClassVar[str] = "said"
    sentence: str
    loud: bool = False


class _Shouted(_Said):
    """Has one more."""

    loud: bool = True
    times: int = 1


def test_fields_are_given_in_their_order_or_by_name() -> None:
    said = _Said("hello", loud=True)

    assert (said.sentence, said.loud, _Said(sentence="you").sentence) == ("hello", True, "you")


def test_a_field_with_a_value_may_be_left_out() -> None:
    assert _Said("hello").loud is False


def test_a_message_of_another_has_its_fields_first() -> None:
    shouted = _Shouted("hello", True, 3)

    assert (shouted.sentence, shouted.loud, shouted.times) == ("hello", True, 3)
    assert _Shouted("hello").loud


@pytest.mark.parametrize(
    ("values", "named"),
    [((), {}), (("a", True, "c"), {}), (("a",), {"sentence": "b"}), (("a",), {"lound": True})],
    ids=["one is missing", "too many", "given twice", "no such field"],
)
def test_what_does_not_fit_the_fields_is_a_mistake(values: tuple[Any, ...], named: dict[str, Any]) -> None:
    with pytest.raises(TypeError, match="_Said"):
        _Said(*values, **named)


def test_it_is_shown_compared_and_matched_by_them() -> None:
    assert _Said("hello") == _Said("hello", loud=False) != _Said("hello", loud=True)
    assert repr(_Said("hello")) == "_Said(sentence='hello', loud=False)"
    match _Said("hello", True):
        case _Said(sentence, loud):
            assert (sentence, loud) == ("hello", True)


class _Speaker(Widget):
    class Spoke(Message, bubble=True):
        """It did."""

        word: str


class _Hearing(App[None]):
    heard = ""

    def compose(self) -> ComposeResult:
        yield _Speaker()

    @on(_Speaker.Spoke)
    def _hear(self, event: _Speaker.Spoke) -> None:
        self.heard += event.word


async def test_it_reaches_who_listens_for_it() -> None:
    async with _Hearing().run_test() as pilot:
        app = pilot.app
        assert isinstance(app, _Hearing)
        app.query_one(_Speaker).post_message(_Speaker.Spoke("ox"))
        await pilot.pause()

        assert app.heard == "ox"
