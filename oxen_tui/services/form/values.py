"""Values in a body by their paths: found, set and taken out."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import Any, TypeVar

from oxen_tui.services.schema.statement import NOTHING

_Step = str | int
_Kept = TypeVar("_Kept")


def value_at(body: object, path: tuple[_Step, ...]) -> Any:
    """What stands there, or NOTHING."""
    found = body
    for step in path:
        if isinstance(found, dict):
            found = found.get(step, NOTHING)
        elif isinstance(found, list) and isinstance(step, int) and 0 <= step < len(found):
            found = found[step]
        else:
            return NOTHING
    return found


def put(body: dict[str, Any], path: tuple[_Step, ...], value: object) -> None:
    """Sets a value; objects and lists on the way to it come into being, in place of what else stood there.

    Raises:
        IndexError: A number leads beyond the end of its list, where nothing but the next entry can be set.
    """
    holder: Any = body
    for step, following in pairwise(path):
        inner = value_at(holder, (step,))
        if not isinstance(inner, list if isinstance(following, int) else dict):
            inner = [] if isinstance(following, int) else {}
            _place(holder, step, inner)
        holder = inner
    _place(holder, path[-1], value)


def take(body: dict[str, Any], path: tuple[_Step, ...]) -> None:
    """Takes a value out, and the objects around it that are empty without it. What is not there is no matter."""
    holder = value_at(body, path[:-1])
    step = path[-1]
    if value_at(holder, (step,)) is NOTHING:
        return
    del holder[step]
    if len(path) > 1 and holder == {} and isinstance(path[-2], str):
        take(body, path[:-1])


def moved(
    kept: dict[tuple[_Step, ...], _Kept], path: tuple[_Step, ...], place: Callable[[int], int | None]
) -> dict[tuple[_Step, ...], _Kept]:
    """What is kept by path, after the entries of the list at `path` were given other numbers.

    Args:
        place: The new number of an entry; None for one that is gone.
    """
    result = {}
    for key, value in kept.items():
        if len(key) > len(path) and key[: len(path)] == path and isinstance(step := key[len(path)], int):
            number = place(step)
            if number is None:
                continue
            key = (*path, number, *key[len(path) + 1 :])
        result[key] = value
    return result


def without(kept: dict[tuple[_Step, ...], _Kept], path: tuple[_Step, ...]) -> dict[tuple[_Step, ...], _Kept]:
    """What is kept by path, except at this path and below."""
    return {key: value for key, value in kept.items() if key[: len(path)] != path}


def in_list(path: tuple[_Step, ...]) -> tuple[tuple[_Step, ...], int]:
    """The path of a list, and the number of the entry that a path leads to.

    Raises:
        KeyError: It leads to no entry of a list.
    """
    index = path[-1]
    if not isinstance(index, int):
        raise KeyError(path)
    return path[:-1], index


def _place(holder: Any, step: _Step, value: object) -> None:
    if isinstance(holder, list) and step == len(holder):
        holder.append(value)
    else:
        holder[step] = value
