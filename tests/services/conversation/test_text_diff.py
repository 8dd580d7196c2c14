"""Two texts compared."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from oxen_tui.services.conversation.text_diff import DiffRow, Runs, diff_texts

LINES = st.lists(
    st.sampled_from(["", "A gull sits.", "A gull sat.", "Two gulls sat on the pier.", "```", "x = 1", "Kelp", "  "]),
    max_size=14,
).map("\n".join)


def plain(runs: Runs | None) -> str | None:
    return None if runs is None else "".join(text for text, _ in runs)


def changed(runs: Runs | None) -> list[str]:
    return [text for text, differs in runs or () if differs]


def words(text: str) -> list[str]:
    return text.split()


def sides(rows: Sequence[DiffRow]) -> list[tuple[str | None, str | None]]:
    return [(plain(row.first), plain(row.second)) for row in rows]


@given(LINES, LINES)
@settings(max_examples=80)
def test_each_side_says_all_that_its_text_says_in_its_order(first: str, second: str) -> None:
    rows = diff_texts(first, second).rows
    for text, runs in ((first, [row.first for row in rows]), (second, [row.second for row in rows])):
        assert words("\n".join(said for each in runs if (said := plain(each)) is not None)) == words(text)
    assert all(not changed(row.first) and not changed(row.second) for row in rows if row.same)
    assert all(row.first is not None or row.second is not None for row in rows)


@given(LINES)
@settings(max_examples=30)
def test_a_text_does_not_differ_from_itself(text: str) -> None:
    assert diff_texts(text, text).changes == 0


@given(LINES, LINES)
@settings(max_examples=30)
def test_texts_with_the_same_words_in_the_same_lines_are_the_same(first: str, second: str) -> None:
    same = [line.split() for line in first.splitlines() if line.strip()] == [
        line.split() for line in second.splitlines() if line.strip()
    ]
    assert (diff_texts(first, second).changes == 0) == same


def test_words_of_a_changed_line_are_set_off() -> None:
    diff = diff_texts("Head\nThe gull sits on the old pier.\nEnd", "Head\nThe gull sat on the new pier.\nEnd")
    assert [row.same for row in diff.rows] == [True, False, True]
    row = diff.rows[1]
    assert row.paired
    assert (changed(row.first), changed(row.second)) == (["sits", "old"], ["sat", "new"])


def test_a_paragraph_is_compared_sentence_by_sentence() -> None:
    kept = "Nobody knows how long the lighthouse has stood there, and nobody who knew it has ever asked. "
    diff = diff_texts(
        kept + "The keeper left in the spring of that year. Then the lamp went out.",
        kept + "A storm came. Then the lamp went out.",
    )
    rows = sides(diff.rows)
    assert rows[0] == (kept.rstrip(), kept.rstrip())
    assert rows[-1] == ("Then the lamp went out.", "Then the lamp went out.")
    assert rows[1] == ("The keeper left in the spring of that year.", "A storm came.")
    assert not diff.rows[1].paired


def test_a_line_that_came_in_between_stands_alone() -> None:
    diff = diff_texts("one two three\nfour five six", "one two three\nnew\nfour five seven")
    assert sides(diff.rows) == [
        ("one two three", "one two three"),
        (None, "new"),
        ("four five six", "four five seven"),
    ]


def test_code_is_never_parted_and_blank_lines_stay_as_gaps() -> None:
    line = "x = 'One sentence. Another sentence.' " + "# and so on " * 20
    diff = diff_texts(f"Text\n\n```\n{line}\n```", f"Text\n\n```\n{line}\n```\n")
    assert [row.gap for row in diff.rows] == [False, True, False, False]
    assert plain(diff.rows[2].first) == line.rstrip()


def test_what_is_copied_reads_as_a_diff() -> None:
    assert diff_texts("same\nold line of text\ngone\nlast", "same\nnew line of text\nlast").as_text() == (
        "  same\n- old line of text\n+ new line of text\n- gone\n  last"
    )
    assert diff_texts("a\nb", "c\nd").as_text() == "- a\n- b\n+ c\n+ d"
    assert diff_texts("", "").as_text() == ""


def test_huge_texts_are_compared_too() -> None:
    first = "\n".join(f"line {number} of the first text" for number in range(3_000))
    second = "\n".join(f"line {number} of the {'second' if number % 7 else 'first'} text" for number in range(3_000))
    diff = diff_texts(first, second)
    assert sum(row.same for row in diff.rows) == 429
    assert "".join(plain(row.second) or "" for row in diff.rows) == second.replace("\n", "")


def test_one_endless_line_is_compared_as_a_whole_where_its_words_are_too_many() -> None:
    first = "a,b " * 20_000
    second = first + "c"
    diff = diff_texts(f"x\n{first}", f"x\n{second}")
    assert not diff.by_words
    assert diff.changes == 1
