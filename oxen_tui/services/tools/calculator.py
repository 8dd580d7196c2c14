"""A calculator: works out an expression, and nothing that is no arithmetic."""

from __future__ import annotations

import ast
import math
import operator
import warnings
from collections.abc import Callable, Mapping
from typing import Any, Final, TypeAlias

from oxen_tui.services.tools.tool import Finding, Tool, ToolFailed, Use, object_schema

Number: TypeAlias = int | float

_LONGEST: Final = 1000
_DEEPEST: Final = 60
_MOST_BITS: Final = 14_000
"""Of a whole number: some 4,200 digits, about what Python writes out."""
_LARGEST_FACTORIAL: Final = 1000

_CONSTANTS: Final = {"pi": math.pi, "e": math.e, "tau": math.tau}


class CannotWorkOut(Exception):
    """It is no arithmetic, or too large. Its words say why."""


def work_out(expression: str) -> Number:
    """The value of an expression.

    Raises:
        CannotWorkOut: Whatever is wrong with it.
    """
    if len(expression) > _LONGEST:
        raise CannotWorkOut(f"the expression is longer than {_LONGEST} characters")
    if _nesting(expression) > _DEEPEST:
        raise CannotWorkOut("the expression is nested too deeply")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of odd Python: they would be printed across the screen
            tree = ast.parse(expression.strip(), mode="eval")
    except (SyntaxError, ValueError, MemoryError, RecursionError) as error:
        raise CannotWorkOut("it is no expression") from error
    try:
        return _value(tree.body, 0)
    except ZeroDivisionError as error:
        raise CannotWorkOut("it divides by zero") from error
    except OverflowError as error:
        raise CannotWorkOut("the result is too large") from error
    except ValueError as error:
        raise CannotWorkOut(f"there is no such value: {error}") from error


def written(value: Number) -> str:
    """A number as it is read: `0.1 + 0.2` is 0.3, and 4.0 is 4."""
    if isinstance(value, int):
        return str(value)
    if not math.isfinite(value):
        return str(value)
    if value == int(value) and abs(value) < 1e15:
        return str(int(value))
    return f"{value:.15g}"


def _value(node: ast.expr, depth: int) -> Number:
    if depth > _DEEPEST * 4:
        raise CannotWorkOut("the expression is nested too deeply")
    match node:
        case ast.Constant(value=value) if type(value) in (int, float):
            return _bounded(value)  # type: ignore[arg-type]
        case ast.Name(id=name) if name in _CONSTANTS:
            return _CONSTANTS[name]
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return -_value(operand, depth + 1)
        case ast.UnaryOp(op=ast.UAdd(), operand=operand):
            return _value(operand, depth + 1)
        case ast.BinOp(left=left, op=ast.Pow(), right=right):
            return _power(_value(left, depth + 1), _value(right, depth + 1))
        case ast.BinOp(left=left, op=op, right=right) if (work := _OPERATORS.get(type(op))) is not None:
            return _bounded(work(_value(left, depth + 1), _value(right, depth + 1)))
        case ast.Call(func=ast.Name(id=name), args=arguments, keywords=[]) if name in _FUNCTIONS:
            return _called(name, [_value(argument, depth + 1) for argument in arguments])
        case ast.BinOp(op=ast.BitXor()):
            raise CannotWorkOut("^ is no operator: write ** for a power")
    raise CannotWorkOut(f"{ast.unparse(node)[:60]!r} is none of numbers, + - * / // % **, and functions")


def _called(name: str, values: list[Number]) -> Number:
    try:
        return _bounded(_FUNCTIONS[name](*values))
    except TypeError as error:
        raise CannotWorkOut(f"{name} does not take these values") from error


def _bounded(value: Number) -> Number:
    if isinstance(value, int) and value.bit_length() > _MOST_BITS:
        raise CannotWorkOut("the result is too large")
    if isinstance(value, complex):
        raise CannotWorkOut("the result is no real number")
    return value


def _power(base: Number, exponent: Number) -> Number:
    whole = isinstance(base, int) and isinstance(exponent, int) and exponent > 0 and abs(base) > 1
    # Reckoned before it is raised: the power itself could take all memory there is.
    if whole and int(base).bit_length() * exponent > _MOST_BITS * 2:
        raise CannotWorkOut("the result is too large")
    return _bounded(base**exponent)


def _factorial(value: Number) -> int:
    if not isinstance(value, int) or not 0 <= value <= _LARGEST_FACTORIAL:
        raise CannotWorkOut(f"factorial takes whole numbers from 0 to {_LARGEST_FACTORIAL}")
    return math.factorial(value)


def _choose(of: Number, take: Number) -> int:
    if not isinstance(of, int) or not isinstance(take, int) or not 0 <= of <= _LARGEST_FACTORIAL:
        raise CannotWorkOut(f"comb takes whole numbers from 0 to {_LARGEST_FACTORIAL}")
    return math.comb(of, take)


def _rounded(value: Number, places: Number = 0) -> Number:
    if not isinstance(places, int) or abs(places) > 300:
        raise CannotWorkOut("round takes a whole number of places")
    return round(value, places) if places else round(value)


def _nesting(expression: str) -> int:
    deepest = depth = 0
    for letter in expression:
        depth += (letter in "([{") - (letter in ")]}")
        deepest = max(deepest, depth)
    return deepest


_OPERATORS: Final[Mapping[type[ast.operator], Callable[[Any, Any], Number]]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.FloorDiv: operator.floordiv,
    ast.Mod: operator.mod,
}
_FUNCTIONS: Final[Mapping[str, Callable[..., Number]]] = {
    **{
        name: getattr(math, name)
        for name in (
            *("sqrt", "sin", "cos", "tan", "asin", "acos", "atan", "atan2", "sinh", "cosh", "tanh", "exp", "log"),
            *("log2", "log10", "floor", "ceil", "trunc", "gcd", "hypot", "degrees", "radians"),
        )
    },
    "abs": abs,
    "min": min,
    "max": max,
    "round": _rounded,
    "factorial": _factorial,
    "comb": _choose,
}


class CalculatorTool(Tool):
    """Works out what models get wrong."""

    name: Final = "calculator"
    description = (
        "Works out an arithmetic expression exactly. Operators: + - * / // % ** and brackets; constants pi, e, tau; "
        f"functions: {', '.join(sorted(_FUNCTIONS))}."
    )
    about = "works out an expression"

    @property
    def parameters(self) -> Mapping[str, Any]:
        expression = {"type": "string", "description": "Such as (3 + 4) * 2 ** 10 / sqrt(2). No units, no commas."}
        return object_schema(("expression",), expression=expression)

    async def run(self, arguments: Mapping[str, Any], use: Use) -> Finding:
        try:
            return Finding(written(work_out(arguments["expression"])))
        except CannotWorkOut as error:
            raise ToolFailed(f"This cannot be worked out: {error}.") from error
