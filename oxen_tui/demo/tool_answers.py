"""Tool calls: which to make, with which arguments, and what to say once the results are there."""

from __future__ import annotations

import json
import re

from .chat_request import Chat
from .json_answers import fitting
from .json_values import Json, table, text

MOST = 3
"""Calls made at once."""
_SEVERAL = re.compile(r"\b(and|both|all|each|every|parallel|compare|two|three)\b", re.IGNORECASE)


def calls_for(chat: Chat) -> list[tuple[str, str]]:
    """(name, arguments) of the calls to make; empty when none is to be made."""
    if not chat.tools or chat.tool_choice == "none":
        return []
    if chat.tool_choice not in ("auto", "required"):
        return [_call(tool, chat.question) for tool in chat.tools if tool.get("name") == chat.tool_choice]
    chosen = sorted(chat.tools, key=lambda tool: -_fit(tool, chat.question))
    several = chat.parallel and bool(_SEVERAL.search(chat.question))
    return [_call(tool, chat.question) for tool in chosen[: MOST if several else 1]]


def _fit(tool: Json, question: str) -> int:
    """How many words the question shares with the tool."""
    words = set(re.findall(r"[a-z]{3,}", question.lower()))
    fields = " ".join(table(table(tool.get("parameters")).get("properties")))
    own = f"{tool.get('name')} {tool.get('description')} {fields}"
    return len(words & set(re.findall(r"[a-z]{3,}", own.lower().replace("_", " "))))


def _call(tool: Json, question: str) -> tuple[str, str]:
    value = fitting(table(tool.get("parameters")), question)
    return text(tool.get("name")), json.dumps(value if isinstance(value, dict) else {}, ensure_ascii=False)


def answer_from_results(chat: Chat) -> str:
    """An answer that uses the results at the end of the conversation."""
    results = []
    for turn in reversed(chat.turns):
        if turn.role != "tool":
            break
        results.append(turn)
    names = {call[0]: call[1] for turn in chat.turns for call in turn.calls}
    lines = ["With what the tools said:", ""]
    for result in reversed(results):
        lines += [f"**{names.get(result.call_id, 'a tool')}**", "", *_shown(result.text), ""]
    return "\n".join(
        [*lines, f"So, to *{chat.question.rstrip('?.! ') or 'your question'}*: the values above are the answer."]
    )


def _shown(result: str) -> list[str]:
    try:
        value = json.loads(result)
    except (json.JSONDecodeError, RecursionError):
        return [f"> {line}" for line in result.splitlines()[:12]] or ["> (nothing)"]
    if isinstance(value, dict) and value:
        return [
            "| Field | Value |",
            "|---|---|",
            *[f"| {name} | {_short(item)} |" for name, item in list(value.items())[:20]],
        ]
    if isinstance(value, list) and value:
        return [f"- {_short(item)}" for item in value[:20]]
    return [f"`{_short(value)}`"]


def _short(value: object) -> str:
    written = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    written = " ".join(written.split()).replace("|", "\\|")
    return written if len(written) <= 80 else written[:79] + "…"
