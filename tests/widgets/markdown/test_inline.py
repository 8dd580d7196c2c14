"""Inline Markdown becomes spans."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from oxen_tui.widgets.markdown import inline
from oxen_tui.widgets.markdown.inline import Span, parse_inline, plain_text

QUIET = settings(deadline=None, database=None, max_examples=400)


def seen(text: str, **references: str) -> list[tuple[str, str]]:
    return [(span.text, " ".join(sorted(span.styles))) for span in parse_inline(text, references)]


@pytest.mark.parametrize(
    ("source", "spans"),
    [
        ("plain words", [("plain words", "")]),
        ("", []),
        ("a **b** c", [("a ", ""), ("b", "strong"), (" c", "")]),
        ("*a* _b_", [("a", "emphasis"), (" ", ""), ("b", "emphasis")]),
        ("***both***", [("both", "emphasis strong")]),
        ("**a *b* c**", [("a ", "strong"), ("b", "emphasis strong"), (" c", "strong")]),
        ("~~gone~~ ~ok~", [("gone", "strike"), (" ~ok~", "")]),
        ("`a*b*` ``c`d``", [("a*b*", "code"), (" ", ""), ("c`d", "code")]),
        ("**`x`** is", [("x", "code strong"), (" is", "")]),
        ("`` ` ``", [("`", "code")]),
        ("snake_case_name and 2 * 3 * 4", [("snake_case_name and 2 * 3 * 4", "")]),
        (r"\*not\* \_this\_", [("*not* _this_", "")]),
        ("**open", [("**open", "")]),
        ("AT&amp;T &copy; &#35;", [("AT&T © #", "")]),
        ("a < b > c & d", [("a < b > c & d", "")]),
        ("<b>raw</b>", [("<b>raw</b>", "")]),
        ("one<br>two<br/>three<BR />four", [("one\ntwo\nthree\nfour", "")]),
        ("`<br>`", [("<br>", "code")]),
        ("soft\nbreak", [("soft break", "")]),
        ("hard  \nbreak", [("hard\nbreak", "")]),
        ("hard\\\nbreak", [("hard\nbreak", "")]),
        ("note[^1] and [^2].", [("note[^1] and [^2].", "")]),
        (r"so \( a_1 * b_2 * \alpha \) holds", [("so ", ""), (r"a_1 * b_2 * \alpha", "code"), (" holds", "")]),
    ],
)
def test_markdown_becomes_spans(source: str, spans: list[tuple[str, str]]) -> None:
    assert seen(source) == spans


@pytest.mark.parametrize(
    ("source", "text", "href"),
    [
        ("[text](https://a.b/c_d 'title')", "text", "https://a.b/c_d"),
        ("<https://a.b>", "https://a.b", "https://a.b"),
        ("https://a.b/c", "https://a.b/c", "https://a.b/c"),
        ("www.a.b", "www.a.b", "http://www.a.b"),
        ("![alt text](u.png)", "alt text", "u.png"),
        ("![](u.png)", "u.png", "u.png"),
        ("[text](<>)", "text", ""),
        ("[text][Some  Label]", "text", "https://ref"),
        ("[some label]", "some label", "https://ref"),
        ("[some label][]", "some label", "https://ref"),
    ],
)
def test_links_and_images_keep_their_target(source: str, text: str, href: str) -> None:
    assert parse_inline(source, {"some label": "https://ref"}) == [Span(text, frozenset({"link"}), href)]


@pytest.mark.parametrize(
    ("source", "address"),
    [
        ("see https://a.b/c.", "https://a.b/c"),
        ("(see https://a.b/c)", "https://a.b/c"),
        ("https://a.b/c_(d), yes", "https://a.b/c_(d)"),
        ("**https://a.b**", "https://a.b"),
        ("https://a.b/?q=1!?", "https://a.b/?q=1"),
    ],
)
def test_bare_addresses_end_before_the_punctuation_of_the_sentence(source: str, address: str) -> None:
    assert [span.href for span in parse_inline(source) if span.href] == [address]


def test_an_address_in_code_is_no_link() -> None:
    assert seen("`https://a.b`") == [("https://a.b", "code")]


@pytest.mark.parametrize("target", ["javascript:alert(1)", "file:///etc/passwd", "data:text/html,x", "vbscript:x"])
def test_targets_that_act_stay_text(target: str) -> None:
    assert seen(f"[text]({target})") == [(f"[text]({target})", "")]


def test_an_unknown_label_stays_text() -> None:
    assert seen("[text][nowhere]") == [("[text][nowhere]", "")]


@pytest.mark.parametrize("entity", ["&#27;", "&#x1b;", "&#x202e;", "&#x9b;", "&#x2066;", "&#xE0041;"])
def test_entities_bring_in_no_control_characters(entity: str) -> None:
    text = plain_text(f"a{entity}b")
    assert text.startswith("a")
    assert text.endswith("b")
    assert not set(text) & {"\x1b", "\u202e", "\x9b", "\u2066", "\U000e0041"}


def test_what_was_parsed_once_cannot_be_changed_by_whoever_got_it() -> None:
    parse_inline("**again**").clear()
    assert seen("**again**") == [("again", "strong")]


MARKS = st.sampled_from(
    [
        "a",
        "word",
        " ",
        "*",
        "**",
        "_",
        "`",
        "``",
        "~~",
        "~",
        "[",
        "]",
        "(",
        ")",
        "<",
        ">",
        "&",
        "&amp;",
        "!",
        "\\",
        "\n",
        "  \n",
        ".",
        ":",
        "é",
        "¿",
        "1",
        "<br>",
        "x_y",
        "**bold**",
        "`code`",
        "*it*",
        " * ",
        "http://a.b",
        "**Note:** ",
    ]
)


@QUIET
@given(st.lists(MARKS, max_size=14).map("".join))
def test_the_quick_way_and_the_thorough_way_agree(text: str) -> None:
    quick = inline._read_simple(text)
    if quick is not None:
        assert list(inline._joined(quick)) == list(inline._joined(list(inline._read(text, ()))))


@QUIET
@given(st.lists(MARKS | st.text(max_size=4), max_size=30).map("".join))
def test_nothing_raises_and_no_word_is_lost(text: str) -> None:
    shown = plain_text(text)
    assert shown.count("word") >= min(text.count("word"), 1) * (text.count("](") == 0)


def test_most_of_what_models_write_takes_the_quick_way() -> None:
    for text in ("Use **bold** and `code`, a_b, 2 * 3.", "**Name:** it is so\nand so", "plain"):
        assert inline._read_simple(text) is not None


@pytest.mark.parametrize("mark", ["*", "[", "`", "**a ", "![", "<", "[a](", "_a", "\\(", "~~a", "&", "http://", "]("])
def test_the_parser_is_never_handed_more_than_it_can_take(mark: str, monkeypatch: pytest.MonkeyPatch) -> None:
    handed: list[int] = []
    read = inline._read

    def counting(text: str, references: tuple[tuple[str, str], ...]) -> object:
        handed.append(len(text))
        return read(text, references)

    monkeypatch.setattr(inline, "_read", counting)
    text = mark * 10_000
    parse_inline(text)
    assert max(handed, default=0) <= inline.LONGEST
    assert sum(handed) in (0, len(text))
