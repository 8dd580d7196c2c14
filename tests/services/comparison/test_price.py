"""What one question costs at each of several models, before it is asked."""

from __future__ import annotations

import pytest

from oxen_tui.api.model import Model, Pricing
from oxen_tui.services.comparison.price import ANSWER_TOKENS, in_all, question_cost
from oxen_tui.store.attachment import Attachment

_PRICED = Model("m", pricing=Pricing("token", 0.001, 0.01))


def test_what_was_said_before_the_question_and_an_answer_of_a_page_are_counted() -> None:
    assert question_cost(_PRICED, "x" * 40, 90) == pytest.approx(100 * 0.001 + ANSWER_TOKENS * 0.01)


def test_a_text_file_counts_as_text() -> None:
    file = Attachment("text", "notes.md", "", text="y" * 400)
    assert question_cost(_PRICED, "", 0, (file,)) == pytest.approx(100 * 0.001 + ANSWER_TOKENS * 0.01)


@pytest.mark.parametrize("pricing", [None, Pricing("token", None, 0.01), Pricing("time", None, None)])
def test_a_price_that_is_not_known_is_never_nothing(pricing: Pricing | None) -> None:
    assert question_cost(Model("m", pricing=pricing), "Why?") is None
    assert question_cost(None, "Why?") is None


def test_what_a_picture_counts_is_not_known() -> None:
    assert question_cost(_PRICED, "Why?", 0, (Attachment("image", "a.png", "file:///a.png"),)) is None


@pytest.mark.parametrize(
    ("costs", "words"),
    [
        ([0.001, 0.002], "~$0.003"),
        ([0.001, None], "~$0.001 and one of unknown price"),
        ([0.001, None, None], "~$0.001 and 2 of unknown price"),
        ([None, None], "the price is not known"),
        ([0.0, 0.0], "~$0.00"),
    ],
)
def test_a_sum_says_what_is_not_in_it(costs: list[float | None], words: str) -> None:
    assert in_all(costs) == words
