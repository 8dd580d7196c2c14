"""A schema of the dialect (contract section 10) as one that can be checked with: Draft 2020-12, sound, without ends.

A schema comes from a server, so nothing of it is taken as it is: words in the wrong shape are left out, references
lead to what is in the schema itself, and unknown types take anything.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from oxen_tui.services.schema.keywords import is_mapping, is_number, sorted_out, strings
from oxen_tui.services.schema.references import target_of

SEE: Final = "x-see"
"""In place of `$ref`: a `Reference`."""

NEEDED: Final = "x-needed"
"""At an entry of a list of addresses: that it must not be empty."""

MOST_FOLLOWED: Final = 5_000
"""References followed for one value: forms that refer to forms may double with every level."""

_TYPES = frozenset({"string", "integer", "number", "boolean", "array", "object", "null"})
_PLAIN = ("const", "maximum", "minimum", "multipleOf", "maxLength", "minLength", "maxItems", "minItems", "pattern")
_COUNTS = ("minProperties", "maxProperties", "minContains", "maxContains")
_INNER = ("not", "if", "then", "else", "contains", "propertyNames")
_SEVERAL = ("oneOf", "anyOf", "allOf")


class TooInvolved(Exception):
    """A schema that leads round and round, or a value too deep for it: it cannot be checked here."""


@dataclass(frozen=True, slots=True)
class Reference:
    """From one place of a schema to another."""

    checkable: Checkable
    text: str

    def follow(self) -> dict[str, Any] | bool:
        """What it leads to.

        Raises:
            TooInvolved: It was followed too often for one value.
        """
        self.checkable.followed += 1
        if self.checkable.followed > MOST_FOLLOWED:
            raise TooInvolved
        return self.checkable.target(self.text)


class Checkable:
    """Makes the schemas, and keeps those that references lead to."""

    def __init__(self, root: object) -> None:
        self.followed = 0
        """References, since whoever checks has set it to 0."""
        self._root = root if is_mapping(root) else {}
        self._targets: dict[str, dict[str, Any] | bool] = {}

    def schema(self, raw: object) -> dict[str, Any] | bool:
        """One of the schemas in the root, made checkable."""
        if not is_mapping(raw):
            return raw is not False
        known, additional = sorted_out(raw)
        made: dict[str, Any] = {key: known[key] for key in _PLAIN if key in known}
        self._add_type(made, known)
        self._add_limits(made, known)
        if "properties" in known:
            made["properties"] = {name: self.schema(field) for name, field in _entries(known["properties"])}
        made["required"] = [*strings(known.get("required")), *_required_of_old(known.get("properties"))]
        if "items" in known:
            item = self.schema(known["items"])
            made["items"] = {**item, NEEDED: True} if isinstance(item, dict) and "format" in item else item
        if known.get("format") in ("uri", "url"):
            made["format"] = "uri"
        for key in _SEVERAL:
            forms = known.get(key, additional.get(key))
            if isinstance(forms, list) and forms:
                made[key] = [self.schema(form) for form in forms]
        self._add_rarer(made, additional)
        if isinstance(ref := raw.get("$ref"), str):
            made[SEE] = Reference(self, ref)
        return _or_null(made) if known.get("nullable") is True else made

    def rest_of_root(self) -> dict[str, Any]:
        """What the root says beside its fields and which are required; {} for most."""
        rest = {key: value for key, value in self._root.items() if key not in ("properties", "required", "basic")}
        properties = self._root.get("properties")
        made = self.schema(rest)
        assert isinstance(made, dict)
        if made.get("additionalProperties", True) is not True:
            # Which names are known is all that counts here; what stands in them is looked at one by one.
            made["properties"] = dict.fromkeys(properties if is_mapping(properties) else (), True)
        del made["required"]
        made.pop("type", None)
        return made

    def target(self, ref: str) -> dict[str, Any] | bool:
        """What a reference leads to; True, which takes anything, where it leads nowhere."""
        if ref not in self._targets:
            found = target_of(self._root, ref)
            self._targets[ref] = True
            self._targets[ref] = True if found is None else self.schema(found)
        return self._targets[ref]

    def _add_type(self, made: dict[str, Any], known: dict[str, object]) -> None:
        declared = known.get("type")
        types = [declared] if isinstance(declared, str) else strings(declared)
        if types and _TYPES.issuperset(types):
            made["type"] = list(types)
        if isinstance(values := known.get("enum"), list):
            made["enum"] = values

    def _add_limits(self, made: dict[str, Any], known: dict[str, object]) -> None:
        """An older draft says by a truth value that a limit is exclusive."""
        for exclusive, plain in (("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum")):
            value = known.get(exclusive)
            if is_number(value):
                made[exclusive] = value
            elif value is True and plain in made:
                made[exclusive] = made.pop(plain)

    def _add_rarer(self, made: dict[str, Any], additional: dict[str, object]) -> None:
        """Words that forms have no use for, and that say what is refused all the same."""
        for key in _COUNTS:
            if is_number(value := additional.get(key)):
                made[key] = value
        for key in _INNER:
            if is_mapping(value := additional.get(key)) or isinstance(value, bool):
                made[key] = self.schema(value)
        if isinstance(additional.get("uniqueItems"), bool):
            made["uniqueItems"] = additional["uniqueItems"]
        others = additional.get("additionalProperties")
        if (isinstance(others, bool) or is_mapping(others)) and "patternProperties" not in additional:
            made["additionalProperties"] = self.schema(others)
        if isinstance(entries := additional.get("prefixItems"), list) and entries:
            made["prefixItems"] = [self.schema(entry) for entry in entries]
        if is_mapping(needs := additional.get("dependentRequired")):
            made["dependentRequired"] = {name: list(strings(others)) for name, others in needs.items()}


def _required_of_old(properties: object) -> list[str]:
    """The third draft of JSON Schema had it as a truth value at the field."""
    return [name for name, field in _entries(properties) if is_mapping(field) and field.get("required") is True]


def _entries(properties: object) -> Iterable[tuple[str, object]]:
    return properties.items() if is_mapping(properties) else ()


def _or_null(made: dict[str, Any]) -> dict[str, Any]:
    """The dialect's `nullable`, which JSON Schema has not."""
    if not {"const", SEE, *_SEVERAL, *_INNER}.isdisjoint(made):
        return {"anyOf": [made, {"type": ["null"]}]}
    if "type" in made:
        made["type"] = [*made["type"], "null"]
    if "enum" in made and None not in made["enum"]:
        made["enum"] = [*made["enum"], None]
    return made
