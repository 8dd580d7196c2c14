"""How much a conversation may still grow before it is too long for its model."""

from __future__ import annotations

NEARLY_FULL = 0.85
"""Of a model's context, from which on a warning is given."""
_CHARACTERS_A_TOKEN = 4
_WAYS_OUT = "/context has ways out"


def context_warning(used: int | None, length: int | None, draft: int = 0) -> str:
    """What to say before a conversation overflows its model's context, with the ways out; "" while there is room.

    Args:
        used: Tokens of the conversation, as the last answer counted them.
        length: Tokens that the model takes.
        draft: Characters of the question that is being written.
    """
    if not used or not length:
        return ""
    if used + draft / _CHARACTERS_A_TOKEN >= length:
        return f"the next question may not fit: {_WAYS_OUT}"
    if used > NEARLY_FULL * length:
        return f"context {100 * used // length}% full: {_WAYS_OUT}"
    return ""
