"""Answers that are to follow a JSON Schema: the schema from a file, the value of an answer, and what does not fit."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from oxen_tui.safe_text import clean_line
from oxen_tui.services.form_json import NoJson, read_json
from oxen_tui.services.form_patterns import breaks_pattern
from oxen_tui.services.form_problem_words import worded

if TYPE_CHECKING:
    from jsonschema.exceptions import ValidationError

_LARGEST = 256 * 1024
"""Bytes of a schema; it goes with every question."""
_LONGEST_ANSWER = 1_000_000
"""Characters of an answer that is checked."""
_MOST_MISFITS = 100
_TOLD = 3
"""Misfits that are told in words."""
_LONGEST_NAME = 60
_FENCED = re.compile(r"^```[\w-]*[ \t]*\n(.*?)^```[ \t]*$", re.DOTALL | re.MULTILINE)


class NoSchema(Exception):
    """A file holds no JSON Schema that can be used.

    Attributes:
        sentence: Why, with the place.
    """

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class NoValue(Exception):
    """An answer holds no JSON.

    Attributes:
        sentence: Why, with the line.
    """

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


@dataclass(frozen=True, slots=True)
class NamedSchema:
    """A schema, and what it is called."""

    name: str
    schema: Mapping[str, Any]


def read_schema_file(typed: str) -> NamedSchema:
    """Reads a schema, bare or as `response_format` wraps it. Blocks.

    Raises:
        NoSchema: There is none, or it is none.
    """
    path = Path(typed.strip().strip("'\"")).expanduser()
    called = clean_line(path.name, _LONGEST_NAME)
    try:
        with path.open("rb") as file:
            content = file.read(_LARGEST + 1)
    except OSError as error:
        raise NoSchema(f"{called} cannot be read: {(error.strerror or str(error)).lower()}") from error
    if len(content) > _LARGEST:
        raise NoSchema(f"{called} is larger than {_LARGEST // 1024} KB: no model takes that as a schema")
    try:
        value = read_json(content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise NoSchema(f"{called} is no text") from error
    except NoJson as error:
        raise NoSchema(f"{called}, {error.sentence}") from error
    name, schema = _unwrapped(value)
    if not isinstance(schema, dict):
        raise NoSchema(f'{called} holds no schema: that is an object, such as {{"type": "object", …}}')
    if (wrong := _wrong_with(schema)) is not None:
        raise NoSchema(f"{called} is no JSON Schema: {wrong}")
    title = schema.get("title")
    return NamedSchema(
        clean_line(name or (title if isinstance(title, str) else "") or path.stem, _LONGEST_NAME), schema
    )


def answer_value(text: str) -> Any:
    """The JSON value of an answer, also where a code fence stands around it.

    Raises:
        NoValue: There is none.
    """
    if len(text) > _LONGEST_ANSWER:
        raise NoValue("it is too long to be checked")
    fenced = _FENCED.search(text)
    try:
        return read_json(fenced[1] if fenced else text)
    except NoJson as error:
        raise NoValue(f"it is no JSON: {error.sentence}") from error


def misfits(value: object, schema: Mapping[str, Any]) -> list[str]:
    """Where a value does not follow a schema: `/items/0/price is required`. Blocks."""
    try:
        found = [
            f"{_pointer(path)} {sentence}"
            for error in _some(_validator_class()(schema).iter_errors(value))
            for path, sentence in worded(error)
        ]
    except RecursionError:
        return ["the schema goes round in circles: nobody can say whether it fits"]
    return list(dict.fromkeys(found))


def verdict(text: str, schema: Mapping[str, Any], name: str) -> tuple[bool, str]:
    """Whether an answer fits, and that in words to stand under it, without a mark."""
    try:
        value = answer_value(text)
    except NoValue as error:
        return False, f"does not fit {name}: {error.sentence}"
    found = misfits(value, schema)
    if not found:
        return True, f"fits {name}"
    more = f"; and {len(found) - _TOLD} more" if len(found) > _TOLD else ""
    places = "1 place does not fit" if len(found) == 1 else f"{len(found)} places do not fit"
    return False, f"{places}: {'; '.join(found[:_TOLD])}{more}"


def asked_schema(parameters: Mapping[str, Any]) -> NamedSchema | None:
    """The schema that an answer was asked to follow, by what is kept of its request."""
    described = parameters.get("response_format")
    inner = described.get("json_schema") if isinstance(described, dict) else None
    schema = inner.get("schema") if isinstance(inner, dict) else None
    if not isinstance(inner, dict) or not isinstance(schema, dict) or _wrong_with(schema) is not None:
        return None
    return NamedSchema(clean_line(str(inner.get("name") or "the schema"), _LONGEST_NAME), schema)


def indented(value: object) -> str:
    """The value as a file holds it."""
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def _unwrapped(value: object) -> tuple[str, object]:
    if isinstance(value, dict) and isinstance(value.get("json_schema"), dict):
        value = value["json_schema"]
    if isinstance(value, dict) and isinstance(value.get("schema"), dict) and "type" not in value:
        name = value.get("name")
        return (name if isinstance(name, str) else ""), value["schema"]
    return "", value


def _wrong_with(schema: Mapping[str, Any]) -> str | None:
    """Why it is no schema that can be checked here; None where it is one."""
    from jsonschema.exceptions import best_match
    from jsonschema.validators import Draft202012Validator

    if not schema:
        return "it is empty"
    try:
        error = best_match(Draft202012Validator(Draft202012Validator.META_SCHEMA).iter_errors(schema))
    except RecursionError:
        return "it is nested too deeply"
    if error is not None:
        path, sentence = next(worded(error))
        return f"{_pointer(path)} {sentence}"
    return _broken_reference(schema, schema, ())


def _broken_reference(value: object, root: Mapping[str, Any], path: tuple[str | int, ...]) -> str | None:
    """The first reference that leads out of the schema, or nowhere. Nothing is ever fetched for one."""
    if isinstance(value, Mapping):
        for word in ("$ref", "$dynamicRef"):
            target = value.get(word)
            if isinstance(target, str) and not _leads_somewhere(target, root):
                return f"{_pointer((*path, word))} leads nowhere within the file: {clean_line(target, 80)}"
    parts: Iterator[tuple[str | int, object]] = iter(())
    if isinstance(value, Mapping):
        parts = iter(
            (key, each) for key, each in value.items() if key not in ("const", "enum", "default", "examples")
        )
    elif isinstance(value, list):
        parts = iter(enumerate(value))
    return next((wrong for key, each in parts if (wrong := _broken_reference(each, root, (*path, key)))), None)


def _leads_somewhere(target: str, root: Mapping[str, Any]) -> bool:
    if target == "#":
        return True
    if not target.startswith("#/"):
        return False
    here: object = root
    for step in target[2:].split("/"):
        step = step.replace("~1", "/").replace("~0", "~")
        if isinstance(here, Mapping) and step in here:
            here = here[step]
        elif isinstance(here, list) and step.isdecimal() and int(step) < len(here):
            here = here[int(step)]
        else:
            return False
    return isinstance(here, Mapping | bool)


def _pointer(path: tuple[str | int, ...]) -> str:
    return clean_line("".join(f"/{step}" for step in path), 120) or "the whole"


def _some(errors: Iterator[ValidationError]) -> Iterator[ValidationError]:
    for _, error in zip(range(_MOST_MISFITS), errors, strict=False):
        yield error


@cache
def _validator_class() -> Any:
    from jsonschema.exceptions import ValidationError
    from jsonschema.validators import Draft202012Validator, extend

    # Each takes the validator, what the word says, the value, and the schema around the word. They name the place
    # itself where jsonschema names what is around it, and run no pattern that could compute for ever.

    def required(_: Any, names: object, value: object, __: object) -> Iterator[ValidationError]:
        if isinstance(value, dict) and isinstance(names, list):
            yield from (ValidationError("", path=(name,)) for name in names if name not in value)

    def others(validator: Any, rule: Any, value: object, schema: Mapping[str, Any]) -> Iterator[ValidationError]:
        if not isinstance(value, dict):
            return
        known, patterns = schema.get("properties", {}), schema.get("patternProperties", {})
        for name in value:
            if name in known or any(not breaks_pattern(pattern, name) for pattern in patterns):
                continue
            if rule is False:
                yield ValidationError("", validator=None, path=(name,))
            else:
                yield from validator.descend(value[name], rule, path=name)

    def pattern(_: Any, rule: str, value: object, __: object) -> Iterator[ValidationError]:
        if isinstance(value, str) and breaks_pattern(rule, value):
            yield ValidationError("")

    def pattern_properties(validator: Any, rules: Any, value: object, __: object) -> Iterator[ValidationError]:
        if isinstance(value, dict):
            for rule, schema in rules.items():
                for name in value:
                    if not breaks_pattern(rule, name):
                        yield from validator.descend(value[name], schema, path=name, schema_path=rule)

    words = {"required": required, "additionalProperties": others, "pattern": pattern}
    return extend(Draft202012Validator, {**words, "patternProperties": pattern_properties})
