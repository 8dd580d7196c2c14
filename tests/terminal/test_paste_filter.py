"""Nothing that is pasted presses a key, however the terminal cuts it up."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from oxen_tui.terminal.paste_filter import END, START, PasteFilter

pastes = st.text(alphabet="a\x1b[20~1;\r\n\x03", max_size=30).filter(lambda text: END not in text)


def passed(*pieces: str) -> str:
    keeping = PasteFilter()
    return "".join(keeping.pass_on(piece) for piece in pieces)


def test_keys_pass_at_once() -> None:
    keeping = PasteFilter()
    assert [keeping.pass_on(key) for key in ("a", "\x1b", "\x1b[A", "\x1b[20~", "\x1b[2", "~")] == [
        "a", "\x1b", "\x1b[A", "\x1b[20~", "\x1b[2", "~",
    ]  # fmt: skip


def test_an_escape_within_a_paste_is_left_out() -> None:
    assert passed(f"x{START}a\x1b[Ab\x1b\r{END}y\x1b[A") == f"x{START}a[Ab\r{END}y\x1b[A"


def test_a_second_start_within_a_paste_is_text() -> None:
    assert passed(f"{START}a{START}b{END}") == f"{START}a[200~b{END}"


@given(pastes, st.lists(st.integers(0, 60), max_size=6))
def test_it_does_not_matter_where_reads_are_cut(paste: str, cuts: list[int]) -> None:
    sent = f"k{START}{paste}{END}\x1b[A"
    at = [0, *sorted(min(cut, len(sent)) for cut in cuts), len(sent)]
    pieces = [sent[begin:end] for begin, end in pairwise(at)]
    got = passed(*pieces)
    assert got == f"k{START}{paste.replace(chr(27), '')}{END}\x1b[A"
