"""Answers about the demo and its models: the greeting, the help, a tour of Markdown, which model to take."""

from __future__ import annotations

import re
from pathlib import Path

from .faults import ASKED, ASKED_OF_MEDIA
from .json_values import Json, maybe_number, rows, table, text
from .phrases import MADE_UP


def hello(model: str, turn: int) -> str:
    """The greeting, with what to try."""
    if turn > 1:
        return f"Hello again. `{model}` is still here, and still made up."
    return "\n\n".join(
        [
            f"Hello. You are talking to `{model}` on the **demo service**: it runs on this machine, costs nothing, "
            "and makes its answers up.",
            "\n".join(
                [
                    "Things to try:",
                    "",
                    "- `a table of ferries`, `python code for a queue`, `a list of 20 ideas`, `a long story`",
                    "- `think about tides` shows reasoning; a picture with a question is truly looked at",
                    "- *Create* makes real pictures and clips, drawn from your words",
                    "- `fault: cut` or `fault: 429` shows how trouble looks; `help` lists them all",
                ]
            ),
            "With a key, `/connect` goes to the real service.",
        ]
    )


def help_page() -> str:
    """What the demo understands, faults included."""
    chat = "\n".join(f"| `fault: {name}` | {what} |" for name, what in ASKED.items())
    media = "\n".join(f"| `fault: {name}` | {what} |" for name, what in ASKED_OF_MEDIA.items())
    return "\n\n".join(
        [
            "## What this demo does",
            "- **table**, **list**, **code** (in a dozen languages), **poem**, **markdown**: answers of that form\n"
            "- *long*, `5,000 tokens`, `a list of 300 items`, `a table of 100 rows`, `2000 lines of code`: by size\n"
            "- `which models ...`: from its own catalogue\n"
            "- `12 * 7`: worked out\n"
            "- `what did I ask first`: remembered\n"
            "- `think ...`: with reasoning\n"
            "- under a JSON schema (`/schema`): JSON made from it, `300 items`, or `wrong` JSON if asked",
            "## Trouble on request, in chat",
            f"| Write | And |\n|---|---|\n{chat}",
            "Any status from 400 to 599 works. Add `once` (`fault: 500 once`) to be served well the second time.",
            "## In the prompt of a picture or clip",
            f"| Write | And |\n|---|---|\n{media}",
        ]
    )


def markdown_tour() -> str:
    """Everything Markdown has, once."""
    return f"{Path(__file__).with_name('markdown_tour.md').read_text(encoding='utf-8')}\n{MADE_UP}"


def about_models(entries: list[Json], question: str) -> str:
    """A table of models of the catalogue that fit the words of the question."""
    wanted = [kind for kind in ("video", "image", "audio") if re.search(rf"\b{kind}", question, re.IGNORECASE)]
    if re.search(r"\b(picture|photo|still)", question, re.IGNORECASE):
        wanted.append("image")
    kinds = wanted or ["text", "image", "video"]
    limit = re.search(r"under \$?(\d+(?:\.\d+)?)", question)
    lines = ["| Model | Makes | Price | In a line |", "|---|---|---:|---|"]
    for entry in entries:
        outputs = rows(table(entry.get("capabilities")).get("output"))
        kind = next((kind for kind in kinds if kind in outputs), None)
        price, shown = _price(table(entry.get("pricing")))
        if kind is None or len(lines) >= 14 or (limit and (price is None or price > float(limit[1]))):
            continue
        summary = text(entry.get("summary")).replace("|", "/")
        lines.append(f"| `{entry.get('id')}` | {kind} | {shown} | {summary} |")
    if len(lines) == 2:
        return f"No model of the demo fits that.\n\n{MADE_UP}"
    first = lines[2].split("`")[1]
    return "\n".join(
        [f"From the demo's own catalogue; `{first}` is a fair one to begin with:", "", *lines, "", MADE_UP]
    )


def _price(pricing: Json) -> tuple[float | None, str]:
    for key, unit in (("cost_per_image", "each"), ("cost_per_second", "/ s")):
        value = maybe_number(pricing, key)
        if value is not None:
            return value, f"${value:g} {unit}"
    value = maybe_number(pricing, "output_cost_per_token")
    return (None, "varies") if value is None else (value * 1e6, f"${value * 1e6:,.2f} / M")
