"""JSON Schemas that answers are to follow: from a file, from a text, or from what is kept of a request."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from oxen_tui.safe_text import clean_line
from oxen_tui.services.form.problem_words import worded
from oxen_tui.services.form.typed_json import NoJson, read_json
from oxen_tui.system_words import why

_LARGEST = 256 * 1024
"""Bytes of a schema; it goes with every question."""
_LONGEST_NAME = 60

TEMPLATE = """{
  "title": "answer",
  "type": "object",
  "properties": {
    "summary": { "type": "string" },
    "points": { "type": "array", "items": { "type": "string" } }
  },
  "required": ["summary", "points"],
  "additionalProperties": false
}
"""
"""A schema to begin with, which answers can be made to follow strictly."""


class NoSchema(Exception):
    """Something is no JSON Schema that can be used.

    Attributes:
        sentence: Why, with the place.
        line: Of the text, from 1; 0 where no line can be named.
    """

    def __init__(self, sentence: str, line: int = 0) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.line = line


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
        raise NoSchema(f"{called} cannot be read: {why(error)}") from error
    if len(content) > _LARGEST:
        raise NoSchema(f"{called} is larger than {_LARGEST // 1024} KB: no model takes that as a schema")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise NoSchema(f"{called} is no text") from error
    return read_schema(text, called, path.stem)


def read_schema(text: str, called: str, otherwise: str = "answer") -> NamedSchema:
    """A schema of a text, bare or as `response_format` wraps it.

    Args:
        called: What the text is, for sentences: `bill.json`.
        otherwise: The name of a schema that has none.

    Raises:
        NoSchema: It is none.
    """
    if len(text) > _LARGEST:
        raise NoSchema(f"{called} is larger than {_LARGEST // 1024} KB: no model takes that as a schema")
    try:
        value = read_json(text)
    except NoJson as error:
        raise NoSchema(f"{called}, {error.sentence}", error.line) from error
    name, schema = _unwrapped(value)
    if not isinstance(schema, dict):
        raise NoSchema(f'{called} holds no schema: that is an object, such as {{"type": "object", …}}')
    if (wrong := _wrong_with(schema)) is not None:
        raise NoSchema(f"{called} is no JSON Schema: {wrong}")
    title = schema.get("title")
    return NamedSchema(
        clean_line(name or (title if isinstance(title, str) else "") or otherwise, _LONGEST_NAME), schema
    )


def asked_schema(parameters: Mapping[str, Any]) -> NamedSchema | None:
    """The schema that an answer was asked to follow, by what is kept of its request."""
    described = parameters.get("response_format")
    inner = described.get("json_schema") if isinstance(described, dict) else None
    schema = inner.get("schema") if isinstance(inner, dict) else None
    if not isinstance(inner, dict) or not isinstance(schema, dict) or _wrong_with(schema) is not None:
        return None
    return NamedSchema(clean_line(str(inner.get("name") or "the schema"), _LONGEST_NAME), schema)


def asked_name(parameters: Mapping[str, Any]) -> str:
    """What that schema is called, without a look at it; empty for none."""
    described = parameters.get("response_format")
    inner = described.get("json_schema") if isinstance(described, dict) else None
    return clean_line(str(inner.get("name") or "the schema"), _LONGEST_NAME) if isinstance(inner, dict) else ""


def schema_text(schema: Mapping[str, Any]) -> str:
    """A schema to be read and edited."""
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


def pointer(path: tuple[str | int, ...]) -> str:
    """Where something stands, in words: `/items/0/price`."""
    return clean_line("".join(f"/{step}" for step in path), 120) or "the whole"


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
        return f"{pointer(path)} {sentence}"
    return _broken_reference(schema, schema, ())


def _broken_reference(value: object, root: Mapping[str, Any], path: tuple[str | int, ...]) -> str | None:
    """The first reference that leads out of the schema, or nowhere. Nothing is ever fetched for one."""
    if isinstance(value, Mapping):
        for word in ("$ref", "$dynamicRef"):
            target = value.get(word)
            if isinstance(target, str) and not _leads_somewhere(target, root):
                return f"{pointer((*path, word))} leads nowhere within the file: {clean_line(target, 80)}"
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
