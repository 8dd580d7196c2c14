"""What is set, in a few words."""

from __future__ import annotations

from oxen_tui.services.conversation.set_words import parameter_words, set_words
from oxen_tui.store.conversation_settings import ConversationSettings


def test_parameters_are_named_with_their_values_while_they_are_few() -> None:
    assert parameter_words({}) == ""
    assert (
        parameter_words({"temperature": 1.2, "reasoning_effort": "high"}) == "temperature 1.2 · reasoning_effort high"
    )
    assert parameter_words({"a": 1, "b": 2, "c": 3, "d": 4}) == "4 parameters"


def test_a_schema_and_what_is_not_sent_are_no_parameters() -> None:
    assert parameter_words({"response_format": {"type": "json_schema"}, "top_p": None}) == ""


def test_everything_that_holds_for_a_conversation_is_told() -> None:
    settings = ConversationSettings({"temperature": 0.2}, schema={}, schema_name="invoice")
    assert set_words(settings, "Be brief.") == "temperature 0.2 · system prompt · schema: invoice"
