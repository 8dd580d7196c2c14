from __future__ import annotations

import tomllib

import pytest

from oxen_tui.toml_text import line_in_error, line_of, rewritten

FILE = """\
# mine
theme = "nord"  # the best one

[profiles.local]
base_url = "http://127.0.0.1:8080/v1"
"odd key" = 1

[keys]
chat.new = "f5"
"""


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("theme",), 2),
        (("profiles", "local"), 4),
        (("profiles", "local", "base_url"), 5),
        (("profiles", "local", "odd key"), 6),
        (("profiles", "local", "absent"), 4),
        (("keys", "chat", "new"), 9),
        (("absent",), None),
    ],
)
def test_a_key_is_found_in_its_line_or_its_table(path: tuple[str, ...], line: int | None) -> None:
    assert line_of(FILE, *path) == line


def test_a_parser_error_names_its_line_unless_the_file_just_ends() -> None:
    with pytest.raises(tomllib.TOMLDecodeError) as in_line:
        tomllib.loads("a = 1\nb = \n")
    with pytest.raises(tomllib.TOMLDecodeError) as at_end:
        tomllib.loads("a = 1\nb = [")

    assert line_in_error(in_line.value) == 2
    assert line_in_error(at_end.value) is None


def test_a_changed_value_keeps_every_other_line_and_its_own_comment() -> None:
    wanted = tomllib.loads(FILE) | {"theme": "dracula"}

    assert rewritten(FILE, wanted) == FILE.replace('"nord"', '"dracula"')


def test_a_new_value_goes_before_the_first_table() -> None:
    text = rewritten(FILE, tomllib.loads(FILE) | {"glyphs": "ascii"})

    assert text.splitlines()[2] == 'glyphs = "ascii"'
    assert "# the best one" in text


def test_a_new_table_goes_to_the_end_and_comments_stay() -> None:
    wanted = tomllib.loads(FILE)
    wanted["profiles"]["other"] = {"base_url": "https://example.org/v1"}

    text = rewritten(FILE, wanted)

    assert text.startswith(FILE)
    assert tomllib.loads(text) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "",
        "# only a comment",
        'many = """\ntheme = "inside a string"\n"""\n',
        "list = [\n[1],\n]\n",
        "[a]\nx = 1\n",
        "keys = {a = 'b'}\n",
        'theme = "a # b"\n',
        "\r\ntheme = 'x'\r\n[t]\r\n",
    ],
)
def test_whatever_the_file_looks_like_the_result_means_what_was_wanted(text: str) -> None:
    wanted = tomllib.loads(text) | {"theme": "light", "new": True, "keys": {"c": ["d"]}}

    assert tomllib.loads(rewritten(text, wanted)) == wanted


def test_a_key_taken_out_is_gone() -> None:
    wanted = tomllib.loads(FILE)
    del wanted["keys"]

    assert tomllib.loads(rewritten(FILE, wanted)) == wanted
