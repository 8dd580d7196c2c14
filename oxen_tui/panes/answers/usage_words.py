"""What one answer took, in words: tokens, the wait for its first token, its pace, its cost."""

from __future__ import annotations

from oxen_tui.store.message import Message
from oxen_tui.widgets.wording import count, duration, money

_SHORTEST = 0.05
"""Seconds of writing from which on a pace means something."""

Fact = tuple[str, str]


def answer_facts(answer: Message) -> tuple[Fact, ...]:
    """Labels and values; what nobody said is not in it, but for the cost, which is then `?`."""
    facts: list[Fact] = []
    usage = answer.usage
    if usage is not None and usage.prompt_tokens is not None:
        facts.append(("tokens in", _with(usage.prompt_tokens, usage.cached_tokens, "cached")))
    made = usage.completion_tokens if usage is not None else None
    if usage is not None and made is not None:
        facts.append(("tokens out", _with(made, usage.reasoning_tokens, "of thought")))
    elif answer.pieces:
        facts.append(("tokens out", f"~{count(answer.pieces)}"))
    first, seconds = answer.first_token_seconds, answer.seconds
    if first is not None:
        facts.append(("first token", f"after {duration(first)}"))
    if seconds is not None:
        facts.append(("time", duration(seconds)))
    tokens = answer.pieces if made is None else made
    writing = seconds - (first or 0.0) if seconds is not None else 0.0
    if tokens and writing >= _SHORTEST:
        about = "~" if made is None else ""
        facts.append(("pace", f"{about}{tokens / writing:,.0f} tokens a second"))
    is_said = usage is not None and usage.cost is not None
    facts.append(("cost", money(usage.cost if usage is not None and is_said else answer.cost, estimate=not is_said)))
    return tuple(facts)


def _with(tokens: int, some: int | None, word: str) -> str:
    return f"{count(tokens)}, {count(some)} {word}" if some else count(tokens)
