"""What an answer costs, as well as it can be known. Unknown is None and never 0.

Oxen reports no cost with an answer: it is tokens times the model's price (contract section 3), so an estimate, all
the more where the tokens were counted here.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from oxen_tui.api.usage import Usage

if TYPE_CHECKING:
    from oxen_tui.api.chat import ChatMessage
    from oxen_tui.api.errors import ApiError
    from oxen_tui.api.model import Pricing

_BYTES_PER_TOKEN = 4
"""Of English text in the usual tokenizers; other scripts have more bytes and fewer of them to a token."""

_TOKENS_PER_MESSAGE = 4
"""What the usual chat templates put around a message."""


def chat_cost(pricing: Pricing | None, prompt_tokens: int | None, completion_tokens: int | None) -> float | None:
    """US dollars for one answer, or None when a price or a number of tokens is not known.

    A model priced by time or by picture has no price per token, even if such fields are filled.
    """
    if pricing is None or pricing.method not in ("token", ""):
        return None
    total = 0.0
    for tokens, price in (
        (prompt_tokens, pricing.input_cost_per_token),
        (completion_tokens, pricing.output_cost_per_token),
    ):
        if tokens is None or price is None or price < 0:  # some servers say -1 for a price that varies
            return None
        total += tokens * price
    return total


def answer_cost(
    pricing: Pricing | None, usage: Usage | None, messages: Iterable[ChatMessage], pieces: int
) -> float | None:
    """US dollars for an answer: what the server says, else by its tokens, else by our count of them.

    Args:
        pricing: Of the model that answered.
        usage: What the server reported, if anything.
        messages: What was sent; counted only where the server did not.
        pieces: Deltas that came, about one a token.
    """
    if usage is None:
        if not pieces:
            return None  # nothing came: a refused request is free, one stopped early may not be
        usage = Usage()
    if usage.cost is not None:
        return usage.cost
    prompt = usage.prompt_tokens if usage.prompt_tokens is not None else prompt_tokens(messages)
    completion = usage.completion_tokens if usage.completion_tokens is not None else pieces
    return chat_cost(pricing, prompt, completion)


def costs_nothing(error: ApiError) -> bool:
    """Whether a request that ended so before anything came is surely not billed.

    The server refused it, or was never reached. One that it took, and then was silent or gone, may be billed
    (contract section 3 does not say); so may one that the user stopped.
    """
    from oxen_tui.api.errors import Answered, NotAnApi, Unreachable  # with what goes wrong

    return isinstance(error, Answered | NotAnApi | Unreachable)


def prompt_tokens(messages: Iterable[ChatMessage]) -> int | None:
    """About how many tokens these messages are; None when there is a picture or another medium among them."""
    from oxen_tui.api.chat import TextPart  # with what is asked; prices are looked at before that

    total = 0
    for message in messages:
        content = message.content or ""
        for part in (TextPart(content),) if isinstance(content, str) else content:
            if not isinstance(part, TextPart):
                return None
            total += -(-len(part.text.encode()) // _BYTES_PER_TOKEN)
        total += _TOKENS_PER_MESSAGE
    return total
