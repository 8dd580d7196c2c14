"""JSON that a person types."""

from __future__ import annotations

import pytest

from oxen_tui.services.form.typed_json import NoJson, is_deeper, read_json


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "line 1: a value is missing"),
        ('{"a": 1,}', "line 1: a name in double quotes is missing"),
        ("{'a': 1}", "line 1: a name in double quotes is missing"),
        ('{"a" 1}', "line 1: a colon is missing"),
        ('{"a": 1\n"b": 2}', "line 2: a comma is missing"),
        ('{"a": 1}\n}', "line 2: something follows after the end"),
        ('{"a": "b', "line 1: a text has no end"),
        ('{"a": "b\n"}', "line 1: a text is broken off by the end of its line"),
        ('{"a": "C:\\ox"}', "line 1: a backslash must be doubled"),
        ('{"a": Infinity}', "Infinity is no number that can be sent"),
        ('{"a": 1e999}', "1e999 is too large"),
        ("9" * 500, "a number has too many digits"),
        ("[" * 5000, "it is nested deeper than 100 levels"),
        ("[" * 101 + "]" * 101, "it is nested deeper than 100 levels"),
    ],
)
def test_what_is_wrong_is_said_with_its_line(text: str, sentence: str) -> None:
    with pytest.raises(NoJson) as caught:
        read_json(text)
    # A later Python names a trailing comma as such.
    assert caught.value.sentence in (sentence, "line 1: there is a comma too many")


def test_values_come_clean_and_whole() -> None:
    assert read_json('{"a": ["\\u0007x", 1, 1.5, true, null, {"b": {}}]}') == {
        "a": ["x", 1, 1.5, True, None, {"b": {}}]
    }
    assert read_json("[" * 100 + "]" * 100) is not None


def test_depth_counts_lists_and_objects() -> None:
    assert (is_deeper(1, 0), is_deeper([], 0), is_deeper([[]], 1), is_deeper({"a": [1]}, 2)) == (
        False,
        True,
        True,
        False,
    )
