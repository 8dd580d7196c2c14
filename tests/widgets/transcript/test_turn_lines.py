"""One turn as lines: heads, folds, growth."""

from __future__ import annotations

import pytest

from oxen_tui.widgets.markdown.painter import Painter
from oxen_tui.widgets.transcript.turn import Chip, ToolLine, Turn
from oxen_tui.widgets.transcript.turn_lines import TurnLines
from tests.widgets.transcript.answers import ANSWERS
from tests.widgets.transcript.host import painter


def laid_out(turn: Turn, by: Painter | None = None) -> TurnLines:
    lines = TurnLines(turn)
    lines.lay_out(by or painter(40))
    return lines


def text(lines: TurnLines, by: Painter | None = None) -> list[str]:
    height = lines.height(by) if by else sum(part.height for _, _, part in lines.parts())
    lines.know_down(0, 10_000)
    height = sum(part.height for _, _, part in lines.parts())
    return [lines.line(y).strip.text.rstrip() for y in range(height)]


LONG_ANSWER = "\n\n".join(ANSWERS.values())

QUESTION = Turn(1, "user", "you", "14:02", "What is [b]it[/b]?\nSay.", sibling=2, siblings=3, edited=True)


def test_a_question_is_a_surface_with_a_bar() -> None:
    assert text(laid_out(QUESTION)) == [
        "",
        "▗" + "▄" * 39,
        "▐ you           edited  ‹ 2/3 ›  14:02",
        "▐ What is [b]it[/b]?",
        "▐ Say.",
        "▝" + "▀" * 39,
    ]


def test_a_small_terminal_has_no_label_and_the_branch_beside_the_words() -> None:
    by = painter(40, narrow=True, edges=False)
    assert text(laid_out(QUESTION, by)) == ["", "▐ What is [b]it[/b]?           ‹ 2/3 ›", "▐ Say."]
    long = Turn(1, "user", "you", "14:02", "word " * 20, siblings=2)
    assert text(laid_out(long, by))[1] == "▐" + " " * 30 + "‹ 1/2 ›"


def test_chips_stand_under_the_words() -> None:
    turn = Turn(1, "user", "you", text="See.", chips=[Chip("▣ a.png", "412 KB"), Chip("b.txt")])
    assert text(laid_out(turn))[4:6] == ["▐  ▣ a.png   412 KB", "▐  b.txt"]
    by = painter(40)
    brackets = Painter(type(by.room)(40, brackets=True, edges=False), by.inks, by.glyphs)
    assert "▐ [▣ a.png]  412 KB" in text(laid_out(turn, brackets))


def test_reasoning_and_tool_calls_fold_to_a_line_each() -> None:
    calls = [
        ToolLine("search", "kind=video", "7 found", 0.84, detail='{"kind": "video"}'),
        ToolLine("fetch", "url", running=True),
        ToolLine("rm", "everything", "not allowed", failed=True),
    ]
    turn = Turn(2, "assistant", "heron", "14:02", "Done.", reasoning="Hm.", reasoning_seconds=12, tool_calls=calls)
    lines = laid_out(turn, painter(44))
    assert text(lines) == [
        "",
        "  heron                              14:02",
        "  ▸ thought for 12 s",
        "  ▸ search  kind=video    ✓ 7 found  0.8 s",
        "  ▸ fetch  url                   ◐ running",
        "  ▸ rm  everything           ✕ not allowed",
        "",
        "  Done.",
    ]
    lines.toggle("reasoning")
    lines.toggle("tool 0")
    assert text(lines)[2:6] == [
        "  ▾ thought for 12 s",
        "    Hm.",
        "  ▾ search  kind=video    ✓ 7 found  0.8 s",
        '    {"kind": "video"}',
    ]
    lines.toggle("reasoning")
    lines.toggle("tool 0")
    assert len(text(lines)) == 8


def test_arguments_give_way_where_there_is_no_room() -> None:
    call = ToolLine("search", "kind=video accepts=image max=$1.00", "7 found", 0.8)
    lines = laid_out(Turn(2, "assistant", "heron", tool_calls=[call]))
    assert text(lines)[2] == "  ▸ search  kind=vi…  ✓ 7 found  0.8 s"
    narrow = laid_out(Turn(2, "assistant", "heron", tool_calls=[call]), painter(40, narrow=True, edges=False))
    assert "kind" not in text(narrow)[2]


def test_the_mark_stands_alone_before_the_first_word_and_goes_at_the_end() -> None:
    lines = laid_out(Turn(2, "assistant", "heron", streaming=True))
    assert text(lines) == ["", "  heron", "  ▍"]
    lines.grow("One")
    assert text(lines)[2:] == ["  One▍"]
    lines.grow(" two\n\n")
    assert text(lines)[2:] == ["  One two▍"]
    lines.turn.note = "2 tokens"
    lines.finish()
    assert text(lines)[2:] == ["  One two", "  2 tokens"]


def test_thinking_is_said_while_nothing_else_has_come() -> None:
    lines = laid_out(Turn(2, "assistant", "heron", streaming=True))
    lines.grow_reasoning("Let me see")
    assert text(lines)[2] == "  ▸ thinking"
    lines.grow("Yes")
    assert text(lines)[2:] == ["  ▸ thought", "", "  Yes▍"]


def test_trouble_comes_with_the_words_of_the_server() -> None:
    lines = laid_out(Turn(2, "assistant", "heron", text="Half", trouble="✕ cut off\nupstream [b]closed[/b]"))
    assert text(lines)[2:] == ["  Half", "  ✕ cut off", "  upstream [b]closed[/b]"]


def test_control_characters_in_names_do_not_break_a_line() -> None:
    lines = laid_out(
        Turn(2, "assistant", "a\nb\x1b]0;x\x07\tc", "1\n2", tool_calls=[ToolLine("a\nb", "c\nd", "e\nf")])
    )
    assert all("\n" not in line and "\x1b" not in line and "\x07" not in line for line in text(lines))


@pytest.mark.parametrize("width", [30, 84, 130])
@pytest.mark.parametrize("step", [1, 7, 64])
def test_an_answer_looks_the_same_streamed_as_finished(width: int, step: int) -> None:
    by = painter(width)
    streamed = laid_out(Turn(1, "assistant", "heron", streaming=True), by)
    for start in range(0, len(LONG_ANSWER), step):
        streamed.grow(LONG_ANSWER[start : start + step])
    streamed.finish()
    assert text(streamed) == text(laid_out(Turn(1, "assistant", "heron", text=LONG_ANSWER), painter(width)))


def test_a_place_is_found_again_at_another_width() -> None:
    wide, narrow = painter(84), painter(40)
    lines = laid_out(
        Turn(1, "assistant", "heron", text="\n\n".join(f"p{n} " + "word " * 40 for n in range(50))), wide
    )
    lines.know_down(0, 1_000)
    y = next(y for y in range(1_000) if "p30" in lines.line(y).strip.text)
    place = lines.place(y)
    lines.lay_out(narrow)
    assert "p30" in lines.line(lines.find(place)).strip.text


def test_only_what_is_looked_at_is_drawn() -> None:
    by = painter(84)
    lines = laid_out(Turn(1, "assistant", "heron", text="\n\n".join(["word " * 40] * 3_000)), by)
    assert len(by._kept) == 0
    lines.know_down(0, 40)
    assert 0 < len(by._kept) < 40
