"""What one question costs at a model, before it is asked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from oxen_tui.api.model import Model
from oxen_tui.money import money
from oxen_tui.services.price.pricing import chat_cost
from oxen_tui.store.attachment import Attachment

ANSWER_TOKENS = 500
"""Of an answer that nobody has seen yet: a page."""
_CHARACTERS_A_TOKEN = 4


def question_cost(
    model: Model | None, text: str, context: int = 0, attachments: Sequence[Attachment] = ()
) -> float | None:
    """About how many US dollars; None where the price is not known, or how much a picture counts.

    Args:
        model: As far as it is known.
        text: The question; "" while it is still to be written.
        context: Tokens of what was said before, which is sent again.
        attachments: What goes with it.
    """
    if model is None or any(each.kind != "text" for each in attachments):
        return None
    characters = len(text) + sum(len(each.text) for each in attachments)
    return chat_cost(model.pricing, context + -(-characters // _CHARACTERS_A_TOKEN), ANSWER_TOKENS)


def in_all(costs: Iterable[float | None]) -> str:
    """`~$0.0042`, `~$0.0042 and one of unknown price`, `the price is not known`."""
    costs = list(costs)
    known = [cost for cost in costs if cost is not None]
    unknown = len(costs) - len(known)
    if not known:
        return "the price is not known"
    words = money(sum(known), estimate=True)
    return f"{words} and {'one' if unknown == 1 else unknown} of unknown price" if unknown else words
