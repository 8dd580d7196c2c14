from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oxen_tui.api.think_tags import ThinkTags


def split(*fragments: str) -> tuple[str, str]:
    """Reasoning and answer."""
    tags = ThinkTags()
    pieces = [piece for fragment in fragments for piece in tags.split(fragment)] + tags.finish()
    return "".join(p for thinking, p in pieces if thinking), "".join(p for thinking, p in pieces if not thinking)


@pytest.mark.parametrize(
    ("text", "reasoning", "answer"),
    [
        ("plain", "", "plain"),
        ("<think>so</think>then", "so", "then"),
        ("\n <think>\nso\n</think>\n\nthen", "so\n", "then"),
        ("<think>never closed", "never closed", ""),
        ("<think>a</think>\n<think>b</think>\nc", "ab", "c"),
        ("Write <think> like this </think>", "", "Write <think> like this </think>"),
        ("<thinker>", "", "<thinker>"),
        ("<think", "", "<think"),
        ("<think></think>\n\n    indented code", "", "    indented code"),
        ("<think>1 < 2 </ think></think>so", "1 < 2 </ think>", "so"),
        ("  two spaces", "", "  two spaces"),
    ],
)
def test_tags_at_the_beginning_are_reasoning_and_no_others(text: str, reasoning: str, answer: str) -> None:
    assert split(text) == (reasoning, answer)
    assert split(*text) == (reasoning, answer)


def test_a_plain_answer_is_not_held_back() -> None:
    tags = ThinkTags()
    assert tags.split("H") == [(False, "H")]
    assert tags.passed


@given(
    st.lists(st.sampled_from(["<think>", "</think>", "<", "think", ">", "/", "a", "\n", " "]), max_size=14), st.data()
)
def test_the_cuts_between_fragments_make_no_difference(parts: list[str], data: st.DataObject) -> None:
    text = "".join(parts)
    cut = data.draw(st.integers(0, len(text)))
    assert split(text[:cut], text[cut:]) == split(text) == split(*text)
