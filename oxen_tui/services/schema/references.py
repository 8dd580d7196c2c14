"""What a schema means once its references are followed, and where following must end.

`$ref` and its neighbours were not seen in Oxen's schemas (contract section 10), but tools that make schemas write
them: optional values as `anyOf` with null, shared objects under `$defs`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import unquote

from oxen_tui.services.schema.keywords import is_mapping

DEEPEST = 20
"""Levels of fields that are read; what lies below is shown as raw JSON. Real schemas have four."""

_MOST_STEPS = 32
"""References that are followed in a row: they could lead from one to the next without end."""


_FOLLOWED = frozenset({"$ref", "anyOf", "oneOf", "allOf"})


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a schema something stands."""

    root: Mapping[str, object]
    """The whole schema, in which references are looked up."""
    trail: frozenset[str] = frozenset()
    """References followed on the way here; one that comes again would lead round in a circle."""
    depth: int = 0
    """Levels above."""

    def below(self, trail: frozenset[str]) -> Place:
        return Place(self.root, trail, self.depth + 1)


@dataclass(frozen=True, slots=True)
class Resolved:
    """A schema with what it refers to put in."""

    rule: Mapping[str, object]
    trail: frozenset[str]
    ref: str
    """The first reference that was followed, or ""."""
    recurs: bool
    """Whether it refers to something it is part of, and was therefore not followed to the end."""


def refers(raw: Mapping[str, object]) -> bool:
    """Whether anything of it may stand elsewhere, see `resolve`."""
    return not _FOLLOWED.isdisjoint(raw)


def resolve(raw: Mapping[str, object], place: Place) -> Resolved:
    """Follow `$ref`, put in a lone `allOf`, and turn "this or null" into nullable.

    What stands beside a reference counts more than what it leads to: titles and orders stand there. A reference
    that leads nowhere stays as it is, so that it is shown.
    """
    rule, trail, first = raw, place.trail, ""
    if not refers(raw):
        return Resolved(raw, trail, "", False)
    for _ in range(_MOST_STEPS):
        ref = rule.get("$ref")
        if isinstance(ref, str):
            first = first or ref
            if ref in trail:
                return Resolved({key: value for key, value in rule.items() if key != "$ref"}, trail, first, True)
            target = target_of(place.root, ref)
            if target is None:
                break
            trail |= {ref}
            rule = {**target, **{key: value for key, value in rule.items() if key != "$ref"}}
        elif (plainer := _plainer(rule)) is not None:
            rule = plainer
        else:
            break
    return Resolved(rule, trail, first, False)


def _plainer(rule: Mapping[str, object]) -> Mapping[str, object] | None:
    for key in ("anyOf", "oneOf", "allOf"):
        members = rule.get(key)
        if not isinstance(members, list) or not all(is_mapping(member) for member in members):
            continue
        others = [member for member in members if not _is_null(member)] if key != "allOf" else members
        rest = {name: value for name, value in rule.items() if name != key}
        if len(others) < len(members):
            rest["nullable"] = True
        if len(others) == 1:
            return {**others[0], **rest}
        if 1 < len(others) < len(members):
            return {**rest, key: others}
    return None


def _is_null(member: Mapping[str, object]) -> bool:
    return member.get("type") == "null" or ("const" in member and member["const"] is None)


def target_of(root: Mapping[str, object], ref: str) -> Mapping[str, object] | None:
    """What a reference within the schema leads to (RFC 6901); None for other documents and for nothing."""
    if not ref.startswith("#"):
        return None
    found: object = root
    for part in unquote(ref[1:]).split("/")[1:]:
        step = part.replace("~1", "/").replace("~0", "~")
        if is_mapping(found) and step in found:
            found = found[step]
        elif isinstance(found, list) and step.isdecimal() and int(step[:9]) < len(found):
            found = found[int(step[:9])]
        else:
            return None
    return found if is_mapping(found) else None
