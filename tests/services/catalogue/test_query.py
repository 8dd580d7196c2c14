"""The language of the filter."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oxen_tui.services.catalogue.query import Facet, Query, Term, Word, parse, toggled, with_facet

PIECES = st.sampled_from(
    [
        '"',
        "-",
        ":",
        ",",
        "<",
        ">",
        " ",
        "\t",
        "kind",
        "price",
        "under",
        "is",
        "fav",
        "new",
        "a",
        "$1",
        "..",
        "é",
        "IN:",
    ]
)
TYPED = st.text() | st.lists(PIECES, max_size=12).map("".join)


@given(TYPED)
def test_any_text_is_a_query_and_its_terms_survive_being_written_down(text: str) -> None:
    query = parse(text)

    assert parse(str(query)) == query


@given(TYPED)
def test_every_term_knows_where_it_stands(text: str) -> None:
    for term in parse(text).terms:
        start, end = term.span
        assert parse(text[start:end]) == Query((term,))


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("", []),
        ('  - "" -"" ', []),
        ("nano banana", [Word("nano"), Word("banana")]),
        ('"nano  banana" -edit', [Word("nano banana", quoted=True), Word("edit", negated=True)]),
        ('"not closed', [Word("not closed", quoted=True)]),
        ("output:video,image", [Facet("output", ("video", "image"))]),
        ("-OUTPUT:video", [Facet("output", ("video",), negated=True)]),
        ('developer:"black forest labs",google', [Facet("developer", ("black forest labs", "google"))]),
        ("price:<0.10 price:>1", [Facet("price", ("<0.10",)), Facet("price", (">1",))]),
        ("accepts:image under:$1", [Facet("input", ("image",)), Facet("price", ("<$1",))]),
        ("under:<1 over:", [Facet("price", ("<1",)), Facet("price", ())]),
        ("fav New -custom", [Facet("is", ("fav",)), Facet("is", ("new",)), Facet("is", ("custom",), negated=True)]),
        ("is:starred,recent", [Facet("is", ("fav", "used"))]),
        ('"new" newt', [Word("new", quoted=True), Word("newt")]),
        ("kind:", [Facet("kind", ())]),
        ("oxen:ox-brave-jade", [Word("oxen:ox-brave-jade")]),
        ("bytedance/seed:free", [Word("bytedance/seed:free")]),
    ],
)
def test_words_and_facets_are_told_apart(text: str, terms: list[Term]) -> None:
    assert parse(text).terms == tuple(terms)


def test_a_word_says_when_it_looks_like_a_facet_that_is_none() -> None:
    assert [word.strange_facet for word in parse('colour:red "colour:red" plain colour:').words] == [
        "colour",
        "",
        "",
        "",
    ]


def test_the_server_is_asked_for_the_words_only() -> None:
    assert parse('kind:video "slow dolly" shot -edit fav').wanted_text == "slow dolly shot"


def test_a_quick_facet_is_put_in_and_taken_out_without_touching_the_rest() -> None:
    typed = 'Tern  accepts:image "a b"'

    assert toggled(typed, "has:seed") == 'Tern  accepts:image "a b" has:seed'
    assert toggled(f"{typed} with:seed", "has:seed") == typed
    assert toggled(typed, "input:image") == 'Tern "a b"'
    assert toggled("", "has:seed") == "has:seed"


def test_a_kind_takes_the_place_of_the_kind_before() -> None:
    assert with_facet("kind:video tern type:image", "kind", "kind:chat") == "tern kind:chat"
    assert with_facet("kind:video tern", "kind") == "tern"


@given(TYPED, st.sampled_from(["has:seed", "fav", "kind:video", "word"]))
def test_putting_a_term_in_twice_takes_it_out_again(text: str, term: str) -> None:
    closed = f"{text} x" if text.count('"') % 2 == 0 else f'{text}" x'
    once = toggled(closed, term)

    assert parse(toggled(once, term)).terms.count(parse(term).terms[0]) == 0 or parse(closed).terms.count(
        parse(term).terms[0]
    )
