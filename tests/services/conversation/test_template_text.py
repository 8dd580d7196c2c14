"""Prompt templates as text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oxen_tui.services.conversation.template_text import Field, fields_of, filled, literal, parse, parted

TEXTS = st.text(st.sampled_from("ab {}|:\\\n-é"), max_size=60)
"""Texts that are about to be templates."""


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("", ()),
        ("Plain { text } and {{ }}.", ("Plain { text } and {{ }}.",)),
        ("To {{name}}!", ("To ", Field("name"), "!")),
        ("{{ first name }}", (Field("first name"),)),
        ("{{größe: 12 px }}", (Field("größe", "12 px"),)),
        ("{{when:}}", (Field("when"),)),
        ("{{url: https://ox.en/a|b}}", (Field("url", "https://ox.en/a|b"),)),
        ("{{tone|kind| blunt |kind|}}", (Field("tone", "kind", ("kind", "blunt")),)),
        ("{{tone|}}", (Field("tone"),)),
        ("{{{name}}}", ("{", Field("name"), "}")),
        ("{{a\nb}} {{1}} {{ }} {{}} {{a{b}}", ("{{a\nb}} {{1}} {{ }} {{}} {{a{b}}",)),
        (r"\{{name}}", ("{{name}}",)),
        (r"\\{{name}}", ("\\", Field("name"))),
        (r"a\b \{{ } C:\{{x|y", (r"a\b \{{ } C:\{{x|y",)),
        (r"\{{one}} {{two}}", ("{{one}} ", Field("two"))),
    ],
)
def test_a_text_is_parted_into_what_it_says_and_its_fields(text: str, pieces: tuple[str | Field, ...]) -> None:
    assert parse(text) == pieces


def test_a_field_is_asked_once_as_where_it_says_most() -> None:
    pieces = parse("{{name}}, {{tone}}: {{name: Ada}} {{tone|kind|blunt}} {{tone: dry}}")
    assert fields_of(pieces) == (Field("name", "Ada"), Field("tone", "kind", ("kind", "blunt")))
    assert filled(pieces, {"tone": "blunt"}) == "Ada, blunt: Ada blunt blunt"


def test_values_are_text_and_never_templates() -> None:
    assert filled(parse("<{{a}}> <{{b}}>"), {"a": "{{b}}", "b": "\\{{a}}"}) == "<{{b}}> <\\{{a}}>"


@given(TEXTS)
def test_any_text_can_be_written_as_a_template_of_itself(text: str) -> None:
    pieces = parse(literal(text))
    assert fields_of(pieces) == ()
    assert filled(pieces, {}) == text


@given(TEXTS, TEXTS)
def test_what_is_between_the_fields_is_kept(before: str, after: str) -> None:
    pieces = parse(f"{literal(before)}\n{{{{field}}}}\n{literal(after)}")
    assert filled(pieces, {"field": "X"}) == f"{before}\nX\n{after}"


@given(st.text(max_size=200))
def test_nothing_breaks_it_and_no_field_is_without_a_name(text: str) -> None:
    pieces = parse(text)
    assert "" not in pieces
    assert all(field.name and field.name == field.name.strip() for field in fields_of(pieces))
    assert all(isinstance(piece, str) for piece in parse(literal(text)))


@pytest.mark.parametrize(
    ("content", "parts"),
    [
        ("Just text\n---\nand more", ("", "Just text\n---\nand more")),
        ("---\ndescription: 'For letters'\nagent: x\n---\n\nDear {{name}}", ("For letters", "Dear {{name}}")),
        ("---\nnothing: said\n---\nText", ("", "Text")),
        ("---\nno end", ("", "---\nno end")),
        ("", ("", "")),
    ],
)
def test_a_head_is_no_part_of_the_text(content: str, parts: tuple[str, str]) -> None:
    assert parted(content) == parts
