"""What a typed text means for a field."""

from __future__ import annotations

import math
import re
from typing import Any

from oxen_tui.safe_text import clean
from oxen_tui.services.form.defaults import takes_many, takes_one
from oxen_tui.services.form.typed_json import NoJson, read_json
from oxen_tui.services.form.variants import forms_of
from oxen_tui.services.media_addresses import medium_address
from oxen_tui.services.schema.fields import NOTHING, Field, Shape
from oxen_tui.services.schema.words import value_text

_WHOLE = re.compile(r"[+-]?\d{1,300}")
_NUMBER = re.compile(r"[+-]?(\d{1,300}\.?\d{0,300}|\.\d{1,300})([eE][+-]?\d{1,4})?")
_TRUTHS = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}


class NoValue(Exception):
    """A text that is no value yet."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        """What goes after the name of the field: `must be a number`."""


def typed_value(field: Field, shape: Shape, text: str) -> Any:
    """The value; NOTHING for an empty text that means none.

    Args:
        shape: How the field is filled in, see `Entry.shape`.

    Raises:
        NoValue: It is none yet.
    """
    text = clean(text)
    if shape is Shape.TEXT:
        return _plain_value(field, text) if field.shape is Shape.UNION else _text(field, text)
    if shape is Shape.MEDIA:
        return _media(field, text)
    if not text.strip():
        return NOTHING
    if shape is Shape.NUMBER:
        return _number(field, text.strip())
    if shape is Shape.SWITCH:
        if text.strip().lower() not in _TRUTHS:
            raise NoValue("must be yes or no")
        return _TRUTHS[text.strip().lower()]
    if shape is Shape.CHOICE:
        return _choice(field, text.strip())
    try:
        return read_json(text)
    except NoJson as error:
        raise NoValue(f"is no JSON yet, {error.sentence}") from None


def _text(field: Field, text: str) -> Any:
    """An empty text takes the place of a default: who empties a field wants nothing there."""
    stands_for_itself = isinstance(field.default, str) and field.default
    return text if text or stands_for_itself else NOTHING


def _plain_value(field: Field, text: str) -> Any:
    """Of several plain forms, the one that tells most: a named value, a number, a truth value, then text."""
    forms, text = forms_of(field), text if "\n" in text else text.strip()
    if not text:
        return NOTHING
    for form in forms:
        for choice in form.choices:
            if text in (choice, value_text(choice)):
                return choice
    takers = {form.shape: form for form in forms}
    if Shape.NUMBER in takers and _NUMBER.fullmatch(text):
        return _number(takers[Shape.NUMBER], text)
    if Shape.SWITCH in takers and text.lower() in ("true", "false"):
        return _TRUTHS[text.lower()]
    if text == "null" and field.nullable:
        return None
    if Shape.TEXT in takers:
        return _unquoted(text)
    if Shape.NUMBER in takers:
        raise NoValue(_wanted(takers[Shape.NUMBER]))
    raise NoValue("is none of the values there are")


def _unquoted(text: str) -> str:
    """What is in quotes is text, whatever it looks like without them."""
    if len(text) > 1 and text[0] == text[-1] == '"':
        try:
            value = read_json(text)
        except NoJson:
            return text
        return value if isinstance(value, str) else text
    return text


def _number(field: Field, text: str) -> float:
    if _WHOLE.fullmatch(text):
        return int(text)
    if _NUMBER.fullmatch(text) is None:
        raise NoValue(_wanted(field))
    value = float(text)
    if not math.isfinite(value):
        raise NoValue("is too large")
    # Whoever types 5.0 where whole numbers are wanted means 5.
    return int(value) if value == int(value) and field.types == ("integer",) else value


def _wanted(field: Field) -> str:
    return "must be a whole number" if field.types == ("integer",) else "must be a number"


def _choice(field: Field, text: str) -> Any:
    for fold in (str, str.casefold):
        for choice in field.choices:
            if fold(text) in (fold(value_text(choice)), fold(choice) if isinstance(choice, str) else None):
                return choice
    named = ", ".join(value_text(choice) for choice in field.choices[:8])
    raise NoValue(f"must be one of {named}{' …' if len(field.choices) > 8 else ''}")


def _media(field: Field, text: str) -> Any:
    """An address a line."""
    lines = [medium_address(line) for line in text.splitlines() if line.strip()]
    return media_value(field, lines)


def media_value(field: Field, addresses: list[str]) -> Any:
    """The addresses in the form that the field takes: one that stands alone, or a list."""
    if not addresses:
        return NOTHING
    if len(addresses) == 1 and takes_one(field):
        return addresses[0]
    return addresses if takes_many(field.media) else addresses[-1]
