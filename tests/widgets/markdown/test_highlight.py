"""Colours for code, line by line."""

from __future__ import annotations

import pytest
from pygments.lexers import get_lexer_by_name

from oxen_tui.widgets.markdown import highlight
from oxen_tui.widgets.markdown.blocks import Fence
from oxen_tui.widgets.markdown.highlight import Highlighter, _ink

SAMPLES = {
    "python": 'def f(a):\n    """Doc\n    more."""\n    return f"{a!r} {1.5}"  # why\n\nclass A: pass\n',
    "javascript": "/* a\n b */ const x = `t ${y}\nz`;\nfunction g() { return 1 }\n",
    "html": '<p class="x">\n<!-- c\nd -->\n<b>y</b>\n',
    "java": '/** Doc\n * more */ int x = 1; // "/*"\nString s = "/*";\nint y = 2;\n',
    "rust": 'fn main() { /* a /* b */\n c */ let s = "x\ny"; }\n',
    "bash": 'for f in *.txt; do\n  echo "$f\nmore"\ndone\n',
    "css": "a { color: red;\n/* x\ny */ margin: 0 }\n",
    "sql": "select 'a' from t -- c\nwhere x = 1;\n",
}


def colours(language: str, source: str) -> list[list[tuple[str, str]]]:
    fence = Fence(language)
    highlighter = Highlighter()
    lines = []
    for number, line in enumerate(source.split("\n")):
        lines.append([(piece.text, piece.ink) for piece in highlighter.line(fence, number, line)])
        fence.lines.append(line)
    return lines


def by_character(pieces: list[tuple[str, str]]) -> list[tuple[str, str]]:
    return [(character, ink) for text, ink in pieces for character in text if not character.isspace()]


@pytest.mark.parametrize("language", sorted(SAMPLES))
def test_lines_one_after_the_other_have_the_colours_of_the_whole(language: str) -> None:
    source = SAMPLES[language]
    lexer = get_lexer_by_name(language, stripnl=False)
    whole = [(value, _ink(str(token))) for _, token, value in lexer.get_tokens_unprocessed(source)]
    alone = [piece for line in colours(language, source) for piece in line]
    assert by_character(alone) == by_character(whole)


@pytest.mark.parametrize("language", ["python", "json", "yaml", "ruby", "c", "php", "console", "make", "diff"])
def test_no_character_is_lost(language: str) -> None:
    source = 'a: [1, "x"]\n\tb = \'y\' # z\n$ ls -l\n{"k": null}\n<?php echo 1; ?>\n+ x\n- y'
    for line, pieces in zip(source.split("\n"), colours(language, source), strict=True):
        assert "".join([text for text, _ in pieces]) == line


def test_keys_of_json_are_told_from_its_values() -> None:
    (pieces,) = colours("json", '{"key": "value", "n": 12}')
    assert ('"key"', "fn") in pieces
    assert ('"value"', "str") in pieces
    assert ("12", "num") in pieces


@pytest.mark.parametrize("language", ["", "text", "no-such-language", "[b]", "x" * 500])
def test_an_unknown_language_is_plain(language: str) -> None:
    assert colours(language, "if x: [b]y[/b]") == [[("if x: [b]y[/b]", "text")]]


def test_a_very_long_line_is_plain() -> None:
    line = "x = '" + "a" * highlight.LONGEST_LINE
    assert colours("python", line) == [[(line, "text")]]


def test_a_line_far_down_in_unseen_code_does_not_cost_the_whole_code(monkeypatch: pytest.MonkeyPatch) -> None:
    fence = Fence("python", ["x = 1"] * 5_000)
    lexed: list[str] = []
    lex = highlight._lex

    def counted(lexer: object, text: str, stack: tuple[str, ...]) -> object:
        lexed.append(text)
        return lex(lexer, text, stack)

    monkeypatch.setattr(highlight, "_lex", counted)
    assert Highlighter().line(fence, 4_000, "x = 1")[-1].ink == "num"
    assert len(lexed) <= highlight.REWIND + 2
