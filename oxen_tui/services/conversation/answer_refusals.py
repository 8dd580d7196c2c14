"""Refused parameters in words: which of those that were set the model minds, and what to unset.

Providers behind one gateway differ (contract section 3): some refuse `temperature` with `top_p`, some the penalties,
new models all of them, and none says so the same way.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from typing import Final

from oxen_tui.api.errors import ApiError, BadRequest, ServerFailed

_PENALTIES: Final = ("frequency_penalty", "presence_penalty")
_UNKNOWN = re.compile(
    r"unknown|unrecogni[sz]ed|unexpected|unsupported|not supported|not permitted|not allowed|extra (fields|inputs)"
    r"|additional propert",
    re.IGNORECASE,
)
_VALUE = re.compile(
    r"must be|between|at (most|least)|(less|greater|more) than|invalid value|out of range|expected|supported values"
    r"|too (high|low|large|small)|maximum|minimum",
    re.IGNORECASE,
)
_TOOLS = re.compile(r"\btools?\b|tool[_ ](use|choice|call)|function[_ -]?call", re.IGNORECASE)
_TOO_LONG = re.compile(
    r"(context|prompt)[ _](length|window|size|limit)"
    r"|(prompt|input|context|conversation|messages) (is|are|was|were) too long"
    r"|(prompt|input|request)\b.{0,60}\b(exceeds?|longer than|larger than)\b.{0,60}\b(context|tokens?|n_ctx)"
    r"|too many (input |prompt )?tokens in|reduce the length of the (messages|prompt|input)",
    re.IGNORECASE,
)
_TOO_LONG_TITLE: Final = "The conversation is too long for this model"
_TOO_LONG_ADVICE: Final = (
    "/context shows what takes the room, and the ways out: go on from a summary, leave out the oldest, or branch."
)
_AGAIN: Final = "then r asks again."


def explained(error: ApiError, parameters: Collection[str], *, with_tools: bool = False) -> ApiError:
    """The same error with a title and an advice of ours, where it refuses something that was set.

    Args:
        error: As it came.
        parameters: The names of what was set.
        with_tools: Whether tools were sent.
    """
    if isinstance(error, BadRequest | ServerFailed) and _TOO_LONG.search(error.server_text):
        return BadRequest(error.server_text, status=error.status, title=_TOO_LONG_TITLE, advice=_TOO_LONG_ADVICE)
    if not isinstance(error, BadRequest):
        return error
    words = _words(error.server_text, parameters, with_tools)
    if words is None:
        return error
    title, advice = words
    return BadRequest(error.server_text, status=error.status, title=title, advice=advice)


def _words(said: str, parameters: Collection[str], with_tools: bool) -> tuple[str, str] | None:
    named = [name for name in parameters if _names(said, name)]
    if {"temperature", "top_p"} <= set(parameters) and (
        {"temperature", "top_p"} <= set(named) or (named and re.search(r"\bboth\b|together", said, re.IGNORECASE))
    ):
        return "temperature and top_p do not go together here", f"Unset one of them with /params, {_AGAIN}"
    if named:
        them = "it" if len(named) == 1 else "them"
        if _VALUE.search(said) and not _UNKNOWN.search(said):
            return f"The model refused the value of {_listed(named)}", f"Change {them} with /params, {_AGAIN}"
        why = " Models of Anthropic and Google take no penalties." if set(named) & set(_PENALTIES) else ""
        return f"The model does not take {_listed(named)}", f"Unset {them} with /params, {_AGAIN}{why}"
    if with_tools and _TOOLS.search(said):
        return (
            "The model refused the tools",
            f"Switch them off with /tools, or choose another model with ctrl+l; {_AGAIN}",
        )
    if parameters and _UNKNOWN.search(said):
        return (
            "A parameter was refused",
            f"Set {'is' if len(parameters) == 1 else 'are'} {_listed(parameters)}: unset what the words below are "
            f"about with /params, {_AGAIN}",
        )
    return None


def _names(said: str, name: str) -> bool:
    plain = name.replace("_", "[_ -]?")
    return re.search(rf"(?<![A-Za-z_]){plain}(?![A-Za-z_])", said, re.IGNORECASE) is not None


def _listed(names: Iterable[str]) -> str:
    *before, last = names
    return f"{', '.join(before)} and {last}" if before else last
