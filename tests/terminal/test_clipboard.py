from __future__ import annotations

import base64

import pytest

from oxen_tui.terminal.clipboard import LARGEST, TooMuchToCopy, copy_sequence, inside_tmux

PLAIN = {"TERM": "xterm-256color"}
TMUX = {"TERM": "tmux-256color", "TMUX": "/tmp/tmux-0/default,1,0"}


def test_the_text_goes_as_base64_in_one_sequence() -> None:
    assert copy_sequence("Moo, ø", PLAIN) == f"\x1b]52;c;{base64.b64encode('Moo, ø'.encode()).decode()}\x07"


def test_escape_sequences_in_the_text_cannot_act() -> None:
    sequence = copy_sequence("\x1b]0;owned\x07\x1b[2J\n\x1b\\", PLAIN)

    assert sequence.count("\x1b") == sequence.count("\x07") == 1


def test_inside_tmux_it_comes_plain_and_wrapped() -> None:
    plain = copy_sequence("a", PLAIN)

    assert copy_sequence("a", TMUX) == plain + "\x1bPtmux;\x1b\x1b]52;c;YQ==\x07\x1b\\"


@pytest.mark.parametrize(
    ("environ", "inside"),
    [
        (PLAIN, False),
        (TMUX, True),
        ({"TERM": "tmux-256color"}, True),
        ({"TERM": "screen-256color"}, False),
        ({}, False),
    ],
)
def test_tmux_shows_itself_in_the_environment(environ: dict[str, str], inside: bool) -> None:
    assert inside_tmux(environ) is inside


def test_the_size_is_bounded_in_bytes_not_letters() -> None:
    assert len(copy_sequence("x" * LARGEST, PLAIN)) <= 100_000
    with pytest.raises(TooMuchToCopy, match="save it to a file"):
        copy_sequence("x" * (LARGEST + 1), PLAIN)
    with pytest.raises(TooMuchToCopy) as caught:
        copy_sequence("ø" * 40_000, PLAIN)
    assert caught.value.size == 80_000


def test_half_a_character_pair_is_no_crash() -> None:
    copy_sequence("\ud800", PLAIN)
