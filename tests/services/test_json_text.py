"""JSON to be read: in lines or in one, cleaned by escapes, so that it is still the value."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from oxen_tui.safe_text import clean
from oxen_tui.services.json_text import compact_json, json_lines

TEXTS = st.text(st.characters(codec="utf-8") | st.sampled_from("\x1b\x7f\x9b\u202e\u2028\ufeff\U000e0041\U0010eeee"))
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
    max_leaves=12,
)


def written(value: object) -> str:
    return "\n".join("  " * depth + line for depth, line in json_lines(value))


@given(VALUES)
def test_what_is_written_is_the_value_again_and_cannot_act(value: object) -> None:
    for text in (written(value), compact_json(value)):
        assert json.loads(text) == value
        assert clean(text) == text


def test_lists_of_plain_values_stay_in_a_line_and_objects_do_not() -> None:
    value = {"enum": ["16:9", "1:1"], "parts": [{"a": 1}], "none": {}, "last": True}
    assert written(value).split("\n") == [
        "{",
        '  "enum": ["16:9", "1:1"],',
        '  "parts": [',
        "    {",
        '      "a": 1',
        "    }",
        "  ],",
        '  "none": {},',
        '  "last": true',
        "}",
    ]


def test_a_long_text_is_cut_only_where_that_is_asked_for() -> None:
    text = "x" * 300
    assert compact_json(text, 100) == '"' + "x" * 98 + "…"
    assert json.loads("".join(line for _, line in json_lines([{"a": text}], longest=None))) == [{"a": text}]


def test_nesting_deeper_than_python_recurses_is_written() -> None:
    deep: object = 0
    for _ in range(10_000):
        deep = [{"a": deep}]
    assert compact_json(deep).startswith('[ { "a": [')
