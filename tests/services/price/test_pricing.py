from __future__ import annotations

import pytest

from oxen_tui.api.chat import ChatMessage, MediaPart, TextPart
from oxen_tui.api.model import Pricing
from oxen_tui.api.usage import Usage
from oxen_tui.services.price.pricing import answer_cost, chat_cost, prompt_tokens

_PRICED = Pricing(method="token", input_cost_per_token=0.000003, output_cost_per_token=0.000015)
_ASKED = (ChatMessage("user", "x" * 400),)


def test_tokens_times_prices() -> None:
    assert chat_cost(_PRICED, 1000, 200) == pytest.approx(0.006)


def test_a_free_model_costs_nothing_because_its_price_is_known() -> None:
    assert chat_cost(Pricing(method="token", input_cost_per_token=0.0, output_cost_per_token=0.0), 10, 10) == 0


@pytest.mark.parametrize(
    "pricing",
    [
        None,
        Pricing(),
        Pricing(method="token", input_cost_per_token=0.000003),
        Pricing(method="token", output_cost_per_token=0.000003),
        Pricing(method="time", cost_per_second=0.001, input_cost_per_token=0.0, output_cost_per_token=0.0),
    ],
)
def test_an_unknown_price_is_unknown_and_not_free(pricing: Pricing | None) -> None:
    assert chat_cost(pricing, 1000, 200) is None


@pytest.mark.parametrize(("prompt", "completion"), [(None, 5), (5, None)])
def test_unknown_tokens_make_an_unknown_cost(prompt: int | None, completion: int | None) -> None:
    assert chat_cost(_PRICED, prompt, completion) is None


def test_what_the_server_says_it_cost_is_believed() -> None:
    assert answer_cost(None, Usage(10, 10, 20, None, None, 0.5), _ASKED, 10) == 0.5


def test_without_usage_the_pieces_are_counted() -> None:
    assert answer_cost(_PRICED, None, _ASKED, 50) == pytest.approx(104 * 0.000003 + 50 * 0.000015)


def test_what_usage_leaves_out_is_counted_too() -> None:
    cost = answer_cost(_PRICED, Usage(completion_tokens=60), _ASKED, 50)
    assert cost == pytest.approx(104 * 0.000003 + 60 * 0.000015)


def test_when_nothing_came_the_cost_is_unknown() -> None:
    assert answer_cost(_PRICED, None, _ASKED, 0) is None


def test_a_picture_in_the_question_makes_its_tokens_unknown() -> None:
    asked = (ChatMessage("user", (MediaPart("image_url", "https://example.com/ox.png"), TextPart("What?"))),)
    assert prompt_tokens(asked) is None
    assert answer_cost(_PRICED, None, asked, 50) is None
    assert answer_cost(_PRICED, Usage(100, 50, 150), asked, 50) is not None


def test_a_price_below_zero_is_a_price_that_is_not_known() -> None:
    varies = Pricing.from_json({"method": "token", "input_cost_per_token": -1, "output_cost_per_token": -1})
    assert chat_cost(varies, 100, 100) is None
