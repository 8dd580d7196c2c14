"""Tool calls: which to make, with which arguments, and what to say once the results are there."""

from __future__ import annotations

import json
import re

from .chat_request import Chat
from .json_answers import fitting
from .json_values import Json, rows, table, text

MOST = 3
"""Calls made at once."""
_SEVERAL = re.compile(r"\b(and|both|all|each|every|parallel|compare|two|three)\b", re.IGNORECASE)
_COMMON_WORDS = """
    about above after again all and any are before begins below both but can for from give gives has have how into its
    itself left more most not nothing one only out over own says some such text than that the their them then there
    these they this those through use user want was what when where which while who will with word words would you
    your
"""
_COMMON = frozenset(_COMMON_WORDS.split())
"""Words that say nothing about what is wanted."""
_HINTS = (
    (re.compile(r"\d\s*([-+*/^×x÷]|\*\*)\s*\d|\b(calculate|work out)\b", re.IGNORECASE), "calc"),
    (re.compile(r"https?://", re.IGNORECASE), "url"),
    (re.compile(r"\b(draw|paint|picture|image|photo)\b", re.IGNORECASE), "image"),
    (re.compile(r"\b(video|clip|animate|film)\b", re.IGNORECASE), "video"),
    (re.compile(r"\bwhat time|\btime is it|\bwhat day|\btoday's date\b", re.IGNORECASE), "time"),
    (re.compile(r"\bwhich models?\b|\bmodels? .*(cheap|cost|price|there are)", re.IGNORECASE), "models"),
    (re.compile(r"\bread\b.*[\w.-]+\.\w{1,5}\b", re.IGNORECASE), "file"),
    (re.compile(r"\b(did (i|we) (say|talk|ask)|search my)\b", re.IGNORECASE), "history"),
)
"""What a question is about, and a part of the name of a tool for it."""
_HINTED = 50
_EXPRESSION = re.compile(r"[\d(][\d\s.()+*/%×x÷^-]*[\d)]")


def calls_for(chat: Chat) -> list[tuple[str, str]]:
    """(name, arguments) of the calls to make; empty when none is to be made."""
    if not chat.tools or chat.tool_choice == "none":
        return []
    if chat.tool_choice not in ("auto", "required"):
        return [_call(tool, chat.question) for tool in chat.tools if tool.get("name") == chat.tool_choice]
    fits = [(_fit(tool, chat.question), tool) for tool in chat.tools]
    chosen = [tool for fit, tool in sorted(fits, key=lambda each: -each[0]) if fit or chat.tool_choice == "required"]
    several = chat.parallel and bool(_SEVERAL.search(chat.question))
    if several and len(chosen) > 1:
        return [_call(tool, chat.question) for tool in chosen[:MOST]]
    sums = _EXPRESSION.findall(chat.question) if several and chosen and "calc" in text(chosen[0].get("name")) else []
    if len(sums) > 1:
        return [_call(chosen[0], each) for each in sums[:MOST]]
    return [_call(tool, chat.question) for tool in chosen[:1]]


def calls_again(chat: Chat) -> list[tuple[str, str]]:
    """The calls of a model that never has enough of them, whatever it was told."""
    return calls_for(chat) or [_call(tool, chat.question) for tool in chat.tools[:1]]


def _fit(tool: Json, question: str) -> int:
    """How much the question is about the tool: by what it names, by what it hints at, by the words they share."""
    name = text(tool.get("name")).lower()
    if name and re.search(rf"\b{re.escape(name)}\b", question, re.IGNORECASE):
        return 2 * _HINTED
    if any(hint.search(question) and part in name for hint, part in _HINTS):
        return _HINTED
    if any(hint.search(question) for hint, _ in _HINTS) and any(part in name for _, part in _HINTS):
        return 0  # it is for something else than what the question hints at
    words = set(re.findall(r"[a-z]{3,}", question.lower())) - _COMMON
    fields = " ".join(table(table(tool.get("parameters")).get("properties")))
    own = f"{name} {tool.get('description')} {fields}"
    return len(words & set(re.findall(r"[a-z]{3,}", own.lower().replace("_", " "))))


def _call(tool: Json, question: str) -> tuple[str, str]:
    schema = table(tool.get("parameters"))
    needed = [name for name in rows(schema.get("required")) if isinstance(name, str)]
    properties = table(schema.get("properties"))
    # Where a schema says what it needs, the rest is left out, as models do.
    asked = {name: properties[name] for name in needed if name in properties} if needed else properties
    if not needed and schema.get("additionalProperties") is False:
        asked = {}
    value = fitting({**schema, "properties": asked}, question)
    arguments = value if isinstance(value, dict) else {}
    for name in arguments:
        if isinstance(found := _in_question(name, question), str):
            arguments[name] = found
    return text(tool.get("name")), json.dumps(arguments, ensure_ascii=False)


def _in_question(field: str, question: str) -> str | None:
    """What the question says for a field of this name, where that can be told."""
    pattern = {
        "expression": _EXPRESSION,
        "url": re.compile(r"https?://[^\s)>\"']+"),
        "path": re.compile(r"[\w~./-]*[\w-]+\.\w{1,5}\b"),
        "timezone": re.compile(r"\b[A-Z]\w+/[A-Z]\w+"),
        "words": re.compile(r"\babout (\w+)", re.IGNORECASE),
    }.get(field)
    found = pattern.search(question) if pattern is not None else None
    if found is None:
        return None
    said = found[pattern.groups if pattern is not None else 0].strip()
    return said.replace("×", "*").replace("÷", "/").replace("x", "*") if field == "expression" else said


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
