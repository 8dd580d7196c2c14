"""The one thing the demo really works out: a sum written in the question."""

from __future__ import annotations

import re

_SUM = re.compile(r"(?<![\w.])(-?\d{1,12}(?:\.\d{1,6})?)\s*([-+*/×x÷])\s*(-?\d{1,12}(?:\.\d{1,6})?)(?![\w.])")


def sum_in(question: str) -> str | None:
    """The sum and its result, None if the question is not one."""
    match = _SUM.search(question)
    if match is None or len(question.split()) > 10:
        return None
    left, sign, right = float(match[1]), match[2], float(match[3])
    match sign:
        case "+":
            value = left + right
        case "-":
            value = left - right
        case "/" | "÷":
            if right == 0:
                return "nothing: one cannot divide by zero"
            value = left / right
        case _:
            value = left * right
    shown = f"{value:,.0f}" if value == int(value) else f"{value:,.6g}"
    return f"{match[1]} {sign} {match[3]} = {shown}"
