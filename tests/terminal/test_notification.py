from __future__ import annotations

import pytest

from oxen_tui.terminal.notification import BELL, Channel, channel, notification, reports_focus

KITTY = {"TERM": "xterm-kitty"}


@pytest.mark.parametrize(
    ("environ", "name", "how"),
    [
        (KITTY, "", Channel.OSC_99),
        ({"TERM": "xterm-256color"}, "kitty(0.41.1)", Channel.OSC_99),
        ({"TERM": "xterm-256color"}, "WezTerm 20240203", Channel.OSC_777),
        ({"TERM": "foot"}, "", Channel.OSC_777),
        ({"TERM": "xterm-256color", "TERM_PROGRAM": "ghostty"}, "", Channel.OSC_777),
        ({"TERM": "xterm-256color", "LC_TERMINAL": "iTerm2"}, "", Channel.OSC_9),
        ({"TERM": "xterm-256color", "VTE_VERSION": "7600"}, "", Channel.OSC_777),
        ({"TERM": "tmux-256color", "TMUX": "x", "KITTY_WINDOW_ID": "1"}, "tmux 3.5a", Channel.OSC_99),
        ({"TERM": "xterm-256color"}, "XTerm(379)", Channel.BELL),
        ({"TERM": "screen", "STY": "1", "KITTY_WINDOW_ID": "1"}, "", Channel.BELL),
        ({}, "", Channel.BELL),
    ],
)
def test_a_terminal_is_told_in_the_way_it_knows(environ: dict[str, str], name: str, how: Channel) -> None:
    assert channel(environ, name) is how


def test_the_sequences_are_those_of_the_terminals() -> None:
    assert notification("oxen-tui", "3 pictures done", KITTY) == (
        "\x1b]99;i=oxen-tui:o=unfocused:d=0;oxen-tui\x1b\\"
        "\x1b]99;i=oxen-tui:o=unfocused:d=1:p=body;3 pictures done\x1b\\"
    )
    assert notification("a;b", "c;d", {"TERM": "foot"}) == "\x1b]777;notify;a,b;c;d\x1b\\"
    assert notification("oxen-tui", "4;1;50", {"LC_TERMINAL": "iTerm2"}) == "\x1b]9;oxen-tui: 4;1;50\x1b\\"
    assert notification("oxen-tui", "done", {"TERM": "xterm"}) == BELL
    assert notification("oxen-tui", "done", KITTY, bell_only=True) == BELL


def test_inside_tmux_the_bell_marks_the_window_and_the_rest_is_handed_on() -> None:
    sequence = notification("oxen-tui", "done", {"TMUX": "x", "LC_TERMINAL": "iTerm2"})

    assert sequence == BELL + "\x1bPtmux;\x1b\x1b]9;oxen-tui: done\x1b\x1b\\\x1b\\"


@pytest.mark.parametrize("environ", [KITTY, {"TERM": "foot"}, {"LC_TERMINAL": "iTerm2"}])
def test_no_text_can_end_the_sequence_or_be_endless(environ: dict[str, str]) -> None:
    hostile = "a\x1b\\\x07\x9c\n\x1b]52;c;eA==\x07" + "x" * 5000

    sequence = notification(hostile, hostile, environ)

    assert "\x07" not in sequence
    assert "\x9c" not in sequence
    assert "\n" not in sequence
    assert sequence.count("\x1b") == 2 * sequence.count("\x1b\\")
    assert len(sequence) < 700


@pytest.mark.parametrize(
    ("environ", "does"),
    [
        (KITTY, True),
        ({"TERM": "xterm-256color"}, True),
        ({"TERM": "tmux-256color"}, False),
        ({"TERM": "xterm", "TMUX": "x"}, False),
        ({"TERM": "linux"}, False),
        ({}, False),
    ],
)
def test_it_is_known_where_the_users_eyes_are_only_if_the_terminal_says_so(
    environ: dict[str, str], does: bool
) -> None:
    assert reports_focus(environ) is does
