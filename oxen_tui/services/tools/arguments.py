"""The arguments of a call: what a model wrote, read and checked, and what is wrong with it in words for the model."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from oxen_tui.api.json_values import parse_json
from oxen_tui.services.tools.tool import ToolFailed

_LONGEST = 200_000
"""Characters."""


def read_arguments(written: str, schema: Mapping[str, Any]) -> dict[str, Any]:
    """The arguments as a table. Nothing at all is an empty table: some models write it so.

    Raises:
        ToolFailed: They are no JSON, no object, or not as the schema has them.
    """
    if len(written) > _LONGEST:
        raise ToolFailed(f"The arguments are longer than {_LONGEST:,} characters.")
    try:
        value = parse_json(written) if written.strip() else {}
    except ValueError as error:
        raise ToolFailed(f"The arguments are no JSON ({error}). Call again with one JSON object.") from error
    if not isinstance(value, dict):
        raise ToolFailed("The arguments are not a JSON object. Call again with one.")
    problems = problems_of(value, schema)
    if problems:
        raise ToolFailed(f"The arguments are wrong: {'; '.join(problems)}. Call again with them put right.")
    return value


def problems_of(value: Mapping[str, Any], schema: Mapping[str, Any], most: int = 5) -> list[str]:
    """What is wrong with arguments, one short sentence each; nothing where all is well.

    Raises:
        ToolFailed: The schema of the tool itself is none.
    """
    from jsonschema import Draft202012Validator
    from jsonschema.exceptions import SchemaError
    from referencing.exceptions import Unresolvable

    try:
        Draft202012Validator.check_schema(dict(schema))
        errors = list(Draft202012Validator(dict(schema)).iter_errors(dict(value)))
    except (SchemaError, Unresolvable, RecursionError) as trouble:
        raise ToolFailed(f"The schema of this tool is none: {str(trouble).splitlines()[0][:200]}") from trouble
    found = []
    for error in errors[:most]:
        place = ".".join(str(step) for step in error.absolute_path)
        found.append(f"{place}: {error.message[:200]}" if place else error.message[:200])
    return found
