"""Stored messages as turns: their closing line, what went wrong, what they carry."""

from __future__ import annotations

import pytest

from oxen_tui.api.usage import Usage
from oxen_tui.panes.answers.turns import closing_note, closing_trouble, ending_words, turn_of
from oxen_tui.store.attachment import Attachment
from oxen_tui.store.message import Ending
from tests.panes.answers.test_turns_with_tools import message


def test_a_question_says_you_when_and_what_it_carries() -> None:
    carried = (
        Attachment("image", "ox.png", "file:///ox.png", "image/png", 412_000, 1536, 1024),
        Attachment("image", "far.png", "https://x.test/far.png"),
        Attachment("job", "moss-image-xl", job_id=7),
    )
    turn = turn_of(message(1, "user", "What is it?", attachments=carried, sibling=2, siblings=3))
    assert (turn.label, turn.text, turn.edited, turn.sibling, turn.siblings) == ("you", "What is it?", True, 2, 3)
    assert [chip.label for chip in turn.chips] == ["▣ [Image #1] ox.png", "▣ [Image #2] far.png"]
    assert [inset.path.name for inset in turn.insets] == ["ox.png"]
    assert [card.job_id for card in turn.cards] == [7]
    assert (turn.note, turn.trouble) == ("", "")


def test_what_was_paid_is_told_from_what_is_guessed() -> None:
    guessed = message(2, "assistant", "Yes.", cost=0.01, usage=Usage(completion_tokens=10))
    paid = message(2, "assistant", "Yes.", cost=0.01, usage=Usage(completion_tokens=10, cost=0.01))
    assert "10 tokens" in closing_note(guessed)
    assert "~$0.0" in closing_note(guessed)
    assert "~" not in closing_note(paid)


def test_what_is_not_known_is_not_said() -> None:
    assert closing_note(message(2, "assistant", "Yes.", usage=None, cost=None, seconds=None)) == ""
    assert closing_note(message(2, "assistant", "Ye", ending=Ending.STREAMING)) == ""
    assert closing_note(message(1, "user", "?")) == ""
    refused = message(2, "assistant", "", ending=Ending.FAILED, usage=None, cost=0.0, seconds=None)
    assert closing_note(refused) == ""  # no $0 where nothing was asked of anybody
    before = message(2, "assistant", usage=None, cost=0.01, seconds=1.0)
    assert "token" not in closing_note(message(4, "assistant", "Yes."), [before])


def test_a_stopped_answer_says_so_before_what_it_came_to() -> None:
    assert closing_note(message(2, "assistant", "Ye", ending=Ending.STOPPED)).startswith("– stopped · 10 tokens")


@pytest.mark.parametrize(
    ("ending", "text", "trouble", "said"),
    [
        (Ending.CUT_OFF, "Half", "", "✕ cut off after 10 tokens · c continue · r regenerate"),
        (Ending.CUT_OFF, "", "gone", "✕ cut off after 10 tokens · r regenerate\ngone"),
        (Ending.FAILED, "", "", "✕ The answer failed. · r regenerate"),
        (Ending.FAILED, "Half", "Refused\nits words", "✕ Refused · c continue · r regenerate\nits words"),
        (Ending.LENGTH, "Half", "", "✕ the token limit was reached · c continue"),
        (Ending.CONTENT_FILTER, "", "", "e edit the question"),
        (Ending.DONE, "Yes", "", ""),
    ],
)
def test_what_went_wrong_is_said_with_the_keys_that_go_on(ending: Ending, text: str, trouble: str, said: str) -> None:
    closing = closing_trouble(message(2, "assistant", text, ending=ending, trouble=trouble))
    assert said in closing if said else closing == ""


def test_every_ending_but_the_good_ones_has_words() -> None:
    assert {ending for ending in Ending if not ending_words(ending)} == {Ending.DONE, Ending.TOOL_CALLS}
