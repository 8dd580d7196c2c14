"""The parts of the harness that figures stand on. The measurements themselves are no tests: see `__main__.py`."""

from __future__ import annotations

import os

import pytest

from tests.benchmarks import answer as answers
from tests.benchmarks.answer import Last, Order, answer
from tests.benchmarks.budgets import BUDGETS, Figure
from tests.benchmarks.percentile import median, percentile, ratio
from tests.benchmarks.plain_text import PlainText
from tests.benchmarks.process_tree import usage_of
from tests.benchmarks.screen_replay import ScreenReplay
from tests.benchmarks.table import number, table
from tests.benchmarks.terminal_answers import TerminalAnswers


@pytest.mark.parametrize("last", list(Last))
@pytest.mark.parametrize("tokens", [20, 300, 2_000, 20_000])
def test_an_answer_has_as_many_tokens_as_ordered_and_is_the_same_each_time(last: Last, tokens: int) -> None:
    order = Order(tokens, 200, "a1", last)
    assert len(answer(order)) == tokens
    assert answer(order) == answer(order)


@pytest.mark.parametrize("last", list(Last))
def test_the_first_token_holds_the_opening_and_the_last_one_the_ending(last: Last) -> None:
    order = Order(2_000, 200, "a1", last)
    tokens = answer(order)
    assert "AQa1QA" in tokens[0]
    assert tokens[-1] == "\n\nZQa1QZ\n"
    assert not any(mark in "".join(tokens[1:-1]) for mark in (order.opening, order.ending))


def test_the_last_block_has_its_full_size_in_an_answer_of_twenty_thousand_tokens() -> None:
    def last_block(last: Last) -> list[str]:
        text = "".join(answer(Order(answers.OF_TOKENS, 0, "a1", last)))
        return text.rstrip().rsplit("\n\n", 2)[1].strip().split("\n")

    assert len(last_block(Last.LIST)) == 300
    assert len(last_block(Last.TABLE)) == 2 + 100
    assert len(last_block(Last.CODE)) == 2 + 2_000
    assert len(last_block(Last.PARAGRAPH)) == 1
    assert len(last_block(Last.PARAGRAPH)[0].split()) == 4_000


def test_a_prompt_is_read_as_the_order_it_was_written_for() -> None:
    order = Order(300, 1000, "k7", Last.TABLE, 4)
    assert Order.of(order.prompt) == order


def test_a_prompt_about_an_order_is_none() -> None:
    assert Order.of("A title for: t=300 r=1000 c=1 k=mixed s=k7") is None


def test_a_percentile_is_a_measured_value_that_the_share_does_not_exceed() -> None:
    values = [float(value) for value in range(20, 0, -1)]
    assert percentile(values, 0.95) == 19
    assert percentile(values, 1.0) == 20
    assert percentile([5.0], 0.95) == 5
    assert percentile([], 0.5) is None


def test_a_median_and_a_ratio_leave_out_what_was_not_measured() -> None:
    assert median([3.0, None, 1.0]) == 2
    assert median([None]) is None
    assert ratio(1.0, 2.0) == 0.5
    assert ratio(1.0, None) is None
    assert ratio(1.0, 0.0) is None


def test_a_text_is_found_though_escape_sequences_are_split_over_reads() -> None:
    written = b"\x1b]0;title\x07\x1b[38;2;1;2;3mZQ\x1b[0;1ma1\x1b(BQZ\x1b[?2026l"
    for cut in range(len(written)):
        plain = PlainText()
        plain.feed(written[:cut])
        plain.feed(written[cut:])
        assert plain.text.endswith(b"ZQa1QZ")


def test_queries_are_answered_once_and_in_order_also_when_split() -> None:
    written = b"text\x1b[?2026$p\x1b[16t\x1b[c more \x1b]11;?\x1b\\"
    whole = list(TerminalAnswers(120, 40).to(written))
    assert whole == [b"\x1b[?2026;2$y", b"\x1b[6;20;10t", b"\x1b[?62;22c", b"\x1b]11;rgb:1010/1010/1010\x1b\\"]
    for cut in range(len(written)):
        terminal = TerminalAnswers(120, 40)
        assert [*terminal.to(written[:cut]), *terminal.to(written[cut:])] == whole


def test_other_sequences_are_no_queries() -> None:
    assert list(TerminalAnswers(120, 40).to(b"\x1b[?1049h\x1b[2J\x1b[31mred\x1b[>1u\x1b[r")) == []


def test_a_text_written_in_parts_is_found_on_the_screen_after_the_part_that_completed_it() -> None:
    writes = [b"\x1b[5;1HZQ  QZ", b"\x1b[1;1Hother", b"\x1b[5;3Ha1", b"\x1b[2J"]
    assert ScreenReplay(20, 10).first_with("ZQa1QZ", writes, 0) == 2
    assert ScreenReplay(20, 10).first_with("ZQa1QZ", writes, 3) is None


def test_what_stood_on_the_screen_after_each_write_can_be_followed() -> None:
    replay = ScreenReplay(20, 2)
    assert [(number, rows[0]) for number, rows in replay.follow([b"one", b"\x1b[1;1Htwo"])] == [
        (0, "one"),
        (1, "two"),
    ]
    assert list(replay.follow([b"one", b"\x1b[1;1Htwo"])) == []


def test_a_process_is_known_to_have_used_memory_and_time() -> None:
    usage = usage_of(os.getpid())
    assert usage.cpu > 0
    assert 0 < usage.rss <= usage.peak_rss


def test_a_process_that_is_gone_has_used_nothing() -> None:
    assert usage_of(2**22 + 1).cpu == 0


def test_a_figure_is_judged_by_its_budget() -> None:
    budget = BUDGETS["end-rated"]
    assert Figure("end-rated", budget.must + 1).verdict == "over"
    assert Figure("end-rated", budget.must).verdict == "ok"
    assert Figure("end-rated", budget.stretch).verdict == "ok, stretch"
    assert Figure("end-rated", None).verdict == "not measured"


def test_the_table_is_in_the_order_of_the_lines_and_its_columns_stand_under_each_other() -> None:
    lines = table([Figure("rss", 61.04), Figure("cpu-200", 0.137, "0.230 s", "print 0.4 s", 6.1)]).splitlines()
    assert [line.split("|")[1].strip() for line in lines[2:]] == ["1", "9"]
    assert len({len(line) for line in lines}) == 1
    assert "0.14x" in lines[2]


def test_numbers_are_as_exact_as_they_are_worth() -> None:
    assert [number(value, "ms") for value in (0.0, 5.25, 143.7)] == ["0 ms", "5.2 ms", "144 ms"]
    assert number(None, "ms") == "-"
