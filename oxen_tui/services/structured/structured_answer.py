"""Answers that are to follow a JSON Schema: their values, and what does not fit."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from oxen_tui.services.form.patterns import breaks_pattern
from oxen_tui.services.form.problem_words import worded
from oxen_tui.services.form.typed_json import NoJson, TooDeep, read_json
from oxen_tui.services.structured.schema_file import pointer

if TYPE_CHECKING:
    from jsonschema.exceptions import ValidationError

_LONGEST_ANSWER = 1_000_000
"""Characters of an answer that is checked."""
_MOST_VALUES = 1_000
_MOST_MISFITS = 100
_FENCED = re.compile(r"^ {0,3}(`{3,}|~{3,})[^\n]*\n(.*?)(?:^ {0,3}\1|\Z)", re.DOTALL | re.MULTILINE)
_BLANKS = re.compile(r"[ \t\r\n]*")


class NoValue(Exception):
    """An answer holds no JSON.

    Attributes:
        sentence: Why, with the line.
    """

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class EndsEarly(NoValue):
    """An answer is JSON up to its end, and breaks off there."""


class NotCheckable(NoValue):
    """An answer is more than is checked."""


@dataclass(frozen=True, slots=True)
class Misfit:
    """A place that does not follow the schema."""

    path: tuple[str | int, ...]
    words: str
    """What is wrong there: `is required`."""

    def __str__(self) -> str:
        return f"{pointer(self.path)} {self.words}"


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether an answer follows its schema."""

    fits: bool | None
    """None where nobody can say: it was cut off, or is too much to be checked."""
    words: str
    """In a line, without a mark: `valid against invoice`."""
    misfits: tuple[Misfit, ...] = ()
    is_json: bool = True


def answer_values(text: str) -> list[Any]:
    """The JSON values of an answer: one after another, or in code fences. Usually it is one.

    Raises:
        EndsEarly: It breaks off within a value.
        NotCheckable: It is too long or too deep.
        NoValue: There is none.
    """
    if len(text) > _LONGEST_ANSWER:
        raise NotCheckable("it is too long to be checked")
    fenced = [found[2] for found in _FENCED.finditer(text)]
    if not fenced or text.lstrip()[:1] in ("{", "["):
        return [read_json(part) for part in _parts(text)]
    parts = []
    for content in fenced:
        try:
            parts += [read_json(part) for part in _parts(content)]
        except NoValue:
            if len(fenced) == 1:
                raise
    if not parts:
        raise NoValue("it is no JSON: none of its code blocks holds any")
    return parts


def answer_value(text: str) -> Any:
    """The one JSON value of an answer.

    Raises:
        NoValue: There is none, or there are several.
    """
    values = answer_values(text)
    if len(values) > 1:
        raise NoValue(f"it is {len(values)} JSON values where one was asked for")
    return values[0]


def exact_values(text: str) -> list[Any]:
    """The same, as they were sent: nothing in their texts is cleaned. For files, never for the screen.

    Raises:
        NoValue: See `answer_values`.
    """
    answer_values(text)
    fenced = [found[2] for found in _FENCED.finditer(text)]
    plain = not fenced or text.lstrip()[:1] in ("{", "[")
    values = []
    for content in [text] if plain else fenced:
        try:
            values += [json.loads(part) for part in _parts(content)]
        except NoValue:
            continue  # a code block of something else
    return values


def misfits(value: object, schema: Mapping[str, Any]) -> list[Misfit]:
    """Where a value does not follow a schema. Blocks."""
    try:
        found = [
            Misfit(path, sentence)
            for error in _some(_validator_class()(schema).iter_errors(value))
            for path, sentence in worded(error)
        ]
    except RecursionError:
        return [Misfit((), "cannot be checked: the schema goes round in circles")]
    return list(dict.fromkeys(found))


def verdict(text: str, schema: Mapping[str, Any], name: str, cut_off: bool = False) -> Verdict:
    """Whether an answer follows its schema, with the places where it does not. Blocks.

    Args:
        cut_off: The answer did not come to its end.
    """
    try:
        value = answer_value(text)
    except EndsEarly as error:
        return Verdict(None, f"{error.sentence.removeprefix('it ')}: not checked against {name}")
    except NotCheckable as error:
        return Verdict(None, f"not checked against {name}: {error.sentence}")
    except NoValue as error:
        if cut_off:
            return Verdict(None, f"cut off: not checked against {name}", is_json=False)
        return Verdict(False, f"does not follow {name}: {error.sentence}", is_json=False)
    found = misfits(value, schema)
    if not found:
        return Verdict(True, f"valid against {name}")
    count = "1 problem" if len(found) == 1 else f"{len(found)} problems"
    more = " or more" if len(found) >= _MOST_MISFITS else ""
    return Verdict(False, f"{count}{more} against {name}", tuple(found))


def indented(values: list[Any]) -> str:
    """A value as a file holds it; several as a list."""
    value = values[0] if len(values) == 1 else values
    text = json.dumps(value, ensure_ascii=False, indent=2)
    try:
        text.encode()
    except UnicodeEncodeError:  # half a character: only its escape can be written
        text = json.dumps(value, indent=2)
    return f"{text}\n"


def _parts(text: str) -> list[str]:
    """The text of each of the values that stand one after another."""
    decoder, parts, at = json.JSONDecoder(), list[str](), _after_blanks(text, 0)
    while True:
        try:
            end = decoder.raw_decode(text, at)[1]
        except RecursionError:
            raise NotCheckable("it is nested too deeply") from None
        except ValueError as error:
            raise _why(text, parts, at, error) from None
        parts.append(text[at:end])
        at = _after_blanks(text, end)
        if at >= len(text):
            break
        if len(parts) >= _MOST_VALUES:
            raise NotCheckable("it is too many values")
    for part in parts:
        try:
            read_json(part)
        except TooDeep as error:
            raise NotCheckable(error.sentence) from None
        except NoJson as error:
            raise NoValue(f"it is no JSON: {error.sentence}") from None
    return parts


def _why(text: str, parts: list[str], at: int, error: ValueError) -> NoValue:
    """In words: that it breaks off, or what is wrong in which line."""
    place = getattr(error, "pos", at)
    unended = str(error).startswith("Unterminated string")
    if text[at : at + 1] in ("{", "[") and (unended or not text[place:].strip()):
        return EndsEarly(f"it breaks off in line {text.count(chr(10), 0, len(text.rstrip())) + 1}")
    if parts and text[at : at + 1] not in ("{", "["):
        line = text.count("\n", 0, at) + 1
        return NoValue(f"it is no JSON: line {line}: something follows after the end")
    try:
        read_json(text)
    except NoJson as wrong:
        return NoValue(f"it is no JSON: {wrong.sentence}")
    return NoValue("it is no JSON")


def _after_blanks(text: str, at: int) -> int:
    found = _BLANKS.match(text, at)
    return found.end() if found is not None else at


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
